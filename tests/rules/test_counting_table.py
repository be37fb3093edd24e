"""Every split of a committee's votes, under every reading, against a count written as a table.

What is left out cannot matter, and each omission is itself exhausted by another test here:

- who is there (`test_who_counts`, without ballots) and how they vote (`test_every_split`) are
  exhausted apart, because the majority sees of the room only who counts: whether a vote came in
  person or through a proxy is settled before, and the first test compares that seat by seat;
- an abstention and an invalid ballot are used in turn in the large table, and each for the other
  in `test_whole_counts`, which leaves nothing out for the smallest committees;
- the member concerned (INT-13) is exhausted up to four seats and sampled above: it is the one point
  here that only takes a vote away, as INT-25 does, whose every split is counted;
- where as many are for as against, every reading of a tie is asked of every split; where not, all
  six ways of reading one take turns from split to split (`IN_TURN`); `make test-many` asks all;
- the seats of one class are interchangeable (see `minutes`);
- more than one suspended seat adds no case: what the readings do, they do seat by seat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, permutations, product
from operator import itemgetter
from typing import Any, NamedTuple

import pytest

from b40cli.model.facts.decision import SIDES, Votes
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.votes.bearing import Ballot
from b40cli.rules.votes.committee_count import (
    Attendance,
    Count,
    Majority,
    Quorum,
    attendance,
    count,
    majority,
    quorum,
)
from b40cli.rules.votes.outcome import outcome
from tests.invented import DAY, records, registry
from tests.many import ALL as EACH
from tests.rules import oracle
from tests.rules.minutes import Bench, Kind, ballots, benches, city, minutes, sitting
from tests.rules.oracle import Result, Row, Sheet

SIZES = range(1, 8)
MARKS = (None, "suspended", "concerned")
MATTERS = ("admission", "suspension")
# What the table looks up once the teller is done.
OF_THE_RESULT = itemgetter("INT-03", "INT-04", "INT-05", "INT-06", "INT-22")
# What bears on the marked seat alone.
BEARING: dict[str | None, tuple[str, ...]] = {
    None: (),
    "suspended": ("INT-25",),
    "concerned": ("INT-13",),
}
VARIED = ("INT-03", "INT-04", "INT-05", "INT-06", "INT-20", "INT-22")
READINGS = {
    "INT-03": (*oracle.UNANIMITY, "simple-majority"),
    "INT-04": tuple(oracle.QUORUM),
    "INT-05": tuple(oracle.SIMPLE),
    "INT-06": tuple(oracle.TIE),
    "INT-13": tuple(oracle.CONCERNED),
    "INT-20": tuple(oracle.VOTING),
    "INT-22": ("holder-casts-it", "none"),
    "INT-25": tuple(oracle.SUSPENDED),
}
ROOM = tuple(Kind(where) for where in ("here", "away", "represented"))
SPLIT = (Kind("here", "for"), Kind("here", "against"), Kind("here", "neither"), Kind("away"))
WHOLE_SPLIT = (*SPLIT, *(Kind("represented", kind.ballot) for kind in SPLIT[:3]))
MARKED = (SPLIT[0], SPLIT[1], Kind("away"), Kind("represented", "for"))
ALL = (*(Kind(w, side) for w in ("here", "represented") for side in SIDES), Kind("away"))


# Which readings are in force while each other one is tried: the shipped ones, then one changed.
SHIPPED = {
    "INT-03": "unanimity-of-participants",
    "INT-04": "filled-seats",
    "INT-05": "more-for-than-against",
    "INT-06": "a-filled-seat-absent",
    "INT-13": "yes",
    "INT-20": "yes",
    "INT-22": "holder-casts-it",
    "INT-25": "no-vote-but-in-base",
}
HELD: list[dict[str, str]] = [
    {},
    *({p: r} for p, some in READINGS.items() for r in some if r != SHIPPED[p]),
]
# How many splits are passed over between two secret votes: what a tally may stand for grows fast.
SECRET_STEPS = {1: 1, 2: 1, 3: 3, 4: 29, 5: 101, 6: 307, 7: 997}


@cache
def provisional() -> Law:
    """The law of the invented network's day: the shipped readings."""
    return law_on(registry(records()), DAY)


@cache
def under(readings: tuple[tuple[str, str], ...]) -> Law:
    """The same law with these readings."""
    return provisional()._replace(readings={**provisional().readings, **dict(readings)})


def combinations(*points: str) -> list[dict[str, str]]:
    """Every combination of the readings of some points."""
    return [
        dict(zip(points, some, strict=True)) for some in product(*(READINGS[p] for p in points))
    ]


