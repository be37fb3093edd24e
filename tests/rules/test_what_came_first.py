"""What a notice of leaving came after was there before it; what comes with it is judged by it."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from b40cli.acts.judge.judging import judge_change
from tests.invented import Records, no_bytes, records, registry

GONE, GROUP, DAY = "ro-valea-alba", "groups/local-climate-action", date(2026, 7, 10)
MEMBER, EXPERTS = f"registry/members/{GONE}.yaml", f"registry/{GROUP}.yaml"
NAMED = {"known": {"on_record": [GROUP]}}


def before(*starts: str) -> Records:
    """A register with a group, and an expert of a city from each of the days."""
    held = records()
    whole = {"id": GROUP[7:], "name": "Local Climate Action", "kind": "permanent"}
    held[EXPERTS] = whole | ({"experts": [expert(day) for day in starts]} if starts else {})
    return held


def expert(day: str) -> dict[str, Any]:
    return {"name": f"Ana {day}", "city": GONE, "from": day}


def noticed(held: Records, late: dict[str, Any], key: str = "withdrawal") -> None:
    """A notice of 2025, in effect from 2026, comes on record."""
    notice = {"received": "2025-11-10", "effective": "2026-01-01"} | late
    held[MEMBER][key] = notice if key == "withdrawal" else [notice]


def refusing(was: Records, now: Records) -> set[str]:
    """The rules that refuse a change."""
    changed = [path for path in now if was.get(path) != now[path]]
    found = judge_change(registry(was), registry(now), changed, DAY, blob=no_bytes)
    return {f.rule for f in found if f.kind == "validity"}


@pytest.mark.parametrize("late", [{}, NAMED])
def test_a_change_does_not_excuse_itself(late: dict[str, Any]) -> None:
    was, now = before(), before("2026-07-01")
    noticed(now, late)
    assert refusing(was, now)


@pytest.mark.parametrize("key", ["withdrawal", "former_withdrawals"])
def test_a_notice_names_what_was_on_record(key: str) -> None:
    """Also one that another notice has followed, or may follow."""
    was = before("2026-03-01")
    for named, refused in ((GROUP, False), ("decisions/2031/GA-2031-001", True)):
        now = deepcopy(was)
        noticed(now, {"known": {"on_record": [named]}}, key)
        assert ("closed-records-are-immutable" in refusing(was, now)) == refused
