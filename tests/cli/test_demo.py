"""The demonstration: a year of 24 invented cities, told by commands, lawful from end to end."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import b40cli.cli.main as main_module
from b40cli.cli.commands import rows
from b40cli.cli.register.demo import CLERK, OPENING, _left, _staged, story
from b40cli.store.gazetteer import find
from b40cli.store.git.repository import Repository
from b40cli.store.yaml.dialect import parse
from bench.cities import COUNTRIES
from tests.scenario import SHIPPED, TODAY, Heard, ask, pinned

pytestmark = pytest.mark.usefixtures("asked", "story_once")

# Years after it was written, as whoever clones this then will look at it.
LATER = date(2031, 7, 1)
LAST_DAY = "2026-02-16"
REMOVAL = "registry/decisions/2026/GA-2026-004.yaml"
ASSEMBLY = "registry/meetings/2026-01-24-ga.yaml"
ACTS = {
    "import", "presidency agenda", "group lead", "group expert", "group programme", "group open",
    "application submit", "meeting convene", "meeting notice", "meeting agenda", "meeting rules",
    "meeting consult", "meeting delegation", "meeting roll-call", "meeting close",
    "meeting minutes", "meeting dispatch", "decision propose", "decision open", "decision vote",
    "decision close", "decision record", "decision withdraw", "member sign", "member suspend",
    "member withdraw", "member mayor", "observer request", "observer invite", "proxy give",
    "proxy receipt", "duty acknowledge", "presidency handover", "summit sign", "report final",
}  # fmt: skip
MATTERS = {
    "admission", "work-programme", "reinstatement", "candidates", "resolution", "suspension",
    "agenda", "activity-report", "presidency", "removal", "committee-election", "leader",
    "special-group", "annual-agenda", "observer-invitation",
}  # fmt: skip


def later(folder: Path, *words: str) -> Heard:
    """Answer a command years later."""
    with pinned(LATER):
        return ask(folder, *words)


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
    story_once: None,  # noqa: ARG001 - the one play is that of the README and the goldens
) -> Path:
    """The folder of the demonstration; whichever process comes first plays it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demo.json").exists():
            with pinned(SHIPPED):
                heard = ask(shared, "demo", "--folder", "demo", "--json")
            (shared / "demo.json").write_text(heard.out)
    return shared


@pytest.fixture
def invented(played: Path) -> Path:
    return played / "demo" / "invented"


def record(invented: Path, path: str) -> Any:
    return parse((invented / path).read_bytes())


def answer(invented: Path, *words: str, today: date = TODAY) -> Any:
    with pinned(today):
        heard = ask(invented, *words, "--json")
    assert heard.code == 0, heard.err
    return json.loads(heard.out)


def test_every_command_of_the_story_answers_as_it_should(played: Path) -> None:
    told = json.loads((played / "demo.json").read_text())
    commands = [line for line in story() if line.text.startswith("b40 ") and not line.missing]
    assert told["ok"]
    assert told["result"]["commands"] == len(commands) > 100
    assert told["result"]["refused"] == sum(line.expected for line in commands) == 1


def test_years_later_what_asks_of_the_day_answers_as_it_should(played: Path) -> None:
    """Every act of the story has its day; whoever plays it then, plays the same."""
    folder, asked = played / "demo", []
    for line in story():
        if line.text.startswith("cd "):
            folder /= line.words[0]
        elif line.command and "--on" not in line.words and line.words[0] != "init":
            asked.append(line.words[0])
            assert later(folder, *line.words).code == line.expected, line.shown
    assert asked == ["check", "roll", "quorum", "audit"]


def test_it_leaves_what_a_visitor_wants_to_see(played: Path) -> None:
    """Site, minutes and calendar in the scratch folder, each named at the end."""
    for name, begins in (
        ("site/index.html", b"<!DOCTYPE html>"),
        ("minutes.pdf", b"%PDF-"),
        ("calendar.ics", b"BEGIN:VCALENDAR"),
    ):
        assert (played / "demo" / name).read_bytes().startswith(begins)
        assert str(played / "demo" / name) in _left(played / "demo")


