"""Where the statutes are silent: a resolution names its effect, and the register has a place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.main import main
from tests.acted_once import acted_once
from tests.acts.scene import ALL, Office, scene
from tests.invented import OTHERS, SEVEN

EC, GA = "2026-03-10-ec", "2026-03-24-ga"
LEAVER = "me-zalivgrad"
SILENT = ("--statutes-silent", "--effect")
EVERYONE = ",".join((*SEVEN, *OTHERS))
HELD: dict[str, dict[str, Any]] = {
    f"meetings/{GA}": {
        "id": GA,
        "kind": "ga",
        "title": "General Assembly",
        "mode": "online",
        "opens": f"{GA[:10]}T10:00:00+03:00",
        "convened": {"by": "president"},
        "chair": SEVEN[0],
        "notice": {"sent": "2026-03-01T10:00:00+03:00", "to": "members"},
        "roll_calls": [{"n": 1, "at": f"{GA[:10]}T10:00:00+03:00", "present": [*SEVEN, *OTHERS]}],
    },
    "members/rs-novi-brod": {"id": "rs-novi-brod", "name": "Novi Brod", "country": "RS"},
}


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(scene(tmp_path, "meeting", given=HELD, rule_set=2), capsys)


def resolved(at: Office, *words: str, on: str = EC[:10], meeting: str = EC, exits: int = 0) -> Any:
    """A resolution by everyone who is there, with what it says of its effect."""
    voting = ("--for", ALL if meeting == EC else EVERYONE)
    told = ("--meeting", meeting, *words, *voting)
    return at.asks("decision", "record", "resolution", *told, on=on, exits=exits)


def standing(at: Office, city: str, on: str) -> str:
    return str(at.asks("member", "show", city, on=on)["result"]["standing"])


def sound(at: Office) -> None:
    for words in (
        ("check",),
        ("check", "--base", "HEAD~1"),
        ("review", "HEAD~1..HEAD"),
        ("audit",),
    ):
        at.asks(*words, on="2026-11-23")


@acted_once
def leaves(at: Office) -> None:
    at.asks("member", "withdraw", LEAVER, "--received", "2026-03-01", on="2026-03-01")


def test_a_notice_that_is_taken_back_leaves_the_member_in(at: Office) -> None:
    leaves(at)
    assert standing(at, LEAVER, "2026-03-05") == "leaving"
    words = (*SILENT, "withdrawal-retracted", "--subject", LEAVER)
    assert resolved(at, *words)["result"]["state"] == "adopted"
    assert "stays a member" in at.message()
    record = at.asks("member", "show", LEAVER, on="2026-11-23")["result"]["record"]
    assert record["withdrawal"]["retracted"] == "EC-2026-001"
    assert [standing(at, LEAVER, day) for day in ("2026-03-05", "2026-11-23")] == [
        "leaving",
        "member",
    ]
    sound(at)


def test_a_second_notice_may_follow_one_that_was_taken_back(at: Office, papers: Path) -> None:
    leaves(at)
    resolved(at, *SILENT, "withdrawal-retracted", "--subject", LEAVER)
    letter = ("--document", str(papers / "letter.txt"))
    told = at.asks("member", "withdraw", LEAVER, *letter, on="2026-05-01")["result"]["withdrawal"]
    assert (told["received"], standing(at, LEAVER, "2026-11-23")) == ("2026-05-01", "leaving")
    sound(at)


def test_a_vote_in_what_is_not_known_is_undetermined(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No list of members, no quorum of the Assembly: the vote is not void, it is not counted."""
    known = dict.fromkeys(("committee", "meetings", "decisions"), "2026-01-05")
    given = {**HELD, "network": {"complete": {"members": None, **known}}}
    there = Office(scene(tmp_path, given=given), capsys)
    told = resolved(there, "--title", "Any", on=GA[:10], meeting=GA, exits=1)["findings"]
    assert any("Undetermined: GA-2026-001" in each["message"] for each in told)


