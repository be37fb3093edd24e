"""The desk at a terminal: who we are, who holds office, then what waits, as it hurts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.wording import counted
from b40cli.render.live.sheet import (
    DIM,
    WEEKDAYS,
    YELLOW,
    ScreenLine,
    Styled,
    bold,
    columns,
    day_in_words,
    dim,
    heading,
    line,
    spread,
)

if TYPE_CHECKING:
    from b40cli.model.results.duties import DeskShown, Duties, DutyRow, Item, NetworkCounted

WIDE = 100
PARTS = (
    ("overdue", "Overdue", True),
    ("lapsed", "Lapsed", True),
    ("vacant", "Vacant", True),
    ("due", "Due within 60 days", False),
    ("expiring", "Ends within 60 days", False),
    ("pending", "Pending", False),
)


def status(answer: Answer[DeskShown], width: int) -> list[ScreenLine]:
    """The network today and its officers; then numbered lines, each run with `b40 do N`."""
    result = answer.result
    told = dict(result)
    day = date.fromisoformat(result["on"])
    right = f"{WEEKDAYS[day.weekday()]} {day_in_words(result['on'])}"
    lines = spread(line(bold(result["network"]["name"])), line(dim(right)), width)
    lines += [line(_members(result["network"])), ()]
    lines += columns(
        [[Styled(a, DIM), Styled(b), Styled(c, DIM)] for a, b, c in _officers(answer)], width
    )
    parts: dict[str, list[list[Styled]]] = {}
    number = 0
    for key, title, urgent in PARTS:
        items: list[Item] = told[key]  # type: ignore[assignment]
        rows = [_row(n, item, urgent, day, width) for n, item in enumerate(items, number + 1)]
        number += len(items)
        if items or key == "pending":
            parts[title] = rows
    like = [row for rows in parts.values() for row in rows]
    for title, rows in parts.items():
        lines += [(), heading(title, len(rows) or "nothing")]
        lines += columns(rows, width, 0, like) if rows else []
    if number:
        lines += [(), line("b40 do 1", dim(" does line 1 and asks for what it lacks."))]
    return lines


def _members(network: NetworkCounted) -> str:
    members, voting = network["members"], network["voting"]
    vote = "all with a vote" if voting == members else f"{voting} with a vote"
    there = counted(members, "member")
    if not network["complete"]:
        there += f" on record of {network['reported'] or 'an unknown number'}"
    gone = f", {network['suspended']} suspended" if network["suspended"] else ""
    seen = counted(network["observers"], "observer") if network["observers"] else "no observer"
    return f"{there}, {vote}{gone}; {seen}"


def _officers(answer: Answer[DeskShown]) -> Iterator[tuple[str, str, str]]:
    result, name = answer.result, answer.beside["name"]
    presides, following, secretary = result["presides"], result["next"], result["secretary"]
    if presides:
        who = ", ".join(filter(None, (presides["mayor"], name(presides["city"]))))
        yield "President", who, _since(presides["since"])
    else:
        yield "President", "not on record", ""
    city = following["city"] if following else None
    ground = f"approved by {following['approved']}" if following and following["approved"] else ""
    yield "Next", name(city) if city else "not on record", ground
    if secretary:
        yield "Secretary", secretary["name"], _since(secretary["since"])
    else:
        yield "Secretary", "not on record", ""


def _since(day: str | None) -> str:
    return f"since {day}" if day and not day.startswith("by ") else day or ""


def _row(number: int, item: Item, urgent: bool, today: date, width: int) -> list[Styled]:
    sign, style = ("!", YELLOW) if urgent else ("·", "")
    row = [
        dim(str(number).rjust(2)),
        Styled(f"{sign} {(item['on'] or '').ljust(10)}", style),
        Styled(item["title"]),
        dim(item["owes"] or ""),
    ]
    return [*row, dim(_distance(item["on"], today).rjust(13))] if width >= WIDE else row


def _distance(day: str | None, today: date) -> str:
    """How many days late or left, where there is room for it."""
    if not day:
        return ""
    days = (date.fromisoformat(day) - today).days
    if days == 0:
        return "today"
    many = counted(abs(days), "day")
    return f"in {many}" if days > 0 else f"{many} ago"


def duties(answer: Answer[Duties], width: int) -> list[ScreenLine]:
    """The duties of a year under their states, the gravest first."""
    result, name = answer.result, answer.beside["name"]
    left = line(
        bold(f"Duties of {result['year']}"), f"  of {name(result['of'])}" if "of" in result else ""
    )
    lines = spread(left, line(dim(day_in_words(result["on"]))), width)
    like = [_duty(duty, False, name) for duty in result["duties"]]
    for state in dict.fromkeys(duty["state"] for duty in result["duties"]):
        rows = [duty for duty in result["duties"] if duty["state"] == state]
        urgent = state in ("overdue", "met-late")
        said = state.replace("-", " ")
        lines += [(), heading(f"{said[:1].upper()}{said[1:]}", len(rows))]
        lines += columns([_duty(duty, urgent, name) for duty in rows], width, 0, like)
    if any(duty["provisional"] for duty in result["duties"]):
        lines += [(), line(dim("* The text names no day: this one is a provisional parameter."))]
    return lines if result["duties"] else [*lines, (), line("none")]


def _duty(duty: DutyRow, urgent: bool, name: Callable[[str], str]) -> list[Styled]:
    style = YELLOW if urgent else ""
    subject = duty["subject"]
    about = f", {name(subject.rsplit('/')[-1])}" if subject else ""
    due = f"{duty['due'] or 'no day'}{'*' if duty['provisional'] else ''}"
    what = duty["duty"].replace("-", " ")
    of = "" if subject and subject.endswith(duty["of"]) else f" of {duty['of']}"
    return [
        Styled(f"{'!' if urgent else '·'} {due}", style),
        Styled(f"{what[:1].upper()}{what[1:]}{of}{about}"),
        dim(duty["article"]),
        dim(duty["owner"].replace("-", " ")),
    ]
