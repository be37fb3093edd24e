"""A proxy that is entered after the roll was called, and what is learnt of its cities later on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acts.scene import Office, scene
from tests.invented import OTHERS, SEVEN

EC = "2026-03-20-ec"
PRINCIPAL, HOLDER = SEVEN[5], SEVEN[4]
TIMES = ("--sent-secretary", "2026-03-19T09:00", "--sent-president", "2026-03-19T09:00")


@pytest.mark.parametrize("first", ["roll", "proxy"])
@pytest.mark.parametrize("rule_set", [1, 2])
def test_a_dismissal_of_an_earlier_day_is_recorded(
    first: str, rule_set: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever was entered first: what was known of the seats then is frozen with the proxy."""
    (tmp_path / "paper.pdf").write_text("x")
    at = Office(scene(tmp_path, "assembly", rule_set=rule_set), capsys)
    at.asks("meeting", "convene", "ec", "--opens", "2026-03-20T10:00", on="2026-03-11")
    there = [city for city in SEVEN if city != PRINCIPAL]
    roll = ("meeting", "roll-call", EC, "--present", ",".join(there))
    paper = ("--document", str(tmp_path / "paper.pdf"), *TIMES)
    proxy = ("proxy", "give", EC, "--from", PRINCIPAL, "--to", HOLDER, *paper)
    for words in (roll, proxy) if first == "roll" else (proxy, roll):
        at.asks(*words, on="2026-03-20")
    dismissed = ("--subject", PRINCIPAL, "--meeting", "2026-03-10-ga")
    voted = ("--for", ",".join((*SEVEN, *OTHERS)))
    asked = ("decision", "record", "committee-dismissal", *dismissed, *voted)
    answer = at.asks(*asked, "--grounds", "So.")
    assert answer["result"]["state"] == "adopted"
    assert at.asks("check", on="2026-03-21")["result"]["counts"]["validity"] == 0
    at.asks("audit", on=None)
