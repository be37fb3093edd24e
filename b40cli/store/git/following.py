"""After the objects: the branch moves, then index and files follow, now or after a crash."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from b40cli.model.errors import ConflictError, HalfDone
from b40cli.store.git import journal
from b40cli.store.git.checkout import NO_ENTRY, Index, bring_index, indexed, on_disk, put_in_place
from b40cli.store.git.durable import SYNCED, sync_folders, upwards
from b40cli.store.git.guard.safe_paths import MODES, NO_FILE, OID, is_plain
from b40cli.store.git.journal import FileWrite, Journal
from b40cli.store.git.refs import commit_at, set_ref
from b40cli.store.git.repository_git import RAW, Call, Calls, GitFailed

OURS = "registry/"
NOTHING_WRITTEN = "Nothing was written; repeat the command."


class Checkout(NamedTuple):
    """Where commits are made: git, the root of the files, the git directory, our state folder.

    `moment` is the one that a commit names, in ISO 8601 with its zone; None: git looks at its own
    clock. `today` is the day it is, where that is known: no commit is of a later one.
    """

    calls: Calls
    root: Path
    git_folder: Path
    state: Path
    moment: str | None = None
    today: date | None = None


def move(calls: Calls, act: Journal, lock: int) -> None:
    """Move the branch, if it is still where it was; raises ConflictError if it is not.

    Git holds our lock while it works: should we be killed, nobody judges the branch too early.
    """
    try:
        set_ref(calls, f"b40: {act.subject}", act.ref, act.new, act.old, keep=(lock,))
    except (GitFailed, OSError) as error:
        if _stands(calls, act, error):
            return
        raise ConflictError(
            f"{act.ref.removeprefix('refs/heads/')} moved, or could not be moved: {error}",
            _unlocked(str(error)),
        ) from error


def _unlocked(talk: str) -> str:
    """What helps: a lock that a git command left behind when it was killed stays until removed."""
    return f"Nothing was written. {left_behind(talk)}" if left_behind(talk) else NOTHING_WRITTEN


def left_behind(talk: str) -> str:
    """What to do about a lock that git names as in the way; empty where it names none."""
    lock = re.search(r"'([^']+\.lock)': File exists", talk)
    return f"If no git command is running, delete {lock[1]}, then repeat." if lock else ""


def _stands(calls: Calls, act: Journal, error: Exception) -> bool:
    try:
        return calls.line("rev-parse", "--verify", "-q", act.ref) == act.new
    except (GitFailed, OSError):
        raise _half(act, error) from error


def follow(
    checkout: Checkout, act: Journal, files: Mapping[str, Path], seen: Index | None = None
) -> None:
    """Index and files after the branch; if the index cannot follow, the branch goes back."""
    try:
        bring_index(checkout.calls, act, seen)
    except (GitFailed, OSError) as error:
        _move_back(checkout.calls, act)
        _bring_back(checkout.calls, act)
        raise ConflictError(f"The index cannot be written: {error}", NOTHING_WRITTEN) from error
    try:
        _placed(checkout, act, files)
    except OSError as error:
        raise _half(act, error) from error


def _placed(checkout: Checkout, act: Journal, files: Mapping[str, Path]) -> None:
    """Files in their places, and on the disk with the names that lead to them."""
    for path in act.changes:
        put_in_place(checkout.root, path, act, files.get(path))
    sync_folders([*upwards(checkout.root, act.changes), checkout.git_folder])


def _move_back(calls: Calls, act: Journal) -> None:
    try:
        if act.old is None:
            calls.run(*SYNCED, "update-ref", "-m", "b40: taken back", "-d", act.ref, act.new)
        else:
            set_ref(calls, "b40: taken back", act.ref, act.old, act.new)
    except (GitFailed, OSError) as error:
        raise _half(act, error) from error


@contextmanager
def changing(checkout: Checkout) -> Iterator[int]:
    """The one right to change branch, index and files, once what was cut off is complete.

    Yields the lock's descriptor. What git or the disk refuse is a ConflictError: nothing has
    changed, unless it is HalfDone; a half-done act alone keeps its journal.
    """
    try:
        with journal.writing(checkout.state) as lock:
            finish(checkout)
            with _leaving_no_trace(checkout.state):
                yield lock
    except GitFailed as error:
        raise ConflictError(error.message, NOTHING_WRITTEN) from error
    except OSError as error:
        raise _refused(error) from error


def _refused(error: OSError) -> ConflictError:
    """What the disk refused; a folder that is not ours to write is no reason to try again."""
    if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ConflictError(f"The disk refused: {error}", NOTHING_WRITTEN)
    place = error.filename or "This register's folder"
    return ConflictError(
        f"{place} cannot be written: {error.strerror}.",
        "Nothing was written. Act in a clone of your own, or have whoever owns this one let you.",
    )


@contextmanager
def _leaving_no_trace(state: Path) -> Iterator[None]:
    try:
        yield
    except HalfDone:
        raise
    except Exception:
        journal.clear(state)
        raise
    # It is done: a journal that stays behind says so to whoever reads it next.
    with suppress(OSError):
        journal.clear(state)


def go_over(checkout: Checkout, act: Journal, lock: int) -> None:
    """Branch, index and files go to another commit."""
    files = journal.stage(checkout.state, contents(checkout.calls, act))
    journal.write_journal(checkout.state, act)
    move(checkout.calls, act, lock)
    follow(checkout, act, files)


def _bring_back(calls: Calls, act: Journal) -> None:
    """The index too, as far as it had come: git may have written it and failed to say so."""
    back = {path: FileWrite(change.new, change.old) for path, change in act.changes.items()}
    with suppress(GitFailed, OSError):
        bring_index(calls, act._replace(changes=back))


def _half(act: Journal, error: Exception) -> HalfDone:
    return HalfDone(
        f"The commit {act.new[:12]} is made, but its files could not be put in place: {error}",
        f"Mend that; the next command completes it, and so does: {cure(act)}",
        act.new,
    )


def finish(checkout: Checkout) -> str | None:
    """Complete what was cut off, and clear the journal; needs the lock. One sentence, or None.

    What is completed is told by git alone: plain paths below registry/ that HEAD changed, where the
    working bytes are still those from before.
    """
    if not journal.stands(checkout.state):
        return None
    act = _cut_off(checkout)
    behind = lagging(checkout, act) if act else {}
    if act and (ours := {path: c for path, c in behind.items() if path.startswith(OURS)}):
        late = act._replace(changes=ours)
        files = journal.stage(checkout.state, contents(checkout.calls, late))
        bring_index(checkout.calls, late)
        _placed(checkout, late, files)
    journal.clear(checkout.state)
    return _completed(act, behind) if act and behind else None


def _completed(act: Journal, behind: Mapping[str, FileWrite]) -> str:
    """What was put in place, and the line for what is not ours to touch."""
    others = {path: change for path, change in behind.items() if not path.startswith(OURS)}
    done = len(behind) - len(others)
    told = f"An act was cut off after its commit {act.new[:12]}: "
    told += f"{done} file{'s are' if done != 1 else ' is'} now in place."
    if others:
        told += f" Beside registry/ this brings the rest: {_beside(act, others)}"
    return told


def _beside(act: Journal, others: Mapping[str, FileWrite]) -> str:
    kept = {path: change for path, change in others.items() if change.new is not None}
    gone = " ".join(path for path in others if path not in kept)
    lines = [cure(act._replace(changes=kept))] if kept else []
    removed = [f"git rm -q --cached --ignore-unmatch -- {gone}", f"rm -f -- {gone}"]
    return "; ".join(lines + removed if gone else lines)


def lagging(checkout: Checkout, act: Journal) -> dict[str, FileWrite]:
    """The changes whose file or index entry is still as before."""
    index = indexed(checkout.calls, act.changes, act.new)
    return {
        path: change
        for path, change in act.changes.items()
        if change.old in (index.get(path, NO_ENTRY).oid, on_disk(checkout.root, path, act.new))
    }


def _cut_off(checkout: Checkout) -> Journal | None:
    """What HEAD changed: against the commit that the journal names, where HEAD descends from it."""
    calls, named = checkout.calls, journal.read(checkout.state)
    head = commit_at(calls, "HEAD")
    if head is None:
        return None
    before = next(iter(calls.run("rev-parse", f"{head}^@").decode().split()), None)
    if named and named.new == head and named.old and OID.fullmatch(str(named.old)):
        leads = Call(("merge-base", "--is-ancestor", named.old, head))
        before = named.old if calls.together(leads)[0].holds() else before
    return Journal("HEAD", before, head, "", changed(calls, before, head))


def changed(calls: Calls, old: str | None, new: str) -> dict[str, FileWrite]:
    """The plain files that differ between two commits."""
    return {p: write for p, write in differing(calls, old, new) if write and is_plain(p)}


def differing(calls: Calls, old: str | None, new: str) -> Iterator[tuple[str, FileWrite | None]]:
    """What differs between two commits; None for what is no file before or after."""
    span = (old, new) if old else ("--root", new)
    told = calls.run("diff-tree", "-r", *RAW, "--no-commit-id", *span)
    tokens = os.fsdecode(told).split("\0")
    for about, path in zip(tokens[:-1:2], tokens[1::2], strict=True):
        was, now, one, other, _status = about.lstrip(":").split(" ")
        old_blob, new_blob = (oid if oid.strip("0") else None for oid in (one, other))
        write = FileWrite(old_blob, new_blob, None if new_blob is None else now)
        yield path, write if {was, now} <= {*MODES, NO_FILE} else None


def contents(calls: Calls, act: Journal) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The bytes of every file that an act leaves there, as they come; raises UnreadableError."""
    new = {path: change.new for path, change in act.changes.items() if change.new is not None}
    copies = (chunks for _oid, chunks in calls.copies(new.values()))
    return zip(new, copies, strict=True)


def cure(act: Journal) -> str:
    """The line of git that puts the files of a commit in place."""
    paths = " ".join(act.changes)
    return f"git restore --source={act.new[:12]} --staged --worktree -- {paths}"
