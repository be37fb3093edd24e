"""A read tells what the last verdict on exactly these files and this day was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.main import main
from tests.acts.scene import Office, scene

MEETING = "registry/meetings/2026-03-10-ec.yaml"


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(scene(tmp_path, "meeting"), capsys)


def told(at: Office, on: str | None = None) -> tuple[Any, Any]:
    answer = at.asks("roll", on=on)
    return answer["lawful"], answer["refused"]


def spoil(at: Office) -> None:
    """A hand edit that the statutes refuse: one member asks for a meeting."""
    path = at.folder / MEETING
    whole = path.read_text().replace("by: president", "by: executive-committee")
    path.write_text(whole)


def test_unknown_until_it_was_checked(at: Office) -> None:
    """Then known for these bytes and this day, and for no other."""
    assert told(at) == (None, None)
    checked = at.asks("check", on=None)
    assert (checked["lawful"], checked["refused"]) == (True, 0)
    assert told(at) == (True, 0)
    assert told(at, "2026-11-22") == (None, None)
    spoil(at)
    assert told(at) == (None, None)


def test_one_line_before_the_answer_where_it_is_not(
    at: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer itself stays as it is; nothing is judged for it."""
    before = at.asks("roll", on=None)["result"]
    spoil(at)
    refused = at.asks("check", on=None, exits=1)["refused"]
    assert refused > 0 and told(at) == (False, refused)
    assert main(["-C", str(at.folder), "roll", "--json"]) == 0
    out, err = capsys.readouterr()
    assert "not lawful" in err and str(refused) in err and "not lawful" not in out
    assert at.asks("roll", on=None)["result"] == before


def test_a_number_given_by_hand_to_a_second_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is asked of a change is asked of a hand edit that is not committed, too."""
    at = Office(scene(tmp_path, rule_set=2), capsys)
    for name in ("bg-vodengrad", "al-aldmar"):
        path = at.folder / f"registry/members/{name}.yaml"
        country = f"country: {name[:2].upper()}"
        path.write_text(path.read_text().replace(country, f"{country}\ngazetteer: 728193"))
    found = at.asks("check", on=None, exits=1)["findings"]
    assert "one-place-one-record" in {finding["rule"] for finding in found}


def test_the_root_cause_comes_first(at: Office) -> None:
    """Of a file that was renamed: its name, then whatever names the record; reads go on."""
    old = at.folder / "registry/members/rs-srebrni-brod.yaml"
    old.rename(old.with_name("rs-srebrni.yaml"))
    for words in (("member", "list", "--mandates"), ("export", "json")):
        assert main(["-C", str(at.folder), *words]) == 0
        at.capsys.readouterr()
    found = at.asks("check", on=None, exits=1)["findings"]
    assert len(found) > 2
    assert (found[0]["rule"], found[0]["file"]) == (
        "ids-never-reused",
        "registry/members/rs-srebrni.yaml",
    )


def test_an_act_says_nothing_of_it(at: Office) -> None:
    """It is a verdict on the whole; an act is judged for what it touches."""
    answer = at.asks("meeting", "convene", "ec", "--opens", "2026-12-20T10:00", on=None)
    assert "lawful" not in answer
