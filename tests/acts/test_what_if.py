"""The same vote with something otherwise, and the fewest ballots that turn it: the judge counts."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.votes.smallest import smallest
from b40cli.cli.main import main
from b40cli.model.facts.decision import Votes, decision_of
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.votes.vote import recount
from tests.acts.scene import VOTE, Office, content, scene
from tests.invented import DAY, SEVEN, registry

ASKED = ("decision", "what-if", "EC-2026-001")


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(scene(tmp_path, "meeting", "applicant", "admission"), capsys)


def test_one_vote_against_an_admission_turns_it(at: Office) -> None:
    told = at.asks(*ASKED, "--against", "Kamenik")["result"]
    assert (told["state"], told["then"], told["changes"]) == ("adopted", "rejected", True)
    assert told["smallest"] == "1 ballot cast against instead of for it"
    same = at.asks(*ASKED)["result"]
    assert same["then"] == "adopted" and not same["changes"]


def test_who_had_not_come_and_how_it_is_read(at: Office) -> None:
    gone = at.asks(*ASKED, "--gone", ",".join(SEVEN[3:]))["result"]
    assert gone["then"] == "invalid"
    read = at.asks(*ASKED, "--against", "Aldmar", "--reading", "INT-03=simple-majority")["result"]
    assert read["then"] == "adopted"
    otherwise = ("--against", "Aldmar", "--reading", "INT-03=simple-majority")
    assert main(["-C", str(at.folder), *ASKED, *otherwise, "--format", "markdown"]) == 0
    rows = [row.split("|")[1:5] for row in at.capsys.readouterr().out.split("\n") if "|" in row]
    told = {tuple(map(str.strip, row[1:])) for row in rows if row[0].strip() == "taken"}
    assert told == {("simple majority", "6 for; 4 of 7 needed", "✓ adopted")}
    at.asks(*ASKED, "--reading", "INT-03=nonsense", exits=2)
    at.asks(*ASKED, "--reading", "INT-99=x", exits=2)


def state_of(at: Any, votes: Votes) -> str:
    whole, record = at
    found = recount(Case(None, whole, DAY), record._replace(votes=votes))
    assert not isinstance(found, Undetermined) and found.outcome is not None
    return found.outcome.state


@pytest.mark.parametrize("fors", range(1, 7))
def test_no_smaller_change_turns_a_resolution(fors: int) -> None:
    """Against every way to move that many ballots, or fewer, one by one."""
    records = content("meeting", "applicant", "admission")
    whole = registry(records)
    given = {**records[VOTE], "matter": "resolution", "state": "open", "statutes_silent": True}
    record = decision_of(VOTE, given)
    votes = Votes(
        {"for": SEVEN[:fors], "against": SEVEN[fors:], "abstain": (), "invalid": ()}, None
    )
    here = whole, record
    told = smallest(whole, record._replace(votes=votes), DAY)
    before = state_of(here, votes)
    fewest = next(n for n in range(1, 8) if any(_turned(here, votes, n, before)))
    assert told is not None and told.startswith(f"{fewest} ballot")


def _turned(here: Any, votes: Votes, number: int, before: str) -> Any:
    ballots = votes.ballots or {}
    for moved in combinations(SEVEN, number):
        for side in ("for", "against", "abstain"):
            kept = {s: tuple(c for c in of if c not in moved) for s, of in ballots.items()}
            kept[side] = (*kept[side], *moved)
            yield state_of(here, votes._replace(ballots=kept)) != before


SECRET = ("decision", "record", "resolution", "--meeting", "2026-03-10-ec", "--title", "Bridges")


def test_close_review_and_minutes_tell_the_smallest_change(at: Office) -> None:
    """Of a secret vote, too: by numbers."""
    base = at.head()
    numbers = ("--tally", "for=4,against=3")
    at.asks(*SECRET, "--statutes-silent", *numbers)
    said = "It would have turned with 1 ballot cast against instead of for it"
    assert said in at.message()
    [moved] = at.asks("review", f"{base}..HEAD", on="2026-04-01")["result"]["changes"]["decisions"]
    assert said in moved["says"]
    assert main(["-C", str(at.folder), "meeting", "minutes", "2026-03-10-ec"]) == 0
    out = at.capsys.readouterr().out
    assert "Turns with" in out and "1 ballot cast against instead" in out


def test_an_amendment_is_run_over_past_votes(at: Office) -> None:
    """The admission was unanimous: a larger quorum turns it, a smaller one does not."""
    words = ("statutes", "simulate")
    told = at.asks(*words, "--amend", "committee-quorum=1/1")["result"]
    assert told["votes"] == 1
    assert [vote["then"] for vote in told["turned"]] == ["invalid"]
    calm = at.asks(*words, "--amend", "committee-quorum=1/4")["result"]
    assert calm["turned"] == [] == calm["offices"]
    capped = at.asks(*words, "--amend", "cities-per-country=0")["result"]
    assert capped["offices"] and "Art. 13" in capped["offices"][0]
    at.asks(*words, "--amend", "nonsense=1", exits=2)
    at.asks(*words, "--amend", "committee-quorum=1", exits=2)
    at.asks(*words, exits=2)


def test_a_file_and_a_proposal_are_run_under_every_reading_they_touch(at: Office) -> None:
    """An amendment as a file, as an edition's parameters, and as it was put to the Assembly."""
    words = ("statutes", "simulate")
    file = at.folder.parent / "amendment.yaml"
    file.write_text("parameters: {committee-quorum: 1/1}\n")
    plain = at.asks(*words, "--amend", "committee-quorum=1/1")["result"]
    assert at.asks(*words, str(file))["result"] == plain
    assert plain["says"][0] == "1 past admission would have failed (invalid)."
    file.write_text("readings: {INT-03: simple-majority}\namends: []\n")
    assert at.asks(*words, str(file))["result"]["turned"] == []
    edition = (at.folder / "registry/statutes/parameters.yaml").read_text()
    name, rest = "  - name: committee-quorum", "value: 1/2"
    head, _, tail = edition.partition(name)
    file.write_text(f"{head}{name}{tail.replace(rest, 'value: 1/1', 1)}")
    assert at.asks(*words, str(file))["result"] == plain
    capped = at.asks(*words, "--amend", "cities-per-country=0")["result"]
    touched = {each["point"] for each in capped["under"]}
    assert "INT-11" in touched
    elected = next(each for each in capped["under"] if each["point"] == "INT-11")
    assert len(elected["offices"]) < len(capped["offices"])
    for odd in ("no: file", "[1]", "parameters: {}", "a: [", "parameters: {nonsense: 1}"):
        file.write_text(odd)
        at.asks(*words, str(file), exits=2)
    at.asks(*words, "nowhere.yaml", exits=2)


