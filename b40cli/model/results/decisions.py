"""Results about decisions."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from b40cli.model.results.shapes import DayText, DecisionKey, MeetingKey, RecordData

State = Annotated[str, "decision.json#/properties/state"]
CountRecorded = Annotated[RecordData, "decision.json#/$defs/count"]
ReadingsRecorded = Annotated[RecordData, "decision.json#/$defs/readings"]


class Annulment(TypedDict):
    """The decision that annuls another."""

    by: DecisionKey
    effect: str | None
    on: DayText


class DecisionRow(TypedDict):
    """A decision on record, with the state it was in."""

    id: DecisionKey
    matter: str
    subject: str | None
    meeting: MeetingKey | None
    state: State
    closed: DayText | None
    annulled: Annulment | None


class Decisions(TypedDict):
    """The decisions on record, by id."""

    decisions: list[DecisionRow]


class Stated(TypedDict):
    """A decision and its state."""

    id: DecisionKey
    state: State


FreeSeatsRecorded = Annotated[RecordData, "decision.json#/properties/seats"]


class KeptOut(TypedDict):
    """A city that cannot be elected, and the rule that says so."""

    city: str
    rule: str


class Proposed(Stated):
    """A decision put on the table; of an election its free seats, and who may not sit."""

    matter: str
    subject: str | None
    seats: NotRequired[FreeSeatsRecorded]
    may_not_sit: NotRequired[list[KeptOut]]


class Opened(Stated):
    """A vote that is open, and its frozen roll."""

    roll: Annotated[RecordData, "decision.json#/$defs/roll"]


class BallotChanged(TypedDict):
    """A ballot that replaces another: what it said, and what it says; null where it is gone."""

    city: str
    was: str
    now: str | None


class Voted(Stated):
    """What was cast: by name, in numbers, or for candidates; and which ballots changed."""

    changed: NotRequired[list[BallotChanged]]

    ballots: NotRequired[Annotated[RecordData, "decision.json#/$defs/ballots"]]
    tally: NotRequired[Annotated[RecordData, "decision.json#/$defs/tally"]]
    choices: NotRequired[Annotated[RecordData, "decision.json#/$defs/choices"]]


class Closed(Stated):
    """A decision's result, as in its file; null where it was never counted."""

    count: CountRecorded | None
    readings: ReadingsRecorded | None
    seats: NotRequired[FreeSeatsRecorded]
    passed_over: NotRequired[list[KeptOut]]


class WhatIf(TypedDict):
    """What a vote comes to, what it would come to, and the fewest ballots that would turn it."""

    id: DecisionKey
    state: str
    then: str
    changes: bool
    count: CountRecorded
    readings: ReadingsRecorded
    smallest: str | None


class VoteRecorded(Closed):
    """A vote recorded all at once, and why it had no effect."""

    reason: str | None


class Annulled(Stated):
    """A decision annulled by one person's decision."""

    annuls: DecisionKey
    effect: str | None


class Certified(TypedDict):
    """A certificate: the commit it proves, the files written, or its text."""

    id: DecisionKey
    commit: str
    written: list[str]
    file: NotRequired[str]
