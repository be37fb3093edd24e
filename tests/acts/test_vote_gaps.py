"""What a vote leaves open is told: missing ballots, changed ones, totals read out otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acts.scene import Office, scene
from tests.acts.test_meetings import kept
from tests.acts.test_rescheduling import asks, rules
from tests.invented import MEETING, SEVEN

ONE = "EC-2026-001"
PATH = f"registry/decisions/2026/{ONE}.yaml"


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    office = Office(scene(tmp_path, "meeting", "applicant"), capsys)
    asks(office, "decision", "propose", "resolution", "--title", "Bridges", "--meeting", MEETING)
    asks(office, "decision", "open", ONE)
    return office


def vote(at: Office, *words: str) -> dict[str, Any]:
    return dict(asks(at, "decision", "vote", ONE, *words))


def test_who_has_no_ballot_is_named(at: Office) -> None:
    """At the close, whenever the record is checked, and in the minutes."""
    vote(at, "--for", ",".join(SEVEN[:3]), "--against", SEVEN[3])
    closed = asks(at, "decision", "close", ONE)
    told = [f for f in closed["findings"] if f["rule"] == "ballots-missing"]
    assert [f["facts"] for f in told] == [{"missing": list(SEVEN[4:]), "voters": 7}]
    assert "ballots-missing" in rules(at.asks("check"), "note")
    (decision,) = at.asks("meeting", "minutes", MEETING)["result"]["decisions"]
    assert len(decision["without_ballot"]) == 3


def test_everybody_has_one(at: Office) -> None:
    vote(at, "--for", ",".join(SEVEN[:3]), "--abstain", ",".join(SEVEN[3:]))
    assert "ballots-missing" not in rules(asks(at, "decision", "close", ONE), "note")


def test_a_ballot_that_replaces_another_says_so(at: Office) -> None:
    """From what to what; one that stays as it is says nothing."""
    assert vote(at, "--for", ",".join(SEVEN[:3]))["result"]["changed"] == []
    changed = vote(at, "--against", SEVEN[0], "--for", SEVEN[1])["result"]["changed"]
    assert changed == [{"city": SEVEN[0], "was": "for", "now": "against"}]
    assert f"{SEVEN[0]}: for becomes against." in at.message()
    before = at.commits()
    vote(at, "--for", SEVEN[1])
    assert at.commits() == before, "in what order ballots are given again is nothing new"


def test_a_tally_that_replaces_another_says_so(at: Office) -> None:
    vote(at, "--tally", "for=3,against=2")
    vote(at, "--tally", "for=4,against=2")
    assert "for: 3 becomes 4." in at.message()
    assert "against: 2 becomes" not in at.message()


@pytest.mark.parametrize(("said", "told"), [("for=7,against=0", False), ("for=6,against=1", True)])
def test_totals_read_out_are_held_against_the_count(at: Office, said: str, told: bool) -> None:
    """They stay on record, and in the minutes; a difference is a note."""
    vote(at, "--for", ",".join(SEVEN))
    closed = asks(at, "decision", "close", ONE, "--announced", said)
    assert closed["result"]["state"] == "adopted"
    assert ("announced-otherwise" in rules(closed, "note")) is told
    announced = dict(kept(at, PATH)["announced"])
    (decision,) = at.asks("meeting", "minutes", MEETING)["result"]["decisions"]
    assert decision["announced"] == announced


def test_a_vote_recorded_at_once_is_told_the_same(at: Office) -> None:
    words = ("--for", ",".join(SEVEN[:4]), "--announced", "for=5")
    said = ("decision", "record", "resolution", "--title", "Parks", "--meeting", MEETING, *words)
    assert {"ballots-missing", "announced-otherwise"} <= set(rules(asks(at, *said), "note"))


def test_how_many_are_missing_from_a_secret_vote(at: Office) -> None:
    vote(at, "--tally", "for=3,against=1")
    closed = asks(at, "decision", "close", ONE)["findings"]
    assert [f["facts"]["missing"] for f in closed if f["rule"] == "ballots-missing"] == [3]


def test_a_committee_that_one_member_called_decides_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was voted there is recorded, as invalid, with the reason."""
    called = {"convened": {"by": "executive-committee", "requested_by": [SEVEN[1]]}}
    given = {f"meetings/{MEETING}": called}
    at = Office(scene(tmp_path, "meeting", given=given, rule_set=2), capsys)
    said = ("decision", "record", "resolution", "--title", "Parks", "--meeting", MEETING)
    answer = asks(at, *said, "--for", ",".join(SEVEN))
    assert answer["result"]["state"] == "invalid"
    assert "convened-by" in answer["result"]["reason"]
