"""Offices: the committee as a table of people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.paper import Headline, Note, Paragraph, Strong, Summary, Words
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.model.wording import begun, seat_name
from b40cli.render.live.values import aside, day_in_words, due

if TYPE_CHECKING:
    from b40cli.model.results.groups import GroupRow, Groups
    from b40cli.model.results.offices import CommitteeShown, SeatRow

PRESIDENCY = {
    "suspended": "its city is suspended, and presides",
    "asleep": "asleep while its city is suspended",
    "vacant": "vacant",
}


def committee(answer: Answer[CommitteeShown]) -> Iterator[ScreenPart]:
    """The seven seats: people first, then cities; below, who presides and what is not whole."""
    result = answer.result
    presidency = result["presidency"]
    title = f"Executive Committee of {presidency['year'] if presidency else result['on'][:4]}"
    yield Masthead(title, "", day_in_words(result["on"]))
    filled = sum(seat["state"] == "filled" for seat in result["seats"])
    yield Paragraph(f"{filled} of {len(result['seats'])} seats filled{answer.beside['more']()}")
    yield listing(
        ("Seat", "Person", "City", "Since", "By"),
        (_seat(seat, answer) for seat in result["seats"]),
    )
    below = [*answer.beside["rows"]()]
    if acting := result["stand_in"]:
        until = f" until {acting['until']}" if acting["until"] else ""
        said = f"{answer.beside['name'](acting['city'])} from {acting['from']}{until}"
        below.insert(0, ("Stands in", f"{said}, by {acting['by']}"))
    if (told := PRESIDENCY.get(result["presidency_state"])) is not None:
        below.insert(0, ("Presidency", told))
    yield Summary(tuple(below))
    if not result["complete"]:
        yield Note("The list of the committee is not complete: this is what is on record.")


def _seat(seat: SeatRow, answer: Answer[CommitteeShown]) -> list[Words]:
    beside, city = answer.beside, seat["city"]
    word = begun(seat_name(seat["seat"]))
    lacking = "! vacant" if seat["state"] == "vacant" else "not on record"
    return [
        (Strong(word),) if seat["seat"] == "president" else word,
        beside["head"](city) or aside("not on record") if city else "",
        beside["name"](city) if city else due(lacking),
        seat["since"] or "",
        aside(_ground(seat["ground"])),
    ]


def _ground(ground: str | None) -> str:
    """The decision by its id; a handover by its word."""
    if ground is None:
        return ""
    return "handover" if ground.startswith("presidencies/") else ground


def groups(answer: Answer[Groups]) -> Iterator[ScreenPart]:
    """The working groups: who leads them, who comes for them, their programme of the year."""
    listed, name = answer.result["groups"], answer.beside["name"]
    yield Masthead("Working groups", str(len(listed) or "none"), day_in_words(answer.on))
    for group in listed:
        until = f" until {group['until']}" if group["until"] else ""
        yield Headline(group["name"], 2, f"{group['kind']}, {group['id']}")
        experts = (f"{each['name']} ({name(each['city'])})" for each in group["experts"])
        rows = [
            ("Leader", name(group["leader"]) if group["leader"] else "not on record"),
            ("Experts", ", ".join(experts) or "none on record"),
            ("Programme", _programme(group)),
            ("Since", f"{group['since'] or 'not on record'}{until}"),
        ]
        if group["meetings"] is not None:
            rows.append(("Meetings", str(group["meetings"])))
        yield Summary(tuple(rows))


def _programme(group: GroupRow) -> str:
    if group["programme"]:
        return f"of {group['year']}, approved by {group['programme']}"
    return f"of {group['year']}, submitted" if group["submitted"] else "not on record"
