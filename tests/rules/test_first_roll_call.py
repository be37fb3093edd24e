"""INT-01 read `present-at-first-roll-call`: who answered first is the base, whoever votes later.

Each Assembly is told twice: as facts to the code, and member by member to a count of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest

from b40cli.model.facts.decision import Votes
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.votes.assembly_count import Assembly, count
from b40cli.rules.votes.bearing import Ballot
from b40cli.rules.votes.committee_count import PaperProxy
from b40cli.rules.votes.outcome import outcome
from tests.invented import DAY, records, registry
from tests.rules.test_assembly_table import PROVEN

NAMES = [f"m{n:02}" for n in range(12)]
FOURTH = "present-at-first-roll-call"
READINGS = ("present-or-represented", "all-members", "votes-cast", FOURTH)


@cache
def law(rule_set: int, int_01: str = READINGS[0], int_02: str = "out-of-both") -> Law:
    """The law of a set, with these readings."""
    found = law_on(registry(records(rule_set)), DAY)
    return found._replace(readings={**found.readings, "INT-01": int_01, "INT-02": int_02})


class Told(NamedTuple):
    """How one member is there at the first roll call and at the vote, and how it votes.

    `by` holds its proxy, where it is not there itself.
    """

    first: bool
    later: bool
    by: int | None = None
    suspended: bool = False
    ballot: str = "against"


def rooms(n: int) -> Iterator[list[Told]]:
    """n members: some stay, some leave, some come; some of these are represented meanwhile."""
    for suspended, stay, left, came in product(range(3), *(range(n + 1) for _ in range(3))):
        if suspended + stay + left + came > n:
            continue
        for votes_for, abstaining in product(range(stay + came + 1), range(2)):
            sides = ["for"] * votes_for + ["abstain"] * abstaining + ["against"] * n
            room = [Told(True, True, ballot=sides[k]) for k in range(stay)]
            room += [
                Told(False, True, k if k % 2 and k < stay else None, ballot=sides[stay + k])
                for k in range(came)
            ]
            room += [Told(True, False, k if k % 3 == 0 and k < stay else None) for k in range(left)]
            room += [Told(True, True, suspended=True)] * suspended
            yield room + [Told(False, False)] * (n - len(room))


def heard(room: list[Told], first: bool) -> set[int]:
    """Who has a vote at one of the two moments: there, or the first that gave it to who is."""
    there = {
        n for n, one in enumerate(room) if not one.suspended and (one.first if first else one.later)
    }
    busy: set[int] = set()
    found = set(there)
    for n, one in enumerate(room):
        if n not in there and not one.suspended and one.by in there and one.by not in busy:
            busy.add(one.by)
            found.add(n)
    return found


class Heard(NamedTuple):
    """Who has a vote at the first roll call, and at the vote."""

    at_first: set[int]
    at_vote: set[int]


def expected(room: list[Told], those: Heard, int_02: str) -> dict[str, str]:
    """The result under each reading, counted by hand."""
    cast = [room[n].ballot for n in those.at_vote]
    good = sum(not one.suspended for one in room)
    bases = {
        "present-or-represented": len(those.at_vote),
        "all-members": good if int_02 == "out-of-both" else len(room),
        "votes-cast": cast.count("for") + cast.count("against"),
        FOURTH: len(those.at_first),
    }
    members = len(room) if int_02 == "in-both" else good
    if members == 0 or 3 * len(those.at_first) < 2 * members:
        return dict.fromkeys(bases, "invalid")
    twice = 2 * cast.count("for")
    return {r: "adopted" if base and twice > base else "rejected" for r, base in bases.items()}


def assembly(room: list[Told], at_vote: set[int] | None = None) -> tuple[Assembly, Votes]:
    """The same room as the code is given it."""
    names = NAMES[: len(room)]

    def those(asked: list[bool]) -> frozenset[str]:
        return frozenset(name for name, yes in zip(names, asked, strict=True) if yes)

    facts = Assembly(
        frozenset(names),
        those([one.suspended for one in room]),
        those([one.first for one in room]),
        those([one.later for one in room]),
        tuple(
            PaperProxy(names[n], names[one.by], PROVEN)
            for n, one in enumerate(room)
            if one.by is not None
        ),
    )
    voters = sorted(heard(room, False) if at_vote is None else at_vote)
    sides = {
        side: tuple(names[n] for n in voters if room[n].ballot == side)
        for side in ("for", "against", "abstain")
    }
    return facts, Votes(sides, None)


@pytest.mark.parametrize("n", range(1, 13))
def test_every_coming_and_going_of_twelve(n: int) -> None:
    """Who stays, leaves or comes, represented or not, suspended or not: the base is of the first.

    The verdict names each other reading of the point exactly where it comes to something else,
    and a day of the first rule set knows the fourth neither as a result nor as a turn.
    """
    seen = set()
    for at, room in enumerate(rooms(n)):
        those = Heard(heard(room, True), heard(room, False))
        facts, votes = assembly(room, those.at_vote)
        int_02 = ("out-of-both", "out-of-quorum-in-all", "in-both")[at % 3]
        states = expected(room, those, int_02)
        found = count(facts, votes, "removal", law(2, FOURTH, int_02))
        assert found.state == states[FOURTH], room
        assert found.majority.base == len(those.at_first), room
        seen.add(found.state)
        if at % (1 if n < 5 else 41) == 0:
            taken = READINGS[at % 4]
            ballot = Ballot(facts, votes, "removal")
            turns = {r: s for r, s in states.items() if s != states[taken]}
            told = outcome(ballot, law(2, taken, int_02)).readings.get("on", {})
            assert told.get("INT-01", {}) == turns, room
            before = outcome(ballot, law(1, READINGS[0], int_02)).readings.get("on", {})
            assert FOURTH not in before.get("INT-01", {})
    assert seen == {"invalid", "adopted", "rejected"}


def test_the_first_set_knows_three_readings_and_the_second_four() -> None:
    """Nothing of the second set's points is varied on a day of the first."""
    assert law(1).others["INT-01"] == READINGS[:3]
    assert law(2).others["INT-01"] == READINGS
    assert not law(1).others.keys() & {"INT-39", "INT-40", "INT-41", "INT-44"}


