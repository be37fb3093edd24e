"""Mayors come late, early, misspelt and for twelve days: nothing on record turns red by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acts.scene import Office, scene
from tests.invented import git

ZALIV = "me-zalivgrad"
MAYOR = {"name": "Petar Uzor", "capacity": "mayor", "from": "2023-11-06"}
ACTING = ("--capacity", "acting-mayor")
HELD = {
    f"members/{ZALIV}": {"mayors": [MAYOR]},
    "meetings/2026-03-10-ga": {
        "delegations": [{"member": ZALIV, "head": {"name": "Petar Uzor", "capacity": "mayor"}}]
    },
}


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(scene(tmp_path, "assembly", given=HELD), capsys)


def mayors(at: Office, on: str | None = None) -> Any:
    shown = at.asks("member", "show", ZALIV, on=on)["result"]
    return (shown["mayor"] or {}).get("name"), shown["record"]["mayors"]


def sound(at: Office) -> set[str]:
    """Nothing is refused, by any way of asking; the notes that are told."""
    told = at.asks("check", on="2026-11-23")
    at.asks("check", "--base", "HEAD~1", on="2026-11-23")
    at.asks("review", "HEAD~1..HEAD", on="2026-11-23")
    at.asks("audit", on="2026-11-23")
    return {f["rule"] for f in told["findings"] if f["kind"] == "note"}


@pytest.mark.parametrize(
    "words",
    [
        ("Vera Novak", "--from", "2026-02-01"),
        (
            "Vera Novak",
            "--from",
            "2026-03-05",
            "--until",
            "2026-03-17",
            "--capacity",
            "acting-mayor",
        ),
        ("Vera Novak", "--from", "by 2026-02-01"),
    ],
    ids=["a-new-mayor", "acting-for-twelve-days", "by-a-day"],
)
def test_a_mayor_learnt_after_the_assembly(words: tuple[str, ...], at: Office) -> None:
    at.asks("member", "mayor", ZALIV, *words, on="2026-11-23")
    assert "earlier-head-affected" in sound(at)


def test_an_acting_mayor_leaves_the_mandate_standing(at: Office) -> None:
    words = ("--from", "2026-03-20", "--until", "2026-04-01", "--capacity", "acting-mayor")
    at.asks("member", "mayor", ZALIV, "Vera Novak", *words, on="2026-11-23")
    assert [mayors(at, day)[0] for day in ("2026-03-19", "2026-03-20", "2026-04-01")] == [
        "Petar Uzor",
        "Vera Novak",
        "Petar Uzor",
    ]
    assert "earlier-head-affected" not in sound(at)
    ending = at.asks("status", on="2026-03-25")["result"]["expiring"]
    assert [each for each in ending if "mandate" in each["what"]] == []


def test_an_older_mandate_never_becomes_todays(at: Office) -> None:
    """Entered without its end, before an open one: it ends where the next one begins."""
    at.asks("member", "mayor", ZALIV, "Old Primer", "--from", "2019-06-01", on="2026-11-23")
    name, listed = mayors(at, "2026-11-23")
    assert name == "Petar Uzor"
    assert listed[0] == MAYOR
    assert listed[1]["until"] == "2023-11-06"
    sound(at)


def test_the_order_of_lines_does_not_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor does an end that nobody recorded."""
    listed = [
        {"name": "New", "capacity": "mayor", "from": "2025-01-01"},
        {"name": "Old", "capacity": "mayor", "from": "2024-02-01"},
        {"name": "Late", "capacity": "mayor", "from": "2024-03-01", "until": "2028-01-01"},
    ]
    at = Office(scene(tmp_path, given={f"members/{ZALIV}": {"mayors": listed}}), capsys)
    days = ("2024-02-15", "2024-12-01", "2026-11-23", "2028-06-01")
    assert [mayors(at, day)[0] for day in days] == ["Old", "Late", "New", "New"]


