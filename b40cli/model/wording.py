"""How days, numbers, bodies, meetings and seats are said, on paper, screens and the site alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

UNOFFICIAL = "This register is unofficial: nobody has adopted it."


def counted(number: int, what: str) -> str:
    """`1 act`, `2 acts`, `3 duties`, `4 people`."""
    if number != 1:
        changing = what.endswith("y") and what[-2:-1] not in "aeiou"
        what = what.removesuffix("y") + "ies" if changing else f"{what}s"
        what = "people" if what == "persons" else what
    return f"{number} {what}"


def reported(number: int | None) -> str:
    """How many members its own sources give a network: `76 members are reported`."""
    said = "an unknown number of members" if number is None else counted(number, "member")
    return f"{said} {'is' if number == 1 else 'are'} reported"


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


def day_in_words(day: str) -> str:
    """`31 January 2024`, `by 31 January 2024`; what is no day stays."""
    by = "by " if day.startswith("by ") else ""
    try:
        return by + on_day(date.fromisoformat(day.removeprefix(by)[:10]))
    except ValueError:
        return day


def weekday(day: date) -> str:
    """`Saturday 24 January 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {on_day(day)}"


def brief(day: date | None) -> str:
    """`24 Jan 2026`, for a table; empty where there is none."""
    return "" if day is None else f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def as_told(value: Any) -> str:
    """A corrected fact as a sentence tells it: several sources in a row, `by` a day, true."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping):
        return " ".join(f"{key} {inner}" for key, inner in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value)


def listed(words: Iterable[str]) -> str:
    """`Aldmar, Brezna Luka and Zelenvar`; empty where there is none."""
    found = list(words)
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def barred_from(cities: Sequence[str], why: str) -> str:
    """Why these may not be elected again: `Lykonisi and Kamenik sit by office`."""
    between = ": " if why.startswith("undetermined") else " "
    return f"{listed(cities)}{between}{why.replace('sits', 'sit') if cities[1:] else why}"


def number_in_short(value: object) -> str:
    """A number of the statutes for a table: of a list how many."""
    return counted(len(value), "name") if isinstance(value, list) else str(value)


def begun(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def kind_name(kind: str) -> str:
    """What a meeting of a kind is called: `General Assembly`."""
    return begun(MEETINGS.get(kind, kind))


def seat_name(seat: str) -> str:
    """A seat of the committee in words."""
    return SEAT_NAMES.get(seat, "elected")


def seat_in_words(seat: str) -> str:
    """`next`: the seat of the next President; the four others are elected."""
    return f"the seat of the {SEAT_NAMES[seat]}" if seat in SEAT_NAMES else "an elected seat"


def together(said: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Of pairs of who and why, all of each reason, in the order in which the reasons come."""
    found: dict[str, list[str]] = {}
    for who, why in said:
        found.setdefault(why, []).append(who)
    return found


_MEETING = rf"(\d{{4}}-\d\d-\d\d)-({'|'.join(MEETINGS)})(?:-(.+))?"


def meeting_called(key: str, name: Callable[[str], str]) -> str:
    """From the id of a meeting what met when; nothing where it is no such id.

    `Executive Committee of 12 March 2025`; of a group its `name`.
    """
    found = re.fullmatch(_MEETING, key)
    try:
        day = on_day(date.fromisoformat(found[1])) if found else ""
    except ValueError:
        day = ""
    if not found or not day:
        return ""
    what = name(found[3]) if found[3] and found[2] == "wg" else MEETINGS[found[2]]
    return f"{begun(what)} of {day}"


# What a record without a title of its own is called, by its kind or its one file.
_RECORDS = {
    "committee": "Executive Committee of {}",
    "presidencies": "Presidency of {}",
    "duties": "Duties of {}",
    "corrections": "Correction {}",
    "forgotten": "Words forgotten, {}",
    "secretariat": "Permanent Secretary",
    "statutes/articles": "Articles of the statutes",
    "statutes/parameters": "Numbers of the statutes",
    "statutes/rulesets": "Rule sets",
    "evidence/sources": "Sources",
    "trust/principals": "Who may sign",
}


def record_title(ref: str, record: Mapping[str, Any]) -> str:
    """What a record is called: its title, its name or question, else its kind in words."""
    own = record.get("title") or record.get("name") or record.get("question")
    said = _RECORDS.get(ref) or _RECORDS.get(ref.partition("/")[0]) or "{}"
    return str(own) if own else said.format(ref.rsplit("/", 1)[-1])
