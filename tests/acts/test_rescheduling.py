"""A meeting moved, a meeting cancelled: the record stays, and tells what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acted_once import acted_once
from tests.acts.scene import Office, scene
from tests.acts.test_meetings import kept
from tests.invented import SEVEN

ALL = ",".join(SEVEN)
ONE, TWO = "2026-03-20-ec", "2026-03-24-ec"
PATH = f"registry/meetings/{ONE}.yaml"


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    office = Office(scene(tmp_path, "applicant"), capsys)
    convened(office)
    return office


@acted_once
def convened(at: Office) -> None:
    at.asks("meeting", "convene", "ec", "--opens", "2026-03-20T10:00", "--ends", "2026-03-21")


def asks(at: Office, *words: str, on: str = "2026-03-10", exits: int = 0) -> dict[str, Any]:
    return at.asks(*words, on=on, exits=exits)


def lawful(at: Office) -> bool:
    """Check, review and audit refuse nothing."""
    words = (("check",), ("review", "HEAD~1..HEAD"), ("audit",))
    return all(at.asks(*each, on=None)["ok"] for each in words)


def rules(answer: dict[str, Any], kind: str = "validity") -> list[str]:
    return [finding["rule"] for finding in answer["findings"] if finding["kind"] == kind]


def test_a_meeting_moved_keeps_its_id(at: Office) -> None:
    """Its time is another, its last day and its title move along, what it was stays."""
    result = asks(at, "meeting", "move", ONE, "--opens", "2026-03-24T11:00")["result"]
    moved = [{"from": "2026-03-20T10:00:00+03:00", "on": "2026-03-10"}]
    assert (result["opens"], result["moved"]) == ("2026-03-24T11:00:00+03:00", moved)
    record = kept(at, PATH)
    assert (record["id"], record["ends"], record["moved"]) == (ONE, "2026-03-25", moved)
    assert record["title"] == "Meeting of the Executive Committee, 2026-03-24"
    asks(at, "meeting", "roll-call", ONE, "--present", ALL, on="2026-03-20", exits=1)
    asks(at, "meeting", "roll-call", ONE, "--present", ALL, on="2026-03-24")
    assert at.asks("quorum", ONE, on="2026-03-24")["result"]["met"]
    assert at.asks("quorum", ONE, on="2026-03-23")["result"]["counted"] == 0
    for day, calls in (("2026-03-23", 0), ("2026-03-24", 1)):
        (row,) = at.asks("meeting", "list", on=day)["result"]["meetings"]
        assert row["roll_calls"] == calls
    vote = ("--subject", "bg-rosendol", "--meeting", ONE, "--for", ALL)
    asks(at, "decision", "record", "admission", *vote, on="2026-03-24")
    assert kept(at, "registry/decisions/2026/EC-2026-001.yaml")["closed"] == "2026-03-24"
    assert lawful(at)


def test_a_meeting_is_moved_whose_time_was_corrected(at: Office) -> None:
    """What was right stays as the time that it was to open at, whatever the correction replaced.

    Where it would end again on the day that was corrected, it is moved to another, and that too.
    """
    why = ("--why", "Misread", "--source", "founding-list")
    asks(at, "correct", ONE, "--at", "opens", "--is", "2026-03-20T09:00:00+03:00", *why)
    asks(at, "correct", ONE, "--at", "ends", "--is", "2026-03-22", *why)
    asks(at, "meeting", "move", ONE, "--opens", "2026-03-24T11:00")
    asks(at, "meeting", "move", ONE, "--opens", "2026-03-25T11:00")
    back = ("meeting", "move", ONE, "--opens", "2026-03-19T11:00")
    (refused,) = asks(at, *back, exits=2)["findings"]
    assert refused["help"].startswith("Move it with another --ends first. What was corrected once")
    asks(at, *back, "--ends", "2026-03-23")
    asks(at, "correct", ONE, "--at", "ends", "--is", "2026-03-21", *why)
    was = [entry["from"][8:13] for entry in kept(at, PATH)["moved"]]
    assert was == ["20T09", "24T11", "25T11"]
    assert lawful(at)


@pytest.mark.parametrize("rule_set", [1, 2])
def test_a_summit_is_moved_twice_whose_last_day_was_corrected(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str], rule_set: int
) -> None:
    """A resolution says that it lasts three days; where it is moved it lasts three days, too."""
    at = Office(scene(tmp_path, rule_set=rule_set), capsys)
    summit, assembly = "2026-05-20-summit", "2026-05-22-ga"
    day = "2026-03-20"
    convene = ("meeting", "convene")
    days = ("--opens", "2026-05-20", "--ends", "2026-05-21")
    asks(at, *convene, "summit", *days, "--city", "rs-srebrni-brod")
    asks(at, *convene, "ec", "--opens", f"{day}T10:00")
    asks(at, "meeting", "notice", ONE, "--sent", "2026-03-10T10:00")
    late = (*convene, "ga", "--summit", summit, "--opens", "2026-05-22T10:00")
    asks(at, *late, exits=4)
    asks(at, "meeting", "roll-call", ONE, "--present", ALL, on=day)
    about = ("--title", "Its last day", "--subject", f"meetings/{summit}", "--meeting", ONE)
    asks(at, "decision", "record", "resolution", *about, "--for", ALL, on=day)
    shown = ("--why", "Misread", "--by", "EC-2026-001", "--evidence", str(papers / "letter.txt"))
    asks(at, "correct", summit, "--at", "ends", "--is", "2026-05-22", *shown, on=day)
    asks(at, *late, on=day)
    for opens, ends in (("2026-05-27", "2026-05-29"), ("2026-06-03", "2026-06-05")):
        moved = asks(at, "meeting", "move", summit, "--opens", opens, on=day)["result"]
        record = asks(at, "show", summit, on=day)["result"]["record"]
        assert (record["opens"], record["ends"]) == (opens, ends)
        (along,) = moved["rests"]
        assert f"It does not move along: b40 meeting move {assembly} --opens {ends}T10:00" in along
        asks(at, "meeting", "move", assembly, "--opens", f"{ends}T10:00", on=day)
        assert asks(at, "check", on=day)["ok"]
        assert all(at.asks("review", f"HEAD~{n}..HEAD", on=None)["ok"] for n in (1, 2, 3))
    there = ("--present", f"{ALL},ro-valea-alba")
    asks(at, "meeting", "notice", assembly, "--sent", "2026-06-01T10:00", on="2026-06-01")
    asks(at, "meeting", "roll-call", assembly, *there, on="2026-06-05")
    assert lawful(at)


def test_a_meeting_is_moved_again(at: Office) -> None:
    """Each time it was to open stays on record; the same time again is nothing new."""
    asks(at, "meeting", "move", ONE, "--opens", "2026-03-24T11:00")
    assert asks(at, "meeting", "move", ONE, "--opens", "2026-03-24T11:00")["commit"] is None
    asks(at, "meeting", "move", ONE, "--opens", "2026-03-18T11:00", on="2026-03-11")
    assert [entry["on"] for entry in kept(at, PATH)["moved"]] == ["2026-03-10", "2026-03-11"]
    opened = {}
    for day in ("2026-03-09", "2026-03-10", "2026-03-11"):
        rows = asks(at, "meeting", "list", on=day)["result"]["meetings"]
        opened[day] = next(row["opens"][8:13] for row in rows if row["id"] == ONE)
    assert opened == {"2026-03-09": "20T10", "2026-03-10": "24T11", "2026-03-11": "18T11"}
    assert lawful(at)


def test_what_rests_on_it_is_told(at: Office, papers: Path) -> None:
    """Proxies, what is proposed for it, and whom to tell; until that is on record a note."""
    filed = ("--sent-secretary", "2026-03-09", "--sent-president", "2026-03-09")
    proxy = ("--from", SEVEN[6], "--to", SEVEN[1], "--document", str(papers / "proxy.txt"))
    asks(at, "proxy", "give", ONE, *proxy, *filed)
    asks(at, "decision", "propose", "admission", "--subject", "bg-rosendol", "--meeting", ONE)
    asks(at, "meeting", "notice", ONE, "--sent", "2026-03-09T12:00")
    answer = asks(at, "meeting", "move", ONE, "--opens", "2026-03-24T11:00", on="2026-03-11")
    told = " ".join(answer["result"]["rests"])
    assert all(word in told for word in (SEVEN[6], "EC-2026-001", "meeting notice"))
    assert "meeting-told-anew" in rules(answer, "note")
    sent = ("meeting", "notice", ONE, "--sent", "2026-03-12T09:00")
    assert "meeting-told-anew" not in rules(asks(at, *sent, on="2026-03-12"), "note")
    assert lawful(at)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("move", ONE, "--opens", "2026-03-09T10:00"), "dates-in-order"),
        (("move", TWO, "--opens", "2026-03-30T10:00"), "closed-records-are-immutable"),
        (("cancel", TWO, "--reason", "Late"), "closed-records-are-immutable"),
        (("cancel", "2026-03-24-summit", "--reason", "Late"), "dates-in-order"),
    ],
    ids=["to the past", "held and moved", "held and cancelled", "met within"],
)
def test_what_is_past_stays(at: Office, words: tuple[str, ...], rule: str) -> None:
    """Nothing is moved to the past, and what was held stays."""
    asks(at, "meeting", "convene", "summit", "--opens", "2026-03-24", "--city", SEVEN[0])
    within = ("--summit", "2026-03-24-summit", "--opens", "2026-03-24T10:00")
    asks(at, "meeting", "convene", "ec", *within)
    asks(at, "meeting", "roll-call", TWO, "--present", ALL, on="2026-03-24")
    day = "2026-03-24" if TWO in words else "2026-03-10"
    answer = asks(at, "meeting", *words, on=day, exits=1)
    assert rule in rules(answer) and lawful(at)


def test_a_day_that_passed_is_neither_moved_nor_cancelled(at: Office) -> None:
    """What was decided by then and entered late takes its own day."""
    for words in (("move", ONE, "--opens", "2026-04-24T10:00"), ("cancel", ONE, "--reason", "Ill")):
        asks(at, "meeting", *words, on="2026-03-30", exits=1)
    asks(at, "meeting", "cancel", ONE, "--reason", "Ill", on="2026-03-19")
    assert lawful(at)


def test_a_meeting_cancelled_stays_and_is_not_held(at: Office) -> None:
    """No roll, no vote, no second word; reports, lists of what comes and duties leave it out."""
    propose = ("decision", "propose", "admission", "--subject", "bg-rosendol", "--meeting", ONE)
    asks(at, *propose)
    asks(at, "meeting", "notice", ONE, "--sent", "2026-03-09T12:00")
    answer = asks(at, "meeting", "cancel", ONE, "--reason", "Strike", on="2026-03-11")
    assert answer["result"]["cancelled"] == {"on": "2026-03-11", "reason": "Strike"}
    assert {"meeting-told-anew", "rests-on-a-cancelled-meeting"} <= set(rules(answer, "note"))
    again = ("meeting", "cancel", ONE, "--reason")
    assert asks(at, *again, "Strike", on="2026-03-12")["commit"] is None
    asks(at, *again, "Rain", on="2026-03-12", exits=1)
    asks(at, "meeting", "roll-call", ONE, "--present", ALL, on="2026-03-20", exits=1)
    asks(at, "meeting", "move", ONE, "--opens", "2026-03-28T10:00", on="2026-03-12", exits=1)
    record = ("decision", "record", "resolution", "--title", "Bridges", "--meeting", ONE)
    asks(at, *record, "--for", ALL, on="2026-03-20", exits=1)
    asks(at, "meeting", "dispatch", ONE, "--sent", "2026-03-12", on="2026-03-12")
    asks(at, "decision", "withdraw", "EC-2026-001", on="2026-03-12")
    owed = at.asks("duty", "list", on="2026-04-20")["result"]["duties"]
    assert not [duty for duty in owed if duty["of"] == ONE]
    told = at.asks("report", "activity", on="2026-04-20")["result"]
    assert ONE not in [meeting["meeting"] for meeting in told["meetings"]]
    (row,) = at.asks("meeting", "list", on="2026-04-20")["result"]["meetings"]
    assert (row["id"], row["cancelled"]) == (ONE, True)
    assert at.asks("meeting", "notice", ONE)["result"]["cancelled"]["reason"] == "Strike"
    assert lawful(at)


def test_a_summit_moved_over_the_year_is_that_years(at: Office) -> None:
    """The year's duties go by the day it is held; cancelled, by no day."""
    asks(at, "meeting", "convene", "summit", "--opens", "2026-12-28", "--city", "rs-srebrni-brod")
    name = "2026-12-28-summit"

    def met(year: str) -> bool:
        owed = at.asks("duty", "list", "--year", year, on=None)["result"]["duties"]
        (duty,) = (d for d in owed if d["duty"] == "summit-once-a-year")
        return duty["evidence"] is not None

    assert (met("2026"), met("2027")) == (True, False)
    asks(at, "meeting", "move", name, "--opens", "2027-01-20")
    assert (met("2026"), met("2027")) == (False, True)
    asks(at, "meeting", "cancel", name, "--reason", "Strike")
    assert (met("2026"), met("2027")) == (False, False)


