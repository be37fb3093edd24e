"""Nothing is lost and nothing is half done: races, kills, full disks, and what is in the way.

The store has tests of its own (tests/store/test_commit.py, test_kill.py); these are the commands as
a clerk meets them: the exit, the one line that cures it, and the bytes before and after.
"""

from __future__ import annotations

import json
import os
import posix
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from b40cli.store.git.guard import closed_world
from tests import faults, powercut, unanswered
from tests.cli.ready import (
    CITY,
    CLOSE,
    CONFLICT,
    DECISION,
    DONE,
    MAYOR,
    REFUSED,
    ready_to_close,
)
from tests.disk import Disk
from tests.invented import head_of
from tests.scenario import PINNED, ask, pinned
from tests.store.checkout import git, snapshot
from tests.traced import MINE, OWN, UNDO
from tests.traced_writes import Step

PROJECT = Path(__file__).parents[2]


@pytest.fixture(autouse=True, scope="module")
def same_everywhere() -> Iterator[None]:
    with pinned():
        yield


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pinned():
        return ready_to_close(tmp_path_factory.mktemp("ready") / "template")


Acting = Callable[[str, Path, Path, str], list[tuple[Path, int]]]


@pytest.fixture(scope="module")
def acting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Acting]:
    """The program of tests/cli/acting.py, begun once: each child's folder, and how it ended."""
    talk = tmp_path_factory.mktemp("acting") / "talk"
    with talk.open("w") as stderr, subprocess.Popen(
        [sys.executable, "-m", "tests.cli.acting"], cwd=PROJECT, env={**os.environ, **PINNED},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True,
    ) as program:  # fmt: skip

        def played(how: str, template: Path, work: Path, words: str) -> list[tuple[Path, int]]:
            assert program.stdin and program.stdout
            work.mkdir()
            told = json.dumps([how, str(template), str(work), *words.split()])
            print(told, file=program.stdin, flush=True)
            lines = []
            while (line := program.stdout.readline()) != "\n":
                assert line, talk.read_text()
                number, ended = line.split()
                lines.append((work / number, int(ended)))
            return lines

        yield played


def said(root: Path, who: int = 0) -> str:
    return Path(f"{root}.{who}.err").read_text(encoding="utf-8")


def is_clean(root: Path) -> bool:
    return git(root, "status", "--porcelain", "--", "registry") == ""


def check_whole(root: Path, template: Path) -> None:
    """One act and no more: one commit on the old head, index and files as it holds them."""
    assert git(root, "rev-parse", "HEAD^") == head_of(template)
    assert is_clean(root)
    assert not (root / ".git/index.lock").exists()
    git(root, "fsck", "--strict")


@pytest.mark.parametrize("both", [f"{CLOSE} + {MAYOR}", f"{CLOSE} + {CLOSE}"], ids=["two", "same"])
def test_of_two_acts_at_one_moment_one_commits(
    both: str, acting: Acting, template: Path, tmp_path: Path
) -> None:
    ended = acting("race", template, tmp_path / "work", both)
    assert len(ended) == 12
    for (root, first), (_, second) in zip(ended[::2], ended[1::2], strict=True):
        assert sorted((first, second)) == [DONE, CONFLICT], said(root) + said(root, 1)
        loser = int(first == DONE)
        assert "Traceback" not in said(root, loser)
        assert re.match(r"b40: .*\n  .*repeat.*\n$", said(root, loser)), said(root, loser)
        check_whole(root, template)
        act = both.split(" + ")[1 - loser].split()
        assert git(root, "log", "-1", "--format=%(trailers:key=B40-Act,valueonly)").strip() == (
            " ".join(act[:2])
        )
    again = ask(ended[0][0], *both.split(" + ")[int(ended[0][1] == DONE)].split())
    assert again.code == (REFUSED if both == f"{CLOSE} + {CLOSE}" else DONE)