def test_a_mayor_seen_again_is_one_mandate(at: Office) -> None:
    """An attestation by a later day says no beginning; a start of its own is another mandate."""
    for start in ("by 2025-02-24", "by 2026-01-26", "2026-06-01"):
        at.asks("member", "mayor", "si-jezerna", "Tomo Vzor", "--from", start, on="2026-11-23")
    given = {m["from"]: m["until"] for m in told(at, "si-jezerna")}
    assert given == {"by 2025-02-24": "2026-06-01", "2026-06-01": None}
    told_by = {"2026-05-01": "by 2025-02-24", "2026-07-01": "2026-06-01"}
    for day, start in told_by.items():
        listed = at.asks("member", "list", "--mandates", on=day)["result"]["members"]
        assert next(m["mandate"]["from"] for m in listed if m["id"] == "si-jezerna") == start


def told(at: Office, city: str) -> list[dict[str, Any]]:
    at.asks("export", "json", "--out", str(at.folder / "all.json"), on="2026-11-23")
    published = json.loads((at.folder / "all.json").read_text("utf-8"))
    return [m for m in published["mandates"] if m["member"] == city]


def test_a_misspelt_mayor_is_corrected_in_one_act(at: Office) -> None:
    words = ("--at", "mayors.0.name", "--is", "Petar Užor", "--why", "Misspelt", "--own-slip")
    at.asks("correct", ZALIV, *words, on="2026-11-23")
    assert mayors(at, "2026-11-23")[0] == "Petar Užor"
    assert "earlier-head-affected" not in sound(at)


def test_a_key_changes_nothing_that_was_recorded(at: Office) -> None:
    words = ("Petar Uzor", "--from", "2023-11-06", "--key", "petar-uzor")
    at.asks("member", "mayor", ZALIV, *words, on="2026-11-23")
    assert mayors(at)[1] == [{**MAYOR, "person": "petar-uzor"}]
    assert "earlier-head-affected" not in sound(at)


