"""What the index holds: read from its file where that can be read in one way only, else git says.

A git child costs as much as a read of some thousand entries. What is larger, not settled (a
merge), split, sparse or compressed is git's to tell.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from b40cli.model.errors import UnreadableError
from b40cli.store.git.guard.safe_paths import small
from b40cli.store.git.repository_git import Calls

OTHER = "other"
Mark = tuple[int, ...]
# Before an entry's oid: times, device, mode, owner, size. Behind it: flags, more of them, the name.
ABOUT = 40
UNLOOKED, EXTENDED, STAGE, LENGTH = 0x8000, 0x4000, 0x3000, 0xFFF
SKIPPED, TO_ADD = 0x4000, 0x2000
# Some 2,500 files: of four times as many git tells in half of the time.
MOST_READ = 1 << 18


class ListedFile(NamedTuple):
    """One file of a listing; `hidden`: git was told not to look at it on the disk.

    `oid` is OTHER while a merge is unresolved there.
    """

    path: str
    mode: str
    oid: str
    hidden: bool = False


def listing(calls: Calls, paths: Collection[str], like: str | None) -> list[ListedFile]:
    """What the index holds at the paths and below them; all of it where none are named.

    `like` is any oid of the repository, None where there is none. Raises GitFailed, and
    UnreadableError for an index that git does not write.
    """
    with suppress(UnreadableError, ValueError, IndexError):
        data = small(calls.world.git_folder / "index")
        if data is None:
            return []
        if like is not None and len(data) <= MOST_READ:
            return list(_read(data, len(like) // 2, [*map(os.fsencode, paths)]))
    told = os.fsdecode(calls.run("ls-files", "-s", "-v", "-z", "--", *paths))
    found = [_told(line) for line in told.split("\0") if line]
    _refuse_odd([os.fsencode(entry.path) for entry in found if entry.oid != OTHER])
    return found


def mark(calls: Calls) -> Mark:
    """What is another once git has written the index: it puts a new file in its place."""
    try:
        seen = (calls.world.git_folder / "index").lstat()
    except OSError:
        return ()
    return seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def written(calls: Calls) -> bytes | Mark | None:
    """The bytes of its file, None where there is none; its mark where it is git's alone to read."""
    with suppress(UnreadableError):
        return small(calls.world.git_folder / "index")
    return mark(calls)


def same(one: bytes | Mark | None, other: bytes | Mark | None, like: str | None) -> bool:
    """Whether two writings of it hold the same, whatever git noted beside of the files."""
    if one == other or not (isinstance(one, bytes) and isinstance(other, bytes) and like):
        return one == other
    with suppress(ValueError, IndexError):
        return [*_read(one, len(like) // 2, ())] == [*_read(other, len(like) // 2, ())]
    return False


def _read(data: bytes, width: int, paths: Collection[bytes]) -> Iterator[ListedFile]:
    """The entries of the file; ValueError or IndexError where git has to be asked."""
    _sure(data[:7] == b"DIRC\0\0\0" and data[7] in (2, 3))
    named, below = frozenset(paths), tuple(path + b"/" for path in paths)
    at, last = 12, b""
    for _ in range(int.from_bytes(data[8:12], "big")):
        begin = at + ABOUT + width + 2
        flags, more = int.from_bytes(data[begin - 2 : begin], "big"), 0
        if flags & EXTENDED:
            begin += 2
            more = int.from_bytes(data[begin - 2 : begin], "big")
        end = data.index(b"\0", begin)
        name = data[begin:end]
        _sure(last < name and flags & LENGTH == min(end - begin, LENGTH))
        _sure(not flags & STAGE and not more & ~(SKIPPED | TO_ADD))
        if not named or name in named or name.startswith(below):
            mode, oid = (
                int.from_bytes(data[at + 24 : at + 28], "big"),
                data[at + ABOUT : at + ABOUT + width],
            )
            hidden = bool(flags & UNLOOKED or more & SKIPPED)
            yield ListedFile(os.fsdecode(name), f"{mode:06o}", oid.hex(), hidden)
        at, last = at + (end - at + 8 & ~7), name
    _sure_of_the_rest(data, at, len(data) - width)


def _sure_of_the_rest(data: bytes, at: int, end: int) -> None:
    """Behind the entries stands only what may be passed over: that begins with a capital."""
    while at < end:
        _sure(data[at : at + 1].isupper())
        at += 8 + int.from_bytes(data[at + 4 : at + 8], "big")
    _sure(at == end)


def _sure(holds: bool) -> None:
    if not holds:
        raise ValueError


def _refuse_odd(names: Sequence[bytes]) -> None:
    """Git reads an index in which a name stands twice: one command sees the first, another both."""
    from b40cli.store.git.guard.tree_form import malformed, out_of_form

    if (said := out_of_form(names, names)) is not None:
        raise malformed(".git/index", "", said, "file")


def _told(line: str) -> ListedFile:
    """A small letter is assume-unchanged, S is skip-worktree."""
    about, _, path = line.partition("\t")
    tag, mode, oid, stage = about.split(" ")
    return ListedFile(path, mode, oid if stage == "0" else OTHER, tag.islower() or tag == "S")
