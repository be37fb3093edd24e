"""Days and moments: legal days are days in Istanbul, periods are half-open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

LEGAL_ZONE = "Europe/Istanbul"
# Each country of the region has one zone; Kosovo* has none of its own in the list of zones.
ZONES: Mapping[str, str] = {
    "al": "Europe/Tirane",
    "ba": "Europe/Sarajevo",
    "bg": "Europe/Sofia",
    "hr": "Europe/Zagreb",
    "gr": "Europe/Athens",
    "xk": "Europe/Belgrade",
    "me": "Europe/Podgorica",
    "mk": "Europe/Skopje",
    "ro": "Europe/Bucharest",
    "rs": "Europe/Belgrade",
    "si": "Europe/Ljubljana",
    "tr": "Europe/Istanbul",
}


class Since(NamedTuple):
    """The day something began; `exact` is false where only `attested by that day` is known."""

    day: date
    exact: bool

    def __str__(self) -> str:
        return str(self.day) if self.exact else f"by {self.day}"


class Moment(NamedTuple):
    """A place in the order of acts: a day and, inside a meeting, the agenda item.

    Item 0 is the opening of the meeting, before any of its own effects; without an item it is the
    end of the day.
    """

    day: date
    meeting: str | None = None
    item: int | None = None


def since_of(value: str | Mapping[str, Any]) -> Since:
    """Read `2024-01-31` or `{by: 2024-01-31}`."""
    if isinstance(value, str):
        return Since(date.fromisoformat(value), True)
    return Since(date.fromisoformat(value["by"]), False)


def day_of(value: str | None) -> date | None:
    """Read a day, or nothing."""
    return None if value is None else date.fromisoformat(value)


def time_of(value: str | None) -> datetime | None:
    """Read an RFC 3339 time; a bare day or nothing gives None."""
    return None if value is None or len(value) == 10 else datetime.fromisoformat(value)


@lru_cache(maxsize=1 << 12)
def legal_day(value: str) -> date:
    """The day in Istanbul of a day or of an RFC 3339 time."""
    if len(value) == 10:
        return date.fromisoformat(value)
    if value.endswith("+03:00"):
        return date.fromisoformat(value[:10])
    from zoneinfo import ZoneInfo

    return datetime.fromisoformat(value).astimezone(ZoneInfo(LEGAL_ZONE)).date()


@lru_cache(maxsize=1 << 12)
def day_at(value: str, place: str, zone: str) -> date:
    """The calendar day of a moment where another one is written, in a place of that zone."""
    if len(value) == 10 or value[19:] == place[19:]:
        return date.fromisoformat(value[:10])
    there = time_of(place)
    if there is None:
        return legal_day(value)
    return datetime.fromisoformat(value).astimezone(clock_of(there, zone)).date()


def clock_of(moment: datetime, zone: str) -> tzinfo | None:
    """The clock by which a moment is written: the zone's, which is changed in spring and autumn.

    One that is written otherwise than the zone's clock showed it keeps its offset.
    """
    from zoneinfo import ZoneInfo

    clock = ZoneInfo(zone)
    return clock if moment.astimezone(clock).utcoffset() == moment.utcoffset() else moment.tzinfo


def covers(start: Since, end: date | None, day: date) -> bool:
    """Whether [start, end) contains the day."""
    return start.day <= day and (end is None or day < end)


def year_after(day: date) -> date:
    """The first day of the year after."""
    return date(day.year + 1, 1, 1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    from calendar import monthrange

    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
