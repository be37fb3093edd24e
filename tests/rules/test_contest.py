"""Elections of rule set 2 against a second count: free seats, bars, two countries, every lot.

An election is counted in two steps: the votes give the order in which they are elected, and the
order alone says who sits. Each step is gone through whole (tests/rules/every_election.py), so every
election is, up to renaming: in the suite those of up to three candidates, with `B40_ELECTIONS=all`
of up to five (`make test-elections`). Drawn ones go through both steps at once.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from random import Random
from typing import Any

import clingo
import pytest

from b40cli.model.facts.decision import Votes
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.votes.assembly_count import Assembly, session
from b40cli.rules.votes.election import (
    Contest,
    Elected,
    Electorate,
    Rank,
    elected,
    ranked,
)
from tests.invented import DAY, records, registry
from tests.rules import election_table as oracle
from tests.rules.election_table import Runner, Verdict
from tests.rules.every_election import (
    COUNTRIES,
    MOST_SEATS,
    MOST_TAKEN,
    ROOMS,
    VOTES,
    every_order,
    every_vote,
)

READINGS = {
    "INT-16": ("plurality", "absolute-majority"),
    "INT-23": ("leaders-first-with-majority", "leaders-fill-seats-first", "leaders-win-ties"),
    "INT-42": ("passed-over", "election-void"),
    "INT-43": ("last-in-the-order-elected", "fewest-votes"),
}
ALL_READINGS = [dict(zip(READINGS, some, strict=True)) for some in product(*READINGS.values())]
PROVISIONAL = {point: readings[0] for point, readings in READINGS.items()}
VOTERS = 6
WHOLE = os.environ.get("B40_ELECTIONS") == "all"
MOST = 5 if WHOLE else 3
BARRED_BY = "two-consecutive-terms"


class Case(tuple[tuple[Runner, ...], int, tuple[int, int]]):
    """Who stands, how many seats are free, how many of each country may still sit."""

    __slots__ = ()


@cache
def law(*readings: str) -> Law:
    """The law of the invented network under rule set 2, with these readings."""
    found = law_on(registry(records(2)), DAY)
    return found._replace(readings={**found.readings, **dict(zip(READINGS, readings, strict=True))})


@cache
def body() -> Electorate:
    """Six members, all of them there."""
    members = frozenset(f"m{n}" for n in range(VOTERS))
    facts = Assembly(members, frozenset(), members, members)
    return Electorate(facts, session(facts, law(*PROVISIONAL.values())))


def contest(case: Case) -> Contest:
    """What the code is told of an election."""
    stand, seats, taken = case
    return Contest(
        seats,
        {name(n): BARRED_BY for n, one in enumerate(stand) if one.barred},
        {name(n): f"C{one.country}" for n, one in enumerate(stand)},
        {f"C{country}": 2 - taken[country] for country in COUNTRIES},
    )


def name(n: int) -> str:
    return f"xx-{n}"


def counted(case: Case, votes: Votes, readings: Mapping[str, str]) -> Elected:
    """The count of the code, both steps."""
    under = law(*(readings[point] for point in READINGS))
    leaders = [name(n) for n, one in enumerate(case[0]) if one.leads]
    order = ranked(contest(case), body(), votes, leaders, under)
    return elected(contest(case), order, under)


def in_secret(case: Case, cast: int) -> Votes:
    """The votes as numbers."""
    return Votes(None, None, None, None, {name(n): c.votes for n, c in enumerate(case[0])}, cast)


def by_name(case: Case, random: Random) -> tuple[Votes, int]:
    """Drawn ballots with these votes, and on how many they are."""
    members = [f"m{n}" for n in range(VOTERS)]
    choices = {name(n): tuple(random.sample(members, c.votes)) for n, c in enumerate(case[0])}
    cast = len({voter for voters in choices.values() for voter in voters})
    return Votes({}, None, None, choices), cast


def agrees(case: Case, votes: Votes, cast: int, readings: Mapping[str, str]) -> None:
    """Both counts of one election."""
    order = oracle.ranks(case[0], cast, VOTERS // 2 + 1, readings["INT-16"], readings["INT-23"])
    told(case, counted(case, votes, readings), order, readings)


def told(case: Case, found: Elected, order: oracle.Ranks, readings: Mapping[str, str]) -> None:
    """What the code found of an order, beside the table."""
    right = expected(case, order, readings)
    if right is None:
        assert (found.void, found.cities) == (True, ()), (case, order)
        return
    numbers = Verdict(*(_numbers(part) for part in (found.cities, found.tied, found.passed_over)))
    assert (numbers, found.void) == (right, False), (case, order)


def expected(case: Case, order: oracle.Ranks, readings: Mapping[str, str]) -> Verdict | None:
    """Who sits by the table; None for an election that is void."""
    stand, seats, taken = case
    room = {country: 2 - taken[country] for country in COUNTRIES}
    if readings["INT-42"] == "election-void":
        plain = oracle.without_limits(stand, order, seats)
        return None if oracle.void(stand, plain, room) else plain
    if readings["INT-43"] == "fewest-votes":
        return oracle.by_lots(stand, order, seats, room, fewest=True)
    return oracle.table(stand, order, seats, room)


def _numbers(cities: Sequence[str] | Mapping[str, str]) -> frozenset[int]:
    return frozenset(int(city.removeprefix("xx-")) for city in cities)


def drawn(random: Random) -> Case:
    """One of all elections; votes close to each other come more often than they would."""
    few = random.choice((range(7), range(1, 4), range(3, 6)))
    stand = tuple(
        Runner(
            random.choice(few), random.random() < 0.3, random.random() < 0.4, random.randrange(2)
        )
        for _n in range(random.randint(1, 5))
    )
    taken = random.randint(0, MOST_TAKEN), random.randint(0, MOST_TAKEN)
    return Case((stand, random.randint(1, MOST_SEATS), taken))


@pytest.mark.parametrize("int_23", READINGS["INT-23"])
@pytest.mark.parametrize("int_16", READINGS["INT-16"])
def test_every_vector_of_votes(int_16: str, int_23: str) -> None:
    """Who is elected before whom: all votes and leaders, on as few ballots as may be up to all.

    Nothing else is looked at, neither who may not sit nor how many seats are free.
    """
    under = law(int_16, int_23, *list(PROVISIONAL.values())[2:])
    for stand in every_vote(MOST, VOTES):
        kept_out = contest(Case((tuple(one._replace(barred=True) for one in stand), 1, (2, 2))))
        leaders = [name(n) for n, one in enumerate(stand) if one.leads]
        for cast in range(max((one.votes for one in stand), default=0), VOTERS + 1):
            votes = in_secret(Case((stand, 1, (0, 0))), cast)
            order = ranked(Contest(4), body(), votes, leaders, under)
            right = oracle.ranks(stand, cast, VOTERS // 2 + 1, int_16, int_23)
            assert [sorted(_numbers(rank.cities)) for rank in order] == right, (stand, cast)
            assert [rank.votes for rank in order] == [stand[rank[0]].votes for rank in right]
            assert ranked(kept_out, body(), votes, leaders, under) == order


@pytest.mark.parametrize("int_43", READINGS["INT-43"])
@pytest.mark.parametrize("int_42", READINGS["INT-42"])
def test_every_order_in_which_they_are_elected(int_42: str, int_43: str) -> None:
    """Who of them sits: every order with equals in it, barred or not, of two countries."""
    under = law(*list(PROVISIONAL.values())[:2], int_42, int_43)
    fewest = int_43 == "fewest-votes"
    # A void election is void whoever of a crowd would have been passed over.
    passed = int_42 == "passed-over"
    short = 0 if not fewest or (passed and WHOLE) else 1 if passed else MOST - 2
    for n in range(MOST + 1 - short):
        for stand, order in every_order(n, with_votes=fewest):
            for seats, taken in ROOMS:
                case = Case((stand, seats, taken))
                ranks = [Rank(stand[rank[0]].votes, tuple(map(name, rank))) for rank in order]
                told(case, elected(contest(case), ranks, under), order, under.readings)


def test_drawn_elections_under_every_reading() -> None:
    random = Random("readings")
    for _n in range(20_000 if WHOLE else 2_000):
        case, readings = drawn(random), random.choice(ALL_READINGS)
        cast = random.randint(max((c.votes for c in case[0]), default=0), VOTERS)
        agrees(case, in_secret(case, cast), cast, readings)


def test_ballots_by_name_and_in_secret_give_the_same() -> None:
    random = Random("by name")
    for _n in range(20_000 if WHOLE else 2_000):
        case = drawn(random)
        votes, cast = by_name(case, random)
        agrees(case, votes, cast, PROVISIONAL)
        assert counted(case, in_secret(case, cast), PROVISIONAL) == counted(
            case, votes, PROVISIONAL
        )


def test_the_table_is_what_every_lot_gives() -> None:
    """The two second counts against each other."""
    random = Random("lots")
    for _n in range(5_000 if WHOLE else 500):
        stand, seats, taken = drawn(random)
        room = {country: 2 - taken[country] for country in COUNTRIES}
        order = oracle.ranks(stand, VOTERS, 4, "plurality", "leaders-first-with-majority")
        assert oracle.table(stand, order, seats, room) == oracle.by_lots(
            stand, order, seats, room, fewest=False
        )


PROGRAM = """
first(I,C) :- runs(I,C,V,_), leads(I,C), int23(I,majority), cast(I,N), 2*V > N.
first(I,C) :- runs(I,C,V,_), leads(I,C), int23(I,fill), V > 0.
stands(I,C) :- runs(I,C,V,_), V > 0.
before(I,C,D) :- stands(I,C), stands(I,D), first(I,C), not first(I,D).
alike(I,C,D) :- stands(I,C), stands(I,D), C != D, first(I,C), first(I,D).
alike(I,C,D) :- stands(I,C), stands(I,D), C != D, not first(I,C), not first(I,D).
before(I,C,D) :- alike(I,C,D), runs(I,C,V,_), runs(I,D,W,_), V > W.
before(I,C,D) :- alike(I,C,D), runs(I,C,V,_), runs(I,D,V,_), int23(I,ties), leads(I,C),
                 not leads(I,D).
