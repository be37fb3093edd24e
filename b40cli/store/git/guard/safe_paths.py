"""Plain paths: names that mean the same file on every machine, and what stands there now."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli.model.digest import sha1, sha256
from b40cli.model.errors import UnreadableError
from b40cli.model.finding import Finding
from b40cli.model.ref import ROOT
from b40cli.model.size import DOCUMENT, RECORD, said
from b40cli.store.git.guard.cut import CHUNK, Cut

if TYPE_CHECKING:
    from hashlib import _Hash

NAME = re.compile(r"(?!-)(?!.*\.\Z)[A-Za-z0-9._-]{1,255}", re.ASCII)
PROGRAM = "100755"
# What Windows keeps for its devices, whatever ending stands behind it.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.ASCII | re.IGNORECASE)
MODES = ("100644", PROGRAM)
NO_FILE = "000000"
OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.ASCII)


def is_plain(path: str) -> bool:
    """Whether every part of the path is a name of ASCII letters, digits, dots and dashes."""
    folder, _slash, name = path.rpartition("/")
    return _is_name(name) and (not _slash or _is_plain_folder(folder))


def _is_name(part: str) -> bool:
    return NAME.fullmatch(part) is not None and part.lower() != ".git"


@lru_cache(maxsize=512)
def _is_plain_folder(folder: str) -> bool:
    return all(map(_is_name, folder.split("/")))


def real(path: Path) -> Path:
    """Where a path leads through its links; one of a circle of links leads to itself."""
    return Path(os.path.realpath(path))


def is_reserved(path: str) -> bool:
    """Whether a part of the path is a device on Windows, where no clone could have the file."""
    return any(map(RESERVED.fullmatch, path.split("/")))


def marked_as_program(path: str) -> Finding:
    """A note on a file of mode 755: nothing here is ever run, and nobody should have to wonder."""
    return Finding(
        "record-as-program",
        "note",
        "the record",
        "The file is marked as a program (mode 755): what lies here is read, never run.",
        f"git update-index --chmod=-x {path}, chmod -x {path}, and commit it.",
        path,
    )


def not_plain(path: str, reason: str) -> Finding:
    """The finding for a path the registry cannot hold."""
    shown = path.encode("unicode_escape").decode("ascii")
    return Finding(
        rule="plain-files",
        kind="defect",
        article="",
        message=f"{reason}.",
        remedy="The registry holds regular files under plain ASCII names only; "
        "remove or rename it.",
        file=shown,
    )


def odd(path: str, mode: str = MODES[0]) -> Finding | None:
    """What makes it no file that the registry can hold; None for one that it can."""
    if mode not in MODES:
        return not_plain(path, "It is a link, a submodule or of an odd mode")
    return None if is_plain(path) else not_plain(path, "Its path is not a plain name")


def refuse(findings: Iterable[Finding | None]) -> None:
    """Raise UnreadableError with all the findings, if there are any."""
    found = tuple(filter(None, findings))
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise UnreadableError(
            f"{found[0].file}: {found[0].message.rstrip('.')}{more}.", found[0].remedy, found
        )


def in_the_way(root: Path, path: str) -> str | None:
    """The first part of the path that is not a real folder, seen without following links."""
    here = root
    for part in path.split("/")[:-1]:
        here = here / part
        try:
            mode = here.lstat().st_mode
        except FileNotFoundError:
            return None
        if not stat.S_ISDIR(mode):
            return here.relative_to(root).as_posix()
    return None


def regular(root: Path, path: str) -> Path | None:
    """The regular file at the path; None where nothing is there.

    Raises UnreadableError for a link, a folder or another thing that is no regular file, also
    among the folders on the way.
    """
    blocked = in_the_way(root, path)
    if blocked is not None:
        raise no_file(path, f"{blocked} is not a real folder")
    target = root / path
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise no_file(path, "It is a link or a folder, not a regular file")
    return target


def small(path: Path) -> bytes | None:
    """The bytes of a regular file of at most 1 MiB, opened without following a link.

    None where nothing is there; raises UnreadableError for anything else.
    """
    try:
        there = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        seen = os.fstat(there)
        if not stat.S_ISREG(seen.st_mode) or seen.st_size > RECORD:
            raise UnreadableError(
                f"{path} is no regular file of at most {said(RECORD)}.", "Remove it."
            )
        with os.fdopen(there, "rb", closefd=False) as file:
            return file.read(RECORD)
    finally:
        os.close(there)


def file_oid(root: Path, path: str, like: str) -> str | None:
    """The blob oid of the file at the path, None where nothing is there; see `regular`.

    Raises UnreadableError also for a file below registry/ that is larger than any may be.
    """
    target = regular(root, path)
    if target is None:
        return None
    try:
        with target.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > DOCUMENT and path.startswith(ROOT):
                raise _too_large(path)
            hashed = _hash(b"blob", size, like)
            while chunk := file.read(CHUNK):
                hashed.update(chunk)
    except OSError as error:
        raise no_file(path, f"It cannot be read: {error.strerror}") from error
    return hashed.hexdigest()


def file_bytes(root: Path, path: str, like: str) -> tuple[str, bytes]:
    """The blob oid of the file that is there, and its bytes as they may be held."""
    target = regular(root, path)
    if target is None:
        raise no_file(path, "There is no such file")
    try:
        with target.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size <= RECORD:
                data = file.read(RECORD)
                return blob_oid(data, like), data
            if size > DOCUMENT:
                raise _too_large(path)
            hashed = _hash(b"blob", size, like)
            cut = Cut.of(_updating(hashed, iter(lambda: file.read(CHUNK), b"")), size)
    except OSError as error:
        raise no_file(path, f"It cannot be read: {error.strerror}") from error
    return hashed.hexdigest(), cut


def _too_large(path: str) -> UnreadableError:
    what = f"The file is larger than {said(DOCUMENT)}"
    cure = "Keep it elsewhere; its SHA-256 in a record proves it."
    finding = not_plain(path, what)._replace(remedy=cure)
    return UnreadableError(f"{finding.file}: {finding.message}", cure, (finding,))


def _updating(hashed: _Hash, chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        hashed.update(chunk)
        yield chunk


def blob_oid(data: bytes, like: str) -> str:
    """The oid git gives these bytes, in the hash of the oid `like`."""
    return object_oid(b"blob", data, like)


def object_oid(kind: bytes, data: bytes, like: str) -> str:
    """The oid of an object: SHA-1 or SHA-256 as `like` is 40 or 64 digits long."""
    hashed = _hash(kind, len(data), like)
    hashed.update(data)
    return hashed.hexdigest()


def no_file(path: str, reason: str) -> UnreadableError:
    """The error for one path that is not the regular file it should be."""
    finding = not_plain(path, reason)
    return UnreadableError(f"{finding.file}: {finding.message}", finding.remedy, (finding,))


def _hash(kind: bytes, size: int, like: str) -> _Hash:
    start = b"%s %d\0" % (kind, size)
    if len(like) == 64:
        return sha256(start)
    return sha1(start, usedforsecurity=False)
