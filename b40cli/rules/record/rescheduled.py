"""Meetings that were moved or cancelled: when they may be, what rests on them, who is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Breach, Case, Rule

# What is still recorded of a meeting that was cancelled: what members were told, and a note.
AFTER_A_CANCELLATION = frozenset({"dispatches", "note"})
RESCHEDULING = ("opens", "moved", "cancelled")


def held_or_cancelled(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Breach]:
    """What a cancelled meeting stays as, and that one whose roll was called keeps its day."""
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    if (cancelled := before.get("cancelled")) is not None:
        for key in (key for key in changed if key not in AFTER_A_CANCELLATION):
            yield Breach(
                f"{before['id']} was cancelled on {cancelled['on']}; the field '{key}' is changed.",
                "What is held instead is convened: b40 meeting convene.",
                (key,) if key in after else (),
            )
    elif before.get("roll_calls"):
        for key in (key for key in changed if key in RESCHEDULING):
            yield Breach(
                f"{before['id']} has met: its roll was called at {before['roll_calls'][0]['at']}.",
                "A meeting that was held is neither moved nor cancelled.",
                (key,) if key in after else (),
            )


def days_of_rescheduling(case: Case, meeting: Meeting) -> Iterator[Breach]:
    """One is moved from when it was to open to a time to come; a cancelled one has no roll."""
    before = case.before.meeting(meeting.id) if case.before else None
    if before is not None and before.moved != meeting.moved:
        yield from _moved(meeting, before)
    if meeting.cancelled is not None:
        yield from _cancelled(meeting)
        if case.before is not None and before is not None and before.cancelled is None:
            yield from _met_within(case.before, meeting)


def _moved(meeting: Meeting, before: Meeting) -> Iterator[Breach]:
    added = meeting.moved[len(before.moved) :]
    if not added:
        return
    if added[0]["from"] != before.opens:
        yield Breach(
            f"{meeting.id} was to open at {before.opens}; it is moved from {added[0]['from']}.",
            f"b40 meeting move {meeting.id} --opens TIME writes what was.",
            ("moved",),
        )
    if str(meeting.day) < added[-1]["on"]:
        yield Breach(
            f"{meeting.id} is moved on {added[-1]['on']} to {meeting.opens}, which is past.",
            "A meeting is moved to a time to come.",
            ("opens",),
            facts={"opens": meeting.opens, "on": added[-1]["on"]},
        )


def _cancelled(meeting: Meeting) -> Iterator[Breach]:
    told = meeting.cancelled or {}
    if meeting.roll_calls or meeting.closes:
        yield Breach(
            f"{meeting.id} is cancelled, but its roll was called.",
            "A meeting that was held is not cancelled.",
            ("cancelled",),
        )
    elif told["on"] > str(meeting.day):
        yield Breach(
            f"{meeting.id} is cancelled on {told['on']}; it was to open on {meeting.day}.",
            f"A meeting is cancelled by its day; one that was entered late: --on {meeting.day}.",
            ("cancelled", "on"),
        )


def _met_within(registry: Registry, summit: Meeting) -> Iterator[Breach]:
    """A Summit is not cancelled once a meeting has met within it."""
    off = (summit.cancelled or {})["on"]
    for met in map(registry.meeting_in, registry.naming(summit.id, "meetings/")):
        if met and met.summit == summit.id and met.roll_calls and str(met.day) >= off:
            yield Breach(
                f"{met.id} has met within {summit.id}: its roll was called at "
                f"{met.roll_calls[0].at}.",
                "A meeting that was held is not cancelled.",
                ("cancelled",),
                refs=(f"meetings/{met.id}",),
            )


def voted_at_a_cancelled_meeting(
    case: Case, decision: Decision, meeting: Meeting
) -> Iterator[Breach]:
    """Nothing is voted at a meeting that was cancelled, nor put to it from then on."""
    before = case.before.decision(decision.id) if case.before else decision
    put = before is None or before.meeting != decision.meeting
    voted = decision.state in CLOSED or decision.state == "open"
    if meeting.cancelled is not None and (voted or (put and decision.state == "proposed")):
        yield Breach(
            f"{decision.id} is put to {meeting.id}, which was cancelled on "
            f"{meeting.cancelled['on']}.",
            "Put it to a meeting to come.",
            ("meeting",),
            refs=(f"meetings/{meeting.id}",),
        )


def rests_on_a_cancelled_meeting(case: Case, path: str) -> Iterator[Breach]:
    """What is still proposed for a meeting that is not held."""
    decision = case.after.decision_in(path)
    meeting = case.after.meeting(decision.meeting) if decision else None
    if decision is None or meeting is None or meeting.cancelled is None:
        return
    if decision.state == "proposed":
        yield Breach(
            f"{decision.id} is proposed for {meeting.id}, which was cancelled on "
            f"{meeting.cancelled['on']}.",
            f"b40 decision withdraw {decision.id}, and propose it for another meeting.",
            ("meeting",),
            refs=(f"meetings/{meeting.id}",),
        )


def meeting_told_anew(case: Case, path: str) -> Iterator[Breach]:
    """A meeting moved or cancelled after its notice went out, of which nobody was told since."""
    meeting = case.after.meeting_in(path)
    if meeting is None or meeting.notice is None or case.on > meeting.last_day:
        return
    changed = meeting.cancelled or (meeting.moved[-1] if meeting.moved else None)
    sent = [meeting.notice.sent, *(letter["sent"] for letter in meeting.dispatches)]
    if changed is None or any(str(meeting.day_of(moment)) >= changed["on"] for moment in sent):
        return
    said = "cancelled" if meeting.cancelled else f"moved to {meeting.opens}"
    way = "dispatch" if meeting.cancelled else "notice"
    yield Breach(
        f"{meeting.id} was {said} on {changed['on']}; its notice went out before, and no letter "
        "since is on record.",
        f"Record what tells them: b40 meeting {way} {meeting.id} --sent TIME.",
        ("cancelled",) if meeting.cancelled else ("moved", len(meeting.moved) - 1),
        facts={"notice": meeting.notice.sent, "changed": changed["on"]},
    )


RULES = (
    Rule(
        name="meeting-told-anew",
        kind="note",
        norm="Who had the notice of a meeting is told that it was moved or cancelled.",
        about=("meetings",),
        question=meeting_told_anew,
        fails="An Assembly moved in January whose notice went out in December.",
        cure="Record the further notice, or the letter.",
    ),
    Rule(
        name="rests-on-a-cancelled-meeting",
        kind="note",
        norm="What is proposed for a meeting that was cancelled is told.",
        about=("decisions",),
        question=rests_on_a_cancelled_meeting,
        fails="A removal proposed for an Assembly that was cancelled.",
        cure="Withdraw it, and propose it for another meeting.",
    ),
)
