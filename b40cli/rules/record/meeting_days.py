"""The days and times of a meeting: nothing in its record is dated before it could be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from b40cli.model.day import time_of
from b40cli.model.facts.meeting import Meeting
from b40cli.model.finding import Place
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.duties.future_days import ahead
from b40cli.rules.record.rescheduled import days_of_rescheduling


def days_of_meeting(case: Case, meeting: Meeting) -> Iterator[Breach]:
    """What is told as done is done by the day of the case, and roll calls follow each other."""
    yield from _named_by_another_day(case, meeting)
    yield from _outside_its_summit(case, meeting)
    yield from days_of_rescheduling(case, meeting)
    data = case.after.content(meeting.path)
    for at, moment in _told_as_done(data):
        if meeting.day_of(moment) > case.today:
            yield from ahead(case, meeting.path, at, moment)
    yield from _roll_calls_in_order(meeting)


def _named_by_another_day(case: Case, meeting: Meeting) -> Iterator[Breach]:
    """The id of a meeting bears the date written in `opens`, or what that was when it was moved."""
    before = case.before.meeting(meeting.id) if case.before else meeting
    brought = before is None or before.opens != meeting.opens
    day = date.fromisoformat(meeting.moved[0]["from"][:10]) if meeting.moved else meeting.day
    if brought and meeting.id[:10] != str(day) and case.rule_set(meeting.day) > 1:
        yield Breach(
            f"{meeting.id} opens on {day}: its id names another day.",
            f"A meeting bears the date written in its opening time, {day}{meeting.id[10:]}; one "
            f"that is on record keeps its id and is moved: b40 meeting move {meeting.id}.",
            ("opens",),
            facts={"opens": meeting.opens},
        )


def _outside_its_summit(case: Case, meeting: Meeting) -> Iterator[Breach]:
    """A meeting within a Summit is held on one of its days (Art. 10); one on record stays."""
    before = case.before.meeting(meeting.id) if case.before else meeting
    summit = case.after.meeting(case.after.summit_of(meeting))
    same = before is not None and (before.summit, before.day) == (meeting.summit, meeting.day)
    if same or summit is None or case.rule_set(meeting.day) == 1:
        return
    last = last_of(summit)
    if not summit.day <= meeting.day <= last:
        yield Breach(
            f"{meeting.id} is on {meeting.day}; {summit.id}, within which it would be held, is "
            f"from {summit.day} to {last}.",
            "Correct the day, or name no Summit: outside one the President convenes the Assembly "
            "(INT-31).",
            ("summit",),
            refs=(f"meetings/{summit.id}",),
        )


def last_of(summit: Meeting) -> date:
    """The last day on which something is held within a Summit."""
    # Where nothing says how long it lasts, the day after its opening may be one of it.
    return max(summit.last_day, summit.day + timedelta(days=(summit.half_days or 2) // 2))


def _told_as_done(data: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    single = (
        *(("notice", "sent"), ("participation_rules", "announced"), ("cancelled", "on")),
        *(("consulted", who) for who in ("president", "next")),
        *(("report", step) for step in ("prepared", "approved", "shared")),
    )
    for block, key in single:
        if key in data.get(block, {}):
            yield (block, key), data[block][key]
    if "closes" in data:
        yield ("closes",), data["closes"]
    listed = (
        *(("roll_calls", "at"), ("proxies", "revoked"), ("dispatches", "sent")),
        ("moved", "on"),
    )
    for name, key in listed:
        for n, entry in enumerate(data.get(name, ())):
            if isinstance(entry.get(key), str):
                yield (name, n, key), entry[key]
    for n, proxy in enumerate(data.get("proxies", ())):
        for way in ("sent", "received"):
            yield from (
                (("proxies", n, way, to), moment) for to, moment in proxy.get(way, {}).items()
            )


def _roll_calls_in_order(meeting: Meeting) -> Iterator[Breach]:
    earlier, what = meeting.opens, "the meeting opens"
    for n, call in enumerate(meeting.roll_calls):
        if call.n != n + 1:
            yield Breach(
                f"The {n + 1}. roll call of {meeting.id} calls itself {call.n}.",
                "Roll calls are numbered as they follow each other.",
                ("roll_calls", n, "n"),
            )
        if _before(meeting, call.at, earlier):
            yield Breach(
                f"Roll call {n + 1} of {meeting.id} is at {call.at}; {what} at {earlier}.",
                "A roll is called once the meeting has opened, each after the one before it.",
                ("roll_calls", n, "at"),
                facts={"at": call.at, "earlier": earlier},
            )
        earlier, what = call.at, f"roll call {n + 1} is"


def _before(meeting: Meeting, moment: str, other: str) -> bool:
    """By the clock where both times are known, else by the day."""
    exact, against = time_of(moment), time_of(other)
    if exact is not None and against is not None:
        return exact < against
    return meeting.day_of(moment) < meeting.day_of(other)