def asked() -> list[tuple[str, dict[str, str]]]:
    """What is asked of each split: a matter, and the readings of its majority.

    An admission by simple majority is counted as any other matter; `test_whole_counts` has it with
    every reading, here one is enough.
    """
    simple = [
        {"INT-03": "simple-majority", **r} for r in combinations("INT-05", "INT-06", "INT-22")
    ]
    shipped = {point: SHIPPED[point] for point in ("INT-05", "INT-06", "INT-22")}
    readings = [("admission", {"INT-03": r, **shipped}) for r in oracle.UNANIMITY]
    return [*readings, ("admission", simple[-1]), *(("suspension", r) for r in simple)]


ASKED = asked()
# The readings of a tie: where there is none, one of these at a time.
OF_A_TIE = tuple(combinations("INT-06", "INT-22"))
IN_TURN = tuple(
    tuple(ask for ask in ASKED if ask[0] == "admission" or some.items() <= ask[1].items())
    for some in OF_A_TIE
)
Asked = tuple[tuple[str, dict[str, str]], ...]
Varied = tuple[Law, dict[str, str]]


def varying(*points: str) -> list[Varied]:
    """The law under every combination of the readings of some points, and all its readings."""
    return [(law(r), {**provisional().readings, **r}) for r in combinations(*points)]


class Room(NamedTuple):
    """Readings of who counts, and what is asked under them, put together once for every split."""

    readings: dict[str, str]
    law: Law
    quorums: tuple[Law, ...]
    tied: Asked
    in_turn: tuple[Asked, ...]


def rooms(*points: str) -> list[Room]:
    """Every combination of the readings of who counts."""
    return [
        Room(
            room,
            law(room),
            tuple(law({**room, "INT-04": of}) for of in oracle.QUORUM),
            _all_under(room, tuple(ASKED)),
            tuple(_all_under(room, some) for some in IN_TURN),
        )
        for room in combinations(*points)
    ]


def _all_under(room: dict[str, str], asked: Asked) -> Asked:
    return tuple((matter, {**room, **readings}) for matter, readings in asked)


def law(readings: dict[str, str]) -> Law:
    """A law with these readings, the others as shipped."""
    return under(tuple(readings.items()))


def expected(rows: tuple[Row, ...], matter: str, readings: dict[str, str]) -> Result:
    """What the table says under the readings given, the others as shipped."""
    return _by_the_table(rows, matter, {**provisional().readings, **readings})


def _by_the_table(rows: tuple[Row, ...], matter: str, r: Mapping[str, str]) -> Result:
    sheet = oracle.teller(rows, r["INT-25"], r["INT-20"], r["INT-13"])
    return oracle.result(sheet, matter, *OF_THE_RESULT(r))


def told(counted: Count) -> Result:
    """What the code says, in the table's form."""
    q, m = counted.quorum, counted.majority
    quorum_told = (q.base, q.required, q.counted)
    return Result(counted.state, *quorum_told, m.kind, m.base, m.required, m.votes_for, m.casting)


def written(bench: Bench, n: int) -> Bench:
    """Each ballot that is neither for nor against is an abstention or invalid, in turn."""
    sides = ("abstain", "invalid")
    return tuple(
        (office, kind._replace(ballot=sides[(n + m) % 2]) if kind.ballot == "neither" else kind)
        for m, (office, kind) in enumerate(bench)
    )


def splits(n: int, mark: str | None, step: int = 1) -> Iterator[tuple[Row, ...]]:
    """The rows of every split of a committee of n filled seats, or of every so many of them."""
    every = enumerate(benches(n, SPLIT, WHOLE_SPLIT, MARKED if mark else ()))
    there = (numbered for numbered in every if _has_holders(numbered[1]))
    for number, bench in islice(there, 0, None, step):
        rows = minutes(written(bench, number), mark or "")
        assert rows is not None, bench
        yield rows


def _has_holders(bench: Bench) -> bool:
    """Whether somebody is there for each who is represented: else there are no such minutes."""
    places = [kind.where for _office, kind in bench]
    return places.count("represented") <= places.count("here")


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("n", SIZES)
def test_who_counts(n: int, mark: str | None) -> None:
    """Who attends, who is represented, who has a vote and who votes, seat by seat."""
    varied = varying("INT-20", *BEARING[mark], "INT-04")
    for bench in benches(n, ROOM, ROOM, ROOM if mark else ()):
        for first in (False, True) if mark else (False,):
            rows = minutes(bench, mark or "", marked_holds_first=first)
            if rows:
                _same_room(rows, varied)


