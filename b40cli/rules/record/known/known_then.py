"""What a closed record knew of other records: frozen in its `known` block, judged when written.

After that it only grows. What was learnt since is told by `learnt_since.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.facts.decision import Decision
from b40cli.model.facts.known import Known
from b40cli.model.ref import ref_of
from b40cli.rules.case.rule import Breach, Case, Undetermined, judged_meeting
from b40cli.rules.facts.heads import heads_moved, misknown
from b40cli.rules.facts.seats import seats_at
from b40cli.rules.record.known.late_law import law_misknown
from b40cli.rules.votes.committee_count import HeldSeats
from b40cli.rules.votes.committee_facts import COMMITTEE
from b40cli.rules.votes.vote import Recount, recount


def known_stays(case: Case, path: str) -> Iterator[Breach]:
    """What was frozen stays, and says what the register says when it is written."""
    known, earlier = _known_at(case, path), _known_before(case, path)
    if earlier is not None and not _continues(earlier, known):
        yield Breach(
            f"What {ref_of(path).id} knew of other records was frozen and is changed.",
            "Restore it; what is learnt later is recorded where it belongs.",
            ("known",) if known is not None else (),
        )
    elif known is not None and case.before is not None and known != earlier:
        yield from _misknown(case, path, known)
        yield from _seats_misknown(case, path, known)
        yield from law_misknown(case, path, known)


def _continues(earlier: Known, known: Known | None) -> bool:
    """Whether nothing was taken back; a delegation that came later has its head added."""
    if known is None:
        return False
    heads = (known.heads or ())[: len(earlier.heads or ())]
    return known._replace(heads=heads or earlier.heads) == earlier and heads == (
        earlier.heads or ()
    )


def _misknown(case: Case, path: str, known: Known) -> Iterator[Breach]:
    day, cities = _day_and_cities(case, path)
    if day is None:
        return
    listed = [head.city for head in known.heads or ()]
    for city, says in misknown(case.after, known, cities, day):
        if not heads_moved(case, city):
            at = ("known", "heads", listed.index(city)) if city in listed else ("known",)
            yield Breach(
                f"{ref_of(path).id} says otherwise than the register who headed {city} on {day}: "
                f"that is {says}.",
                "Write what the register knows; the command does.",
                at,
                facts={"city": city, "in_office": says},
                refs=(f"members/{city}",),
            )


def _seats_misknown(case: Case, path: str, known: Known) -> Iterator[Breach]:
    """The seats that a committee vote freezes are the register's, before this change or with it."""
    decision = case.after.decision_in(path)
    if decision is None or decision.body != COMMITTEE or known.seats is None:
        return
    found = recount(case, decision)
    held = () if isinstance(found, Undetermined) else found.seats
    if known.seats != held and known.seats != _held_before(case, found):
        yield Breach(
            f"{decision.id} says otherwise than the register who held the seats of the committee.",
            "Write what the register knows; b40 decision open and record do.",
            ("known", "seats"),
            facts={"recorded": dict(known.seats), "computed": dict(held)},
        )


def _held_before(case: Case, found: Recount | Undetermined) -> HeldSeats:
    """The seats of a vote by the register before the change."""
    if case.before is None or isinstance(found, Undetermined):
        return ()
    meeting = found.meeting
    seats = seats_at(case.before, meeting.day, meeting.handover, found.law)
    return tuple((s.seat, s.city) for s in seats if s.city)


def _day_and_cities(case: Case, path: str) -> tuple[date | None, list[str]]:
    """The day of a record, and the cities whose heads its rules ask for."""
    meeting = judged_meeting(case, path)
    if meeting is not None:
        return meeting.day, [d.member for d in meeting.delegations if d.capacity != "designee"]
    decision = case.after.decision_in(path)
    if decision is None:
        return None, []
    return _decision_day(case, decision), [city] if (city := _asked_of(decision)) else []


def _decision_day(case: Case, decision: Decision) -> date | None:
    """The day a decision is judged on: that of its meeting, else of its closing."""
    meeting = case.after.meeting(decision.meeting)
    return meeting.day if meeting else decision.closed


def _asked_of(decision: Decision) -> str | None:
    """Whose head a decision rests on: the city that signed it, or that is to preside."""
    if decision.decided_by:
        return str(decision.decided_by.get("city"))
    return decision.city if decision.matter == "presidency" else None


def _known_at(case: Case, path: str) -> Known | None:
    found = judged_meeting(case, path) or case.after.decision_in(path)
    return found.known if found else None


def _known_before(case: Case, path: str) -> Known | None:
    return _known_at(case._replace(after=case.before), path) if case.before else None
