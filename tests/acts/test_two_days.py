"""An Assembly of two days votes and acts on both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.main import main
from b40cli.cli.request import options
from tests.acts.scene import Office, scene
from tests.acts.test_meetings import kept
from tests.acts.test_rescheduling import asks, lawful
from tests.invented import records

GA = "2026-03-20-ga"
ONE, TWO, THREE = "2026-03-20", "2026-03-21", "2026-03-22"
CITIES = sorted(path[17:-5] for path in records() if path.startswith("registry/members/"))


@pytest.fixture
def at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Office:
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{TWO}T20:00:00+0300")
    office = Office(scene(tmp_path), capsys)
    decided = ("--city", "rs-srebrni-brod", "--ends", TWO)
    asks(office, "meeting", "convene", "ga", "--opens", f"{ONE}T09:30", *decided)
    for city in CITIES[:2]:
        move = ("decision", "propose", "removal", "--subject", city, "--grounds", "Silence")
        asks(office, *move, "--meeting", GA)
    motions = ("--motion", "GA-2026-001", "--motion", "GA-2026-002")
    asks(office, "meeting", "notice", GA, "--sent", "2026-03-10T12:00", *motions)
    items = ("removal=GA-2026-001", "removal=GA-2026-002", "resolution", "handover")
    agenda = [word for item in items for word in ("--item", item)]
    asks(office, "meeting", "agenda", GA, *agenda)
    asks(office, "meeting", "roll-call", GA, "--present", ",".join(CITIES), on=ONE)
    return office


def vote(at: Office, name: str, day: str, cities: list[str], **more: Any) -> dict[str, Any]:
    asks(at, "decision", "open", name, on=day)
    asks(at, "decision", "vote", name, "--for", ",".join(cities), on=day)
    return asks(at, "decision", "close", name, on=day, **more)


def test_votes_on_both_days(at: Office) -> None:
    """What the second day decides binds the items after it on that day."""
    assert vote(at, "GA-2026-001", ONE, CITIES[2:])["result"]["state"] == "adopted"
    assert vote(at, "GA-2026-002", TWO, CITIES[2:])["result"]["state"] == "adopted"
    roll = kept(at, "registry/decisions/2026/GA-2026-002.yaml")["roll"]
    assert len(roll["entitled"]) == len(CITIES) - 1
    rest = ("--title", "Bridges", "--meeting", GA, "--item", "3", "--for", ",".join(CITIES[2:]))
    asks(at, "decision", "record", "resolution", *rest, on=TWO)
    third = kept(at, "registry/decisions/2026/GA-2026-003.yaml")
    assert (third["closed"], len(third["roll"]["entitled"])) == (TWO, len(CITIES) - 2)
    assert lawful(at)


def test_a_suspension_between_the_days(at: Office) -> None:
    """Whoever is suspended on the evening of the first day has no vote on the second."""
    signed = at.folder / "signed.txt"
    signed.write_text("signed\n")
    why = ("--grounds", "Silence", "--person", "Ivo", "--evidence", str(signed))
    asks(at, "member", "suspend", CITIES[3], *why, on=ONE)
    asks(at, "decision", "open", "GA-2026-001", on=TWO)
    roll = kept(at, "registry/decisions/2026/GA-2026-001.yaml")["roll"]
    assert CITIES[3] in roll["suspended"]
    assert lawful(at)


def test_the_quorum_of_both_days_is_of_the_first_roll_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who is suspended on the second was there when the roll was called (set 2)."""
    at = Office(scene(tmp_path, rule_set=2), capsys)
    asks(at, "meeting", "convene", "ga", "--opens", f"{ONE}T09:30", "--ends", TWO)
    asks(at, "meeting", "notice", GA, "--sent", "2026-03-10T12:00")
    asks(at, "meeting", "roll-call", GA, "--present", ",".join(CITIES[4:]), on=ONE)
    (at.folder / "signed.txt").write_text("signed\n")
    why = ("--grounds", "Silence", "--person", "Ivo", "--evidence", str(at.folder / "signed.txt"))
    asks(at, "member", "suspend", CITIES[5], *why, on=TWO)
    put = ("decision", "record", "resolution", "--title", "Bridges", "--meeting", GA)
    rest = [*CITIES[4:5], *CITIES[6:]]
    told = asks(at, *put, "--for", ",".join(rest), on=TWO)["result"]
    assert told["count"]["quorum"] == {"required": 8, "counted": 8, "met": True}
    assert (told["state"], told["count"]["majority"]["base"]) == ("adopted", 7)
    assert lawful(at)


def test_without_a_day_it_is_today_while_it_sits(
    at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second roll call and a vote on the second day are of that day."""
    from datetime import date

    with monkeypatch.context() as patch:
        patch.setattr(options, "clock", lambda: date.fromisoformat(TWO))
        at.asks("meeting", "roll-call", GA, "--present", ",".join(CITIES[:9]), on=None)
        for words in (("open",), ("vote", "--for", ",".join(CITIES[:9])), ("close",)):
            at.asks("decision", words[0], "GA-2026-002", *words[1:], on=None)
    assert kept(at, f"registry/meetings/{GA}.yaml")["roll_calls"][1]["at"][:10] == TWO
    assert kept(at, "registry/decisions/2026/GA-2026-002.yaml")["closed"] == TWO
    assert main(["-C", str(at.folder), "meeting", "minutes", GA, "--on", TWO]) == 0
    assert "Roll call 2 on 21 March 2026 at" in at.capsys.readouterr().out
    assert lawful(at)


def test_nothing_on_a_third_day(at: Office) -> None:
    assert vote(at, "GA-2026-001", TWO, CITIES[2:])["ok"]
    asks(at, "decision", "open", "GA-2026-002", on=TWO)
    asks(at, "decision", "vote", "GA-2026-002", "--for", ",".join(CITIES[2:]), on=TWO)
    refused = asks(at, "decision", "close", "GA-2026-002", on=THREE, exits=1)["findings"]
    assert "dates-in-order" in {finding["rule"] for finding in refused}
