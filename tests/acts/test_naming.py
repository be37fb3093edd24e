"""A name wherever an id is asked for: any script, folded; what is unclear is shown."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.opened import named
from b40cli.cli.request import prompt
from b40cli.model.errors import UsageError
from tests.acts.scene import Office, scene
from tests.invented import MEETING, SEVEN, Records, records, registry

KINDS = ("member",)


def told(changes: Records | None = None) -> Any:
    content = records()
    for path, more in (changes or {}).items():
        content[f"registry/members/{path}.yaml"] |= more
    return registry(content)


NAMED = {
    "bg-vodengrad": {"native_name": "Воденград"},
    "rs-srebrni-brod": {"names": [{"name": "Сребрни Брод", "language": "sr", "script": "Cyrl"}]},
    "gr-lykonisi": {"former_names": [{"name": "Old Island", "until": "2020-01-01"}]},
    "tr-camliova": {"name": "Çamlıova"},
    "al-aldmar": {"name": "Bg Vodengrad"},  # as another's id
}


@pytest.mark.parametrize(
    ("word", "city"),
    [
        ("Vodengrad", "bg-vodengrad"),
        ("ВОДЕНГРАД", "bg-vodengrad"),
        ("bg-vodengrad", "bg-vodengrad"),
        ("BG-VODENGRAD", "bg-vodengrad"),
        ("bg\u2011vodengrad", "bg-vodengrad"),
        ("srebrni  brod", "rs-srebrni-brod"),
        ("Сребрни Брод", "rs-srebrni-brod"),
        ("old island", "gr-lykonisi"),
        ("camliova", "tr-camliova"),
    ],
)
def test_a_name_in_any_script_is_the_city(word: str, city: str) -> None:
    (found,) = named.called(told(NAMED), KINDS, word)
    assert found.id == city


def test_a_part_of_a_name_is_shown_and_never_taken() -> None:
    register = told()
    assert named.called(register, KINDS, "lykon") == ()
    assert [c.id for c in named.alike(register, KINDS, "lykon")] == ["gr-lykonisi"]
    with pytest.raises(UsageError) as caught:
        named.member_named(register, "gr-lykonissi")
    assert "Did you mean Lykonisi (gr-lykonisi)?" in caught.value.remedy


def test_a_place_is_found_under_a_name_that_only_the_gazetteer_has() -> None:
    register = told({"bg-vodengrad": {"gazetteer": 727011}})
    assert [c.id for c in named.called(register, KINDS, "София")] == ["bg-vodengrad"]


@pytest.fixture
def office(  # `pinned` is to come first
    pinned: None,  # noqa: ARG001
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Office:
    given = {"members/tr-camliova": {"name": "Kamenik"}}
    return Office(scene(tmp_path, "applicant", given=given), capsys)


def test_two_of_a_name_are_shown_in_a_pipe_and_chosen_from_on_a_terminal(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("-C", str(office.folder), "member", "show")
    from b40cli.cli.main import main

    assert main([*place, "kamenik"]) == 2
    said = capsys.readouterr().err
    assert "hr-kamenik  Kamenik  HR" in said and "tr-camliova  Kamenik  TR" in said
    monkeypatch.setattr(prompt, "at_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", StringIO("9\nx\n2\n"))
    assert main([*place, "kamenik", "--json"]) == 0
    assert '"id": "tr-camliova"' in capsys.readouterr().out


def test_names_stand_in_lists_in_options_and_in_what_is_shown(office: Office) -> None:
    office.asks("meeting", "convene", "ec", "--opens", "2026-03-10T10:00", "--city", "Vodengrad")
    called = office.asks("meeting", "roll-call", MEETING, "--present", "all")["result"]
    assert called["roll_call"]["present"] == list(SEVEN)
    shown = office.asks("show", "Meeting of the Executive Committee, 2026-03-10")["result"]
    assert shown["path"].endswith(f"{MEETING}.yaml")
    asked = ("admission", "--subject", "Rosendol", "--meeting", "2026-03-10")
    office.asks("decision", "propose", *asked)
    office.asks("decision", "open", "EC-2026-001")
    by_name = ("--against", "Srebrni Brod, Vodengrad", "--abstain", "Aldmar", "--for", "rest")
    voted = office.asks("decision", "vote", "EC-2026-001", *by_name)["result"]["ballots"]
    assert voted["against"] == ["rs-srebrni-brod", "bg-vodengrad"]
    assert sorted([*voted["for"], *voted["against"], *voted["abstain"]]) == sorted(SEVEN)
    everybody = office.asks("decision", "vote", "EC-2026-001", "--for", "all")["result"]["ballots"]
    assert sorted(everybody["for"]) == sorted(SEVEN) and not everybody["against"]
    for word in ("show ec-2026-001", "log int-03", "explain int-03", "explain Committee-Quorum"):
        office.asks(*word.split())
        office.asks(*word.replace(" ", "\t ").split("\t"))
    office.asks("statutes", "readings", "int-03 ")


def test_a_resolution_is_about_any_record_and_another_matter_about_its_own_kind(
    office: Office,
) -> None:
    office.asks("meeting", "convene", "ec", "--opens", "2026-03-10T10:00")
    about = ("--country", "AT", "--gazetteer", "none", "--population", "320000", "--year", "2024")
    office.asks("observer", "request", "Graubach", *about)
    put, there = ("decision", "propose"), ("--meeting", MEETING, "--dry-run")
    for word, subject in {
        "network": "network",
        "presidencies/2026": "presidencies/2026",
        MEETING: f"meetings/{MEETING}",
        "Rosendol": "members/bg-rosendol",
        "at-graubach": "observers/at-graubach",
    }.items():
        told = office.asks(*put, "resolution", "--title", "X", "--subject", word, *there)["result"]
        assert told["subject"] == subject
    wrong = office.asks(*put, "work-programme", "--term", "2026", "--subject", "Aldmar", *there,
                        exits=2)  # fmt: skip
    assert wrong["findings"][0]["message"] == "No working group Aldmar is on record."
    owed = office.asks("duty", "list", "--of", "the Permanent Secretary")["result"]["duties"]
    assert {duty["owner"] for duty in owed} == {"permanent-secretary"}
    (wrong,) = office.asks("duty", "list", "--of", "nobody", exits=2)["findings"]
    assert "Or one of president, permanent-secretary" in wrong["help"]


def test_all_and_rest_stand_for_the_roll_of_a_vote_recorded_after_it(office: Office) -> None:
    office.asks("meeting", "convene", "ec", "--opens", "2026-03-10T10:00")
    office.asks("meeting", "roll-call", MEETING, "--present", ",".join(SEVEN[:5]))
    asked = ("admission", "--subject", "Rosendol", "--meeting", MEETING)
    twice = (*asked, "--for", "all", "--against", "rest")
    office.asks("decision", "record", *twice, exits=2)
    office.asks("decision", "record", *asked, "--against", "Aldmar", "--for", "rest")
    record = office.asks("show", "EC-2026-001")["result"]["record"]["ballots"]
    assert record["against"] == ["al-aldmar"]
    assert sorted(record["for"]) == sorted(set(SEVEN[:5]) - {"al-aldmar"})