def test_the_suspended_are_in_no_base_of_those_who_answered() -> None:
    """INT-02 speaks of the quorum and of `all members`, not of who answered a roll call."""
    room = [Told(True, True, ballot="for")] * 4 + [Told(True, True)] * 3
    room += [Told(True, True, suspended=True)] * 2
    for int_02 in ("out-of-both", "out-of-quorum-in-all", "in-both"):
        found = count(*assembly(room), "removal", law(2, FOURTH, int_02))
        assert (found.majority.base, found.majority.required, found.state) == (7, 4, "adopted")


def test_who_was_suspended_by_an_earlier_item_had_answered() -> None:
    """What the meeting itself decided first does not shrink the base (the quorum neither)."""
    facts, votes = assembly([Told(True, True, ballot="for")] * 4 + [Told(True, True)] * 4)
    later = facts._replace(suspended=frozenset({"m07"}), first_suspended=frozenset())
    found = count(later, votes, "removal", law(2, FOURTH))
    assert (found.majority.base, found.majority.required, found.state) == (8, 5, "rejected")
    assert count(later, votes, "removal", law(2)).state == "adopted"


def test_the_member_concerned_is_in_no_base_where_it_does_not_vote() -> None:
    """INT-13 `no` takes it out of those who answered as of those who vote."""
    facts, votes = assembly([Told(True, True, ballot="for")] * 4 + [Told(True, True)] * 4)
    own = facts._replace(concerned="m07")
    silent = law(2, FOURTH).varied("INT-13", "no")
    assert count(own, votes, "removal", silent).majority.base == 7
    assert count(own, votes, "removal", law(2, FOURTH)).majority.base == 8
