"""Terms in the committee: who served them, how many in a row, and of which country (Art. 13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import takewhile

from b40cli.model.day import covers
from b40cli.model.facts.committee import ELECTED, UNKNOWN, Seat
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.facts.annulled import is_void
from b40cli.rules.facts.composition import Holding
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.seats import end_of

ELECTION = "committee-election"


def limited(seat: Seat, law: Law) -> bool:
    """Whether a seat is one of those whose terms in a row are limited (INT-10)."""
    return law.reading("INT-10") == "all-seats" or seat.seat in ELECTED


def terms_in_a_row(
    registry: Registry, city: str, year: int, day: date, law: Law
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The terms up to that year without a break: served for certain, and served perhaps.

    Perhaps: a term in which the holder of a seat that counts is not known. A part of a term that
    does not count as one (INT-46) is no break either; nor is one without an election, in which who
    sat runs on. One in which they did not is, where it had begun by that day and the list of the
    committee was whole.
    """
    whole = law.reading("INT-10") == "all-seats"
    held = registry.remember(("terms", whole), lambda: _held_by_term(registry, law))
    served, perhaps = (
        _unbroken(_back_to_a_gap(registry, held, of, year, day, law), held, of)
        for of in ({city}, {city, UNKNOWN})
    )
    part = {t for t in served if _in_part(registry, [s for s in held[t] if s.city == city], law)}
    return _without(served, part), _without(perhaps, part)


def _back_to_a_gap(
    registry: Registry, held: Mapping[int, list[Seat]], of: set[str], year: int, day: date, law: Law
) -> Iterator[int]:
    """The terms on record, the latest first, up to one in which none of these sat (rule set 2)."""
    for term in range(year, min(held, default=year) - 1, -1):
        if term in held:
            yield term
        elif law.rule_set >= 2 and (begun := handover_of(registry, term)) <= day:
            network = registry.network
            whole = network is not None and network.whole("committee", begun)
            if whole and not _run_on(registry, held, of, begun):
                return


def _run_on(registry: Registry, held: Mapping[int, list[Seat]], of: set[str], day: date) -> bool:
    """Whether one of these sat on in a term of which no such seat is on record."""
    sat = (seat for seats in held.values() for seat in seats if seat.city in of)
    return any(covers(seat.start, end_of(registry, seat), day) for seat in sat)


def _held_by_term(registry: Registry, law: Law) -> dict[int, list[Seat]]:
    held: dict[int, list[Seat]] = {}
    for seat in registry.seats():
        if limited(seat, law) and not is_void(registry, seat):
            held.setdefault(seat.term, []).append(seat)
    return held


def _unbroken(
    years: Iterable[int], held: Mapping[int, list[Seat]], of: set[str]
) -> tuple[int, ...]:
    return tuple(takewhile(lambda term: any(seat.city in of for seat in held[term]), years))


def _without(terms: Iterable[int], part: set[int]) -> tuple[int, ...]:
    return tuple(term for term in terms if term not in part)


def _in_part(registry: Registry, seats: list[Seat], law: Law) -> bool:
    """Whether a city came in late, held its seats too short a time, and that is no term."""
    if law.reading("INT-46") == "yes" or not all(_came_late(registry, seat) for seat in seats):
        return False
    days = sum(_days_held(registry, seat) for seat in seats)
    return 2 * days < _days_of_term(registry, seats[0].term)


def counts_as_a_term(registry: Registry, term: int, day: date, law: Law) -> bool:
    """Whether what is left of a term on a day would count as one for who comes in then (INT-46)."""
    if law.reading("INT-46") == "yes":
        return True
    return 2 * (handover_of(registry, term + 1) - day).days >= _days_of_term(registry, term)


def _came_late(registry: Registry, seat: Seat) -> bool:
    """Whether a seat was won in a by-election or a run-off: not in the first one for its term."""
    if seat.source is not None or seat.ground is None or "/" in seat.ground:
        return False
    attested = any(s.source and s.term == seat.term and s.seat in ELECTED for s in registry.seats())
    first = next(iter(elections_of(registry, seat.term)), None)
    return attested or (first is not None and seat.ground != first.id)


def _days_held(registry: Registry, seat: Seat) -> int:
    ended = handover_of(registry, seat.term + 1)
    return (min(ended, seat.until or ended) - seat.start.day).days


def _days_of_term(registry: Registry, term: int) -> int:
    """The days between the two handovers that bound a term."""
    return (handover_of(registry, term + 1) - handover_of(registry, term)).days


def handover_of(registry: Registry, year: int) -> date:
    """The day a term began by its handover, or is planned to."""
    term = registry.term(year)
    known = term is not None and term.start is not None and term.start.exact
    return term.start.day if known and term and term.start else planned_handover(registry, year)


def planned_handover(registry: Registry, year: int) -> date:
    """The day a term is planned to begin: of the meeting on record for it, else 31 January."""
    meeting = meeting_of_handover(registry, year)
    return meeting.day if meeting else date(year, 1, 31)


def meeting_of_handover(registry: Registry, year: int) -> Meeting | None:
    """The meeting on record in which a term is planned to begin."""
    planned = [m for m in registry.meetings_of(str(year)) if m.kind in ("ga", "summit")]
    for meeting in planned:
        if any(entry.get("kind") == "handover" for entry in meeting.agenda):
            return meeting
    return next((m for m in planned if m.kind == "ga"), next(iter(planned), None))


@remembered
def elections(registry: Registry) -> tuple[Decision, ...]:
    """The elections of the committee that carried, in their order."""
    paths = registry.naming(ELECTION, "decisions/")
    found = (d for d in map(registry.decision_in, paths) if d and d.matter == ELECTION)
    return tuple(sorted((d for d in found if d.state == "adopted"), key=in_time))


def elections_of(registry: Registry, term: int) -> tuple[Decision, ...]:
    """The elections for a term that carried and stand, in their order: the first is the regular."""
    of_term = (d for d in elections(registry) if term_of(d, d.closed) == term)
    return tuple(d for d in of_term if stands(registry, d))


def in_time(decision: Decision) -> tuple[date, int, str]:
    """The place of a decision among others: by its day, its item, its number."""
    return decision.closed or date.min, decision.item or 0, decision.id


def term_of(decision: Decision, day: date | None) -> int:
    """The term an election is for: the one it names, else that of its day's year."""
    return decision.term or (day.year if day else 0)


def country_of(registry: Registry, city: str) -> str | None:
    """The country a member lies in."""
    member = registry.member(city)
    return member.country if member else None


def of_country(
    registry: Registry, seats: tuple[Holding, ...], country: str, law: Law
) -> tuple[str, ...]:
    """The cities of a country among the seats that count (INT-11), each once."""
    counted = law.reading("INT-11") == "all-seats"
    cities = {s.city for s in seats if counted or s.seat in ELECTED}
    return tuple(sorted(c for c in cities if country_of(registry, c) == country))
