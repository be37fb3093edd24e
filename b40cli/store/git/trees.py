"""Git trees as values: what a parent's tree holds, and the same tree with a few blobs put in."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NamedTuple

from b40cli.model.errors import UnreadableError
from b40cli.model.finding import Finding
from b40cli.model.ref import FOLDER as TOP
from b40cli.model.ref import ROOT
from b40cli.store.git.guard.safe_paths import object_oid
from b40cli.store.git.guard.tree_form import (
    FILE,
    FOLDER,
    LINK,
    PLAIN,
    SUBMODULE,
    TreeEntry,
    entries_of,
    key,
    odd_modes,
    read_as,
)
from b40cli.store.git.object_reader import Thing
from b40cli.store.git.repository_git import Calls, GitFailed

Entries = dict[bytes, tuple[bytes, bytes]]
"""name -> (mode, raw oid)"""
TreeFile = tuple[str, bytes, str]
"""path, mode, oid"""

# What safe_paths takes for a name, but for a dot in front.
PLAIN_NAMES = re.compile(rb"(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9_-])?/)*")
# No register has folders so deep; git itself ends a walk that goes on and on.
DEEPEST = 32
# Nor so many files and folders: one folder under many names makes millions of a few objects.
MOST_ENTRIES = 500_000


class Tree(NamedTuple):
    """One folder as git holds it, a path that leads to it, and its entries."""

    thing: Thing
    path: str
    entries: list[TreeEntry]


class Grafted(NamedTuple):
    """The new root and the trees that have to be written for it."""

    root: str
    written: dict[str, bytes]


def folders(paths: Iterable[str]) -> list[str]:
    """Every folder above the paths, the root ("") included, the deepest first."""
    above = {""}
    for path in paths:
        parts = path.split("/")[:-1]
        above.update("/".join(parts[: n + 1]) for n in range(len(parts)))
    return sorted(above, key=lambda folder: (-_depth(folder), folder))


def listed(calls: Calls, commit: str, paths: Iterable[str]) -> dict[str, str]:
    """path -> blob of those of the paths that a commit holds; raises UnreadableError."""
    paths = tuple(paths)
    above = folders(paths)
    trees = held(above, calls.things(f"{commit}:{folder}" for folder in above))
    if (lost := lost_folder(trees, above)) is not None:
        raise UnreadableError(f"Git cannot read the folder {lost} of {commit}.", "Run `git fsck`.")
    places = (path.rpartition("/") for path in paths)
    there = (trees.get(folder, {}).get(os.fsencode(name)) for folder, _, name in places)
    return {
        path: entry[1].hex()
        for path, entry in zip(paths, there, strict=True)
        if entry and _is_file(entry[0])
    }


def held(above: Iterable[str], things: Iterable[Thing]) -> dict[str, Entries]:
    """The entries of the folders that are there."""
    return {
        folder: entries(thing)
        for folder, thing in zip(above, things, strict=True)
        if thing.kind == "tree" and thing.oid
    }


def beside(tree: Thing) -> Entries:
    """What a whole tree holds beside registry/; raises UnreadableError."""
    if tree.oid is None:
        raise UnreadableError(f"The object {tree.asked} is missing.", "Run `git fsck`.")
    return {n: entry for n, entry in entries(tree).items() if n != TOP.encode()}


def lost_folder(trees: Mapping[str, Entries], above: Iterable[str]) -> str | None:
    """The first of the folders that is there, and cannot be read; git says the same of neither."""
    for folder in above:
        outer, _, name = folder.rpartition("/")
        mode, _oid = trees.get(outer, {}).get(name.encode(), (b"", b""))
        if folder not in trees and (not folder or mode == FOLDER):
            return folder or "/"
    return None


def entries(tree: Thing) -> Entries:
    """The entries of a tree, of the modes that git takes them for.

    Raises UnreadableError for one that git itself does not write.
    """
    return {name: (read_as(mode), oid) for mode, name, oid in _entries(tree)}


def files_below(calls: Calls, commit: str) -> dict[str, str] | None:
    """path -> blob of every file below registry/ at a commit, in git's order.

    None where the folder is not there, or anything in it is no plain file or folder, or may be
    none: `listed_below` tells what it is. Raises as `trees_below` does.
    """
    levels = trees_below(calls, commit)
    held = {oid: tree for level in levels for oid, tree in level.items()}
    if not levels or len(levels) > DEEPEST or not all(map(_plain, held.values())):
        return None
    return dict(_flat(held, next(iter(levels[0])), ROOT))


def listed_below(calls: Calls, commit: str) -> list[TreeFile]:
    """Whatever lies below registry/ at a commit and is no folder, as git lists it."""
    told = calls.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", TOP)
    entries = (line.partition(b"\t") for line in told.split(b"\0") if line)
    parted = ((about.split(b" "), os.fsdecode(path)) for about, _tab, path in entries)
    return [(path, mode, oid.decode("ascii")) for (mode, _kind, oid), path in parted]


def trees_below(calls: Calls, commit: str, known: Container[str] = ()) -> list[dict[str, Tree]]:
    """The folder registry/ of a commit and those below it, level by level, each once, by oid.

    No level where it is not there; those that are `known` are not looked into. Raises
    UnreadableError for one that git does not write, the commit's own among them, and where they
    make more files and folders than anybody has.
    """
    (root,) = calls.few(f"{commit}^{{tree}}")
    levels: list[dict[str, Tree]] = []
    held: dict[str, Tree] = {}
    named = Counter(oid.hex() for _mode, _name, oid in _inner(_entries(root), TOP))
    paths, told = dict.fromkeys(named, TOP), 0
    while named:
        new = calls.things(oid for oid in named if oid not in held and oid not in known)
        levels.append({thing.asked: _tree(thing, paths[thing.asked], commit) for thing in new})
        held |= levels[-1]
        inner: Counter[str] = Counter()
        for oid, times in named.items():
            tree = held.get(oid)
            told += times * len(tree.entries) if tree else 0
            for _mode, name, below in _inner(tree.entries) if tree else ():
                inner[below.hex()] += times
                paths.setdefault(below.hex(), f"{paths[oid]}/{os.fsdecode(name)}")
        if told > MOST_ENTRIES:
            raise UnreadableError(f"{ROOT} in {commit} holds more than {MOST_ENTRIES:,} files.")
        named = inner
    return levels


def _tree(thing: Thing, path: str, commit: str) -> Tree:
    return Tree(thing, path, _entries(thing, path, commit))


def _entries(tree: Thing, path: str | None = None, commit: str = "") -> list[TreeEntry]:
    """Those of what was read; where it lies is what was asked, `commit:path`, or is said."""
    if tree.kind != "tree":
        return []
    if path is None:
        commit, _, path = tree.asked.removesuffix("^{tree}").partition(":")
    return entries_of(tree.data, len(tree.oid or "") // 2, path, commit)


def _inner(entries: Iterable[TreeEntry], called: str | None = None) -> Iterator[TreeEntry]:
    """The folders among the entries, however their mode is written; that of a name."""
    for entry in entries:
        mode, name, _oid = entry
        is_folder = mode == FOLDER or (mode not in PLAIN and read_as(mode) == FOLDER)
        if is_folder and (called is None or os.fsdecode(name) == called):
            yield entry


def in_form(calls: Calls, commit: str, known: set[str] | None = None) -> list[Finding]:
    """What is odd of the folders of a commit, none of which is looked at that is `known`.

    Raises as `trees_below` does.
    """
    known = set() if known is None else known
    levels = trees_below(calls, commit, known)
    trees = [tree for level in levels for tree in level.values()]
    known.update(tree.thing.asked for tree in trees)
    return [odd for tree in trees for odd in odd_modes(tree.entries, tree.path, commit)]


@contextmanager
def told_of_folders(calls: Calls, *span: str) -> Iterator[None]:
    """Where git cannot look at commits, say which folder of theirs is none that git writes."""
    try:
        yield
    except UnreadableError:
        refuse_malformed(calls, *span)
        raise


def refuse_malformed(calls: Calls, *span: str) -> None:
    """Raise UnreadableError where a commit has a folder that git does not write.

    The `span` names the commits as for `rev-list`.
    """
    known: set[str] = set()
    with suppress(GitFailed):
        for commit in calls.run("rev-list", "--reverse", *span, "--").decode().split():
            in_form(calls, commit, known)


def _is_file(mode: bytes) -> bool:
    """Whether git takes it for a blob: no folder, and no commit of another repository."""
    return read_as(mode) not in (FOLDER, SUBMODULE)


def _plain(tree: Tree) -> bool:
    """Whether each entry of a tree is plain, by mode and name."""
    names = b"".join([name + b"/" for _mode, name, _oid in tree.entries])
    modes = {mode for mode, _name, _oid in tree.entries}
    plain = PLAIN_NAMES.fullmatch(names) is not None and modes <= PLAIN
    return plain and tree.thing.kind == "tree"


def _flat(held: Mapping[str, Tree], tree: str, above: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for mode, name, oid in held[tree].entries:
        path = above + name.decode()
        if mode == FOLDER:
            found += _flat(held, oid.hex(), f"{path}/")
        else:
            found.append((path, oid.hex()))
    return found


def graft(trees: Mapping[str, Entries], blobs: Mapping[str, str], like: str) -> Grafted:
    """The parent's trees with the blobs put in; an existing file keeps its mode.

    `trees` holds the entries of every folder of `folders(blobs)` that exists. Raises
    FileExistsError where a folder is to take the place of a file, or the other way round.
    """
    grown = {folder: dict(trees.get(folder, {})) for folder in folders(blobs)}
    for path, oid in blobs.items():
        _put(grown, path, oid, FILE)
    written: dict[str, bytes] = {}
    root = ""
    for folder in folders(blobs):
        raw = _raw(grown[folder])
        root = object_oid(b"tree", raw, like)
        written[root] = raw
        if folder:
            _put(grown, folder, root, FOLDER)
    return Grafted(root, written)


def _put(grown: dict[str, Entries], path: str, oid: str, mode: bytes) -> None:
    folder, _, name = path.rpartition("/")
    there = grown[folder].get(name.encode())
    if there is not None:
        if (there[0] == FOLDER) != (mode == FOLDER) or there[0] in (LINK, SUBMODULE):
            raise FileExistsError(path)
        mode = there[0]
    grown[folder][name.encode()] = (mode, bytes.fromhex(oid))


def _raw(held: Entries) -> bytes:
    ordered = sorted(held, key=lambda name: key(held[name][0], name))
    return b"".join(b"%s %s\0%s" % (held[name][0], name, held[name][1]) for name in ordered)


def _depth(folder: str) -> int:
    return folder.count("/") + 1 if folder else 0
