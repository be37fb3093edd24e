"""Days and moments: what day it legally is, and which days a period holds."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

import pytest

from b40cli.model.day import Since, covers, day_of, legal_day, since_of, time_of
from b40cli.model.wording import weekday

EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2026-12-31T20:59:59Z", EVE),
        ("2026-12-31T21:00:00Z", NEW_YEAR),
        ("2026-12-31T23:59:59+03:00", EVE),
        ("2027-01-01T00:00:00+03:00", NEW_YEAR),
        ("2026-12-31T22:00:00+01:00", NEW_YEAR),
        ("2027-01-01T00:30:00+04:00", EVE),
        ("2026-12-31T16:00:00-05:00", NEW_YEAR),
        ("2026-12-31", EVE),
        # Before September 2016 Istanbul had winter time: then midnight fell at 22:00 UTC.
        ("2015-12-31T21:30:00Z", date(2015, 12, 31)),
        ("2015-12-31T22:30:00Z", date(2016, 1, 1)),
    ],
)
def test_legal_day(time: str, day: date) -> None:
    """The day in Istanbul, whatever zone the time is written in."""
    assert legal_day(time) == day


def test_legal_day_hour_by_hour() -> None:
    """Two days of hours, written in three zones: the same moment is the same day."""
    start = datetime.fromisoformat("2026-12-31T00:00:00+00:00")
    for hour in range(48):
        moment = start + timedelta(hours=hour)
        expected = (moment + timedelta(hours=3)).replace(tzinfo=None).date()
        for zone in ("+00:00", "+03:00", "-08:00"):
            there = datetime.fromisoformat(f"2026-01-01T00:00:00{zone}").tzinfo
            assert legal_day(moment.astimezone(there).isoformat()) == expected, (moment, zone)


def test_covers_half_open() -> None:
    """The first day is in, the last is out; where two periods meet, one holds the day."""
    start, end = Since(date(2026, 3, 10), True), date(2026, 4, 1)
    days = [date(2026, 3, 9) + timedelta(days=n) for n in range(24)]
    held = [day for day in days if covers(start, end, day)]
    assert (held[0], held[-1]) == (date(2026, 3, 10), date(2026, 3, 31))
    later = Since(end, True)
    assert all(covers(start, end, day) + covers(later, None, day) == 1 for day in days[1:])


def test_covers_empty_and_endless() -> None:
    """A period that ends where it begins holds no day; one without an end holds all later ones."""
    start = Since(EVE, True)
    assert not covers(start, EVE, EVE)
    assert covers(start, None, date(2999, 1, 1))


def test_since() -> None:
    """Known to the day, or only attested by a day: told apart, and told."""
    assert since_of("2024-01-31") == Since(date(2024, 1, 31), True)
    assert since_of({"by": "2024-01-31"}) == Since(date(2024, 1, 31), False)
    assert str(since_of({"by": "2024-01-31"})) == "by 2024-01-31"
    assert str(since_of("2024-01-31")) == "2024-01-31"


def test_times() -> None:
    """A bare day is no time; nothing is nothing."""
    assert time_of("2026-03-10") is None
    assert time_of(None) is None
    assert time_of("2026-03-10T10:00:00+03:00") == time_of("2026-03-10T07:00:00Z")
    assert day_of(None) is None
    assert day_of("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "2026-00-10"])
def test_no_such_day(text: str) -> None:
    """A day that is in no calendar is refused, not moved."""
    with pytest.raises(ValueError):
        day_of(text)


def test_every_month_and_weekday_has_its_name() -> None:
    days = [date(2026, month, month) for month in range(1, 13)]
    assert [weekday(day) for day in days] == [
        f"{day:%A} {day.day} {day:%B} {day.year}" for day in days
    ]
    week = [date(2026, 11, day) for day in range(23, 30)]
    assert [weekday(day).split()[0] for day in week] == [*calendar.day_name]
