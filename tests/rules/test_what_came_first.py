"""What a notice of leaving came after was there before it; what comes with it is judged by it."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from b40cli.acts.judge.judging import judge_change
from b40cli.model.finding import Finding
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
    return {f.rule for f in refusals(was, now)}


def refusals(was: Records, now: Records) -> list[Finding]:
    """What refuses a change."""
    changed = [path for path in now if was.get(path) != now[path]]
    found = judge_change(registry(was), registry(now), changed, DAY, blob=no_bytes)
    return [f for f in found if f.kind == "validity"]


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


@pytest.mark.parametrize(
    ("came", "refused"),
    [([], False), (["2026-07-01"], True), (["2026-03-01"], True), (["2026-02-01"], True)],
)
def test_an_expert_entered_after_the_notice_in_the_same_group(
    came: list[str], refused: bool
) -> None:
    """Those who were there before stand, whatever else is written of the group."""
    was = before("2026-03-01")
    noticed(was, NAMED)
    now = deepcopy(was)
    now[EXPERTS]["experts"] = [*map(expert, came), {**expert("2026-03-01"), "until": "2026-06-01"}]
    assert ("experts-from-members" in refusing(was, now)) == refused


@pytest.mark.parametrize("again", [False, True])
def test_a_notice_entered_after_the_notice(again: bool) -> None:
    """Of a city that gave notice before it was known to be gone: that stands, a third does not."""
    was = records()
    noticed(was, {"known": {"on_record": [f"members/{GONE}"]}}, "former_withdrawals")
    was[MEMBER]["withdrawal"] = {"received": "2026-02-02", "effective": "2027-01-01"}
    now = deepcopy(was)
    if again:
        now[MEMBER]["withdrawal"] = {"received": "2026-02-03", "effective": "2027-01-01"}
    else:
        now[MEMBER]["former_names"] = [{"name": "Valea", "until": "2025-02-02"}]
    assert ("withdrawal-at-year-end" in refusing(was, now)) == again


def test_a_seat_entered_after_the_notice_in_the_same_term() -> None:
    """A seat by office that was on record stands; one that comes later does not."""
    was, term = records(), "committee/2026"
    seat = {"seat": "former", "city": GONE, "ground": "presidencies/2025", "from": "2026-03-01"}
    was[f"registry/{term}.yaml"]["seats"].append(seat)
    noticed(was, {"known": {"on_record": [term]}})
    now = deepcopy(was)
    now[f"registry/{term}.yaml"]["seats"].append(seat | {"from": "2026-07-01"})
    strange = [f.message for f in refusals(was, now) if "not a member" in f.message]
    assert strange == [f"Seat former of {GONE}: it is not a member on 2026-07-01."]
