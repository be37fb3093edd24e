"""What tests/acted_once.py lays down is what the acts left, and nothing where something differs."""

from __future__ import annotations

from pathlib import Path

from tests.acted_once import acted_once
from tests.invented import head_of
from tests.store.checkout import NEW, B, checkout, git, snapshot, write

ACTED: list[str] = []


@acted_once
def opening(folder: Path, text: str = "x") -> list[str]:
    """One commit that writes a file, changes one and removes one."""
    ACTED.append(text)
    write(folder, NEW, text.encode())
    (folder / B).unlink()
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "act")
    return [head_of(folder)]


def test_what_was_left_is_laid_down_whole(tmp_path: Path) -> None:
    one, two = (checkout(tmp_path / name) for name in ("one", "two"))
    ACTED.clear()
    first, again = opening(one), opening(two)
    assert ACTED == ["x"] and first == again == [head_of(two)] and first is not again
    assert snapshot(one) == snapshot(two)
    assert git(two, "diff-files") == "" == git(two, "status", "--porcelain")
    git(two, "fsck", "--strict")


def test_where_anything_differs_it_is_acted(tmp_path: Path) -> None:
    """A word, a file that nobody tracks, a branch."""
    opening(checkout(tmp_path / "first"))
    words, paper, branch = (checkout(tmp_path / name) for name in ("words", "paper", "branch"))
    write(paper, "letter.txt", b"letter")
    git(branch, "branch", "side")
    ACTED.clear()
    opening(words, "y")
    opening(paper)
    opening(branch)
    assert ACTED == ["y", "x", "x"]
    assert (words / NEW).read_text() == "y" and (paper / "letter.txt").exists()
