"""The election of the four: who is elected, under one set of readings (Art. 13, INT-16, INT-23)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from b40cli.model.decision import Votes
from b40cli.model.share import HALF
from b40cli.rules.case.law import Law
from b40cli.rules.votes.assembly_count import Assembly, CountedRoll, majority_base
from b40cli.rules.votes.committee_count import Majority


def elected(
    assembly: Assembly, there: CountedRoll, votes: Votes, leaders: Collection[str], law: Law
) -> tuple[str, ...]:
    """The cities elected, those with priority first; a tie over the last seat leaves it vacant."""
    numbers = voices(there, votes)
    seats = law.number("committee-seats-elected")
    first = _with_priority(numbers, ballots_cast(there, votes), leaders, seats, law)
    left = {city: n for city, n in numbers.items() if city not in first}
    if law.reading("INT-16") == "absolute-majority":
        needed = majority_of_election(assembly, there, votes, law).required
        left = {city: n for city, n in left.items() if n >= needed}
    favoured = leaders if law.reading("INT-23") == "leaders-win-ties" else ()
    return (*first, *_by_votes(left, seats - len(first), favoured))


def voices(there: CountedRoll, votes: Votes) -> dict[str, int]:
    """How many with a vote chose each candidate."""
    choices = votes.choices or {}
    return {city: len(there.voters.intersection(voters)) for city, voters in choices.items()}


def ballots_cast(there: CountedRoll, votes: Votes) -> int:
    """How many with a vote chose anybody."""
    chosen = (set(voters) for voters in (votes.choices or {}).values())
    return len(there.voters.intersection(*[set[str]().union(*chosen)]))


def majority_of_election(
    assembly: Assembly, there: CountedRoll, votes: Votes, law: Law
) -> Majority:
    """What a candidate needs: one vote under plurality, else the absolute majority of INT-01."""
    best = max(voices(there, votes).values(), default=0)
    cast = ballots_cast(there, votes)
    if law.reading("INT-16") != "absolute-majority":
        return Majority("plurality", cast, 1, best)
    base = majority_base(assembly, there, "absolute", law, cast)
    return Majority("absolute", base, law.share("absolute-majority").more_than_of(base), best)


def _with_priority(
    numbers: Mapping[str, int], cast: int, leaders: Collection[str], seats: int, law: Law
) -> tuple[str, ...]:
    needed = {
        "leaders-first-with-majority": HALF.more_than_of(cast),
        "leaders-fill-seats-first": 1,
    }.get(law.reading("INT-23"))
    if needed is None:
        return ()
    may = {city: n for city, n in numbers.items() if city in leaders and n >= needed}
    return _by_votes(may, seats, ())


def _by_votes(numbers: Mapping[str, int], seats: int, favoured: Collection[str]) -> tuple[str, ...]:
    """Fill seats by votes; whoever is equal over the last one is not told apart by chance."""
    ranks: dict[tuple[int, bool], list[str]] = {}
    for city, n in sorted(numbers.items()):
        if n > 0:
            ranks.setdefault((n, city in favoured), []).append(city)
    filled: list[str] = []
    for rank in sorted(ranks, reverse=True):
        if len(filled) + len(ranks[rank]) > seats:
            break
        filled += ranks[rank]
    return tuple(filled)
