"""`init`: one commit, in a fresh folder or beside what a repository holds already."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acts.scene import Office
from tests.invented import git
from tests.scenario import ask
from tests.store.checkout import files, snapshot

OPENED = ("--opened", "2026-01-05", "--name", "Network of Invented Cities")


def office(folder: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(folder, capsys)


def test_a_register_in_a_new_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Statutes, network, sources, one commit; and what it holds is lawful."""
    at = office(tmp_path / "network", capsys)
    answer = at.asks("init", *OPENED, on=None)
    assert answer["commit"] == at.head() and at.commits() == 1
    assert git(at.folder, "status", "--porcelain") == ""
    assert at.message().splitlines()[0] == "init: open the register of Network of Invented Cities"
    assert (at.folder / ".gitattributes").read_text() == "registry/** -text\n"
    checked = at.asks("check")
    assert checked["result"]["counts"] == {"validity": 0, "duty": 0, "note": 0}


def test_beside_what_a_repository_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files, history and attributes stay; the register is one commit on top."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "README.md").write_text("ours\n")
    (tmp_path / ".gitattributes").write_text("*.md text\n")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "before")
    (tmp_path / "draft.txt").write_text("not committed\n")
    before = git(tmp_path, "rev-parse", "HEAD").strip()
    at = office(tmp_path, capsys)
    at.asks("init", *OPENED, on=None)
    assert git(tmp_path, "rev-parse", "HEAD~1").strip() == before
    assert (tmp_path / ".gitattributes").read_text() == "*.md text\n"
    assert (tmp_path / "README.md").read_text() == "ours\n"
    assert git(tmp_path, "status", "--porcelain").split() == ["??", "draft.txt"]
    at.asks("check")


def test_a_register_is_begun_only_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second init is a usage error and changes nothing."""
    at = office(tmp_path / "network", capsys)
    at.asks("init", *OPENED, on=None)
    before = snapshot(at.folder)
    at.asks("init", *OPENED, on=None, exits=2)
    assert snapshot(at.folder) == before


def test_not_inside_another_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Below a repository's root no command would find it."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "below").mkdir()
    office(tmp_path / "below", capsys).asks("init", *OPENED, on=None, exits=2)
    assert files(tmp_path) == {}
    assert (tmp_path / "below").is_dir(), "what was there stays"


@pytest.mark.parametrize(
    "words",
    [
        ["init", "net/work", *OPENED],
        ["init", "net/work", *OPENED, "--dry-run"],
        ["init", f"net/{'x' * 300}", *OPENED],
        ["init", f"tour/{'x' * 300}", *OPENED],
        ["init", "tour/invented/circle/net", *OPENED],
        ["demo", "--folder", "tour"],
    ],
    ids=["inside", "dry", "long", "longer", "circle", "demo"],
)
def test_a_refusal_leaves_no_folder_it_made(words: list[str], tmp_path: Path) -> None:
    """Else the `cd` after it succeeds, and the next act goes into the register around it."""
    if "net/work" in words:
        git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "tour/invented").mkdir(parents=True)
    (tmp_path / "tour/invented/circle").symlink_to("circle")
    heard = ask(tmp_path, *words)
    assert heard.code == (4 if words[0] == "demo" else 2), heard
    assert ("outside this repository" in heard.err) == ("net/work" in words)
    assert {file.name for file in tmp_path.iterdir()} - {".git"} == {"tour"}
    assert [file.name for file in (tmp_path / "tour").iterdir()] == ["invented"]


@pytest.mark.parametrize(
    ("more", "exits"),
    [
        (("--dry-run",), 0),
        (("--opened", "2027-01-01"), 2),
        (("--opened", "2026-13-01"), 2),
        (("--founded", "long ago"), 2),
        (("--founded", "2026-11-24"), 2),
    ],
)
def test_nothing_is_begun(
    more: tuple[str, ...], exits: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dry run and a slip leave not even a folder."""
    at = office(tmp_path / "network", capsys)
    at.asks("init", *OPENED, *more, on=None, exits=exits)
    assert not at.folder.exists()
