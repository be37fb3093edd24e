"""The Executive Committee's seats and the presidencies, by date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import Since, day_of, since_of

EX_OFFICIO = ("president", "former", "next")
ELECTED = ("elected-1", "elected-2", "elected-3", "elected-4")
SEATS = EX_OFFICIO + ELECTED
UNKNOWN = "unknown"


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


class Presidency(NamedTuple):
    """registry/presidencies/<year>.yaml."""

    path: str
    year: int
    city: str
    mayor: str | None
    start: Since | None
    source: str | None
    approved: str | None


def seats_of(path: str, data: Mapping[str, Any]) -> tuple[Seat, ...]:
    """Decode the seats of one term."""
    return tuple(
        Seat(
            path,
            n,
            seat["seat"],
            seat["city"],
            seat.get("ground"),
            seat.get("source"),
            since_of(seat["from"]),
            day_of(seat.get("until")),
        )
        for n, seat in enumerate(data["seats"])
    )


def presidency_of(path: str, data: Mapping[str, Any]) -> Presidency:
    """Decode a presidency; it starts with the handover, or with what a source attests."""
    handover, attested = data.get("handover") or {}, data.get("attested") or {}
    start = handover.get("on") or attested.get("since")
    return Presidency(
        path=path,
        year=data["year"],
        city=data["city"],
        mayor=data.get("mayor"),
        start=None if start is None else since_of(start),
        source=attested.get("source") or handover.get("source"),
        approved=data.get("approved"),
    )
