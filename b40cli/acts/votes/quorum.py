"""Who is there or expected, and whether they are enough (Art. 10, 13)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.by_day import meeting_by_day
from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.rolls import roll
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.facts.meeting import DECLINED, Meeting, RollCall
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.votes import assembly_count
from b40cli.rules.votes.assembly_count import CountedRoll, no_assembly, session
from b40cli.rules.votes.assembly_facts import assembly_at, expected
from b40cli.rules.votes.committee_count import Attendance, attendance
from b40cli.rules.votes.committee_count import quorum as quorum_of
from b40cli.rules.votes.committee_facts import sitting_at

if TYPE_CHECKING:
    from b40cli.model.answer import Beside
    from b40cli.model.results.rolls import QuorumForeseen, QuorumShown

    Told = tuple[QuorumShown, Beside]

NO_SECOND_CALL = (
    "The Assembly cannot cure its own quorum: the Executive Committee decides on a second call."
)
ELSEWHERE = (
    "It is outside the Annual Summit, and the Assembly decides there only (Art. 10, INT-31)."
)


def quorum(view: View, meeting: str | None, body: str | None) -> Answer[QuorumShown]:
    """How many are entitled, required, counted and missing; null where the list is not whole."""
    view, named = meeting_by_day(view, meeting) if meeting else (view, None)
    kind = named.kind if named else body or "ga"
    counted = _committee_quorum if kind == "ec" else _assembly_quorum
    result, beside = counted(view, named)
    told = answer(view, "quorum", result)
    return told._replace(beside={**told.beside, **beside})


def _assembly_quorum(view: View, meeting: Meeting | None) -> Told:
    day = meeting.day if meeting else view.on
    first = meeting.first_roll_call if meeting else None
    law = law_on(view.registry, day)
    facts = assembly_at(view.registry, _opening(day, meeting), meeting, first, law)
    if isinstance(facts, Undetermined):
        return _of_an_incomplete_list(view, meeting, day)
    there, found = session(facts.at_first(), law), assembly_count.quorum(facts, law)
    result = _numbers(meeting, True, found.base, len(there.attending), len(there.represented))
    result = _against(result, found.required)
    if no_assembly(facts, law):
        return {**result, "met": False}, {"why": ELSEWHERE}
    if meeting is not None and first is not None:
        # The Assembly cannot cure its own quorum: nobody who comes later does.
        beside: Beside = {} if result["met"] else {"why": NO_SECOND_CALL}
        return result, beside
    come = _expected(meeting)
    facts = assembly_at(view.registry, _opening(day, come), come, _first(come), law)
    assert not isinstance(facts, Undetermined), "the list is whole with a roll call too"
    return _with_promises(result, session(facts.at_first(), law), meeting)


def _of_an_incomplete_list(view: View, meeting: Meeting | None, day: date) -> Told:
    there = roll(view._replace(on=day)).result
    call = meeting.first_roll_call if meeting else None
    answered = [city for city in there["voting"] if call and city in call.present]
    result = _numbers(meeting, False, len(there["voting"]), len(answered), 0)
    reported = there["reported"]
    why = "the list of members is not whole" + (f"; {reported} are reported" if reported else "")
    return {**result, "reported": there["reported"]}, {"why": why}


def _committee_quorum(view: View, meeting: Meeting | None) -> Told:
    day = meeting.day if meeting else view.on
    call = meeting.roll_calls[-1] if meeting and meeting.roll_calls else None
    sitting = sitting_at(view.registry, _opening(day, meeting), meeting, call)
    if isinstance(sitting, Undetermined):
        seats = [s for s in seats_on(view.registry, day) if s.state == "filled"]
        result = _numbers(meeting, False, len(seats), 0, 0)
        why = f"not known: {', '.join(sitting.missing)}"
        return {**result, "reported": None}, {"why": why}
    law = law_on(view.registry, day)
    there = attendance(sitting, law)
    found = quorum_of(there, law)
    result = _numbers(meeting, True, found.base, len(there.attending), len(there.represented))
    result = _against(result, found.required)
    if call is not None:
        return result, {"could_come": _free(sorted(there.entitled), there.counted)}
    come = _expected(meeting)
    sitting = sitting_at(view.registry, _opening(day, come), come, _first(come))
    assert not isinstance(sitting, Undetermined), "the seats are known with a roll call too"
    return _with_promises(result, attendance(sitting, law), meeting)


def _first(meeting: Meeting | None) -> RollCall | None:
    return meeting.first_roll_call if meeting else None


def _expected(meeting: Meeting | None) -> Meeting | None:
    """The meeting as if whoever is announced had come."""
    return meeting._replace(roll_calls=(expected(meeting),)) if meeting else None


def _with_promises(
    result: QuorumShown, there: CountedRoll | Attendance, meeting: Meeting | None
) -> Told:
    """What delegations and proxies on record promise, and who is still missing."""
    announced = {d.member for d in meeting.delegations} if meeting else set()
    never = meeting.declining("attendance") & meeting.declining("proxy") if meeting else set()
    present, represented = set(there.attending) & announced, set(there.represented)
    counted = len(present) + len(represented)
    foreseen: QuorumForeseen = {
        "present": len(present),
        "represented": len(represented),
        "counted": counted,
        "missing": max((result["required"] or 0) - counted, 0),
    }
    free = _free(sorted(there.entitled), present | represented | never)
    beside: Beside = {"could_come": free}
    if meeting is not None and meeting.refusals:
        beside["declined"] = {w: sorted(meeting.declining(w)) for w in DECLINED}
    return {**result, "foreseen": foreseen}, beside


def _opening(day: date, meeting: Meeting | None) -> Moment:
    """A meeting is quorate or not before its own decisions take effect."""
    return Moment(day, meeting.id, 0) if meeting else Moment(day)


def _numbers(
    meeting: Meeting | None, complete: bool, entitled: int, present: int, represented: int
) -> QuorumShown:
    return {
        "meeting": meeting.id if meeting else None,
        "complete": complete,
        "entitled": entitled,
        "present": present,
        "represented": represented,
        "counted": present + represented,
        "required": None,
        "met": None,
        "missing": None,
        "foreseen": None,
    }


def _against(result: QuorumShown, required: int) -> QuorumShown:
    missing = max(required - result["counted"], 0)
    met = result["entitled"] > 0 and missing == 0
    return {**result, "required": required, "met": met, "missing": missing}


def _free(entitled: list[str], counted: Collection[str]) -> list[str]:
    return [city for city in entitled if city not in counted]
