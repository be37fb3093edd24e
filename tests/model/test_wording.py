"""How things are said: each month, weekday, body, seat and kind of record by its word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.day import ZONES
from b40cli.model.facts.meeting import Meeting, meeting_of, spoken
from b40cli.model.wording import (
    BODIES,
    as_told,
    begun,
    brief,
    kind_name,
    meeting_called,
    on_day,
    record_title,
    seat_in_words,
    seat_name,
    together,
    weekday,
)

MONTHS = "January February March April May June July August September October November December"
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
CALLED = {
    "ga": "General Assembly",
    "ec": "Executive Committee",
    "summit": "Annual Summit",
    "wg": "Working group",
    "workshop": "Workshop",
    "youth-summit": "Youth Summit",
    "gathering": "Gathering",
}


def test_each_day_by_its_month_and_weekday() -> None:
    months = [on_day(date(2026, n, 3)) for n in range(1, 13)]
    assert months == [f"3 {month} 2026" for month in MONTHS.split()]
    days = [weekday(date(2026, 6, n)) for n in range(1, 8)]
    assert days == [f"{day} {n} June 2026" for n, day in enumerate(WEEKDAYS.split(), 1)]
    assert (brief(date(2026, 9, 3)), brief(None)) == ("3 Sep 2026", "")


def test_each_body_and_each_seat() -> None:
    assert [*BODIES.values()] == [
        *("General Assembly", "Executive Committee", "President", "Mayor of Istanbul"),
        *("Permanent Secretary", "leader of the working group"),
    ]
    held = ("president", "former", "next", "elected-3")
    assert [seat_name(s) for s in held] == [
        *("President", "former President", "next President", "elected")
    ]
    assert [seat_in_words(s) for s in held[1:]] == [
        *("the seat of the former President", "the seat of the next President", "an elected seat")
    ]


@pytest.mark.parametrize("kind", CALLED)
def test_each_kind_of_meeting_by_its_id(kind: str) -> None:
    assert kind_name(kind) == CALLED[kind]
    assert meeting_called(f"2025-03-12-{kind}", str.upper) == f"{CALLED[kind]} of 12 March 2025"
    group = "WATER" if kind == "wg" else CALLED[kind]
    assert meeting_called(f"2025-03-12-{kind}-water", str.upper) == f"{group} of 12 March 2025"


@pytest.mark.parametrize(
    "key", ["2025-02-30-ga", "2025-03-12", "2025-03-12-gas", "EC-2025-001", "x2025-03-12-ga", ""]
)
def test_what_is_no_meeting_is_called_nothing(key: str) -> None:
    assert meeting_called(key, str.upper) == ""


def test_other_kinds_and_beginnings() -> None:
    assert (kind_name("picnic"), begun("éa b"), begun("")) == ("Picnic", "Éa b", "")
    said = [("one", "late"), ("two", "ill"), ("three", "late")]
    assert together(said) == {"late": ["one", "three"], "ill": ["two"]}
    kinds = ("closing-declaration", "president-speech", "mayors-floor", "any-other-item")
    assert [spoken(kind) for kind in kinds] == [
        *("Closing Declaration", "speech of the President", "floor to the mayors"),
        "any other item",
    ]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (["a", 2], "a, 2"),
        ({"by": "2024-01-31", "n": 2}, "by 2024-01-31 n 2"),
        (True, "true"),
        (False, "false"),
        ("True", "True"),
        (7, "7"),
    ],
)
def test_a_fact_as_it_is_told(value: Any, told: str) -> None:
    assert as_told(value) == told


@pytest.mark.parametrize(
    ("ref", "record", "title"),
    [
        ("decisions/EC-2026-001", {"title": "T", "name": "N"}, "T"),
        ("members/al-one", {"name": "N", "question": "Q"}, "N"),
        ("statutes/interpretations/INT-01", {"question": "Q"}, "Q"),
        ("members/al-one", {}, "al-one"),
        ("committee/2026", {}, "Executive Committee of 2026"),
        ("presidencies/2026", {}, "Presidency of 2026"),
        ("duties/2026", {}, "Duties of 2026"),
        ("corrections/C-2026-001", {}, "Correction C-2026-001"),
        ("forgotten/F-2026-001", {}, "Words forgotten, F-2026-001"),
        ("secretariat", {}, "Permanent Secretary"),
        ("statutes/articles", {}, "Articles of the statutes"),
        ("statutes/parameters", {}, "Numbers of the statutes"),
        ("statutes/rulesets", {}, "Rule sets"),
        ("evidence/sources", {}, "Sources"),
        ("trust/principals", {}, "Who may sign"),
    ],
)
def test_what_a_record_is_called(ref: str, record: dict[str, Any], title: str) -> None:
    assert record_title(ref, record) == title


def held(opens: str, **more: Any) -> Meeting:
    """A meeting that opens then."""
    data = {"id": "2026-03-10-ga", "kind": "ga", "opens": opens, **more}
    return meeting_of("registry/meetings/2026-03-10-ga.yaml", data)


@pytest.mark.parametrize(
    ("opens", "day", "hour"),
    [
        ("2026-03-10T10:00:00+03:00", 9, "2026-03-10T10:00:00+03:00"),
        ("2026-03-10T10:00:00+03:00", 10, "2026-03-10T10:00:00+03:00"),
        ("2026-03-10T10:00:00+03:00", 11, "2026-03-11T10:00:00+03:00"),
        ("2026-03-10T10:00:00+03:00", 12, "2026-03-12T10:00:00+03:00"),
        ("2026-03-10T10:00:00+03:00", 13, "2026-03-10T10:00:00+03:00"),
        ("2026-03-10", 11, "2026-03-10"),
    ],
)
def test_the_hour_of_a_later_day_on_which_a_meeting_sits(opens: str, day: int, hour: str) -> None:
    assert held(opens, ends="2026-03-12").hour_on(date(2026, 3, day)) == hour


SPRING, AUTUMN = "2026-03-29T09:30:00+02:00", "2026-10-25T09:30:00+01:00"


@pytest.mark.parametrize(
    ("opens", "city", "moment", "day"),
    [
        # The clocks of the place went forward, or back, in between.
        (SPRING, "ba-brezna-luka", "2026-03-28T23:30:00+01:00", "2026-03-28"),
        (SPRING, "ba-brezna-luka", "2026-02-10T23:30:00+01:00", "2026-02-10"),
        (AUTUMN, "ba-brezna-luka", "2026-10-25T00:30:00+02:00", "2026-10-25"),
        # Told in Istanbul's time.
        (SPRING, "ba-brezna-luka", "2026-03-29T00:30:00+03:00", "2026-03-28"),
        (AUTUMN, "ba-brezna-luka", "2026-10-25T01:30:00+03:00", "2026-10-25"),
        # Opened by a clock that is not the place's, which is kept.
        (SPRING, "tr-camliova", "2026-03-28T23:30:00+01:00", "2026-03-29"),
        (AUTUMN, "tr-camliova", "2026-10-25T00:30:00+02:00", "2026-10-24"),
    ],
)
def test_the_day_of_a_moment_at_a_meetings_place(
    opens: str, city: str, moment: str, day: str
) -> None:
    assert str(held(opens, city=city).day_of(moment)) == day


def test_the_hour_of_a_later_day_after_the_clocks_went_forward() -> None:
    two_days = held("2026-03-28T09:30:00+01:00", ends="2026-03-29", city="ba-brezna-luka")
    assert two_days.hour_on(date(2026, 3, 29)) == SPRING


@pytest.mark.parametrize(
    ("more", "zone"),
    [
        ({}, "Europe/Istanbul"),
        ({"city": "bg-vodengrad"}, "Europe/Sofia"),
        ({"city": "bg-vodengrad", "mode": "online"}, "Europe/Istanbul"),
        ({"city": "at-bergstadt", "mode": "in-person"}, "Europe/Istanbul"),
    ],
)
def test_the_zone_of_a_meeting(more: dict[str, str], zone: str) -> None:
    assert held("2026-03-10", **more).zone == zone


def test_each_country_has_its_zone() -> None:
    """Kosovo* has none of its own in the list of zones."""
    own = "al:Tirane ba:Sarajevo bg:Sofia hr:Zagreb gr:Athens xk:Belgrade me:Podgorica mk:Skopje"
    own += " ro:Bucharest rs:Belgrade si:Ljubljana tr:Istanbul"
    assert {c: zone.removeprefix("Europe/") for c, zone in ZONES.items()} == {
        each[:2]: each[3:] for each in own.split()
    }


def test_a_meeting_has_ended_once_it_was_closed() -> None:
    closes = {"closes": "2026-03-10T12:00:00+03:00"}
    assert [held("2026-03-10", **more).ended for more in ({}, closes)] == [False, True]


@pytest.mark.parametrize(("moved", "day"), [((), 10), (({"from": "x"},), 9)])
def test_a_meeting_named_by_the_day_in_istanbul_has_that_day_until_it_is_moved(
    moved: tuple[dict[str, str], ...], day: int
) -> None:
    met = held("2026-03-09T23:30:00+01:00", moved=list(moved))
    assert met.day == date(2026, 3, day)
