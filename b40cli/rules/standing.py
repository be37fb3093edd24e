"""Standing: what a city is to the network at a moment, derived from dated grounds (Art. 5, 9)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from b40cli.model.day import Moment
from b40cli.model.decision import Decision
from b40cli.model.member import Application, Member, Suspension
from b40cli.model.registry import Registry
from b40cli.rules.law import Law

Standing = Literal[
    "applicant",
    "admitted",
    "member",
    "declined",
    "withdrawn",
    "leaving",
    "left",
    "removed",
    "unknown",
]
MEMBERS = frozenset({"member", "leaving"})


def standing_of(registry: Registry, member: Member, moment: Moment, law: Law) -> Standing:
    """A city's standing; `unknown` before the first fact the record holds about it."""
    if _is_back(registry, member, moment, law):
        return "member"
    begun = membership_begins(registry, member, law)
    admission = _first_admission(registry, member)
    by = admission.id if admission is not None and admission.closed == begun else None
    if not _takes_effect(registry, begun, by, moment):
        return _before_membership(registry, member, moment)
    if admission is not None and not stands(registry, admission, moment.day):
        return "removed"
    if _removed(registry, member, moment, law):
        return "removed"
    if member.withdrawal is not None and member.withdrawal.received <= moment.day:
        return "leaving" if moment.day.year == member.withdrawal.received.year else "left"
    return "member"


def membership_begins(registry: Registry, member: Member, law: Law) -> date | None:
    """The day membership begins (INT-14), or is attested by; None where it has no ground."""
    if member.attested is not None:
        return member.attested.start.day
    admission = _first_admission(registry, member)
    if admission is None or admission.closed is None:
        return None
    reading = law.reading("INT-14")
    if reading == "admission":
        return admission.closed
    if reading == "ceremony":
        meeting = registry.meeting(member.ceremony) if member.ceremony else None
        return None if meeting is None else meeting.day
    return None if member.declared is None else max(admission.closed, member.declared)


def admission_of(registry: Registry, member: Member) -> Decision | None:
    """The last adopted decision that admitted the city, if there is one."""
    return next(iter(reversed(_admissions(registry, member))), None)


def _admissions(registry: Registry, member: Member) -> list[Decision]:
    outcomes = (registry.decision(a.outcome) for a in member.applications if a.outcome)
    admitting = (d for d in outcomes if d is not None and d.matter == "admission")
    return [decision for decision in admitting if stands(registry, decision)]


def readmission_of(registry: Registry, member: Member) -> Decision | None:
    """The admission of a city whose membership had ended: on that the statutes are silent."""
    removal = registry.decision(member.removal) if member.removal else None
    ended = removal.closed if removal is not None and stands(registry, removal) else None
    if ended is None and member.withdrawal is not None:
        ended = member.withdrawal.effective
    admission = admission_of(registry, member) if ended is not None else None
    if ended is None or admission is None or admission.closed is None:
        return None
    return admission if admission.closed >= ended else None


def _first_admission(registry: Registry, member: Member) -> Decision | None:
    """What its first membership rests on; a city admitted again has one before that."""
    again = readmission_of(registry, member)
    earlier = (d for d in reversed(_admissions(registry, member)) if d is not again)
    return next(earlier, None)


def _is_back(registry: Registry, member: Member, moment: Moment, law: Law) -> bool:
    """Whether a city admitted again is a member again; its signed Declaration stays on record."""
    again = readmission_of(registry, member)
    if again is None or again.closed is None:
        return False
    begun: date | None = again.closed
    if law.reading("INT-14") != "admission":
        begun = None if member.declared is None else max(again.closed, member.declared)
    return _takes_effect(registry, begun, again.id if begun == again.closed else None, moment)


def stands(registry: Registry, decision: Decision, day: date | None = None) -> bool:
    """Whether a decision carried and is not annulled: ex tunc at all, ex nunc by the day."""
    if decision.state != "adopted":
        return False
    annulment = registry.annulments().get(decision.id)
    if annulment is None or annulment.closed is None:
        return True
    return annulment.effect == "ex-nunc" and (day is None or day < annulment.closed)


def is_member(registry: Registry, city: str, moment: Moment, law: Law) -> bool:
    """Whether the city is a member then, suspended or leaving included."""
    member = registry.member(city)
    return member is not None and standing_of(registry, member, moment, law) in MEMBERS


def is_suspended(registry: Registry, city: str, moment: Moment) -> bool:
    """Whether a suspension of the city is running at the moment."""
    return running_suspension(registry, city, moment) is not None


def running_suspension(registry: Registry, city: str, moment: Moment) -> Suspension | None:
    """The suspension that binds at the moment: an effect binds the agenda items after it."""
    member = registry.member(city)
    for suspension in () if member is None else member.suspensions:
        ground = registry.decision(suspension.by)
        if ground is not None and not stands(registry, ground, moment.day):
            continue
        begun = _takes_effect(registry, suspension.start, suspension.by, moment)
        if begun and not _lifted(registry, suspension, moment):
            return suspension
    return None


def _lifted(registry: Registry, suspension: Suspension, moment: Moment) -> bool:
    ground = registry.decision(suspension.lifted_by) if suspension.lifted_by else None
    if ground is not None and not stands(registry, ground, moment.day):
        return False
    return _takes_effect(registry, suspension.until, suspension.lifted_by, moment)


def _takes_effect(registry: Registry, day: date | None, by: str | None, moment: Moment) -> bool:
    if day is None or day > moment.day:
        return False
    if day < moment.day or moment.item is None or by is None:
        return True
    decision = registry.decision(by)
    if decision is None or decision.meeting != moment.meeting or decision.item is None:
        return True
    return decision.item < moment.item


def _removed(registry: Registry, member: Member, moment: Moment, law: Law) -> bool:
    decision = registry.decision(member.removal) if member.removal else None
    if decision is None or decision.closed is None:
        return False
    if not stands(registry, decision, moment.day):
        return False
    if law.reading("INT-28") == "year-end":
        return moment.day.year > decision.closed.year
    return _takes_effect(registry, decision.closed, decision.id, moment)


def _before_membership(registry: Registry, member: Member, moment: Moment) -> Standing:
    for application in reversed(member.applications):
        if application.received <= moment.day:
            return _applied(registry, application, moment)
    return "unknown"


def _applied(registry: Registry, application: Application, moment: Moment) -> Standing:
    if application.withdrawn is not None and application.withdrawn <= moment.day:
        return "withdrawn"
    decision = registry.decision(application.outcome) if application.outcome else None
    if decision is None or not _takes_effect(registry, decision.closed, decision.id, moment):
        return "applicant"
    return "admitted" if decision.state == "adopted" else "declined"
