"""Who may sign: principals, their offices and their keys."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import day_of


class Key(NamedTuple):
    """A public key and its days, half-open; `reason` says why it was ended before its time."""

    key: str
    start: date
    until: date | None = None
    reason: str | None = None

    def in_force(self, day: date) -> bool:
        """Whether it may sign on the day."""
        return self.start <= day and (self.until is None or day < self.until)


class Principal(NamedTuple):
    """A person or an office that signs; without an office it only confirms what others sign."""

    id: str
    name: str
    office: str | None
    handle: str | None
    keys: tuple[Key, ...]

    def in_force(self, day: date) -> bool:
        """Whether one of its keys may sign on the day."""
        return any(key.in_force(day) for key in self.keys)

    def holding(self, key: str) -> tuple[Key, ...]:
        """Its entries of that key: one for each period."""
        return tuple(each for each in self.keys if each.key == key)


def principals_of(data: Mapping[str, Any]) -> tuple[Principal, ...]:
    """The principals of trust/principals.yaml."""
    return tuple(_principal(entry) for entry in data["principals"])


def _principal(entry: Mapping[str, Any]) -> Principal:
    keys = tuple(_key(key) for key in entry["keys"])
    return Principal(entry["id"], entry["name"], entry.get("office"), entry.get("handle"), keys)


def _key(entry: Mapping[str, Any]) -> Key:
    start = date.fromisoformat(entry["from"])
    return Key(entry["key"], start, day_of(entry.get("until")), entry.get("reason"))
