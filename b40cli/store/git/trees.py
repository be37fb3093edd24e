"""Git trees as values: what a parent's tree holds, and the same tree with a few blobs put in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from b40cli.model.errors import UnreadableError
from b40cli.store.git.object_reader import Thing
from b40cli.store.git.repository_git import Calls
from b40cli.store.git.safe_paths import object_oid

Entries = dict[bytes, tuple[bytes, bytes]]
"""name -> (mode, raw oid)"""

FOLDER = b"40000"
PLAIN = frozenset({FOLDER, b"100644", b"100755"})
# What safe_paths takes for a name, but for a dot in front.
PLAIN_NAMES = re.compile(rb"(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9_-])?/)*")
# No register has folders so deep; git itself ends a walk that goes on and on.
DEEPEST = 32
# Nor so many files and folders: one folder under many names makes millions of a few objects.
MOST_ENTRIES = 500_000


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
    """path -> blob of those of the paths that a commit holds; raises GitFailed.

    `cat-file` says the same of a path that is not there and of one that it cannot read.
    """
    told = calls.run("ls-tree", "-z", "--full-tree", commit, "--", *paths)
    lines = (line.partition("\t") for line in os.fsdecode(told).split("\0") if line)
    return {path: about.split(" ")[2] for about, _, path in lines if " blob " in about}


def entries(tree: bytes, width: int) -> Entries:
    """The entries of a raw tree whose raw oids are `width` bytes long."""
    return {name: (mode, oid) for mode, name, oid in _entry(width).findall(tree)}


def _entry(width: int) -> re.Pattern[bytes]:
    return re.compile(rb"([0-7]+) ([^\0]+)\0(.{%d})" % width, re.DOTALL)


def files_below(calls: Calls, commit: str, top: str) -> dict[str, str] | None:
    """path -> blob of every file below a folder of a commit, in git's order.

    None where the folder is not there, or anything in it is no plain file or folder, or may be
    none: who asks for a listing sees what it is. Raises UnreadableError for more than anybody has.
    """
    root = calls.few(f"{commit}:{top}")[0]
    held: dict[bytes, list[tuple[bytes, bytes, bytes]]] = {}
    level = [root]
    for _depth in range(DEEPEST):
        for thing in level:
            there = _plain(thing)
            if there is None or thing.oid is None:
                return None
            held[bytes.fromhex(thing.oid)] = there
        inner = dict.fromkeys(
            oid for there in held.values() for mode, _name, oid in there if mode == FOLDER
        )
        level = list(calls.things(oid.hex() for oid in inner if oid not in held))
        if not level:
            tree = bytes.fromhex(root.oid or "")
            if _counted(held, tree, {}) > MOST_ENTRIES:
                raise UnreadableError(f"{top}/ in {commit} holds more than {MOST_ENTRIES:,} files.")
            return dict(_flat(held, tree, f"{top}/"))
    return None


def _counted(
    held: Mapping[bytes, list[tuple[bytes, bytes, bytes]]], tree: bytes, known: dict[bytes, int]
) -> int:
    """How many files and folders lie below; each tree is looked at once, however often named."""
    if tree not in known:
        inner = (oid for mode, _name, oid in held[tree] if mode == FOLDER)
        known[tree] = len(held[tree]) + sum(_counted(held, oid, known) for oid in inner)
    return known[tree]


def _plain(tree: Thing) -> list[tuple[bytes, bytes, bytes]] | None:
    """The entries of a tree, where all of it can be read and each is plain, by mode and name."""
    width = len(tree.oid or "") // 2
    there = _entry(width).findall(tree.data)
    length = sum(len(mode) + len(name) + width + 2 for mode, name, _oid in there)
    plain = PLAIN_NAMES.fullmatch(b"".join([name + b"/" for _mode, name, _oid in there]))
    modes = {mode for mode, _name, _oid in there}
    whole = tree.kind == "tree" and length == len(tree.data)
    return there if whole and plain and modes <= PLAIN else None


def _flat(
    held: Mapping[bytes, list[tuple[bytes, bytes, bytes]]], tree: bytes, above: str
) -> Iterator[tuple[str, str]]:
    for mode, name, oid in held[tree]:
        path = above + name.decode()
        if mode == FOLDER:
            yield from _flat(held, oid, f"{path}/")
        else:
            yield path, oid.hex()


def graft(trees: Mapping[str, Entries], blobs: Mapping[str, str], like: str) -> Grafted:
    """The parent's trees with the blobs put in; an existing file keeps its mode.

    `trees` holds the entries of every folder of `folders(blobs)` that exists. Raises
    FileExistsError where a folder is to take the place of a file, or the other way round.
    """
    grown = {folder: dict(trees.get(folder, {})) for folder in folders(blobs)}
    for path, oid in blobs.items():
        _put(grown, path, oid, b"100644")
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
        if (there[0] == FOLDER) != (mode == FOLDER) or there[0] in (b"120000", b"160000"):
            raise FileExistsError(path)
        mode = there[0]
    grown[folder][name.encode()] = (mode, bytes.fromhex(oid))


def _raw(held: Entries) -> bytes:
    """Git orders a folder as if its name ended in a slash."""
    ordered = sorted(held, key=lambda name: name + b"/" if held[name][0] == FOLDER else name)
    return b"".join(b"%s %s\0%s" % (held[name][0], name, held[name][1]) for name in ordered)


def _depth(folder: str) -> int:
    return folder.count("/") + 1 if folder else 0
