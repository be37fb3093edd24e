"""Git children that die or say nothing: what a command answers then is the same, or a refusal.

Part of `make faults`. Each command is answered once, its calls of git listed; then again, one call
after the other killed, or ended with 1 and without a word. An empty answer is never read as an
answer: the same is told (another call knew it), or the command says that it cannot tell.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from b40cli.cli.request import options
from b40cli.store.git import repository_git
from tests.cli.ready import CITY, CLOSE
from tests.scenario import Heard, ask
from tests.store.checkout import ENV, git, write
from tests.traced import UNDO

DAY = "--on 2026-03-10"
RECORD = CITY.removeprefix("registry/").removesuffix(".yaml")
# Each command with the words of git that it is here for.
COMMANDS = {
    f"roll {DAY}": ("status",),
    f"check {DAY}": ("cat-file",),
    f"check --base HEAD~2 {DAY}": (),
    f"log {DAY}": (),
    f"show {RECORD} {DAY}": (),
    f"roll --known-at 2026-12-31 {DAY}": ("rev-list",),
    f"audit {DAY}": ("log",),
    f"review HEAD~2..HEAD {DAY}": (),
    f"review HEAD..HEAD~2 {DAY}": ("merge-base",),
    f"status {DAY}": (),
    f"fmt --check {DAY}": (),
    f"{CLOSE} --dry-run": ("ls-tree",),
    CLOSE: ("config", "var", "ls-files", "unpack-objects", "commit-tree", "update-index"),
    f"{CLOSE} --branch aside": ("check-ref-format", "rev-parse", "symbolic-ref", "update-ref"),
    UNDO: ("diff-tree", "for-each-ref"),
    "sync": ("fetch", "push"),
}
ACTS = tuple(words for words in COMMANDS if words.startswith(("decision", "undo", "sync")))
KILLED, SILENT = -9, 1


class Silence(NamedTuple):
    """The n-th call of git in a command, and the status that it ends with."""

    words: str
    nth: int
    status: int


class Dead:
    """A process that is over and has said nothing."""

    def __init__(self, status: int) -> None:
        self.returncode, self.pid, self.told, self.watch = status, 0, None, None
        self.stdin, self.stdout, self.stderr = BytesIO(), BytesIO(), BytesIO()

    def communicate(self, *_given: object) -> tuple[bytes, bytes]:
        """Nothing."""
        return b"", b""

    def kill(self) -> None:
        """It is dead."""

    def wait(self) -> int:
        """How it ended."""
        return self.returncode


def answered(root: Path, words: str, silence: Silence | None = None) -> tuple[Heard, list[str]]:
    """What a command answers, and the words of git that it called."""
    called: list[str] = []
    real = repository_git._process

    def process(call: Any, *more: Any) -> Any:
        called.append(repository_git._verb(call))
        ends = silence is not None and len(called) == silence.nth
        return Dead(silence.status) if ends and silence else real(call, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repository_git, "_process", process)
        if words in ACTS:  # not before what stands there
            patch.setenv("GIT_COMMITTER_DATE", ENV["GIT_COMMITTER_DATE"])
            patch.setattr(options, "clock", lambda: date(2026, 12, 15))
        if words == CLOSE:  # of a name that ends so git alone says what it leaves
            patch.setenv("GIT_AUTHOR_NAME", "Office Inc.")
        return ask(root, *words.split()), called


def placed(template: Path, folder: Path, words: str) -> Path:
    """Where the command is asked: a copy for an act, with a remote to sync with."""
    if words not in ACTS:
        return template
    root = folder / "register"
    shutil.rmtree(root, ignore_errors=True)
    shutil.rmtree(folder / "hub", ignore_errors=True)
    shutil.copytree(template, root, symlinks=True)
    if not words.startswith("sync"):
        # A name of a branch, one of a file, and a form of the index, of which git is asked.
        git(root, "switch", "-qc", "at.work")
        git(root, "update-index", "--index-version", "4")
        if words.startswith("decision"):
            write(root, "registry/evidence/.letter.txt", b"letter")
            git(root, "add", "registry")
            git(root, "commit", "-qm", "letter")
    else:
        git(folder, "clone", "-q", "--bare", str(root), "hub")
        git(folder / "hub", "update-ref", "refs/heads/main", "HEAD~1")
        git(root, "remote", "add", "origin", str(folder / "hub"))
    return root


def silences(template: Path, folder: Path, words: str) -> tuple[Heard, list[str], list[Silence]]:
    """The undisturbed answer, the words of git in it, and every way to disturb it."""
    heard, called = answered(placed(template, folder, words), words)
    ways = [Silence(words, n, how) for n in range(1, len(called) + 1) for how in (KILLED, SILENT)]
    return heard, called, ways


def wrong(template: Path, folder: Path, silence: Silence, heard: Heard, verb: str) -> str:
    """What is wrong with the answer to a silence; empty where it is the same, or a refusal."""
    now, _ = answered(placed(template, folder, silence.words), silence.words, silence)
    if now.code in (2, 3, 4, 5) or (now.code, now.out) == (heard.code, heard.out):
        return ""
    return f"{silence.words}: {verb} ends with {silence.status}, exit {now.code}: {now.out[-200:]}"


def complaints(template: Path, folder: Path) -> Iterator[str]:
    """What is wrong at every silence of every command; nothing (empty) of one that is told."""
    folder.mkdir()
    for words, here_for in COMMANDS.items():
        heard, called, ways = silences(template, folder, words)
        assert heard.code == 0 and set(here_for) <= set(called), (words, heard, called)
        yield from (wrong(template, folder, w, heard, called[w.nth - 1]) for w in ways)
