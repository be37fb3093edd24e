"""What was accepted is on the disk before anything rests on it, in this order."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path
from typing import Any

import pytest

from b40cli.store.git import durable, journal, repository_git
from b40cli.store.git.durable import SYNCED
from b40cli.store.git.repository import Repository
from tests.store.checkout import ENV, NEW, A, checkout

MESSAGE = "decision: close EC-2026-001\n"
ACT = {A: b"id: bg-plovdiv\nname: Plovdiv\n", NEW: b"id: EC-2026-001\n"}
WRITING = ("unpack-objects", "commit-tree", "update-ref", "update-index")


@pytest.mark.parametrize(("who", "writes"), [("Clerk", ()), ("Office Inc.", ("git commit-tree",))])
def test_nothing_rests_on_what_a_power_cut_could_take(
    who: str, writes: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Staged bytes, objects and their folders, the journal, the ref and its folder, the files'.

    Of a name that ends so git alone says what it leaves: then it writes the commit.
    """
    for name, value in ENV.items():
        monkeypatch.setenv(name, value.replace("Ayşe Kâtip", who))
    root = checkout(tmp_path / "net")
    seen: list[str] = []
    fsync, process = os.fsync, repository_git._process

    def synced(there: int) -> None:
        place = Path(f"/proc/self/fd/{there}").readlink()
        seen.append(place.relative_to(root).as_posix())
        fsync(there)

    def called(call: Any, *more: Any) -> Any:
        verb = next(word for word in (*WRITING, "") if word in call.args or not word)
        if verb:
            assert call.args[: len(SYNCED)] == SYNCED, call.args
            seen.append(f"git {verb}")
        return process(call, *more)

    repo = Repository.find(root)
    parent = repo.head()
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(repository_git, "_process", called)
    made = repo.record(ACT, MESSAGE, parent=parent)
    objects = f".git/objects/{made[:2]}"
    order = (
        *(".git/b40/act/0", ".git/b40/act", "git unpack-objects", *writes, objects),
        *(".git/objects", ".git/b40/journal.new", ".git/b40", "git update-ref"),
        *(".git/refs/heads", "git update-index", "registry/decisions/2026", "registry", ".git"),
    )
    assert ("git commit-tree" in seen) == bool(writes)
    at = 0
    for step in order:
        assert step in seen[at:], (step, seen)
        at = seen.index(step, at) + 1


def test_a_lock_whose_end_the_disk_does_not_confirm_undoes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act is done by then: that nothing was written would be false."""

    def closed(there: int) -> None:
        close(there)
        raise OSError(errno.EIO, "Input/output error")

    close = os.close
    with journal.writing(tmp_path / "b40"):
        monkeypatch.setattr(os, "close", closed)
    monkeypatch.undo()
    with journal.writing(tmp_path / "b40", patience=0):
        """It was let go."""


def test_where_a_sync_leaves_it_to_the_disk_it_is_told_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS; a disk that knows no such call is synced as everywhere."""
    told: list[str] = []

    def full(there: int, call: int) -> None:
        told.append(f"{call} {Path(f'/proc/self/fd/{there}').readlink().name}")
        if len(told) > 1:
            raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", full)
    monkeypatch.setattr(os, "fsync", lambda _there: told.append("fsync"))
    durable.write_synced(tmp_path / "record", (b"x",))
    durable.sync_folders([tmp_path])
    assert told == ["51 record", f"51 {tmp_path.name}", "fsync"]
