"""What each rule set brings: open points, readings of old points, provisional numbers.

The rules of a set say so themselves (`Rule.since`). A set that a released version knows stays as it
is; what is found later is the next set's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

ReadAs = tuple[str, str]


class Point(NamedTuple):
    """An open point: its readings in order (the first is taken provisionally).

    `before` is the reading by which the days of earlier sets were, and are, judged.
    """

    id: str
    question: str
    articles: tuple[str, ...]
    readings: tuple[ReadAs, ...]
    before: str


class Number(NamedTuple):
    """A provisional parameter: `value` is a whole number, a share, a word or a list of words."""

    name: str
    article: str
    what: str
    value: Any


class Contents(NamedTuple):
    """What a set adds to the statutes as data; `readings` are further ones of older points."""

    points: tuple[Point, ...] = ()
    readings: Mapping[str, tuple[ReadAs, ...]] = {}  # never mutated
    numbers: tuple[Number, ...] = ()


_SECOND = Contents()

CONTENTS: dict[int, Contents] = {1: Contents(), 2: _SECOND}


@cache
def set_of_point(point: str) -> int:
    """The set that brought an open point; what no set brought was there from the first."""
    return next((n for n, c in CONTENTS.items() if point in {p.id for p in c.points}), 1)


@cache
def set_of_reading(point: str, reading: str) -> int:
    """The set that brought a reading: its point's, or a later one."""
    for number, contents in CONTENTS.items():
        if reading in {name for name, _means in contents.readings.get(point, ())}:
            return number
    return set_of_point(point)


@cache
def set_of_number(name: str) -> int:
    """The set that brought a provisional number; what no set brought was there from the first."""
    return next((n for n, c in CONTENTS.items() if name in {x.name for x in c.numbers}), 1)


@cache
def as_before(point: str) -> str | None:
    """How an open point was read before the set that brought it; None for those of the first."""
    points = (p for contents in CONTENTS.values() for p in contents.points)
    return next((p.before for p in points if p.id == point), None)
