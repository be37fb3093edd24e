"""Standing: what a city is to the network at a moment, derived from dated grounds (Art. 5, 9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.member import Application, Member, Standing
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.facts.effects import has_effect, stands, takes_effect
from b40cli.rules.facts.memberships import (
    BEGINNING,
    Departure,
    Membership,
    is_over,
    is_varied,
    memberships,
    reading_then,
)
from b40cli.rules.facts.suspensions import is_suspended

MEMBERS = frozenset({"member", "leaving"})
# The open points that change who is a member at all.
FEEDING_THE_ROLL = frozenset({BEGINNING, "INT-28", "INT-44"})


def standing_of(registry: Registry, member: Member, moment: Moment, law: Law) -> Standing:
    """A city's standing; `unknown` before the first fact the record holds about it."""
    return _standing(registry, member, memberships(registry, member, law), moment, law)


def _standing(
    registry: Registry, member: Member, of_the_city: Sequence[Membership], moment: Moment, law: Law
) -> Standing:
    for membership in reversed(of_the_city):
        begins, ground = membership.begins, membership.admission
        by = ground.id if ground is not None and ground.closed == begins else None
        if takes_effect(registry, begins, by, moment):
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
    if any(has_effect(registry, merger, moment) for merger in merged):
        return "left"
    ends = [d for d in membership.departures if not (d.removal or d.succeeded)]
    notices = [d.notice for d in ends if not has_effect(registry, d.retracted, moment)]
    given = min((notice for notice in notices if notice <= moment.day), default=None)
    if given is None:
        return "member"
    return "leaving" if moment.day.year == given.year else "left"


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
        ever = (m.id for m, _of_it in cities if m.suspensions)
        suspended = {m for m in ever if m in members and is_suspended(registry, m, moment)}
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
    read = law.readings.get(BEGINNING), is_varied(registry, law, BEGINNING)

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
    return reading_then(registry, law, "INT-44", removed[-1]) == "participation-ends"


def _left(registry: Registry, departure: Departure, moment: Moment) -> bool:
    return departure.removal is None and is_over(registry, departure, moment.day)


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
        and not has_effect(registry, registry.decision(notice.retracted), moment)
        for notice in (member.withdrawals if member else ())
    )


def _removed(registry: Registry, decision: Decision, moment: Moment, law: Law) -> bool:
    if decision.closed is None:
        return False
    if not stands(registry, decision, moment.day):
        return False
    if reading_then(registry, law, "INT-28", decision.closed) == "year-end":
        return moment.day.year > decision.closed.year
    return takes_effect(registry, decision.closed, decision.id, moment)


def _before_membership(registry: Registry, member: Member, moment: Moment) -> Standing:
    for application in reversed(member.applications):
        if application.received <= moment.day:
            return _applied(registry, application, moment)
    return "unknown"


def _applied(registry: Registry, application: Application, moment: Moment) -> Standing:
    if application.withdrawn is not None and application.withdrawn <= moment.day:
        return "withdrawn"
    decision = registry.decision(application.outcome)
    if decision is None or not takes_effect(registry, decision.closed, decision.id, moment):
        return "applicant"
    if decision.state != "adopted":
        return "declined"
    return "admitted" if stands(registry, decision, moment.day) else "applicant"
