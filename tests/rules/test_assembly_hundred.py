"""The General Assembly's thresholds for 1 to 100 members, each base through all its values.

The quorum is asked for each number there, the majorities for each number with a vote, abstaining
and cast, under every reading that bears, against the second count of `assembly_oracle`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product

import pytest

from b40cli.model.facts.decision import Votes
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.votes.assembly_count import Assembly, CountedRoll, majority, quorum, session
from b40cli.rules.votes.committee_count import PaperProxy
from tests.invented import DAY, records, registry
from tests.rules import assembly_oracle as oracle
from tests.rules.test_assembly_table import NAMES, PROVEN, SHIPPED, under

WITHOUT_VOTES = (0, 1, 7)


def facts_of(n: int, present: int, represented: int, suspended: int, concerned: bool) -> Assembly:
    """n members; the first are there, the next represented by them, the last suspended.

    The member concerned, where one is, is the first: it is there if anybody is.
    """
    names = NAMES[:n]
    there = frozenset(names[:present])
    held = zip(names[present : present + represented], names[:represented], strict=True)
    return Assembly(
        members=frozenset(names),
        suspended=frozenset(names[n - suspended :]),
        first=there,
        present=there,
        proxies=tuple(PaperProxy(principal, holder, PROVEN) for principal, holder in held),
        concerned=names[0] if concerned else None,
    )


@pytest.mark.parametrize("suspended", WITHOUT_VOTES)
def test_everybody_who_may_be_there_is_tried(suspended: int) -> None:
    """1 to 100 members, each number of them there, under each reading of the quorum's base.

    All of them in person, and with each number of them represented by the others.
    """
    for n in range(suspended + 1, 101):
        for there in range(n - suspended + 1):
            splits = range(there // 2 + 1) if n in (24, 50, 100) else {0, there // 2}
            for represented in splits:
                facts = facts_of(n, there - represented, represented, suspended, False)
                for int_02, (in_quorum, _in_all) in oracle.SUSPENDED_IN.items():
                    asked = quorum(facts, under_02(int_02))
                    base = n if in_quorum else n - suspended
                    wanted = (base, oracle.two_thirds(base), there)
                    assert (asked.base, asked.required, asked.counted) == wanted, (n, int_02)
                    assert asked.met == (3 * there >= 2 * base)


@cache
def under_02(reading: str) -> Law:
    """The shipped readings with another base of the quorum."""
    return under({**SHIPPED, "INT-02": reading})


@pytest.mark.parametrize(("suspended", "concerned"), [(0, False), (3, False), (0, True), (3, True)])
def test_every_base_of_every_majority_up_to_a_hundred(suspended: int, concerned: bool) -> None:
    """1 to 100 members; each number there (all of them voting), with all there each abstaining.

    A base is read from three numbers alone: all members, those with a vote there, the votes cast.
    So each is taken through all its values: the second while nobody abstains, the third while
    everybody is there. Asked are the votes on either side of the threshold, under every
    combination of INT-01, INT-02, INT-13 and INT-17.
    """
    matters = ("removal", "resolution", "amendment") if not concerned else ("removal",)
    for n in range(suspended + 1, 101):
        able = n - suspended
        for there in range(able + 1):
            represented = there // 2
            facts = facts_of(n, there - represented, represented, suspended, concerned)
            for int_13 in oracle.CONCERNED if concerned else ("yes",):
                present = session(facts, under({**SHIPPED, "INT-13": int_13}))
                asked = [ask for m in matters for ask in combinations(m, suspended, int_13)]
                silent = int(concerned and not oracle.CONCERNED[int_13])
                heard = there - silent if facts.concerned in facts.present else there
                for abstaining in range(able + 1) if there == able else (0,):
                    cast = max(heard - abstaining, 0)
                    sheet = oracle.Sheet(n, suspended, there, heard, cast, 0, silent, 0)
                    _same_majorities(facts, present, sheet, abstaining, asked)


# Which readings the majority of a matter is read from, beside INT-13 (Art. 9, 10).
READ_FROM = {"removal": ("INT-01",), "resolution": ("INT-01", "INT-17"), "amendment": ()}


Asked = tuple[str, dict[str, str], Law]


@cache
def combinations(matter: str, suspended: int, int_13: str) -> tuple[Asked, ...]:
    """A matter, every combination of the readings that bear, the others as shipped, and the law."""
    named = (*READ_FROM[matter], *(("INT-02",) if suspended else ()))
    each = product(*(oracle.VARIED[point] for point in named))
    fixed = {**SHIPPED, "INT-13": int_13}
    varied = [{**fixed, **dict(zip(named, some, strict=True))} for some in each]
    return tuple((matter, readings, under(readings)) for readings in varied)


def _same_majorities(
    facts: Assembly,
    present: CountedRoll,
    sheet: oracle.Sheet,
    abstaining: int,
    asked: Iterable[Asked],
) -> None:
    """What carries is asked as the oracle says, and one vote less does not carry."""
    cast = sheet.votes_for
    tallies: dict[int, Votes] = {}
    for matter, readings, law in asked:
        # What is asked is read from how many votes were cast: the same whoever they are for.
        wanted = oracle.result(sheet, matter, readings)
        most = min(wanted.required, cast)
        for votes_for in {most, max(most - 1, 0)}:
            if (votes := tallies.get(votes_for)) is None:
                sides = {"for": votes_for, "against": cast - votes_for, "invalid": 0}
                votes = tallies[votes_for] = Votes(None, {**sides, "abstain": abstaining})
            found = majority(facts, present, votes, matter, law)
            said = (found.kind, found.base, found.required, found.carried)
            carried = wanted.base > 0 and votes_for >= wanted.required
            assert said == (wanted.kind, wanted.base, wanted.required, carried), (votes, readings)


def test_those_of_the_first_roll_call_up_to_a_hundred() -> None:
    """INT-01's fourth reading: each number that answered first, with all or half of them left.

    One vote less than what the oracle asks does not carry, and who came later changes no base.
    """
    held = law_on(registry(records(2)), DAY)
    law = held._replace(readings={**held.readings, "INT-01": "present-at-first-roll-call"})
    for n in range(1, 101):
        for first in range(n + 1):
            facts = facts_of(n, first - first // 2, first // 2, 0, False)
            for there in {first // 2, first, n}:
                later = frozenset(NAMES[:there])
                facts = facts._replace(present=later)
                present = session(facts, law)
                needed = oracle.more_than_half(first)
                for votes_for in {needed, needed - 1} - {-1}:
                    sides = {"for": votes_for, "against": 0, "abstain": 0, "invalid": 0}
                    found = majority(facts, present, Votes(None, sides), "removal", law)
                    assert (found.base, found.required) == (first, needed), (n, first, there)
                    assert found.carried == (votes_for == needed and first > 0)
