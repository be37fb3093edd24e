"""Elections of the committee under rule set 2, through the acts: the seats that come of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts import decisions
from b40cli.acts.change import questions
from b40cli.acts.change.questions import Question
from b40cli.cli.main import main
from b40cli.cli.request import options
from b40cli.model.answer import Answer
from tests.acted_once import acted_once
from tests.acts.scene import PAPER, Office, scene
from tests.acts.test_offices import (
    ALL,
    APPROVED,
    DAY,
    JANUARY,
    LATER,
    MAYORS,
    SESSION,
    does,
    held,
    kept,
    passed,
    refused_by,
)
from tests.acts.test_vacant_presidency import read_as
from tests.invented import applicant, git, written

B, A, R, T, X = "bg-vodengrad", "al-aldmar", "ba-brezna-luka", "tr-camliova", "xk-gurmal"
FOUR = (B, A, R, T)
ELECTED_SEATS = ("elected-1", "elected-2", "elected-3", "elected-4")


@pytest.fixture(autouse=True)
def commits_of_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """These acts are of days to come, and their commits no older."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_DATE", f"{LATER}T10:00:00+0300")


def january(folder: Path, given: Mapping[str, Any] | None = None) -> Path:
    """The Assembly of January 2027 under rule set 2, the presidency handed over."""
    register = scene(folder, *JANUARY, given={**MAYORS, **(given or {})}, rule_set=2)
    handed_over(register)
    return register


@acted_once
def handed_over(register: Path) -> None:
    assert does(register, DAY, passed()).ok


def by(votes: Mapping[str, int]) -> dict[str, list[str]]:
    """Choices by name: so many voters for each, one after the other around the table."""
    found, at = {}, 0
    for city, n in votes.items():
        found[city] = [ALL[(at + k) % len(ALL)] for k in range(n)]
        at += n
    return found


def elects(
    register: Path,
    votes: Mapping[str, int] | None,
    numbers: Mapping[str, int] | None = None,
    ballots: Mapping[str, Sequence[str]] | None = None,
    term: int = 2027,
    **more: Any,
) -> Answer[Any]:
    """An election of the session, recorded at once: by name, in secret, or of a slate."""
    question = Question("committee-election", None, SESSION, term=term, **more)
    choices = None if votes is None else by(votes)
    return does(
        register,
        DAY,
        lambda session: decisions.record(session, question, ballots, numbers, choices),
    )


def seats(register: Path) -> list[str | None]:
    """Who holds the four elected seats once the session is over."""
    of = held(register, DAY)
    return [of.get(seat) for seat in ELECTED_SEATS]


