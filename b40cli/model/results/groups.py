"""Results about working groups and observers."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from b40cli.model.facts.observer import ObserverState
from b40cli.model.results.shapes import (
    CityKey,
    CountryCode,
    DayText,
    DecisionKey,
    RecordData,
    SinceText,
)


class ExpertNamed(TypedDict):
    """An expert and the city that named them."""

    name: str
    city: CityKey


class GroupRow(TypedDict):
    """A working group with its leader, experts and programme on a day."""

    id: str
    name: str
    kind: str
    since: SinceText | None
    until: DayText | None
    leader: CityKey | None
    experts: list[ExpertNamed]
    programme: DecisionKey | None
    submitted: bool
    year: int | None
    meetings: int | None


class Groups(TypedDict):
    """The working groups."""

    groups: list[GroupRow]


class GroupDecided(TypedDict):
    """A decision of the President on a group; without it where it was so already."""

    group: str
    id: NotRequired[DecisionKey]
    state: NotRequired[Literal["adopted"]]
    matter: NotRequired[str]
    leader: NotRequired[CityKey]


class ExpertRecorded(TypedDict):
    """An expert as recorded."""

    group: str
    expert: Annotated[RecordData, "group.json#/properties/experts/items"]


class ProgrammeSubmitted(TypedDict):
    """A yearly work programme as submitted."""

    group: str
    programme: Annotated[RecordData, "group.json#/properties/programmes/items"]


class ObserverRow(TypedDict):
    """Who asked, who is invited to what, until when."""

    id: CityKey
    name: str
    kind: str
    country: CountryCode | None
    state: ObserverState
    requested: DayText | None
    invited_to: list[str]
    ended: DayText | None


class Observers(TypedDict):
    """The list of observers."""

    observers: list[ObserverRow]


class ObserverAsked(TypedDict):
    """A request for observer status."""

    id: CityKey
    name: str
    kind: str
    request: NotRequired[Annotated[RecordData, "observer.json#/properties/request"]]


class ObserverDecided(TypedDict):
    """The President's decision on an observer; `id` is the observer where it was so already."""

    id: str
    state: NotRequired[Literal["adopted"]]
    matter: NotRequired[str]
    observer: NotRequired[CityKey]
