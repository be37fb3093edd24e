"""Results of papers: dossier, notice, minutes, Final Report, activity report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypedDict

from b40cli.model.results.duties import DutyRow
from b40cli.model.results.members import Interval, MayorNamed, MemberRow, SuspensionRow
from b40cli.model.results.rolls import QuorumShown
from b40cli.model.results.shapes import (
    DayText,
    DecisionKey,
    MeetingKey,
    RecordData,
    SinceText,
    TimeText,
)

MeetingMoves = Annotated[Sequence[RecordData], "meeting.json#/properties/moved"]
MeetingCancellation = Annotated[RecordData, "meeting.json#/properties/cancelled"]


class DecisionTold(TypedDict):
    """A decision as papers tell it: its result with the arithmetic."""

    id: DecisionKey
    item: int | None
    title: str
    matter: str
    subject: str | None
    state: str
    closed: DayText | None
    votes: dict[str, int]
    announced: dict[str, int]
    without_ballot: list[str]
    majority: dict[str, Any]
    elected: list[str]
    verdict: str | None
    turns: dict[str, dict[str, str]]
    reason: str | None


class AgendaPoint(TypedDict):
    """A point of an agenda."""

    item: int | None
    kind: str
    title: str | None


class RollCallTold(TypedDict):
    """A roll call by names."""

    n: int
    at: TimeText
    present: list[str]


class ProxyTold(TypedDict):
    """Who was represented by whom."""

    principal: str
    holder: str


class MeetingHead(TypedDict):
    """A meeting as its papers begin."""

    meeting: MeetingKey
    network: str
    kind: str
    title: str | None
    opens: TimeText
    ends: TimeText | None
    mode: str | None
    city: str | None
    summit: MeetingKey | None
    group: str | None
    convened_by: str | None
    requested_by: list[str]
    chair: str | None
    moved: MeetingMoves
    cancelled: MeetingCancellation | None
    agenda: list[AgendaPoint]
    motions: list[str]


class NoticePaper(MeetingHead):
    """A convening notice."""

    proof_of_proxy: bool


class MinutesPaper(MeetingHead):
    """The minutes of a meeting, and what a Final Report tells of it."""

    roll_calls: list[RollCallTold]
    proxies: list[ProxyTold]
    quorum: QuorumShown | None
    observers: list[str]
    decisions: list[DecisionTold]
    signed_by: list[str]
    report: RecordData


class PresidencyTold(TypedDict):
    """Who presided, since when."""

    city: str | None
    since: SinceText | None


class MeetingTold(TypedDict):
    """A meeting in a report."""

    meeting: MeetingKey
    kind: str
    day: DayText
    title: str | None
    city: str | None


class ActivityPaper(TypedDict):
    """The activity report of a year."""

    network: str
    year: int
    presidencies: list[PresidencyTold]
    meetings: list[MeetingTold]
    admitted: list[str]
    decisions: list[DecisionTold]
    duties: list[DutyRow]


OfficeHeld = TypedDict("OfficeHeld", {"office": str, "from": SinceText, "until": DayText | None})
OfficeHeld.__doc__ = "An office a city held."
GroupLed = TypedDict("GroupLed", {"group": str, "from": Any})
GroupLed.__doc__ = "A group a city led."


class PartTaken(TypedDict):
    """How a city took part in a meeting."""

    meeting: MeetingKey
    kind: str
    day: DayText
    part: str


class DossierPaper(MemberRow):
    """A member's dossier: what it is to the network, its offices, its participation."""

    mayor: MayorNamed | None
    country_name: str
    declaration: DayText | None
    ceremony: MeetingKey | None
    intervals: list[Interval]
    suspensions: list[SuspensionRow]
    offices: list[OfficeHeld]
    groups: list[GroupLed]
    meetings: list[PartTaken]
    votes: dict[str, int]
    decisions: list[DecisionTold]


class SheetsPaper(TypedDict):
    """The sheets of a meeting: who may vote, what is put."""

    meeting: MeetingKey
    kind: str
    opens: TimeText
    agenda: list[AgendaPoint]
    quorum: QuorumShown


class MembershipPaper(MemberRow):
    """A certificate of membership."""

    mayor: MayorNamed | None
    declaration: DayText | None
    ceremony: MeetingKey | None


class DecisionPaper(DecisionTold):
    """A decision as a paper."""

    body: str
    meeting: MeetingKey | None
    grounds: str | None