def test_another_key_is_told_of_what_was_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The act tells it as `check` does, and by the keys: the name is the same."""
    key = {"person": "petar-uzor"}
    head = {"name": "Petar Uzor", "capacity": "mayor", **key}
    delegation = {"member": ZALIV, "head": head}
    given = {
        f"members/{ZALIV}": {"mayors": [{**key, **MAYOR}]},
        "meetings/2026-03-10-ga": {"delegations": [delegation]},
    }
    at = Office(scene(tmp_path, "assembly", given=given), capsys)
    words = ("--at", "mayors.0.person", "--is", "petar-uzor-2", "--why", "Another", "--own-slip")
    told = at.asks("correct", ZALIV, *words, on="2026-11-23")["findings"]
    (said,) = (f["message"] for f in told if f["rule"] == "earlier-head-affected")
    assert "Petar Uzor (key petar-uzor-2, not petar-uzor), mayor, headed" in said
    assert "earlier-head-affected" in sound(at)


def test_why_a_mandate_ended_is_added(at: Office) -> None:
    words = ("--until", "2026-06-01", "--ended", "resigned")
    at.asks("member", "mayor", ZALIV, "Petar Uzor", "--from", "2023-11-06", *words, on="2026-11-23")
    assert mayors(at)[1] == [{**MAYOR, "until": "2026-06-01", "ended": "resigned"}]
    assert mayors(at, "2026-11-23")[0] is None
    assert "mandate-lapsed" in sound(at)
    earlier = at.asks("check", on="2026-05-31")["findings"]
    assert "mandate-lapsed" not in {f["rule"] for f in earlier}


@pytest.mark.parametrize(
    "words",
    [
        ("A B", "--from", "2026-05-01", "--until", "2026-05-01"),
        ("A B", "--from", "2026-05-01", "--until", "2026-04-01"),
        ("A B", "--from", "2023-11-06"),
        ("A B", "--from", "2027-05-01"),
    ],
    ids=["empty", "reversed", "doubled", "to-come"],
)
def test_a_period_that_is_none_is_refused(words: tuple[str, ...], at: Office) -> None:
    refused = at.asks("member", "mayor", ZALIV, *words, on="2026-11-23", exits=1)
    assert "dates-in-order" in {f["rule"] for f in refused["findings"]}
    assert at.commits() == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("name: A B, capacity: mayor, from: 2023-11-06", "from the same day"),
        ("name: A B, capacity: mayor, from: {by: 2023-11-06}", "from the same day"),
        ("name: A B, capacity: mayor, from: 2024-05-01, until: 2024-05-01", "would last"),
        ("name: A B, capacity: mayor, from: {by: 2024-05-01}, until: {by: 2024-04-01}", "would"),
        ("name: A B, capacity: mayor, from: 2026-05-01", "today is"),
    ],
    ids=["doubled", "doubled-by", "empty", "reversed-by", "to-come"],
)
def test_a_period_that_is_none_is_refused_by_hand_too(
    line: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = Office(
        scene(tmp_path, given={f"members/{ZALIV}": {"mayors": [MAYOR]}}, rule_set=2), capsys
    )
    file = at.folder / f"registry/members/{ZALIV}.yaml"
    file.write_text(f"{file.read_text('utf-8')}  - {{{line}}}\n", "utf-8")
    refused = at.asks("check", "--base", "HEAD", exits=1)["findings"]
    assert [f for f in refused if f["rule"] == "dates-in-order" and says in f["message"]]
    at.asks("check")


@pytest.mark.parametrize("rule_set", [1, 2])
def test_no_mandate_on_record_is_made_none(
    rule_set: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ahead of the day, empty, or begun where another one does, whichever line is changed."""
    given = {f"members/{ZALIV}": {"mayors": [{**MAYOR, "until": "2025-06-01"}]}}
    at = Office(scene(tmp_path, given=given, rule_set=rule_set), capsys)
    at.asks("member", "mayor", ZALIV, "Vera Novak", "--from", "2025-02-01")
    slip = ("--own-slip", "--why", "Misread")
    for n, place, day in (
        (1, "from", "2026-06-01"),
        (1, "from", "2023-11-06"),
        (0, "from", "2025-02-01"),
        (0, "until", "2023-11-06"),
        (1, "until", "2025-02-01"),
    ):
        words = ("correct", ZALIV, "--at", f"mayors.{n}.{place}", "--is", day, *slip)
        refused = at.asks(*words, exits=1)["findings"]
        told = [f["rule"] for f in refused if f["kind"] == "validity"]
        assert told == ["dates-in-order"], (n, place, day)
    again = ("Vera Novak", "--from", "2025-02-01", "--until", "2025-02-01")
    at.asks("member", "mayor", ZALIV, *again, exits=1)
    assert at.commits() == 2


def test_what_a_mandate_says_otherwise_is_corrected(at: Office) -> None:
    words = ("Petar Uzor", "--from", "by 2023-11-06")
    refused = at.asks("member", "mayor", ZALIV, *words, on="2026-11-23", exits=1)["findings"][0]
    assert 'b40 correct me-zalivgrad --at mayors.0.from --is "by 2023-11-06"' in refused["help"]


