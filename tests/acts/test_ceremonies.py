"""The signing ceremony is recorded after the votes of its day, whatever they turned on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acts.scene import Office, scene
from tests.invented import OTHERS, SEVEN

SUMMIT, GA, DAY = "2026-06-20-summit", "2026-06-20-ga", "2026-06-20"
CITY = "bg-rosendol"


def test_a_ceremony_after_a_vote_that_turns_on_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the reading that counts from the ceremony the newcomer would have had no vote (INT-14)."""
    signed = {f"members/{CITY}": {"declaration": {"signed": "2026-03-12"}}}
    at = Office(scene(tmp_path, "meeting", "applicant", "admission", given=signed), capsys)
    at.asks("meeting", "convene", "summit", "--opens", DAY, on="2026-06-01")
    words = ("meeting", "convene", "ga", "--opens", f"{DAY}T10:00", "--summit", SUMMIT)
    at.asks(*words, on="2026-06-01")
    at.asks("meeting", "notice", GA, "--sent", "2026-06-02T10:00", on="2026-06-02")
    everybody = (*SEVEN, *OTHERS, CITY)
    at.asks("meeting", "roll-call", GA, "--present", ",".join(everybody), on=DAY)
    at.asks("decision", "propose", "activity-report", "--meeting", GA, on=DAY)
    at.asks("decision", "open", "GA-2026-001", on=DAY)
    sides = (",".join((*everybody[:6], CITY)), ",".join(everybody[6:12]))
    at.asks("decision", "vote", "GA-2026-001", "--for", sides[0], "--against", sides[1], on=DAY)
    told = at.asks("decision", "close", "GA-2026-001", on=DAY)["result"]["readings"]
    assert told == {"verdict": "turns", "on": {"INT-14": {"ceremony": "rejected"}}}
    at.asks("member", "sign", CITY, "--ceremony", SUMMIT, on="2026-06-21")
    assert at.asks("check", on="2026-06-21")["result"]["counts"]["validity"] == 0