def test_there_is_nothing_to_take_back_without_a_notice(at: Office) -> None:
    told = resolved(at, *SILENT, "withdrawal-retracted", "--subject", LEAVER)["result"]
    assert (told["state"], "Art. 9" in told["reason"]) == ("invalid", True)


def test_a_notice_is_taken_back_before_the_last_day_of_its_year(at: Office) -> None:
    at.asks("member", "withdraw", LEAVER, "--received", "2025-12-30", on="2026-03-01")
    words = ("--meeting", EC, *SILENT, "withdrawal-retracted", "--subject", LEAVER)
    others = ("--for", ALL.replace(f",{LEAVER}", ""))
    told = at.asks("decision", "record", "resolution", *words, *others)["result"]
    assert (told["state"], "before 31 December" in at.message()) == ("invalid", False)
    assert "ends with 2025-12-31" in told["reason"]


def test_an_annulled_retraction_lets_the_notice_run(at: Office) -> None:
    leaves(at)
    resolved(at, *SILENT, "withdrawal-retracted", "--subject", LEAVER)
    words = ("--annuls", "EC-2026-001", "--effect", "ex-tunc", "--meeting", EC)
    at.asks("decision", "record", "annulment", *words, "--for", ALL, on=EC[:10])
    assert standing(at, LEAVER, "2026-11-23") == "leaving"
    sound(at)


def apply(at: Office, papers: Path) -> None:
    words = ("--country", "RS", "--gazetteer", "none", "--form", str(papers / "form.txt"))
    at.asks("application", "submit", "Novi Brod", *words, on="2026-03-02")


def test_a_merged_city_has_one_vote_from_that_day(at: Office, papers: Path) -> None:
    apply(at, papers)
    gone = "rs-srebrni-brod,me-zalivgrad"
    words = (*SILENT, "succession", "--subject", "rs-novi-brod", "--succeeds", gone)
    told = resolved(at, *words)
    assert told["result"]["state"] == "adopted"
    assert told["result"]["count"]["majority"]["kind"] == "unanimity"
    before, after = (
        at.asks("roll", on=day)["result"]["members"] for day in ("2026-03-09", EC[:10])
    )
    assert set(before) - set(after) == set(gone.split(","))
    assert set(after) - set(before) == {"rs-novi-brod"}
    shown = at.asks("member", "show", "me-zalivgrad", on="2026-11-23")["result"]
    assert shown["standing"] == "left"
    assert shown["record"]["succeeded"] == {"city": "rs-novi-brod", "by": "EC-2026-001"}
    shown = at.asks("member", "show", "rs-novi-brod", on="2026-11-23")["result"]
    assert (shown["standing"], shown["since"]) == ("member", EC[:10])
    assert shown["record"]["succeeds"] == gone.split(",")
    sound(at)


def test_one_voice_missing_and_nobody_succeeds(at: Office, papers: Path) -> None:
    apply(at, papers)
    words = ("--meeting", EC, *SILENT, "succession", "--subject", "rs-novi-brod")
    votes = ("--for", ",".join(SEVEN[1:]), "--abstain", SEVEN[0])
    gone = ("--succeeds", "me-zalivgrad")
    told = at.asks("decision", "record", "resolution", *words, *gone, *votes)
    assert told["result"]["state"] == "rejected"
    assert standing(at, "me-zalivgrad", "2026-11-23") == "member"
    sound(at)


def test_only_members_are_succeeded_by_who_applies(at: Office) -> None:
    words = (*SILENT, "succession", "--subject", "rs-novi-brod", "--succeeds", "me-zalivgrad")
    told = resolved(at, *words)["result"]
    assert (told["state"], "nor applies" in told["reason"]) == ("invalid", True)


