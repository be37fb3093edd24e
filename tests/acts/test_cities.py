"""What a city is called, and when; how it is reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acts.scene import Office, scene
from tests.acts.test_mandates import sound

ALDMAR = "al-aldmar"
NEW = "Aldmar i Ri"


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(scene(tmp_path, "meeting", rule_set=2), capsys)


def shown(at: Office, on: str) -> Any:
    return at.asks("member", "show", ALDMAR, on=on)["result"]


def present(at: Office) -> Any:
    return at.asks("meeting", "minutes", "2026-03-10-ec", on="2026-11-23")["result"]["roll_calls"]


def test_old_minutes_keep_the_name_of_their_day(at: Office) -> None:
    before = present(at)
    at.asks("member", "rename", ALDMAR, NEW, "--from", "2026-06-01", on="2026-11-23")
    assert present(at) == before
    assert [shown(at, day)["name"] for day in ("2026-05-31", "2026-06-01")] == ["Aldmar", NEW]
    assert shown(at, "2026-11-23")["record"]["former_names"] == [
        {"name": "Aldmar", "until": "2026-06-01"}
    ]
    sound(at)


def test_it_is_asked_for_by_any_name_it_bore(at: Office) -> None:
    at.asks("member", "rename", ALDMAR, NEW, on="2026-11-23")
    at.asks("member", "set", ALDMAR, "--name", "Алдмар", "--language", "sr", "--script", "Cyrl")
    for word in ("Aldmar", NEW, "Алдмар"):
        assert at.asks("member", "show", word)["result"]["id"] == ALDMAR


def test_the_name_it_has_already_is_no_act(at: Office) -> None:
    assert at.asks("member", "rename", ALDMAR, "Aldmar")["commit"] is None


def test_a_name_of_a_day_to_come_is_refused(at: Office) -> None:
    at.asks("member", "rename", ALDMAR, NEW, "--from", "2027-06-01", on="2026-11-23", exits=1)


def test_a_figure_of_a_year_to_come_is_refused(at: Office) -> None:
    """However it is told: by its act, by a correction."""
    at.asks("member", "set", ALDMAR, "--population", "41000", "--year", "2027", exits=1)
    at.asks("member", "set", ALDMAR, "--population", "41000", "--year", "2026")
    year = ("correct", ALDMAR, "--at", "population.year", "--is", "2027", "--own-slip")
    answer = at.asks(*year, "--why", "Typed wrong.", on=None, exits=1)
    assert {f["rule"] for f in answer["findings"]} == {"dates-in-order"}


def test_contacts_figures_and_names_are_told_by_command(at: Office) -> None:
    words = ("--email", "office@example.org", "--population", "41000", "--year", "2021")
    at.asks("member", "set", ALDMAR, *words)
    at.asks("member", "set", ALDMAR, "--phone", "+355 4 000 000")
    at.asks("member", "set", ALDMAR, "--name", "Aldmari", "--language", "sq")
    at.asks("member", "set", ALDMAR, "--name", "Aldmar", "--language", "sq")
    record = shown(at, "2026-11-23")["record"]
    assert record["contact"] == {"email": "office@example.org", "phone": "+355 4 000 000"}
    assert record["population"] == {"count": 41000, "year": 2021, "source": "application"}
    assert record["names"] == [{"name": "Aldmar", "language": "sq"}]
    assert at.asks("member", "set", ALDMAR, *words)["commit"] is None
    sound(at)


@pytest.mark.parametrize("words", [(), ("--name", "Aldmari")], ids=["nothing", "no-language"])
def test_what_is_not_said_whole_is_asked_for(words: tuple[str, ...], at: Office) -> None:
    at.asks("member", "set", ALDMAR, *words, exits=2)


def test_an_official_register_takes_a_new_name_as_an_act(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"network": {"status": "official"}}
    at = Office(scene(tmp_path, "meeting", given=given, rule_set=2), capsys)
    at.asks("member", "rename", ALDMAR, NEW, on="2026-11-23")
    at.asks("member", "set", ALDMAR, "--name", "Aldmari", "--language", "sq", on="2026-11-23")
    sound(at)
