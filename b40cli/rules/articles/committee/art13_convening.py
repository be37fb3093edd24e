"""Art. 13: who convenes the Executive Committee."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import legal_day
from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted, listed
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.case.rule import Breach, Case, judged_meeting
from b40cli.rules.facts.presiding import presides_on
from b40cli.rules.facts.seats import presidency_on, seats_at, seats_on
from b40cli.rules.votes.committee_facts import COMMITTEE
from b40cli.rules.votes.vote import vote_of


def convened_by(case: Case, path: str) -> Iterator[Breach]:
    """The President convenes the committee, or two of its members ask for it."""
    yield from _while_nobody_presides(case, path)
    meeting = judged_meeting(case, path, "ec")
    if meeting is not None:
        yield from _asked_by_too_few(case, meeting)
    decision = vote_of(case, path, COMMITTEE)
    if decision is not None and _brought(case, decision):
        yield from _decided_by_too_few(case, decision)


def _brought(case: Case, decision: Decision) -> bool:
    """Whether this very change decides; what was decided is not asked again who convened."""
    earlier = case.before.decision(decision.id) if case.before else decision
    closed = earlier is not None and earlier.state in CLOSED
    return not closed and case.rule_set(moment_of(case, decision).day) > 1


def _decided_by_too_few(case: Case, decision: Decision) -> Iterator[Breach]:
    """A committee that was not convened lawfully decides nothing."""
    meeting = case.after.meeting(decision.meeting)
    if meeting is None or meeting.attested or decision.state == "invalid":
        return
    for found in _asked_by_too_few(case, meeting):
        if found.kind != "note":
            remedy = f"Nothing is decided there: {found.remedy}"
            yield found._replace(remedy=remedy, at=("meeting",), refs=(meeting.id,))


def _asked_by_too_few(case: Case, meeting: Meeting) -> Iterator[Breach]:
    """Asked of the change that convenes: who sat then may leave, or be learnt to have left."""
    if meeting.convened_by == "president":
        return
    asked = sorted({*meeting.requested_by} & _seated_to_ask(case, meeting))
    needed = case.law(meeting.day).number("requesters-of-a-meeting")
    if len(asked) >= needed:
        return
    facts: dict[str, object] = {"requested_by": asked, "required": needed}
    gone = sorted({*meeting.requested_by} & _sat_by(case.after, meeting.day) - {*asked})
    enough = len(asked) + len(gone) >= needed
    if enough and not _convenes(case, meeting):
        yield _gone_since(meeting, gone, facts)
        return
    yield Breach(
        f"{meeting.id} is convened by {meeting.convened_by or 'nobody'}, at the request of "
        f"{counted(len(asked), 'member')} of the committee.",
        f"The President convenes, or {counted(needed, 'member')} of the committee "
        f"{'asks' if needed == 1 else 'ask'}: --requested-by.",
        ("convened",),
        facts=facts | ({"day": str(min(case.on, meeting.day))} if enough else {}),
    )


def _gone_since(meeting: Meeting, gone: list[str], facts: dict[str, object]) -> Breach:
    return Breach(
        f"{listed(gone)} asked for {meeting.id} and {'sits' if len(gone) == 1 else 'sit'} in the "
        "committee no longer on its day.",
        "The meeting stands as it was convened; nothing needs to be done.",
        ("convened",),
        facts=facts,
        kind="note",
    )


def _convenes(case: Case, meeting: Meeting) -> bool:
    """Whether this very change says who asked for the meeting."""
    earlier = case.before.meeting(meeting.id) if case.before else meeting
    return earlier is None or (earlier.convened_by, earlier.requested_by) != (
        meeting.convened_by,
        meeting.requested_by,
    )


def _seated_to_ask(case: Case, meeting: Meeting) -> set[str]:
    """Who sits on the day of the meeting, of its notice, or of the act that convenes."""
    days = [legal_day(meeting.notice.sent)] if meeting.notice else []
    days += [min(case.on, meeting.day)] if _convenes(case, meeting) else []
    there = [seats_at(case.after, meeting.day, meeting.handover)]
    there += [seats_on(case.after, day) for day in days]
    return {seated.city for seats in there for seated in seats if seated.city}


def _sat_by(registry: Registry, day: date) -> set[str]:
    """Who ever had a seat that began by a day, whatever ended it."""
    return {seat.city for seat in registry.seats() if seat.start.day <= day}


def _while_nobody_presides(case: Case, path: str) -> Iterator[Breach]:
    """What is convened by the President while the presidency is vacant or sleeps (set 2)."""
    meeting = case.after.meeting_in(path)
    day = _convened_on(case, meeting) if meeting and meeting.convened_by == "president" else None
    if meeting is None or day is None or meeting.attested or case.rule_set(day) < 2:
        return
    known = filter(None, (case.before, case.after))
    if any(presides_on(r, day, meeting.handover) or not presidency_on(r, day) for r in known):
        return
    cure = "Two members of the committee ask for it: --requested-by. "
    yield Breach(
        f"{meeting.id} is convened by the President on {day}; nobody presides.",
        (cure if meeting.kind == "ec" else "") + "Who convenes otherwise, a resolution says where "
        "the statutes are silent: --effect stand-in, or --by … --decision ….",
        ("convened",),
        facts={"day": str(day)},
        readings={"INT-37": case.law(day).reading("INT-37")},
        # That nobody presided then may be learnt later: only the change that convenes is refused.
        kind="note" if case.before is None else None,
    )


def _convened_on(case: Case, meeting: Meeting) -> date | None:
    """The day a meeting was convened: of its notice, else of the act that brings it on record."""
    earlier = case.before.meeting(meeting.id) if case.before else None
    if earlier is not None and earlier.convened_by == meeting.convened_by:
        return None
    if meeting.notice is not None:
        return legal_day(meeting.notice.sent)
    return min(case.on, meeting.day) if case.before is not None else None
