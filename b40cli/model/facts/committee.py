"""The Executive Committee's seats and the presidencies, by date."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeGuard

from b40cli.model.day import Since, day_of, since_of
from b40cli.model.finding import Basis
from b40cli.model.ref import ref_of
from b40cli.model.source import cited_or_none

EX_OFFICIO = ("president", "former", "next")
ELECTED = ("elected-1", "elected-2", "elected-3", "elected-4")
SEATS = EX_OFFICIO + ELECTED
UNKNOWN = "unknown"


class Extended(NamedTuple):
    """A seat that lasts longer than it would, by a resolution."""

    by: str
    until: date


class StandIn(NamedTuple):
    """Who stands in while a presidency is vacant, by which resolution."""

    city: str
    by: str
    start: date
    until: date | None


class Seat(NamedTuple):
    """Who holds a seat, on what ground, from when to when."""

    path: str
    n: int
    seat: str
    city: str
    ground: str | None
    source: str | None
    start: Since
    until: date | None
    ended_by: str | Mapping[str, Any] | None = None
    extended: Extended | None = None

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        return "attested" if self.source else "judged"

    @property
    def term(self) -> int:
        """The year of the term it is recorded under."""
        return int(ref_of(self.path).id)

    @property
    def resigned(self) -> date | None:
        """The day its holder resigned, if that ended it."""
        return day_of(self.ended_by["resigned"]) if isinstance(self.ended_by, Mapping) else None


class Committee(NamedTuple):
    """registry/committee/<year>.yaml: the seats of a term, and the day all members were told that
    the whole committee resigned."""

    path: str
    seats: tuple[Seat, ...]
    announced: date | None


class Presidency(NamedTuple):
    """registry/presidencies/<year>.yaml; the city is empty while only refusals are on record.

    `handover` is the recorded one; `start` is its day, or what a source attests. `mandate` is what
    the approval rested on: the day the year was counted from, and the end of the mayor's mandate.
    """

    path: str
    year: int
    city: str
    mayor: str | None
    start: Since | None
    source: str | None
    approved: str | None
    candidates: str | None = None
    handover: Mapping[str, Any] | None = None
    agenda: str | Mapping[str, Any] | None = None
    mandate: Mapping[str, str] | None = None
    departure: Mapping[str, str] | None = None
    declined: tuple[Mapping[str, Any], ...] = ()
    stand_ins: tuple[StandIn, ...] = ()

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        return "attested" if self.source else "judged"


def committee_of(path: str, data: Mapping[str, Any]) -> Committee:
    """Decode the committee of one term."""
    seats = tuple(
        Seat(
            path,
            n,
            seat["seat"],
            seat["city"],
            seat.get("ground"),
            cited_or_none(seat.get("source")),
            since_of(seat["from"]),
            day_of(seat.get("until")),
            seat.get("ended_by"),
            _extended(seat.get("extended")),
        )
        for n, seat in enumerate(data["seats"])
    )
    return Committee(path, seats, day_of((data.get("announced") or {}).get("sent")))


def _extended(data: Mapping[str, str] | None) -> Extended | None:
    return None if data is None else Extended(data["by"], date.fromisoformat(data["until"]))


def _stand_in(data: Mapping[str, Any]) -> StandIn:
    start, until = date.fromisoformat(data["from"]), day_of(data.get("until"))
    return StandIn(data["city"], data["by"], start, until)


def presidency_of(path: str, data: Mapping[str, Any]) -> Presidency:
    """Decode a presidency; it starts with the handover, or with what a source attests."""
    handover, attested = data.get("handover") or {}, data.get("attested") or {}
    start = handover.get("on") or attested.get("since")
    return Presidency(
        path=path,
        year=data["year"],
        city=data.get("city", ""),
        mayor=data.get("mayor"),
        start=None if start is None else since_of(start),
        source=cited_or_none(attested.get("source") or handover.get("source")),
        approved=data.get("approved"),
        candidates=data.get("candidates"),
        handover=data.get("handover"),
        agenda=data.get("agenda"),
        mandate=data.get("mandate"),
        departure=data.get("departure"),
        declined=tuple(data.get("declined", ())),
        stand_ins=tuple(map(_stand_in, data.get("stand_ins", ()))),
    )


def names_decision(ground: object) -> TypeGuard[str]:
    """Whether what a seat rests on, or is ended by, is a decision's id."""
    return isinstance(ground, str) and ground[2:3] == "-"
