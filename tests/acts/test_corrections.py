"""Corrections: the old entry stays, the new one says what it replaces, what is derived follows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.judge.verdicts import judge_state
from b40cli.acts.opened.view import open_view
from b40cli.model.facts.correction import corrected, correction_of, place_of
from b40cli.store.git.repository import Repository
from tests.acts.scene import ALL, CITY, Office, scene
from tests.acts.test_annul import EVERYBODY, SITTINGS
from tests.invented import SHA, git, written

ROSENDOL: dict[str, Any] = {
    "population": {"count": 46893, "year": 2021, "source": "founding-list"},
    "declaration": {"signed": "2026-03-20", "place": "Rosendol"},
    "mayors": [{"name": "Ana Primer", "capacity": "mayor", "from": "2024-11-06"}],
}
GIVEN: dict[str, Any] = {
    **SITTINGS,
    "members/bg-rosendol": ROSENDOL,
    "meetings/2026-04-20-ga": {
        **SITTINGS["meetings/2026-04-20-ga"],
        "roll_calls": [
            {
                "n": 1,
                "at": "2026-04-20T10:00:00+03:00",
                "present": [*EVERYBODY.split(","), "bg-rosendol"],
            }
        ],
    },
    "decisions/2026/GA-2026-001": {
        "id": "GA-2026-001",
        "body": "general-assembly",
        "matter": "resolution",
        "title": "A resolution on procedure",
        "meeting": "2026-04-20-ga",
        "item": 1,
        "proposed": "2026-04-20",
        "state": "adopted",
        "closed": "2026-04-20",
        "edition": "2024-01",
        "ballots": {"for": [*EVERYBODY.split(","), "bg-rosendol"]},
    },
}
MAY = "2026-05-04"


@pytest.fixture
def office(  # `pinned` is to come first
    pinned: None,  # noqa: ARG001
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Office:
    """Rosendol was admitted in March and voted in April."""
    return Office(scene(tmp_path, "meeting", "applicant", "admission", given=GIVEN), capsys)


@pytest.fixture
def paper(papers: Path) -> tuple[str, str]:
    return "--evidence", str(papers / "letter.txt")


def correct(
    there: Office, at: str, right: str, *words: str, exits: int = 0, of: str = "bg-rosendol"
) -> dict[str, Any]:
    asked = ("correct", of, "--at", at, "--is", right, "--why", "Misread", *words)
    return there.asks(*asked, on=MAY, exits=exits)


def test_the_old_stays_and_the_new_says_what_it_replaces(
    office: Office, paper: tuple[str, str]
) -> None:
    before = office.text(CITY)
    answer = correct(office, "population.count", "46000", *paper)
    assert answer["result"]["was"] == 46893
    assert answer["result"]["by"] == "secretariat"
    assert office.text(CITY) == before
    shown = office.asks("show", "bg-rosendol", on=None)["result"]
    assert shown["record"]["population"]["count"] == 46000
    [told] = shown["corrections"]
    assert (told["id"], told["was"], told["is"]) == ("C-2026-001", 46893, 46000)
    assert "corrections/2026/C-2026-001" in shown["named_by"]
    again = correct(office, "population.count", "46100", *paper)
    assert (again["result"]["id"], again["result"]["was"]) == ("C-2026-002", 46000)
    same = correct(office, "population.count", "46100", *paper)
    assert same["commit"] is None
    subjects = [a["subject"] for a in office.asks("log", "bg-rosendol", on=None)["result"]["acts"]]
    assert subjects[0] == "correction: members/bg-rosendol population.count, C-2026-002"
    assert office.asks("check", on=None)["ok"]


def test_a_fact_rests_on_several_sources_and_on_one_again(
    office: Office, paper: tuple[str, str]
) -> None:
    at, several = "population.source", ["founding-list", "gazetteer"]
    first = correct(office, at, "founding-list | gazetteer", *paper)["result"]
    assert (first["was"], first["is"]) == ("founding-list", several)
    assert git(office.folder, "log", "-1", "--format=%b").startswith(
        "Was founding-list, is founding-list, gazetteer: Misread"
    )
    second = correct(office, at, "founding-list", *paper)["result"]
    assert (second["was"], second["is"]) == (several, "founding-list")
    correct(office, at, "founding-list|", *paper, exits=2)


def test_a_name_corrected_moves_nobodys_standing(office: Office, paper: tuple[str, str]) -> None:
    correct(office, "name", "Rosendole", *paper)
    assert "Standing of" not in office.message()
    assert "Vote of" not in office.message()


def test_what_is_derived_follows_and_a_frozen_roll_stands(
    office: Office, paper: tuple[str, str]
) -> None:
    """The Declaration was signed after the Assembly, not before it: it had no vote there."""
    answer = correct(office, "declaration.signed", "2026-04-28", *paper)
    assert {f["rule"] for f in answer["findings"]} == {"earlier-roll-affected"}
    assert "Membership of Rosendol since: 2026-03-20 until now, 2026-04-28" in office.message()
    voting = {
        day: "bg-rosendol" in office.asks("roll", on=day)["result"]["voting"]
        for day in ("2026-04-20", MAY)
    }
    assert voting == {"2026-04-20": False, MAY: True}
    state = office.asks("show", "GA-2026-001", on=None)["result"]["record"]["state"]
    assert state == "adopted"
    known = office.asks("roll", "--known-at", "HEAD~1", on="2026-04-20")
    assert "bg-rosendol" in known["result"]["voting"]
    assert office.asks("check", on=None)["ok"]


@pytest.mark.parametrize(
    ("of", "at", "right", "code"),
    [
        ("bg-rosendol", "population.size", "1", 2),
        ("bg-rosendol", "population", "1", 2),
        ("bg-rosendol", "population.count", "many", 2),
        ("bg-rosendol", "mayors.0.capacity", "king", 2),
        ("bg-rosendol", "declaration.signed", "2026-02-30", 2),
        ("bg-rosendol", "mayors.9.name", "Eva", 2),
        ("nowhere", "name", "Eva", 2),
        ("bg-rosendol", "country", "RO", 1),
        ("bg-rosendol", "application.outcome", "EC-2026-009", 1),
        ("GA-2026-001", "state", "rejected", 1),
        ("GA-2026-001", "count.majority.for", "12", 1),
        ("GA-2026-001", "ballots.for.0", "xk-gurmal", 1),
        ("GA-2026-001", "count.majority.casting", "for", 2),
        ("2026-04-20-ga", "chair", "xk-gurmal", 1),
        ("statutes/parameters", "parameters.0.what", "Else", 1),
        ("network", "name", "Another", 1),
        ("bg-rosendol", "declaration.signed", "2026-12-24", 1),
    ],
)
def test_what_is_not_corrected_like_this(
    office: Office, paper: tuple[str, str], of: str, at: str, right: str, code: int
) -> None:
    before = office.head()
    correct(office, at, right, *paper, exits=code, of=of)
    assert office.head() == before


def test_more_than_a_clerical_fact_takes_a_resolution_about_the_record(
    office: Office, paper: tuple[str, str]
) -> None:
    by = ("--by", "EC-2026-002")
    correct(office, "country", "RO", *paper, *by, exits=1)
    about = ("--subject", "bg-rosendol", "--meeting", "2026-04-20-ec", "--for", ALL)
    office.asks("decision", "record", "resolution", *about, on="2026-04-20")
    correct(office, "country", "RO", *paper, *by)
    assert office.asks("member", "show", "bg-rosendol", on=MAY)["result"]["country"] == "RO"
    # What is kept of the judge's verdicts must not outlive the ground of a correction.
    office.asks("check", on=MAY)
    # Without its ground it holds no longer; the record is again as it was written.
    effect = ("--effect", "ex-nunc", "--meeting", "2026-04-20-ec", "--for", ALL)
    office.asks("decision", "annul", "EC-2026-002", *effect, on="2026-04-20")
    assert office.asks("member", "show", "bg-rosendol", on=MAY)["result"]["country"] == "BG"
    assert office.asks("check", on=None)["ok"]


def test_acts_go_on_where_something_was_corrected(office: Office, paper: tuple[str, str]) -> None:
    """A city is renamed and its mayor succeeded; what the file said, and what was right, stays."""

    def renamed(name: str, since: str, exits: int = 0) -> dict[str, Any]:
        words = ("member", "rename", "bg-rosendol", name, "--from", since)
        return office.asks(*words, on=MAY, exits=exits)

    correct(office, "name", "Rosendole", *paper)
    renamed("Novidol", "2026-04-22")
    correct(office, "name", "Novi Dol", *paper)
    renamed("Dol", "2026-04-24")
    # It would be read as what it was corrected to.
    refused = renamed("Novidol", MAY, exits=2)["findings"][0]
    assert "--at name --is Novidol --why WHY" in refused["help"]
    shown = office.asks("show", "bg-rosendol", on=MAY)["result"]["record"]
    assert shown["name"] == "Dol"
    assert [each["name"] for each in shown["former_names"]] == ["Rosendole", "Novi Dol"]
    correct(office, "mayors.0.until", "2026-04-01", *paper)
    correct(office, "mayors.0.until", "void", *paper)
    office.asks("member", "mayor", "bg-rosendol", "Ivo", "--from", "2026-05-02", on=MAY)
    heads = {
        day: office.asks("member", "show", "bg-rosendol", on=day)["result"]["mayor"]["name"]
        for day in ("2026-05-01", MAY)
    }
    assert heads == {"2026-05-01": "Ana Primer", MAY: "Ivo"}
    assert office.asks("check", on=MAY)["ok"]
    assert office.asks("check", "--base", "HEAD~7", on=MAY)["ok"]


def test_a_block_is_told_again_with_what_was_corrected_in_it(
    office: Office, paper: tuple[str, str]
) -> None:
    correct(office, "population.count", "46000", *paper)
    tell = ("member", "set", "bg-rosendol", "--population")
    refused = office.asks(*tell, "47000", "--year", "2022", on=MAY, exits=2)["findings"][0]
    assert "--at population.count --is 47000 --why WHY" in refused["help"]
    office.asks(*tell, "46000", "--year", "2022", on=MAY)
    told = office.asks("show", "bg-rosendol", on=MAY)["result"]["record"]["population"]
    assert (told["count"], told["year"]) == (46000, 2022)
    # What it was corrected from is no figure that a file could tell.
    office.asks(*tell, "46893", "--year", "2022", on=MAY, exits=2)
    correct(office, "population.year", "2023", *paper)
    left = office.asks(*tell, "46000", on=MAY, exits=2)["findings"][0]["message"]
    assert "population.year" in left and "left out" in left


def test_what_changes_with_the_times_is_told_anew_after_a_correction(
    office: Office, paper: tuple[str, str]
) -> None:
    """A misread address was corrected; the office moved later, and that corrects nothing."""
    told = ("member", "set", "bg-rosendol")
    office.asks(*told, "--email", "ofice@example.org", "--phone", "+359 1", on=MAY)
    correct(office, "contact.email", "office@example.org", *paper)
    for email in ("mayor@example.org", "office@example.org", "desk@example.org"):
        office.asks(*told, "--email", email, on=MAY)
        shown = office.asks("show", "bg-rosendol", on=MAY)["result"]["record"]["contact"]
        assert shown == {"email": email, "phone": "+359 1"}
        assert office.asks("check", on=MAY)["ok"]
        assert office.asks("check", "--base", "HEAD~1", on=MAY)["ok"]
    # What it was corrected from is no address that a file could tell.
    refused = office.asks(*told, "--email", "ofice@example.org", on=MAY, exits=2)["findings"][0]
    assert "--at contact.email --is ofice@example.org --why WHY" in refused["help"]
    correct(office, "contact.email", "ofice@example.org", *paper)
    assert office.asks("check", "--base", "HEAD~6", on=MAY)["ok"]


def test_who_knows_the_wrong_name_finds_the_city_by_it(
    office: Office, paper: tuple[str, str]
) -> None:
    """Papers of before the correction bear it; a city that is called so comes first."""
    correct(office, "name", "Gornidol", *paper)
    correct(office, "name", "Gorni Dol", *paper)
    for former in ("rosendol", "Gornidol"):
        found = office.asks("city", former, on=MAY)["result"]
        assert (found["id"], found["name"]) == ("bg-rosendol", "Gorni Dol")
        hits = office.asks("search", former, on=MAY)["result"]["records"]
        assert {"members/bg-rosendol": "Gorni Dol"}.items() <= {
            hit["record"]: hit["name"] for hit in hits
        }.items()
    correct(office, "name", "Dolovo", *paper, of="me-zalivgrad")
    correct(office, "name", "Zalivgrad", *paper)
    assert office.asks("city", "Zalivgrad", on=MAY)["result"]["id"] == "bg-rosendol"
    assert office.asks("city", "dolovo", on=MAY)["result"]["id"] == "me-zalivgrad"


def test_a_name_that_was_corrected_may_be_that_of_another_city(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A clerk took one for the other: who is meant is asked, and no act hits the wrong one."""
    other = {"members/rs-srebrni-brod": {"gazetteer": 792680}}
    office = Office(scene(tmp_path / "other", given=other), capsys)
    for name in ("Belgrade", "Zalivgrad"):
        correct(office, "name", name, "--source", "founding-list", of="me-zalivgrad")
    asked = office.asks("city", "Belgrade", on=MAY, exits=2)["findings"][0]
    assert "may be any of 2" in asked["message"]
    assert all(city in asked["help"] for city in ("me-zalivgrad", "rs-srebrni-brod"))


