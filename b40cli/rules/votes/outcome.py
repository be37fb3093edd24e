"""What a vote comes to, and whether that turns on an open point of the text.

The two bodies that vote differ in who counts and in what carries; what is asked here is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from b40cli.model.facts.decision import SIDES, PassedOver, Roll, Votes
from b40cli.rules.case.law import Law
from b40cli.rules.facts.leaving import NOT_ELIGIBLE
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes import assembly_count, election
from b40cli.rules.votes.assembly_count import Assembly, CountedRoll
from b40cli.rules.votes.bearing import (
    ASSEMBLY_POINTS,
    COMMITTEE_POINTS,
    ELECTION_POINTS,
    GATHERED_AGAIN,
    Ballot,
    Facts,
    bearing,
    contest_of,
)
from b40cli.rules.votes.committee_count import (
    Attendance,
    Count,
    Majority,
    Quorum,
    attendance,
    count,
    decides_ties,
    quorum,
)
from b40cli.rules.votes.election import Elected, Electorate

# What the majority of a vote on a reading is read from.
OF_ITS_OWN_MAJORITY = frozenset({"INT-01", "INT-02", "INT-17"})
NOT_COMPUTABLE = "not-computable"
ComesTo = Callable[[Ballot, Law], str]


class Outcome(NamedTuple):
    """A vote counted under the readings in force, and under each other reading in turn."""

    counted: Count
    readings: dict[str, Any]
    state: str
    elected: tuple[str, ...] | None = None
    passed_over: tuple[PassedOver, ...] = ()
    tied: tuple[str, ...] = ()
    # `readings` of a vote on a reading, by its plain majority: a record told so at first stands.
    plainly: dict[str, Any] | None = None

    def as_record(self) -> dict[str, Any]:
        """The `count` block of a decision's record."""
        record = self.counted.as_record()
        if self.elected is not None:
            record["elected"] = list(self.elected)
        return {**record, "tied": list(self.tied)} if self.tied else record


def outcome(ballot: Ballot, law: Law) -> Outcome:
    """Count under the readings in force, then vary one reading at a time."""
    if ballot.matter == ELECTION and isinstance(ballot.facts, Assembly):
        return _election(ballot, law)
    counted, told = count_of(ballot, ballot.votes, law), _readings(ballot, law, decided_state)
    plainly = _readings(ballot, law, _plain_state) if ballot.matter == "interpretation" else None
    return Outcome(counted, told, decided_state(ballot, law), plainly=plainly)


def _readings(ballot: Ballot, law: Law, by: ComesTo) -> dict[str, Any]:
    """What the vote turns on, by its state; of the points of its own majority by that alone."""
    effects = {way: way(ballot, law) for way in (_plain_state, by)}
    effects = dict.fromkeys(effects, "invalid") if _void(ballot, law) else effects
    turns: dict[str, dict[str, Any]] = {}
    for point, reading in _alternatives(ballot, law):
        way = _plain_state if point in OF_ITS_OWN_MAJORITY else by
        state = _state_under(ballot, law, point, reading, way)
        if state != effects[way]:
            turns.setdefault(point, {})[reading] = state
    return verdict(turns)


def _plain_state(ballot: Ballot, law: Law) -> str:
    """What a vote comes to by its own majority, under one reading of it."""
    return count_of(ballot, ballot.votes, law).state


def decided_state(ballot: Ballot, law: Law) -> str:
    """What a vote that is no election comes to, under the readings in force alone."""
    state = _plain_state(ballot, law)
    carried = state != "adopted" or _carries_however_read(ballot, law)
    return state if carried else "rejected"


def _void(ballot: Ballot, law: Law) -> bool:
    """Whether a vote has no effect as INT-40 is read, or INT-38: a late notice, a city gone."""
    late = ballot.in_time is not None and law.reading("INT-40") not in ballot.in_time
    return late or (ballot.gone and law.reading("INT-38") == NOT_ELIGIBLE)


def _carries_however_read(ballot: Ballot, law: Law) -> bool:
    """A reading is adopted only by a vote that carries under every reading of its own majority."""
    return ballot.matter != "interpretation" or all(
        count_of(ballot, ballot.votes, varied).state == "adopted"
        for varied in _majorities(law, sorted(OF_ITS_OWN_MAJORITY))
    )