drawn(I,C,D) :- before(I,C,D).
1 { drawn(I,C,D); drawn(I,D,C) } 1 :- alike(I,C,D), C < D, not before(I,C,D), not before(I,D,C).
:- drawn(I,C,D), drawn(I,D,E), C != E, not drawn(I,C,E).
taken(I,C) :- stands(I,C), seats(I,S), S { sits(I,D) : drawn(I,D,C) }.
full(I,C) :- runs(I,C,_,X), room(I,X,R), R { sits(I,D) : drawn(I,D,C), runs(I,D,_,X) }.
sits(I,C) :- stands(I,C), not barred(I,C), not taken(I,C), not full(I,C).
#show sits/2.
"""
MODES = dict(zip(READINGS["INT-23"], ("majority", "fill", "ties"), strict=True))


def test_against_clingo() -> None:
    """Who sits in every answer set, and who in some: the lots are the solver's."""
    random = Random("clingo")
    cases = [(drawn(random), random.choice(READINGS["INT-23"])) for _n in range(2_000)]
    facts = "".join(_facts(n, case, mode) for n, (case, mode) in enumerate(cases))
    sure, some = _solved(facts, "cautious"), _solved(facts, "brave")
    assert len(sure) > 1_000 and sum(some[n] > sure.get(n, set()) for n in some) > 100
    for n, (case, mode) in enumerate(cases):
        found = counted(case, in_secret(case, VOTERS), {**PROVISIONAL, "INT-23": mode})
        assert set(_numbers(found.cities)) == sure.get(n, set()), (case, mode)
        assert set(_numbers(found.tied)) == some.get(n, set()) - sure.get(n, set()), (case, mode)


