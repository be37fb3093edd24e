"""Screens of a terminal: within its width, told apart without colour, harmless."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.opened.view import open_view
from b40cli.acts.reads import city, duties, lists, offices, records, rolls, search, status
from b40cli.cli import output
from b40cli.cli.main import main
from b40cli.cli.telling import live, told
from b40cli.model.answer import Answer
from b40cli.render.live.sheet import Styled, cells, columns, flow, folded, line
from tests.acts.scene import scene
from tests.render.answers import HOSTILE, answer, finding

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
ON = date(2026, 4, 10)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer[Any]]:
    """What the reads answer of one register, asked once."""
    folder = scene(tmp_path_factory.mktemp("live"), "meeting", "applicant", "admission")
    view = open_view(folder, ON)
    asked: tuple[Answer[Any], ...] = (
        status.status(view),
        city.city(view, "hr-kamenik"),
        rolls.roll(view),
        lists.members(view, None, None),
        lists.members(view, None, None, mandates=True),
        offices.committee(view),
        duties.listed(view, None, None),
        records.show(view, "EC-2026-001"),
        search.search(view, "kamenik", 9),
        lists.decisions(view, None, None),
    )
    return {f"{n} {one.command}": one for n, one in enumerate(asked)}


def plain(text: str) -> list[str]:
    return ESCAPE.sub("", text).split("\n")


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_every_screen_keeps_to_its_width(answers: dict[str, Answer[Any]], width: int) -> None:
    """Longer is only a line of one word that cannot be folded."""
    for name, one in answers.items():
        for row in plain(live(one, width, colour=True)):
            assert cells(row) <= width or width < 80, (name, row)


def test_colour_only_confirms_what_stands_there(answers: dict[str, Answer[Any]]) -> None:
    for one in answers.values():
        coloured, bare = (live(one, 80, colour=colour) for colour in (True, False))
        assert plain(coloured) == plain(bare)
        assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", bare)


def test_the_roll_names_people_and_countries(answers: dict[str, Answer[Any]]) -> None:
    shown = "\n".join(plain(live(answers["2 roll"], 80, colour=False)))
    assert "Croatia  1\n  Kamenik" in shown and "not on record" in shown
    assert "Kosovo*  1" in shown and shown.count("UNSCR") == 1


def test_the_committee_has_words_for_its_seats(answers: dict[str, Answer[Any]]) -> None:
    shown = "\n".join(plain(live(answers["5 committee show"], 80, colour=False)))
    assert "Next President" in shown and "elected-1" not in shown and "hr-kamenik" not in shown


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_record_moves_the_terminal(name: str) -> None:
    """Neither an escape nor markup of rich's: a name is shown as it stands."""
    found = finding(f"{name} [bold]has[/] no vote.", remedy=name)
    shown = ESCAPE.sub("", live(answer("decision open", found), 80, colour=True))
    assert all(c.isprintable() or c == "\n" for c in shown)
    assert "[bold]has[/]" in shown


def test_a_refusal_says_that_nothing_was_written() -> None:
    refused = answer("decision open", finding("It has no vote."))._replace(
        ok=False, exit_code=1, told="refused: decision: open"
    )
    shown = "\n".join(plain(live(refused, 80, colour=False)))
    assert "✗ refused" in shown and "Nothing was written." in shown and "b40 explain" in shown


def test_in_a_pipe_it_is_told_as_before(
    answers: dict[str, Answer[Any]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "\x1b" not in told(answers["0 status"], "terminal")
    monkeypatch.setattr(output, "on_screen", lambda: True)
    monkeypatch.setattr(output, "width", lambda: 60)
    said: list[str] = []
    monkeypatch.setattr(output, "paged", said.append)
    folder = scene(tmp_path)
    assert main(["-C", str(folder), "roll"]) == 0
    assert main(["-C", str(folder), "roll", "--json"]) == 0
    assert len(said) == 1 and "\x1b[1m" in said[0]


def test_words_are_folded_whole_and_columns_stand_under_one_another() -> None:
    assert folded("one two three", 7) == ["one two", "three"]
    assert folded("x" * 50, 10) == ["x" * 50]
    assert folded("  ! two words", 7) == ["  ! two", "words"]
    rows = [
        [Styled("a"), Styled("long text here"), Styled("z")],
        [Styled("bb"), Styled("c"), Styled("y")],
    ]
    assert [sum(cells(s.text) for s in row) for row in columns(rows, 80)] == [21, 21]
    assert len(columns(rows, 20)) == 3
    assert [len(row) for row in flow("one two three", 10, (Styled("- "),))] == [2, 2]
    assert line("a\x1b[2Jb")[0].text == "a\\x1b[2Jb"
    assert cells("漢字") == 4