def test_a_mayor_who_changes_before_the_roll_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The change is told of the delegation; the roll is not called before its head is right."""
    given = {**HELD, "meetings/2026-03-10-ga": {"roll_calls": "gone"}}
    at = Office(scene(tmp_path, "assembly", given=given), capsys)
    call = ("meeting", "roll-call", "2026-03-10-ga", "--present", ZALIV)
    at.asks("meeting", "delegation", "2026-03-10-ga", ZALIV)
    at.asks("member", "mayor", ZALIV, "Vera Novak", "--from", "2026-03-01")
    assert "delegation-head" in sound(at)
    refused = at.asks(*call, exits=1)["findings"]
    cure = f"b40 meeting delegation 2026-03-10-ga {ZALIV}."
    assert cure in next(f["help"] for f in refused if f["rule"] == "delegation-head")
    at.asks("meeting", "delegation", "2026-03-10-ga", ZALIV)
    at.asks(*call)
    assert "delegation-head" not in sound(at)


def test_a_mayor_and_a_delegation_that_meet_in_a_merge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each was lawful on its line: of the merge the audit tells what `check` tells."""
    given = {**HELD, "meetings/2026-03-10-ga": {"roll_calls": "gone"}}
    at = Office(scene(tmp_path, "assembly", given=given), capsys)
    git(at.folder, "checkout", "-q", "-b", "other")
    at.asks("meeting", "delegation", "2026-03-10-ga", ZALIV)
    git(at.folder, "checkout", "-q", "main")
    at.asks("member", "mayor", ZALIV, "Vera Novak", "--from", "2026-03-01")
    git(at.folder, "merge", "-q", "--no-edit", "other")
    assert "delegation-head" in sound(at)


