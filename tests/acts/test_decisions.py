"""Decisions from proposal to effect, and votes recorded after the meeting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.change.questions import next_id
from b40cli.store.yaml.dialect import parse
from tests.acts.scene import ALL, CITY, VOTE, Office, content, scene
from tests.invented import MEETING, SEVEN, registry
from tests.store.checkout import git

ADMISSION = ("admission", "--subject", "bg-rosendol", "--meeting", MEETING)
SUSPENSION = ("suspension", "--subject", "tr-camliova", "--meeting", MEETING)
VOTING = ("meeting", "applicant", "open admission")


def office(
    folder: Path, capsys: pytest.CaptureFixture[str], *stock: str, given: Any = None
) -> Office:
    return Office(scene(folder, *stock, given=given), capsys)


def kept(at: Office, path: str) -> dict[str, Any]:
    record = parse(at.text(path).encode())
    assert isinstance(record, dict)
    return record


def test_from_proposal_to_admission(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proposed, opened, voted, closed: the answer of each step is what the file says."""
    at = office(tmp_path, capsys, "meeting", "applicant")
    proposed = at.asks("decision", "propose", *ADMISSION)["result"]
    assert proposed["id"] == "EC-2026-001"
    opened = at.asks("decision", "open", "EC-2026-001")["result"]
    assert opened["roll"]["present"] == sorted(SEVEN)
    at.asks("decision", "vote", "EC-2026-001", "--for", ",".join(SEVEN[:3]))
    at.asks("decision", "vote", "EC-2026-001", "--against", ",".join(SEVEN[3:]))
    moved = at.asks("decision", "vote", "EC-2026-001", "--for", ",".join(SEVEN[3:]))["result"]
    assert moved["ballots"] == {"for": list(SEVEN), "against": [], "abstain": [], "invalid": []}
    closed = at.asks("decision", "close", "EC-2026-001")["result"]
    record = kept(at, VOTE)
    assert closed == {
        "id": "EC-2026-001",
        "state": "adopted",
        "count": {
            "quorum": {"required": 4, "counted": 7, "met": True},
            "majority": {
                "kind": "unanimity",
                "base": 7,
                "required": 7,
                "for": 7,
                "casting": None,
            },
        },
        "readings": {"verdict": "robust"},
    }
    assert {key: record[key] for key in closed} == closed
    assert (record["closed"], record["edition"]) == ("2026-03-10", "2024-01")
    assert kept(at, CITY)["application"]["outcome"] == "EC-2026-001"


def test_a_second_close_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Closed is closed: on a later day it is refused, and the same result is told."""
    at = office(tmp_path, capsys, *VOTING)
    at.asks("decision", "vote", "EC-2026-001", "--for", ALL)
    first = at.asks("decision", "close", "EC-2026-001")
    again = at.asks("decision", "close", "EC-2026-001", on="2026-04-01", exits=1)
    assert again["result"] == first["result"]
    assert again["commit"] is None and at.head() == first["commit"]


@pytest.mark.parametrize("late", [("--for", SEVEN[0]), ("--tally", "for=7")])
def test_a_closed_vote_takes_no_ballots(
    late: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor a tally: what was closed is corrected only by a new decision."""
    at = office(tmp_path, capsys, *VOTING)
    at.asks("decision", "vote", "EC-2026-001", "--for", ",".join(SEVEN[1:]))
    at.asks("decision", "close", "EC-2026-001")
    answer = at.asks("decision", "vote", "EC-2026-001", *late, exits=1 if "--for" in late else 2)
    assert answer["commit"] is None


def test_a_vote_is_by_name_or_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was begun one way does not go on the other."""
    at = office(tmp_path, capsys, *VOTING)
    at.asks("decision", "vote", "EC-2026-001", "--tally", "for=6,abstain=1")
    answer = at.asks("decision", "vote", "EC-2026-001", "--for", SEVEN[0], exits=2)
    assert "in numbers only" in answer["findings"][0]["message"]


def test_a_closed_decision_is_not_withdrawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Taking back is for proposals."""
    at = office(tmp_path, capsys, "meeting", "applicant", "admission")
    answer = at.asks("decision", "withdraw", "EC-2026-001", exits=1)
    assert "closed-records-are-immutable" in {f["rule"] for f in answer["findings"]}


