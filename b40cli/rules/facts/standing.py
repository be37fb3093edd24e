"""Standing: what a city is to the network at a moment, derived from dated grounds (Art. 5, 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from b40cli.model.day import Moment, year_after
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.member import Application, Member, Suspension
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.case.silence import admits
from b40cli.rules.facts.annulled import annulling
from b40cli.rules.facts.handover import binds_at

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
# The open points that change who is a member at all.
BEGINNING = "INT-14"
FEEDING_THE_ROLL = frozenset({BEGINNING, "INT-28", "INT-44"})


class Departure(NamedTuple):
    """What ends a membership: a notice of leaving, a removal, or that another city succeeds it.

    An admission on the day `over` or later is a new one: the city is gone by then. A notice may be
    `retracted` by a resolution.
    """

    notice: date
    over: date
    removal: Decision | None
    retracted: Decision | None = None
    succeeded: Decision | None = None


class Membership(NamedTuple):
    """One time a city belongs to the network; who is admitted again has a further one."""

    begins: date | None
    admission: Decision | None
    departures: tuple[Departure, ...]


def standing_of(registry: Registry, member: Member, moment: Moment, law: Law) -> Standing:
    """A city's standing; `unknown` before the first fact the record holds about it."""
    return _standing(registry, member, memberships(registry, member, law), moment, law)


def _standing(
    registry: Registry,
    member: Member,
    of_the_city: Sequence[Membership],
    moment: Moment,
    law: Law,
) -> Standing:
    for membership in reversed(of_the_city):
        begins, ground = membership.begins, membership.admission
        by = ground.id if ground is not None and ground.closed == begins else None
        if _takes_effect(registry, begins, by, moment):
            ended = member.attested.until if member.attested and ground is None else None
            if ended is not None and ended <= moment.day:
                return "left"
            return _within(registry, membership, moment, law)
    return _before_membership(registry, member, moment)


def _within(registry: Registry, membership: Membership, moment: Moment, law: Law) -> Standing:
    admission = membership.admission
    if admission is not None and not stands(registry, admission, moment.day):
        return "removed"
    if not membership.departures:
        return "member"
    removals = (d.removal for d in membership.departures if d.removal)
    if any(_removed(registry, removal, moment, law) for removal in removals):
        return "removed"
    merged = (d.succeeded for d in membership.departures if d.succeeded)
    if any(_has_effect(registry, merger, moment) for merger in merged):
        return "left"
    ends = [d for d in membership.departures if not (d.removal or d.succeeded)]
    notices = [d.notice for d in ends if not _has_effect(registry, d.retracted, moment)]
    given = min((notice for notice in notices if notice <= moment.day), default=None)
    if given is None:
        return "member"
    return "leaving" if moment.day.year == given.year else "left"


def _has_effect(registry: Registry, decision: Decision | None, moment: Moment) -> bool:
    """Whether a decision has taken effect by a moment, and stands."""
    if decision is None or not stands(registry, decision, moment.day):
        return False
    return _takes_effect(registry, decision.closed, decision.id, moment)


def memberships(registry: Registry, member: Member, law: Law) -> tuple[Membership, ...]:
    """Its memberships, the earlier ones first; each later one rests on an admission of its own."""
    first, *later = _spells(registry, member)
    begun = _first_begins(registry, member, first[0], law)
    return (
        Membership(begun, *first),
        *(Membership(_begins_again(registry, member, spell[0], law), *spell) for spell in later),
    )


def _spells(
    registry: Registry, member: Member
) -> list[tuple[Decision | None, tuple[Departure, ...]]]:
    """Admissions and what ended each membership, in the order of their days."""
    notices = member.withdrawal or member.former_withdrawals
    if member.application is None and not (notices or member.removal or member.succeeded):
        return [(None, ())]
    spells: list[tuple[Decision | None, tuple[Departure, ...]]] = []
    admission, ahead = None, _departures(registry, member)
    for further in _admissions(registry, member):
        over = tuple(d for d in ahead if further.closed and _over(registry, d, further.closed))
        if over or (admission is not None and not stands(registry, admission, further.closed)):
            spells.append((admission, over))
            ahead = [d for d in ahead if d not in over]
        admission = further
    return [*spells, (admission, tuple(ahead))]


def _over(registry: Registry, departure: Departure, day: date) -> bool:
    """Whether it has ended the membership by a day: a notice that was taken back has not."""
    retracted = departure.retracted
    kept = retracted is not None and stands(registry, retracted, day)
    return departure.over <= day and not kept


