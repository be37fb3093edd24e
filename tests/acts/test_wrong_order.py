"""Wrong acts, or acts in the wrong order: refused by article, with a remedy, nothing written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acts.scene import ALL, DAY, VOTE, Office, scene
from tests.invented import MEETING, OTHERS, SEVEN, git

GA = "2026-03-10-ga"
ADMISSION = ("admission", "--subject", "bg-rosendol", "--meeting", MEETING)
EIGHT = (*SEVEN[3:], *OTHERS[:4])
EVERYBODY = ",".join((*SEVEN, *OTHERS))
CHOICES = [word for city in EIGHT for word in ("--choice", f"{city}={EVERYBODY}")]
ELECTION = ("decision", "record", "committee-election", "--meeting", GA, "--term", "2026")
APPROVED_BY_NOBODY = {"presidencies/2027": {"year": 2027, "city": "mk-planinsko"}}
NO_ROLL = {f"meetings/{MEETING}": {"roll_calls": "gone"}}
NO_NOTICE = {f"meetings/{GA}": {"notice": "gone", "roll_calls": "gone"}}
# The approved city would take over in the year in which another presides.
OVERLAPS = {"presidencies/2027": {"year": 2027, "city": "rs-srebrni-brod"}}


def refused(at: Office, *words: str, on: str = DAY) -> list[dict[str, Any]]:
    """What refuses the words; each names an article and a way out, and nothing has changed."""
    head, files = at.head(), git(at.folder, "ls-files", "-s")
    before = {path: (at.folder / path).read_bytes() for path in git_paths(at)}
    answer = at.asks(*words, on=on, exits=1)
    found = [f for f in answer["findings"] if f["kind"] == "validity"]
    assert found and all(f["article"] and f["help"] for f in found)
    assert (answer["ok"], answer["commit"]) == (False, None)
    assert (at.head(), git(at.folder, "ls-files", "-s")) == (head, files)
    assert git(at.folder, "status", "--porcelain", "--untracked-files=all") == ""
    assert before == {path: (at.folder / path).read_bytes() for path in git_paths(at)}
    return found


def git_paths(at: Office) -> list[str]:
    """Every file of the working tree."""
    root = at.folder
    files = (file for file in root.rglob("*") if file.is_file())
    return sorted(p for f in files if not (p := f.relative_to(root).as_posix()).startswith(".git/"))


def said(found: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Which rules refuse, and by which article."""
    return {(finding["rule"], finding["article"]) for finding in found}


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str], request: Any) -> Office:
    """A register with the stock the test names."""
    stock, given = request.param
    return Office(scene(tmp_path, *stock, given=given), capsys)


def register(*stock: str, given: dict[str, Any] | None = None) -> pytest.MarkDecorator:
    """The register a test is put to."""
    return pytest.mark.parametrize("at", [(stock, given)], indirect=True, ids=["register"])


@register("meeting", "applicant", "proposed admission", given=NO_ROLL)
def test_a_vote_before_the_roll_call(at: Office) -> None:
    """Neither opened, nor voted, nor closed, nor recorded at once."""
    quorum, vote = ("committee-quorum", "Art. 13"), ("one-vote-per-member", "Art. 8, 13")
    opened = refused(at, "decision", "open", "EC-2026-001")
    assert said(opened) == {quorum} and f"b40 meeting roll-call {MEETING}" in opened[0]["help"]
    voted = refused(at, "decision", "vote", "EC-2026-001", "--for", SEVEN[0])
    assert said(voted) == {vote} and "b40 decision open EC-2026-001" in voted[0]["help"]
    assert said(refused(at, "decision", "close", "EC-2026-001")) == {quorum}
    assert said(refused(at, "decision", "record", *ADMISSION, "--for", ALL)) == {vote}


@register("meeting", "applicant", "proposed admission")
def test_a_vote_that_is_not_open(at: Office) -> None:
    """The roll was called, but no roll is frozen: no ballots, no result."""
    voted = refused(at, "decision", "vote", "EC-2026-001", "--for", SEVEN[0])
    assert said(voted) == {("one-vote-per-member", "Art. 8, 13")}
    closed = refused(at, "decision", "close", "EC-2026-001")
    assert said(closed) == {("committee-quorum", "Art. 13")}
    assert "b40 decision open EC-2026-001" in closed[0]["help"]


@register("meeting", "applicant", "admission")
def test_a_vote_closed_twice(at: Office) -> None:
    """A vote is closed once, and whatever would make it another result is refused."""
    again = refused(at, "decision", "close", "EC-2026-001")
    assert said(again) == {("closed-records-are-immutable", "the record")}
    assert "b40 decision annul EC-2026-001" in again[0]["help"]
    assert at.text(VOTE).splitlines()[again[0]["line"] - 1] == "state: adopted"
    late = refused(at, "decision", "vote", "EC-2026-001", "--against", SEVEN[6])
    assert ("closed-records-are-immutable", "the record") in said(late)
    taken_back = refused(at, "decision", "withdraw", "EC-2026-001")
    assert ("closed-records-are-immutable", "the record") in said(taken_back)
    assert "state: adopted" in at.text(VOTE)


@register("assembly", given=NO_NOTICE)
def test_a_roll_call_without_notice(at: Office) -> None:
    found = refused(at, "meeting", "roll-call", GA, "--present", EVERYBODY)
    assert said(found) == {("quorum-at-first-roll-call", "Art. 10")}
    assert f"b40 meeting notice {GA}" in found[0]["help"]


@register("assembly", given=APPROVED_BY_NOBODY)
def test_a_handover_without_approval(at: Office) -> None:
    found = refused(at, "presidency", "handover", "2027", "--at", GA, "--item", "2")
    assert said(found) == {("one-year-term", "Art. 11")}
    assert any("b40 decision propose presidency" in finding["help"] for finding in found)


@register("assembly", given=OVERLAPS)
def test_a_term_that_overlaps_another(at: Office) -> None:
    """The President of 2026 is in office: 2027 cannot begin in its year."""
    found = refused(at, "presidency", "handover", "2027", "--at", GA, "--item", "2")
    assert said(found) == {("one-year-term", "Art. 11")}
    assert "handed over in 2026" in found[0]["message"]


@register("assembly")
def test_an_election_of_eight(at: Office) -> None:
    """A voter has four votes; a vote in which each gives eight cannot have been cast."""
    found = refused(at, *ELECTION, *CHOICES)
    assert said(found) == {("one-vote-per-member", "Art. 8, 13")}
    assert "4 are elected" in found[0]["message"]


@register("assembly")
def test_four_are_elected_whoever_stands(at: Office) -> None:
    """Eight stand and four of them have more votes: they alone take seats."""
    four, others = EIGHT[:4], EIGHT[4:]
    words = [w for city in four for w in ("--choice", f"{city}={EVERYBODY}")]
    words += [w for city in others for w in ("--candidate", city)]
    answer = at.asks(*ELECTION, *words, *(w for c in four for w in ("--candidate", c)))
    assert sorted(answer["result"]["count"]["elected"]) == sorted(four)


@register("meeting", "applicant", "admission")
def test_a_vote_opened_again(at: Office) -> None:
    """What was closed is not opened again: an article and a way out, not a defect of the file."""
    found = refused(at, "decision", "open", "EC-2026-001")
    assert said(found) == {("closed-records-are-immutable", "the record")}
    assert "not opened after that" in found[0]["message"]
    assert "b40 decision annul EC-2026-001" in found[0]["help"]
