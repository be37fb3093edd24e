"""What is moved, taken back or told by another fact: each limit on its very day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.facts.decision import decision_of, path_of
from b40cli.model.facts.meeting import Meeting, meeting_of
from b40cli.rules.articles.art09_leaving import _taken_back
from b40cli.rules.articles.art10_yearly import _in_the_presidents_city
from b40cli.rules.articles.groups.art14_meetings import _period
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Case
from b40cli.rules.record.rescheduled import _moved
from b40cli.rules.record.settled import _told_by_the_handover
from tests.invented import DAY, MEETING, SEVEN, meeting, records, registry

OPENS, LATER = "2026-03-10T10:00:00+03:00", "2026-04-10T10:00:00+03:00"
MOVED = {"from": OPENS, "on": "2026-03-09"}


def held(opens: str, *moved: dict[str, str]) -> Meeting:
    record = meeting(moved=list(moved)) | {"opens": opens}
    return meeting_of(f"registry/meetings/{MEETING}.yaml", record)


@pytest.mark.parametrize(
    ("before", "after", "at"),
    [
        (held(OPENS), held(LATER), []),
        (held(OPENS), held(LATER, MOVED), []),
        (held(LATER), held(LATER, MOVED), [("moved",)]),
        (held(OPENS), held(OPENS, {**MOVED, "on": "2026-03-10"}), []),
        (held(OPENS), held(OPENS, {**MOVED, "on": "2026-03-11"}), [("opens",)]),
        (held(LATER, MOVED), held(LATER, MOVED), []),
        (held(LATER, MOVED), held(OPENS, MOVED, {"from": LATER, "on": "2026-03-09"}), []),
        (held(LATER, MOVED), held(OPENS, MOVED, MOVED), [("moved",)]),
        (
            held(OPENS),
            held(OPENS, MOVED, {"from": LATER, "on": "2026-03-11"}),
            [("opens",)],
        ),
    ],
)
def test_a_meeting_is_moved_from_its_time_to_one_to_come(
    before: Meeting, after: Meeting, at: list[tuple[str, ...]]
) -> None:
    """Each time from the one before; the last of them is the one it opens at."""
    assert [breach.at for breach in _moved(after, before)] == at


@pytest.mark.parametrize(
    ("was_handed", "no_change", "said", "told"),
    [
        (False, False, {}, True),
        (True, False, {}, False),
        (False, True, {}, False),
        (False, False, {"handover": "before"}, False),
    ],
)
def test_a_handover_writes_the_side_of_a_meeting(
    was_handed: bool, no_change: bool, said: dict[str, str], told: bool
) -> None:
    """The change that brings it, into a meeting that says none."""
    content = records(2)
    if was_handed:
        term = {"year": 2027, "city": SEVEN[2], "handover": {"on": str(DAY)}}
        content["registry/presidencies/2027.yaml"] = term
    asked = registry(content)
    assert _told_by_the_handover(Case(None if no_change else asked, asked, DAY), said, DAY) is told


RETRACTS = {"id": "EC-2026-001", "body": "executive-committee", "matter": "resolution"}
RETRACTS |= {"title": "t", "subject": f"members/{SEVEN[3]}", "effect": "withdrawal-retracted"}


@pytest.mark.parametrize(
    ("received", "closed", "change", "said"),
    [
        ("2026-02-01", "2026-03-10", {}, None),
        ("2026-03-10", "2026-03-10", {}, None),
        ("2026-03-11", "2026-03-10", {}, "nothing to take back"),
        (None, "2026-03-10", {}, "nothing to take back"),
        ("2026-02-01", "2026-12-30", {}, None),
        ("2026-02-01", "2026-12-31", {}, "the membership ends with 2026-12-31"),
        ("2026-02-01", "2027-01-01", {}, "the membership ends with 2026-12-31"),
        ("2026-02-01", "2027-01-01", {"effect": "stand-in"}, None),
        ("2026-02-01", "2027-01-01", {"statutes_silent": False}, None),
        ("2026-02-01", "2027-01-01", {"state": "rejected"}, None),
        (None, "2026-03-10", {"state": "withdrawn"}, None),
    ],
)
def test_a_notice_of_leaving_is_taken_back_in_its_year(
    received: str | None, closed: str, change: dict[str, Any], said: str | None
) -> None:
    """Before 31 December."""
    content = records(2)
    if received:
        content[f"registry/members/{SEVEN[3]}.yaml"]["withdrawal"] = {"received": received}
    data = {**RETRACTS, "statutes_silent": True, "state": "adopted", "closed": closed, **change}
    decision = decision_of(path_of("EC-2026-001"), data)
    case = Case(None, registry(content), date.fromisoformat(closed))
    found = [*_taken_back(case, decision)]
    assert [(b.at, b.refs) for b in found] == [(("subject",), (RETRACTS["subject"],))] * bool(said)
    assert all(said is not None and said in breach.message for breach in found)


@pytest.mark.parametrize(
    ("reading", "of", "period"),
    [
        ("calendar", 2026, ("2026-01-01", "2027-01-01")),
        ("presidency", 2025, ("2025-01-20", "2026-01-05")),
        ("presidency", 2026, ("2026-01-05", "2027-01-26")),
        ("presidency", 2027, ("2027-01-26", "2028-01-26")),
        ("presidency", 2028, None),
        ("presidency", 2029, None),
    ],
)
def test_the_year_of_a_working_group(reading: str, of: int, period: tuple[str, str] | None) -> None:
    """From a handover to the next, twelve months where none has followed; of an exact day only."""
    content = records()
    for year, more in (
        (2027, {"handover": {"on": "2027-01-26"}}),
        (2028, {"attested": {"since": {"by": "2028-06-01"}, "source": "founding-list"}}),
    ):
        content[f"registry/presidencies/{year}.yaml"] = {"year": year, "city": SEVEN[2], **more}
    asked = registry(content)
    law = law_on(asked, DAY).varied("INT-19", reading)
    found = _period(asked, of, law)
    assert (found and tuple(map(str, found))) == period


@pytest.mark.parametrize(
    ("city", "presides", "there"),
    [
        (SEVEN[0], True, True),
        (SEVEN[1], True, False),
        (None, True, False),
        (SEVEN[0], False, False),
        (None, False, False),
    ],
)
def test_a_youth_summit_is_in_the_president_s_city(
    city: str | None, presides: bool, there: bool
) -> None:
    """One of no place is in nobody's city, whether somebody presides or not."""
    content = records()
    if not presides:
        for path in ("presidencies/2025", "presidencies/2026", "committee/2026"):
            del content[f"registry/{path}.yaml"]
    record = meeting() | {"kind": "youth-summit"} | ({"city": city} if city else {})
    met = meeting_of(f"registry/meetings/{MEETING}.yaml", record)
    assert _in_the_presidents_city(registry(content), met) is there
