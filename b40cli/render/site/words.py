"""Days and results as the pages have them."""

from __future__ import annotations

from datetime import date

from b40cli.model.wording import brief, on_day

SIGNS = {"adopted": "✓", "rejected": "✗", "invalid": "✗", "withdrawn": "–"}
DUTIES = {
    "overdue": "! overdue",
    "due": "· due",
    "met": "✓ met",
    "met-late": "✓ met late",
    "acknowledged": "· missed, acknowledged",
    "not-on-record": "· not on record",
}
RULES = {
    "validity": "validity: no effect without it",
    "duty": "duty: owed, and reported when missed",
    "note": "note: told, never refused",
}


def day(text: str) -> str:
    """A day in words: 24 January 2026."""
    return on_day(date.fromisoformat(text[:10]))


def short(text: str) -> str:
    """A day for tables: 24 Jan 2026."""
    return brief(date.fromisoformat(text[:10]))


def since(text: str) -> str:
    """When something began, where only the latest possible day may be known."""
    if text.startswith("by "):
        return f"by {day(text[3:])}; its first day is not on record"
    return f"since {day(text)}"


def moment(text: str) -> str:
    """A day, or a day with its time and offset: 26 January 2027, 10:00 (UTC+01:00)."""
    if len(text) == 10:
        return day(text)
    return f"{day(text)}, {text[11:16]} (UTC{text[19:] if text[19:] != 'Z' else '+00:00'})"


def span(opens: str, ends: str | None) -> str:
    """From when to when: 25 to 27 January 2026."""
    if ends is None or ends[:10] == opens[:10]:
        return day(opens)
    if ends[:7] == opens[:7]:
        return f"{int(opens[8:10])} to {day(ends)}"
    return f"{day(opens)} to {day(ends)}"


def number(value: int) -> str:
    """A count with its thousands parted."""
    return f"{value:,}"


def plain(name: str) -> str:
    """A key in words."""
    return name.replace("-", " ")


def result(state: str, *, alone: bool) -> tuple[str, str]:
    """The sign and the word of a result; who decides alone has decided."""
    return SIGNS.get(state, "·"), "decided" if alone and state == "adopted" else state