def test_duties_that_an_amendment_moves(at: Office) -> None:
    """A group that has to meet five times a year, and to bring its minutes the same day."""
    amend = ("--amend", "group-meetings-a-year=5", "--amend", "summit-month=3")
    moved = at.asks("statutes", "simulate", *amend)["result"]
    assert moved["duties"] and moved["turned"] == []
    assert moved["says"][-1].endswith("would be owed otherwise.")


def test_an_amendment_that_was_put_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = Office(scene(tmp_path, "meeting", "applicant", "admission", "assembly"), capsys)
    name = at.asks("meeting", "list", "--kind", "ga")["result"]["meetings"][0]["id"]
    put = ("--title", "Quorum", "--amend", "committee-quorum=1/1")
    made = at.asks("decision", "propose", "amendment", "--meeting", name, *put)["result"]["id"]
    told = at.asks("statutes", "simulate", made)["result"]
    assert [vote["then"] for vote in told["turned"]] == ["invalid"]


@pytest.mark.parametrize("cast", ["ballots", "tally"])
def test_an_invalid_ballot_cast_for_it_turns_a_vote(cast: str) -> None:
    """Six of seven are for an admission, which all must be: the seventh's paper was void."""
    records = content("meeting", "applicant", "admission")
    named = {"for": SEVEN[:6], "against": (), "abstain": (), "invalid": SEVEN[6:]}
    tally = {side: len(cities) for side, cities in named.items()}
    votes = Votes(named, None) if cast == "ballots" else Votes(None, tally)
    record = decision_of(VOTE, {**records[VOTE], "state": "open"})._replace(votes=votes)
    said = "1 ballot cast for it instead of an invalid one"
    assert smallest(registry(records), record, DAY) == said
