"""Branches for the tests of review: commits of records, made by acts or by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.main import main
from tests.acts.scene import Office, scene
from tests.invented import Records, git, written


class Branches(Office):
    """An office with a branch `work` checked out beside `main`."""

    def __init__(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        *stock: str,
        given: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(scene(folder, *stock, given=given), capsys)
        git(self.folder, "checkout", "-q", "-b", "work")

    def commits_files(self, subject: str, files: Mapping[str, str | bytes | None]) -> str:
        """One commit of files as they are given; None takes one away."""
        for name, data in files.items():
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if data is None:
                target.unlink()
            else:
                target.write_bytes(data.encode() if isinstance(data, str) else data)
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "--allow-empty", "-m", subject)
        return self.head()

    def commits_records(self, subject: str, whole: Records) -> str:
        """One commit that makes the register hold these records."""
        return self.commits_files(subject, {p: written(p, record) for p, record in whole.items()})

    def says(self, words: str, form: str, exits: int = 0, on: str = "2026-06-10") -> str:
        """What `b40 review` tells on standard output, in one of its formats."""
        asked = ["-C", str(self.folder), "review", words, "--format", form, "--on", on]
        code = main(asked)
        out, err = self.capsys.readouterr()
        assert code == exits, (words, out, err)
        return out

    def reviewed(
        self, words: str = "main..HEAD", exits: int = 0, on: str = "2026-06-10"
    ) -> dict[str, Any]:
        """The JSON answer of a review."""
        return self.asks("review", words, on=on, exits=exits)
