"""The seven seats of the Executive Committee on a day, and who presides (Art. 11, 13)."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeGuard

from b40cli.model.day import Moment, covers, months_later
from b40cli.model.facts.committee import SEATS, UNKNOWN, Presidency, Seat
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.facts.annulled import (
    as_on,
    is_ended_by_nothing,
    is_void,
    never_taken,
    refilled_on,
    runs_on_until,
)
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.handover import side_of
from b40cli.rules.facts.memberships import BEGINNING, memberships
from b40cli.rules.facts.standing import standing_of

SeatState = Literal["filled", "vacant", "unknown"]
# The open points that say whose seat is vacant by what happened elsewhere.
FEEDING_THE_SEATS = ("INT-28", "INT-30", "INT-36")
# Who comes back is a member anew from the day that INT-14 says.
READ_OF_THE_LAW = (*FEEDING_THE_SEATS, BEGINNING)
TERM = "presidency-term-months"


class Seated(NamedTuple):
    """One of the seven seats on a day: filled by a city, vacant, or not known."""

    seat: str
    city: str | None
    state: SeatState
    fact: Seat | None


def seats_on(registry: Registry, day: date, law: Law | None = None) -> tuple[Seated, ...]:
    """The seven seats in their order.

    A seat no record covers is vacant where the list is whole that day, and unknown where it is not.
    The seat of a city that is no member any more is vacant, and so is a lapsed President's: by the
    readings of the day's law, or of another that is given.
    """
    registry, law = as_on(registry, day), law or law_or_none(registry, day)
    # The law is looked up out here: all that is read of it is in the key.
    feeding = law and (law.parameters.get(TERM), *map(law.readings.get, READ_OF_THE_LAW))
    return registry.remember(("seats", day, feeding), lambda: _seats_on(registry, day, law))


def _seats_on(registry: Registry, day: date, law: Law | None) -> tuple[Seated, ...]:
    there = [s for s, end in _seats_of(registry, day.year) if covers(s.start, end, day)]
    # A seat that was never given gives way to whoever runs on in it.
    covering = {s.seat: s for s in sorted(there, key=lambda s: not is_void(registry, s))}
    network = registry.network
    empty: SeatState = "vacant" if network and network.whole("committee", day) else "unknown"
    held = _by_presidency(registry, day) if empty == "unknown" else {}
    seated = (
        Seated(seat, held[seat], "filled", None)
        if seat in held and seat not in covering
        else _seated(seat, covering.get(seat), empty)
        for seat in SEATS
    )
    return tuple(_unless_lost(registry, there, day, law) for there in seated)


@remembered
def _seats_of(registry: Registry, year: int) -> tuple[tuple[Seat, date | None], ...]:
    """The seats held at some time of a year and their ends, so that a day need not look at all."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    ends = registry.remember(
        "ends of seats", lambda: tuple((s, end_of(registry, s)) for s in registry.seats())
    )
    return tuple(
        (s, end) for s, end in ends if s.start.day <= last and (end is None or end > first)
    )


def end_of(registry: Registry, seat: Seat) -> date | None:
    """The first day no longer in the seat: as recorded, or as a resolution extended it (Art. 13).

    What ended it in the meantime ended it all the same, unless that is as if it had never been.
    """
    if is_ended_by_nothing(registry, seat):
        return runs_on_until(registry, seat)
    ends = (_as_recorded(registry, seat), refilled_on(registry, seat))
    return min((end for end in ends if end is not None), default=None)


def _as_recorded(registry: Registry, seat: Seat) -> date | None:
    extended = seat.extended
    by = registry.decision(extended.by) if extended and seat.ended_by is None else None
    if extended is None or by is None or by.state != "adopted":
        return seat.until
    annulment = registry.annulments().get(by.id)
    if annulment is None or annulment.closed is None:
        return extended.until
    kept = annulment.closed if annulment.effect == "ex-nunc" else None
    return seat.until if kept is None else min(kept, extended.until)


def _unless_lost(registry: Registry, seated: Seated, day: date, law: Law | None) -> Seated:
    if seated.city is None:
        return seated
    term = presidency_on(registry, day) if seated.seat == "president" else None
    void = seated.fact is not None and is_void(registry, seated.fact)
    if void or _annulled(registry, _decision_behind(registry, seated.fact), day):
        return seated._replace(city=None, state="vacant")
    since = seated.fact.start.day if seated.fact else None
    if has_left(registry, seated.city, day, law, since) or (
        term and lapsed(registry, term, day, law)
    ):
        return seated._replace(city=None, state="vacant")
    return seated


def seats_at(
    registry: Registry, day: date, handover: str | None, law: Law | None = None
) -> tuple[Seated, ...]:
    """The seats for an act of a day; `before` a handover of that day they are the earlier ones."""
    return seats_on(registry, side_of(registry, day, handover), law)