def test_a_correction_is_closed_and_what_it_corrects_stays(
    office: Office, paper: tuple[str, str]
) -> None:
    correct(office, "population.count", "46000", *paper)
    file = office.folder / "registry/corrections/2026/C-2026-001.yaml"
    kept = file.read_text()
    for spoilt in (kept.replace("46000", "1"), None):
        file.write_text(spoilt) if spoilt else file.unlink()
        assert office.asks("check", "--base", "HEAD", on=None, exits=1)["findings"]
        file.write_text(kept)
    city = office.folder / CITY
    city.write_text(city.read_text().replace("46893", "50000"))
    found = office.asks("check", on=None, exits=1)["findings"]
    refused = [f["rule"] for f in found if f["kind"] == "validity"]
    assert refused == ["correction-names-what-it-replaces"]
    changed = office.asks("check", "--base", "HEAD", on=None, exits=1)["findings"]
    assert [f["rule"] for f in changed if f["kind"] == "validity"] == refused


def test_verdicts_that_are_kept_follow_a_correction(office: Office) -> None:
    """What was judged before is judged again once a correction says otherwise, and only then."""
    on = date(2026, 5, 4)
    fresh = judge_state(open_view(office.folder, on))
    assert judge_state(open_view(office.folder, on)) == fresh
    path = "registry/corrections/2026/C-2026-001.yaml"
    data = {
        "id": "C-2026-001",
        "corrects": "members/bg-rosendol",
        "at": "declaration.signed",
        "was": "2026-03-20",
        "is": "2026-04-28",
        "why": "Misread",
        "on": "2026-05-04",
        "by": "secretariat",
        "evidence": [{"sha256": SHA}],
    }
    (office.folder / path).parent.mkdir(parents=True)
    (office.folder / path).write_bytes(written(path, data))
    kept = judge_state(open_view(office.folder, on))
    assert {f.rule for f in kept} - {f.rule for f in fresh} == {"earlier-roll-affected"}
    for file in Repository(office.folder).cache_folder().glob("verdicts-*"):
        file.unlink()
    assert judge_state(open_view(office.folder, on)) == kept
    (office.folder / path).unlink()
    assert judge_state(open_view(office.folder, on)) == fresh
    assert git(office.folder, "status", "--porcelain") == ""


