"""How a letter says times, votes and numbers."""

from __future__ import annotations

from datetime import date, datetime

from b40cli.model.day import time_of
from b40cli.model.wording import MEETINGS, day_in_words, on_day, weekday

CAPACITIES = {"mayor": "Mayor", "acting-mayor": "Acting Mayor", "designee": "Designee, in writing"}
LANGUAGES = {"en": "English", "fr": "French", "tr": "Turkish", "de": "German"}
SHARES = {"1/2": "half", "2/3": "two thirds", "3/4": "three quarters", "1/3": "a third"}
FEW = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def capacity(word: str) -> str:
    """As what somebody speaks for a city: `Acting Mayor`."""
    return CAPACITIES.get(word, word)


def since(text: str) -> str:
    """`since 24 January 2026`; `… at the latest` where it is only attested by that day."""
    late = " at the latest" if text.startswith("by ") else ""
    return f"since {day_in_words(text.removeprefix('by '))}{late}"


def clock(at: datetime) -> str:
    """`09.30`."""
    return f"{at.hour:02}.{at.minute:02}"


def offset(at: datetime) -> str:
    """`UTC+03:00`."""
    minutes = round((at.utcoffset() or at - at).total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def time_written(text: str) -> str:
    """`Saturday 24 January 2026, 09.30 local time (UTC+01:00)`; of a day the day alone."""
    at = time_of(text)
    when = f", {clock(at)} local time ({offset(at)})" if at else ""
    return f"{weekday(day_written(text))}{when}"


def day_written(text: str) -> date:
    """The date written in a day or a time of a record."""
    return date.fromisoformat(text[:10])


def span(opens: str, closes: str | None) -> str:
    """`Saturday 24 January 2026, from 09.30 to 17.30 (UTC+03:00)`, as far as it is known."""
    day, start, end = day_written(opens), time_of(opens), time_of(closes)
    if start is None:
        last = day_written(closes) if closes else day
        return weekday(day) if last == day else f"{on_day(day)} to {on_day(last)}"
    if end is None or end.date() != start.date():
        until = f" to {on_day(day_written(closes))}" if closes and not end else ""
        return f"{weekday(day)}, {clock(start)} ({offset(start)}){until}"
    return f"{weekday(day)}, from {clock(start)} to {clock(end)} ({offset(start)})"


def few(number: int) -> str:
    """Up to ten in words."""
    return FEW[number] if 0 <= number < len(FEW) else str(number)


def in_words(share: object) -> str:
    """A share in words where it has a word: `two thirds`."""
    return SHARES.get(str(share), str(share))


def were(number: int) -> str:
    """`was` for one, else `were`."""
    return "was" if number == 1 else "were"


def meeting_name(kind: str) -> str:
    """What a meeting of that kind is called in a sentence, with its article."""
    named = MEETINGS.get(kind, kind)
    return f"the {named}"


def sentence(text: str | None) -> str:
    """A record's text with a full stop at its end."""
    said = (text or "").strip()
    return said if said.endswith((".", "!", "?")) else f"{said}."
