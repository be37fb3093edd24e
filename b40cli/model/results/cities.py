"""Results about one city as the telephone asks for it, and what a search finds."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from b40cli.model.facts.duty import DutyState
from b40cli.model.results.duties import Item
from b40cli.model.results.members import MandateRow
from b40cli.model.results.offices import PresidencyWord, StandingIn
from b40cli.model.results.papers import PartTaken
from b40cli.model.results.shapes import CityKey, DayText, DecisionKey, SinceText


class GroupPart(TypedDict):
    """A working group that a city leads, or for which an expert of its comes."""

    group: str
    name: str
    part: Literal["leader", "expert"]
    person: str | None


class CityDuty(TypedDict):
    """A duty that a city owes by an office, or that is owed about it."""

    duty: str
    title: str
    due: DayText | None
    state: DutyState


class GivenTerm(TypedDict):
    """A term to come that a city has already."""

    term: int
    city: CityKey
    name: str


class CityTurn(TypedDict):
    """Where a city stands in the order of candidacies for the first term that is free.

    `given` are the terms to come before it, `first` how many capitals with priority are ahead.
    """

    term: int
    given: list[GivenTerm]
    place: int | None
    of: int
    priority: bool
    first: int
    reason: str


class SuspendedNow(TypedDict):
    """The suspension that runs: since when, by which decision, until when where that is known."""

    since: DayText
    by: DecisionKey
    until: DayText | None


class CityShown(TypedDict):
    """What a mayor's office asks: membership, vote, who represents it, offices, dues, turn."""

    on: DayText
    id: str
    name: str
    country: str | None
    standing: str
    since: SinceText | None
    until: DayText | None
    vote: bool
    suspended: bool
    suspension: SuspendedNow | None
    represented_by: MandateRow | None
    presides: bool
    presidency_state: PresidencyWord | None
    stands_in: StandingIn | None
    terms: list[int]
    seats: list[str]
    groups: list[GroupPart]
    meetings: list[PartTaken]
    votes: dict[str, int]
    owes: list[CityDuty]
    turn: CityTurn | None
    waiting: list[Item]
    sources: list[str]


class Hit(TypedDict):
    """A record that a search found: its reference, its name, and where the words stand in it."""

    record: str
    kind: str
    name: str
    where: str
    text: NotRequired[str]


class Search(TypedDict):
    """What a search found, names first."""

    words: str
    records: list[Hit]


class HealthCheck(TypedDict):
    """One thing that was looked at; a cure where it is not well, absent what none must have."""

    what: str
    well: bool
    says: str
    cure: str | None
    absent: bool


class Health(TypedDict):
    """Whether this clone can do its work."""

    well: bool
    checks: list[HealthCheck]


class Drafts(TypedDict):
    """Letters written as drafts, the names of the documents in each, and who has no address."""

    kind: str
    written: list[str]
    attached: list[str]
    without: list[str]