def lawful(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check and audit refuse nothing."""
    told = Office(register, capsys).asks("check", on=DAY)
    assert told["result"]["counts"]["validity"] == 0, told["findings"]


def audited(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The audit refuses nothing but the days, which these tests have ahead of their clock."""
    found = Office(register, capsys).asks("audit", on=DAY, exits=1)["findings"]
    assert {f["rule"] for f in found if f["kind"] == "validity"} <= {
        "dates-in-order",
        "times-run-ahead",
    }


def test_a_run_off_after_a_tie_unseats_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three are elected, two are equal over the fourth seat; the run-off fills that one alone."""
    register = january(tmp_path)
    first = elects(register, {B: 6, A: 5, R: 4, T: 2, X: 2})
    assert first.result["state"] == "adopted"
    assert first.result["count"]["elected"] == [B, A, R]
    assert first.result["count"]["tied"] == [T, X]
    assert first.result["seats"] == {"free": 4, "of": 2027}
    assert f"--candidate {T},{X}" in (first.told or "").replace("\n", " ").replace("  ", "")
    assert seats(register) == [B, A, R, None]
    waiting = [
        line["what"] for line in Office(register, capsys).asks("status", on=DAY)["result"]["vacant"]
    ]
    assert f"a run-off between {T} and {X} for 1 seat of 2027" in waiting

    second = elects(register, {T: 5, X: 7}, candidates=(T, X))
    assert second.result["state"] == "adopted", second.result["reason"]
    assert second.result["seats"] == {"free": 1, "of": 2027}
    assert seats(register) == [B, A, R, X]
    record = kept(register, f"decisions/2027/{second.result['id']}")
    assert record["statutes_silent"] is True
    assert [s for s in kept(register, "committee/2027")["seats"] if "ended_by" in s] == []
    after = Office(register, capsys).asks("status", on=DAY)["result"]["vacant"]
    assert [line["what"] for line in after] == ["committee seat next is vacant"]
    lawful(register, capsys)

    third = elects(register, {T: 12})
    assert third.ok and "chooses" not in third.result["reason"]
    assert third.result["state"] == "invalid"
    assert "No elected seat of 2027 is free" in third.result["reason"]
    assert seats(register) == [B, A, R, X]
    lawful(register, capsys)


def test_the_minutes_tell_a_tie_and_who_was_there_when(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The quorum is of the first roll call, whoever left since; too many papers decide nothing."""
    register = january(tmp_path)
    assert elects(register, {B: 6, A: 5, R: 4, T: 2, X: 2}).ok
    tied = elects(register, {T: 3, X: 3}, candidates=(T, X))
    assert tied.result["state"] == "rejected"
    monkeypatch.setattr(options, "clock", lambda: LATER)
    office = Office(register, capsys)
    office.asks("meeting", "roll-call", SESSION, "--present", f"{B},{A}", on=DAY)
    put = ("decision", "record", "resolution", "--meeting", SESSION)
    office.asks(*put, "--title", "One", "--for", f"{B},{A}", on=DAY)
    over = office.asks(*put, "--title", "Two", "--tally", "for=3", on=DAY)["result"]
    assert (over["state"], over["readings"]) == ("invalid", {"verdict": "robust"})
    capsys.readouterr()
    main(["-C", str(register), "meeting", "minutes", SESSION, "--on", DAY, "--as", "md"])
    text = " ".join(capsys.readouterr().out.split())
    assert text.count("| equal, run-off |") == 4 and "**Nobody was elected**" in text
    assert text.count("(12 present, 0 represented)") == text.count(" present, ") >= 3
    assert "3 papers came in, and 2 could vote." in text


SLATE = {"for": list(ALL[:9]), "against": [], "abstain": list(ALL[9:])}


@pytest.mark.parametrize("secret", [False, True])
def test_a_slate_carries_or_fails_as_a_whole(
    secret: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nine for, none against: all four are elected, with nine votes each; four to eight: nobody."""
    register = january(tmp_path)
    numbers = {"for": 4, "against": 8} if secret else None
    against = None if secret else {"for": list(ALL[:4]), "against": list(ALL[4:])}
    failed = elects(register, None, numbers, against, candidates=FOUR)
    assert failed.result["state"] == "rejected"
    assert failed.result["count"]["elected"] == []
    assert seats(register) == [B, A, "me-zalivgrad", "si-jezerna"]

    numbers = {"for": 9, "against": 0, "abstain": 3} if secret else None
    carried = elects(register, None, numbers, None if secret else SLATE, candidates=FOUR)
    assert carried.result["state"] == "adopted", carried.result["reason"]
    main(["-C", str(register), "decision", "paper", carried.result["id"], "--on", DAY])
    told = " ".join(capsys.readouterr().out.split())
    assert "9 for, none against, 3 abstentions; 5 of 9 needed" in told
    majority = carried.result["count"]["majority"]
    assert (majority["kind"], majority["base"], majority["for"]) == ("votes-cast", 9, 9)
    assert sorted(carried.result["count"]["elected"]) == sorted(FOUR)
    assert sorted(filter(None, seats(register))) == sorted(FOUR)
    lawful(register, capsys)


@pytest.mark.parametrize("candidates", [(), (*FOUR, X)])
def test_a_slate_names_as_many_as_are_free(candidates: tuple[str, ...], tmp_path: Path) -> None:
    register = january(tmp_path)
    answer = elects(register, None, None, SLATE, candidates=candidates)
    assert answer.result["state"] == "invalid"
    assert f"{len(candidates)} candidate" in answer.result["reason"]
    assert "run-off" not in (answer.told or "")


def test_in_secret_by_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the ballots counted nothing is hidden; without them the base is those who are there."""
    register = january(tmp_path)
    votes = {B: 8, A: 7, R: 6, T: 5, X: 4, "ballots": 11}
    answer = elects(register, None, votes)
    assert answer.result["state"] == "adopted", answer.result["reason"]
    assert answer.result["count"]["elected"] == [B, A, R, T]
    assert answer.result["count"]["majority"]["base"] == 11
    record = kept(register, f"decisions/2027/{answer.result['id']}")
    assert (record["secret"], record["tally"]) == (True, votes)
    lawful(register, capsys)


@pytest.mark.parametrize(
    "votes",
    [
        {B: 8, "ballots": 7},
        {B: 8, "ballots": 13},
        {B: 12, A: 12, R: 12, T: 12, X: 1, "ballots": 12},
        {B: 13},
    ],
)
def test_more_votes_than_could_be_cast(votes: dict[str, int], tmp_path: Path) -> None:
    answer = elects(january(tmp_path), None, votes)
    assert answer.ok and answer.result["state"] == "invalid"
    assert "could vote" in answer.result["reason"]


THREE_OF_AL = {f"members/{city}": {"country": "AL"} for city in (R, T)}
BEFORE = {"seat": "elected-1", "city": B, "source": "founding-list"}
TWICE = {
    "committee/2025": {
        "year": 2025,
        "seats": [{**BEFORE, "from": "2025-01-20", "until": "2026-01-05"}],
    }
}
APPLICANT = {"members/bg-rosendol": applicant()}


@pytest.mark.parametrize(
    ("given", "city", "rule"),
    [
        (THREE_OF_AL, R, "two-cities-per-country"),
        ({}, "hr-kamenik", "committee-composition"),
        (APPLICANT, "bg-rosendol", "committee-composition"),
        (TWICE, B, "two-consecutive-terms"),
    ],
)
def test_who_may_not_sit_is_passed_over(
    given: dict[str, Any],
    city: str,
    rule: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The next in votes takes the seat; the record names the city and the rule, and is lawful."""
    register = january(tmp_path, given)
    fourth = "ro-valea-alba"
    answer = elects(register, {A: 7, T: 6, city: 5, X: 4, fourth: 3, "me-zalivgrad": 1})
    assert answer.result["state"] == "adopted", answer.result["reason"]
    assert answer.result["count"]["elected"] == [A, T, X, fourth]
    assert answer.result["passed_over"] == [{"city": city, "rule": rule}]
    assert f"Passed over: {city} ({rule})." in (answer.told or "")
    assert seats(register) == [A, T, X, fourth]
    lawful(register, capsys)


@pytest.mark.parametrize(("given", "city"), [(THREE_OF_AL, R), (TWICE, B)])
def test_who_may_not_sit_leaves_the_election_void(
    given: dict[str, Any], city: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where INT-42 is read so the vote is recorded as invalid, and the record is lawful."""
    register = january(tmp_path, {**given, **read_as(INT_42="election-void")})
    answer = elects(register, {A: 7, T: 6, city: 5, X: 4, "ro-valea-alba": 3})
    assert answer.ok and answer.result["state"] == "invalid"
    assert city in answer.result["reason"] and "INT-42" in answer.result["reason"]
    assert seats(register)[0] != A
    lawful(register, capsys)


def test_three_of_a_country_where_two_are_equal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One may still sit, two are equal: neither does, and the seat is kept for the run-off."""
    register = january(tmp_path, THREE_OF_AL)
    answer = elects(register, {A: 7, R: 5, T: 5, B: 4, X: 3, "ro-valea-alba": 2})
    assert answer.result["count"]["elected"] == [A, B, X]
    assert answer.result["count"]["tied"] == [R, T]
    lawful(register, capsys)


def test_a_later_item_that_breaks_the_cap_is_refused(tmp_path: Path) -> None:
    """Two of a country were elected: the Assembly cannot then approve a third as next President."""
    given = {f"members/{city}": {"country": "MK"} for city in (R, T)}
    register = january(tmp_path, given)
    assert elects(register, {R: 6, T: 5}).ok
    answer = does(register, DAY, APPROVED)
    assert not answer.ok
    assert {f.rule for f in answer.findings if f.kind == "validity"} == {"two-cities-per-country"}


def test_what_is_decided_later_moves_no_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An elected city is approved as next President at a later item of the same session."""
    given = {"decisions/2026/EC-2026-007": {"candidates": ["mk-planinsko", B]}}
    register = january(tmp_path, given)
    first = elects(register, {B: 6, A: 5, R: 4, T: 2})
    other = Question("presidency", f"members/{B}", SESSION, term=2028)
    answer = does(register, DAY, lambda s: decisions.record(s, other, {"for": ALL}, None))
    assert answer.result["state"] == "adopted", answer.result["reason"]
    assert held(register, DAY)["next"] == B
    assert seats(register) == [None, A, R, T]
    lawful(register, capsys)
    told = Office(register, capsys).asks("check", on=DAY)["findings"]
    assert not [f for f in told if first.result["id"] in f["file"]]
    audited(register, capsys)


def test_it_is_told_before_the_vote(tmp_path: Path) -> None:
    """Proposing names the free seats and who may not sit; nothing free is told, and not opened."""
    register = january(tmp_path, THREE_OF_AL)
    put = Question("committee-election", None, SESSION, term=2027, candidates=(A, "hr-kamenik"))
    answer = does(register, DAY, lambda session: questions.propose(session, put))
    assert answer.result["seats"] == {"free": 4, "of": 2027}
    does(register, DAY, lambda s: decisions.open_(s, answer.result["id"]))
    unvoted = does(register, DAY, lambda s: decisions.close(s, answer.result["id"]))
    assert refused_by(unvoted) == {"absolute-majority-matters"}, (
        "nothing of seats, which are not asked"
    )
    does(register, DAY, lambda s: decisions.withdraw(s, answer.result["id"]))
    told = [{"city": "hr-kamenik", "rule": "committee-composition"}]
    assert answer.result["may_not_sit"] == told
    assert [f.rule for f in answer.findings if f.facts.get("city")] == ["committee-composition"]
    everybody = does(register, DAY, lambda s: questions.propose(s, put._replace(candidates=())))
    out = {each["city"] for each in everybody.result["may_not_sit"]}
    assert out == {"hr-kamenik", "rs-srebrni-brod"}

    assert elects(register, {B: 6, A: 5, X: 4, "ro-valea-alba": 2}).ok
    again = does(register, DAY, lambda session: questions.propose(session, put))
    assert again.ok and again.result["seats"] == {"free": 0, "of": 2027}
    assert any("No elected seat of 2027 is free" in f.message for f in again.findings)
    opened = does(register, DAY, lambda s: decisions.open_(s, again.result["id"]))
    assert "committee-composition" in refused_by(opened)


def test_a_by_election_fills_what_was_resigned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under the attested committee of 2026 too: one seat is free, and one voter chooses one."""
    to = ["president", "permanent-secretary"]
    gone = {"resigned": "2026-12-20", "to": to, "document": PAPER}
    given = {"committee/2026": {"seats.5.until": "2026-12-20", "seats.5.ended_by": gone}}
    register = scene(tmp_path, *JANUARY, given={**MAYORS, **given}, rule_set=2)
    answer = elects(register, {X: 12, T: 0}, term=2026)
    assert answer.result["state"] == "adopted", answer.result["reason"]
    assert answer.result["seats"] == {"free": 1, "of": 2026}
    assert seats(register) == [B, A, X, "si-jezerna"]
    lawful(register, capsys)
    two = elects(january(tmp_path / "other", given), {X: 12, T: 1}, term=2026)
    assert two.result["state"] == "invalid" and "chooses 2" in two.result["reason"]


def test_an_election_of_the_first_set_stands_and_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run-off as 0.1.0 closed it ended three seats: no refusal, but a note; so does a slate."""
    register = scene(tmp_path, *JANUARY, given=MAYORS)
    assert does(register, DAY, passed()).ok
    slate = elects(register, None, None, SLATE, candidates=FOUR)
    assert slate.result["state"] == "rejected"
    elects(register, {B: 6, A: 5, R: 4, T: 2, X: 2})
    run_off = elects(register, {T: 5, X: 7})
    assert run_off.result["state"] == "adopted"
    assert [x for x in seats(register) if x] == [X, T]
    lawful(register, capsys)
    found = Office(register, capsys).asks("check", on=DAY)["findings"]
    told = {f["file"][-16:-5]: f["message"] for f in found if f["rule"] == "counted-otherwise"}
    assert sorted(told) == [slate.result["id"], run_off.result["id"]]
    assert f"elects {X}, where {X}, {T}" in told[run_off.result["id"]]
    audited(register, capsys)


def test_what_is_learnt_of_the_seats_later_is_a_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That a city elected sat twice before is entered after the election: it stays elected."""
    register = january(tmp_path)
    assert elects(register, {B: 6, A: 5, R: 4, T: 2}).ok
    file = register / "registry/committee/2025.yaml"
    file.write_bytes(written("registry/committee/2025.yaml", TWICE["committee/2025"]))
    git(register, "add", "-A")
    git(register, "commit", "-q", "-m", "learnt later")
    found = Office(register, capsys).asks("check", on=DAY, exits=1)["findings"]
    of_it = [(f["rule"], f["kind"]) for f in found if "GA-2027" in f["file"]]
    assert of_it == [("earlier-seats-affected", "note")]
