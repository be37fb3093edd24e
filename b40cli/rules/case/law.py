"""The law of a day: the edition, the parameters and the readings in force."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.facts.statutes import Edition, NotInForce, RuleSet
from b40cli.model.share import Share, share_of
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule_sets import (
    PROVISIONAL,
    as_before,
    numbers_to_come,
    set_of_point,
    set_of_reading,
)

# What is told of a day whose edition of the statutes is not encoded here.
NO_EDITION = "no-encoded-edition"


class ReadingsInForce(dict[str, str]):
    """The readings in force on a day by their points; one that is missing is never a default.

    A point of a later rule set is read as it was before that set.
    """

    def __init__(self, held: Mapping[str, str], day: date) -> None:
        super().__init__(held)
        self.day = day

    def __missing__(self, point: str) -> str:
        return _before_its_set(point, self.day)


def _before_its_set(point: str, day: date) -> str:
    reading = as_before(point)
    if reading is None:
        raise NotInForce(f"no reading of {point} is in force on {day}", day)
    return reading


class Law(NamedTuple):
    """What applies on a day; `others` lists the readings that could have been taken.

    Readings and others know only what the rule set of that day has. `provisional` names the
    parameters whose value nobody decided.
    """

    day: date
    rule_set: int
    edition: Edition
    parameters: Mapping[str, Any]
    provisional: frozenset[str]
    readings: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]

    def share(self, name: str) -> Share:
        """A parameter that is a share, such as 2/3."""
        return share_of(str(self._parameter(name)))

    def number(self, name: str) -> int:
        """A parameter that is a whole number."""
        return int(self._parameter(name))

    def text(self, name: str) -> str:
        """A parameter that is one name, such as an id or a majority."""
        return str(self._parameter(name))

    def names(self, name: str) -> tuple[str, ...]:
        """A parameter that is a list of names or codes."""
        return tuple(self._parameter(name))

    def reading(self, point: str) -> str:
        """The reading in force of an open point; NotInForce where none is."""
        return self.readings.get(point) or _before_its_set(point, self.day)

    def varied(self, point: str, reading: str) -> Law:
        """The same law with one reading exchanged."""
        return self.reading_as({point: reading})

    def reading_as(self, readings: Mapping[str, str]) -> Law:
        """The same law with some readings exchanged."""
        return self._replace(readings=ReadingsInForce({**self.readings, **readings}, self.day))

    def awaiting(self, rule_set: int) -> Law:
        """The law as a rule of a later set asks it: that set's numbers answer as they will come.

        What such a rule says of a day before its set is left out. A number that is not there yet
        must not end its question, which may go on to later days.
        """
        coming = numbers_to_come(self.rule_set, rule_set)
        return self._replace(parameters={**coming, **self.parameters}) if coming else self

    def _parameter(self, name: str) -> Any:
        if name not in self.parameters:
            raise NotInForce(f"no value of {name} is in force on {self.day}", self.day)
        return self.parameters[name]


def law_on(registry: Registry, day: date) -> Law:
    """The law in force on a day; NotInForce where no encoded edition reaches back so far."""
    held = registry.law or registry
    return held.remember("laws", lambda: _Laws(held)).on(day)


def law_or_none(registry: Registry, day: date) -> Law | None:
    """The law of a day, or None where the register holds none for it."""
    try:
        return law_on(registry, day)
    except NotInForce:
        return None


def law_told_by(registry: Registry, day: date) -> Law:
    """The law of a day; of one before any encoded edition that of the first, for what only tells.

    What a city was is told by it, never what was asked then. NotInForce where none is encoded.
    """
    found = law_or_none(registry, day)
    if found is not None:
        return found
    days = (e.start.day for e in (registry.law or registry).editions() if e.encoded)
    return law_on(registry, min((first for first in days if first > day), default=day))


def edition_on(registry: Registry, day: date) -> Edition | None:
    """The edition in force on a day, encoded or not."""
    return _edition_of((registry.law or registry).editions(), day)


def rule_set_on(registry: Registry, day: date) -> int:
    """The number of the rule set in force on a day; the first where none was taken in by then."""
    return _rule_set_of((registry.law or registry).rule_sets(), day)


def _edition_of(listed: Iterable[Edition], day: date) -> Edition | None:
    reaching = (edition for edition in listed if edition.start.day <= day)
    return max(reaching, key=lambda edition: edition.start.day, default=None)


def _rule_set_of(taken: Iterable[RuleSet], day: date) -> int:
    begun = [s.number for s in taken if s.start <= day]
    return begun[-1] if begun else 1


def newest_in(registry: Registry) -> int:
    """The newest rule set that a register took in, in force or not."""
    return max((s.number for s in (registry.law or registry).rule_sets()), default=1)


class _Laws:
    """What a state holds of the law, and the law of each stretch between two changes of it."""

    def __init__(self, registry: Registry) -> None:
        self.editions = registry.editions()
        self.rule_sets = registry.rule_sets()
        self.parameters = registry.parameters()
        self.points = registry.interpretations()
        self.turning = sorted(self._turning_days())
        self.of_stretch: dict[int, Law] = {}

    def on(self, day: date) -> Law:
        """The law of a day: days in one stretch share it."""
        stretch = bisect_right(self.turning, day)
        if stretch not in self.of_stretch:
            self.of_stretch[stretch] = self._law(day)
        return self.of_stretch[stretch]

    def _law(self, day: date) -> Law:
        edition = _edition_of(self.editions, day)
        if edition is None or not edition.encoded:
            raise NotInForce(f"no edition of the statutes encoded here is in force on {day}", day)
        number = _rule_set_of(self.rule_sets, day)
        values = dict(_in_force(self.parameters, day))
        points = {n: point for n, point in self.points.items() if set_of_point(n) <= number}
        return Law(
            day=day,
            rule_set=number,
            edition=edition,
            parameters={name: found.value for name, found in values.items()},
            provisional=frozenset(n for n, found in values.items() if found.set_by == PROVISIONAL),
            readings=ReadingsInForce(
                {name: adoption.reading for name, adoption in _in_force(points, day)}, day
            ),
            others={
                name: tuple(r for r in point.readings if set_of_reading(name, r) <= number)
                for name, point in points.items()
            },
        )

    def _turning_days(self) -> Iterator[date]:
        yield from (edition.start.day for edition in self.editions)
        yield from (taken.start for taken in self.rule_sets)
        for value in (value for p in self.parameters.values() for value in p.dated):
            yield value.start.day
            if value.until:
                yield value.until
        yield from (a.start for point in self.points.values() for a in point.adopted)


def _in_force(dated: Mapping[str, Any], day: date) -> Iterator[tuple[str, Any]]:
    """Of parameters, or of open points, what is in force that day, by name."""
    for name, known in dated.items():
        try:
            yield name, known.on(day)
        except NotInForce:
            continue
