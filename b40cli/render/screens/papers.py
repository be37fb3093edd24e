"""Papers in Markdown, for a letter, a file or a page: dossier, notice, minutes, reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

from b40cli.model.answer import Answer, Result
from b40cli.model.meeting import spoken
from b40cli.render.findings import since, wrapped
from b40cli.render.markdown import plain
from b40cli.render.screen_parts import UNOFFICIAL

if TYPE_CHECKING:
    from b40cli.model.results.duties import DutyRow
    from b40cli.model.results.papers import (
        ActivityPaper,
        AgendaPoint,
        DecisionTold,
        DossierPaper,
        MeetingHead,
        MinutesPaper,
        NoticePaper,
        OfficeHeld,
    )
    from b40cli.model.results.rolls import QuorumShown

BODIES = {"ga": "General Assembly", "ec": "Executive Committee", "wg": "Working group"}
_MOMENT = re.compile(r"^([0-9-]{10})T([0-9:]{5})[0-9:.]*(Z|[+-][0-9:]{5})$")
# What would begin a list where a line was folded.
_BEGINS = re.compile(r"^(\s*\d*)([-+=.)])(?=\s|$)")


def _page(written: Callable[[Result], Iterator[str]]) -> Callable[[Answer[Result]], str]:
    """The paper an answer holds: what is written of its result, and where it comes from."""

    @wraps(written)
    def page(answer: Answer[Result]) -> str:
        return _whole(answer, list(written(answer.result)))

    return page


def _whole(answer: Answer[Any], lines: list[str]) -> str:
    if answer.command.startswith("report") and answer.commit:
        lines += ["", *_text(f"Generated from commit {answer.commit} of the register.")]
    if answer.asked and "knew" in answer.asked:
        lines += ["", *_text(answer.asked)]
    if answer.status == "unofficial":
        lines += ["", f"_{UNOFFICIAL}_"]
    return "\n".join(lines) + "\n"


def _text(said: str, lead: str = "") -> list[str]:
    """Text of ours and of records on lines of 80 columns, with nothing in it read as markup."""
    first, *rest = wrapped(plain(said), " " * len(lead), lead) or [lead]
    return [first, *(_BEGINS.sub(r"\1\\\2", line) for line in rest)]


def _list(title: str, said: Iterable[str]) -> list[str]:
    items = [line for item in said for line in _text(item, "- ")]
    return ["", f"## {title}", "", *(items or ["none on record"])]


def _head(kind: str, result: MeetingHead) -> Iterator[str]:
    yield from _text(f"{kind}: {result['title'] or result['meeting']}", "# ")
    yield ""
    yield from _text(result["network"])
    yield ""
    for name, said in (
        ("opens", result["opens"]),
        ("ends", result["ends"]),
        ("mode", result["mode"]),
        ("city", result["city"]),
        ("chair", result["chair"]),
        ("summit", result["summit"]),
        ("group", result["group"]),
    ):
        if said:
            yield from _text(f"{name}: {_moment(said)}", "- ")
    for entry in result["moved"]:
        yield from _text(f"moved on {entry['on']}, from {_moment(entry['from'])}", "- ")
    if (cancelled := result["cancelled"]) is not None:
        yield from _text(f"cancelled on {cancelled['on']}: {cancelled['reason']}", "- ")
    if result["convened_by"]:
        asked = f", at the request of {', '.join(result['requested_by'])}"
        by = result["convened_by"].replace("-", " ")
        yield from _text(f"convened by: {by}{asked if result['requested_by'] else ''}", "- ")


def _moment(text: str) -> str:
    """A moment as a letter writes it: `2026-01-24, 09:30 (UTC+03:00)`; other text as it is."""
    return _MOMENT.sub(r"\1, \2 (UTC\3)", text).replace("(UTCZ)", "(UTC)")


def _point(point: AgendaPoint) -> str:
    number = f"item {point['item']}, " if point["item"] else ""
    return f"{number}{spoken(point['kind'])}" + (f": {point['title']}" if point["title"] else "")


@_page
def notice(result: NoticePaper) -> Iterator[str]:
    """A convening notice."""
    yield from _head("Convening notice", result)
    yield from _list("Agenda", map(_point, result["agenda"]))
    if result["motions"]:
        yield from _list("Motions", result["motions"])
    if result["proof_of_proxy"]:
        yield ""
        yield from _text(
            "A member that cannot come may be represented by another. The written proof reaches "
            "the President and the Permanent Secretary before the meeting opens."
        )


@_page
def minutes(result: MinutesPaper) -> Iterator[str]:
    """The minutes of a meeting."""
    yield from _head("Minutes", result)
    yield from _attendance(result)
    yield from _list("Agenda", map(_point, result["agenda"]))
    yield from _list("Decisions", map(_decision, result["decisions"]))
    if result["signed_by"]:
        yield from _list("Closing Declaration, signed by", result["signed_by"])


def _attendance(result: MinutesPaper) -> Iterator[str]:
    for call in result["roll_calls"]:
        title = f"Roll call {call['n']}, {_moment(call['at'])}: {len(call['present'])} present"
        yield from _list(title, [", ".join(call["present"]) or "nobody"])
    if not result["roll_calls"]:
        yield from _list("Roll call", ())
    proxies = [f"{proxy['principal']}, by {proxy['holder']}" for proxy in result["proxies"]]
    if proxies:
        yield from _list("Represented", proxies)
    if result["observers"]:
        yield from _list("Observers", result["observers"])
    quorum = result["quorum"]
    if quorum:
        yield ""
        yield from _text(_quorum(quorum))


def _quorum(quorum: QuorumShown) -> str:
    if not quorum["complete"]:
        return "Quorum: undetermined, because a list of the register is not whole."
    met = "met" if quorum["met"] else "not met"
    return (
        f"Quorum: {met}; {quorum['entitled']} entitled, {quorum['required']} required, "
        f"{quorum['counted']} counted."
    )


def _decision(decision: DecisionTold) -> str:
    said = f"{decision['id']}, {decision['title']}: {decision['state']}"
    votes = ", ".join(f"{n} {side}" for side, n in decision["votes"].items())
    majority = decision["majority"]
    said += f"; {votes}" if votes else ""
    if majority.get("required") is not None:
        kind = str(majority.get("kind", "majority")).replace("-", " ")
        said += f"; {kind}, {majority['required']} of {majority['base']} required"
    said += f"; elected: {', '.join(decision['elected'])}" if decision["elected"] else ""
    said += f"; {decision['reason']}" if decision["reason"] else ""
    turns = decision["turns"].items() if decision["verdict"] == "turns" else ()
    return said + "".join(map(_turning, turns))


def _turning(point: tuple[str, Mapping[str, str]]) -> str:
    others = "; ".join(f"{reading}: {result}" for reading, result in point[1].items())
    return f"; turns on {point[0]} ({others})"


@_page
def final(result: MinutesPaper) -> Iterator[str]:
    """The Final Report of a General Assembly."""
    yield from _head("Final Report", result)
    steps = [f"{step}: {result['report'].get(step, 'not yet')}" for step in STEPS]
    yield from _list("State of this report", steps)
    yield from _attendance(result)
    yield from _list("Order of business", map(_point, result["agenda"]))
    yield from _list("Decisions", map(_decision, result["decisions"]))
    yield from _list("Closing Declaration, signed by", result["signed_by"])


STEPS = ("prepared", "approved", "shared")


@_page
def activity(result: ActivityPaper) -> Iterator[str]:
    """The activity report of a year."""
    yield from _text(f"Activity report {result['year']}", "# ")
    yield ""
    yield from _text(result["network"])
    presided = [f"{p['city']},{_since(p['since']) or ' not yet'}" for p in result["presidencies"]]
    yield from _list("Presidency", presided)
    meetings = (
        f"{m['day']}, {m['title'] or BODIES.get(m['kind'], m['kind'])}"
        + (f", {m['city']}" if m["city"] else "")
        for m in result["meetings"]
    )
    yield from _list("Meetings", meetings)
    yield from _list("Admitted", result["admitted"])
    yield from _list("Decisions", map(_decision, result["decisions"]))
    yield from _list("Duties", map(_duty, result["duties"]))


def _duty(duty: DutyRow) -> str:
    due = f", due {duty['due']}" if duty["due"] else ""
    met = f", met {duty['met']}" if duty["met"] else ""
    subject = (
        f", {duty['subject']}" if duty["subject"] and duty["of"] not in duty["subject"] else ""
    )
    said = f"{duty['article']} {duty['duty']} of {duty['of']}{subject}"
    return f"{said}: {duty['state'].replace('-', ' ')}{due}{met}"


@_page
def dossier(result: DossierPaper) -> Iterator[str]:
    """A member's dossier."""
    yield from _text(f"Membership dossier: {result['name']}", "# ")
    yield ""
    yield from _text(f"country: {result['country_name']}", "- ")
    suspended = ", suspended" if result["suspended"] else ""
    yield from _text(f"standing: {result['standing']}{_since(result['since'])}{suspended}", "- ")
    yield from _text(f"basis: {result['basis']}", "- ")
    for name, said in (("declaration", result["declaration"]), ("ceremony", result["ceremony"])):
        if said:
            yield from _text(f"{name}: {said}", "- ")
    mayor = result["mayor"]
    if mayor:
        yield from _text(f"{mayor['capacity'].replace('-', ' ')}: {mayor['name']}", "- ")
    mandate = result.get("mandate")
    if mandate and mandate["lapsed"]:
        ended = f"mandate of {mandate['mayor']}: ended {mandate['until']}, no successor on record"
        yield from _text(ended, "- ")
    yield from _list("Offices", map(_office, result["offices"]))
    if result["groups"]:
        yield from _list("Groups led", (group["group"] for group in result["groups"]))
    meetings = (f"{m['day']}, {m['meeting']}: {m['part']}" for m in result["meetings"])
    yield from _list("Meetings", meetings)
    votes = (f"{side}: {n}" for side, n in result["votes"].items())
    yield from _list("Votes by name", votes)
    yield from _list("Decisions about it", map(_decision, result["decisions"]))


def _since(day: str | None) -> str:
    return "" if day is None else f" {since(day)}"


def _office(office: OfficeHeld) -> str:
    until = f" until {office['until']}" if office["until"] else ""
    return f"{office['office']},{_since(office['from'])}{until}"
