"""A departure that is entered after what rests on the membership: that stands as it was known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acted_once import acted_once
from tests.acts.scene import ALL, DAY, SITTING, Office, scene
from tests.acts.test_in_silence import EC, GA, HELD, sound
from tests.acts.test_vacant_presidency import read_as
from tests.invented import OTHERS, SEVEN, SHA

GROUP, GONE, PAPER = "local-climate-action", "ro-valea-alba", "decision.txt"
OTHER = "local-democracy-and-migration"
LEFT = ("member", "withdraw", GONE, "--received", "2025-12-03")
THERE = [city for city in (*SEVEN, *OTHERS) if city != "tr-camliova"]
PAPERS, SENT = (
    {"sha256": SHA},
    dict.fromkeys(("secretary", "president"), "2026-03-20T09:00:00+03:00"),
)
PRINCIPAL, HOLDER = "tr-camliova", "xk-gurmal"
NOTICED = {
    "notice": {**HELD[f"meetings/{GA}"]["notice"], "motions": ["GA-2026-001"]},
    # As 0.1.0 recorded it: nothing is frozen that was known.
    "roll_calls": [{"n": 1, "at": f"{GA[:10]}T10:00:00+03:00", "present": THERE}],
    "proxies": [{"principal": PRINCIPAL, "holder": HOLDER, "document": PAPERS, "sent": SENT}],
}
GIVEN: dict[str, dict[str, Any]] = {
    **HELD,
    f"meetings/{GA}": HELD[f"meetings/{GA}"] | NOTICED,
    f"members/{SEVEN[0]}": {
        "mayors": [{"name": "Petar Uzor", "capacity": "mayor", "from": "2023-11-06"}]
    },
    "decisions/2026/GA-2026-001": {
        "id": "GA-2026-001",
        "body": "general-assembly",
        "matter": "removal",
        "subject": f"members/{GONE}",
        "title": "Removal of Valea Alba",
        "meeting": GA,
        "item": 1,
        "grounds": "Hostile",
        "proposed": "2026-03-01",
        "state": "proposed",
    },
    f"groups/{GROUP}": {"id": GROUP, "name": "Local Climate Action", "kind": "permanent"},
}


@pytest.fixture(params=[1, 2])
def at(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Office:
    office = Office(scene(tmp_path, "meeting", given=GIVEN, rule_set=request.param), capsys)
    (office.folder / PAPER).write_text("Decided.\n")
    taken_for_a_member(office)
    return office


@acted_once
def taken_for_a_member(at: Office) -> None:
    """A city that is to leave is a candidate, leads a group, sends an expert and is suspended."""
    candidates = ("--term", "2027", "--candidate", f"{GONE},{SEVEN[1]}", "--grounds", "So")
    held = ("--meeting", EC, "--for", ALL)
    at.asks("decision", "record", "candidates", *candidates, *held)
    at.asks("group", "lead", GROUP, GONE, *signed(at), on="2026-03-26")
    at.asks("group", "expert", GROUP, "Ana Primer", "--city", GONE, on="2026-03-27")
    at.asks("member", "suspend", GONE, "--grounds", "Silence", *signed(at), on="2026-03-28")


def signed(at: Office) -> tuple[str, str]:
    return "--evidence", str(at.folder / PAPER)


def refused(at: Office, *words: str) -> set[str]:
    found = at.asks(*words, on=None, exits=1)["findings"]
    return {f["rule"] for f in found if f["kind"] == "validity"}


def learnt(found: dict[str, Any]) -> set[str]:
    """The rules that tell of a city that it was no member, as was learnt since."""
    return {f["rule"] for f in found["findings"] if "as was learnt since" in f["message"]}


def test_a_notice_of_leaving_that_is_entered_late(at: Office) -> None:
    """Recorded, and told; what is entered after it is judged by it."""
    assert learnt(at.asks(*LEFT, on=None)) == {
        *("candidates-from-the-committee", "experts-from-members"),
        *("leader-designated-by-president", "suspension-by-president-or-committee"),
    }
    sound(at)
    at.asks("review", "HEAD~5..HEAD", on=None)
    at.asks("group", "lead", GROUP, SEVEN[1], *signed(at), on="2026-04-01")
    again = refused(at, "group", "lead", GROUP, GONE, *signed(at))
    assert "leader-designated-by-president" in again
    again = refused(at, "group", "expert", GROUP, "Eva Primer", "--city", GONE)
    assert "experts-from-members" in again


def test_a_notice_names_what_was_there_alone(at: Office) -> None:
    """No hand names more than was on record before, and none takes it away, or adds it later."""
    at.asks(*LEFT, on=None)
    path = at.folder / f"registry/members/{GONE}.yaml"
    whole, named = path.read_text("utf-8"), "decisions/2026/EC-2026-001"
    assert named in whole
    for other in (SITTING.removeprefix("registry/").removesuffix(".yaml"), "decisions/2026/X"):
        path.write_text(whole.replace(named, other.replace("X", "EC-2026-009")), "utf-8")
        assert "closed-records-are-immutable" in refused(at, "check", "--base", "HEAD~1")
        assert "closed-records-are-immutable" in refused(at, "check", "--base", "HEAD")


def test_a_removal_that_is_entered_late(at: Office) -> None:
    """The vote of an Assembly whose minutes came after what rests on the membership."""
    at.asks("decision", "open", "GA-2026-001", on=GA[:10])
    at.asks("decision", "vote", "GA-2026-001", "--for", "all", on=GA[:10])
    told = at.asks("decision", "close", "GA-2026-001", on=GA[:10])
    assert told["result"]["state"] == "adopted"
    assert learnt(told) == {
        *("experts-from-members", "leader-designated-by-president"),
        "suspension-by-president-or-committee",
    }
    record = at.asks("show", "GA-2026-001", on=None)["result"]["record"]
    assert f"groups/{GROUP}" in record["known"]["on_record"]
    sound(at)


def test_a_succession_that_is_entered_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends a membership as a removal does: what rests on that stands as it was known."""
    office = Office(scene(tmp_path, "meeting", given=GIVEN, rule_set=2), capsys)
    (office.folder / PAPER).write_text("Decided.\n")
    taken_for_a_member(office)
    office.asks("member", "withdraw", GONE, "--received", "2026-03-29", on="2026-03-29")
    merged = ("--effect", "succession", "--subject", SEVEN[1], "--succeeds", GONE)
    words = ("decision", "record", "resolution", "--statutes-silent", *merged)
    told = office.asks(*words, "--meeting", EC, "--for", ALL)
    assert learnt(told) == {
        *("experts-from-members", "leader-designated-by-president"),
        *("suspension-by-president-or-committee", "withdrawal-at-year-end"),
    }
    sound(office)


