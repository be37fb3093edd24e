"""The days of a decision, and of what the records of the offices and the groups tell as done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.ref import ROOT
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.duties.future_days import ahead, comes_later
from b40cli.rules.record.references import mappings
from b40cli.rules.record.rescheduled import voted_at_a_cancelled_meeting

# What a record tells as done, by its folder: the block it stands in, and the key of its day.
TOLD_AS_DONE = {
    "presidencies": (("handover", "on"), ("declined", "on")),
    "committee": (("ended_by", "resigned"), ("announced", "sent")),
    "groups": (("programmes", "consulted"),),
}
# The same, asked of what a change brings under set 2: what is on record stays.
BROUGHT_AS_DONE = {
    "network.yaml": (("reported", "on"),),
    "duties": (("acknowledged", "on"),),
    "meetings": (("declined", "on"), ("declined", "until")),
}
COUNTED = frozenset({"members", "observers"})


def told_ahead(case: Case, path: str, data: Mapping[str, Any]) -> Iterator[Breach]:
    """A handover, a refusal, a notice, a letter: recorded once it has been, not before."""
    place = path.removeprefix(ROOT).partition("/")[0]
    brings = case.before is not None and case.rule_set(case.on) > 1
    done = (*TOLD_AS_DONE.get(place, ()), *(BROUGHT_AS_DONE.get(place, ()) if brings else ()))
    for at, mapping in mappings(data) if done else ():
        for within, key in done:
            day = mapping.get(key) if at and within in at else None
            if isinstance(day, str):
                yield from ahead(case, path, (*at, key), day)
    if brings and place in COUNTED and (year := (data.get("population") or {}).get("year")):
        for breach in ahead(case, path, ("population", "year"), f"{year}-01-01"):
            yield breach._replace(message=f"The population is of {year}; today is {case.today}.")


def days_of_decision(case: Case, decision: Decision) -> Iterator[Breach]:
    """A vote is of the day of its meeting, and is put to it before it is over."""
    meeting = case.after.meeting(decision.meeting)
    if decision.closed and decision.proposed and decision.closed < decision.proposed:
        yield _wrong_day(
            decision.closed,
            f"it was proposed on {decision.proposed}",
            "A vote held before it was put on record is recorded at once: b40 decision record.",
        )
    if decision.closed and comes_later(case, decision.path, ("closed",), decision.closed):
        yield _wrong_day(decision.closed, f"today is {case.today}")
    if meeting is not None:
        yield from _on_the_day_of_its_meeting(decision, meeting)
        yield from voted_at_a_cancelled_meeting(case, decision, meeting)


def _on_the_day_of_its_meeting(decision: Decision, meeting: Meeting) -> Iterator[Breach]:
    last = meeting.day_of(meeting.closes) if meeting.closes else meeting.last_day
    over = meeting.last_day
    closed, put = decision.closed, decision.proposed if decision.state == "proposed" else None
    if decision.state in CLOSED and closed and not meeting.day <= closed <= last:
        days = f"{meeting.day} to {last}" if last > meeting.day else f"{meeting.day}"
        held = f"{meeting.id} is held on {days}"
        yield _wrong_day(closed, held, f"A vote is of its meeting's day: --on {meeting.day}.")
    if put and put > over:
        yield Breach(
            f"{decision.id} is put on {put} to {meeting.id}, which was held on {meeting.day}.",
            f"What was voted there is recorded at once: b40 decision record {decision.matter} "
            f"--meeting {meeting.id} --on {meeting.day}; anything else is put to a meeting to "
            "come.",
            ("meeting",),
            refs=(f"meetings/{meeting.id}",),
        )


def _wrong_day(closed: date, against: str, cure: str = "Correct the day that is wrong.") -> Breach:
    return Breach(f"closed is {closed}, but {against}.", cure, ("closed",))
