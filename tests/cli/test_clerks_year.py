"""The clerk's year of the manual, played again at a terminal, guided: the same files at its end.

`clerks-year.txt` has an act a line: its day, the command as it is typed, another exit than 0 in
brackets, and its answers (tests/terminal.py says how). A dead end is a question without an answer,
an answer that nothing asked for, or another exit than was meant: there is none.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.invented import git
from tests.scenario import ask, pinned
from tests.terminal import Played, played
from tests.test_readme import ROOT, WRITTEN, desk, shown

GUIDE = ROOT / "docs" / "guides" / "clerk.md"
LINE = re.compile(r"(\S+) (b40[\w -]+?)(?: \[(\d)\])?$")


class Act(NamedTuple):
    """A day, a command as it is typed, its answers in order, and the exit that is meant."""

    day: str
    command: str
    answers: tuple[str, ...]
    code: int


def act(text: str) -> Act:
    """A line of the year."""
    head, *answers = (part.strip() for part in text.split("|"))
    found = LINE.match(head)
    assert found, text
    return Act(found[1], found[2], tuple(answers), int(found[3] or 0))


# What only a terminal loads.
SCREENS = (
    "cli.sitting.guided",
    "cli.sitting.sittings",
    "cli.telling",
    "render.screen_parts",
    "render.live.decisions",
)
WHOLE = [act(x) for x in Path(__file__).with_name("clerks-year.txt").read_text().splitlines()]
# The suite plays up to the committee that has no quorum, `make desk` the whole year (a minute).
UNTIL = os.environ.get("B40_DESK", "2025-03-13")
YEAR = [each for each in WHOLE if each.day < UNTIL]


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of the guide, its commands typed with all their options."""
    text = GUIDE.read_text("utf-8")
    folder = desk(tmp_path_factory.mktemp("guide") / "desk", text)
    with pinned(WRITTEN):
        for words in (shlex.split(command.words)[1:] for command in shown(text)):
            if words[0] == "init" or words[-1] < UNTIL:
                ask(folder, *words)
    return folder


@pytest.fixture(scope="module")
def year(
    tmp_path_factory: pytest.TempPathFactory, typed: Path
) -> tuple[Path, list[tuple[Act, Played]]]:
    """The register at the end of the year, and each act as it was played.

    The guide comes first: what it has loaded, no act at the terminal loads again.
    """
    assert typed
    for name in SCREENS:
        import_module(f"b40cli.{name}")
    folder = desk(tmp_path_factory.mktemp("terminal") / "desk", GUIDE.read_text("utf-8"))
    return folder, list(_played(folder))


def _played(folder: Path) -> Iterator[tuple[Act, Played]]:
    for each in YEAR:
        on = date.fromisoformat(each.day)
        with at_desk(on):
            done = played(folder, each.command, each.answers)
        yield each, done


@contextmanager
def at_desk(on: date) -> Iterator[None]:
    """The day it is, at a terminal of 80 columns without a pager."""
    with pinned(on), pytest.MonkeyPatch.context() as patch:
        for name, value in {"PAGER": "", "TERM": "xterm", "COLUMNS": "80"}.items():
            patch.setenv(name, value)
        for who in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{who}_DATE", f"{on}T10:00:00+0300")
        yield


def dead_ends(year: list[tuple[Act, Played]]) -> list[str]:
    """Each act that did not go as the clerk meant it."""
    return [
        f"{each.day} {each.command}: exit {done.code}, left {done.left}, unasked {done.unasked!r}\n"
        f"{done.screen[-1200:]}"
        for each, done in year
        if done.code != each.code or done.left or done.unasked
    ]


def test_the_year_ends_in_the_files_of_the_guide(
    year: tuple[Path, list[tuple[Act, Played]]], typed: Path
) -> None:
    """Byte for byte: the same records, whether options were typed or questions answered."""
    assert _tree(year[0]) == _tree(typed)


def _tree(folder: Path) -> list[str]:
    return git(folder, "ls-tree", "-r", "HEAD", "registry").splitlines()


def test_three_words_are_typed_for_each_act(year: tuple[Path, list[tuple[Act, Played]]]) -> None:
    """Beside them numbers of choices, empty lines, yes and no, and facts that no register has."""
    assert {len(each.command.split()) for each in WHOLE} <= {2, 3}
    facts = [
        [a.line for a in done.answers if not TOLD.fullmatch(a.line)] for _each, done in year[1]
    ]
    assert len(WHOLE) >= 100
    assert sum(map(len, facts)) < len(YEAR)
    assert all(len(typed) <= 4 for typed in facts)


# What is no fact: nothing, y and n, one or more numbers of choices, and everybody who is left.
TOLD = re.compile(r"|[yn]|[0-9]{1,2}(,[0-9]{1,2})*|all|rest")


def test_an_interrupt_at_any_question_leaves_nothing(
    year: tuple[Path, list[tuple[Act, Played]]],
) -> None:
    folder = year[0]
    head = git(folder, "rev-parse", "HEAD")
    answers = ("#Zalivgrad", "Nova", "", "", "")
    for stops in range(len(answers) + 1):
        with at_desk(date(2026, 2, 20)):
            done = played(folder, "b40 member mayor", answers[:stops])
        assert (done.code, bool(done.unasked)) == (130, True), done.screen
    assert git(folder, "rev-parse", "HEAD") == head
    assert not git(folder, "status", "--porcelain", "registry")


def test_no_act_is_a_dead_end(year: tuple[Path, list[tuple[Act, Played]]]) -> None:
    assert not dead_ends(year[1]), "\n\n".join(dead_ends(year[1])[:4])