def _departures(registry: Registry, member: Member) -> list[Departure]:
    found = [
        Departure(w.received, year_after(w.received), None, registry.decision(w.retracted))
        for w in member.withdrawals
    ]
    merged = registry.decision(member.succeeded.by) if member.succeeded else None
    if merged is not None and merged.closed is not None:
        found.append(Departure(merged.closed, merged.closed, None, succeeded=merged))
    if member.attested is not None and member.attested.until is not None:
        found.append(Departure(member.attested.until, member.attested.until, None))
    for removal in filter(None, map(registry.decision, member.removals)):
        if removal.closed is not None and stands(registry, removal):
            found.append(Departure(removal.closed, removal.closed, removal))
    return found


def may_have_ended(registry: Registry, member: Member) -> Mapping[date, str]:
    """The days on which its membership may have ended, and what says so.

    No reading is asked: a removal may end it at once or with the year (INT-28).
    """
    found: dict[date, str] = {}
    if member.attested is not None and member.attested.until is not None:
        found[member.attested.until] = member.attested.source
    for notice in member.withdrawals:
        found[year_after(notice.received)] = found[notice.received] = "notice of leaving"
    merged = (member.succeeded.by,) if member.succeeded else ()
    for decision in map(registry.decision, (*member.removals, *merged)):
        if decision is not None and decision.closed is not None:
            found[year_after(decision.closed)] = found[decision.closed] = decision.id
    return found


def _first_begins(
    registry: Registry, member: Member, admission: Decision | None, law: Law
) -> date | None:
    if member.attested is not None:
        return member.attested.start.day
    if admission is None or admission.closed is None:
        return None
    reading = _reading(registry, law, BEGINNING, admission.closed)
    if reading == "admission" or admission.matter != "admission":
        return admission.closed
    if reading == "ceremony":
        return _by_ceremony(registry, member, admission.closed)
    return None if member.declared is None else max(admission.closed, member.declared)


def _reading(registry: Registry, law: Law, point: str, day: date) -> str:
    """The reading that governs a decision of a day: the one in force then, unless it is varied."""
    reading = law.reading(point)
    then = None if _is_varied(registry, law, point) else law_or_none(registry, day)
    return reading if then is None else then.reading(point)


def _is_varied(registry: Registry, law: Law, point: str) -> bool:
    """Whether a law reads a point otherwise than the register does on its day."""
    own = law_or_none(registry, law.day)
    return own is None or own.readings.get(point) != law.readings.get(point)


def membership_at(
    registry: Registry, moment: Moment, law: Law
) -> tuple[frozenset[str], frozenset[str]]:
    """Who is a member at a moment; and which of them have no vote: the suspended.

    With them counts who was removed and lost its participation alone (INT-44).
    """

    def found() -> tuple[frozenset[str], frozenset[str]]:
        cities = _memberships_of_all(registry, law)
        members = {
            m.id for m, of_it in cities if _standing(registry, m, of_it, moment, law) in MEMBERS
        }
        kept = {m.id for m, _of_it in cities if stays_a_member(registry, m, moment, law)}
        suspended = {m for m in members if is_suspended(registry, m, moment)}
        return frozenset(members | kept), frozenset(suspended | kept)

    # Before anybody was removed, how removals are read bears on nobody.
    points = sorted(FEEDING_THE_ROLL) if _first_removal(registry) <= moment.day else [BEGINNING]
    feeding = tuple(law.readings.get(point) for point in points)
    return registry.remember(("membership", moment, feeding), found)


@remembered
def _first_removal(registry: Registry) -> date:
    grounds = (registry.decision(name) for m in registry.members() for name in m.removals)
    return min((d.closed for d in grounds if d and d.closed), default=date.max)


def _memberships_of_all(
    registry: Registry, law: Law
) -> tuple[tuple[Member, tuple[Membership, ...]], ...]:
    """Every city with its memberships: one list for all days on which INT-14 is read alike."""
    read = law.readings.get(BEGINNING), _is_varied(registry, law, BEGINNING)

    def found() -> tuple[tuple[Member, tuple[Membership, ...]], ...]:
        return tuple((m, memberships(registry, m, law)) for m in registry.members())

    return registry.remember(("memberships", read), found)


def stays_a_member(registry: Registry, member: Member, moment: Moment, law: Law) -> bool:
    """Whether one that was removed lost its participation alone (INT-44): no vote, no office.

    Until the end of the year in which it gave notice of leaving, if it did.
    """
    if member.removal is None or standing_of(registry, member, moment, law) != "removed":
        return False
    last = memberships(registry, member, law)[-1]
    admitted = last.admission is None or stands(registry, last.admission, moment.day)
    removed = [d.removal.closed for d in last.departures if d.removal and d.removal.closed]
    if not admitted or not removed or any(_left(registry, d, moment) for d in last.departures):
        return False
    return _reading(registry, law, "INT-44", removed[-1]) == "participation-ends"


def _left(registry: Registry, departure: Departure, moment: Moment) -> bool:
    return departure.removal is None and _over(registry, departure, moment.day)