def _majorities(law: Law, points: list[str]) -> Iterator[Law]:
    """The law with every combination of the readings of some points."""
    for readings in product(*(law.others.get(p) or (law.reading(p),) for p in points)):
        yield law.reading_as(dict(zip(points, readings, strict=True)))


def _election(ballot: Ballot, law: Law) -> Outcome:
    """Whoever is elected under each reading; nobody elected is a vote that failed."""
    counted, found = _elected(ballot, law)
    result = _comes_to(counted, found)
    turns: dict[str, dict[str, Any]] = {}
    if len(_possible(ballot, ballot, law, law)) > 1:
        hidden = "INT-23" if law.reading("INT-23") == "leaders-first-with-majority" else "INT-01"
        turns[hidden] = {law.reading(hidden): NOT_COMPUTABLE}
    for point, reading in _alternatives(ballot, law):
        varied = _varied(ballot, law, point, reading)
        other = ballot._replace(facts=_facts_under(ballot, point, varied))
        possible = _possible(ballot, other, law, varied)
        if set(possible) != {_same(result)}:
            told = next(iter(possible.values())) if len(possible) == 1 else NOT_COMPUTABLE
            turns.setdefault(point, {})[reading] = told
    passed = tuple(PassedOver(*each) for each in found.passed_over.items())
    if result == "invalid":
        return Outcome(counted, verdict(turns), result, (), passed)
    state = "adopted" if found.cities else "rejected"
    return Outcome(counted, verdict(turns), state, found.cities, passed, found.tied)


def _comes_to(counted: Count, found: Elected) -> str | list[str]:
    """The cities elected; `invalid` without a quorum, or where the election is void."""
    return list(found.cities) if counted.quorum.met and not found.void else "invalid"


def _same(result: str | list[str]) -> str | frozenset[str]:
    """A result whatever the order of the cities in it."""
    return result if isinstance(result, str) else frozenset(result)


def _possible(
    ballot: Ballot, other: Ballot, law: Law, varied: Law
) -> dict[str | frozenset[str], str | list[str]]:
    """What the vote may come to under a varied law: several results where a secret one hides it."""
    votes: Iterable[Votes] = (ballot.votes,)
    if ballot.votes.numbers is not None and law.rule_set > 1:
        before, after = there_of(ballot.facts, law), there_of(other.facts, varied)
        assert isinstance(after, CountedRoll)
        lost = len(before.voters - after.voters)
        votes = election.behind(ballot.votes, after, lost, contest_of(other, varied).free)
    elif ballot.votes.tally is not None:
        votes = _behind(ballot, other, law, varied)
    results = (_comes_to(*_elected(other._replace(votes=v), varied)) for v in votes)
    return {_same(result): result for result in results}


def _elected(ballot: Ballot, law: Law) -> tuple[Count, Elected]:
    facts, contest = ballot.facts, contest_of(ballot, law)
    assert isinstance(facts, Assembly)
    body = Electorate(facts, assembly_count.session(facts, law))
    majority = election.majority_of_election(contest, body, ballot.votes, law)
    counted = Count(assembly_count.quorum(facts, law), majority)
    if law.rule_set == 1:
        args = contest, body, ballot.votes, ballot.leaders, law
        return counted, election.elected_by_the_first_set(*args)
    ranks = election.ranked(contest, body, ballot.votes, ballot.leaders, law)
    return counted, election.elected(contest, ranks, law)


def there_of(facts: Facts, law: Law) -> Attendance | CountedRoll:
    """Who counts, under the readings of a law."""
    if isinstance(facts, Assembly):
        return assembly_count.session(facts, law)
    return attendance(facts, law)


def quorum_of(facts: Facts, law: Law) -> Quorum:
    """Whether enough are there."""
    if isinstance(facts, Assembly):
        return assembly_count.quorum(facts, law)
    return quorum(attendance(facts, law), law)


def count_of(ballot: Ballot, votes: Votes, law: Law) -> Count:
    """The count under one set of readings."""
    if isinstance(ballot.facts, Assembly):
        return assembly_count.count(ballot.facts, votes, ballot.matter, law)
    return count(ballot.facts, votes, ballot.matter, law)


