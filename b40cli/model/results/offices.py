"""Results about the committee, the presidency and the Permanent Secretary."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from b40cli.model.finding import Basis
from b40cli.model.results.members import MayorNamed
from b40cli.model.results.shapes import (
    CityKey,
    CountryCode,
    DayText,
    DecisionKey,
    HashedDocument,
    RecordData,
    SinceText,
)

SeatName = Annotated[str, "common.json#/$defs/seat"]
SeatStanding = Literal["filled", "vacant", "unknown"]
# `asleep`: its city is suspended, and the office sleeps meanwhile (INT-37).
PresidencyWord = Literal["held", "suspended", "asleep", "vacant", "unknown"]


class Presiding(TypedDict):
    """The presidency of a day."""

    year: int
    city: CityKey
    since: SinceText


StandingIn = TypedDict(
    "StandingIn", {"city": CityKey, "by": DecisionKey, "from": DayText, "until": DayText | None}
)
StandingIn.__doc__ = "Who stands in while the presidency is vacant, or sleeps."


class SeatRow(TypedDict):
    """A seat of the committee: who holds it, since when, on what ground."""

    seat: SeatName
    state: SeatStanding
    city: CityKey | None
    since: SinceText | None
    until: DayText | None
    ground: str | None


class CommitteeShown(TypedDict):
    """The seven seats on a day, and who presides."""

    on: DayText
    complete: bool
    presidency: Presiding | None
    presidency_state: PresidencyWord
    stand_in: StandingIn | None
    seats: list[SeatRow]


class SeatEnd(TypedDict):
    """When a seat ends, and whether its city may be elected again."""

    seat: SeatName
    city: CityKey | None
    state: SeatStanding
    ends: DayText
    by: Literal["departure", "election", "handover"]
    may_be_elected: bool | None
    reason: str | None


class CommitteePlan(TypedDict):
    """How the seats end, and which countries are full."""

    on: DayText
    complete: bool
    election: DayText
    seats: list[SeatEnd]
    cities_per_country: int
    countries: dict[str, list[CityKey]]
    full: list[str]
    years: NotRequired[list[YearAhead]]
    warnings: NotRequired[list[str]]


class Resigned(TypedDict):
    """A resignation from the committee."""

    city: CityKey
    seats: list[SeatName]
    notice: RecordData


Term = TypedDict(
    "Term",
    {
        "year": int,
        "city": CityKey | None,
        "mayor": str | None,
        "from": SinceText | None,
        "until": SinceText | None,
        "approved": DecisionKey | None,
        "basis": Basis,
        "declined": list[CityKey],
        "departure": Annotated[RecordData, "presidency.json#/properties/departure"] | None,
    },
)
Term.__doc__ = "A term of the presidency."


class PresidencyShown(TypedDict):
    """Who presides on a day, who is next, and every term on record."""

    on: DayText
    president: CityKey | None
    presidency_state: PresidencyWord
    vacant: bool
    suspended: bool
    stand_in: StandingIn | None
    term: int | None
    mayor: MayorNamed | None
    next: CityKey | None
    terms: list[Term]


class CandidacyRow(TypedDict):
    """A city's place in the order of candidacies, and why."""

    place: int
    city: CityKey
    country: CountryCode
    priority: bool
    eligible: bool
    reason: str
    mandate_until: DayText | None


class Order(TypedDict):
    """The members in the order of candidacies for a term."""

    on: DayText
    term: int
    complete: bool
    reading: str
    first_round: bool
    candidacies: list[CandidacyRow]


class OfficeStep(TypedDict):
    """A step to a handover."""

    step: str
    by: DayText | None
    done: str | None
    command: str


class CandidateAhead(TypedDict):
    """A city in the order of candidacies for a term to come, and why it can or cannot."""

    city: CityKey
    country: CountryCode
    priority: bool
    can: bool
    why: list[str]
    against: list[str]
    mandate_until: DayText | None


class TermAhead(TypedDict):
    """A term to come: the first city it fits, every candidate, and where nobody fits all reasons.

    Each of `reasons` is a smallest set of the sorts in `against` that bars everybody.
    """

    year: int
    approved_by: DayText
    first: CityKey | None
    candidates: list[CandidateAhead]
    reasons: list[list[str]]


class SeatAhead(TypedDict):
    """Whether a city may take an elected seat of a term to come, and why not."""

    city: CityKey
    can: bool
    why: str | None
    leads: bool
    against: list[str]
    suspended: bool


class YearAhead(TypedDict):
    """Who may be elected for a term to come, and a rotation that fits.

    `full` are the countries that have their seats by office already. Each of `reasons` is a
    smallest set of the sorts in `against` that leaves a seat empty, whoever is elected.
    """

    year: int
    elected_on: DayText
    free: int
    cities: list[SeatAhead]
    fits: list[CityKey]
    reasons: list[list[str]]
    full: list[CountryCode]


class PresidencyPlan(TypedDict):
    """The steps to the coming handover and to the one after it, and the terms after that."""

    on: DayText
    president: CityKey | None
    term: int | None
    coming: int
    steps: list[OfficeStep]
    years: NotRequired[list[TermAhead]]
    warnings: NotRequired[list[str]]


class HandedOver(TypedDict):
    """A presidency passed on."""

    year: int
    city: NotRequired[CityKey]
    handover: NotRequired[Annotated[RecordData, "presidency.json#/properties/handover"]]


class Declined(TypedDict):
    """A city that declines the presidency of a term."""

    year: int
    city: CityKey
    on: DayText
    document: NotRequired[HashedDocument]


class Departed(TypedDict):
    """Why a term departs from the priority of capitals."""

    year: int
    departure: Annotated[RecordData, "presidency.json#/properties/departure"]


class AgendaSet(TypedDict):
    """The decision that sets the annual agenda."""

    id: DecisionKey
    year: int


class Secretary(TypedDict):
    """Who is Permanent Secretary on a day, and every appointment made by then."""

    on: DayText
    secretary: str | None
    appointments: list[RecordData]


SecretaryAppointed = TypedDict(
    "SecretaryAppointed",
    {"name": str, "id": NotRequired[DecisionKey], "from": NotRequired[DayText]},
)
SecretaryAppointed.__doc__ = "The Permanent Secretary's appointment."
