"""Offices: the committee as a table of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.day import since_of
from b40cli.model.paper import Headline, Note, Paragraph, Strong, Summary, Words
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.model.wording import begun, counted, day_in_words, seat_name
from b40cli.render.live.values import aside, due, in_words

if TYPE_CHECKING:
    from b40cli.model.results import offices as shape
    from b40cli.model.results.groups import GroupRow, Groups

NOTHING = "not on record"
PRESIDENCY = {
    "suspended": "its city is suspended, and presides",
    "asleep": "asleep while its city is suspended",
    "vacant": "vacant",
}


def committee(answer: Answer[shape.CommitteeShown]) -> Iterator[ScreenPart]:
    """The seven seats: people first, then cities; below, who presides and what is not whole."""
    result = answer.result
    presidency = result["presidency"]
    title = f"Executive Committee of {presidency['year'] if presidency else result['on'][:4]}"
    yield Masthead(title, "", day_in_words(result["on"]))
    filled = sum(seat["state"] == "filled" for seat in result["seats"])
    seats = counted(len(result["seats"]), "seat")
    yield Paragraph(f"{filled} of {seats} filled{answer.beside['more']()}")
    yield listing(
        ("Seat", "Person", "City", "Since", "By"), (_seat(seat, answer) for seat in result["seats"])
    )
    below = [*answer.beside["rows"]()]
    if acting := result["stand_in"]:
        below.insert(0, ("Stands in", _acting(acting, answer.beside["name"])))
    if (told := PRESIDENCY.get(result["presidency_state"])) is not None:
        below.insert(0, ("Presidency", told))
    yield Summary(tuple(below))
    if not result["complete"]:
        yield Note("The list of the committee is not complete: this is what is on record.")


def _seat(seat: shape.SeatRow, answer: Answer[shape.CommitteeShown]) -> list[Words]:
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


def _acting(acting: shape.StandingIn, name: Callable[[str], str]) -> str:
    until = f" until {acting['until']}" if acting["until"] else ""
    return f"{name(acting['city'])} from {acting['from']}{until}, by {acting['by']}"


def presidency(answer: Answer[shape.PresidencyShown]) -> Iterator[ScreenPart]:
    """Who presides and who is next; below, every term on record, the one that runs in bold."""
    result, name = answer.result, answer.beside["name"]
    yield Masthead("Presidency", "", day_in_words(result["on"]))
    of = {term["year"]: term for term in result["terms"]}
    current = of.get(result["term"]) if result["term"] else None
    since = f", since {current['from']}" if current and current["from"] else ""
    mayor = f"{result['mayor']['name']}, " if result["mayor"] else ""
    city = result["president"]
    presides = f"{mayor}{name(city)}{since}" if city else "not on record"
    if result["vacant"]:
        presides = "vacant; the statutes are silent, a resolution decides who stands in"
    rows: list[tuple[str, Words]] = [
        ("President", due(f"! {presides}") if result["vacant"] else presides)
    ]
    if not result["vacant"] and (told := PRESIDENCY.get(result["presidency_state"])):
        rows.append(("", due(f"! {told}")))
    if acting := result["stand_in"]:
        rows.append(("Stands in", _acting(acting, name)))
    rows.append(("Next", _following(result, name)))
    yield Summary(tuple(rows))
    yield listing(
        ("Term", "City", "Mayor", "From", "Until", "By"),
        (_term(term, result if term is current else None, name) for term in result["terms"]),
    )
    for term in result["terms"]:
        if gone := term["departure"]:
            said = f"{term['year']} departs from {gone['from']}: {gone['reason']}"
            yield Paragraph(due(f"! {said}"))


def _following(result: shape.PresidencyShown, name: Callable[[str], str]) -> str:
    city = result["next"]
    if city is None:
        return "not on record"
    ahead = [term for term in result["terms"] if term["city"] == city and not term["from"]]
    mayor, ground = (ahead[-1]["mayor"], ahead[-1]["approved"]) if ahead else (None, None)
    said = f"{mayor}, {name(city)}" if mayor else name(city)
    return f"{said}, approved by {ground}" if ground else said


def _term(
    term: shape.Term, current: shape.PresidencyShown | None, name: Callable[[str], str]
) -> list[Words]:
    year, city = str(term["year"]), name(term["city"]) if term["city"] else ""
    if term["declined"]:
        declined = f"declined: {', '.join(map(name, term['declined']))}"
        city = f"{city}; {declined}" if city else declined
    until = term["until"] or ("to date" if current else "")
    mayor = current["mayor"] if current else None
    return [
        (Strong(year),) if current else year,
        (Strong(city),) if current and city else city,
        term["mayor"] or (mayor["name"] if mayor else aside("not on record")),
        term["from"] or aside("to come"),
        until,
        aside(term["approved"] or ("attested" if term["basis"] == "attested" else "")),
    ]


def secretary(answer: Answer[shape.Secretary]) -> Iterator[ScreenPart]:
    """Who is Permanent Secretary, and every appointment."""
    result = answer.result
    yield Masthead("Permanent Secretary", "", day_in_words(result["on"]))
    yield Paragraph(result["secretary"] or due("! Nobody is on record."))
    yield listing(
        ("Name", "From", "Until", "By"),
        (
            (
                str(each["name"]),
                str(since_of(each["from"])),
                str(each.get("until") or "to date"),
                aside(in_words(str(each.get("by") or each.get("source") or ""))),
            )
            for each in result["appointments"]
        ),
    )


def _ground(ground: str | None) -> str:
    """The decision by its id; a handover by its word."""
    if ground is None:
        return ""
    return "handover" if ground.startswith("presidencies/") else in_words(ground)


def groups(answer: Answer[Groups]) -> Iterator[ScreenPart]:
    """The working groups: who leads them, who comes for them, their programme of the year."""
    listed, name = answer.result["groups"], answer.beside["name"]
    yield Masthead("Working groups", str(len(listed) or "none"), day_in_words(answer.on))
    for group in listed:
        until = f" until {group['until']}" if group["until"] else ""
        yield Headline(group["name"], 2, group["kind"])
        experts = (f"{each['name']} ({name(each['city'])})" for each in group["experts"])
        rows = [
            ("Leader", name(group["leader"]) if group["leader"] else NOTHING),
            ("Experts", ", ".join(experts) or NOTHING),
            ("Programme", _programme(group)),
            ("Since", f"{group['since'] or NOTHING}{until}"),
        ]
        if group["meetings"] is not None:
            rows.append(("Meetings", str(group["meetings"])))
        missing = [label.lower() for label, said in rows if said == NOTHING]
        if missing:
            rows = [row for row in rows if row[1] != NOTHING]
            rows.append(("Not on record", ", ".join(missing)))
        rows.append(("Id", group["id"]))
        yield Summary(tuple(rows))


def _programme(group: GroupRow) -> str:
    if group["programme"]:
        return f"of {group['year']}, approved by {group['programme']}"
    return f"of {group['year']}, submitted" if group["submitted"] else NOTHING