def _facts(n: int, case: Case, mode: str) -> str:
    stand, seats, taken = case
    lines = [f"seats({n},{seats}). cast({n},{VOTERS}). int23({n},{MODES[mode]})."]
    lines += [f"room({n},{country},{2 - taken[country]})." for country in COUNTRIES]
    for c, one in enumerate(stand):
        lines.append(f"runs({n},{c},{one.votes},{one.country}).")
        lines += [f"leads({n},{c})."] * one.leads + [f"barred({n},{c})."] * one.barred
    return "\n".join(lines) + "\n"


def _solved(facts: str, mode: str) -> dict[int, set[int]]:
    control = clingo.Control([f"--enum-mode={mode}", "0"])
    control.add("base", [], PROGRAM + facts)
    control.ground([("base", [])])
    last: list[Any] = []
    with control.solve(yield_=True) as answers:
        for model in answers:
            last = model.symbols(shown=True)
    found: dict[int, set[int]] = {}
    for symbol in last:
        instance, candidate = symbol.arguments
        found.setdefault(instance.number, set()).add(candidate.number)
    return found


def test_more_candidates_than_hands() -> None:
    """Twenty equal candidates for four seats are not gone through lot by lot."""
    stand = tuple(Runner(3, False, False, n % 2) for n in range(20))
    case = Case((stand, 4, (0, 0)))
    found = counted(case, in_secret(case, VOTERS), PROVISIONAL)
    assert (found.cities, len(found.tied)) == ((), 20)


@pytest.mark.parametrize("free", [0, 1])
def test_nobody_stands(free: int) -> None:
    assert elected(Contest(free), [], law(*PROVISIONAL.values())) == Elected()