def test_a_suspension_entered_after_a_later_one_was_lifted(at: Office) -> None:
    """The President lifted the President's own; the committee's, entered late, goes on."""
    at.asks("member", "reinstate", GONE, *signed(at), on="2026-03-30")
    words = ("decision", "record", "suspension", "--subject", GONE, "--grounds", "Silence")
    told = at.asks(*words, "--meeting", EC, "--for", ALL)
    assert told["result"]["state"] == "adopted"
    assert GONE in at.asks("roll", on="2026-04-01")["result"]["suspended"]
    again = refused(at, "member", "reinstate", GONE, *signed(at))
    assert "suspension-by-president-or-committee" in again
    sound(at)


def test_a_suspension_that_runs_beside_the_one_that_is_lifted_is_told(at: Office) -> None:
    """The committee's, entered late, runs beside the President's: one alone is lifted."""
    words = ("decision", "record", "suspension", "--subject", GONE, "--grounds", "Silence")
    at.asks(*words, "--meeting", EC, "--for", ALL)
    at.asks("member", "reinstate", GONE, *signed(at), on="2026-03-30")
    assert f"{GONE} stays suspended: EC-2026-002 of 2026-03-10 goes on" in at.message()
    assert GONE in at.asks("roll", on="2026-04-01")["result"]["suspended"]
    sound(at)
    later = ("--opens", "2026-04-10T10:00", "--requested-by", ",".join(SEVEN[:2]))
    at.asks("meeting", "convene", "ec", *later, on="2026-04-01")
    at.asks("meeting", "roll-call", "2026-04-10-ec", "--present", ALL, on="2026-04-10")
    held = ("--meeting", "2026-04-10-ec", "--for", ALL)
    at.asks("decision", "record", "reinstatement", "--subject", GONE, *held, on="2026-04-10")
    assert "stays suspended" not in at.message()
    assert GONE not in at.asks("roll", on="2026-04-11")["result"]["suspended"]
    sound(at)