def test_an_act_is_killed_at_every_step(acting: Acting, template: Path, tmp_path: Path) -> None:
    ended = acting("kill", template, tmp_path / "work", CLOSE)
    assert len(ended) > 25
    assert [code for _, code in ended[-1:]] == [DONE]
    assert {code for _, code in ended[:-1]} == {-9}
    before = snapshot(template)
    moved = []
    for root, _ in ended:
        moved.append(head_of(root) != head_of(template))
        if moved[-1]:
            check_cured(root, template)
        else:
            assert snapshot(root) == before
            assert ask(root, "roll").code == DONE
    assert moved == sorted(moved), "once the branch has moved, it has moved"
    assert 2 < sum(moved) < len(moved)
    last = [root for root, _ in ended if head_of(root) == head_of(template)][-1]
    assert ask(last, *CLOSE.split()).code == DONE
    check_whole(last, template)
    first = next(root for root, _ in ended if head_of(root) != head_of(last))
    for words in (MAYOR, "check --on 2026-04-18"):
        assert ask(first, *words.split()).code == DONE
    assert is_clean(first)


def check_cured(root: Path, template: Path) -> None:
    """The commit is whole; the next read completes it, and says so."""
    made = git(root, "log", "-1", "--format=%P", "--name-only").split()
    assert made == [head_of(template), DECISION, CITY]
    late = not is_clean(root)
    heard = ask(root, "roll")
    assert heard.code == DONE
    assert ("was cut off after its commit" in heard.err) == late, heard.err
    check_whole(root, template)
    assert "cut off" not in ask(root, "roll").err
    assert ask(root, *CLOSE.split()).code == REFUSED, "it was closed by the act that was cut off"
    check_whole(root, template)


def test_a_full_disk_changes_nothing(acting: Acting, template: Path, tmp_path: Path) -> None:
    """Where no file can grow beyond a limit, an act is done or refused, never half."""
    ended = acting("full", template, tmp_path / "work", CLOSE)
    before = snapshot(template)
    for root, code in ended:
        if code == DONE:
            check_whole(root, template)
        else:
            assert code == CONFLICT, said(root)
            assert snapshot(root) == before
            assert not [*(root / ".git").rglob("*.lock")]
            assert ask(root, *CLOSE.split()).code == DONE
    codes = [code for _, code in ended]
    assert codes[0] == CONFLICT and codes[-1] == DONE
    assert codes.count(CONFLICT) >= 4


@pytest.fixture
def traced() -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is missing")


@pytest.mark.usefixtures("traced")
def test_a_few_broken_calls(template: Path, tmp_path: Path) -> None:
    """A few of `make faults`, drawn by a seed."""
    bench = faults.prepared(tmp_path, owned(template))
    known = list(faults.faults(bench, "undo"))
    assert len(known) > 1000
    for fault in Random(40).sample(known, 4):
        assert faults.broken(bench, fault)[1] == "", fault


@pytest.mark.usefixtures("traced")
def test_the_power_is_cut(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few of `make powercut`; where nothing is synced, what was answered is lost."""
    lost = powercut.images(steps(template, tmp_path), Disk(template), "undo", 0, Random(40))[-1]
    assert lost.answered
    words = UNDO.split()
    assert "lost" in powercut.opened(lost, template, words, tmp_path)[1]
    monkeypatch.setattr(os, "fsync", posix.fsync)
    monkeypatch.delitem(closed_world.ALWAYS, "GIT_TEST_FSYNC")
    synced = powercut.images(steps(template, tmp_path), Disk(template), "undo", 1, Random(40))
    for image in (synced[-1], *Random(40).sample(synced, 4)):
        assert powercut.opened(image, template, words, tmp_path)[1] == "", image.name


@pytest.mark.parametrize("words", ["check --on 2026-03-10", CLOSE])
def test_a_git_that_says_nothing_is_no_answer(words: str, template: Path, tmp_path: Path) -> None:
    """A few of the silences of `make faults`, which goes through all of its commands."""
    heard, called, ways = unanswered.silences(template, tmp_path, words)
    assert set(unanswered.COMMANDS[words]) <= set(called)
    for way in Random(40).sample(ways, 4):
        verb = called[way.nth - 1]
        assert unanswered.wrong(template, tmp_path, way, heard, verb) == ""


def steps(template: Path, folder: Path) -> list[Step]:
    return powercut.traced_steps(folder, owned(template), "undo")


def owned(template: Path) -> Path:
    """With a person's own files in it."""
    for name in MINE:
        (template / name).write_bytes(OWN)
    return template
