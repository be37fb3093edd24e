"""From when to when a city held a presidency or a seat: what the facts of each day come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from b40cli.model.day import Since, months_later
from b40cli.model.facts.committee import UNKNOWN, Presidency, Seat
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import law_or_none
from b40cli.rules.facts.memberships import may_have_ended
from b40cli.rules.facts.seats import end_of, presidency_on, president_on, seats_on


class Tenure(NamedTuple):
    """An office as it was held: `until` is the first day on which it was not, None while it is."""

    year: int
    seat: str | None
    city: str
    start: Since
    until: date | None


def terms_held(registry: Registry) -> Iterator[Tenure]:
    """Every presidency that began, until the next one, or until its city lost it before that."""
    for term in registry.presidencies():
        if term.start is not None and term.city:
            until = end_of_term(registry, term)
            if until is None or until > term.start.day:
                yield Tenure(term.year, None, term.city, term.start, until)


def end_of_term(registry: Registry, term: Presidency) -> date | None:
    """The first day on which a term that began does not last any more; None while it does."""
    assert term.start is not None, "asked of a term that began"

    def holds(day: date) -> bool:
        current = presidency_on(registry, day)
        same = current is not None and current.year == term.year
        return same and president_on(registry, day) == term.city

    return _first_without(_turning(registry, term.city, term.start.day), holds)


def seats_held(registry: Registry) -> Iterator[Tenure]:
    """Every seat of the committee a city held, until something ended it."""
    for seat in registry.seats():
        held = None if seat.city == UNKNOWN else as_held(registry, seat)
        if held is not None:
            yield Tenure(seat.term, seat.seat, seat.city, *held)


def as_held(registry: Registry, seat: Seat) -> tuple[Since, date | None] | None:
    """From when to when a seat is its city's; None where it never was.

    One whose election was as if it had never been begins where that is over (annulled.py). Whoever
    holds a seat whose city is not known holds it as its record says.
    """
    if seat.city == UNKNOWN:
        return seat.start, seat.until

    def holds(day: date) -> bool:
        return any(there.fact == seat and there.city for there in seats_on(registry, day))

    end = end_of(registry, seat)
    days = sorted({*_turning(registry, seat.city, seat.start.day), *([end] if end else [])})
    begun = next((day for day in days if holds(day)), None)
    if begun is None:
        return None
    start = seat.start if begun == seat.start.day else Since(begun, True)
    return start, _first_without((day for day in days if day > begun), holds)


def _first_without(days: Iterable[date], holds: Callable[[date], bool]) -> date | None:
    return next((day for day in days if not holds(day)), None)


def _turning(registry: Registry, city: str, start: date) -> list[date]:
    """The days from a beginning on, on which an office of a city can have ended, in their order."""
    days = {start, *_of_offices(registry)}
    days |= {seat.until for seat in registry.seats() if seat.city == city and seat.until}
    member = registry.member(city)
    days.update(may_have_ended(registry, member) if member else ())
    return sorted(day for day in days if day >= start)


@remembered
def _of_offices(registry: Registry) -> frozenset[date]:
    """The days on which an office of any city can have ended."""
    annulled = (a.closed for a in registry.adopted_annulments() if a.closed)
    return frozenset((*_of_terms(registry), *_readings(registry), *annulled))


def _of_terms(registry: Registry) -> Iterator[date]:
    """The days on which the presidency passed, or would have a year after that (INT-30)."""
    for term in registry.presidencies():
        if term.start is not None:
            law = law_or_none(registry, term.start.day)
            months = law.parameters.get("presidency-term-months") if law else None
            yield term.start.day
            yield months_later(term.start.day, int(months)) if months else term.start.day


def _readings(registry: Registry) -> Iterator[date]:
    """The days from which the points that end an office by themselves are read anew."""
    for point in ("INT-28", "INT-30", "INT-36"):
        found = registry.interpretations().get(point)
        yield from (adopted.start for adopted in found.adopted) if found else ()