def _by_ceremony(registry: Registry, member: Member, admitted: date) -> date | None:
    """At the Summit that follows the admission, the Declaration being signed."""
    meeting = registry.meeting(member.ceremony)
    if meeting is None or member.declared is None or meeting.day < admitted:
        return None
    return max(meeting.day, member.declared)


def _begins_again(
    registry: Registry, member: Member, admission: Decision | None, law: Law
) -> date | None:
    """With the admission; the Declaration a city signed stays signed when it comes back."""
    if admission is None or admission.closed is None:
        return None
    at_once = admission.matter != "admission"
    if at_once or _reading(registry, law, BEGINNING, admission.closed) == "admission":
        return admission.closed
    return None if member.declared is None else max(admission.closed, member.declared)


def membership_begins(
    registry: Registry, member: Member, law: Law, by: date | None = None
) -> date | None:
    """The day membership begins (INT-14), or is attested by; None where it has no ground.

    Of several memberships the first, or the last that has begun by a day.
    """
    first, *later = (m.begins for m in memberships(registry, member, law))
    begun = [day for day in later if by is not None and day is not None and day <= by]
    return begun[-1] if begun else first


def admission_of(registry: Registry, member: Member) -> Decision | None:
    """The last adopted decision that admitted the city, if there is one."""
    return next(iter(reversed(_admissions(registry, member))), None)


def _admissions(registry: Registry, member: Member) -> list[Decision]:
    outcomes = (registry.decision(a.outcome) for a in member.applications if a.outcome)
    admitting = (d for d in outcomes if d is not None and admits(d))
    return [decision for decision in admitting if stands(registry, decision)]


def stands(registry: Registry, decision: Decision, day: date | None = None) -> bool:
    """Whether a decision carried and is not annulled: ex tunc at all, ex nunc by the day.

    An annulment that was annulled ex nunc has its effect on the days before that.
    """
    if decision.state != "adopted":
        return False
    if day is not None:
        annulments = annulling(registry).get(decision.id, ())
        return not any(_annuls(registry, by, day) for by in annulments)
    annulment = registry.annulments().get(decision.id)
    return annulment is None or annulment.closed is None or annulment.effect == "ex-nunc"


def _annuls(registry: Registry, annulment: Decision, day: date) -> bool:
    """Whether an annulment has its effect on a day: while it stands itself."""
    if annulment.closed is None or (annulment.effect == "ex-nunc" and day < annulment.closed):
        return False
    return stands(registry, annulment, day)


def is_member(registry: Registry, city: str, moment: Moment, law: Law) -> bool:
    """Whether the city is a member then, suspended or leaving included."""
    member = registry.member(city)
    return member is not None and standing_of(registry, member, moment, law) in MEMBERS


def gave_notice(registry: Registry, city: str, moment: Moment) -> bool:
    """Whether the city gave notice of leaving in the year of the moment, and it runs."""
    member = registry.member(city)
    return any(
        notice.received <= moment.day
        and notice.received.year == moment.day.year
        and not _has_effect(registry, registry.decision(notice.retracted), moment)
        for notice in (member.withdrawals if member else ())
    )


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
        same = (s for s in member.suspensions if s.by == suspension.by) if member else ()
        if begun and not any(_lifted(registry, s, moment) for s in same):
            return suspension
    return None


@remembered
def suspended_between(registry: Registry, opening: Moment, moment: Moment) -> frozenset[str]:
    """The cities a suspension of which began to bind between two moments, lifted since or not."""
    begun = ((m.id, s.start, s.by) for m in registry.members() for s in m.suspensions)
    return frozenset(
        city
        for city, start, by in begun
        if _takes_effect(registry, start, by, moment)
        and not _takes_effect(registry, start, by, opening)
    )


def _lifted(registry: Registry, suspension: Suspension, moment: Moment) -> bool:
    ground = registry.decision(suspension.lifted_by)
    if ground is not None and not stands(registry, ground, moment.day):
        return False
    return _takes_effect(registry, suspension.until, suspension.lifted_by, moment)


def _takes_effect(registry: Registry, day: date | None, by: str | None, moment: Moment) -> bool:
    if day is None or day > moment.day:
        return False
    if day < moment.day or moment.item is None or by is None:
        return True
    decision = registry.decision(by)
    if decision is not None and decision.meeting is None:
        return binds_at(registry, decision, moment)
    if decision is None or decision.meeting != moment.meeting or decision.item is None:
        return True
    return decision.item < moment.item


def _removed(registry: Registry, decision: Decision, moment: Moment, law: Law) -> bool:
    if decision.closed is None:
        return False
    if not stands(registry, decision, moment.day):
        return False
    if _reading(registry, law, "INT-28", decision.closed) == "year-end":
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
    decision = registry.decision(application.outcome)
    if decision is None or not _takes_effect(registry, decision.closed, decision.id, moment):
        return "applicant"
    if decision.state != "adopted":
        return "declined"
    return "admitted" if stands(registry, decision, moment.day) else "applicant"
