"""Electing the four, against a second count: every small election under INT-16, INT-23, INT-01."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, combinations_with_replacement, product

import pytest

from b40cli.model.facts.decision import Votes
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.assembly_count import Assembly, CountedRoll, session
from b40cli.rules.votes.bearing import Ballot
from b40cli.rules.votes.election import (
    Contest,
    Electorate,
    Rank,
    _lots,
    ballots_cast,
    elected_by_the_first_set,
)
from b40cli.rules.votes.outcome import Outcome, outcome
from tests.invented import DAY, records, registry
from tests.rules import assembly_oracle as oracle
from tests.rules.assembly_oracle import Stands

LEADERS_FIRST = "leaders-first-with-majority"
READINGS = {
    "INT-16": tuple(oracle.NEEDS_MAJORITY),
    "INT-23": (LEADERS_FIRST, "leaders-fill-seats-first", "leaders-win-ties"),
    "INT-01": tuple(oracle.OF_WHOM),
}
COMBINATIONS = [dict(zip(READINGS, r, strict=True)) for r in product(*READINGS.values())]


@cache
def provisional() -> Law:
    """The law of the invented network's day: the shipped readings."""
    return law_on(registry(records()), DAY)


def under(readings: Mapping[str, str], seats: int = 4) -> Law:
    """The same law with these readings and so many seats."""
    return _under(tuple(readings.items()), seats)


@cache
def _under(readings: tuple[tuple[str, str], ...], seats: int) -> Law:
    law = provisional()
    numbers = {**law.parameters, "committee-seats-elected": seats}
    return law._replace(readings={**law.readings, **dict(readings)}, parameters=numbers)


def elected(
    facts: Assembly, there: CountedRoll, votes: Votes, leaders: Sequence[str], law: Law
) -> tuple[str, ...]:
    """Who is elected as the first rule set counts."""
    contest = Contest(law.number("committee-seats-elected"))
    return elected_by_the_first_set(contest, Electorate(facts, there), votes, leaders, law).cities


def assembly(members: int, there: int) -> Assembly:
    """So many members, of whom the first so many are there."""
    names = [f"m{n:02}" for n in range(members)]
    present = frozenset(names[:there])
    return Assembly(frozenset(names), frozenset(), present, present)


def chosen(votes: Mapping[str, int], voters: int, apart: bool) -> Votes:
    """Votes for candidates: by the same voters each, or `apart`, one after the other in turn."""
    choices, at = {}, 0
    for candidate, number in votes.items():
        choices[candidate] = tuple(f"m{(at + n) % voters:02}" for n in range(number))
        at += number if apart else 0
    return Votes({}, None, None, choices)


def elections(most: int, votes: int) -> Iterator[tuple[Stands, ...]]:
    """Every election of up to so many candidates, leaders' cities or not, in no order."""
    kinds = [(n, leader) for n in range(votes + 1) for leader in (False, True)]
    for candidates in range(most + 1):
        for some in combinations_with_replacement(kinds, candidates):
            yield tuple(Stands(f"c{n}", v, leader) for n, (v, leader) in enumerate(some))


def compare(
    stand: Sequence[Stands],
    facts: Assembly,
    apart: bool,
    every: Iterable[Mapping[str, str]],
    seats: int,
) -> Iterator[bool]:
    """Both counts of one election under each of the readings; whether anybody was elected."""
    there = session(facts, provisional())
    votes = chosen({c.name: c.votes for c in stand}, len(facts.present), apart)
    leaders = [c.name for c in stand if c.leader]
    cast = len({voter for voters in (votes.choices or {}).values() for voter in voters})
    whom = {
        "present-or-represented": len(facts.present),
        "present-at-first-roll-call": len(facts.present),
        "all-members": len(facts.members),
        "votes-cast": cast,
    }
    assert ballots_cast(there, votes) == cast
    contest, body = Contest(seats), Electorate(facts, there)
    told: dict[tuple[int, str, str], tuple[set[str], set[str]]] = {}
    for readings in every:
        needed = oracle.more_than_half(whom[readings["INT-01"]])
        asked = (needed, readings["INT-16"], readings["INT-23"])
        if asked not in told:
            told[asked] = oracle.elected(stand, seats, cast, *asked)
        first, others = told[asked]
        law = under(readings, seats)
        found = elected_by_the_first_set(contest, body, votes, leaders, law).cities
        assert set(found) == first | others, (stand, readings, seats)
        assert set(found[: len(first)]) == first
        assert len(found) == len(set(found)) <= seats
        yield bool(found)


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("seats", [1, 2])
def test_every_small_election(seats: int, apart: bool) -> None:
    """Up to four candidates with up to five votes each for one seat, and for two."""
    facts = assembly(7, 5)
    some = (compare(s, facts, apart, COMBINATIONS, seats) for s in elections(4, 5))
    assert {True, False} == set(chain.from_iterable(some))


