"""Removed from participation alone (INT-44): what every read tells of such a member."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acts.scene import Office, content, scene
from tests.acts.test_vacant_presidency import read_as

LATER = "2026-11-23"
STOCK = ("assembly", "removal")


@pytest.mark.parametrize(
    ("reading", "member", "suspended"),
    [("membership-ends", False, False), ("participation-ends", True, True)],
)
def test_what_is_told_of_it(
    reading: str,
    member: bool,
    suspended: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It stays on the roll without a vote, as a suspended one is; its standing says removed."""
    given = read_as(INT_44=reading)
    removed = next(
        record["id"]
        for path, record in content(*STOCK, given=given, rule_set=2).items()
        if "/members/" in path and "removal" in record
    )
    at = Office(scene(tmp_path, *STOCK, given=given, rule_set=2), capsys)
    roll = at.asks("roll", on=LATER)["result"]
    assert (removed in roll["members"], removed in roll["suspended"]) == (member, suspended)
    assert removed not in roll["voting"]
    page = at.asks("city", removed, on=LATER)["result"]
    assert (page["standing"], page["vote"], page["seats"]) == ("removed", False, [])
    shown = at.asks("member", "show", removed, on=LATER)["result"]
    assert (shown["standing"], shown["suspended"]) == ("removed", suspended)
    assert [each["suspended"] for each in shown["intervals"]] == [False, suspended]