def test_what_was_never_opened_cannot_be_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a frozen roll and ballots there is nothing to count."""
    at = office(tmp_path, capsys, "meeting", "applicant", "proposed admission")
    answer = at.asks("decision", "close", "EC-2026-001", exits=1)
    (found,) = answer["findings"]
    assert (found["rule"], found["article"]) == ("committee-quorum", "Art. 13")
    assert "b40 decision open EC-2026-001" in found["help"]


def test_a_withdrawn_proposal_can_be_put_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under a new id and a new item: ids are never given twice."""
    at = office(tmp_path, capsys, *VOTING)
    at.asks("decision", "withdraw", "EC-2026-001")
    again = at.asks("decision", "propose", *ADMISSION)["result"]
    assert again["id"] == "EC-2026-002"
    record = kept(at, "registry/decisions/2026/EC-2026-002.yaml")
    assert (record["item"], record["title"]) == (2, "Admission of Rosendol")


def test_ids_count_each_series_and_year_for_itself() -> None:
    """The next id follows the highest one, whatever gaps lie below."""
    vote = content("meeting", "resolution", "suspension by the President")
    held = registry(vote)
    assert next_id(held, "executive-committee", 2026) == "EC-2026-004"
    assert next_id(held, "president", 2026) == "PR-2026-002"
    assert next_id(held, "general-assembly", 2026) == "GA-2026-001"
    assert next_id(held, "executive-committee", 2027) == "EC-2027-001"


def test_a_secret_vote_is_kept_in_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No name is written, and the count is the same."""
    at = office(tmp_path, capsys, *VOTING)
    at.asks("decision", "vote", "EC-2026-001", "--tally", "for=6,abstain=1")
    closed = at.asks("decision", "close", "EC-2026-001")["result"]
    assert closed["state"] == "rejected"
    assert closed["count"]["majority"]["for"] == 6
    record = kept(at, VOTE)
    assert record["secret"] is True and "ballots" not in record
    assert "outcome" in kept(at, CITY)["application"]


@pytest.mark.parametrize(
    ("ballots", "state"),
    [
        (("--for", ALL), "adopted"),
        (("--for", ",".join(SEVEN[:6]), "--abstain", SEVEN[6]), "rejected"),
        (("--tally", "for=7"), "adopted"),
    ],
)
def test_a_vote_recorded_after_the_meeting(
    ballots: tuple[str, ...], state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All at once: the roll of the meeting, the count, the effect; on the meeting's legal day."""
    at = office(tmp_path, capsys, "meeting", "applicant")
    answer = at.asks("decision", "record", *ADMISSION, *ballots, on=None)
    assert answer["result"]["state"] == state
    assert answer["on"] == "2026-03-10"
    record = kept(at, VOTE)
    assert (record["closed"], len(record["roll"]["present"])) == ("2026-03-10", 7)
    assert kept(at, CITY)["application"]["outcome"] == "EC-2026-001"
    assert at.asks("check", on=None)["result"]["counts"]["validity"] == 0


def test_a_vote_without_a_quorum_is_recorded_as_invalid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What happened is recorded, without effect, with the reason: exit 0."""
    three = {f"meetings/{MEETING}": {"roll_calls.0.present": list(SEVEN[:3])}}
    at = office(tmp_path, capsys, "meeting", "applicant", given=three)
    result = at.asks("decision", "record", *ADMISSION, "--for", ",".join(SEVEN[:3]))["result"]
    assert result["state"] == "invalid"
    assert result["reason"].startswith("No quorum: 3 counted, 4 required")
    assert "outcome" not in kept(at, CITY)["application"]


def test_a_vote_against_the_statutes_is_recorded_as_invalid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A suspension carried without grounds: invalid, and the member is not suspended."""
    at = office(tmp_path, capsys, "meeting")
    result = at.asks("decision", "record", *SUSPENSION, "--for", ALL)["result"]
    assert result["state"] == "invalid"
    assert "suspension-by-president-or-committee" in result["reason"]
    assert "suspensions" not in kept(at, "registry/members/tr-camliova.yaml")


