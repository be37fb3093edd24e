"""The working state: what stands in the registry's folder now, seen cheaply but not blindly."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from b40cli.model.errors import ConflictError, UnreadableError
from b40cli.model.finding import Finding
from b40cli.model.ref import FOLDER
from b40cli.store.git.guard.closed_world import ENDLESS
from b40cli.store.git.guard.safe_paths import PROGRAM, file_oid, not_plain, odd, refuse
from b40cli.store.git.index import ListedFile, listing, same, written
from b40cli.store.git.repository_git import Call, Calls

# What git opens in the working tree, whatever it is.
OPENED = (".gitignore", ".gitattributes", ".gitmodules")
# How often is looked where the index changes under the look.
LOOKS = 5
LOOK = ("--porcelain=v2", "-z", "-uall", "--no-renames", "--ignore-submodules=all")
STATUS = Call(("status", *LOOK, "--branch", "--no-ahead-behind", "--", FOLDER))
HEAD = "# branch.oid "
# For a changed and for an unmerged file: how many words stand before the path, and which of them
# is HEAD's blob and which the mode on the disk.
WORDS = {"1": 8, "u": 10}
BLOB_AT = {"1": 6, "u": 8}
MODE_AT = {"1": 5, "u": 6}


class Working(NamedTuple):
    """path -> oid of the working state, and which of them are only on the disk; beside HEAD.

    `dirty` are the paths whose index or bytes differ from HEAD, `differing` those whose bytes do;
    `programs` are marked as programs.
    """

    head: str | None
    oids: dict[str, str]
    loose: dict[str, str]
    dirty: list[str]
    differing: list[str]
    programs: tuple[str, ...] = ()


class Status(NamedTuple):
    """HEAD, and per changed path whether the disk differs from the index, HEAD's blob, the mode."""

    head: str | None
    on_disk: dict[str, bool]
    blobs: dict[str, str]
    modes: dict[str, str]


def committed(calls: Calls, rev: str) -> dict[str, str]:
    """path -> oid below the registry's folder at a commit; raises UnreadableError."""
    from b40cli.store.git.trees import files_below, listed_below

    if (found := files_below(calls, rev)) is not None:
        return found
    listed = listed_below(calls, rev)
    refuse(odd(path, mode.decode()) for path, mode, _oid in listed)
    return {path: oid for path, _mode, oid in listed}


def working(calls: Calls, root: Path, meanwhile: Callable[[], object] = lambda: None) -> Working:
    """What is on the disk: git names what changed, and only that is hashed here."""
    try:
        seen, entries = _looked(calls, meanwhile)
        changed = seen.on_disk
        refuse((*(odd(e.path, e.mode) for e in entries), *map(odd, changed)))
    except UnreadableError:
        from b40cli.store.git.trees import refuse_malformed

        refuse_malformed(calls, "--no-walk", "HEAD")
        raise
    oids = {entry.path: entry.oid for entry in entries}
    hidden = {entry.path for entry in entries if entry.hidden}
    look = hidden | {path for path, on_disk in changed.items() if on_disk}
    loose = _hashed(root, look, seen.head or _like(calls, oids))
    _refuse_sparse(path for path in hidden if path not in loose)
    dirty = set(changed) | {path for path in hidden if loose[path] != oids[path]}
    here = {path: oid for path, oid in oids.items() if path not in look} | loose
    blobs = {path: oids[path] for path in hidden if path not in changed} | seen.blobs
    differing = [path for path in sorted(dirty) if here.get(path) != blobs.get(path)]
    modes = {entry.path: entry.mode for entry in entries} | seen.modes
    programs = tuple(sorted(path for path in here if modes.get(path) == PROGRAM))
    return Working(seen.head, here, loose, sorted(dirty), differing, programs)


