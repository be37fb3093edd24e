"""What a committee vote comes to, and whether that turns on an open point of the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from b40cli.model.committee import EX_OFFICIO
from b40cli.model.day import Moment
from b40cli.model.decision import SIDES, Decision, Roll, Votes
from b40cli.model.meeting import Meeting, RollCall
from b40cli.model.registry import Registry
from b40cli.rules.counting import (
    Attendance,
    Count,
    Majority,
    Sitting,
    attendance,
    count,
    decides_ties,
    majority,
)
from b40cli.rules.law import Law
from b40cli.rules.rule import Undetermined
from b40cli.rules.sitting import roll_of, sitting_at

POINTS = (
    "INT-03",
    "INT-04",
    "INT-05",
    "INT-06",
    "INT-13",
    "INT-20",
    "INT-21",
    "INT-22",
    "INT-24",
    "INT-25",
    "INT-26",
    "INT-27",
    "INT-35",
)
NOT_COMPUTABLE = "not-computable"


class Outcome(NamedTuple):
    """A vote counted under the readings in force, and under each other reading in turn."""

    counted: Count
    readings: dict[str, Any]

    @property
    def state(self) -> str:
        """adopted, rejected or invalid."""
        return self.counted.state


def outcome_of(sitting: Sitting, votes: Votes, matter: str, law: Law) -> Outcome:
    """Count under the readings in force, then vary one reading at a time."""
    counted = count(sitting, votes, matter, law)
    turns: dict[str, dict[str, str]] = {}
    for point, reading in _alternatives(sitting, matter, law):
        state = _state_under(sitting, votes, matter, law, law.varied(point, reading))
        if state != counted.state:
            turns.setdefault(point, {})[reading] = state
    return Outcome(counted, verdict(turns))


def verdict(turns: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The `readings` block of a decision's record."""
    if not turns:
        return {"verdict": "robust"}
    states = {state for by_reading in turns.values() for state in by_reading.values()}
    return {"verdict": NOT_COMPUTABLE if states == {NOT_COMPUTABLE} else "turns", "on": turns}


def _alternatives(sitting: Sitting, matter: str, law: Law) -> Iterator[tuple[str, str]]:
    for point in POINTS:
        if _bears(point, sitting, matter):
            for reading in law.others.get(point, ()):
                if reading != law.reading(point):
                    yield point, reading


def _bears(point: str, sitting: Sitting, matter: str) -> bool:
    """Whether a point can bear on this vote at all; what cannot is left out of the record."""
    seats = dict(sitting.seats)
    facts: dict[str, object] = {
        "INT-03": matter == "admission",
        "INT-13": sitting.concerned in seats.values(),
        "INT-20": not seats.keys().isdisjoint(EX_OFFICIO),
        "INT-21": sitting.leaving,
        "INT-22": sitting.proxies,
        "INT-24": sitting.new_mayor,
        "INT-25": sitting.suspended,
        "INT-26": sitting.designees,
        "INT-27": sitting.proxies,
        "INT-35": len(set(seats.values())) < len(seats),
    }
    return bool(facts.get(point, True))


def _state_under(sitting: Sitting, votes: Votes, matter: str, law: Law, varied: Law) -> str:
    """The state under another reading; not computable where a secret tally hides which it is."""
    possible = (votes,) if votes.tally is None else _behind(sitting, votes, matter, law, varied)
    states = {count(sitting, cast, matter, varied).state for cast in possible}
    return states.pop() if len(states) == 1 else NOT_COMPUTABLE


def _behind(sitting: Sitting, votes: Votes, matter: str, law: Law, varied: Law) -> Iterator[Votes]:
    """Every vote a tally taken under the law may stand for where a varied law counts it.

    Whose ballots fall away is known, but not what is on them.
    """
    before, after = attendance(sitting, law), attendance(sitting, varied)
    tally, lost = votes.tally or {}, len(before.voters - after.voters)
    unreturned = max(0, len(before.voters) - sum(tally.values()))
    asked = _asked(votes, before, majority(before, votes, matter, law.readings), law)
    for numbers in product(*(range(min(tally[side], lost) + 1) for side in SIDES)):
        if lost - unreturned <= sum(numbers) <= lost:
            gone = dict(zip(SIDES, numbers, strict=True))
            rest = {side: tally[side] - gone[side] for side in SIDES}
            own = rest if before.president in after.voters else gone
            known = {votes.casting} if asked else _castings(before, own, unreturned)
            yield from (Votes(None, rest, casting) for casting in known)


def _asked(votes: Votes, before: Attendance, counted: Majority, law: Law) -> bool:
    """Whether the President was asked to decide the tie: then what the record says is all."""
    tied = votes.tally is not None and votes.tally["for"] == votes.tally["against"] > 0
    due = tied and counted.kind == "simple" and decides_ties(before, law.readings)
    return due or votes.casting is not None


def _castings(before: Attendance, own: Mapping[str, int], unreturned: int) -> set[str | None]:
    """How the President would have decided a tie: as on its ballot, one of `own`."""
    if before.president not in before.voters:
        return {"for", "against", None} if before.president in before.counted else {None}
    may: set[str | None] = {side for side in ("for", "against") if own[side]}
    return may | {None} if unreturned or own["abstain"] or own["invalid"] else may


def sittings_of(
    registry: Registry, decision: Decision, meeting: Meeting
) -> Iterator[Sitting | Undetermined]:
    """The sitting at each roll call of the meeting, the latest first."""
    moment = Moment(meeting.day, meeting.id, decision.item)
    calls: tuple[RollCall | None, ...] = tuple(reversed(meeting.roll_calls)) or (None,)
    for call in calls:
        yield sitting_at(registry, moment, meeting, call, decision.city)


def sitting_of(registry: Registry, decision: Decision, law: Law) -> Sitting | Undetermined:
    """The sitting a decision was voted in: the roll call its frozen roll was taken from."""
    meeting = registry.meeting(decision.meeting) if decision.meeting else None
    if meeting is None:
        return Undetermined((f"the meeting of {decision.id}",))
    sittings = list(sittings_of(registry, decision, meeting))
    for sitting in sittings:
        if isinstance(sitting, Undetermined) or decision.roll is None:
            return sitting
        if same_roll(decision.roll, roll_of(attendance(sitting, law))):
            return sitting
    return sittings[0]


def same_roll(left: Roll, right: Roll) -> bool:
    """Whether two rolls name the same voters, whatever the order they are written in."""
    return (
        set(left.entitled) == set(right.entitled)
        and set(left.present) == set(right.present)
        and dict(left.represented) == dict(right.represented)
    )