def test_corrections_apply_in_turn_and_leave_the_record_alone() -> None:
    data = {"id": "C-2026-001", "corrects": "members/x", "at": "a.1.b", "was": 1, "is": 2}
    data |= {"why": "", "on": "2026-01-05", "by": "secretariat", "evidence": []}
    first = correction_of("", data)
    second = first._replace(was=2, value=3)
    missed = first._replace(was=7, value=9)
    record: dict[str, Any] = {"a": [{}, {"b": 1}], "c": True}
    kept = json.dumps(record)
    assert corrected(record, (first, missed, second)) == {"a": [{}, {"b": 3}], "c": True}
    assert json.dumps(record) == kept
    # One is not true, and a place that is not there is no reason to fail.
    odd = first._replace(at=("c",), was=1, value=2), first._replace(at=place_of("a.5.b"))
    assert corrected(record, odd) == record


@pytest.mark.parametrize(
    "at",
    ["attested.since.by", "mayors.-1.name", "mayors..name", "mayors.9.name", "name.0", "."],
)
def test_a_place_that_no_record_has(at: str, office: Office) -> None:
    assert (
        "no place"
        in correct(office, at, "2026-01-01", "--own-slip", exits=2)["findings"][0]["message"]
    )


def test_places_that_need_each_other_are_added_together(office: Office) -> None:
    more = ("--also", "population.source=founding-list", "--also", "population.year=2021")
    alone = correct(office, "population.count", "900", of="hr-kamenik", exits=2)
    assert "population.source is missing" in alone["findings"][0]["message"]
    correct(office, "population.count", "900", *more, of="hr-kamenik")
    text = office.text("registry/members/hr-kamenik.yaml")
    assert "population: {count: 900, year: 2021, source: founding-list}" in text
    ended = ("--also", "mayors.0.until=2026-04-01")
    correct(office, "mayors.0.ended", "died", *ended)
    assert "until: 2026-04-01, ended: died}" in office.text(CITY)
    # Each place is read by itself: two meanings of thirty texts are no thousand million records.
    many = [word for n in range(30) for word in ("--also", f"population.x{n}=1")]
    correct(office, "population.z", "1", *many, of="rs-srebrni-brod", exits=2)


def test_one_place_once_and_no_correction_of_a_correction(office: Office) -> None:
    hashed = ("application.form.sha256", "0" * 64)
    paper = correct(office, *hashed, "--own-slip", exits=2)["findings"][0]
    assert "never a slip" in paper["message"] and "--evidence" in paper["help"]
    twice = ("--own-slip", "--also", "population.count=2")
    assert (
        correct(office, "population.count", "1", *twice, exits=2)["findings"][0]["rule"] == "usage"
    )
    correct(office, "population.count", "46000", "--own-slip")
    told = correct(office, "is", "1", "--own-slip", of="C-2026-001", exits=2)["findings"][0]
    assert "b40 correct members/bg-rosendol --at population.count" in told["help"]


def test_a_network_is_not_founded_after_it_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(scene(tmp_path / "two", rule_set=2), capsys)
    refused = correct(office, "founded.on", "2027-01-19", "--own-slip", of="network", exits=1)
    assert "dates-in-order" in {f["rule"] for f in refused["findings"]}
