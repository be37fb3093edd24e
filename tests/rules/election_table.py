"""A second count of an election under rule set 2, written from the words of the statutes' readings.

It shares nothing with the code it judges, and goes about it otherwise: places are given out rank
by rank, where the code asks what lots between equals would give. `by_lots` does that in full, over
every order in which equals could be drawn, and is slow: it stands for the reading of INT-43 that
the table has no line for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, permutations, product
from typing import NamedTuple


class Runner(NamedTuple):
    """One who stands: votes, whether it is barred, whether it leads a group, its country."""

    votes: int
    barred: bool
    leads: bool
    country: int


class Verdict(NamedTuple):
    """Who sits, between whom a run-off is held, who is passed over; by number."""

    sits: frozenset[int]
    tied: frozenset[int]
    passed: frozenset[int]


Ranks = Sequence[Sequence[int]]


def ranks(stand: Sequence[Runner], cast: int, needed: int, int_16: str, int_23: str) -> Ranks:
    """Who is elected before whom; equals stand side by side. Without a vote nobody is elected."""

    def goes_first(one: Runner) -> bool:
        if int_23 == "leaders-first-with-majority":
            return one.leads and one.votes > cast - one.votes
        return int_23 == "leaders-fill-seats-first" and one.leads

    def place(n: int) -> tuple[bool, int, bool]:
        one = stand[n]
        favoured = int_23 == "leaders-win-ties" and one.leads
        return (not goes_first(one), -one.votes, not favoured)

    enough = needed if int_16 == "absolute-majority" else 1
    running = [
        n
        for n, one in enumerate(stand)
        if one.votes >= 1 and (goes_first(one) or one.votes >= enough)
    ]
    places = sorted({place(n) for n in running})
    return [[n for n in running if place(n) == p] for p in places]


def table(stand: Sequence[Runner], order: Ranks, seats: int, room: Mapping[int, int]) -> Verdict:
    """INT-42 `passed-over` with INT-43 `last-in-the-order-elected`."""
    left, space = seats, dict(room)
    sits, tied, passed = set[int](), set[int](), set[int]()
    for rank in order:
        if left == 0:
            break
        out = {n for n in rank if stand[n].barred or space[stand[n].country] == 0}
        passed |= out
        fit = [n for n in rank if n not in out]
        by = {c: [n for n in fit if stand[n].country == c] for c in space}
        wanted = {c: min(len(of), space[c]) for c, of in by.items()}
        if sum(wanted.values()) > left:
            tied |= set(fit)
            break
        for c, of in by.items():
            if len(of) > space[c]:
                tied |= set(of)
            else:
                sits |= set(of)
            space[c] -= wanted[c]
        left -= sum(wanted.values())
        if left:
            # Neither sits, and the seats go on to the next: they are passed over as well.
            passed |= tied & set(rank)
    return Verdict(frozenset(sits), frozenset(tied), frozenset(passed))


def void(stand: Sequence[Runner], plain: Verdict, room: Mapping[int, int]) -> bool:
    """INT-42 `election-void`: whether one who may not sit is among those elected without a look."""
    of = [stand[n].country for n in plain.sits]
    crowded = any(of.count(c) > room[c] for c in room)
    return crowded or any(stand[n].barred for n in plain.sits)


def without_limits(stand: Sequence[Runner], order: Ranks, seats: int) -> Verdict:
    """The same election, were there no limits."""
    free = [one._replace(barred=False) for one in stand]
    return table(free, order, seats, {one.country: len(stand) for one in stand})


def by_lots(
    stand: Sequence[Runner], order: Ranks, seats: int, room: Mapping[int, int], fewest: bool
) -> Verdict:
    """What every lot would give: one after the other is struck out until the first may all sit."""
    drawn = [_one_lot(stand, line, seats, room, fewest) for line in _lines(order)]
    sits = frozenset.intersection(*(won for won, _out in drawn))
    some = frozenset.union(*(won for won, _out in drawn))
    at = {n: place for place, rank in enumerate(order) for n in rank}
    out = {
        n
        for won, gone in drawn
        for n in gone
        if n not in some or len([w for w in won if at[w] <= at[n]]) < seats
    }
    return Verdict(sits, some - sits, frozenset(out) - sits)


def _lines(order: Ranks) -> Iterator[list[int]]:
    for ways in product(*(permutations(rank) for rank in order)):
        yield list(chain(*ways))


def _one_lot(
    stand: Sequence[Runner], line: list[int], seats: int, room: Mapping[int, int], fewest: bool
) -> tuple[frozenset[int], frozenset[int]]:
    out: set[int] = set()
    while True:
        first = [n for n in line if n not in out][:seats]
        wrong = [n for n in first if stand[n].barred]
        for c in room:
            of = [n for n in first if stand[n].country == c]
            if len(of) > room[c] and not wrong:
                wrong = (
                    [min(of, key=lambda n: (stand[n].votes, -line.index(n)))] if fewest else of[-1:]
                )
        if not wrong:
            return frozenset(first), frozenset(out)
        out.add(wrong[0])
