"""Observers: who asked for the status, who was invited, and until when."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from b40cli.model.day import day_of
from b40cli.model.source import cited, cited_or_none

ObserverState = Literal["requested", "invited", "ended", "listed"]
STATES: tuple[ObserverState, ...] = get_args(ObserverState)
KINDS = ("local-government", "association", "international")


class Population(NamedTuple):
    """How many people live there, in which year, and who says so."""

    people: int
    year: int | None
    source: str


class Invitation(NamedTuple):
    """The President's invitation to the General Assembly (`ga`) or to a working group (`wg`)."""

    to: str
    group: str | None
    on: date
    by: str | None
    source: str | None
    until: date | None
    ended_by: str | None


class Ended(NamedTuple):
    """The first day on which it is no longer an observer, and the decision that ended it."""

    on: date
    by: str | None


class Observer(NamedTuple):
    """registry/observers/<id>.yaml."""

    path: str
    id: str
    name: str
    kind: str
    country: str | None
    population: Population | None
    aims: tuple[str, ...]
    source: str | None
    requested: date | None
    ended: Ended | None
    invitations: tuple[Invitation, ...]

    def ends_of(self, invitation: Invitation) -> Iterator[tuple[date, str | None]]:
        """The first days on which an invitation no longer holds, and the decision behind each."""
        if invitation.until is not None:
            yield invitation.until, invitation.ended_by
        if self.ended is not None and invitation.on < self.ended.on:
            yield self.ended.on, self.ended.by


def _population(data: Mapping[str, Any] | None) -> Population | None:
    return (
        None if data is None else Population(data["count"], data.get("year"), cited(data["source"]))
    )


def _invitation(data: Mapping[str, Any]) -> Invitation:
    return Invitation(
        data["to"],
        data.get("group"),
        date.fromisoformat(data["on"]),
        data.get("by"),
        cited_or_none(data.get("source")),
        day_of(data.get("until")),
        data.get("ended_by"),
    )


def _ended(data: Mapping[str, Any] | None) -> Ended | None:
    return None if data is None else Ended(date.fromisoformat(data["on"]), data.get("by"))


def observer_of(path: str, data: Mapping[str, Any]) -> Observer:
    """Decode an observer's record."""
    return Observer(
        path=path,
        id=data["id"],
        name=data["name"],
        kind=data["kind"],
        country=data.get("country"),
        population=_population(data.get("population")),
        aims=tuple(data.get("aims", ())),
        source=cited_or_none(data.get("source")),
        requested=day_of((data.get("request") or {}).get("received")),
        ended=_ended(data.get("ended")),
        invitations=tuple(map(_invitation, data.get("invitations", ()))),
    )
