"""The journal of an act: what is being done, written down before the branch moves.

It lives in the state folder inside the git directory, together with a lock that dies with its
holder and a folder of staged files. A journal that outlives its lock means a process was cut off.
It says that there is something to look at, and no more: what it names is believed where git agrees.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from b40cli.model.errors import ConflictError, UnreadableError
from b40cli.store.git.durable import sync_folders, write_synced
from b40cli.store.git.guard.safe_paths import small

PATIENCE = 5.0


class FileWrite(NamedTuple):
    """One file of an act: its blob before (None: no file) and after, and its mode (None: as is)."""

    old: str | None
    new: str | None
    mode: str | None = None


class Journal(NamedTuple):
    """One act under way: the branch, where it stood, where it goes, and the files."""

    ref: str
    old: str | None
    new: str
    subject: str
    changes: dict[str, FileWrite]


class Named(NamedTuple):
    """The two commits that a journal names."""

    old: str | None
    new: str


@contextmanager
def writing(state: Path, patience: float = PATIENCE) -> Iterator[int]:
    """Hold the one right to write in this working tree; yields the lock's descriptor.

    A git process that is handed the descriptor keeps the lock until it ends, even if we do not.
    Raises ConflictError where somebody else holds it, OSError where there can be no lock.
    """
    state.mkdir(parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
    lock = os.open(state / "lock", flags, 0o666)
    try:
        if not _locked(lock, patience):
            raise ConflictError(
                "Another b40 command is writing in this working tree.", "Wait for it, then repeat."
            )
        yield lock
    finally:
        with suppress(OSError):  # it is let go all the same, and holds nothing that could be lost
            os.close(lock)


def stands(state: Path) -> bool:
    """Whether there is a journal, whatever it is."""
    return os.path.lexists(state / "journal")


def write_journal(state: Path, act: Journal) -> None:
    """Put the journal on the disk, whole or not at all."""
    fresh = state / "journal.new"
    _remove(fresh)
    names = {"ref": act.ref, "old": act.old, "new": act.new}
    write_synced(fresh, (json.dumps(names).encode(),))
    fresh.replace(state / "journal")
    sync_folders([state])


def read(state: Path) -> Named | None:
    """The two commits of the journal that stands; None where it cannot be read."""
    try:
        fields = json.loads(small(state / "journal") or b"")
        return Named(fields["old"], str(fields["new"]))
    except (UnreadableError, ValueError, TypeError, KeyError, RecursionError):
        return None


def stage(state: Path, contents: Iterable[tuple[str, Iterable[bytes]]]) -> dict[str, Path]:
    """Write the contents into new files of their own; the same names -> where they are.

    What an earlier act left here may be linked to a working file: it is removed, never reopened.
    """
    folder = state / "act"
    _remove(folder)
    folder.mkdir(parents=True)
    staged: dict[str, Path] = {}
    for name, chunks in contents:
        staged[name] = folder / str(len(staged))
        write_synced(staged[name], chunks)
    sync_folders([folder, state])
    return staged


def clear(state: Path) -> None:
    """Nothing is under way any more: the journal first, then what was staged."""
    _remove(state / "journal")
    _remove(state / "act")


def _remove(path: Path) -> None:
    """Whatever stands there, without following a link; raises OSError."""
    try:
        folder = stat.S_ISDIR(path.lstat().st_mode)
    except FileNotFoundError:
        return
    shutil.rmtree(path) if folder else path.unlink()


def _locked(lock: int, patience: float) -> bool:
    import fcntl

    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.005)
        else:
            return True
