"""A small repository copied without a process: its files, and an index that knows the copies.

`cp` and `git update-index --refresh` would do the same, at three times the cost; thousands of tests
begin with such a copy.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha1, sha256
from pathlib import Path
from typing import NamedTuple

HEADER = 12
# Of an entry: ctime, mtime (seconds and nanoseconds each), device, inode; mode, owner, group, size.
STAT = struct.Struct(">10I")
SHA1, SHA256 = 20, 32
FILE, LONGEST = 0o100644, 0xFFF


class Index(NamedTuple):
    """The index of a checkout, by where it lies, and the places where it speaks of a file.

    `size` is that of its hashes.
    """

    at: str
    size: int
    data: bytes
    entries: tuple[tuple[int, str], ...]


class Model(NamedTuple):
    """A folder as it is copied: what lies in it, and the index of each checkout among it."""

    folders: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]
    checkouts: tuple[Index, ...]


@cache
def model(whole: Path) -> Model:
    """What a folder holds; it must not change afterwards."""
    below = sorted(whole.rglob("*"))
    assert not any(file.is_symlink() for file in below)
    lists = [file for file in below if file.parts[-2:] == (".git", "index")]
    held = [file for file in below if file.is_file() and file not in lists]
    return Model(
        tuple(os.path.relpath(folder, whole) for folder in below if folder.is_dir()),
        tuple((os.path.relpath(file, whole), file.read_bytes()) for file in held),
        tuple(index_of(whole, file) for file in lists),
    )


def index_of(whole: Path, file: Path) -> Index:
    """The index at `file`, of a checkout in a folder."""
    data, root = file.read_bytes(), file.parents[1]
    size = SHA1 if sha1(data[:-SHA1]).digest() == data[-SHA1:] else SHA256
    below = ((at, root / os.fsdecode(name)) for at, _end, name in entries_of(data, size))
    entries = tuple((at, os.path.relpath(name, whole)) for at, name in below)
    return Index(os.path.relpath(file, whole), size, data, entries)


def entries_of(index: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """Where each entry of an index begins and ends, and its name; `size` is that of its hashes."""
    magic, version, count = struct.unpack_from(">4sII", index)
    assert (magic, version) == (b"DIRC", 2)
    at, named = HEADER, STAT.size + size + 2
    for _ in range(count):
        end = index.index(b"\0", at + named)
        behind = at + (end - at + 8) // 8 * 8
        yield at, behind, index[at + named : end]
        at = behind


def entry(mode: int, oid: str, name: bytes) -> bytes:
    """The entry of a file that git has not looked at yet."""
    told = STAT.pack(*(0,) * 6, mode, *(0,) * 3) + bytes.fromhex(oid)
    told += min(len(name), LONGEST).to_bytes(2, "big") + name
    return told + b"\0" * (8 - len(told) % 8)


def listed(entries: Mapping[str, str], like: str) -> Index:
    """The index of a checkout that holds these files, by their blobs; `like` is any of its oids."""
    size = len(like) // 2
    data, places = bytearray(struct.pack(">4sII", b"DIRC", 2, len(entries))), []
    for name in sorted(entries, key=os.fsencode):
        places.append((len(data), name))
        data += entry(FILE, entries[name], os.fsencode(name))
    return Index(".git/index", size, bytes(data) + bytes(size), tuple(places))


def copied_to(whole: Path, folder: Path) -> Path:
    """Copy what lies in a folder to another; git finds there that nothing was changed."""
    return laid_down(model(whole), folder)


def laid_down(held: Model, folder: Path) -> Path:
    """What a folder held, in another one."""
    folder.mkdir(exist_ok=True)
    for name in held.folders:
        (folder / name).mkdir(exist_ok=True)
    for name, data in held.files:
        with open(f"{folder}/{name}", "wb") as file:  # noqa: PTH123 - thousands of files
            file.write(data)
    for index in held.checkouts:
        (folder / index.at).write_bytes(of_the_copies(index, folder))
    return folder


def of_the_copies(index: Index, folder: Path) -> bytes:
    """An index that knows the files as they lie in this folder."""
    data = bytearray(index.data)
    for at, name in index.entries:
        seen = os.lstat(f"{folder}/{name}")
        told = STAT.unpack_from(data, at)
        times = (divmod(when, 10**9) for when in (seen.st_ctime_ns, seen.st_mtime_ns))
        numbers = (n for pair in times for n in pair)
        where = seen.st_dev, seen.st_ino, told[6], seen.st_uid, seen.st_gid, seen.st_size
        STAT.pack_into(data, at, *(n & 0xFFFFFFFF for n in (*numbers, *where)))
    digest = sha1 if index.size == SHA1 else sha256
    data[-index.size :] = digest(data[: -index.size]).digest()
    return bytes(data)