def test_a_suspension_learnt_after_a_meeting_of_0_1_0(at: Office) -> None:
    """An Assembly without a vote, held on a proxy: it stands as it was held, and that is told."""
    suspend = ("member", "suspend", PRINCIPAL, "--grounds", "Silence", *signed(at))
    told = at.asks(*suspend, on="2026-03-15")["findings"]
    assert [f["kind"] for f in told if f["rule"] == "proxy-holder-is-member"] == ["note"]
    sound(at)


def test_a_removal_names_nothing_that_comes_with_it(at: Office) -> None:
    """One who is written beside it by hand was not on record before."""
    other = f"registry/groups/{OTHER}.yaml"
    at.asks("decision", "open", "GA-2026-001", on=GA[:10])
    at.asks("decision", "vote", "GA-2026-001", "--for", "all", on=GA[:10])
    at.asks("decision", "close", "GA-2026-001", on=GA[:10])
    path = at.folder / "registry/decisions/2026/GA-2026-001.yaml"
    expert = f"experts:\n  - {{name: Eva Primer, city: {GONE}, from: 2026-07-01}}\n"
    text = at.text(f"registry/groups/{GROUP}.yaml").split("leaders:")[0]
    text = text.replace(GROUP, OTHER).replace(
        "Local Climate Action", "Local Democracy and Migration"
    )
    (at.folder / other).write_text(text + expert, "utf-8")
    whole = path.read_text("utf-8")
    named = whole.replace(f"groups/{GROUP}", f"groups/{GROUP}, groups/{OTHER}")
    assert named != whole
    path.write_text(named, "utf-8")
    assert "closed-records-are-immutable" in refused(at, "check", "--base", "HEAD~1")


@pytest.mark.parametrize("rule_set", [1, 2])
@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ({}, ("withdraw", "--received", "2026-02-20")),
        ({"INT_21": "no"}, ("withdraw", "--received", "2026-02-20")),
        ({"INT_24": "mayor"}, ("mayor", "Vera Novak", "--from", "2026-02-20")),
    ],
    ids=["notice", "no-office", "the-mayors"],
)
def test_who_kept_no_seat_is_learnt_after_a_vote_of_the_committee(
    readings: dict[str, str],
    words: tuple[str, ...],
    rule_set: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By a notice of leaving, or a new mayor: told of the vote, never held against it."""
    mayor = {"name": "Petar Uzor", "capacity": "mayor", "from": "2023-11-06"}
    given = {f"members/{city}": {"mayors": [mayor]} for city in (SEVEN[3], SEVEN[0])}
    given |= read_as(**readings)
    office = Office(scene(tmp_path, "meeting", given=given, rule_set=rule_set), capsys)
    votes = ("--for", ",".join(SEVEN[:4]), "--against", ",".join(SEVEN[4:6]))
    about = ("decision", "record", "resolution", "--title", "Bridges", "--meeting", EC)
    office.asks(*about, *votes, on=EC[:10])
    for city in (SEVEN[3], SEVEN[0]):
        office.asks("member", words[0], city, *words[1:], on="2026-11-20")
        sound(office)


@pytest.mark.parametrize("reading", ["kept", "no-vote-but-in-base"])
def test_a_proxy_in_the_committee_is_told_void_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], papers: Path, reading: str
) -> None:
    """Who keeps its vote there while suspended (INT-25) keeps the proxy to it."""
    at = Office(scene(tmp_path, given=read_as(INT_25=reading), rule_set=2), capsys)
    (at.folder / PAPER).write_text("Decided.\n")
    meeting, filed = "2026-04-10-ec", ("--sent-secretary", DAY, "--sent-president", DAY)
    at.asks("meeting", "convene", "ec", "--opens", "2026-04-10T10:00")
    proxy = ("--from", SEVEN[6], "--to", SEVEN[5], "--document", str(papers / "proxy.txt"))
    at.asks("proxy", "give", meeting, *proxy, *filed)
    at.asks("member", "suspend", SEVEN[5], "--grounds", "Silence", *signed(at), "--person", "Ana")
    (row,) = at.asks("proxy", "list", meeting)["result"]["proxies"]
    assert (": void." in at.message(), row["state"]) == (
        (False, "stands") if reading == "kept" else (True, "rests")
    )