def _looked(calls: Calls, meanwhile: Callable[[], object]) -> tuple[Status, list[ListedFile]]:
    """What git sees, and the index that it saw: where an act wrote it meanwhile, both anew.

    Git writes it, too, while it looks: what is listed twice the same was not touched.
    """
    _refuse_endless(calls.folder)
    earlier = None
    for _ in range(LOOKS):
        before = written(calls)
        looked = calls.together(STATUS, meanwhile=meanwhile)[0]
        seen = _status(os.fsdecode(looked.done()))
        entries = listing(calls, (FOLDER,), seen.head)
        if entries == earlier or same(before, written(calls), seen.head):
            return seen, entries
        earlier = entries
    raise ConflictError("The index changes while it is read.", "Repeat the command.")


def _refuse_endless(root: Path) -> None:
    """Git opens these while it looks, and waits for ever for whoever would write into a pipe.

    It takes a folder with a `.git` for a repository, and reads that, too, wherever it leads.
    """
    refuse(
        not_plain(path.relative_to(root).as_posix(), said)._replace(remedy="Remove it.")
        for path, said in _opened_by_git(root)
        if said
    )


def _opened_by_git(root: Path) -> Iterator[tuple[Path, str]]:
    yield from ((root / name, _endless(root / name)) for name in OPENED)
    for folder in _folders(root / FOLDER):
        yield from ((folder / name, _endless(folder / name)) for name in OPENED)
        if os.path.lexists(inner := folder / ".git"):
            yield inner, "It is a repository in the repository"


def _folders(top: Path) -> Iterator[Path]:
    """A folder and those below it, few among many thousand files.

    That one holds none is seen from its links (each folder in it is one, beside its own two), where
    the file system counted them right in the folder above.
    """
    found = [(top, False)]
    for folder, counted in found:
        yield folder
        with suppress(OSError):
            links = folder.lstat().st_nlink
            if counted and links == 2:
                continue
            with os.scandir(folder) as entries:
                inner = [Path(e.path) for e in entries if e.is_dir(follow_symlinks=False)]
            found += [(each, links == 2 + len(inner)) for each in inner]


def _endless(path: Path) -> str:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return ""
    return f"It is {ENDLESS[kind]}" if (kind := stat.S_IFMT(mode)) in ENDLESS else ""


def _hashed(root: Path, paths: set[str], like: str) -> dict[str, str]:
    found: dict[str, str] = {}
    findings: list[Finding] = []
    for path in sorted(paths):
        try:
            oid = file_oid(root, path, like)
        except UnreadableError as error:
            findings += error.findings
        else:
            found |= {} if oid is None else {path: oid}
    refuse(findings)
    return found


def _like(calls: Calls, oids: dict[str, str]) -> str:
    """Any oid of this repository, to tell its hash."""
    found = next(iter(oids.values()), None)
    return found or calls.run("hash-object", "--stdin").decode().strip()


def _status(told: str) -> Status:
    """Read `git status`; a path may come twice (staged away, put back)."""
    head = None
    on_disk: dict[str, bool] = {}
    blobs: dict[str, str] = {}
    modes: dict[str, str] = {}
    for line in filter(None, told.split("\0")):
        if line.startswith(HEAD):
            head = None if line.endswith(")") else line.removeprefix(HEAD)
        elif line[0] == "?":
            on_disk[line[2:]] = True
        elif line[0] in BLOB_AT:
            *about, path = line.split(" ", WORDS[line[0]])
            on_disk[path] = about[1][1] != "."
            blobs |= {path: blob} if (blob := about[BLOB_AT[line[0]]]).strip("0") else {}
            modes[path] = about[MODE_AT[line[0]]]
    return Status(head, on_disk, blobs, modes)


def _refuse_sparse(paths: Iterator[str]) -> None:
    """Absent, or only not checked out? A roll must not guess."""
    reason = "It is in the index, not on the disk, and git was told not to mind"
    cure = "Run `git sparse-checkout disable`, or `git update-index --no-skip-worktree` on it."
    refuse(not_plain(path, reason)._replace(remedy=cure) for path in sorted(paths))
