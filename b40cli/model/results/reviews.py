"""The result of a review: what a branch would change, and whether it may be merged."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from b40cli.model.results.shapes import CityKey, DayText

# A number before and after; null where it cannot be computed.
Pair = list[int | None]


class StandTold(TypedDict):
    """What a city is to the network."""

    standing: str
    suspended: bool


class MemberMoved(TypedDict):
    """A city whose standing or vote becomes another."""

    city: CityKey
    on: DayText
    before: StandTold
    after: StandTold
    vote: str | None
    says: str


class OfficeMoved(TypedDict):
    """An office that somebody else holds."""

    office: str
    on: DayText | None
    before: str
    after: str
    says: str


class VotesTold(TypedDict):
    """A closed vote for and against something: the ballots, and how many it took."""

    abstain: int
    against: int
    required: int
    yes: int


class Moved(TypedDict, total=False):
    """What of a record is new or stands otherwise."""

    votes: VotesTold

    before: str | None
    after: str
    keys: list[str]
    parameter: str
    point: str


class RecordMoved(Moved):
    """A record that is new or stands otherwise."""

    record: str
    says: str


class Changes(TypedDict):
    """What changes, part by part."""

    members: list[MemberMoved]
    offices: list[OfficeMoved]
    decisions: list[RecordMoved]
    meetings: list[RecordMoved]
    corrections: list[RecordMoved]
    closed: list[RecordMoved]
    law: list[RecordMoved]


class AssemblyNumbers(TypedDict):
    """Roll, quorum and majorities of the Assembly."""

    members: Pair
    voters: Pair
    quorum: Pair
    absolute_majority: Pair
    two_thirds: Pair


class CommitteeNumbers(TypedDict):
    """Seats and quorum of the committee."""

    seats: Pair
    quorum: Pair


class Numbers(TypedDict):
    """The numbers of both bodies on a day, before and after."""

    on: DayText
    assembly: AssemblyNumbers
    committee: CommitteeNumbers


class DutyMoved(TypedDict):
    """A duty whose state or day becomes another."""

    duty: str
    of: str
    subject: str | None
    before: str | None
    after: str | None
    due: DayText | None
    says: str


class Files(TypedDict):
    """The records added, changed and removed."""

    added: list[str]
    changed: list[str]
    removed: list[str]


class MergeVerdict(TypedDict):
    """Whether the branch may be merged, and what stands against it."""

    lawful: bool
    refused_by: int
    articles: list[str]
    remedies: list[str]
    says: str


class JudgedBy(TypedDict):
    """The law and the tool that judged."""

    law_of: str
    edition: str | None
    version: str


class ForCity(TypedDict):
    """What a branch changes for one city."""

    city: CityKey
    name: str
    says: list[str]


class Reviewed(TypedDict):
    """What a branch would change; where it cannot be read, only the verdict."""

    range: str
    base: str
    head: str
    warnings: list[str]
    verdict: MergeVerdict
    for_city: NotRequired[ForCity]
    parting: NotRequired[str]
    behind: NotRequired[int]
    commits: NotRequired[int]
    judged_by: NotRequired[JudgedBy]
    changes: NotRequired[Changes]
    numbers: NotRequired[list[Numbers]]
    duties: NotRequired[list[DutyMoved]]
    records: NotRequired[Files]
