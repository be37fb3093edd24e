"""Working groups: how long they last, who leads them, their experts and yearly programmes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import Since, day_of, since_of
from b40cli.model.source import cited_or_none


class Leader(NamedTuple):
    """The city that leads the group, by which decision or source, from when to when."""

    city: str
    start: Since
    until: date | None
    by: str | None
    source: str | None


class Expert(NamedTuple):
    """A person and the member city the person comes from."""

    name: str
    city: str
    start: Since
    until: date | None


class Programme(NamedTuple):
    """The Annual Work Programme of a year; `approved` names the committee's decision."""

    year: int
    consulted: date | None
    goals: tuple[str, ...]
    document: bool
    approved: str | None


class Group(NamedTuple):
    """registry/groups/<id>.yaml."""

    path: str
    id: str
    name: str
    kind: str
    start: Since | None
    until: date | None
    by: str | None
    source: str | None
    leaders: tuple[Leader, ...]
    experts: tuple[Expert, ...]
    programmes: tuple[Programme, ...]

    @property
    def permanent(self) -> bool:
        """Whether the statutes themselves name it."""
        return self.kind == "permanent"

    def exists_on(self, day: date) -> bool:
        """Whether the group exists that day; one that began `by` a day may be older."""
        begun = self.start is None or not self.start.exact or self.start.day <= day
        return begun and (self.until is None or day < self.until)


def _leader(data: Mapping[str, Any]) -> Leader:
    return Leader(
        data["city"],
        since_of(data["from"]),
        day_of(data.get("until")),
        data.get("by"),
        cited_or_none(data.get("source")),
    )


def _expert(data: Mapping[str, Any]) -> Expert:
    return Expert(data["name"], data["city"], since_of(data["from"]), day_of(data.get("until")))


def _programme(data: Mapping[str, Any]) -> Programme:
    return Programme(
        data["year"],
        day_of(data.get("consulted")),
        tuple(data.get("goals", ())),
        "document" in data,
        data.get("approved"),
    )


def group_of(path: str, data: Mapping[str, Any]) -> Group:
    """Decode a working group's record."""
    return Group(
        path=path,
        id=data["id"],
        name=data["name"],
        kind=data["kind"],
        start=since_of(data["since"]) if "since" in data else None,
        until=day_of(data.get("until")),
        by=data.get("by"),
        source=cited_or_none(data.get("source")),
        leaders=tuple(map(_leader, data.get("leaders", ()))),
        experts=tuple(map(_expert, data.get("experts", ()))),
        programmes=tuple(map(_programme, data.get("programmes", ()))),
    )
