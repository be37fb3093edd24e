"""The quorum before a meeting: what delegations and proxies on record promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from b40cli.cli.main import main
from tests.acts.scene import Office, scene
from tests.acts.test_rescheduling import asks
from tests.acts.test_two_days import CITIES

GA = "2026-03-20-ga"


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    office = Office(scene(tmp_path), capsys)
    asks(office, "meeting", "convene", "ga", "--opens", "2026-03-20T10:00")
    asks(office, "meeting", "notice", GA, "--sent", "2026-03-09")
    return office


def foreseen(at: Office, *words: str) -> list[int]:
    told = asks(at, "quorum", *words)["result"]
    assert (told["present"], told["represented"], told["counted"], told["met"]) == (0, 0, 0, False)
    return [told["foreseen"][k] for k in ("present", "represented", "counted", "missing")]


def test_what_is_promised_is_counted_apart(at: Office, papers: Path) -> None:
    """Twelve members, eight needed: three delegations and one proxy leave four."""
    assert foreseen(at) == foreseen(at, GA) == [0, 0, 0, 8]
    for city in CITIES[:3]:
        asks(at, "meeting", "delegation", GA, city, "--head", "Ana")
    sent = ("--sent-secretary", "2026-03-09", "--sent-president", "2026-03-09")
    paper = ("--document", str(papers / "proxy.txt"))
    asks(at, "proxy", "give", GA, "--from", CITIES[4], "--to", CITIES[0], *paper, *sent)
    unproven = ("--from", CITIES[5], "--to", CITIES[1], *paper)
    asks(at, "proxy", "give", GA, *unproven, *sent[:2])
    assert foreseen(at, GA) == [3, 1, 4, 4]
    main(["-C", str(at.folder), "quorum", GA, "--on", "2026-03-10"])
    text = " ".join(at.capsys.readouterr().out.split())
    assert "4 still missing" in text and CITIES[4] not in text.partition("Could still")[2]


def test_who_declines_is_counted_on_no_more(at: Office) -> None:
    """Attendance, a proxy, holding one: until a delegation is recorded after all."""
    for city in CITIES[:3]:
        asks(at, "meeting", "delegation", GA, city, "--head", "Ana")
    decline = ("meeting", "delegation", GA)
    asks(at, *decline, CITIES[0], "--declines", "attendance")
    asks(at, *decline, CITIES[1], "--declines", "holding")
    asks(at, *decline, CITIES[3], "--declines", "attendance,proxy")
    assert foreseen(at, GA) == [2, 0, 2, 6]
    main(["-C", str(at.folder), "quorum", GA, "--on", "2026-03-10"])
    text = " ".join(at.capsys.readouterr().out.split())
    assert CITIES[3] in text and CITIES[3] not in text.partition("Could still")[2]
    (asked,) = asks(at, "proxy", "solve", GA)["result"]["ask"]
    assert asked["holder"] == CITIES[2] and asked["principal"] != CITIES[3]
    asks(at, *decline, CITIES[0], "--head", "Ana")
    assert foreseen(at, GA) == [3, 0, 3, 5]
    asks(at, *decline, CITIES[0], "--declines", "dinner", exits=2)


def test_after_a_failed_first_call_nothing_is_offered(at: Office) -> None:
    """The Assembly cannot cure its own quorum; the committee may call the roll again."""
    asks(at, "meeting", "roll-call", GA, "--present", ",".join(CITIES[:5]), on="2026-03-20")
    told = asks(at, "quorum", GA, on="2026-03-20")["result"]
    assert (told["missing"], told["foreseen"]) == (3, None)
    main(["-C", str(at.folder), "quorum", GA, "--on", "2026-03-20"])
    text = " ".join(at.capsys.readouterr().out.split())
    assert "Could still come" not in text and "second call" in text
