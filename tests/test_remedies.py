"""Every remedy names a command there is, with options it has; typed, it cures or leads on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.reads.desk.status import SECTIONS
from b40cli.cli.commands import named as at_row
from b40cli.cli.commands import row_of
from b40cli.cli.lazy import built
from b40cli.cli.main import main
from tests.acts.scene import DAY, Office, scene
from tests.invented import MEETING
from tests.remedies import HOLE, KNOWN, literals, named, typed

pytestmark = pytest.mark.usefixtures("asked")


@cache
def options_of(words: str) -> frozenset[str]:
    """Every spelling of every option of a command."""
    row = row_of(words)
    assert row is not None
    command = built(words.split()[-1], at_row(row.at))
    return frozenset(flag for param in command.params for flag in param.opts) | {"--help"}


def test_every_command_that_a_text_names_is_one_and_has_its_options() -> None:
    wrong = []
    many = 0
    for place, text in literals():
        for command in named(text):
            many += 1
            if command.words not in KNOWN:
                wrong.append(f"{place}: b40 {command.words} is no command")
                continue
            flags = {word.partition("=")[0] for word in command.rest if word.startswith("--")}
            flags.discard(f"--{HOLE}")
            unknown = flags - options_of(command.words)
            wrong += [f"{place}: b40 {command.words} has no {flag}" for flag in sorted(unknown)]
    assert not wrong, "\n".join(wrong)
    assert many > 250


FILLED = {
    "--present …": "all",
    "--opens …": "2026-03-20T10:00",
    "--meeting …": MEETING,
    "--reason …": "Moving",
    "--item …": "handover",
    "--document FILE": "paper.pdf",
    "--evidence …": "paper.pdf",
    "--sent …": "2026-03-09",
    "--announced …": "2026-03-09",
    "NAME": "Ana",
    "DAY": "2026-03-10",
    "TIME": "2026-03-09T09:00",
    "…": "all",
}


def cure(at: Office, finding: Mapping[str, Any], *more: str, on: str = DAY) -> None:
    """Type every command that the remedy names, its placeholders filled; each is accepted."""
    commands = list(named(finding["help"]))
    assert commands, finding
    for command in commands:
        at.asks(*typed(command, FILLED), *more, on=on)


def refusal(at: Office, *words: str, rule: str, on: str = DAY) -> dict[str, Any]:
    """The finding of a rule that refuses the words."""
    found = [f for f in at.asks(*words, on=on, exits=1)["findings"] if f["rule"] == rule]
    assert found
    return dict(found[0])


@pytest.fixture
def at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Office:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.pdf").write_text("x")
    return Office(scene(tmp_path, "applicant"), capsys)


def test_what_a_vote_in_the_wrong_order_is_told_leads_to_its_end(at: Office) -> None:
    """Closed before it was opened, opened before the roll was called: each remedy is typed."""
    at.asks("meeting", "convene", "ec", "--opens", "2026-03-10T10:00")
    at.asks("decision", "propose", "admission", "--subject", "Rosendol", "--meeting", MEETING)
    close = ("decision", "close", "EC-2026-001")
    unopened = refusal(at, *close, rule="committee-quorum")
    first, then = named(unopened["help"])
    uncalled = at.asks(*typed(first, FILLED), exits=1)["findings"][0]
    cure(at, uncalled)
    at.asks(*typed(first, FILLED))
    at.asks(*typed(then, FILLED), "--for", "all")
    assert at.asks(*close)["result"]["state"] == "adopted"


def test_a_proxy_without_its_dispatches_is_given_as_told(at: Office) -> None:
    at.asks("meeting", "convene", "ec", "--opens", "2026-03-10T10:00")
    paper = ("--document", "paper.pdf")
    give = ("proxy", "give", MEETING, "--from", "si-jezerna", "--to", "al-aldmar", *paper)
    cure(at, refusal(at, *give, rule="committee-proxy"), *paper)
    assert at.asks("check")["findings"] == []


def test_an_observer_without_invitation_is_invited_as_told(at: Office) -> None:
    asked = ("--country", "AT", "--gazetteer", "none", "--population", "620000", "--year", "2024")
    at.asks("observer", "request", "Graubach", *asked)
    at.asks("meeting", "convene", "ga", "--opens", "2026-03-10T10:00", "--city", "gr-lykonisi")
    call = ("meeting", "roll-call", "2026-03-10-ga", "--present", "hr-kamenik")
    found = refusal(at, *call, "--observers", "at-graubach", rule="observer-invited-by-president")
    cure(at, found, "--evidence", "paper.pdf", "--person", "Ana")
    # What still refuses leads on: the notice is recorded, as its remedy says.
    cure(at, refusal(at, *call, rule="quorum-at-first-roll-call"))
    at.asks(*call, "--observers", "at-graubach")


def test_what_the_desk_and_the_check_name_is_typed_and_gone(at: Office) -> None:
    """Lines of the desk and notes of the check: the command of each, until none is left of it."""
    at.asks("member", "mayor", "hr-kamenik", "Ivo", "--from", "2022-03-01", "--until", "2026-03-01")
    at.asks("meeting", "convene", "summit", "--opens", "2026-03-20", "--city", "gr-lykonisi")
    at.asks("meeting", "convene", "ec", "--opens", "2026-03-10T10:00")
    for line in at.asks("status")["result"]["lapsed"]:
        (command,) = named(line["command"])
        at.asks(*typed(command, FILLED))
    assert at.asks("status")["result"]["lapsed"] == []
    notes = {f["rule"]: f for f in at.asks("check")["findings"]}
    cure(at, notes["presidents-consulted"])
    assert "presidents-consulted" not in {f["rule"] for f in at.asks("check")["findings"]}


def test_every_line_of_the_desk_is_understood(at: Office) -> None:
    """None is a usage error once its placeholders are filled: it is done, or the law answers."""
    at.asks("meeting", "convene", "ec", "--opens", "2026-03-10T10:00")
    at.asks("meeting", "roll-call", MEETING, "--present", "all")
    desk = at.asks("status", on="2026-11-20")["result"]
    every = [line["command"] for section in SECTIONS for line in desk[section]]
    lines = list(filter(None, every))
    assert len(lines) > 3
    for line in lines:
        (command,) = named(line)
        words = typed(command, FILLED)
        acts = "--dry-run" in options_of(command.words)
        lacks = ("--reason", "Late") if command.words == "duty acknowledge" else ()
        code = main(["-C", str(at.folder), *words, *lacks, *(["--dry-run"] if acts else [])])
        out, err = at.capsys.readouterr()
        assert code in (0, 1), (line, words, out, err)