def has_left(
    registry: Registry, city: str, day: date, law: Law | None = None, since: date | None = None
) -> bool:
    """Whether the city has left the network or been removed from it by that day.

    With the day an office was taken on: since then. Who comes back does not take it up again.
    """
    member, law = registry.member(city), law or law_or_none(registry, day)
    if member is None or law is None:
        return False
    if standing_of(registry, member, Moment(day), law) in ("left", "removed"):
        return True
    later = memberships(registry, member, law)[1:] if since and member.applications else ()
    return any(since and m.begins and since < m.begins <= day for m in later)


def _by_presidency(registry: Registry, day: date) -> dict[str, str]:
    """The two seats that follow from the presidencies, where the committee's list is not whole."""
    current = presidency_on(registry, day)
    former = None
    if current is not None and current.start is not None and current.start.exact:
        former = presidency_on(registry, current.start.day - timedelta(days=1))
    held = {"president": current, "former": former}
    return {seat: presidency.city for seat, presidency in held.items() if presidency}


def _seated(name: str, fact: Seat | None, empty: SeatState) -> Seated:
    if fact is None:
        return Seated(name, None, empty, None)
    if fact.city == UNKNOWN:
        return Seated(name, None, "unknown", fact)
    return Seated(name, fact.city, "filled", fact)


def presidency_on(registry: Registry, day: date) -> Presidency | None:
    """Whose term the day lies in: it lasts until the next handover (INT-30)."""
    registry = as_on(registry, day)
    begun = _terms_begun(registry)
    at = bisect_right(begun, day, key=lambda term: term[0])
    return begun[at - 1][1] if at else None


@remembered
def _terms_begun(registry: Registry) -> tuple[tuple[date, Presidency], ...]:
    """The terms that ever began and stand, in the order in which they did."""
    void = never_taken(registry)
    begun = [(p.start.day, p) for p in registry.presidencies() if p.start]
    in_order = sorted(begun, key=lambda term: (term[0], term[1].year))
    return tuple(term for term in in_order if term[1].approved not in void)


def lapsed(registry: Registry, term: Presidency, day: date, law: Law | None = None) -> bool:
    """Whether a term nobody has taken over yet has ended all the same (INT-30, INT-36)."""
    law = law or law_or_none(registry, day)
    if law is None or term.start is None:
        return False
    months = law.parameters.get(TERM)
    over = months is not None and months_later(term.start.day, int(months)) <= day
    if over and law.readings.get("INT-30") == "anniversary":
        return True
    if _annulled(registry, term.approved, day):
        return True
    return law.readings.get("INT-36") == "presidency-too" and _dismissed(registry, term, day)


def _decision_behind(registry: Registry, fact: Seat | None) -> str | None:
    """The decision a seat rests on: the election, or the approval of the next President."""
    ground = fact.ground if fact else None
    if fact is None or ground is None or fact.seat != "next":
        return ground
    term = registry.term(int(ground[-4:])) if ground.startswith("presidencies/") else None
    return term.approved if term else None


def _annulled(registry: Registry, ground: str | None, day: date) -> bool:
    """Whether the decision something rests on carried and was annulled since."""
    decision = registry.decision(ground) if _by_assembly(ground) else None
    if decision is None or decision.state != "adopted":
        return False
    return not stands(registry, decision, day)


def _dismissed(registry: Registry, term: Presidency, day: date) -> bool:
    """Whether the Assembly dismissed the President of the term from the committee."""
    for seat in registry.seats():
        own = seat.seat == "president" and seat.city == term.city and term.start is not None
        if own and seat.until and term.start and term.start.day <= seat.until <= day:
            ground = registry.decision(seat.ended_by) if _by_assembly(seat.ended_by) else None
            if ground is not None and ground.matter == "committee-dismissal":
                return True
    return False


def _by_assembly(ended_by: object) -> TypeGuard[str]:
    return isinstance(ended_by, str) and ended_by.startswith("GA-")


def president_on(registry: Registry, day: date, handover: str | None = None) -> str | None:
    """The city that presides, from the committee's seat or from the presidencies.

    Nobody while the presidency is vacant: who stands in then holds no office (presiding.py).
    """
    day = side_of(registry, day, handover)
    for seated in seats_on(registry, day):
        if seated.seat == "president" and seated.city:
            return seated.city
    term = presidency_on(registry, day)
    begun = term.start.day if term is not None and term.start is not None else None
    if (
        term is None
        or lapsed(registry, term, day)
        or has_left(registry, term.city, day, since=begun)
    ):
        return None
    return term.city


def coming_term(registry: Registry, day: date) -> int:
    """The year of the next term: the one after the sitting President's, or the next year's."""
    current = presidency_on(registry, day)
    return current.year + 1 if current else day.year + 1


def next_on(registry: Registry, day: date) -> str | None:
    """The city in the seat of the next President."""
    return next((s.city for s in seats_on(registry, day) if s.seat == "next"), None)