def test_it_is_played_where_git_knows_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in CLERK:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PAGER", "less")
    with _staged(tmp_path / "nobody"):
        assert Repository.fresh(tmp_path / "asked").actor().startswith("Invented Clerk")
        assert os.environ["PAGER"] == "", "a play waits at no screen"
    assert not CLERK.keys() & os.environ.keys()
    assert os.environ["PAGER"] == "less"


def test_what_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("b40cli.cli.register.demo.find_spec", lambda _name: None)
    missing = [(line.words[0], line.missing) for line in story() if line.missing]
    assert missing == [("meeting", "typst"), ("export", "icalendar")]


def test_its_register_checks_clean(invented: Path) -> None:
    found = answer(invented, "check", "--on", LAST_DAY)["findings"]
    assert {(f["kind"], f["rule"]) for f in found} == {("note", "mandate-lapsed")}
    with pinned():
        assert ask(invented, "check").code == 0


def test_its_history_audits_clean(invented: Path) -> None:
    told = answer(invented, "audit", today=SHIPPED)
    assert told["ok"] and told["findings"] == []
    assert told["result"]["commits"] > 100


@pytest.mark.parametrize("command", ["check", "audit"])
def test_a_day_of_the_past_may_be_asked_about(invented: Path, command: str) -> None:
    """What came later is no fact of a day to come."""
    told = answer(invented, command, "--on", "2025-06-01", today=SHIPPED)
    assert told["on"] == "2025-06-01" and told["ok"]


def test_24_cities_of_twelve_countries_before_and_after(invented: Path) -> None:
    first = answer(invented, "roll", "--on", "2025-01-30")["result"]["members"]
    last = answer(invented, "roll", "--on", LAST_DAY)["result"]["members"]
    assert len(first) == len(last) == 24
    assert set(Counter(city[:2].upper() for city in first).values()) == {2}
    assert set(first) - set(last) == {"al-detmal"}
    assert set(last) - set(first) == {"bg-rosendol"}


def test_no_city_of_it_exists(invented: Path) -> None:
    records = [parse(file.read_bytes()) for file in (invented / "registry/members").iterdir()]
    records += [parse(file.read_bytes()) for file in (invented / "registry/observers").iterdir()]
    assert len(records) == 27
    assert [r["name"] for r in records if find(r["name"])] == []
    assert {r["country"].lower() for r in records} - set(COUNTRIES) == {"at"}


def test_the_removal_failed_by_one_vote_and_names_the_reading_that_carries_it(
    invented: Path,
) -> None:
    removal = record(invented, REMOVAL)
    majority = removal["count"]["majority"]
    assert (removal["matter"], removal["state"]) == ("removal", "rejected")
    assert (majority["for"], majority["required"], majority["base"]) == (10, 11, 21)
    assert removal["readings"] == {"verdict": "turns", "on": {"INT-01": {"votes-cast": "adopted"}}}
    assert removal["id"] in record(invented, ASSEMBLY)["notice"]["motions"]


def test_an_admission_failed_by_one_abstention(invented: Path) -> None:
    admission = record(invented, "registry/decisions/2025/EC-2025-002.yaml")
    assert admission["state"] == "rejected"
    assert admission["ballots"]["abstain"] == ["si-jezerna"]
    assert admission["ballots"]["against"] == []
    assert set(admission["readings"]["on"]) == {"INT-03"}


def test_leaders_of_groups_were_elected_first(invented: Path) -> None:
    election = record(invented, "registry/decisions/2026/GA-2026-005.yaml")
    leaders = ["mk-planinsko", "ro-valea-alba-de-sus"]
    assert election["count"]["elected"][:2] == leaders
    assert len(election["choices"]["xk-gurmal"]) > len(election["choices"][leaders[0]])
    assert set(election["readings"]["on"]) == {"INT-23"}


