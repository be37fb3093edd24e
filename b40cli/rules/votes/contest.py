"""What an election of the committee is for: the seats that are free, and who may not sit (Art. 13).

Known before anybody votes, and told then; the count passes over by the same facts. The limits are
judged on the committee as it is once the session is over, as far as that is on record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import Moment
from b40cli.model.facts.committee import ELECTED, EX_OFFICIO, Seat
from b40cli.model.facts.decision import Decision
from b40cli.model.state.registry import Registry
from b40cli.model.wording import seat_in_words
from b40cli.rules.case.law import Law
from b40cli.rules.facts.composition import Holding, composition_after
from b40cli.rules.facts.leaving import certain_end, not_eligible
from b40cli.rules.facts.seats import end_of, seats_on
from b40cli.rules.facts.standing import MEMBERS, standing_of
from b40cli.rules.facts.terms import (
    country_of,
    counts_as_a_term,
    elections,
    elections_of,
    in_time,
    of_country,
    term_of,
    terms_in_a_row,
)
from b40cli.rules.votes.election import CAP, Contest

COMPOSITION, TERMS = "committee-composition", "two-consecutive-terms"


class Bar(NamedTuple):
    """Why a city may not be elected: the rule, its reason in words, and of what sort that is."""

    rule: str
    why: str
    sort: str


class Race(NamedTuple):
    """An election before its count: for which term, how many seats, who keeps one, who may not.

    `regular`: the first for its term, which ends the elected seats of earlier ones. `staying` are
    the seats that it leaves alone, as they are once the session is over.
    """

    term: int
    free: int
    regular: bool
    staying: tuple[Holding, ...]
    bars: Mapping[str, Bar]
    countries: Mapping[str, str]
    room: Mapping[str, int]

    def contest(self, slate: tuple[str, ...] | None = None) -> Contest:
        """As the count takes it."""
        barred = {city: bar.rule for city, bar in self.bars.items()}
        return Contest(self.free, barred, self.countries, self.room, slate)

    def kept_out(self) -> dict[str, Bar]:
        """The cities that may not sit: for themselves, or because their country has its two."""
        full = {
            city: Bar(CAP, f"{country} has as many seats already as one country may", "country")
            for city, country in self.countries.items()
            if self.room.get(country, 1) <= 0
        }
        return {**full, **self.bars}


def race_of(
    registry: Registry,
    decision: Decision,
    day: date,
    law: Law,
    *,
    closed: bool = False,
    cities: Iterable[str] | None = None,
) -> Race:
    """What an election is about, by the readings of a law.

    `closed`: before this change; then the seats are those that were known. `cities`: of whom it is
    asked whether they may sit; else those it names.
    """
    return race_under(registry, decision, day, closed=closed, cities=cities)(law)


def race_under(
    registry: Registry,
    decision: Decision,
    day: date,
    *,
    closed: bool,
    cities: Iterable[str] | None = None,
) -> Callable[[Law], Race]:
    """The same by the readings of any law; what none of them moves is found once."""
    then, term = before_its_effect(registry, decision), term_of(decision, day)
    regular = not _held_before(then, decision, term)
    named = tuple(dict.fromkeys(named_in(decision) if cities is None else cities))
    moment = Moment(day, decision.meeting, decision.item)

    def under(law: Law) -> Race:
        free = law.number("committee-seats-elected") - _filled(then, term, day, law, regular)
        staying = _staying(then, term, day, law, regular)
        if closed and decision.seats is not None:
            free = decision.seats.free
        if closed and decision.known is not None and decision.known.seats is not None:
            staying = tuple(Holding(seat, city) for seat, city in decision.known.seats)
        race = Race(term, max(0, free), regular, staying, {}, {}, {})
        return _with_limits(then, race, named, moment, law)

    return under


def _with_limits(
    registry: Registry, race: Race, cities: tuple[str, ...], moment: Moment, law: Law
) -> Race:
    """The race with those of the cities that may not sit, and the room for each country."""
    countries = {city: country for city in cities if (country := country_of(registry, city))}
    most, staying = law.number("cities-per-country"), race.staying
    room = {c: most - len(of_country(registry, staying, c, law)) for c in set(countries.values())}
    found = ((c, next(bars_of(registry, c, race, moment, law), None)) for c in cities)
    bars = {city: bar for city, bar in found if bar is not None}
    return race._replace(bars=bars, countries=countries, room=room)


def named_in(decision: Decision) -> tuple[str, ...]:
    """The cities that stand in an election, or that were chosen in it, each once."""
    votes = decision.votes
    return tuple(dict.fromkeys((*decision.candidates, *(votes.by_candidate if votes else ()))))


def slate_of(decision: Decision) -> tuple[str, ...] | None:
    """The cities voted on together, for or against; None where each has votes of its own."""
    votes = decision.votes
    if votes is None or votes.choices or votes.numbers is not None:
        return None
    return decision.candidates


def before_its_effect(registry: Registry, decision: Decision) -> Registry:
    """The register as it would be, had the election and those after it filled or ended no seat."""
    if decision.closed is None:
        return registry
    gone = {e.id for e in elections(registry) if in_time(e) >= in_time(decision)}
    then = registry
    for path in {seat.path for seat in registry.seats() if gone & _grounds(seat)}:
        record = registry.content(path)
        others = (seat for seat in record["seats"] if seat.get("ground") not in gone)
        seats = [_as_before(seat, gone) for seat in others]
        then = then.with_record(path, {**record, "seats": seats})
    return then


def _grounds(seat: Seat) -> set[str]:
    return {each for each in (seat.ground, seat.ended_by) if isinstance(each, str)}


def _as_before(seat: Mapping[str, Any], gone: set[str]) -> Mapping[str, Any]:
    ended = seat.get("ended_by")
    if not isinstance(ended, str) or ended not in gone:
        return seat
    return {key: value for key, value in seat.items() if key not in ("until", "ended_by")}


def _held_before(registry: Registry, decision: Decision, term: int) -> bool:
    """Whether the four were elected for the term already, here or by what is attested."""
    own = None if decision.closed is None else in_time(decision)
    others = (e for e in elections_of(registry, term) if e.id != decision.id)
    if any(own is None or in_time(election) < own for election in others):
        return True
    seats = (s for s in registry.seats() if s.term == term and s.seat in ELECTED)
    return any(seat.source is not None for seat in seats)


def _filled(registry: Registry, term: int, day: date, law: Law, regular: bool) -> int:
    """How many elected seats an election leaves alone; where none is on record it may be held."""
    seats = [s for s in seats_on(registry, day, law) if s.seat in ELECTED and s.state != "vacant"]
    return sum(
        stays(registry, s.fact, term, regular, day) if s.fact else not regular for s in seats
    )


def stays(registry: Registry, seat: Seat, term: int, regular: bool, day: date) -> bool:
    """Whether an election leaves an elected seat alone: one of its own term, or an extended one."""
    return not regular or seat.term >= term or lasts(registry, seat, day)


def lasts(registry: Registry, seat: Seat, day: date) -> bool:
    """Whether the Assembly extended a seat beyond that day."""
    end = end_of(registry, seat) if seat.extended else None
    return end is not None and end > day


def _staying(
    registry: Registry, term: int, day: date, law: Law, regular: bool
) -> tuple[Holding, ...]:
    """Who sits beside those elected, once the session is over."""
    facts = {s.seat: s.fact for s in seats_on(registry, day, law)}
    held = composition_after(registry, day, law)

    def kept(seat: str) -> bool:
        fact = facts.get(seat)
        return fact is None or stays(registry, fact, term, regular, day)

    return tuple(h for h in held if h.seat in EX_OFFICIO or kept(h.seat))


def bars_of(registry: Registry, city: str, race: Race, moment: Moment, law: Law) -> Iterator[Bar]:
    """All that keeps a city out, whoever else is elected (INT-42), the first reason first."""
    member = registry.member(city)
    standing = standing_of(registry, member, moment, law) if member else "unknown"
    if member is None or standing not in MEMBERS:
        yield Bar(COMPOSITION, f"it is no member on {moment.day}", "membership")
        return
    held = next((h.seat for h in race.staying if h.city == city), None)
    if held is not None:
        yield Bar(COMPOSITION, f"it has {seat_in_words(held)}", "office")
    ends = certain_end(registry, member, moment, law)
    if standing == "leaving" and law.reading("INT-21") == "no":
        said = f"it leaves and keeps no office until {ends} (INT-21)"
        yield Bar(COMPOSITION, said, "departure")
    if (gone := not_eligible(registry, city, race.term, moment, law)) is not None:
        said = f"it is gone on {gone}, before the term begins (INT-38)"
        yield Bar(COMPOSITION, said, "departure")
    yield from _too_long(registry, city, race, moment.day, law)


def _too_long(registry: Registry, city: str, race: Race, day: date, law: Law) -> Iterator[Bar]:
    served, _perhaps = terms_in_a_row(registry, city, race.term - 1, day, law)
    counts = race.regular or counts_as_a_term(registry, race.term, day, law)
    if len(served) + counts > law.number("consecutive-terms"):
        said = f"it sat in the terms {', '.join(map(str, sorted(served)))}"
        yield Bar(TERMS, said, "terms in a row")
