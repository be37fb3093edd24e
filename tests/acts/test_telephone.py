"""`city`: what a mayor's office asks, of a city in each standing; its turn, and why not sooner."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.opened.named import countries_of
from b40cli.acts.opened.view import open_view
from b40cli.acts.reads import lists
from b40cli.acts.reads.desk.city import city
from b40cli.acts.reads.rolls import roll
from b40cli.model.answer import Answer
from b40cli.render.screens.cities import told
from tests.acts.scene import scene

ON = "2026-03-11"
STOCK = ("meeting", "assembly", "applicant", "open admission", "suspension", "invented capitals")
GIVEN: dict[str, Any] = {
    "members/tr-camliova": {"withdrawal": {"received": "2026-03-01", "effective": "2027-01-01"}},
    "members/al-aldmar": {"attested": {"since": "2022-05-01"}},
    "members/xk-gurmal": {"withdrawal": {"received": "2025-12-01", "effective": "2026-01-01"}},
    "observers/at-graubach": {"id": "at-graubach", "name": "G", "kind": "association"},
    "meetings/2026-03-10-ga": {"observers": ["at-graubach"]},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One register with a city in each standing."""
    return scene(tmp_path_factory.mktemp("telephone"), *STOCK, given=GIVEN, rule_set=2)


def page(folder: Path, name: str) -> tuple[Any, dict[str, str]]:
    """The page of a city, and the same in words."""
    found = city(open_view(folder, date.fromisoformat(ON)), name).result
    return found, dict(told(found))


def test_a_suspended_city(folder: Path) -> None:
    found, said = page(folder, "ba-brezna-luka")
    assert (found["standing"], found["vote"]) == ("member", False)
    assert found["suspension"] == {"since": "2026-03-10", "by": "EC-2026-002", "until": None}
    assert said["Vote"] == "suspended since 2026-03-10 by EC-2026-002, until it is reinstated"
    assert found["turn"]["place"] is None
    assert "suspended: it stands for no office meanwhile" in said["Its next turn"]


def test_a_leaving_city(folder: Path) -> None:
    """It votes to the end of the year; a term that begins after it is none of its own."""
    found, said = page(folder, "tr-camliova")
    assert (found["standing"], found["vote"]) == ("leaving", True)
    assert (found["since"], found["until"]) == ("2026-03-01", "2027-01-01")
    assert said["Standing"].endswith("a member until 2027-01-01")
    assert "gone on 2027-01-01, before the term begins" in said["Its next turn"]
    assert "membership" in said["To be done"].lower()


def test_an_applicant(folder: Path) -> None:
    """Its application waits as the vote on it, which is open."""
    found, said = page(folder, "bg-rosendol")
    assert (found["standing"], found["since"]) == ("applicant", "2026-02-02")
    assert (found["vote"], found["turn"], found["until"]) == (False, None, None)
    assert said["Its next turn"] == "none: only members preside (Art. 11)"
    assert "EC-2026-001 open: Admission of Rosendol" in said["To be done"]
    assert "Application of Rosendol" not in said["To be done"]


def test_a_former_city(folder: Path) -> None:
    found, said = page(folder, "xk-gurmal")
    assert (found["standing"], found["since"]) == ("left", "2026-01-01")
    assert (said["Vote"], said["Committee"]) == ("none", "no seat")
    assert found["turn"] is None and not found["owes"]


def test_a_capital_with_priority_and_one_behind_it(folder: Path) -> None:
    """Which term is free, who has those before it, and how many capitals come first."""
    first, said = page(folder, "mk-planinsko")
    turn = first["turn"]
    assert (turn["term"], turn["place"], turn["priority"], turn["first"]) == (2028, 1, True, 0)
    assert turn["given"] == [{"term": 2027, "city": "rs-srebrni-brod", "name": "Srebrni Brod"}]
    assert said["Its next turn"] == (
        "2028: place 1 of 10 in the order of candidacies, capital, first round (Art. 11); "
        "2027 is given to Srebrni Brod"
    )
    later, said = page(folder, "si-jezerna")
    assert later["turn"]["first"] == 2 and not later["turn"]["priority"]
    assert "not a capital" in said["Its next turn"]
    assert said["Its next turn"].endswith("2 capitals with priority before it")
    assert later["seats"] == ["elected-4"] and said["Committee"] == "an elected seat"


def test_an_observer_was_at_a_meeting_and_comes_from_a_country(folder: Path) -> None:
    """Its country lies outside the region, so that no law lists its name."""
    answer = city(open_view(folder, date.fromisoformat(ON)), "at-graubach")
    assert [m["part"] for m in answer.result["meetings"]] == ["observer"]
    called = countries_of(open_view(folder, date.fromisoformat(ON)).told_by)
    assert [called(code) for code in ("AT", "BG", "TR", "XK", "ec")] == [
        *("Austria", "Bulgaria", "Türkiye", "Kosovo*", "ec"),
    ]


def test_a_day_before_the_first_edition_is_told_without_its_law(folder: Path) -> None:
    """What is known of 2023 is told; that no edition of it is encoded is a note."""
    view = open_view(folder, date(2023, 6, 1))
    answers: tuple[Answer[Any], ...] = (
        roll(view),
        lists.members(view, None, None, mandates=True),
        lists.member(view, "al-aldmar"),
        lists.decisions(view, None, None),
        city(view, "al-aldmar"),
    )
    assert {told_of.findings[0].rule for told_of in answers} == {"no-encoded-edition"}
    assert answers[0].result["members"] == ["al-aldmar"]
    assert answers[2].result["standing"] == answers[4].result["standing"] == "member"
    assert not roll(open_view(folder, date.fromisoformat(ON))).findings


def test_a_city_whose_file_was_renamed(tmp_path: Path) -> None:
    """It is found by the id that it says; `check` tells what is wrong first."""
    at = scene(tmp_path, rule_set=2) / "registry/members"
    (at / "hr-kamenik.yaml").rename(at / "hr-stijena.yaml")
    found, _said = page(at.parent.parent, "hr-kamenik")
    assert (found["name"], found["standing"], found["vote"]) == ("Kamenik", "member", True)