@pytest.mark.parametrize("suspended", [None, 0])
def test_who_may_stand_for_whom(suspended: int | None) -> None:
    """Four seats, each here or not, each with an authority for any other or none.

    So a holder that is away, suspended or itself represented, two that name each other, two that
    name the same one and a principal that comes after all are each among them.
    """
    varied = varying(*(["INT-25"] if suspended is not None else []))
    papers = [(here, by) for here in (True, False) for by in (None, *range(4))]
    for some in product(papers, repeat=4):
        rows = tuple(
            Row("elected", here, by, suspended=n == suspended) for n, (here, by) in enumerate(some)
        )
        _same_room(rows, varied)


def _same_room(rows: tuple[Row, ...], varied: list[Varied]) -> None:
    facts = sitting(rows)
    compared: tuple[Attendance, Seen] | None = None
    for under_them, r in varied:
        there = attendance(facts, under_them)
        seen = _seen(rows, r["INT-25"], r["INT-20"], r["INT-13"])
        # What both sides have told already need not be compared again.
        if compared is None or there is not compared[0] or seen is not compared[1]:
            compared = there, seen
            here, stood_for, filled, voice = seen
            assert there.attending == here, (rows, r)
            assert there.represented == stood_for, (rows, r)
            assert there.seated.keys() == filled, (rows, r)
            assert there.vacant == (len(filled) < oracle.SEVEN), (rows, r)
            assert there.voters == there.entitled & (here | set(stood_for)), (rows, r)
            assert there.entitled == voice & filled, (rows, r)
        asked = quorum(there, under_them)
        table = _by_the_table(rows, "suspension", r)
        assert asked == (table.quorum_of, table.quorum_required, table.counted), (rows, r)


class Seen(NamedTuple):
    """Who is there, who stands for whom, who has a seat and who a vote, as the rows tell it."""

    here: set[str]
    stood_for: dict[str, str]
    filled: set[str]
    voice: set[str]


@lru_cache(maxsize=16)
def _seen(rows: tuple[Row, ...], int_25: str, int_20: str, int_13: str) -> Seen:
    """The readings of a quorum leave it as it is."""
    numbered = list(enumerate(rows))
    how = [oracle.how(rows, n, int_25) for n, _row in numbered]
    return Seen(
        {city(n) for n, way in enumerate(how) if way == "here"},
        {city(n): city(row.by or 0) for n, row in numbered if how[n] == "represented"},
        {city(n) for n, row in numbered if oracle.seat_of(row, int_25).filled},
        {city(n) for n, row in numbered if oracle.votes(row, int_25, int_20, int_13)},
    )


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("n", SIZES)
def test_every_split(n: int, mark: str | None) -> None:
    """Every split of the votes, of an admission and of a suspension, under every reading."""
    of_who_counts = rooms("INT-20", *BEARING[mark])
    step = 7 if mark == "concerned" and n > 4 else 1
    gathered: dict[tuple[Row, ...], list[Gathered]] = {}
    for number, rows in enumerate(splits(n, mark, step)):
        votes, before = Heard(*ballots(rows)), oracle.unvoted(rows)
        if before not in gathered:
            gathered[before] = list(_gathered(before, of_who_counts))
        turn = number % len(OF_A_TIE)
        for room, there, quorums, seen in gathered[before]:
            sheet = seen.opened(rows)
            tied = EACH or sheet.votes_for == sheet.votes_against
            asked = room.tied if tied else room.in_turn[turn]
            majorities = tuple([majority(there, votes, *ask) for ask in asked])
            alike = _alike(quorums, majorities, sheet, None if tied else turn)
            assert alike, (rows, room.readings)


class Heard(Votes):
    """The ballots of a split: of the same voters they are gone through once, whatever is asked."""

    def heard(self, voters: frozenset[str]) -> tuple[int, int]:
        """See Votes."""
        known: dict[Any, tuple[int, int]] = self.__dict__
        found = known.get(voters)
        if found is None:
            found = known[voters] = super().heard(voters)
        return found


class Gathered(NamedTuple):
    """A committee before it votes: what the code makes of it, and what the teller sees."""

    room: Room
    there: Attendance
    quorums: tuple[Quorum, ...]
    seen: oracle.Room


def _gathered(rows: tuple[Row, ...], of_who_counts: list[Room]) -> Iterator[Gathered]:
    facts = sitting(rows)
    for room in of_who_counts:
        there, r = attendance(facts, room.law), room.law.readings
        seen = oracle.room(rows, r["INT-25"], r["INT-20"], r["INT-13"])
        yield Gathered(room, there, tuple(quorum(there, law) for law in room.quorums), seen)


