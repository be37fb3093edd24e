"""The election of the four: who is elected, under one set of readings (Art. 13).

A contest says how many seats are free and whom the law keeps out of them. The votes give the order
in which cities are elected (INT-16, INT-23); the first in it take the seats, and who may not sit is
passed over (INT-42, INT-43). What a lot would have to decide is not decided: a city is elected
where every lot between equals would seat it; between those that only some would, a run-off decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, permutations, product
from math import factorial, prod
from typing import NamedTuple

from b40cli.model.facts.decision import Votes
from b40cli.model.share import HALF
from b40cli.rules.case.law import Law
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes import assembly_count
from b40cli.rules.votes.assembly_count import Assembly, CountedRoll, majority_base
from b40cli.rules.votes.committee_count import Majority

CAP = "two-cities-per-country"
# Of the ways in which ballots of a secret vote may fall away more than these are not gone through:
# what hangs on them is said not to be computable.
MOST_WAYS = 2048
# Nor are more lots between equals: then each of them is drawn first, and last.
MOST_LOTS = 4096


class Contest(NamedTuple):
    """How many seats an election fills, and whom the law keeps out of them.

    `barred`: the cities that may not sit whoever else is elected, each with the rule that says so.
    `countries` of the cities, and the `room` left for each: how many more of it may sit. `slate`:
    the cities voted on together, for or against; None where each has votes of its own.
    """

    free: int
    barred: Mapping[str, str] = {}  # never mutated
    countries: Mapping[str, str] = {}
    room: Mapping[str, int] = {}
    slate: tuple[str, ...] | None = None


class Rank(NamedTuple):
    """Candidates that are equal in the order elected, with the votes of each."""

    votes: int
    cities: tuple[str, ...]


class Elected(NamedTuple):
    """Who takes a seat, in the order elected; who is passed over, and by which rule.

    Between the `tied` a run-off decides over the seats left vacant. `void`: who may not sit was
    elected, and that leaves the whole election without effect (INT-42).
    """

    cities: tuple[str, ...] = ()
    passed_over: Mapping[str, str] = {}  # never mutated
    tied: tuple[str, ...] = ()
    void: bool = False


class Electorate(NamedTuple):
    """An Assembly, and who is there with a vote."""

    assembly: Assembly
    there: CountedRoll


def elected(contest: Contest, ranks: Sequence[Rank], law: Law) -> Elected:
    """Fill the free seats in the order elected, under the readings of INT-42 and INT-43."""
    fewest = law.reading("INT-43") == "fewest-votes"
    found = _by_any_lot(contest, ranks, fewest)
    if law.reading("INT-42") != "election-void":
        return found
    plain = _by_any_lot(Contest(contest.free), ranks, fewest)
    if contest.barred.keys().isdisjoint(plain.cities) and not _crowded(contest, plain.cities):
        return plain
    return Elected((), found.passed_over, (), void=True)


def _by_any_lot(contest: Contest, ranks: Sequence[Rank], fewest: bool) -> Elected:
    """What is the same however lots between equals fall.

    It is enough to let each of those that are equal be drawn first, and last. By `fewest`, where
    those elected later can put out an earlier one, every lot is drawn. Passed over is who sits by
    no lot; and who is equal to others of its country, where that is why seats go on to the
    next in votes.
    """
    votes = {city: rank.votes for rank in ranks for city in rank.cities}
    place = {city: n for n, rank in enumerate(ranks) for city in rank.cities}
    runs = [_settled(contest, order, votes if fewest else None) for order in _lots(ranks, fewest)]
    sure = [c for c in runs[0][0] if all(c in won for won, _passed in runs)]
    perhaps = dict.fromkeys(c for c in votes if any(c in won for won, _passed in runs))
    passed: dict[str, str] = {}
    for won, over in runs:
        for city, rule in over.items():
            before = sum(place[other] <= place[city] for other in won)
            if city not in sure and (city not in perhaps or before < contest.free):
                passed[city] = rule
    in_order = {city: passed[city] for city in votes if city in passed}
    return Elected(tuple(sure), in_order, tuple(c for c in perhaps if c not in sure))


def _lots(ranks: Sequence[Rank], every: bool) -> Iterator[list[str]]:
    cities = [rank.cities for rank in ranks]
    if every and prod(factorial(len(equal)) for equal in cities) <= MOST_LOTS:
        yield from (list(chain(*drawn)) for drawn in product(*map(permutations, cities)))
        return
    yield list(chain(*cities))
    for n, equal in enumerate(cities):
        for city in equal if len(equal) > 1 else ():
            others = tuple(other for other in equal if other != city)
            for drawn in ((city, *others), (*others, city)):
                yield list(chain(*cities[:n], drawn, *cities[n + 1 :]))


def _settled(
    contest: Contest, order: list[str], votes: Mapping[str, int] | None
) -> tuple[list[str], dict[str, str]]:
    """Who sits, and who is passed over, where no two are equal.

    Of too many of one country the last in the order goes, or with `votes` whoever has fewest.
    """
    standing, passed = list(order), dict[str, str]()
    while True:
        won = standing[: contest.free]
        out = next((city for city in won if city in contest.barred), None)
        if out is None and (crowd := _crowded(contest, won)):
            out = crowd[-1] if votes is None else min(reversed(crowd), key=lambda c: votes[c])
        if out is None:
            return won, passed
        passed[out] = contest.barred.get(out, CAP)
        standing.remove(out)


def _crowded(contest: Contest, cities: Sequence[str]) -> list[str]:
    """Those of the first country of which more are among the cities than there is room for."""
    of = Counter(contest.countries.get(city) for city in cities)
    over = (country for country, n in of.items() if country and n > contest.room.get(country, n))
    country = next(over, None)
    return [c for c in cities if contest.countries.get(c) == country] if country else []


def ranked(
    contest: Contest, body: Electorate, votes: Votes, leaders: Collection[str], law: Law
) -> list[Rank]:
    """The candidates with votes in the order elected, those with priority first (INT-23)."""
    numbers = voices(contest, body, votes, law)
    first = _with_priority(numbers, ballots_cast(body.there, votes), leaders, law)
    left = {city: n for city, n in numbers.items() if city not in first}
    return [*_by_votes(first, ()), *_others(left, body, votes, leaders, law)]


def elected_by_the_first_set(
    contest: Contest, body: Electorate, votes: Votes, leaders: Collection[str], law: Law
) -> Elected:
    """As rule set 1 counted: leaders equal over the last seat stand once more with all others."""
    numbers = voices(contest, body, votes, law)
    priority = _with_priority(numbers, ballots_cast(body.there, votes), leaders, law)
    first = _whole(_by_votes(priority, ()), contest.free)
    left = {city: n for city, n in numbers.items() if city not in first}
    others = _others(left, body, votes, leaders, law)
    return Elected((*first, *_whole(others, contest.free - len(first))))


def _whole(ranks: Sequence[Rank], seats: int) -> tuple[str, ...]:
    filled: tuple[str, ...] = ()
    for rank in ranks:
        if len(filled) + len(rank.cities) > seats:
            break
        filled += rank.cities
    return filled


def _with_priority(
    numbers: Mapping[str, int], cast: int, leaders: Collection[str], law: Law
) -> dict[str, int]:
    needed = {
        "leaders-first-with-majority": HALF.more_than_of(cast),
        "leaders-fill-seats-first": 1,
    }.get(law.reading("INT-23"))
    return {c: n for c, n in numbers.items() if c in leaders and needed and n >= needed}


def _others(
    left: Mapping[str, int], body: Electorate, votes: Votes, leaders: Collection[str], law: Law
) -> list[Rank]:
    if law.reading("INT-16") == "absolute-majority":
        needed = _absolute(body, votes, law, 0).required
        left = {city: n for city, n in left.items() if n >= needed}
    return _by_votes(left, leaders if law.reading("INT-23") == "leaders-win-ties" else ())


def _by_votes(numbers: Mapping[str, int], favoured: Collection[str]) -> list[Rank]:
    ranks: dict[tuple[int, bool], list[str]] = {}
    for city, n in sorted(numbers.items()):
        if n > 0:
            ranks.setdefault((n, city in favoured), []).append(city)
    return [Rank(place[0], tuple(ranks[place])) for place in sorted(ranks, reverse=True)]


def voices(contest: Contest, body: Electorate, votes: Votes, law: Law) -> dict[str, int]:
    """How many with a vote chose each candidate; of a slate that carried each has those for it."""
    if contest.slate is not None:
        carries = majority_of_election(contest, body, votes, law)
        return dict.fromkeys(contest.slate, carries.votes_for) if carries.carried else {}
    if votes.numbers is not None and law.rule_set > 1:
        return dict(votes.numbers)
    choices, voters = votes.choices or {}, body.there.voters
    return {city: len(voters.intersection(chosen)) for city, chosen in choices.items()}


def ballots_cast(there: CountedRoll, votes: Votes) -> int:
    """How many with a vote chose anybody; in secret all who are there, unless it was counted."""
    if votes.numbers is not None:
        return len(there.voters) if votes.cast is None else votes.cast
    if votes.tally is not None:
        return votes.tally["for"] + votes.tally["against"]
    sides = (votes.of("for"), votes.of("against"))
    chosen = set(chain(*sides, *(votes.choices or {}).values()))
    return len(there.voters & chosen)


def majority_of_election(contest: Contest, body: Electorate, votes: Votes, law: Law) -> Majority:
    """What a candidate needs: one vote under plurality, else the absolute majority of INT-01.

    A slate carries as INT-17 says.
    """
    if contest.slate is not None:
        return assembly_count.majority(body.assembly, body.there, votes, ELECTION, law)
    best = max(voices(contest, body, votes, law).values(), default=0)
    if law.reading("INT-16") != "absolute-majority":
        return Majority("plurality", ballots_cast(body.there, votes), 1, best)
    return _absolute(body, votes, law, best)


def _absolute(body: Electorate, votes: Votes, law: Law, best: int) -> Majority:
    cast = ballots_cast(body.there, votes)
    base = majority_base(body.assembly, body.there, "absolute", law, cast)
    return Majority("absolute", base, law.share("absolute-majority").more_than_of(base), best)


def behind(votes: Votes, there: CountedRoll, lost: int, free: int) -> Iterator[Votes]:
    """Every vote that a secret one by numbers may stand for where some ballots fall away.

    Whose they are is known, but not what is on them, nor how many cast one where that was not
    counted. Whether lost ballots turn the result shows where a candidate lost all of them, or none.
    """
    numbers, voters = votes.numbers or {}, len(there.voters)
    if 2 ** len(numbers) > MOST_WAYS and lost:
        return
    for kept in product(*({n, max(0, n - lost)} for n in numbers.values())):
        if sum(numbers.values()) - sum(kept) > lost * free:
            continue
        rest = dict(zip(numbers, kept, strict=True))
        least = max((0, *kept, -(-sum(kept) // max(1, free))))
        if votes.cast is None:
            casts = range(least, max(least, voters - lost) + 1)
        else:
            unreturned = max(0, voters - votes.cast)
            casts = range(max(least, votes.cast - lost), votes.cast - max(0, lost - unreturned) + 1)
        yield from (votes._replace(numbers=rest, cast=cast) for cast in casts)
