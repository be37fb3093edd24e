"""Who held the seats when a vote of the committee opened: frozen, told, never held against it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.opened.session import open_session
from b40cli.rules.case.rule import Case
from b40cli.rules.votes.vote import Recount, recount
from tests.acts.scene import TODAY, Office, scene
from tests.acts.test_in_silence import sound
from tests.acts.test_never_taken import BETWEEN, committee
from tests.invented import SEVEN

DAY, NAME = BETWEEN[:10], "EC-2026-001"
VOTE = f"registry/decisions/2026/{NAME}.yaml"
FOUR = SEVEN[3:]


def office(folder: Path, capsys: pytest.CaptureFixture[str], rule_set: int = 2) -> Office:
    return Office(scene(folder, rule_set=rule_set), capsys)


def resigned(at: Office, city: str, on: str = "2026-04-02") -> None:
    paper = at.folder / "letter.txt"
    paper.write_text("letter\n")
    words = ("--to", "president,permanent-secretary", "--document", str(paper))
    at.asks("committee", "resign", city, *words, on=on)


def moved(at: Office) -> list[str]:
    told = at.asks("check", on="2026-11-23")["findings"]
    found = [f for f in told if f["rule"] == "earlier-seats-affected"]
    assert {f["kind"] for f in found} <= {"note"}
    return [line for f in found for line in f["facts"]["moved"]]


def counted_again(at: Office) -> Recount:
    registry = open_session(at.folder, TODAY, None).before
    decision = registry.decision(NAME)
    assert decision is not None
    found = recount(Case(None, registry, TODAY), decision)
    assert isinstance(found, Recount)
    return found


def forged(at: Office) -> dict[str, Any]:
    """What a plain check says once the result is turned over in the file."""
    file = at.folder / VOTE
    file.write_text(file.read_text().replace("state: adopted", "state: rejected"))
    return at.asks("check", on="2026-11-23", exits=1)


def test_a_seat_that_ended_before_the_vote_is_learnt_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four of seven came, one of whom had resigned: counted by the seven, today and for ever."""
    at = office(tmp_path, capsys)
    committee(at, BETWEEN, FOUR)
    resigned(at, SEVEN[6])
    sound(at)
    assert moved(at) == [f"elected-4: {SEVEN[6]} then, vacant now"]
    found = counted_again(at)
    assert not found.lost
    assert (found.quorum.base, found.quorum.required, found.quorum.counted) == (7, 4, 4)
    assert any(f["rule"] == "simple-majority" for f in forged(at)["findings"])


def test_learnt_between_the_opening_and_the_close(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = office(tmp_path, capsys)
    at.asks("meeting", "convene", "ec", "--opens", f"{DAY}T10:00", on=DAY)
    at.asks("meeting", "roll-call", BETWEEN, "--present", ",".join(FOUR), on=DAY)
    words = ("resolution", "--meeting", BETWEEN, "--title", "Bridges")
    at.asks("decision", "propose", *words, on=DAY)
    at.asks("decision", "open", NAME, on=DAY)
    known = open_session(at.folder, TODAY, None).before.content(VOTE)["known"]["seats"]
    assert [held["city"] for held in known] == list(SEVEN)
    resigned(at, SEVEN[6])
    at.asks("decision", "vote", NAME, "--for", ",".join(FOUR), on=DAY)
    closed = at.asks("decision", "close", NAME, on=DAY)["result"]
    assert (closed["state"], closed["count"]["quorum"]["counted"]) == ("adopted", 4)
    sound(at)
    assert moved(at) == [f"elected-4: {SEVEN[6]} then, vacant now"]


def test_under_the_first_set_a_vote_says_no_seats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = office(tmp_path, capsys, rule_set=1)
    committee(at, BETWEEN, FOUR)
    assert "known" not in open_session(at.folder, TODAY, None).before.content(VOTE)
    resigned(at, SEVEN[6])
    sound(at)
    assert moved(at) == [f"{SEVEN[6]} then"]
