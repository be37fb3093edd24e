"""The door to calendars: meetings, duties, ends of mandates and terms as iCalendar (RFC 5545).

Times are written in UTC, so that each reader shows its own; the time of the place stands in the
description. The same document gives the same bytes: no clock is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.published import Published, PublishedMeeting

OPEN_DUTIES = frozenset({"due", "overdue"})


class CalendarEntry(NamedTuple):
    """One entry: a stable key, when, and what it says."""

    key: str
    begins: date | datetime
    ends: date | datetime | None
    title: str
    says: str = ""
    place: str = ""
    category: str = "Meeting"
    moved: int = 0
    cancelled: bool = False


def as_calendar(document: Published) -> str:
    """The calendar; UsageError where the library is not installed."""
    icalendar = _library()
    network, note = document["network"], document.get("designation_note")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//b40//register//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", network["name"])
    standing = "" if network["status"] == "official" else "Unofficial: nobody has adopted it."
    about = " ".join(filter(None, (f"As of {document['on']}.", standing, note)))
    calendar.add("x-wr-caldesc", about)
    stamp = datetime.combine(date.fromisoformat(document["on"]), datetime.min.time(), UTC)
    for entry in entries(document):
        calendar.add_component(_event(icalendar, entry, stamp))
    return str(calendar.to_ical().decode("utf-8"))


def entries(document: Published) -> Iterator[CalendarEntry]:
    """What stands in the calendar, in the order of the document."""
    names = {member["id"]: member["name"] for member in document["members"]}
    yield from (_meeting(meeting, names) for meeting in document["meetings"])
    for duty in document["duties"]:
        if duty["due"] and duty["state"] in OPEN_DUTIES:
            of = f"{duty['of']} {duty['subject'] or ''}".strip()
            yield _day(
                f"duty-{duty['duty']}-{of.replace(' ', '-').replace('/', '-')}",
                duty["due"],
                f"Due: {duty['duty'].replace('-', ' ')} ({of})",
                f"Owed by {duty['owner']} ({duty['article']}).",
                "Duty",
            )
    yield from _ends(document, names)


def _ends(document: Published, names: dict[str, str]) -> Iterator[CalendarEntry]:
    for member in document["members"]:
        until = member["mandate_until"]
        if until and not until.startswith("by "):
            yield _day(
                f"mandate-{member['id']}-{until}",
                until,
                f"Mandate ends: {member['mayor']}, {member['name']}",
                "",
                "Mandate",
            )
    for seat in document["seats"]:
        if seat["until"] and seat["until"] > document["on"]:
            yield _day(
                f"seat-{seat['term']}-{seat['seat']}-{seat['city']}",
                seat["until"],
                f"Seat ends: {names.get(seat['city'], seat['city'])}, "
                f"{seat['seat'].replace('-', ' ')}",
                "Executive Committee.",
                "Term",
            )


def _day(key: str, day: str, title: str, says: str, category: str) -> CalendarEntry:
    begins = date.fromisoformat(day)
    return CalendarEntry(key, begins, begins + timedelta(days=1), title, says, "", category)


def _meeting(meeting: PublishedMeeting, names: dict[str, str]) -> CalendarEntry:
    local = f"Opens {meeting['opens']} (time of the place)." if "T" in meeting["opens"] else ""
    moved = "".join(f" Moved from {day}." for day in meeting["moved_from"])
    return CalendarEntry(
        meeting["id"],
        *_span(meeting["opens"], meeting["ends"]),
        meeting["title"] or meeting["id"],
        f"{meeting['id']}. {local}{moved}".strip(),
        names.get(meeting["city"] or "", meeting["city"] or meeting["mode"] or ""),
        "Meeting",
        len(meeting["moved_from"]),
        meeting["cancelled"] is not None,
    )


def _span(opens: str, ends: str | None) -> tuple[date | datetime, date | datetime | None]:
    """From when to when; of days the end is the day after, as the format has it.

    Where the hour is known of its opening alone, a meeting of several days is told in days.
    """
    first, last = (date.fromisoformat(text[:10]) for text in (opens, ends or opens))
    if len(opens) == 10 or (ends and len(ends) == 10 and last > first):
        return first, last + timedelta(days=1)
    return _instant(opens), _instant(ends) if ends and len(ends) > 10 else None


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _event(icalendar: Any, entry: CalendarEntry, stamp: datetime) -> Any:
    event = icalendar.Event()
    event.add("uid", f"{entry.key}@b40.invalid")
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.begins)
    if entry.ends is not None:
        event.add("dtend", entry.ends)
    event.add("summary", entry.title)
    for name, text in (("description", entry.says), ("location", entry.place)):
        if text:
            event.add(name, text)
    event.add("categories", [entry.category])
    event.add("sequence", entry.moved + entry.cancelled)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.category == "Meeting" else "TRANSPARENT")
    return event


def _library() -> Any:
    try:
        import icalendar
    except ImportError:
        raise UsageError(
            "Calendars need the library icalendar, which is not installed.", "pip install icalendar"
        ) from None
    return icalendar
