"""Results about meetings, proxies and the Annual Summit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, NotRequired, TypedDict

from b40cli.model.finding import Basis
from b40cli.model.results.rolls import QuorumCalled
from b40cli.model.results.shapes import (
    CityKey,
    DayText,
    HashedDocument,
    MeetingKey,
    RecordData,
    TimeText,
)

Convened = Annotated[RecordData, "meeting.json"]
Dispatched = Annotated[RecordData, "meeting.json#/properties/dispatches/items"]
DeclarationSigned = Annotated[RecordData, "meeting.json#/properties/closing_declaration"]
ReportTaken = Annotated[RecordData, "meeting.json#/properties/report"]


class MeetingRow(TypedDict):
    """A meeting on record."""

    id: MeetingKey
    kind: str
    opens: TimeText
    basis: Basis
    roll_calls: int
    moved: bool
    cancelled: bool


class Meetings(TypedDict):
    """The meetings on record, by day."""

    meetings: list[MeetingRow]


class PlannedAnew(TypedDict, total=False):
    """What of a meeting's plan was set right."""

    title: str
    city: str
    half_days: int
    language: str


class MeetingMoved(TypedDict):
    """When a meeting opens now, when it was to before, what else changed, what rests on it."""

    meeting: MeetingKey
    opens: TimeText
    moved: Annotated[Sequence[RecordData], "meeting.json#/properties/moved"]
    changed: PlannedAnew
    rests: list[str]


class MeetingCancelled(TypedDict):
    """That a meeting was cancelled, and what rested on it."""

    meeting: MeetingKey
    cancelled: Annotated[RecordData, "meeting.json#/properties/cancelled"]
    rests: list[str]


class AgendaWritten(TypedDict):
    """The agenda as it is recorded."""

    meeting: MeetingKey
    agenda: Annotated[Sequence[RecordData], "meeting.json#/properties/agenda"]


class NoticeSent(TypedDict):
    """A convening notice as it is recorded."""

    meeting: MeetingKey
    notice: Annotated[RecordData, "meeting.json#/properties/notice"]


class RulesAnnounced(TypedDict):
    """When the rules of participation were announced."""

    meeting: MeetingKey
    participation_rules: Annotated[RecordData, "meeting.json#/properties/participation_rules"]


class Consulted(TypedDict):
    """When the Presidents were consulted."""

    meeting: MeetingKey
    consulted: Annotated[RecordData, "meeting.json#/properties/consulted"]


class DelegationRecorded(TypedDict):
    """Who comes for a city, and who heads them."""

    meeting: MeetingKey
    delegation: Annotated[RecordData, "meeting.json#/properties/delegations/items"]


class MeetingDeclined(TypedDict):
    """What a city said beforehand that it will not do at a meeting."""

    meeting: MeetingKey
    declined: list[Annotated[RecordData, "meeting.json#/properties/declined/items"]]


class RollCalled(TypedDict):
    """A roll call, and what it means for the quorum."""

    meeting: MeetingKey
    roll_call: Annotated[RecordData, "meeting.json#/properties/roll_calls/items"]
    quorum: QuorumCalled | None


class MeetingClosed(TypedDict):
    """When a meeting closed."""

    meeting: MeetingKey
    closes: TimeText


class MinutesFiled(TypedDict):
    """The minutes that were filed."""

    meeting: MeetingKey
    minutes: HashedDocument


ProxyState = Literal["revoked", "void", "proof-missing", "rests", "stands"]


class ProxySaid(TypedDict):
    """What the judge says of a proxy."""

    rule: str
    kind: str
    message: str


class ProxyRow(TypedDict):
    """A proxy, whether it stands, and its proofs."""

    principal: CityKey
    holder: CityKey
    state: ProxyState
    document: bool
    sent: dict[str, str]
    received: dict[str, str]
    said: list[ProxySaid]


class Proxies(TypedDict):
    """The proxies given for a meeting."""

    meeting: MeetingKey
    proxies: list[ProxyRow]


class ProxyAsked(TypedDict):
    """A proxy that would still count; `given`: its proof alone is missing."""

    principal: CityKey
    holder: CityKey
    given: bool


class Solved(TypedDict):
    """The best quorum that can still be reached: whom to ask, and on whom it hangs.

    `held`: its roll was called; what is told was so then.
    """

    meeting: MeetingKey
    on: DayText
    held: bool
    coming: list[CityKey]
    represented: dict[str, CityKey]
    required: int
    counted: int
    best: int
    met: bool
    ask: list[ProxyAsked]
    left: list[CityKey]
    critical: list[CityKey]


class ProxyRecorded(TypedDict):
    """A proxy given or revoked, or when its proof was sent or received."""

    meeting: MeetingKey
    principal: CityKey
    holder: CityKey
    document: NotRequired[HashedDocument]
    sent: NotRequired[dict[str, str]]
    received: NotRequired[dict[str, str]]
    revoked: NotRequired[TimeText]


class SummitStep(TypedDict):
    """A step before or at a Summit."""

    what: str
    state: Literal["done", "to do"]
    due: str
    command: str


class Piece(TypedDict):
    """A piece of a meeting: done or missing, by whom, by when, with which command."""

    what: str
    state: Literal["done", "missing"]
    due: DayText
    owes: str
    command: str


class Prepared(TypedDict):
    """What a meeting still needs."""

    meeting: MeetingKey
    title: str
    opens: TimeText
    pieces: list[Piece]
    missing: int


class SummitPlan(TypedDict):
    """What is still to do for an Annual Summit, and who signs at it."""

    year: int
    summit: MeetingKey | None
    host: CityKey | None
    steps: list[SummitStep]
    ceremony: list[CityKey]
