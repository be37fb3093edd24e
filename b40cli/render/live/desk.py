"""The desk: who we are, who holds office, then what waits, in the order in which it hurts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.paper import Headline, Items, Note, Paragraph, Strong, Words
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.model.wording import begun, counted, day_in_words, weekday
from b40cli.render.findings import columns_there
from b40cli.render.live.values import aside, due, in_words

if TYPE_CHECKING:
    from b40cli.model.results.duties import DeskShown, Duties, DutyRow, Item, NetworkCounted

WIDE = 100
HEADS = ("No.", "Day", "What", "Who owes it")
PARTS = (
    ("overdue", "Overdue", True),
    ("lapsed", "Lapsed", True),
    ("vacant", "Vacant", True),
    ("due", "Due within 60 days", False),
    ("expiring", "Ends within 60 days", False),
    ("pending", "Pending", False),
)


def status(answer: Answer[DeskShown]) -> Iterator[ScreenPart]:
    """The network today and its officers; then numbered lines, each run with `b40 do N`."""
    result = answer.result
    told = dict(result)
    day = date.fromisoformat(result["on"])
    yield Masthead(result["network"]["name"], "", weekday(day))
    yield Paragraph(_members(result["network"]))
    yield listing(("Office", "Who", "Since or by"), _officers(answer), bare=True)
    wide = columns_there() >= WIDE
    number, first = 0, 0
    for key, title, urgent in PARTS:
        items: list[Item] = told[key]  # type: ignore[assignment]
        rows = [
            _row(n, item, urgent, day, wide, key == "overdue")
            for n, item in enumerate(items, number + 1)
        ]
        done = (n for n, item in enumerate(items, number + 1) if item["command"])
        first = first or next(done, 0)
        number += len(items)
        if items or key == "pending":
            yield Headline(title, 2, str(len(rows) or "nothing"))
            yield listing((*HEADS, "When") if wide else HEADS, rows, bare=True)
    if first:
        yield Note(
            (Strong("b40 do " + str(first)), f" does line {first} and asks for what it lacks.")
        )


def _members(network: NetworkCounted) -> str:
    members, voting = network["members"], network["voting"]
    vote = "all with a vote" if voting == members else f"{voting} with a vote"
    there = counted(members, "member")
    if not network["complete"]:
        there += f" on record of {network['reported'] or 'an unknown number'}"
    gone = f", {network['suspended']} suspended" if network["suspended"] else ""
    seen = counted(network["observers"], "observer") if network["observers"] else "no observer"
    return f"{there}, {vote}{gone}; {seen}"


def _officers(answer: Answer[DeskShown]) -> Iterator[tuple[Words, Words, Words]]:
    result, name = answer.result, answer.beside["name"]
    presides, following, secretary = result["presides"], result["next"], result["secretary"]
    if presides:
        who = ", ".join(filter(None, (presides["mayor"], name(presides["city"]))))
        state = result["presidency_state"]
        how = f", {state}" if state in ("suspended", "asleep") else ""
        yield aside("President"), who + how, _since(presides["since"])
    else:
        vacant = result["presidency_state"] == "vacant"
        yield aside("President"), "vacant" if vacant else "not on record", ""
    city = following["city"] if following else None
    ground = f"approved by {following['approved']}" if following and following["approved"] else ""
    head = answer.beside["head"](city) if city else None
    who = ", ".join(filter(None, (head, name(city)))) if city else "not on record"
    yield aside("Next"), who, aside(ground)
    if secretary:
        yield aside("Secretary"), secretary["name"], _since(secretary["since"])
    else:
        yield aside("Secretary"), "not on record", ""


def _since(day: str | None) -> Words:
    return aside(f"since {day}" if day and not day.startswith("by ") else day or "")


def _row(number: int, item: Item, urgent: bool, today: date, wide: bool, late: bool) -> list[Words]:
    day = item["on"] or "no day"
    row: list[Words] = [
        aside(str(number).rjust(2)),
        due(f"! {day}") if urgent else f"· {day}",
        item["title"],
        aside(item["owes"] or ""),
    ]
    return [*row, aside(_distance(item["on"], today, late).rjust(13))] if wide else row


def _distance(day: str | None, today: date, late: bool) -> str:
    """How many days late or left, where there is room for it."""
    if not day:
        return ""
    days = (date.fromisoformat(day) - today).days
    if days == 0:
        return "today"
    many = counted(abs(days), "day")
    return f"in {many}" if days > 0 else f"{many} {'late' if late else 'ago'}"


DONE = ("met", "not-applicable")
DUTY = ("Due", "What", "Who owes it", "Article")
GROUP = "-wg-"
DUTY_DONE = ("Due", "What", "Record", "Article")


def duties(answer: Answer[Duties]) -> Iterator[ScreenPart]:
    """The duties of a year under their states, the gravest first."""
    result, name = answer.result, answer.beside["name"]
    of = f"of {name(result['of'])}" if "of" in result else ""
    yield Masthead(f"Duties of {result['year']}", of, day_in_words(result["on"]))
    told = list(zip(result["duties"], answer.beside["rows"](), strict=True))
    for state in dict.fromkeys(duty["state"] for duty in result["duties"]):
        rows = [each for each in told if each[0]["state"] == state]
        urgent = state in ("overdue", "met-late")
        yield Headline(begun(in_words(state)), 2, str(len(rows)))
        done = state in DONE
        listed = (_duty(duty, what, owes, urgent, done) for duty, (what, owes) in rows)
        yield listing(DUTY_DONE if done else DUTY, listed, bare=True)
    if any(duty["provisional"] for duty in result["duties"]):
        yield Note("* The text names no day: this one is a provisional parameter.")
    if not result["duties"]:
        yield Items(("none",))


def _duty(duty: DutyRow, what: str, owes: str, urgent: bool, done: bool) -> list[Words]:
    """What is done nobody owes any more: the record it stands in is told instead."""
    day = f"{duty['due'] or 'no day'}{'*' if duty['provisional'] else ''}"
    met = f"; met {duty['met']}" if duty["met"] and duty["met"] != duty["due"] else ""
    # A group's meeting is called by group and day already.
    record = "" if duty["of"].isdecimal() or GROUP in duty["of"] else duty["of"]
    # The record's id says the day already.
    what = begun(what.removeprefix("Meeting of the ").replace(f", {record[:10]}:", ":"))
    return [
        due(f"! {day}") if urgent else f"· {day}",
        f"{what}{met}" if done or not record else (what, *aside(f" {record}")),
        aside(record if done else owes),
        aside(duty["article"]),
    ]