def verdict(turns: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The `readings` block of a decision's record."""
    if not turns:
        return {"verdict": "robust"}
    # An election turns on who is elected: a list, not a state.
    states = [state for by_reading in turns.values() for state in by_reading.values()]
    hidden = all(state == NOT_COMPUTABLE for state in states)
    return {"verdict": NOT_COMPUTABLE if hidden else "turns", "on": turns}


def _alternatives(ballot: Ballot, law: Law) -> Iterator[tuple[str, str]]:
    points: tuple[str, ...] = COMMITTEE_POINTS
    if isinstance(ballot.facts, Assembly):
        points = ELECTION_POINTS if ballot.matter == ELECTION else ASSEMBLY_POINTS
    bears = bearing(ballot, law)
    for point in points:
        if bears.get(point, True):
            for reading in law.others.get(point, ()):
                if reading != law.reading(point):
                    yield point, reading


def _facts_under(ballot: Ballot, point: str, varied: Law) -> Facts:
    if point in GATHERED_AGAIN and ballot.gather is not None:
        return ballot.gather(varied)
    return ballot.facts


def _state_under(ballot: Ballot, law: Law, point: str, reading: str, comes_to: ComesTo) -> str:
    """The state under another reading; not computable where a secret tally hides which it is."""
    if (ballot.in_time is not None or ballot.gone) and _void(ballot, law.varied(point, reading)):
        return "invalid"
    varied = _varied(ballot, law, point, reading)
    facts = _facts_under(ballot, point, varied)
    other = ballot if facts is ballot.facts else ballot._replace(facts=facts)
    if ballot.votes.tally is None:
        return comes_to(other, varied)
    behind = _behind(ballot, other, law, varied)
    states = {comes_to(other._replace(votes=votes), varied) for votes in behind}
    return states.pop() if len(states) == 1 else NOT_COMPUTABLE


def _varied(ballot: Ballot, law: Law, point: str, reading: str) -> Law:
    """One reading changed; of whom an absolute majority is, where it is one that must carry too."""
    if point == "INT-41" and ballot.bound is not None:
        return ballot.bound
    varied = law.varied(point, reading)
    if ballot.matter == "interpretation" and point == "INT-01":
        return varied.varied("INT-17", "absolute-majority")
    return varied


def _behind(ballot: Ballot, other: Ballot, law: Law, varied: Law) -> Iterator[Votes]:
    """Every vote a tally taken under the law may stand for where a varied law counts it.

    Whose ballots fall away is known, but not what is on them.
    """
    votes = ballot.votes
    before, after = there_of(ballot.facts, law), there_of(other.facts, varied)
    tally, lost = votes.tally or {}, len(before.voters - after.voters)
    unreturned = max(0, len(before.voters) - sum(tally.values()))
    asked = _asked(votes, before, count_of(ballot, votes, law).majority, law)
    for numbers in product(*(range(min(tally[side], lost) + 1) for side in SIDES)):
        if lost - unreturned <= sum(numbers) <= lost:
            gone = dict(zip(SIDES, numbers, strict=True))
            rest = {side: tally[side] - gone[side] for side in SIDES}
            own = rest if before.president in after.voters else gone
            known = {votes.casting} if asked else _castings(before, own, unreturned)
            yield from (Votes(None, rest, casting) for casting in known)


def _asked(votes: Votes, before: Attendance | CountedRoll, counted: Majority, law: Law) -> bool:
    """Whether the President was asked to decide the tie: then what the record says is all."""
    if isinstance(before, CountedRoll):
        return True
    tied = votes.tally is not None and votes.tally["for"] == votes.tally["against"] > 0
    due = tied and counted.kind == "simple" and decides_ties(before, law.readings)
    return due or votes.casting is not None


def _castings(
    before: Attendance | CountedRoll, own: Mapping[str, int], unreturned: int
) -> set[str | None]:
    """How the President would have decided a tie: as on its ballot, one of `own`."""
    if before.president not in before.voters:
        return {"for", "against", None} if before.president in before.counted else {None}
    may: set[str | None] = {side for side in ("for", "against") if own[side]}
    return may | {None} if unreturned or own["abstain"] or own["invalid"] else may


def same_roll(left: Roll, right: Roll) -> bool:
    """Whether two rolls name the same voters, whatever the order they are written in."""
    return (
        set(left.entitled) == set(right.entitled)
        and set(left.present) == set(right.present)
        and dict(left.represented) == dict(right.represented)
    )
