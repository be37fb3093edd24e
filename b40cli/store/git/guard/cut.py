"""What is larger than a record may be: never held whole, only hashed as it goes by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from b40cli.model.size import DOCUMENT, RECORD

CHUNK = 1 << 18


class Cut(bytes):
    """The beginning of large bytes, with the size of the whole, and its SHA-256 where it was read.

    What is larger than a document may be is not read at all: nothing of it is held, no hash.
    """

    size: int
    sha256: str | None

    @classmethod
    def unread(cls, size: int) -> Cut:
        """Of what is too large to be looked at."""
        return cls._made(b"", size, None)

    @classmethod
    def of(cls, chunks: Iterator[bytes], size: int) -> Cut:
        """Of bytes as they come."""
        from hashlib import sha256

        begin, hashed = b"", sha256()
        for chunk in chunks:
            hashed.update(chunk)
            if len(begin) <= RECORD:
                begin += chunk
        return cls._made(begin[: RECORD + 1], size, hashed.hexdigest())

    @classmethod
    def _made(cls, begin: bytes, size: int, digest: str | None) -> Cut:
        made = cls(begin)
        made.size, made.sha256 = size, digest
        return made


def size_of(data: bytes) -> int:
    """How large the whole is of which these bytes are held."""
    return data.size if isinstance(data, Cut) else len(data)


def chunks_of(stream: Any, size: int) -> Iterator[bytes]:
    """So many bytes of a stream, in turn; EOFError where it ends before."""
    while size:
        chunk = stream.read(min(size, CHUNK))
        if not chunk:
            raise EOFError
        size -= len(chunk)
        yield chunk


def held(stream: Any, size: int) -> bytes:
    """The bytes of a stream of that size: whole, or cut."""
    if size > DOCUMENT:
        return Cut.unread(size)
    return Cut.of(chunks_of(stream, size), size)
