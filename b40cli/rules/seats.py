"""The seven seats of the Executive Committee on a day, and who presides (Art. 11, 13)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from b40cli.model.committee import SEATS, UNKNOWN, Presidency, Seat
from b40cli.model.day import covers
from b40cli.model.registry import Registry

State = Literal["filled", "vacant", "unknown"]


class Seated(NamedTuple):
    """One of the seven seats on a day: filled by a city, vacant, or not known."""

    seat: str
    city: str | None
    state: State
    fact: Seat | None


def seats_on(registry: Registry, day: date) -> tuple[Seated, ...]:
    """The seven seats in their order.

    A seat no record covers is vacant where the list is whole that day, and unknown where it is not.
    """
    return registry.remember(("seats", day), lambda: _seats_on(registry, day))


def _seats_on(registry: Registry, day: date) -> tuple[Seated, ...]:
    covering = {s.seat: s for s in registry.seats() if covers(s.start, s.until, day)}
    network = registry.network
    empty: State = "vacant" if network and network.whole("committee", day) else "unknown"
    held = _by_presidency(registry, day) if empty == "unknown" else {}
    return tuple(
        Seated(seat, held[seat], "filled", None)
        if seat in held and seat not in covering
        else _seated(seat, covering.get(seat), empty)
        for seat in SEATS
    )


def _by_presidency(registry: Registry, day: date) -> dict[str, str]:
    """The two seats that follow from the presidencies, where the committee's list is not whole."""
    current = presidency_on(registry, day)
    former = None
    if current is not None and current.start is not None and current.start.exact:
        former = presidency_on(registry, current.start.day - timedelta(days=1))
    held = {"president": current, "former": former}
    return {seat: presidency.city for seat, presidency in held.items() if presidency}


def _seated(name: str, fact: Seat | None, empty: State) -> Seated:
    if fact is None:
        return Seated(name, None, empty, None)
    if fact.city == UNKNOWN:
        return Seated(name, None, "unknown", fact)
    return Seated(name, fact.city, "filled", fact)


def presidency_on(registry: Registry, day: date) -> Presidency | None:
    """Whose presidency the day lies in: a term lasts until the next handover (INT-30)."""
    begun = [p for p in registry.presidencies() if p.start is not None and p.start.day <= day]
    return max(begun, key=lambda p: (p.start.day if p.start else day, p.year), default=None)


def president_on(registry: Registry, day: date) -> str | None:
    """The city that presides, from the committee's seat or from the presidencies."""
    for seated in seats_on(registry, day):
        if seated.seat == "president" and seated.city:
            return seated.city
    presidency = presidency_on(registry, day)
    return presidency.city if presidency else None
