"""Scenes for the tests of the acts: a real repository with stock records, and acts done in it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from marshal import dumps, loads
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.opened.session import Session, open_session
from b40cli.cli.main import main
from tests.caselaw import changed, filled, stock_records, stripped
from tests.invented import MEETING, SEVEN, SHA, Records, git, head_of, laid_out, records, written

TODAY = date(2026, 11, 23)
DAY = "2026-03-10"
PAPER: dict[str, Any] = {"sha256": SHA}
FILED = {"secretary": "2026-03-08T09:00:00+03:00", "president": "2026-03-08T09:00:00+03:00"}
ALL = ",".join(SEVEN)
CITY = "registry/members/bg-rosendol.yaml"
VOTE = "registry/decisions/2026/EC-2026-001.yaml"
SITTING = f"registry/meetings/{MEETING}.yaml"
IDENTITY = {
    "GIT_AUTHOR_NAME": "Clerk",
    "GIT_AUTHOR_EMAIL": "clerk@example.org",
    "GIT_COMMITTER_NAME": "Clerk",
    "GIT_COMMITTER_EMAIL": "clerk@example.org",
    "GIT_AUTHOR_DATE": "2026-11-23T10:00:00+0300",
    "GIT_COMMITTER_DATE": "2026-11-23T10:00:00+0300",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def content(*stock: str, given: Mapping[str, Any] | None = None, rule_set: int = 1) -> Records:
    """The invented network with stock records of the case law, and changes on top."""
    whole = records(rule_set)
    for name in stock:
        changed(whole, stock_records()[name])
    changed(whole, given or {})
    filled(whole, None, TODAY)
    return stripped(whole)


def scene(
    folder: Path, *stock: str, given: Mapping[str, Any] | None = None, rule_set: int = 1
) -> Path:
    """A repository holding that content in one commit."""
    register = folder / "register"
    register.mkdir(parents=True)
    files = _files(stock, dumps(dict(given or {})), rule_set)
    return laid_out(register, files, was_read=True)


@cache
def _files(stock: tuple[str, ...], given: bytes, rule_set: int) -> Mapping[str, bytes]:
    """The files of a scene; many tests begin with the same."""
    whole = content(*stock, given=loads(given), rule_set=rule_set)
    return {path: written(path, record) for path, record in whole.items()}


def session(folder: Path, on: str = DAY) -> Session:
    """The register opened for an act on a day."""
    return open_session(folder, TODAY, date.fromisoformat(on))


class Office:
    """The real command, run in this process at a repository."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def asks(self, *words: str, on: str | None = DAY, exits: int = 0) -> dict[str, Any]:
        """The JSON answer of a command that ends with the exit code expected."""
        day = () if on is None else ("--on", on)
        code = main(["-C", str(self.folder), *words, *day, "--json"])
        out, err = self.capsys.readouterr()
        assert code == exits, (words, out, err)
        answer = json.loads(out)
        assert isinstance(answer, dict)
        return answer

    def head(self) -> str:
        """The commit HEAD stands on."""
        return head_of(self.folder)

    def commits(self) -> int:
        """How many commits there are, on any branch."""
        return int(git(self.folder, "rev-list", "--all", "--count"))

    def message(self, revision: str = "HEAD") -> str:
        """A commit's message."""
        return git(self.folder, "log", "-1", "--format=%B", revision)

    def text(self, path: str) -> str:
        """A working file."""
        return (self.folder / path).read_text("utf-8")