def test_what_is_convened_within_a_summit_is_told_with_its_command(at: Office) -> None:
    """It does not move along, and is not cancelled with it: the very words are told, and do it."""
    plan = ("--opens", "2026-05-20T10:00", "--city", "rs-srebrni-brod")
    asks(at, "meeting", "convene", "summit", *plan)
    summit, within = "2026-05-20-summit", "2026-05-21-ga"
    ga = ("--opens", "2026-05-21T09:30", "--city", "rs-srebrni-brod", "--summit", summit)
    asks(at, "meeting", "convene", "ga", *ga)
    for day in ("2026-05-19", "2026-05-22"):
        outside = ("meeting", "convene", "ec", "--opens", f"{day}T10:00", "--summit", summit)
        moved = ("meeting", "move", within, "--opens", f"{day}T10:00")
        for words in (outside, moved):
            (refused,) = asks(at, *words, exits=4)["findings"]
            assert "from 2026-05-20 to 2026-05-21" in refused["message"]
    later = ("--opens", "2026-05-27T10:00", "--city", "si-jezerna")
    (told,) = asks(at, "meeting", "move", summit, *later)["result"]["rests"]
    along = f"meeting move {within} --opens 2026-05-28T09:30 --city si-jezerna"
    planned = f"{within}, {ga[1]}. It does not move along: b40 {along}."
    assert told == f"Convened within it: {planned}"
    asks(at, *along.split())
    assert kept(at, f"registry/meetings/{within}.yaml")["opens"][:16] == "2026-05-28T09:30"
    (told,) = asks(at, "meeting", "cancel", summit, "--reason", "Strike")["result"]["rests"]
    assert told.endswith(f"b40 meeting cancel {within} --reason WHY.")
    assert at.asks("meeting", "notice", within)["result"]["summit"] is None
    asks(at, "meeting", "convene", "ec", "--opens", "2026-05-20T10:00", "--summit", summit, exits=4)
    assert lawful(at)


