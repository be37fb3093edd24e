"""The times a city belongs to the network, each from an admission to what ended it (Art. 5, 9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from b40cli.model.day import year_after
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.member import Member
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.case.silence import admits
from b40cli.rules.facts.effects import stands

# The open point that says from when a city is a member.
BEGINNING = "INT-14"


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
    for further in admissions(registry, member):
        over = tuple(d for d in ahead if further.closed and is_over(registry, d, further.closed))
        if over or (admission is not None and not stands(registry, admission, further.closed)):
            spells.append((admission, over))
            ahead = [d for d in ahead if d not in over]
        admission = further
    return [*spells, (admission, tuple(ahead))]


def is_over(registry: Registry, departure: Departure, day: date) -> bool:
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
    reading = reading_then(registry, law, BEGINNING, admission.closed)
    if reading == "admission" or admission.matter != "admission":
        return admission.closed
    if reading == "ceremony":
        return _by_ceremony(registry, member, admission.closed)
    return None if member.declared is None else max(admission.closed, member.declared)


def reading_then(registry: Registry, law: Law, point: str, day: date) -> str:
    """The reading that governs a decision of a day: the one in force then, unless it is varied."""
    reading = law.reading(point)
    then = None if is_varied(registry, law, point) else law_or_none(registry, day)
    return reading if then is None else then.reading(point)


def is_varied(registry: Registry, law: Law, point: str) -> bool:
    """Whether a law reads a point otherwise than the register does on its day."""
    own = law_or_none(registry, law.day)
    return own is None or own.readings.get(point) != law.readings.get(point)


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
    if at_once or reading_then(registry, law, BEGINNING, admission.closed) == "admission":
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
    return next(iter(reversed(admissions(registry, member))), None)


def admissions(registry: Registry, member: Member) -> list[Decision]:
    """The adopted decisions that admitted the city and stand, in their order."""
    outcomes = (registry.decision(a.outcome) for a in member.applications if a.outcome)
    admitting = (d for d in outcomes if d is not None and admits(d))
    return [decision for decision in admitting if stands(registry, decision)]