def test_the_assembly_extends_a_seat(at: Office) -> None:
    words = (*SILENT, "seat-extended", "--subject", SEVEN[4], "--until", "2026-06-01")
    told = resolved(at, *words, on=GA[:10], meeting=GA)
    assert told["result"]["state"] == "adopted"
    assert "keeps its seat" in at.message()
    seats = {
        day: {s["seat"]: s["city"] for s in at.asks("committee", "show", on=day)["result"]["seats"]}
        for day in ("2026-05-31", "2026-06-01")
    }
    assert [seats[day]["elected-2"] for day in seats] == [SEVEN[4], None]
    shown = at.asks("committee", "show", on=GA[:10])["result"]["seats"]
    assert [s["until"] for s in shown if s["seat"] == "elected-2"] == ["2026-06-01"]
    sound(at)


def test_the_committee_extends_no_seat(at: Office) -> None:
    words = (*SILENT, "seat-extended", "--subject", SEVEN[4], "--until", "2026-06-01")
    told = at.asks("decision", "propose", "resolution", "--meeting", EC, *words, exits=1)
    assert any("Art. 13" in f["message"] for f in told["findings"])
    told = resolved(at, *words, exits=1)
    assert [f["rule"] for f in told["findings"]] == ["no-silent-rule"], "the schema says nothing"


@pytest.mark.parametrize(
    "words",
    [
        ("--effect", "withdrawal-retracted", "--subject", LEAVER),
        (*SILENT, "succession", "--subject", LEAVER),
    ],
    ids=["not-marked", "incomplete"],
)
def test_what_is_not_said_whole_is_refused(words: tuple[str, ...], at: Office) -> None:
    told = at.asks("decision", "propose", "resolution", "--meeting", EC, *words, exits=1)
    assert [f["rule"] for f in told["findings"] if f["kind"] == "validity"] == ["no-silent-rule"]


def test_a_resolution_without_effect_says_so(at: Office) -> None:
    resolved(at, "--statutes-silent", "--title", "On bridges")
    assert "nothing in the register changes by it" in at.message()


def test_an_unknown_effect_is_a_usage_error(at: Office) -> None:
    words = ("--meeting", EC, *SILENT, "wishful")
    at.asks("decision", "propose", "resolution", *words, exits=2)


def test_the_offices_of_a_merged_city_are_vacant(at: Office, papers: Path) -> None:
    """The statutes give them to no successor: told with what fills them."""
    apply(at, papers)
    at.asks("group", "open", "Local Climate Action", on="2026-03-02")
    lead = (
        "local-climate-action",
        SEVEN[6],
        "--person",
        "Ana Primer",
        "--evidence",
        str(papers / "letter.txt"),
    )
    at.asks("group", "lead", *lead, on="2026-03-02")
    words = (*SILENT, "succession", "--subject", "rs-novi-brod", "--succeeds", SEVEN[6])
    assert resolved(at, *words)["result"]["state"] == "adopted"
    assert "Committee seat elected-4 of si-jezerna: vacant from then on" in at.message()
    listed = at.asks("status", on="2026-11-23")["result"]["vacant"]
    found = {line["what"]: line["command"] for line in listed}
    assert found["committee seat elected-4 is vacant"].startswith("b40 decision propose")
    gone = "Local Climate Action has no leader: Jezerna is gone"
    assert found[gone].startswith("b40 group lead local-climate-action")
    (group,) = at.asks("group", "list", on="2026-11-23")["result"]["groups"]
    assert group["leader"] is None

    main(["-C", str(at.folder), "member", "dossier", SEVEN[6], "--on", "2026-11-23"])
    told = at.capsys.readouterr().out
    assert "- Left: since 10 March 2026" in told
    assert "- Groups: none on record" in told
    sound(at)


def test_an_effect_of_a_set_taken_in_waits_for_its_first_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = Office(scene(tmp_path, "meeting", given=HELD), capsys)
    words = (*SILENT, "stand-in", "--subject", SEVEN[1])

    def cure() -> str:
        return str(resolved(there, *words, exits=1)["findings"][0]["help"])

    assert cure() == "Take it in first: b40 statutes upgrade."
    there.asks("statutes", "upgrade", "--yes", on="2026-11-23")
    assert cure().startswith("That set is in force from 2026-11-24")
