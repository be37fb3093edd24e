"""The working state: what stands in the registry's folder now, seen cheaply but not blindly."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from b40cli.model.errors import UnreadableError
from b40cli.model.finding import Finding
from b40cli.store.plain import MODES, file_oid, is_plain, not_plain, refuse
from b40cli.store.repository_git import Call, Calls

FOLDER = "registry"
LISTING = Call(("ls-files", "-s", "-v", "-z", "--", FOLDER))
LOOK = ("--porcelain", "-z", "-uall", "--no-renames", "--ignore-submodules=none")
STATUS = Call(("status", *LOOK, "--", FOLDER))


class Entry(NamedTuple):
    """One file of a listing; `hidden`: git was told not to look at it on the disk."""

    path: str
    mode: str
    oid: str
    hidden: bool = False


class Working(NamedTuple):
    """path -> oid of the working state, which of them are only on the disk, and what is dirty."""

    oids: dict[str, str]
    loose: dict[str, str]
    dirty: list[str]


def committed(calls: Calls, rev: str) -> dict[str, str]:
    """path -> oid below the registry's folder at a commit; raises UnreadableError."""
    listing = calls.run("ls-tree", "-r", "-z", "--full-tree", rev, "--", FOLDER)
    entries = [_of_tree(line) for line in listing.split(b"\0") if line]
    refuse(_odd(entries))
    return {entry.path: entry.oid for entry in entries}


def working(calls: Calls, root: Path) -> Working:
    """What is on the disk: git names what changed, and only that is hashed here."""
    listing, status = calls.together(LISTING, STATUS)
    entries = [_of_index(line) for line in listing.done().split(b"\0") if line]
    changed = dict(_changes(status.done()))
    refuse([*_odd(entries), *_odd(Entry(path, MODES[0], "") for path in changed)])
    oids = {entry.path: entry.oid for entry in entries}
    hidden = {entry.path for entry in entries if entry.hidden}
    look = hidden | {path for path, seen in changed.items() if seen[1] != " "}
    loose = _hashed(root, look, _like(calls, oids))
    _refuse_sparse(path for path in hidden if path not in loose)
    dirty = set(changed) | {path for path in hidden if loose[path] != oids[path]}
    here = {path: oid for path, oid in oids.items() if path not in look} | loose
    return Working(here, loose, sorted(dirty))


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


def _changes(status: bytes) -> Iterator[tuple[str, str]]:
    """path -> the two letters of `git status`; a path may come twice (staged away, put back)."""
    for line in filter(None, status.split(b"\0")):
        yield os.fsdecode(line[3:]), line[:2].decode()


def _of_tree(line: bytes) -> Entry:
    about, _, path = line.partition(b"\t")
    mode, _, oid = about.decode().split(" ")
    return Entry(os.fsdecode(path), mode, oid)


def _of_index(line: bytes) -> Entry:
    """A small letter is assume-unchanged, S is skip-worktree."""
    about, _, path = line.partition(b"\t")
    tag, mode, oid, _ = about.decode().split(" ")
    return Entry(os.fsdecode(path), mode, oid, tag.islower() or tag == "S")


def _odd(entries: Iterator[Entry] | list[Entry]) -> Iterator[Finding]:
    for entry in entries:
        if entry.mode not in MODES:
            yield not_plain(entry.path, "It is a link, a submodule or of an odd mode")
        elif not is_plain(entry.path):
            yield not_plain(entry.path, "Its path is not a plain name")


def _refuse_sparse(paths: Iterator[str]) -> None:
    """Absent, or only not checked out? A roll must not guess."""
    reason = "It is in the index, not on the disk, and git was told not to mind"
    cure = "Run `git sparse-checkout disable`, or `git update-index --no-skip-worktree` on it."
    refuse(not_plain(path, reason)._replace(help=cure) for path in sorted(paths))
