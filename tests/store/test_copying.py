"""What the tests begin with: a copy that git takes for its own."""

from __future__ import annotations

from pathlib import Path

from tests.store.checkout import A, checkout, git, write


def test_git_finds_a_copy_unchanged_and_sees_what_is_changed_in_it(tmp_path: Path) -> None:
    """Without looking into the files: their times and places are those of the index."""
    root = checkout(tmp_path / "net")
    assert git(root, "diff-files") == ""
    write(root, A, b"id: bg-plovdix\n")
    assert git(root, "diff-files", "--name-only") == A
    assert git(checkout(tmp_path / "another"), "status", "--porcelain") == ""
