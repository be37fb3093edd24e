"""Convening, the roll call and its quorum, proxies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.main import main
from b40cli.store.yaml.dialect import parse
from tests.acts.scene import SITTING, Office, scene
from tests.invented import MEETING, SEVEN

CONVENE = ("meeting", "convene", "ec", "--opens")


def office(
    folder: Path, capsys: pytest.CaptureFixture[str], *stock: str, given: Any = None
) -> Office:
    return Office(scene(folder, *stock, given=given), capsys)


def kept(at: Office, path: str = SITTING) -> dict[str, Any]:
    record = parse(at.text(path).encode())
    assert isinstance(record, dict)
    return record


def test_a_meeting_convened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the President, who chairs; the day of the id is the date written in `opens`."""
    at = office(tmp_path, capsys)
    result = at.asks(*CONVENE, "2026-03-20T22:30:00+00:00")["result"]
    assert result["id"] == "2026-03-20-ec"
    assert (result["convened"], result["chair"]) == ({"by": "president"}, "hr-kamenik")


def test_a_time_without_a_zone_is_the_networks_where_it_meets_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Online, without a city: Istanbul; it never depends on the machine."""
    at = office(tmp_path, capsys)
    assert at.asks(*CONVENE, "2026-03-20T10:00")["result"]["opens"] == "2026-03-20T10:00:00+03:00"
    at.asks(*CONVENE, "2026-03-20", exits=2)
    at.asks(*CONVENE, "noon", exits=2)


@pytest.mark.parametrize(
    ("city", "typed", "offset"),
    [
        ("hr-kamenik", "2026-03-20T09:30", "+01:00"),
        ("hr-kamenik", "2026-03-29T09:30", "+02:00"),
        ("xk-bardhan", "2026-03-20T09:30", "+01:00"),
        ("bg-vodengrad", "2026-03-20T09:30", "+02:00"),
        ("tr-denizli", "2026-03-20T09:30", "+03:00"),
        ("at-steinau", "2026-03-20T09:30", "+03:00"),
    ],
)
def test_a_time_without_a_zone_is_that_of_the_place(
    city: str, typed: str, offset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each country of the region has one zone; a city elsewhere the network's."""
    at = office(tmp_path, capsys)
    asked = ("meeting", "convene", "workshop", "--opens", typed, "--city", city)
    result = at.asks(*asked)["result"]
    assert (result["opens"], result["mode"]) == (f"{typed}:00{offset}", "in-person")


