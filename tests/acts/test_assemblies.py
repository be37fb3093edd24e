"""The way to a General Assembly, act by act: convening, notice, delegations, proxies, roll."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.store.yaml.dialect import parse
from tests.acts.scene import Office, scene
from tests.invented import OTHERS, SEVEN

GA = "2026-03-20-ga"
PATH = f"registry/meetings/{GA}.yaml"
TWELVE = (*SEVEN, *OTHERS)
A, B, C, D = "al-aldmar", "me-zalivgrad", "si-jezerna", "tr-camliova"
DAY = "2026-03-20"
CLIMATE = {"id": "local-climate-action", "name": "Local Climate Action", "kind": "permanent"}
GROUP = {"groups/local-climate-action": CLIMATE}
IN_TIME = ("--sent-secretary", "2026-03-18T09:00", "--sent-president", "2026-03-18T09:00")


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """An office that has convened an Assembly and done nothing else for it."""
    office = Office(scene(tmp_path), capsys)
    office.asks("meeting", "convene", "ga", "--opens", "2026-03-20T10:00", on="2026-03-01")
    return office


def noticed(at: Office, *words: str) -> dict[str, Any]:
    """The convening notice, in good time."""
    return at.asks("meeting", "notice", GA, "--sent", "2026-03-02T12:00", *words, on="2026-03-02")


def called(
    at: Office, *away: str, exits: int = 0, time: str = "2026-03-20T10:00"
) -> dict[str, Any]:
    """The roll, answered by everybody but those named."""
    present = ",".join(city for city in TWELVE if city not in away)
    words = ("meeting", "roll-call", GA, "--present", present, "--at", time)
    return at.asks(*words, on=DAY, exits=exits)


def given(
    at: Office, papers: Path, principal: str, holder: str, *more: str, exits: int = 0
) -> dict[str, Any]:
    """A proxy, on paper."""
    words = ("--from", principal, "--to", holder, "--document", str(papers / "proxy.txt"))
    return at.asks("proxy", "give", GA, *words, *(more or IN_TIME), on="2026-03-19", exits=exits)


def kept(at: Office, path: str = PATH) -> dict[str, Any]:
    """The meeting as it stands in the file."""
    record = parse(at.text(path).encode())
    assert isinstance(record, dict)
    return record


def rules(answer: dict[str, Any], kind: str = "validity") -> set[str]:
    """Which rules said something of a kind."""
    return {f["rule"] for f in answer["findings"] if f["kind"] == kind}


def test_a_roll_call_without_notice_is_refused(at: Office) -> None:
    """With article and remedy, and nothing written; with a notice it is lawful."""
    before = at.head()
    answer = called(at, exits=1)
    finding = next(f for f in answer["findings"] if f["kind"] == "validity")
    assert (finding["rule"], finding["article"]) == ("quorum-at-first-roll-call", "Art. 10")
    assert f"b40 meeting notice {GA}" in finding["help"]
    assert at.head() == before and "roll_calls" not in kept(at)
    noticed(at)
    assert called(at)["result"]["quorum"] == {"required": 8, "counted": 12, "met": True}


def test_the_rules_of_participation_are_a_duty(at: Office) -> None:
    """Not announced: the roll is called all the same, and the breach is told until it is met."""
    noticed(at)
    assert rules(called(at), "duty") >= {"participation-rules-announced"}


def test_rules_announced_in_time(at: Office) -> None:
    """Announced before the meeting the duty is met."""
    noticed(at)
    at.asks("meeting", "rules", GA, "--announced", "2026-03-05T12:00", on="2026-03-05")
    assert "participation-rules-announced" not in rules(called(at), "duty")


@pytest.mark.parametrize(("present", "met"), [(7, False), (8, True)])
def test_two_thirds_at_the_first_roll_call(at: Office, present: int, met: bool) -> None:
    """Of twelve: eight; a later roll call does not cure what the first lacked."""
    noticed(at)
    first = called(at, *TWELVE[present:])
    assert first["result"]["quorum"] == {"required": 8, "counted": present, "met": met}
    second = called(at, time="2026-03-20T12:00")
    assert second["result"]["quorum"] == first["result"]["quorum"]
    told = at.asks("quorum", GA, on=DAY)["result"]
    assert (told["counted"], told["required"], told["met"]) == (present, 8, met)


def test_a_roll_call_before_its_day(at: Office) -> None:
    """Nobody answers a roll that has yet to be called."""
    noticed(at)
    words = ("meeting", "roll-call", GA, "--present", ",".join(TWELVE))
    assert rules(at.asks(*words, on="2026-03-19", exits=1)) == {"dates-in-order"}


def test_the_agenda_gives_its_items_to_the_decisions(at: Office) -> None:
    """In order; what is proposed for the meeting takes the number it has on the agenda."""
    for _ in range(2):
        at.asks("decision", "propose", "resolution", "--meeting", GA, on="2026-03-01")
    items = ("--item", "activity-report", "--item", "resolution=GA-2026-002")
    last = ("--item", "resolution=GA-2026-001", "--item", "other: Any other business")
    answer = at.asks("meeting", "agenda", GA, *items, *last, on="2026-03-02")
    assert [entry["item"] for entry in answer["result"]["agenda"]] == [1, 2, 3, 4]
    assert kept(at)["agenda"][3] == {"item": 4, "kind": "other", "title": "Any other business"}
    folder = "registry/decisions/2026"
    taken = [kept(at, f"{folder}/GA-2026-00{n}.yaml")["item"] for n in (1, 2)]
    assert taken == [3, 2]
    again = at.asks("meeting", "agenda", GA, *items, *last, on="2026-03-02")
    assert again["commit"] is None
    at.asks("meeting", "agenda", GA, "--add", "--item", "closing-declaration", on="2026-03-02")
    assert [entry["item"] for entry in kept(at)["agenda"]] == [1, 2, 3, 4, 5]
    at.asks("meeting", "agenda", GA, "--item", "nonsense", on="2026-03-02", exits=2)


def test_a_notice_names_its_motions_and_stays(at: Office) -> None:
    """A further notice may follow before the roll is called; afterwards none is slipped in."""
    at.asks("decision", "propose", "resolution", "--meeting", GA, on="2026-03-01")
    assert noticed(at)["result"]["notice"]["to"] == "members"
    further = ("meeting", "notice", GA, "--motion", "GA-2026-001", "--sent")
    answer = at.asks(*further, "2026-03-02T12:00", on="2026-03-03", exits=1)
    assert rules(answer) == {"closed-records-are-immutable"}
    at.asks(*further, "2026-03-03T12:00", on="2026-03-03")
    assert kept(at)["notice"]["motions"] == ["GA-2026-001"]
    at.asks("decision", "propose", "resolution", "--meeting", GA, on="2026-03-03")
    second = ("meeting", "notice", GA, "--motion", "GA-2026-002", "--sent", "2026-03-04T12:00")
    at.asks(*second, on="2026-03-04")
    assert kept(at)["notice"]["motions"] == ["GA-2026-001", "GA-2026-002"]
    assert at.asks(*second, on="2026-03-04")["commit"] is None
    called(at)
    later = at.asks("meeting", "notice", GA, "--sent", "2026-03-20T11:00", on=DAY, exits=1)
    assert "closed-records-are-immutable" in rules(later)


def test_a_notice_without_a_time_is_shown(at: Office) -> None:
    """In Markdown, and nothing is recorded."""
    before = at.head()
    at.asks("meeting", "notice", GA, on="2026-03-02")
    at.asks("meeting", "notice", GA, "--motion", "GA-2026-001", on="2026-03-02", exits=2)
    at.asks("meeting", "notice", GA, "--dry-run", on="2026-03-02", exits=2)
    assert at.head() == before


def test_delegations(at: Office, papers: Path) -> None:
    """The mayor on record heads it unless another is named; a designee needs a designation."""
    at.asks("member", "mayor", C, "Ana Primer", "--from", "2026-02-01")
    answer = at.asks("meeting", "delegation", GA, C, on="2026-03-15")
    assert answer["result"]["delegation"]["head"] == {"name": "Ana Primer", "capacity": "mayor"}
    words = ("meeting", "delegation", GA, C, "--head", "Ivo Primer", "--capacity", "designee")
    assert rules(at.asks(*words, on="2026-03-15", exits=1)) == {"delegation-head"}
    paper = ("--designation", str(papers / "letter.txt"), "--member", "Eva Primer")
    at.asks(*words, *paper, on="2026-03-15")
    (listed,) = kept(at)["delegations"]
    assert (listed["head"]["capacity"], listed["members"]) == ("designee", ["Eva Primer"])
    unknown = at.asks("meeting", "delegation", GA, D, "--head", "Deniz Primer", on="2026-03-15")
    assert rules(unknown, "note") >= {"delegation-head"}
    at.asks("meeting", "delegation", GA, B, on="2026-03-15", exits=2)
    former = ("meeting", "delegation", GA, C, "--head", "Petar Uzor")
    assert rules(at.asks(*former, on="2026-03-15", exits=1)) == {"delegation-head"}


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ((C, A), (D, A), "one-proxy-per-holder"),
        ((C, A), (A, B), "proxy-holder-is-member"),
        ((C, A), (A, C), "proxy-holder-is-member"),
        ((C, A), (C, B), "proxy-holder-is-member"),
        ((C, A), (D, D), "proxy-holder-is-member"),
    ],
    ids=["second", "chain", "circle", "twice", "self"],
)
def test_proxies_void_from_the_start_are_refused(
    at: Office, papers: Path, first: tuple[str, str], second: tuple[str, str], rule: str
) -> None:
    """Each by its rule, and nothing is written."""
    given(at, papers, *first)
    before = at.text(PATH)
    assert rules(given(at, papers, *second, exits=1)) == {rule}
    assert at.text(PATH) == before


def test_proof_that_comes_too_late(at: Office, papers: Path) -> None:
    """Not before the opening: refused; with the receipt missing, told at the roll call."""
    noticed(at)
    given(at, papers, C, A, "--sent-secretary", "2026-03-18T09:00")
    late = ("proxy", "receipt", GA, "--from", C, "--sent-president", "2026-03-20T10:00")
    assert rules(at.asks(*late, on=DAY, exits=1)) == {"proxy-proof-before-assembly"}
    answer = called(at, C)
    assert rules(answer, "note") == {"proxy-proof-before-assembly"}
    assert answer["result"]["quorum"]["counted"] == 11


def test_receipts_one_after_the_other(at: Office, papers: Path) -> None:
    """The Secretary first, the President later: then the proxy counts."""
    noticed(at)
    given(at, papers, C, A, "--sent-secretary", "2026-03-17T09:00")
    proof = ("proxy", "receipt", GA, "--from", C)
    at.asks(*proof, "--sent-president", "2026-03-19T09:00", on="2026-03-19")
    at.asks(*proof, "--received-president", "2026-03-19T10:00", on="2026-03-19")
    at.asks(*proof, "--sent-president", "2026-03-18T09:00", on="2026-03-19", exits=1)
    again = at.asks(*proof, "--sent-president", "2026-03-19T09:00", on="2026-03-19")
    assert again["commit"] is None
    assert called(at, C)["result"]["quorum"]["counted"] == 12
    (row,) = at.asks("proxy", "list", GA, on=DAY)["result"]["proxies"]
    assert (row["state"], row["said"]) == ("stands", [])
    (row,) = at.asks("proxy", "list", GA, on="2026-03-18")["result"]["proxies"]
    assert (row["state"], row["received"].get("president")) == ("proof-missing", None)
    pieces = at.asks("meeting", "prepare", GA, on="2026-03-18")["result"]["pieces"]
    (proxy,) = (each for each in pieces if each["what"].startswith("the proxy of"))
    assert proxy["state"] == "missing"


def test_revoked_and_given_to_another(at: Office, papers: Path) -> None:
    """The principal is free; the holder has had its one for this meeting."""
    given(at, papers, C, A)
    revoke = ("proxy", "revoke", GA, "--from", C)
    at.asks(*revoke, "--at", "2026-03-19T12:00", on="2026-03-19")
    at.asks(*revoke, on="2026-03-19", exits=2)
    assert rules(given(at, papers, D, A, exits=1)) == {"one-proxy-per-holder"}
    given(at, papers, C, B)
    rows = at.asks("proxy", "list", GA, on="2026-03-19")["result"]["proxies"]
    assert [(row["holder"], row["state"]) for row in rows] == [(A, "revoked"), (B, "stands")]
    (row,) = at.asks("proxy", "list", GA, on="2026-03-18")["result"]["proxies"]
    assert (row["holder"], row["state"]) == (A, "stands")


def test_what_the_roll_call_makes_of_proxies(at: Office, papers: Path) -> None:
    """Holder absent, principal there after all: told, and each is counted once."""
    noticed(at)
    given(at, papers, C, A)
    given(at, papers, D, B)
    answer = called(at, C, A)
    assert [f["rule"] for f in answer["findings"] if f["kind"] == "note"] == [
        "proxy-holder-is-member",
        "proxy-holder-is-member",
    ]
    assert answer["result"]["quorum"]["counted"] == 10
    rows = at.asks("proxy", "list", GA, on=DAY)["result"]["proxies"]
    assert {row["state"] for row in rows} == {"rests"}
    told = at.asks("quorum", GA, on=DAY)["result"]
    assert (told["present"], told["represented"], told["counted"]) == (10, 0, 10)


def test_a_suspension_after_a_proxy_does_not_stop_the_assembly(at: Office, papers: Path) -> None:
    """The proxy lapses: a note and the right count, not a refusal nobody could cure."""
    noticed(at)
    given(at, papers, C, A)
    words = ("--grounds", "Silence", "--evidence", str(papers / "decision.txt"))
    at.asks("member", "suspend", A, *words, "--person", "Ana Primer", on="2026-03-19")
    assert rules(called(at, C, exits=0), "note") >= {"proxy-holder-is-member"}
    told = at.asks("quorum", GA, on=DAY)["result"]
    assert (told["entitled"], told["required"], told["counted"]) == (11, 8, 10)


def test_closing_and_its_papers(at: Office, papers: Path) -> None:
    """Closed on its day; afterwards the minutes are filed and nothing else changes."""
    noticed(at)
    called(at)
    at.asks("meeting", "close", GA, "--at", "2026-03-20T17:00", on=DAY)
    early = at.asks("meeting", "close", GA, "--at", "2026-03-20T09:00", on=DAY, exits=1)
    assert "dates-in-order" in rules(early)
    at.asks("meeting", "minutes", GA, "--document", str(papers / "letter.txt"), on="2026-03-25")
    assert "sha256" in kept(at)["minutes"]
    later = ("meeting", "close", GA, "--at", "2026-03-20T18:00")
    assert rules(at.asks(*later, on="2026-03-25", exits=1)) == {"closed-records-are-immutable"}
    at.asks("meeting", "minutes", GA, on="2026-03-25")


def test_meetings_of_every_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its id; a Summit lends its city to the Assembly within it."""
    office = Office(scene(tmp_path, given=GROUP), capsys)
    convene = ("meeting", "convene")
    summit = ("summit", "--opens", "2026-06-20", "--city", C, "--half-days", "3")
    result = office.asks(*convene, *summit, "--language", "en", on="2026-03-01")["result"]
    assert (result["id"], result["title"]) == ("2026-06-20-summit", "B40 Jezerna Summit")
    within = ("ga", "--opens", "2026-06-21T09:00", "--summit", "2026-06-20-summit")
    result = office.asks(*convene, *within, "--interpretation", on="2026-03-01")["result"]
    assert (result["city"], result["interpretation"]) == (C, True)
    for kind in ("workshop", "youth-summit"):
        office.asks(*convene, kind, "--opens", "2026-05-01", "--city", C, on="2026-03-01")
    group = ("wg", "--opens", "2026-05-04T10:00", "--group", "local-climate-action")
    result = office.asks(*convene, *group, on="2026-03-01")["result"]
    assert result["id"] == "2026-05-04-wg-local-climate-action"
    assert result["title"] == "Meeting of Local Climate Action, 2026-05-04"
    for words in (("ga", "--opens", "2026-06-21"), ("choir", "--opens", "2026-06-21T10:00")):
        office.asks(*convene, *words, on="2026-03-01", exits=2)
    office.asks(*convene, "wg", "--opens", "2026-05-05T10:00", on="2026-03-01", exits=2)
    days = ("--president", "2026-03-01", "--next", "2026-03-02")
    consulted = office.asks("meeting", "consult", "2026-06-20-summit", *days, on="2026-03-02")
    assert consulted["result"]["consulted"] == {"president": "2026-03-01", "next": "2026-03-02"}
    for on, state in (("2026-03-01", "to do"), ("2026-03-02", "done")):
        steps = office.asks("summit", "plan", "--year", "2026", on=on)["result"]["steps"]
        assert [s["state"] for s in steps if "consulted" in s["what"]] == [state], on
