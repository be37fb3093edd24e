"""Results about members and applications."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from b40cli.model.finding import Basis
from b40cli.model.results.shapes import (
    CityKey,
    CountryCode,
    DayText,
    DecisionKey,
    MeetingKey,
    RecordData,
    SinceText,
)

MandateRow = TypedDict(
    "MandateRow",
    {"mayor": str, "capacity": str, "from": SinceText, "until": SinceText | None, "lapsed": bool},
)
MandateRow.__doc__ = "Who heads a city, or headed it last, and until when."


class MemberRow(TypedDict):
    """A local government on record, with its standing on a day."""

    id: CityKey
    name: str
    country: CountryCode
    standing: str
    since: SinceText | None
    basis: Basis
    suspended: bool
    mandate: NotRequired[MandateRow | None]


class Members(TypedDict):
    """Every local government on record."""

    members: list[MemberRow]


class MayorNamed(TypedDict):
    """Who heads a city."""

    name: str
    capacity: str


Interval = TypedDict(
    "Interval",
    {"standing": str, "suspended": bool, "from": DayText, "until": DayText | None, "ground": str},
)
Interval.__doc__ = "What a city was from when to when, and what brought it."

SuspensionRow = TypedDict(
    "SuspensionRow",
    {
        "from": DayText,
        "by": DecisionKey,
        "until": DayText | None,
        "lifted_by": DecisionKey | None,
        "annulled": bool,
    },
)
SuspensionRow.__doc__ = "A suspension, and what lifted it."


class MemberShown(MemberRow):
    """One member, its mayor on the day, and its record."""

    mayor: MayorNamed | None
    intervals: list[Interval]
    suspensions: list[SuspensionRow]
    record: Annotated[RecordData, "member.json"]


class ApplicationRow(TypedDict):
    """An application received, and what had come of it."""

    id: CityKey
    name: str
    received: DayText
    state: str
    outcome: DecisionKey | None
    missing: list[str]


class Applications(TypedDict):
    """Applications for membership."""

    applications: list[ApplicationRow]


class Applied(TypedDict):
    """An application as it is recorded."""

    id: CityKey
    name: str
    application: Annotated[RecordData, "member.json#/$defs/application"]


class ApplicationWithdrawn(TypedDict):
    """The day an application was taken back; null where it had been answered."""

    id: CityKey
    withdrawn: DayText | None


class Leaving(TypedDict):
    """A notice of leaving."""

    id: CityKey
    withdrawal: Annotated[RecordData, "member.json#/$defs/withdrawal"]


class MemberSigned(TypedDict):
    """A signed Declaration, and the ceremony at the Summit."""

    id: CityKey
    signed: DayText
    ceremony: MeetingKey | None


class PresidentDecided(TypedDict):
    """A suspension or reinstatement by the President."""

    id: DecisionKey
    state: Literal["adopted"]
    member: CityKey
    matter: str


class MayorRecorded(TypedDict):
    """A mayor or acting mayor, as recorded."""

    id: CityKey
    mayor: Annotated[RecordData, "member.json#/properties/mayors/items"]


class MemberTold(TypedDict):
    """What was put down of a city: contacts, a figure, a name, by their places in its record."""

    id: CityKey
    set: RecordData


class MemberRenamed(TypedDict):
    """A city's new name, and those it bore before."""

    id: CityKey
    name: str
    former_names: Annotated[list[RecordData], "member.json#/properties/former_names"]
