"""Every committee of one to seven filled seats, as rows of minutes, and the same for the code.

Seats of one class are interchangeable: the law tells apart the President, the two other seats held
by office, the four elected ones, and whoever is suspended or concerned, and nothing else. So one
committee stands for all that differ only in which elected city did what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement as choose
from typing import NamedTuple

from b40cli.model.facts.committee import ELECTED, SEATS
from b40cli.model.facts.decision import SIDES, Votes
from b40cli.rules.votes.committee_count import PaperProxy, Sitting
from tests.rules.oracle import Row

WAYS = frozenset({"sent", "received"})


class Kind(NamedTuple):
    """What one seat does: where it is, what it votes, whether it is the marked one."""

    where: str  # here, away or represented
    ballot: str | None = None
    marked: bool = False


Bench = tuple[tuple[str, Kind], ...]


def benches(
    n: int, plain: Sequence[Kind], chair: Sequence[Kind], marked: Sequence[Kind] = ()
) -> Iterator[Bench]:
    """Every way to fill n seats: `chair` for the President, `plain` for the rest.

    Where there are `marked` kinds exactly one seat takes one of them, in each class in turn.
    """
    for president in (0, 1):
        for offices in range(3):
            elected = n - president - offices
            if 0 <= elected <= len(ELECTED):
                sizes = {"president": president, "ex-officio": offices, "elected": elected}
                yield from _fill(
                    sizes, plain, chair, [kind._replace(marked=True) for kind in marked]
                )


def _fill(
    sizes: dict[str, int], plain: Sequence[Kind], chair: Sequence[Kind], marked: Sequence[Kind]
) -> Iterator[Bench]:
    for where in sizes if marked else ("nowhere",):
        groups = [
            _class(office, size, chair if office == "president" else plain, marked, office == where)
            for office, size in sizes.items()
        ]
        if marked and not sizes[where]:
            continue
        for first in groups[0]:
            for second in groups[1]:
                yield from (first + second + third for third in groups[2])


def _class(
    office: str, size: int, kinds: Sequence[Kind], marked: Sequence[Kind], one_marked: bool
) -> list[Bench]:
    if not (one_marked and size):
        return [tuple((office, kind) for kind in some) for some in choose(kinds, size)]
    return [
        ((office, mark), *((office, kind) for kind in some))
        for mark in marked
        for some in choose(kinds, size - 1)
    ]


def minutes(bench: Bench, mark: str, marked_holds_first: bool = False) -> tuple[Row, ...] | None:
    """The rows of a bench, each represented seat by a different one that is there; None if none is.

    `mark` says what the marked seat is: suspended or concerned.
    """
    here = [n for n, (_office, kind) in enumerate(bench) if kind.where == "here"]
    here.sort(key=lambda n: bench[n][1].marked is not marked_holds_first)
    holders = iter(here)
    rows = []
    for office, kind in bench:
        by = next(holders, None) if kind.where == "represented" else None
        if kind.where == "represented" and by is None:
            return None
        marks = {mark: True} if kind.marked else {}
        rows.append(Row(office, kind.where == "here", by, kind.ballot, **marks))
    return tuple(rows)


CITIES = tuple(f"city-{n}" for n in range(len(SEATS)))


def city(n: int) -> str:
    """The city of the n-th row."""
    return CITIES[n]


def sitting(rows: Sequence[Row]) -> Sitting:
    """The same minutes as the code is given them."""
    names = {
        "president": iter(("president",)),
        "ex-officio": iter(("former", "next")),
        "elected": iter(ELECTED),
    }
    numbered = list(enumerate(rows))
    return Sitting(
        seats=tuple((next(names[row.office]), city(n)) for n, row in numbered),
        present=frozenset(city(n) for n, row in numbered if row.here),
        proxies=tuple(
            PaperProxy(city(n), city(row.by), WAYS) for n, row in numbered if row.by is not None
        ),
        suspended=frozenset(city(n) for n, row in numbered if row.suspended),
        concerned=next((city(n) for n, row in numbered if row.concerned), None),
    )


def ballots(rows: Sequence[Row]) -> Votes:
    """The ballots of the rows, by name."""
    return Votes(
        {s: tuple(city(n) for n, row in enumerate(rows) if row.ballot == s) for s in SIDES}, None
    )