@pytest.mark.parametrize(
    ("city", "typed", "says"),
    [
        ("hr-kamenik", "2026-03-29T02:30", "the clocks go forward over it"),
        ("bg-vodengrad", "2026-03-29T03:00", "the clocks go forward over it"),
        ("hr-kamenik", "2026-10-25T02:30", "comes twice in Europe/Zagreb"),
        ("xk-bardhan", "2026-10-25T02:00", "comes twice"),
    ],
)
def test_an_hour_of_the_night_in_which_clocks_change_is_asked_for(
    city: str, typed: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No clock there shows it, or shows it twice; with an offset it is told."""
    at = office(tmp_path, capsys)
    asked = ("meeting", "convene", "workshop", "--city", city, "--opens")
    [refused] = at.asks(*asked, typed, exits=2)["findings"]
    assert says in refused["message"]
    at.asks(*asked, f"{typed}:00+02:00")


def test_the_times_of_a_meeting_are_its_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Notice, rules, proofs, roll call, closing: late there is the same day there."""
    at = office(tmp_path, capsys)
    convened = at.asks(*CONVENE, "2026-03-10T23:00", "--city", "hr-kamenik", on="2026-03-02")
    name = convened["result"]["id"]
    assert name == "2026-03-10-ec"
    told = at.asks("meeting", "notice", name, "--sent", "2026-03-02T12:00", on="2026-03-02")
    assert told["result"]["notice"]["sent"] == "2026-03-02T12:00:00+01:00"
    page = at.asks("meeting", "notice", name)["result"]
    assert page["opens"] == "2026-03-10T23:00:00+01:00"
    called = at.asks("meeting", "roll-call", name, "--present", ",".join(SEVEN))
    assert called["result"]["roll_call"]["at"] == "2026-03-10T23:00:00+01:00"
    closed = at.asks("meeting", "close", name, "--at", "2026-03-10T23:50")
    assert closed["result"]["closes"] == "2026-03-10T23:50:00+01:00"
    assert at.asks("check")["ok"]


def test_a_meeting_that_bears_the_day_in_istanbul_keeps_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As 0.1.0 named it; what is convened now bears the date that is written."""
    late = {f"meetings/{MEETING}": {"opens": "2026-03-09T22:30:00Z", "roll_calls": "gone"}}
    at = office(tmp_path, capsys, "meeting", given=late)
    at.asks("meeting", "roll-call", MEETING, "--present", ",".join(SEVEN))
    assert at.asks("check")["ok"]


def test_two_of_the_committee_ask_for_a_meeting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One is not enough."""
    at = office(tmp_path, capsys)
    asked = (*CONVENE, "2026-03-20T10:00", "--requested-by")
    answer = at.asks(*asked, SEVEN[1], exits=1)
    assert [f["rule"] for f in answer["findings"]] == ["convened-by"]
    result = at.asks(*asked, f"{SEVEN[1]},{SEVEN[2]}")["result"]
    assert result["convened"]["requested_by"] == [SEVEN[1], SEVEN[2]]


def test_another_meeting_on_the_same_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Takes a word of its own; the first is never overwritten."""
    at = office(tmp_path, capsys, "meeting")
    before = at.text(SITTING)
    code = main(["-C", str(at.folder), *CONVENE, "2026-03-10T16:00", "--on", "2026-03-10"])
    talk = capsys.readouterr().err
    assert code == 4 and "b40 meeting convene ec --slug WORD" in " ".join(talk.split())
    assert at.asks(*CONVENE, "2026-03-10T16:00", "--slug", "second")["result"]["id"] == (
        "2026-03-10-ec-second"
    )
    assert at.text(SITTING) == before


@pytest.mark.parametrize(("present", "met"), [(3, False), (4, True)])
def test_the_roll_call_tells_the_quorum(
    present: int, met: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four of seven; the answer of the act is the answer of `quorum`."""
    at = office(tmp_path, capsys, "meeting", given={f"meetings/{MEETING}": {"roll_calls": "gone"}})
    called = at.asks("meeting", "roll-call", MEETING, "--present", ",".join(SEVEN[:present]))
    assert called["result"]["quorum"] == {"required": 4, "counted": present, "met": met}
    told = at.asks("quorum", MEETING)["result"]
    assert (told["entitled"], told["counted"], told["required"]) == (7, present, 4)
    assert (told["met"], told["missing"]) == (met, max(4 - present, 0))


def test_a_second_roll_call_counts_from_then_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Numbered behind the first, which stays."""
    at = office(tmp_path, capsys, "meeting")
    at.asks("meeting", "roll-call", MEETING, "--present", SEVEN[0], "--at", "2026-03-10T12:00")
    calls = kept(at)["roll_calls"]
    assert [(call["n"], len(call["present"])) for call in calls] == [(1, 7), (2, 1)]
    assert at.asks("quorum", MEETING)["result"]["counted"] == 1


def proxied(at: Office, papers: Path, *more: str, exits: int = 0) -> dict[str, Any]:
    sent = ("--sent-secretary", "2026-03-09T09:00", "--sent-president", "2026-03-09T09:00")
    paper = ("--document", str(papers / "proxy.txt"))
    return at.asks("proxy", "give", MEETING, *(more or ()), *paper, *sent, exits=exits)


def test_a_proxy_counts_where_its_holder_is(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Present 3, represented 1: four are counted; with the holder away, both are gone."""
    three = {f"meetings/{MEETING}": {"roll_calls.0.present": list(SEVEN[:3])}}
    at = office(tmp_path, capsys, "meeting", given=three)
    proxied(at, papers, "--from", SEVEN[6], "--to", SEVEN[2])
    told = at.asks("quorum", MEETING)["result"]
    assert (told["present"], told["represented"], told["counted"]) == (3, 1, 4)
    left = ",".join((*SEVEN[:2], SEVEN[3]))
    at.asks("meeting", "roll-call", MEETING, "--present", left, "--at", "2026-03-10T12:00")
    told = at.asks("quorum", MEETING)["result"]
    assert (told["present"], told["represented"], told["counted"]) == (3, 0, 3)


def test_a_proxy_without_proof_says_so(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Until both addressees have it, before the Assembly and at it."""
    at = office(tmp_path, capsys)
    name = at.asks("meeting", "convene", "ga", "--opens", "2026-03-20T10:00")["result"]["id"]
    paper = ("--from", SEVEN[6], "--to", SEVEN[2], "--document", str(papers / "proxy.txt"))
    at.asks("proxy", "give", name, *paper, "--sent-secretary", "2026-03-09")

    def state() -> str:
        (row,) = at.asks("proxy", "list", name)["result"]["proxies"]
        return str(row["state"])

    assert state() == "proof-missing"
    at.asks("proxy", "receipt", name, "--from", SEVEN[6], "--sent-president", "2026-03-09")
    assert state() == "stands"


def test_a_proxy_stands_where_the_count_takes_it(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list says of a proxy what the quorum does: a suspended one is spoken for by none."""
    gone = {f"meetings/{MEETING}": {"roll_calls": "gone"}}
    at = office(tmp_path, capsys, "meeting", given=gone)
    proxied(at, papers, "--from", SEVEN[6], "--to", SEVEN[2])

    def told() -> tuple[str, list[str], int]:
        (row,) = at.asks("proxy", "list", MEETING)["result"]["proxies"]
        foreseen = at.asks("quorum", MEETING)["result"]["foreseen"]
        return row["state"], [said["message"] for said in row["said"]], foreseen["represented"]

    assert told() == ("stands", [], 1)
    paper = ("--evidence", str(papers / "proxy.txt"))
    signed = ("--grounds", "Silence.", "--person", "Ana Primer", *paper)
    at.asks("member", "suspend", SEVEN[6], *signed, on="2026-03-09")
    assert told() == ("rests", [f"{SEVEN[6]} is suspended."], 0)


def test_a_principal_who_comes_counts_once(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Present and represented is still one, and a note says so."""
    at = office(tmp_path, capsys, "meeting")
    answer = proxied(at, papers, "--from", SEVEN[6], "--to", SEVEN[2])
    assert [(f["rule"], f["kind"]) for f in answer["findings"]] == [("committee-proxy", "note")]
    assert at.asks("quorum", MEETING)["result"]["counted"] == 7


@pytest.mark.parametrize(
    ("first", "second"),
    [((6, 5), (4, 5)), ((6, 5), (5, 4)), ((6, 6), None), ((5, 6), (6, 5))],
    ids=["second", "chain", "self", "circle"],
)
def test_proxies_that_have_no_effect_are_refused(
    first: tuple[int, int],
    second: tuple[int, int] | None,
    tmp_path: Path,
    papers: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each by the rule on proxies, and nothing of it is written."""
    at = office(tmp_path, capsys, "meeting", given={f"meetings/{MEETING}": {"roll_calls": "gone"}})
    if second is not None:
        proxied(at, papers, "--from", SEVEN[first[0]], "--to", SEVEN[first[1]])
    principal, holder = second or first
    before = at.text(SITTING)
    answer = proxied(at, papers, "--from", SEVEN[principal], "--to", SEVEN[holder], exits=1)
    assert {f["rule"] for f in answer["findings"]} == {"committee-proxy"}
    assert at.text(SITTING) == before


def test_a_proxy_after_the_meeting(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A held meeting is closed: nobody is represented in it afterwards."""
    at = office(tmp_path, capsys, "meeting")
    sent = ("--sent-secretary", "2026-03-09T09:00", "--sent-president", "2026-03-09T09:00")
    words = ("--from", SEVEN[6], "--to", SEVEN[5], "--document", str(papers / "proxy.txt"))
    answer = at.asks("proxy", "give", MEETING, *words, *sent, on="2026-03-11", exits=1)
    assert "closed-records-are-immutable" in {f["rule"] for f in answer["findings"]}


def test_a_meeting_nobody_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Is a usage error, for acts and for questions."""
    at = office(tmp_path, capsys)
    at.asks("meeting", "roll-call", "2026-03-11-ec", "--present", SEVEN[0], exits=2)
    at.asks("quorum", "2026-03-11-ec", exits=2)
