"""Results about who is a member, who votes, and whether they are enough."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from b40cli.model.results.shapes import CityKey, DayText, MeetingKey


class RollShown(TypedDict):
    """Who is a member on a day, suspended ones included, and who has a vote."""

    on: DayText
    complete: bool
    reported: int | None
    members: list[CityKey]
    voting: list[CityKey]
    suspended: list[CityKey]
    observers: list[CityKey]


class QuorumForeseen(TypedDict):
    """What delegations and proxies on record promise before the roll is called."""

    present: int
    represented: int
    counted: int
    missing: int


class QuorumShown(TypedDict):
    """How many are entitled, there and needed; null where the list it needs is not whole."""

    meeting: MeetingKey | None
    complete: bool
    entitled: int
    present: int
    represented: int
    counted: int
    required: int | None
    met: bool | None
    missing: int | None
    foreseen: QuorumForeseen | None
    reported: NotRequired[int | None]


class QuorumCalled(TypedDict):
    """What one roll call means for the quorum."""

    required: int | None
    counted: int | None
    met: bool | None