@pytest.mark.parametrize("apart", [False, True])
def test_four_seats(apart: bool) -> None:
    """Up to six candidates with up to three votes each for the four seats."""
    facts = assembly(6, 5)
    for stand in elections(6, 3):
        every = [r for r in COMBINATIONS if len(stand) > 4 or r["INT-01"] == "all-members"]
        assert len(list(compare(stand, facts, apart, every, 4))) == len(every)


def test_no_name_comes_first() -> None:
    """Who is equal over the last seat is not told apart by the alphabet, in whatever order."""
    facts = assembly(12, 12)
    there = session(facts, provisional())
    for names in ("abcde", "edcba", "cebda"):
        votes = chosen(dict.fromkeys(names, 5), 12, True)
        assert elected(facts, there, votes, (), provisional()) == ()
        votes = chosen({**dict.fromkeys(names, 5), "z": 6}, 12, True)
        assert elected(facts, there, votes, (), provisional()) == ("z",)


def test_strangers_elect_nobody() -> None:
    """Choices of those who are not there count neither for a candidate nor as votes cast."""
    facts = assembly(12, 8)
    there = session(facts, provisional())
    votes = Votes({}, None, None, {"a": ("m00", "m01"), "b": ("m09", "m10", "m11")})
    assert elected(facts, there, votes, (), provisional()) == ("a",)
    assert ballots_cast(there, votes) == 2


def voted(votes: Mapping[str, int], leaders: str = "", there: int = 12, **more: str) -> Outcome:
    """The outcome of an election of the four among twelve members."""
    readings = {point.replace("_", "-"): reading for point, reading in more.items()}
    ballot = Ballot(assembly(12, there), chosen(votes, there, True), ELECTION, tuple(leaders))
    return outcome(ballot, under(readings))


def test_five_for_four_seats() -> None:
    """The four with the most votes; an absolute majority would have elected two of them."""
    found = voted({"a": 9, "b": 8, "c": 6, "d": 5, "e": 4})
    assert (found.state, found.elected) == ("adopted", ("a", "b", "c", "d"))
    assert found.readings == {
        "verdict": "turns",
        "on": {"INT-16": {"absolute-majority": ["a", "b"]}},
    }
    record = found.as_record()
    assert record["elected"] == ["a", "b", "c", "d"]
    assert record["majority"] == {
        "kind": "plurality",
        "base": 12,
        "required": 1,
        "for": 9,
        "casting": None,
    }


def test_a_leader_with_a_majority_of_the_votes_cast_goes_first() -> None:
    """Seven of twelve: before four cities with more; six of twelve: behind them."""
    others = {"a": 11, "b": 10, "c": 9, "d": 8}
    found = voted({**others, "l": 7}, "l")
    assert found.elected == ("l", "a", "b", "c")
    assert found.readings["on"]["INT-23"] == {"leaders-win-ties": ["a", "b", "c", "d"]}
    found = voted({**others, "l": 6}, "l")
    assert found.elected == ("a", "b", "c", "d")
    assert found.readings["on"]["INT-23"] == {"leaders-fill-seats-first": ["l", "a", "b", "c"]}


def test_a_leader_wins_a_tie_where_ties_are_the_leaders() -> None:
    """Two are equal over the last seat: vacant, or the leader's."""
    votes = {"a": 11, "b": 10, "c": 9, "d": 5, "l": 5}
    assert voted(votes, "l").elected == ("a", "b", "c")
    assert voted(votes, "l", INT_23="leaders-win-ties").elected == ("a", "b", "c", "l")


def test_nobody_is_elected() -> None:
    """Eight equal candidates: the vote failed, and no reading elects anybody but by majority."""
    found = voted(dict.fromkeys("abcdefgh", 6))
    assert (found.state, found.elected) == ("rejected", ())
    assert voted({}).state == "rejected"


def test_without_a_quorum_nobody_is_elected() -> None:
    """Seven of twelve: invalid, whoever was chosen."""
    found = voted({"a": 7, "b": 6}, there=7)
    assert (found.state, found.elected) == ("invalid", ())
    assert found.readings == {"verdict": "robust"}


@pytest.mark.parametrize(
    ("sizes", "every", "lots"),
    [
        ((1, 1), True, 1),
        ((1, 1), False, 1),
        ((3, 1), True, 6),
        ((3, 1), False, 1 + 6),
        ((2, 3), True, 12),
        ((2, 3), False, 1 + 4 + 6),
        ((4, 5), True, 2880),
        ((7,), True, 1 + 14),
    ],
)
def test_the_lots_that_are_drawn(sizes: Sequence[int], every: bool, lots: int) -> None:
    """All where that is asked and not too many; else each of those equal once first, once last."""
    ranks = [Rank(9 - n, tuple(f"r{n}c{m}" for m in range(size))) for n, size in enumerate(sizes)]
    drawn = [*_lots(ranks, every)]
    assert len(drawn) == lots
    for at, rank in enumerate(ranks):
        begin = sum(sizes[:at])
        held = [order[begin : begin + len(rank.cities)] for order in drawn]
        assert all(set(cities) == set(rank.cities) for cities in held)
        assert {cities[0] for cities in held} == {cities[-1] for cities in held} == {*rank.cities}
