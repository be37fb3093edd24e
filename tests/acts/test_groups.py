"""Working groups: special ones, leaders, experts, programmes, the list (Art. 14)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acts.scene import ALL, Office, scene
from tests.acts.test_observers import GROUP, kept, rules
from tests.invented import MEETING

CLIMATE = "local-climate-action"
PATH = f"registry/groups/{CLIMATE}.yaml"
FLOOD = "registry/groups/flood-response.yaml"


@pytest.fixture
def signed(papers: Path) -> tuple[str, ...]:
    """What every decision of the President comes with."""
    return ("--person", "Ana Primer", "--evidence", str(papers / "decision.txt"))


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """The invented network with one working group."""
    return Office(scene(tmp_path, "meeting", "applicant", given=GROUP), capsys)


def row(at: Office, group: str, on: str) -> dict[str, Any]:
    rows = at.asks("group", "list", "--all", on=on)["result"]["groups"]
    return next(each for each in rows if each["id"] == group)


def test_a_special_group_lasts_one_year(at: Office, signed: tuple[str, ...]) -> None:
    at.asks("group", "open", "Flood Response", *signed)
    record = kept(at, FLOOD)
    assert (record["since"], record["until"]) == ("2026-03-10", "2027-03-10")
    assert record["by"] == "PR-2026-001"
    commits = at.commits()
    at.asks("group", "open", "Flood Response", *signed)
    assert at.commits() == commits
    at.asks("group", "open", "Flood Response", *signed, on="2026-03-11", exits=2)
    listed = at.asks("group", "list", on="2027-03-10")["result"]["groups"]
    assert [each["id"] for each in listed] == [CLIMATE]


def test_a_permanent_group_is_not_set_up_again(at: Office, signed: tuple[str, ...]) -> None:
    at.asks("group", "open", "Local Climate Action", *signed, exits=2)
    refused = at.asks("group", "open", "Local Democracy and Migration", *signed, exits=1)
    assert ("permanent-groups", "validity") in rules(refused)
    refused = at.asks("group", "open", "Local Democracy & Migration", *signed, exits=1)
    assert ("permanent-groups", "validity") in rules(refused)


def test_the_lead_passes_on_one_day(at: Office, signed: tuple[str, ...]) -> None:
    """The lead before ends where the new one begins; the decision names the city."""
    at.asks("group", "lead", CLIMATE, "bg-vodengrad", *signed)
    at.asks("group", "lead", CLIMATE, "ro-valea-alba", *signed, on="2026-05-04")
    first, second = kept(at, PATH)["leaders"]
    assert (first["until"], second["from"]) == ("2026-05-04", "2026-05-04")
    decision = kept(at, "registry/decisions/2026/PR-2026-002.yaml")
    assert decision["candidates"] == ["ro-valea-alba"]
    commits = at.commits()
    at.asks("group", "lead", CLIMATE, "ro-valea-alba", *signed, on="2026-05-05")
    assert at.commits() == commits
    assert row(at, CLIMATE, "2026-05-03")["leader"] == "bg-vodengrad"
    assert row(at, CLIMATE, "2026-05-04")["leader"] == "ro-valea-alba"


def test_only_a_member_leads_and_sends_experts(at: Office, signed: tuple[str, ...]) -> None:
    before = at.head()
    refused = at.asks("group", "lead", CLIMATE, "bg-rosendol", *signed, exits=1)
    assert rules(refused) == {("leader-designated-by-president", "validity")}
    refused = at.asks("group", "expert", CLIMATE, "E. F.", "--city", "bg-rosendol", exits=1)
    assert rules(refused) == {("experts-from-members", "validity")}
    at.asks("group", "lead", "no-such-group", "bg-vodengrad", *signed, exits=2)
    at.asks("group", "lead", CLIMATE, "bg-vodengrad", "--person", "Ana", exits=2)
    assert at.head() == before


def test_an_expert_comes_and_goes(at: Office) -> None:
    expert = ("group", "expert", CLIMATE, "E. F.", "--city", "bg-vodengrad")
    at.asks(*expert)
    commits = at.commits()
    at.asks(*expert)
    assert at.commits() == commits
    at.asks(*expert, "--until", "2026-06-01", on="2026-06-01")
    (entry,) = kept(at, PATH)["experts"]
    assert (entry["from"], entry["until"]) == ("2026-03-10", "2026-06-01")
    assert row(at, CLIMATE, "2026-05-31")["experts"] == [{"name": "E. F.", "city": "bg-vodengrad"}]
    assert row(at, CLIMATE, "2026-06-01")["experts"] == []


def test_the_committee_approves_the_programme_that_was_submitted(at: Office) -> None:
    """Its latest version; the record names the decision, and the duty is met."""
    submit = ("group", "programme", CLIMATE, "--year", "2026")
    noted = at.asks(*submit, "--goal", "Shade for ten squares.")
    assert rules(noted) == {("programme-approved", "note")}
    at.asks(*submit, "--consulted", "2026-02-20")
    assert kept(at, PATH)["programmes"][0]["consulted"] == "2026-02-20"
    commits = at.commits()
    at.asks(*submit, "--goal", "Shade for ten squares.", "--consulted", "2026-02-20")
    assert at.commits() == commits
    at.asks(*submit, "--goal", "Shade for twelve squares.", "--consulted", "2026-02-20")
    about = ("work-programme", "--subject", f"groups/{CLIMATE}", "--meeting", MEETING)
    at.asks("decision", "record", *about, "--for", ALL)
    first, second = kept(at, PATH)["programmes"]
    assert "approved" not in first and second["approved"] == "EC-2026-001"
    assert row(at, CLIMATE, "2026-03-10")["programme"] == "EC-2026-001"
    assert [row(at, CLIMATE, f"2026-02-{day}")["submitted"] for day in (19, 20)] == [False, True]
    assert at.asks("check")["result"]["counts"]["validity"] == 0


def test_a_programme_that_fails_is_not_approved(at: Office) -> None:
    at.asks("group", "programme", CLIMATE, "--year", "2026", "--goal", "Shade.")
    about = ("work-programme", "--subject", f"groups/{CLIMATE}", "--meeting", MEETING)
    result = at.asks("decision", "record", *about, "--against", ALL)["result"]
    assert result["state"] == "rejected"
    assert "approved" not in kept(at, PATH)["programmes"][0]


def test_what_was_approved_without_a_draft_is_recorded(at: Office) -> None:
    """Reality may skip the submission; the approval is a fact all the same."""
    about = ("work-programme", "--subject", f"groups/{CLIMATE}", "--meeting", MEETING)
    at.asks("decision", "record", *about, "--for", ALL)
    assert kept(at, PATH)["programmes"] == [{"year": 2026, "approved": "EC-2026-001"}]


def test_a_second_approval_leaves_the_first(at: Office) -> None:
    about = ("work-programme", "--subject", f"groups/{CLIMATE}", "--meeting", MEETING)
    at.asks("decision", "record", *about, "--for", ALL)
    at.asks("decision", "record", *about, "--for", ALL)
    approved = [each["approved"] for each in kept(at, PATH)["programmes"]]
    assert approved == ["EC-2026-001", "EC-2026-002"]


def test_what_an_approved_programme_said_is_not_changed(at: Office) -> None:
    at.asks("group", "programme", CLIMATE, "--year", "2026", "--goal", "Shade.")
    path = at.folder / PATH
    path.write_text(path.read_text().replace("Shade.", "Trees."))
    found = at.asks("check", "--base", "HEAD", exits=1)
    assert ("history-is-append-only", "validity") in rules(found)


def test_a_permanent_group_without_a_record_is_one_command(at: Office) -> None:
    """A note names it, and the command that writes it; no decision sets it up."""
    name = "Local Democracy and Migration"

    def missing() -> list[str]:
        found = at.asks("check", on=None)["findings"]
        return [f["help"] for f in found if f["rule"] == "permanent-groups"]

    assert f'b40 group open "{name}" writes it.' in missing()
    at.asks("group", "open", "local democracy & migration")
    assert not [told for told in missing() if name in told]
    record = kept(at, "registry/groups/local-democracy-and-migration.yaml")
    assert (record["name"], record["kind"], record["since"]) == (name, "permanent", "2026-03-10")
