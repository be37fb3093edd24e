"""What the tests begin with: a copy that git takes for its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acts.scene import IDENTITY
from tests.invented import ATTRIBUTES, committed, laid_out
from tests.store.checkout import A, checkout, git, snapshot, write


def test_git_finds_a_copy_unchanged_and_sees_what_is_changed_in_it(tmp_path: Path) -> None:
    """Without looking into the files: their times and places are those of the index."""
    root = checkout(tmp_path / "net")
    assert git(root, "diff-files") == ""
    write(root, A, b"id: bg-plovdix\n")
    assert git(root, "diff-files", "--name-only") == A
    assert git(checkout(tmp_path / "another"), "status", "--porcelain") == ""


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_a_register_laid_out_is_the_one_that_git_makes_of_its_files(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same commit, the same index, and nothing changed to git."""
    for name, value in {**IDENTITY, "GIT_DEFAULT_HASH": form}.items():
        monkeypatch.setenv(name, value)
    files = {A: b"id: bg-plovdiv\n", f"{'x' * 200}/{'long' * 30}": b"", "a-b": b"1", "a/b": b"2"}
    made, quick = committed(tmp_path / "made", files), laid_out(tmp_path / "quick", files)
    assert snapshot(made) == snapshot(quick)
    assert git(quick, "diff-files") == "" == git(quick, "status", "--porcelain")
    assert git(quick, "show", "HEAD:a/b") == "2" and (quick / ATTRIBUTES).exists()
    assert git(quick, "fsck", "--strict") == ""
