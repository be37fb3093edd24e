"""The journal of an act: what is being done, written down before the branch moves.

It lives in the state folder inside the git directory, together with a lock that dies with its
holder and a folder of staged files. A journal that outlives its lock means a process was cut off.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from b40cli.model.errors import ConflictError

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


@contextmanager
def writing(state: Path) -> Iterator[int]:
    """Hold the one right to write in this working tree; yields the lock's descriptor.

    A git process that is handed the descriptor keeps the lock until it ends, even if we do not.
    """
    state.mkdir(parents=True, exist_ok=True)
    lock = os.open(state / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _locked(lock, PATIENCE):
            raise ConflictError(
                "Another b40 command is writing in this working tree.", "Wait for it, then repeat."
            )
        yield lock
    finally:
        os.close(lock)


def is_busy(state: Path) -> bool:
    """Whether somebody holds the lock just now."""
    try:
        lock = os.open(state / "lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _locked(lock, 0.0)
    finally:
        os.close(lock)


def write_journal(state: Path, journal: Journal) -> None:
    """Put the journal on the disk, whole or not at all."""
    fresh = state / "journal.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(journal._asdict(), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(state / "journal")


def read(state: Path) -> Journal | None:
    """The journal that stands, or None; raises ConflictError where it is not readable."""
    try:
        text = (state / "journal").read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fields = json.loads(text)
        changes = {path: FileWrite(*change) for path, change in fields.pop("changes").items()}
        return Journal(changes=changes, **fields)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise ConflictError(
            "The journal of an unfinished act cannot be read.",
            f"Compare `git status` with what you expect, then delete {state / 'journal'}.",
        ) from error


def stage(state: Path, contents: Mapping[str, bytes]) -> dict[str, Path]:
    """Write the contents into new files of their own; the same keys -> where they are.

    What an earlier act left here may be linked to a working file: it is removed, never reopened.
    """
    folder = state / "act"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    staged = {name: folder / str(n) for n, name in enumerate(contents)}
    for name, data in contents.items():
        staged[name].write_bytes(data)
    return staged


def clear(state: Path) -> None:
    """Nothing is under way any more: the journal first, then what was staged."""
    (state / "journal").unlink(missing_ok=True)
    shutil.rmtree(state / "act", ignore_errors=True)


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
