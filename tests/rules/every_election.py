"""Every election of up to so many candidates, up to renaming, as what its two steps are given.

An election is a vector of votes, each candidate free or barred, leading a group or not, of one of
two countries, for one to four seats, with up to two seats of each country taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, pairwise, product
from math import comb

from tests.rules.election_table import Ranks, Runner

VOTES, COUNTRIES, MOST_TAKEN, MOST_SEATS = range(7), (0, 1), 2, 4
# The two countries are renamed so that the first has as few seats or fewer.
TAKEN = tuple(combinations_with_replacement(range(MOST_TAKEN + 1), len(COUNTRIES)))
ROOMS = tuple((seats, (a, b)) for seats in range(1, MOST_SEATS + 1) for a, b in TAKEN)


def every_vote(most: int, votes: Sequence[int]) -> Iterator[tuple[Runner, ...]]:
    """The votes of up to so many candidates, each leading a group or not."""
    kinds = [Runner(n, False, leads, 0) for n, leads in product(votes, (False, True))]
    for n in range(most + 1):
        yield from combinations_with_replacement(kinds, n)


def every_order(n: int, *, with_votes: bool) -> Iterator[tuple[tuple[Runner, ...], Ranks]]:
    """So many candidates in every order with equals in it, each barred or not, of two countries.

    `with_votes`: in every way too in which the votes of leaders that go first stand to the others';
    else the votes follow the order.
    """
    kinds = tuple(product((False, True), COUNTRIES))
    for sizes in _parts(n):
        ways = sorted(set(_votes(len(sizes), with_votes)))
        ranks = (combinations_with_replacement(kinds, size) for size in sizes)
        for filled in product(*map(list, ranks)):
            for votes in ways:
                yield _numbered(filled, votes)


def _numbered(
    filled: Sequence[Sequence[tuple[bool, int]]], votes: Sequence[int]
) -> tuple[tuple[Runner, ...], Ranks]:
    stand, order = list[Runner](), list[list[int]]()
    for rank, n in zip(filled, votes, strict=True):
        order.append(list(range(len(stand), len(stand) + len(rank))))
        stand += [Runner(n, barred, False, country) for barred, country in rank]
    return tuple(stand), order


def _parts(n: int) -> Iterator[tuple[int, ...]]:
    """The sizes of the ranks, first to last."""
    if n == 0:
        yield ()
    for first in range(1, n + 1):
        yield from ((first, *rest) for rest in _parts(n - first))


def _votes(ranks: int, with_votes: bool) -> Iterator[tuple[int, ...]]:
    """Votes of the ranks: falling, or falling twice, those with priority before the others."""
    if not with_votes:
        yield tuple(range(ranks, 0, -1))
        return
    for first in range(ranks + 1):
        for votes in product(range(1, ranks + 1), repeat=ranks):
            dense = set(votes) == set(range(1, max(votes, default=0) + 1))
            if dense and _falls(votes[:first]) and _falls(votes[first:]):
                yield votes


def _falls(votes: Sequence[int]) -> bool:
    return all(a > b for a, b in pairwise(votes))


def how_many(most: int) -> int:
    """How many elections there are, up to renaming the candidates, and the countries by ROOMS."""
    kinds = len(VOTES) * 2 * 2 * len(COUNTRIES)
    return sum(comb(kinds + n - 1, n) for n in range(most + 1)) * len(ROOMS)


if __name__ == "__main__":
    print(f"{how_many(5):,} elections")
