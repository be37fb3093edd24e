"""The Permanent Secretary: who was appointed, by which decision or source, from when to when."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import Since, covers, day_of, since_of


class Appointment(NamedTuple):
    """An entry of registry/secretariat.yaml."""

    name: str
    start: Since
    until: date | None
    by: str | None
    source: str | None

    def runs_on(self, day: date) -> bool:
        """Whether the person is Permanent Secretary that day."""
        return covers(self.start, self.until, day)


def appointments_of(_path: str, data: Mapping[str, Any]) -> tuple[Appointment, ...]:
    """Decode the appointments, as listed."""
    return tuple(
        Appointment(
            entry["name"],
            since_of(entry["from"]),
            day_of(entry.get("until")),
            entry.get("by"),
            entry.get("source"),
        )
        for entry in data.get("appointments", ())
    )
