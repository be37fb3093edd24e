"""How days, numbers, bodies, meetings and seats are said, on paper, screens and the site alike."""

from __future__ import annotations

from datetime import date

UNOFFICIAL = "This register is unofficial: nobody has adopted it."


def counted(number: int, what: str) -> str:
    """`1 act`, `2 acts`, `3 duties`."""
    changing = what.endswith("y") and what[-2:-1] not in "aeiou"
    plural = what.removesuffix("y") + "ies" if changing else f"{what}s"
    return f"{number} {what if number == 1 else plural}"


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


MEETINGS = {
    "ga": "General Assembly",
    "ec": "Executive Committee",
    "summit": "Annual Summit",
    "wg": "working group",
    "workshop": "workshop",
    "youth-summit": "Youth Summit",
    "gathering": "gathering",
}


BODIES = {
    "general-assembly": "General Assembly",
    "executive-committee": "Executive Committee",
    "president": "President",
    "mayor-of-istanbul": "Mayor of Istanbul",
    "permanent-secretary": "Permanent Secretary",
    "group-leader": "leader of the working group",
}


SEAT_NAMES = {"president": "President", "former": "former President", "next": "next President"}


def on_day(day: date) -> str:
    """`24 January 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """`Saturday 24 January 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {on_day(day)}"


def brief(day: date | None) -> str:
    """`24 Jan 2026`, for a table; empty where there is none."""
    return "" if day is None else f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def begun(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def seat_name(seat: str) -> str:
    """A seat of the committee in words."""
    return SEAT_NAMES.get(seat, "elected")
