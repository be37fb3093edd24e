"""What a closed record knew of other records when it was closed: its `known:` block."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import since_of
from b40cli.model.facts.member import Mayor
from b40cli.model.ref import stated


class KnownHead(NamedTuple):
    """Who headed a city, as it was known; `until` is the end of the mandate where that was."""

    city: str
    name: str
    capacity: str
    person: str | None
    until: date | None
    ended_by: bool


class Known(NamedTuple):
    """The block as a whole; a part is None where the record's rules asked nothing of it."""

    heads: tuple[KnownHead, ...] | None
    seats: tuple[tuple[str, str], ...] | None
    leaders: tuple[str, ...] | None
    on_record: tuple[str, ...] | None = None

    def head_of(self, city: str) -> KnownHead | None:
        """Who headed a city, where the block says."""
        return next((head for head in self.heads or () if head.city == city), None)


def known_of(data: Mapping[str, Any] | None) -> Known | None:
    """Decode the block; None where the record has none."""
    if data is None:
        return None
    seats, leaders = data.get("seats"), data.get("leaders")
    return Known(
        None if "heads" not in data else tuple(map(_head, data["heads"])),
        None if seats is None else tuple((seat["seat"], seat["city"]) for seat in seats),
        None if leaders is None else tuple(leaders),
        None if "on_record" not in data else tuple(data["on_record"]),
    )


def _head(data: Mapping[str, Any]) -> KnownHead:
    end = since_of(data["until"]) if "until" in data else None
    return KnownHead(
        data["city"],
        data["name"],
        data["capacity"],
        data.get("person"),
        end.day if end else None,
        end is not None and not end.exact,
    )


def head_record(city: str, mayor: Mayor) -> dict[str, Any]:
    """One of the `heads` as a record writes it."""
    end = None if mayor.until is None else str(mayor.until)
    told: dict[str, Any] = {
        "city": city,
        "person": mayor.person,
        "name": mayor.name,
        "capacity": mayor.capacity,
        "until": {"by": end} if mayor.ended_by else end,
    }
    return stated(told)