def test_the_closing_declaration_is_signed_and_the_final_report_shared(invented: Path) -> None:
    assembly = record(invented, ASSEMBLY)
    signed = assembly["closing_declaration"]["signed_by"]
    assert len(signed) == 18
    assert set(signed) < set(assembly["roll_calls"][0]["present"])
    assert list(assembly["report"]) == ["prepared", "approved", "shared", "document"]
    assert "minutes" in assembly


def test_every_kind_of_act_and_matter_is_in_it(invented: Path) -> None:
    trailers = "--format=%(trailers:key=B40-Act,valueonly)"
    log = subprocess.run(["git", "-C", invented, "log", trailers], capture_output=True, check=True)
    assert {line for line in log.stdout.decode().splitlines() if line} >= ACTS
    decided = [parse(f.read_bytes()) for f in (invented / "registry/decisions").rglob("*.yaml")]
    assert {decision["matter"] for decision in decided} >= MATTERS


def test_the_days_of_the_story_follow_each_other_and_are_past() -> None:
    days = [
        day
        for line in story()
        if line.command and not line.text.startswith("b40 committee show")
        for day in re.findall(r"--on (\S+)", line.text)
    ]
    assert days == sorted(days)
    assert days[-1] == LAST_DAY < "2026-04-20"


def test_its_lines_fit_a_terminal_and_name_commands_there_are() -> None:
    known = {row.words for row in rows()}
    for line in story():
        assert all(len(part) <= 80 for part in line.shown.splitlines()), line.shown
        if line.text.startswith("b40 "):
            first, second = (*line.words, "")[:2]
            assert {first, f"{first} {second}"} & known, line.text


def test_the_opening_record_holds_what_the_first_day_needs() -> None:
    opening = parse(OPENING.read_bytes())
    assert len(opening["members"]) == 24
    assert len(opening["committee"][0]["seats"]) == 7


def test_the_minutes_name_the_reading_the_elected_and_the_handover(invented: Path) -> None:
    told = " ".join(ask(invented, "meeting", "minutes", "2026-01-24-ga").out.split())
    assert "**Rejected**, one vote short" in told
    assert "(INT-01)? Read as “votes cast”, it would be adopted." in told
    assert "Elected: Planinsko, Valea Alba de Sus, Vodengrad and Aldmar." in told
    assert "The presidency passed from Kamenik to Srebrni Brod at item 6" in told
    assert "Graubach (Austria)" in told


def test_the_desk_names_the_next_step_of_a_group_that_owes_meetings(played: Path) -> None:
    """Years later: what is still due is convened, what can no longer be met is acknowledged."""

    def steps(day: str, part: str) -> list[str]:
        heard = later(played / "demo" / "invented", "status", "--on", day, "--json")
        return [item["command"] for item in json.loads(heard.out)["result"][part]]

    group = "local-climate-action"
    assert f"b40 meeting convene wg --group {group} --opens …" in steps("2026-12-01", "due")
    missed = f"--of 2026 --subject groups/{group} --by group-leader"
    overdue = steps("2027-02-01", "overdue")
    assert f"b40 duty acknowledge three-meetings-a-year {missed}" in overdue


def test_the_plan_of_a_summit_asks_for_the_candidates_of_the_year_after(invented: Path) -> None:
    def first(day: str) -> Any:
        return answer(invented, "summit", "plan", "--on", day)["result"]["steps"][0]

    assert first("2025-12-20")["state"] == "done"
    assert first(LAST_DAY)["state"] == "to do"
    assert "--term 2028" in first(LAST_DAY)["command"]


def test_an_interrupt_ends_the_demonstration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the first command does at Ctrl-C is told to it all; nothing of the rest is played."""
    asked: list[list[str]] = []
    play = main_module.main

    def interrupted(words: list[str]) -> int:
        asked.append(words)
        return 130

    monkeypatch.setattr(main_module, "main", interrupted)
    assert play(["demo", "--folder", f"{tmp_path}/a/x/../y", "--quiet"]) == 130
    assert len(asked) == 1 and asked[0][-1] == "--yes"
