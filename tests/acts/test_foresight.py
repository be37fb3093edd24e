"""Terms to come: whoever is said to fit is let through by the judge, and nobody else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from b40cli.acts.opened.view import open_view
from b40cli.acts.reads.doctor import doctor
from b40cli.acts.reads.foresight import seats_ahead, terms_ahead
from tests.acts.scene import Office, scene
from tests.invented import SEVEN

MAYORS = {
    "members/al-aldmar": [
        {"name": "Ana", "capacity": "mayor", "from": "2025-05-01", "until": "2026-10-01"}
    ],
    "members/bg-vodengrad": [
        {"name": "Boro", "capacity": "mayor", "from": "2025-05-01", "until": "2029-05-01"}
    ],
}
ON = date(2026, 4, 10)


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    given = {path: {"mayors": mayors} for path, mayors in MAYORS.items()}
    return Office(scene(tmp_path, given=given), capsys)


def test_who_can_preside_and_why_the_others_cannot(at: Office) -> None:
    """One mandate is long enough, one is too short, of the others nothing is known."""
    first, second = terms_ahead(open_view(at.folder, ON), 2)
    assert first["first"] == "bg-vodengrad"
    why = {each["city"]: " ".join(each["why"]) for each in first["candidates"] if not each["can"]}
    assert "2026-10-01" in why["al-aldmar"] and "Art. 11" in why["al-aldmar"]
    assert "does not know" in why["gr-lykonisi"] and len(why) == 11
    assert second["year"] == first["year"] + 1
    told = at.asks("presidency", "plan", "--years", "2", on="2026-04-10")["result"]
    assert told["years"][0]["first"] == "bg-vodengrad"
    assert "years" not in at.asks("presidency", "plan", on="2026-04-10")["result"]


def test_who_gave_notice_will_have_left(tmp_path: Path) -> None:
    notice = {"received": "2026-03-01", "effective": "2027-01-01"}
    given = {
        "members/bg-vodengrad": {"mayors": MAYORS["members/bg-vodengrad"], "withdrawal": notice}
    }
    ahead = terms_ahead(open_view(scene(tmp_path, given=given), ON), 2)
    there = ["bg-vodengrad" in [each["city"] for each in term["candidates"]] for term in ahead]
    assert there == [True, False]


def test_who_may_be_elected_in_the_terms_to_come(at: Office) -> None:
    first, second = seats_ahead(open_view(at.folder, ON), 2)
    now = {each["city"]: each for each in first["cities"]}
    assert not now[SEVEN[0]]["can"] and now["xk-gurmal"]["can"]
    assert {each["city"] for each in second["cities"]} == now.keys()
    told = at.asks("committee", "plan", "--years", "2", on="2026-04-10")["result"]["years"]
    assert told == [first, second]


def test_a_clone_is_looked_over(at: Office) -> None:
    checks = {c["what"]: c for c in doctor(open_view(at.folder, ON), ON).result["checks"]}
    assert checks["identity"]["well"] and not checks["remote"]["well"]
    assert "git remote add" in (checks["remote"]["cure"] or "")
    assert not checks["clock"]["well"] and "2026-11-23" in checks["clock"]["says"]
    (at.folder / "registry/members/al-aldmar.yaml").write_text("id: al-aldmar\n")
    told = at.asks("doctor", on=None, exits=3)
    assert not told["ok"]
