"""What an act has git write, written here as git does: objects, a branch, the index.

Those three children are a third of an act. Wherever anything is out of the ordinary (a lock, a ref
or an index of another form, nobody known who acts) git is asked as ever.
`tests/test_written_here.py` holds what is written against git's own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha1
from pathlib import Path
from subprocess import CalledProcessError
from zlib import compress, decompressobj

import pytest

from b40cli.store.git.durable import SYNCED
from b40cli.store.git.repository_git import Calls
from tests.copying import HEADER, SHA1, STAT, entries_of, entry
from tests.invented import acting, ident

VERSION_2 = b"DIRC\0\0\0\2"
KINDS = {1: b"commit", 2: b"tree", 3: b"blob"}
RUN = Calls.run
Written = Callable[[Calls, Sequence[str], bytes], None]


class OutOfTheOrdinary(Exception):
    """Git is asked."""


@contextmanager
def written_here() -> Iterator[None]:
    """So it is while this lasts."""
    run = Calls.run

    def runs(calls: Calls, *words: str, stdin: bytes = b"", keep: tuple[int, ...] = ()) -> bytes:
        synced, verb, rest = (
            words[: len(SYNCED)],
            words[len(SYNCED) :][:1],
            words[len(SYNCED) + 1 :],
        )
        if synced == SYNCED and verb and (write := WRITTEN.get(verb[0])):
            with suppress(OutOfTheOrdinary, FileNotFoundError, FileExistsError, CalledProcessError):
                write(calls, rest, stdin)
                return b""
        return run(calls, *words, stdin=stdin, keep=keep)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Calls, "run", runs)
        yield


@contextmanager
def written_by_git() -> Iterator[None]:
    """For what is told of a git that is killed as it writes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Calls, "run", RUN)
        yield


def ordinary(holds: object) -> None:
    """Or git is asked."""
    if not holds:
        raise OutOfTheOrdinary


def objects_written(calls: Calls, words: Sequence[str], pack: bytes) -> None:
    """`unpack-objects -q`: each object of a pack in a file of its own."""
    ordinary(words == ("-q",) and sha1(pack[:-SHA1]).digest() == pack[-SHA1:])
    for kind, data in unpacked(pack):
        told = KINDS[kind] + b" %d\0" % len(data) + data
        file = object_file(calls, sha1(told).hexdigest())
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(compress(told, 1))
            file.chmod(0o444)


def object_file(calls: Calls, oid: str) -> Path:
    """Where an object lies that is in no pack."""
    return Path(calls.world.surroundings()["GIT_OBJECT_DIRECTORY"], oid[:2], oid[2:])


def unpacked(pack: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and bytes of the objects of a pack, none of them a difference to another."""
    rest = pack[12:-SHA1]
    while rest:
        kind, at = rest[0] >> 4 & 7, 1
        while rest[at - 1] & 0x80:
            at += 1
        opened = decompressobj()
        yield kind, opened.decompress(rest[at:])
        rest = opened.unused_data


def branch_moved(calls: Calls, words: Sequence[str], _stdin: bytes) -> None:
    """`update-ref -m WHY REF NEW OLD`, of the branch that HEAD stands on; both logs tell of it."""
    ordinary(len(words) == 5 and words[0] == "-m")
    _m, why, ref, new, old = words
    here, file = calls.world.git_folder, calls.world.common / ref
    logs = here / "logs/HEAD", calls.world.common / "logs" / ref
    ordinary((here / "HEAD").read_text() == f"ref: {ref}\n" and file.read_text() == f"{old}\n")
    ordinary(new != old and object_file(calls, new).exists() and all(map(Path.is_file, logs)))
    ordinary(not (here / "HEAD.lock").exists())
    line = f"{old} {new} {committer()}\t{' '.join(why.split())}\n"
    put_through_a_lock(file, f"{new}\n".encode())
    for log in logs:
        with log.open("a", encoding="utf-8") as told:
            told.write(line)


def committer() -> str:
    """Who acts, and when, as git says it; it hears the environment and the user's file."""
    ordinary("GIT_COMMITTER_DATE" in os.environ and os.environ.get("GIT_CONFIG_NOSYSTEM") == "1")
    file = Path(os.environ["GIT_CONFIG_GLOBAL"])
    users = file.read_text("utf-8") if file.is_file() else ""
    ordinary("include" not in users.lower())
    return ident("COMMITTER", (*acting(), ("users", users)))


def index_written(calls: Calls, words: Sequence[str], _stdin: bytes) -> None:
    """`update-index --add --cacheinfo MODE,OID,PATH ...`: entries that know of no file yet."""
    ordinary(words[0] == "--add" and {*words[1::2]} == {"--cacheinfo"})
    file = calls.world.git_folder / "index"
    held = dict(entries(file.read_bytes()))
    for told in words[2::2]:
        mode, oid, path = told.split(",", 2)
        name = os.fsencode(path)
        above = {name[:at] for at, letter in enumerate(name) if letter == ord("/")}
        ordinary(len(oid) == 2 * SHA1 and not above & held.keys())
        ordinary(not any(other.startswith(name + b"/") for other in held))
        held[name] = entry(int(mode, 8), oid, name)
    data = VERSION_2 + len(held).to_bytes(4, "big") + b"".join(held[name] for name in sorted(held))
    put_through_a_lock(file, data + sha1(data).digest())


def entries(index: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and bytes of each entry; behind them nothing is kept but what git makes again."""
    ordinary(index[:8] == VERSION_2 and sha1(index[:-SHA1]).digest() == index[-SHA1:])
    end = HEADER
    for at, end, name in entries_of(index, SHA1):
        ordinary(not index[at + STAT.size + SHA1] & 0xF0)
        yield name, index[at:end]
    while end < len(index) - SHA1:
        ordinary(index[end : end + 4] == b"TREE")
        end += 8 + int.from_bytes(index[end + 4 : end + 8], "big")


def put_through_a_lock(file: Path, data: bytes) -> None:
    """As git does: a new file in the place of the other."""
    lock = file.with_name(f"{file.name}.lock")
    with lock.open("xb") as fresh:
        fresh.write(data)
    lock.replace(file)


WRITTEN: Mapping[str, Written] = {
    "unpack-objects": objects_written,
    "update-ref": branch_moved,
    "update-index": index_written,
}
