"""After the objects: the branch moves, then index and files follow, now or after a crash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from b40cli.model.errors import ConflictError
from b40cli.store.git import journal
from b40cli.store.git.checkout import NO_ENTRY, bring_index, indexed, on_disk, put_in_place
from b40cli.store.git.journal import Journal
from b40cli.store.git.repository_git import Calls, GitFailed

NOTHING_WRITTEN = "Nothing was written; repeat the command."


class Checkout(NamedTuple):
    """Where commits are made: git, the root of the files, the git directory, our state folder."""

    calls: Calls
    root: Path
    git_folder: Path
    state: Path


class HalfDone(ConflictError):
    """The branch may have moved; index or files lag behind until the journal is worked off."""


def move(calls: Calls, act: Journal, lock: int) -> None:
    """Move the branch, if it is still where it was; raises ConflictError if it is not.

    Git holds our lock while it works: should we be killed, nobody judges the branch too early.
    """
    args = ("update-ref", "-m", f"b40: {act.subject}", act.ref, act.new)
    try:
        calls.run(*args, act.old or "0" * len(act.new), keep=(lock,))
    except (GitFailed, OSError) as error:
        if _stands(calls, act, error):
            return
        raise ConflictError(
            f"{act.ref.removeprefix('refs/heads/')} moved, or could not be moved: {error}",
            _unlocked(str(error)),
        ) from error


def _unlocked(talk: str) -> str:
    """What helps: a lock that a git command left behind when it was killed stays until removed."""
    lock = re.search(r"'([^']+\.lock)': File exists", talk)
    if lock is None:
        return NOTHING_WRITTEN
    return f"Nothing was written; if no git command is running, delete {lock[1]}, then repeat."


def _stands(calls: Calls, act: Journal, error: Exception) -> bool:
    try:
        return calls.line("rev-parse", "--verify", "-q", act.ref) == act.new
    except (GitFailed, OSError):
        raise _half(act, error) from error


def follow(checkout: Checkout, act: Journal, files: Mapping[str, Path]) -> None:
    """Index and files after the branch; if the index cannot follow, the branch goes back."""
    try:
        bring_index(checkout.calls, act)
    except (GitFailed, OSError) as error:
        _move_back(checkout.calls, act)
        raise ConflictError(f"The index cannot be written: {error}", NOTHING_WRITTEN) from error
    try:
        for path in act.changes:
            put_in_place(checkout.root, path, act, files.get(path))
    except OSError as error:
        raise _half(act, error) from error


def _move_back(calls: Calls, act: Journal) -> None:
    gone = ("-d", act.ref, act.new) if act.old is None else (act.ref, act.old, act.new)
    try:
        calls.run("update-ref", "-m", "b40: taken back", *gone)
    except (GitFailed, OSError) as error:
        raise _half(act, error) from error


def _half(act: Journal, error: Exception) -> HalfDone:
    return HalfDone(
        f"The commit {act.new[:12]} is made, but its files could not be put in place: {error}",
        f"Mend that; the next command completes it, and so does: {cure(act, list(act.changes))}",
    )


def lagging(checkout: Checkout, act: Journal) -> list[str]:
    """Paths that HEAD holds as the act made them, while index or file is as before it."""
    ours = _still_ours(checkout.calls, act)
    index = indexed(checkout.calls, ours.changes)
    return [
        path
        for path, change in ours.changes.items()
        if change.old in (index.get(path, NO_ENTRY).oid, on_disk(checkout.root, path, act.new))
    ]


def finish(checkout: Checkout) -> None:
    """Work off the journal of an act that was cut off, if there is one; needs the lock."""
    act = journal.read(checkout.state)
    if act is not None:
        _complete(checkout, act)
        journal.clear(checkout.state)


def _complete(checkout: Checkout, act: Journal) -> None:
    ours = _still_ours(checkout.calls, act)
    if ours.changes:
        files = journal.stage(checkout.state, contents(checkout.calls, ours))
        bring_index(checkout.calls, ours)
        for path in ours.changes:
            put_in_place(checkout.root, path, ours, files.get(path))


def contents(calls: Calls, act: Journal) -> dict[str, bytes]:
    """The bytes of every file that an act leaves there."""
    new = {path: change.new for path, change in act.changes.items() if change.new is not None}
    return {path: t.data for path, t in zip(new, calls.things(new.values()), strict=True)}


def cure(act: Journal, paths: list[str]) -> str:
    """The line of git that puts the named files of a commit in place."""
    return f"git restore --source={act.new[:12]} --staged --worktree -- {' '.join(paths)}"


def _still_ours(calls: Calls, act: Journal) -> Journal:
    """The act, reduced to the files that HEAD still holds as it made them."""
    held = calls.things(f"HEAD:{path}" for path in act.changes)
    kept = {
        path: change
        for (path, change), thing in zip(act.changes.items(), held, strict=True)
        if thing.oid == change.new
    }
    return act._replace(changes=kept)