@cache
def _alike(
    quorums: tuple[Quorum, ...], majorities: tuple[Majority, ...], sheet: Sheet, turn: int | None
) -> bool:
    """Whether code and table say the same; most splits come to numbers that another came to."""
    return _told(quorums, majorities) == _table(sheet, turn)


def _told(quorums: tuple[Quorum, ...], majorities: tuple[Majority, ...]) -> tuple[Result, ...]:
    """Each quorum with each majority."""
    return tuple(told(Count(q, m)) for m in majorities for q in quorums)


@cache
def _table(sheet: oracle.Sheet, turn: int | None) -> tuple[Result, ...]:
    """The same by the table: whatever is asked of a tie, else what is asked in that turn."""
    return tuple(
        oracle.result(sheet, matter, r["INT-03"], of, r["INT-05"], r["INT-06"], r["INT-22"])
        for matter, r in (ASKED if turn is None else IN_TURN[turn])
        for of in oracle.QUORUM
    )


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("mark", MARKS)
def test_whole_counts(mark: str | None, matter: str) -> None:
    """One and two seats with nothing left out: each kind of ballot and presence, each reading.

    Only of admissions with a suspended seat every fourth is taken: a suspension has them all.
    """
    points = [point for point in VARIED if matter == "admission" or point != "INT-03"]
    points += BEARING[mark]
    varied = varying(*points)
    step = 4 if mark == "suspended" and matter == "admission" else 1
    for n in (1, 2) if mark != "concerned" or matter == "suspension" else ():
        for bench in islice(benches(n, ALL, ALL, ALL if mark else ()), 0, None, step):
            rows = minutes(bench, mark or "")
            if rows:
                _same_whole(rows, matter, varied)


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("n", SIZES)
def test_whole_counts_of_larger_committees(n: int, matter: str) -> None:
    """A part of the large table again, through the one function that makes the whole count."""
    points = [point for point in READINGS if point in VARIED or point == "INT-25"]
    varied = varying(*points)
    for rows in splits(n, "suspended", 401):
        _same_whole(rows, matter, varied)


def _same_whole(rows: tuple[Row, ...], matter: str, varied: list[Varied]) -> None:
    facts, votes = sitting(rows), ballots(rows)
    for under_them, r in varied:
        told_now = told(count(facts, votes, matter, under_them))
        assert told_now == _by_the_table(rows, matter, r), (rows, matter, r)


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("mark", MARKS)
def test_verdict(n: int, mark: str | None) -> None:
    """What a result turns on: exactly the readings that change it, one at a time."""
    for number, rows in enumerate(splits(n, mark, 1 if n < 4 else 13)):
        matter, held = MATTERS[number % 2], HELD[number % len(HELD)]
        found = outcome(Ballot(sitting(rows), ballots(rows), matter), law(held))
        state, turns = _turns(Minutes(rows, matter).state_under, held)
        assert found.state == state, (rows, held)
        assert found.readings == _verdict(turns), (rows, matter, held)


class Minutes(NamedTuple):
    """An open vote."""

    rows: tuple[Row, ...]
    matter: str

    def state_under(self, readings: dict[str, str]) -> str:
        """The state the table gives under these readings."""
        return expected(self.rows, self.matter, readings).state


def _turns(
    state_under: Callable[[dict[str, str]], str], held: dict[str, str]
) -> tuple[str, dict[str, dict[str, str]]]:
    """The state under the readings held, and every other reading that gives another one."""
    state, readings = state_under(held), {**provisional().readings, **held}
    turns: dict[str, dict[str, str]] = {}
    for point, others in READINGS.items():
        for other in others:
            if other != readings[point]:
                varied = state_under({**held, point: other})
                if varied != state:
                    turns.setdefault(point, {})[other] = varied
    return state, turns


def _verdict(turns: dict[str, dict[str, str]]) -> dict[str, Any]:
    if not turns:
        return {"verdict": "robust"}
    hidden = all(s == "not-computable" for of in turns.values() for s in of.values())
    return {"verdict": "not-computable" if hidden else "turns", "on": turns}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("n", SIZES)
def test_secret_verdict(n: int, mark: str | None) -> None:
    """A tally is whatever ballots add up to it: a state is told only where all of them agree."""
    for number, rows in enumerate(splits(n, mark, SECRET_STEPS[n])):
        matter, held = MATTERS[number % 2], HELD[number % len(HELD)]
        rows = unreturned(rows) if number % 5 == 0 else rows
        tally = secret(rows, matter, held)
        found = outcome(Ballot(sitting(rows), tally.votes, matter), law(held))
        state, turns = _turns(tally.state_under, held)
        assert found.state == state, (rows, held, tally.votes)
        assert found.readings == _verdict(turns), (rows, matter, held, tally.votes)


