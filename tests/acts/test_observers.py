"""Observers: requests, the President's invitations, ends, the list (Art. 6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.store.gazetteer import find
from b40cli.store.yaml.dialect import parse
from tests.acts.scene import Office, scene
from tests.invented import git

BERGSTADT = "registry/observers/at-bergstadt.yaml"
ASKS = ("observer", "request", "Bergstadt", "--country", "AT", "--gazetteer", "none")
CITY = (*ASKS, "--population", "1700000", "--year", "2021")
GROUP = {
    "groups/local-climate-action": {
        "id": "local-climate-action",
        "name": "Local Climate Action",
        "kind": "permanent",
        "since": {"by": "2024-01-31"},
        "source": "statutes",
    }
}


@pytest.fixture
def signed(papers: Path) -> tuple[str, ...]:
    """What every decision of the President comes with."""
    return ("--person", "Ana Primer", "--evidence", str(papers / "decision.txt"))


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """The invented network with one working group."""
    return Office(scene(tmp_path, "meeting", given=GROUP), capsys)


def kept(at: Office, path: str = BERGSTADT) -> dict[str, Any]:
    record = parse(at.text(path).encode())
    assert isinstance(record, dict)
    return record


def rules(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(f["rule"], f["kind"]) for f in answer["findings"]}


def states(at: Office, on: str, *words: str) -> dict[str, str]:
    rows = at.asks("observer", "list", *words, on=on)["result"]["observers"]
    return {row["id"]: row["state"] for row in rows}


def test_a_request_is_recorded_with_figure_year_and_source(at: Office, papers: Path) -> None:
    at.asks(*CITY, "--document", str(papers / "letter.txt"), "--received", "2026-02-02")
    record = kept(at)
    assert record["population"] == {"count": 1700000, "year": 2021, "source": "request"}
    assert record["request"]["received"] == "2026-02-02"
    assert record["request"]["document"]["note"] == "letter.txt"
    assert states(at, "2026-03-10") == {"at-bergstadt": "requested"}


def test_on_a_day_before_the_request_nobody_is_on_the_list(at: Office, papers: Path) -> None:
    """Nor found, nor is its request in the log: what was done later is not told of the day."""
    at.asks(*CITY, "--document", str(papers / "letter.txt"), on="2026-03-10")
    for day, there in (("2026-03-09", 0), ("2026-03-10", 1)):
        told = {
            "observers": at.asks("observer", "list", on=day)["result"]["observers"],
            "records": at.asks("search", CITY[2], on=day)["result"]["records"],
            "acts": at.asks("log", CITY[2], on=day)["result"]["acts"],
        }
        assert {key: len(found) for key, found in told.items()} == dict.fromkeys(told, there)


def test_the_gazetteer_tells_the_figure(at: Office) -> None:
    """A lookup only, in a dry run; the year is the person's to tell, and without it a note says so.

    One of the places outside the region stands at exactly the number of Art. 6.
    """
    (place,) = find("Talatona", "AO")
    assert place.population == 500000
    told = at.asks("observer", "request", "Talatona", "--country", "AO", "--dry-run")
    assert rules(told) == {("observer-population", "note")}
    told = at.asks(
        "observer", "request", "Talatona", "--country", "AO", "--year", "2014", "--dry-run"
    )
    assert not told["findings"] and told["result"]["id"] == "ao-talatona"
    at.asks("observer", "request", "Nosuchtown", "--country", "AO", exits=2)


def test_whoever_cannot_be_an_observer_asks_and_is_not_invited(
    at: Office, signed: tuple[str, ...]
) -> None:
    """The request stays on the list; the invitation has no effect."""
    asked = at.asks(*ASKS, "--population", "499999", "--year", "2020")
    assert rules(asked) == {("observer-population", "note")}
    before = at.head()
    refused = at.asks("observer", "invite", "at-bergstadt", "--to", "ga", *signed, exits=1)
    assert ("observer-population", "validity") in rules(refused)
    assert at.head() == before and states(at, "2026-03-10") == {"at-bergstadt": "requested"}


def test_a_fact_told_later_is_added(at: Office, signed: tuple[str, ...]) -> None:
    """First it is undetermined, then it is known; once invited on it, it stays."""
    at.asks(*ASKS, "--population", "900000")
    invite = ("observer", "invite", "at-bergstadt", "--to", "ga", *signed)
    (found, *_more) = at.asks(*invite, exits=1)["findings"]
    assert found["facts"] == {"undetermined": ["population.year"]}
    at.asks("observer", "request", "at-bergstadt", "--year", "2019")
    assert kept(at)["population"] == {"count": 900000, "year": 2019, "source": "request"}
    at.asks(*invite)
    (found, *_more) = at.asks(
        *("observer", "request", "at-bergstadt", "--population", "1"), exits=1
    )["findings"]
    assert (found["rule"], found["article"]) == ("observer-list", "Art. 6")
    at.asks("observer", "request", "at-bergstadt", "--kind", "association", exits=2)
    commits = at.commits()
    at.asks("observer", "request", "at-bergstadt")
    assert at.commits() == commits


def test_an_invitation_is_one_act_with_its_decision(at: Office, signed: tuple[str, ...]) -> None:
    at.asks(*CITY)
    commits = at.commits()
    invite = ("observer", "invite", "at-bergstadt", "--to")
    result = at.asks(*invite, "ga", *signed)["result"]
    assert result["id"] == "PR-2026-001" and at.commits() == commits + 1
    decision = kept(at, "registry/decisions/2026/PR-2026-001.yaml")
    assert decision["decided_by"]["city"] == "hr-kamenik"
    assert decision["subject"] == "observers/at-bergstadt"
    assert kept(at)["invitations"] == [{"by": "PR-2026-001", "to": "ga", "on": "2026-03-10"}]
    at.asks(*invite, "ga", *signed, on="2026-03-11")
    assert at.commits() == commits + 1
    at.asks(*invite, "local-climate-action", *signed, on="2026-03-11")
    assert kept(at)["invitations"][1]["group"] == "local-climate-action"
    refused = at.asks(*invite, "no-such-group", *signed, exits=1)
    assert ("references-resolve", "validity") in rules(refused)
    assert at.asks("roll", on="2026-03-10")["result"]["observers"] == ["at-bergstadt"]
    assert at.asks("roll", on="2026-03-09")["result"]["observers"] == []


def test_whoever_never_asked_comes_on_the_list_with_the_invitation(
    at: Office, signed: tuple[str, ...]
) -> None:
    words = ("observer", "invite", "Rivernet", "--kind", "international", "--id", "eu-rivernet")
    refused = at.asks(*words, "--to", "ga", *signed, exits=1)
    assert refused["findings"][0]["facts"] == {"undetermined": ["aims"]}
    at.asks(*words, "--to", "ga", "--aims", "culture", *signed)
    assert kept(at, "registry/observers/eu-rivernet.yaml")["aims"] == ["culture"]
    assert states(at, "2026-03-10") == {"eu-rivernet": "invited"}


def test_a_decision_of_the_president_rests_on_paper(at: Office, signed: tuple[str, ...]) -> None:
    at.asks(*CITY)
    at.asks("observer", "invite", "at-bergstadt", "--to", "ga", "--person", "Ana", exits=2)
    at.asks("observer", "invite", "at-bergstadt", "--to", "ga", *signed[2:], exits=2)
    at.asks("observer", "end", "at-nowhere", *signed, exits=2)
    at.asks("observer", "list", "--state", "nonsense", exits=2)
    at.asks("observer", "request", "Nowhere", exits=2)
    at.asks("observer", "request", "Bergstadt", "--country", "AT", "--kind", "club", exits=2)


def test_a_status_ends_and_begins_again(at: Office, signed: tuple[str, ...]) -> None:
    """Each day keeps its own answer, however often the status came and went."""
    invite = ("observer", "invite", "at-bergstadt", "--to", "ga", *signed)
    end = ("observer", "end", "at-bergstadt", *signed)
    at.asks(*CITY, on="2026-02-02")
    for day, act in (
        ("2026-02-16", invite),
        ("2026-03-02", end),
        ("2026-04-01", invite),
        ("2026-05-04", end),
        ("2026-06-01", invite),
        ("2026-06-01", end),
    ):
        at.asks(*act, on=day)
    commits = at.commits()
    at.asks(*end, on="2026-06-02")
    assert at.commits() == commits
    for day, observing in (
        ("2026-02-15", False),
        ("2026-02-16", True),
        ("2026-03-01", True),
        ("2026-03-02", False),
        ("2026-04-01", True),
        ("2026-05-03", True),
        ("2026-05-04", False),
        ("2026-06-01", False),
    ):
        listed = at.asks("roll", on=day)["result"]["observers"]
        assert listed == (["at-bergstadt"] if observing else []), day
    assert states(at, "2026-06-02") == {}
    assert states(at, "2026-06-02", "--all") == {"at-bergstadt": "ended"}
    assert states(at, "2026-06-02", "--state", "ended") == {"at-bergstadt": "ended"}
    assert at.asks("check", on="2026-06-02")["result"]["counts"]["validity"] == 0


def test_invited_and_ended_on_one_day(at: Office, signed: tuple[str, ...]) -> None:
    at.asks(*CITY)
    at.asks("observer", "invite", "at-bergstadt", "--to", "ga", *signed)
    at.asks("observer", "end", "at-bergstadt", *signed)
    assert kept(at)["invitations"][0]["ended_by"] == "PR-2026-002"
    assert states(at, "2026-03-10", "--all") == {"at-bergstadt": "ended"}
    assert at.asks("roll")["result"]["observers"] == []
    assert at.asks("check")["result"]["counts"]["validity"] == 0


def test_a_request_that_is_turned_down_stays_on_the_list(
    at: Office, signed: tuple[str, ...]
) -> None:
    at.asks(*CITY)
    at.asks("observer", "end", "at-bergstadt", *signed, "--grounds", "No aim in common.")
    assert kept(at)["ended"] == {"on": "2026-03-10", "by": "PR-2026-001"}
    assert states(at, "2026-03-10", "--all") == {"at-bergstadt": "ended"}


def test_an_annulled_invitation_holds_no_longer(at: Office, signed: tuple[str, ...]) -> None:
    """The decision that annuls it is a record of its own; the invitation stays as it was."""
    at.asks(*CITY)
    at.asks("observer", "invite", "at-bergstadt", "--to", "ga", *signed)
    path = at.folder / "registry/decisions/2026/PR-2026-002.yaml"
    made = kept(at, "registry/decisions/2026/PR-2026-001.yaml")
    path.write_text(
        "id: PR-2026-002\nbody: president\nmatter: annulment\n"
        "subject: decisions/2026/PR-2026-001\n"
        "title: Annulment\nproposed: 2026-03-12\nstate: adopted\nclosed: 2026-03-12\n"
        "edition: 2024-01\nannuls: PR-2026-001\neffect: ex-nunc\n"
        "decided_by: {city: hr-kamenik, person: Ana Primer, capacity: mayor}\n"
        f"evidence:\n  - {{sha256: {made['evidence'][0]['sha256']}}}\n"
    )
    assert at.asks("roll", on="2026-03-11")["result"]["observers"] == ["at-bergstadt"]
    assert at.asks("roll", on="2026-03-12")["result"]["observers"] == []


def test_a_late_end_shows_at_the_meeting_it_touches(at: Office, signed: tuple[str, ...]) -> None:
    """Judging a change looks at the meetings that name the observer, not at its record alone."""
    at.asks(*CITY, on="2026-02-02")
    at.asks("observer", "invite", "at-bergstadt", "--to", "ga", *signed, on="2026-02-16")
    meeting = at.folder / "registry/meetings/2026-03-05-ga.yaml"
    meeting.write_text(
        "id: 2026-03-05-ga\nkind: ga\nopens: 2026-03-05T10:00:00+03:00\n"
        "convened: {by: president}\nchair: hr-kamenik\nobservers: [at-bergstadt]\n"
    )
    git(at.folder, "add", "-A")
    git(at.folder, "commit", "-q", "-m", "a meeting")
    path = at.folder / BERGSTADT
    path.write_text(
        path.read_text().replace("invitations:", "ended: {on: 2026-03-01}\ninvitations:")
    )
    found = at.asks("check", "--base", "HEAD", exits=1)["findings"]
    assert ("registry/meetings/2026-03-05-ga.yaml", "observer-invited-by-president") in {
        (f["file"], f["rule"]) for f in found if f["kind"] == "validity"
    }


def test_an_annulled_end_is_none(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the beginning: as if the status had never ended; for the future: from that day on."""
    for effect, held in (("ex-tunc", [True] * 4), ("ex-nunc", [True, False, False, True])):
        at = Office(scene(tmp_path / effect), capsys)
        words = ("observer", "request", "Rivernet", "--kind", "international", "--aims", "economy")
        at.asks(*words, "--id", "eu-rivernet", on="2026-02-02")
        signed = ("--person", "Ana Primer", "--evidence", str(papers / "decision.txt"))
        at.asks("observer", "invite", "eu-rivernet", "--to", "ga", *signed, on="2026-02-03")
        at.asks("observer", "end", "eu-rivernet", *signed, on="2026-02-10")
        annul = ("decision", "annul", "PR-2026-002", "--effect", effect)
        at.asks(*annul, *signed, on="2026-02-20")
        days = ("2026-02-09", "2026-02-10", "2026-02-19", "2026-02-20")
        assert ["eu-rivernet" in at.asks("roll", on=d)["result"]["observers"] for d in days] == held
        again = at.asks("observer", "end", "eu-rivernet", *signed, on="2026-03-02")
        assert again["commit"] and "eu-rivernet" not in at.asks("roll")["result"]["observers"]