def test_a_paper_that_was_missing_is_taken(at: Office, papers: Path) -> None:
    """A notice, a Declaration on record: its document is added, never dropped with already so."""
    notice = ("meeting", "notice", ONE, "--sent", "2026-03-09T12:00")
    asks(at, *notice)
    paper = ("--document", str(papers / "proxy.txt"))
    assert asks(at, *notice, *paper)["commit"] is not None
    assert "document" in kept(at, PATH)["notice"]
    asks(at, "decision", "propose", "admission", "--subject", "bg-rosendol", "--meeting", ONE)
    vote = ("--subject", "bg-rosendol", "--meeting", ONE, "--for", ALL)
    asks(at, "meeting", "roll-call", ONE, "--present", ALL, on="2026-03-20")
    asks(at, "decision", "record", "admission", *vote, on="2026-03-20")
    sign = ("member", "sign", "bg-rosendol", "--signed", "2026-03-20")
    asks(at, *sign, on="2026-03-20")
    assert asks(at, *sign, *paper, on="2026-03-21")["commit"] is not None
    assert "document" in kept(at, "registry/members/bg-rosendol.yaml")["declaration"]
    assert asks(at, *sign, *paper, on="2026-03-21")["commit"] is None
    assert lawful(at)


def test_a_plan_is_set_right_until_it_opens(at: Office) -> None:
    """City, length and name of a Summit to come, each by what its note says; then no note."""
    name = "2026-05-20-summit"
    plan = ("--opens", "2026-05-20T10:00", "--city", "bg-rosendol", "--half-days", "2")
    asks(at, "meeting", "convene", "summit", *plan, "--title", "Forum")
    move = ("meeting", "move", name)
    for option in ("--half-days=3", "--title=B40 Rosendol Summit"):
        remedy = f"{move[2]} {option.replace('=', ' ', 1)}".replace('"', "")
        told = asks(at, *move, "--language", "fr", "--dry-run")["findings"]
        assert any(remedy in f["help"].replace('"', "") for f in told)
        assert asks(at, *move, option)["commit"]
    # A Summit that is called after its city is called after the next one; the hour is that there.
    answer = asks(at, *move, "--city", SEVEN[0])
    assert set(answer["result"]["changed"]) == {"city", "title"}
    record = kept(at, f"registry/meetings/{name}.yaml")
    assert record["title"] == "B40 Kamenik Summit" and record["half_days"] == 3
    assert record["opens"] == "2026-05-20T10:00:00+02:00" and SEVEN[0] == record["city"]
    assert asks(at, *move, "--city", SEVEN[0])["commit"] is None
    assert asks(at, *move, "--title", "Late", on="2026-05-21", exits=4)["commit"] is None
    assert lawful(at)
