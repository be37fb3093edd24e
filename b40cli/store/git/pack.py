"""A pack: objects as git passes them on, so that one child writes all that an act brings."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import compress

from b40cli.model.digest import sha1, sha256

COMMIT, TREE, BLOB = 1, 2, 3


def packed(objects: Iterable[tuple[int, bytes]], like: str) -> bytes:
    """The objects (their kind, their bytes), whole and none as a difference to another.

    `like` is any oid of the repository, which tells its hash.
    """
    entries = [_size(kind, len(data)) + compress(data, 1) for kind, data in objects]
    pack = b"PACK\0\0\0\2" + len(entries).to_bytes(4, "big") + b"".join(entries)
    hashed = sha256(pack) if len(like) == 64 else sha1(pack, usedforsecurity=False)
    return pack + hashed.digest()


def _size(kind: int, size: int) -> bytes:
    """Kind and size: four bits of the size in the first byte, then seven in each."""
    parts = [kind << 4 | size & 15]
    size >>= 4
    while size:
        parts[-1] |= 0x80
        parts.append(size & 127)
        size >>= 7
    return bytes(parts)