@pytest.mark.parametrize("forged", [False, True], ids=["as-it-was", "forged"])
def test_a_meeting_that_both_lines_changed_is_merged_by_hand(
    forged: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the other line held is not the merge's own; a head that neither line named is."""
    for when in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(when, "2026-11-23T12:00:00+0300")
    at = Office(scene(tmp_path, "assembly", given=HELD), capsys)
    convened = at.asks("meeting", "convene", "ec", "--opens", "2026-12-10T10:00", on=None)
    name = convened["result"]["id"]
    git(at.folder, "checkout", "-q", "-b", "other")
    at.asks("meeting", "delegation", name, ZALIV, on=None)
    git(at.folder, "checkout", "-q", "main")
    at.asks("member", "mayor", ZALIV, "Vera Novak", "--from", "2026-11-20", on=None)
    paper = tmp_path / "letter.txt"
    paper.write_text("He goes.")
    designee = ("--head", "Ivo Uzorak", "--capacity", "designee", "--designation", str(paper))
    at.asks("meeting", "delegation", name, "al-aldmar", *designee, on=None)
    (at.folder / ".git/info/attributes").write_text("registry/meetings/* merge=union\n")
    git(at.folder, "merge", "-q", "--no-commit", "other")
    file = at.folder / f"registry/meetings/{name}.yaml"
    assert file.read_text().count("capacity: mayor") == 1
    if forged:
        file.write_text(file.read_text().replace("Petar Uzor", "Petar Niko"))
    git(at.folder, "commit", "-qam", "Merge other")
    at.asks("check", on="2026-11-23")
    found = at.asks("audit", on="2026-11-23", exits=int(forged))["findings"]
    refused = {f["rule"] for f in found if f["kind"] == "validity"}
    assert refused == ({"delegation-head"} if forged else set())


def test_heads_are_frozen_at_the_first_roll_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And judged when they are written: who writes another head there by hand is refused."""
    given = {**HELD, "meetings/2026-03-10-ga": {"roll_calls": "gone"}}
    at = Office(scene(tmp_path, "assembly", given=given), capsys)
    at.asks("meeting", "delegation", "2026-03-10-ga", ZALIV)
    at.asks("meeting", "roll-call", "2026-03-10-ga", "--present", ZALIV)
    meeting = at.text("registry/meetings/2026-03-10-ga.yaml")
    head = "{city: me-zalivgrad, name: Petar Uzor, capacity: mayor}"
    assert head in meeting
    file = at.folder / "registry/meetings/2026-03-10-ga.yaml"
    file.write_text(meeting.replace(head, head.replace("Petar", "Vera")), "utf-8")
    refused = at.asks("check", "--base", "HEAD", exits=1)["findings"]
    assert "closed-records-are-immutable" in {f["rule"] for f in refused}


def test_a_mandate_of_another_city_is_void(at: Office) -> None:
    """Two cities swapped by a clerk: each entry is void, what it ended runs on, reads follow."""
    swapped = {ZALIV: "Ana Primer", "al-aldmar": "Ivo Uzor"}
    for city, name in swapped.items():
        words = (name, "--from", "2026-06-01", "--key", name.lower().replace(" ", "-"))
        at.asks("member", "mayor", city, *words, on="2026-06-02")
    assert mayors(at, "2026-06-02")[0] == "Ana Primer"
    slip = ("--own-slip", "--why", "It is the other city's.")
    told = at.asks("correct", ZALIV, "--at", "mayors.1", "--is", "void", *slip, on=None, exits=2)
    assert "mayors.0.capacity --is void" in told["findings"][0]["help"]
    for city, n in ((ZALIV, 1), ("al-aldmar", 0)):
        place = ("--at", f"mayors.{n}.capacity", "--is", "void")
        at.asks("correct", city, *place, *slip, on="2026-06-03")
        assert not {f for f in sound(at) if f.startswith("earlier")}
    assert mayors(at, "2026-06-03")[0] == "Petar Uzor"
    for city, other in (tuple(swapped), tuple(swapped)[::-1]):
        key = swapped[other].lower().replace(" ", "-")
        words = (swapped[other], "--from", "2026-06-01", "--key", key)
        at.asks("member", "mayor", city, *words, on="2026-06-03")
    listed = at.asks("member", "list", "--mandates", on="2026-06-03")["result"]["members"]
    heads = {row["id"]: row["mandate"]["mayor"] for row in listed if row["mandate"]}
    assert {city: heads[city] for city in swapped} == {ZALIV: "Ivo Uzor", "al-aldmar": "Ana Primer"}
    assert not {f for f in sound(at) if f.startswith("earlier")}


@pytest.mark.parametrize("rule_set", [1, 2])
def test_a_vacancy_that_is_none(
    rule_set: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """To come, empty or told twice: refused of an import, a correction and a hand edit.

    In every register, for 0.1.0 recorded none; the end of one may lie ahead.
    """
    at, path = Office(scene(tmp_path, rule_set=rule_set), capsys), "registry/members/hr-x.yaml"
    source = "attested: {since: 2025-06-01, source: founding-list}"

    def brought(vacancy: str, exits: int) -> dict[str, Any]:
        file = tmp_path / "opening.yaml"
        city = f"id: hr-x, name: X, country: HR, gazetteer: none, {source}"
        city += f", vacancies: [{vacancy}]"
        file.write_text(f"members: [{{{city}}}]\n", "utf-8")
        return at.asks("import", str(file), "--yes", on=None, exits=exits)

    told = brought("{from: 2026-12-05}", 3)["findings"][0]["message"]
    assert told == "vacancies.0.from is 2026-12-05, which has not come yet."
    told = brought("{from: 2026-11-05, until: 2026-11-05}, {from: 2026-11-05}", 3)["findings"]
    assert {f["message"] for f in told} == {
        "Nobody would head X from 2026-11-05 until 2026-11-05.",
        "Nobody heads X from 2026-11-05 already.",
    }
    brought("{from: 2026-11-05, until: 2026-12-30}", 0)
    slip = ("--own-slip", "--why", "Misread.")
    place = ("--at", "vacancies.0.from", "--is", "2026-12-05")
    refused = at.asks("correct", "hr-x", *place, *slip, on=None, exits=1)["findings"]
    assert any("Nobody would head X from 2026-12-05" in f["message"] for f in refused)
    text = at.text(path)
    for right, wrong in (
        ("2026-11-05, until: ", "2026-12-05, until: "),
        ("2026-12-30", "2026-11-05"),
        ("2026-12-30}", "2026-12-30}, {from: 2026-11-05}"),
    ):
        assert right in text
        (at.folder / path).write_text(text.replace(right, wrong))
        found = at.asks("check", "--base", "HEAD", on=None, exits=1)["findings"]
        assert "dates-in-order" in {f["rule"] for f in found if f["kind"] == "validity"}