@pytest.mark.parametrize(
    "words",
    [
        ("removal", "--subject", "tr-camliova", "--grounds", "Silence"),
        ("presidency", "--subject", "tr-camliova", "--term", "2028"),
        ("amendment", "--amend", "votes-per-member=2"),
        ("interpretation", "--subject", "INT-34", "--adopts", "exactly-1.5-days"),
        ("committee-election", "--term", "2028"),
        ("dissolution",),
    ],
    ids=lambda words: words[0],
)
def test_what_the_committee_cannot_decide_is_recorded_without_effect(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    """The vote was held and is void: nothing but the decision is written."""
    at = office(tmp_path, capsys, "meeting")
    at.asks("decision", "record", *words, "--meeting", MEETING, "--for", ALL)
    record = kept(at, VOTE)
    assert record["state"] == "invalid"
    assert "committee-competence" in record["reason"]
    assert git(at.folder, "show", "--format=", "--name-only", "HEAD").split() == [VOTE]


def test_a_vote_nobody_can_have_cast_is_no_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in a name breaks the law of the record: refused, not recorded as invalid."""
    at = office(tmp_path, capsys, "meeting", "applicant")
    answer = at.asks("decision", "record", *ADMISSION, "--for", "si-nikjer", exits=1)
    assert answer["commit"] is None and at.commits() == 1
    assert "references-resolve" in {f["rule"] for f in answer["findings"]}


def test_a_suspension_and_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The effect is part of the act: decision and member name each other."""
    at = office(tmp_path, capsys, "meeting")
    at.asks("decision", "record", *SUSPENSION, "--for", ALL, "--grounds", "Statements.")
    path = "registry/members/tr-camliova.yaml"
    assert kept(at, path)["suspensions"] == [{"from": "2026-03-10", "by": "EC-2026-001"}]
    assert at.asks("roll", on="2026-03-10")["result"]["suspended"] == ["tr-camliova"]
    lift = ("reinstatement", *SUSPENSION[1:])
    at.asks("decision", "record", *lift, "--for", ALL)
    assert kept(at, path)["suspensions"] == [
        {
            "from": "2026-03-10",
            "by": "EC-2026-001",
            "until": "2026-03-10",
            "lifted_by": "EC-2026-002",
        }
    ]
    assert at.asks("roll", on="2026-03-11")["result"]["suspended"] == []


def test_an_effect_begins_on_the_day_of_the_vote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not on the day of the proposal, nor on the day the clerk closes it."""
    at = office(tmp_path, capsys, "meeting")
    grounds = ("--grounds", "Statements.")
    at.asks("decision", "propose", *SUSPENSION, *grounds, on="2026-03-09")
    at.asks("decision", "open", "EC-2026-001")
    at.asks("decision", "vote", "EC-2026-001", "--for", ALL)
    at.asks("decision", "close", "EC-2026-001", on=None)
    (entry,) = kept(at, "registry/members/tr-camliova.yaml")["suspensions"]
    assert entry == {"from": "2026-03-10", "by": "EC-2026-001"}


def test_what_is_lifted_is_the_suspension_that_runs(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An earlier one, over and done, stays as it is."""
    at = office(tmp_path, capsys)
    paper = ("--evidence", str(papers / "decision.txt"), "--person", "Ana Primer")
    city = ("mk-planinsko", *paper)
    for suspended, lifted in (("2026-02-02", "2026-02-09"), ("2026-03-02", "2026-03-09")):
        at.asks("member", "suspend", *city, "--grounds", "Statements.", on=suspended)
        at.asks("member", "reinstate", *city, on=lifted)
    suspensions = kept(at, "registry/members/mk-planinsko.yaml")["suspensions"]
    assert [(s["from"], s["until"], s["lifted_by"]) for s in suspensions] == [
        ("2026-02-02", "2026-02-09", "PR-2026-002"),
        ("2026-03-02", "2026-03-09", "PR-2026-004"),
    ]


def test_an_effect_binds_the_items_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A seat's city suspended at item 1 votes at item 1, and no longer at item 2."""
    at = office(tmp_path, capsys, "meeting", "applicant")
    seat = ("suspension", "--subject", SEVEN[6], "--meeting", MEETING, "--grounds", "Statements.")
    at.asks("decision", "record", *seat, "--for", ",".join(SEVEN[:6]), "--against", SEVEN[6])
    at.asks("decision", "propose", *ADMISSION)
    roll = at.asks("decision", "open", "EC-2026-002")["result"]["roll"]
    assert SEVEN[6] not in roll["entitled"] and len(roll["present"]) == 6
    at.asks("decision", "vote", "EC-2026-002", "--for", SEVEN[6], exits=1)


def test_open_says_what_is_known_to_be_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A proposal may be put while something is missing; its vote is not opened."""
    lacking = {"members/bg-rosendol": {"government": "gone"}}
    at = office(tmp_path, capsys, "meeting", "applicant", given=lacking)
    at.asks("decision", "propose", *ADMISSION)
    answer = at.asks("decision", "open", "EC-2026-001", exits=1)
    assert {f["rule"] for f in answer["findings"]} == {"applicant-is-elected-government"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("decision", "open", "EC-2026-042"), "No decision EC-2026-042"),
        (("decision", "close", "../../network"), "No decision"),
        (("decision", "vote", "EC-2026-001"), "Give ballots"),
        (("decision", "vote", "EC-2026-001", "--tally", "for=most"), "does not understand"),
    ],
)
def test_words_that_make_no_question(
    words: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Usage errors name the word."""
    at = office(tmp_path, capsys, *VOTING)
    assert told in at.asks(*words, exits=2)["findings"][0]["message"]