def unreturned(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The same minutes, the last ballot never handed in."""
    return (*rows[:-1], rows[-1]._replace(ballot=None))


class Tally(NamedTuple):
    """A secret vote: what is public of it, and every set of ballots it may stand for."""

    votes: Votes
    matter: str
    possible: tuple[tuple[tuple[Row, ...], str | None], ...]

    def state_under(self, readings: dict[str, str]) -> str:
        """The state all the possible ballots share."""
        r = {**provisional().readings, **readings}
        rest, states = OF_THE_RESULT(r), set()
        for rows, president_says in self.possible:
            sheet = oracle.teller(rows, r["INT-25"], r["INT-20"], r["INT-13"])
            sheet = sheet._replace(president_says=president_says)
            states.add(oracle.result(sheet, self.matter, *rest).state)
        return states.pop() if len(states) == 1 else "not-computable"


def secret(rows: tuple[Row, ...], matter: str, held: dict[str, str]) -> Tally:
    """The same vote in secret: only those vote who vote under the readings held."""
    r = {**provisional().readings, **held}
    voting = [n for n, row in enumerate(rows) if _votes_under(rows, n, r)]
    cast = [rows[n].ballot for n in voting]
    counted = expected(rows, matter, held)
    tied = counted.kind == "simple" and cast.count("for") == cast.count("against") != 0
    sheet = oracle.teller(rows, r["INT-25"], r["INT-20"], r["INT-13"])
    asked = tied and oracle.TIE[r["INT-06"]](sheet) and oracle.GIVEN[sheet.president, r["INT-22"]]
    possible = [
        (dealt, says)
        for ballots_dealt in sorted(set(permutations(cast)), key=repr)
        for dealt in [_deal(rows, voting, ballots_dealt)]
        for says in ([counted.casting] if asked else _president_may_say(dealt, voting, r))
    ]
    numbers = {side: cast.count(side) for side in SIDES}
    return Tally(Votes(None, numbers, counted.casting), matter, tuple(possible))


def _votes_under(rows: tuple[Row, ...], n: int, r: Mapping[str, str]) -> bool:
    there = oracle.how(rows, n, r["INT-25"]) != "away"
    return there and oracle.votes(rows[n], r["INT-25"], r["INT-20"], r["INT-13"])


def _deal(
    rows: tuple[Row, ...], voting: list[int], dealt: tuple[str | None, ...]
) -> tuple[Row, ...]:
    held = dict(zip(voting, dealt, strict=True))
    return tuple(row._replace(ballot=held.get(n)) for n, row in enumerate(rows))


def _president_may_say(
    rows: tuple[Row, ...], voting: list[int], r: Mapping[str, str]
) -> tuple[str | None, ...]:
    """Its own ballot; anything where it attends without a vote; nothing where it does not."""
    for n, row in enumerate(rows):
        if row.office == "president" and n in voting:
            return (row.ballot,)
        if row.office == "president" and oracle.how(rows, n, r["INT-25"]) != "away":
            return ("for", "against", None)
    return (None,)


def test_counts_in_words() -> None:
    """The table itself against counts a person did by hand."""
    seven = (
        *(Row(o, ballot="for") for o in ("president", "ex-officio", "ex-officio")),
        *(Row("elected", ballot=b) for b in ("for", "against", "against", "abstain")),
    )
    assert expected(seven, "admission", {}).state == "rejected"
    assert expected(seven, "suspension", {})[4:] == ("simple", 6, 4, 4, None)
    assert expected(seven, "suspension", {}).state == "adopted"
    tie = (*seven[:3], Row("elected", here=False), *(Row("elected", ballot="against"),) * 3)
    assert expected(tie, "suspension", {}).casting == "for"
    assert expected(tie, "suspension", {}).state == "adopted"
    assert expected(tie, "suspension", {"INT-05": "half-of-participants-exceeded"}).base == 6
    three = (*seven[:3], *(Row("elected", here=False),) * 4)
    assert expected(three, "suspension", {})[:4] == ("invalid", 7, 4, 3)
    assert expected(three[:5], "suspension", {})[:4] == ("adopted", 5, 3, 3)
    assert expected(three[:5], "suspension", {"INT-04": "seven-seats"}).state == "invalid"
