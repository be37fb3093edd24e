"""Objects as `cat-file --batch` tells them, and one such child for a command's small questions."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from b40cli.model.errors import UnreadableError
from b40cli.model.size import DOCUMENT, RECORD, said
from b40cli.store.git.guard.cut import Cut, held

# A question is small where all of it fits into a pipe (of one page, where a user has used up what
# there is for pipes) and all answers into memory; a few are asked one behind the other, more of
# them of a git of their own.
FEW = 128
MOST_ASKED = 32
MOST_BYTES = 1 << 12


class Thing(NamedTuple):
    """One answer of `cat-file`: what was asked, and the object, or no oid where there is none.

    A blob larger than a record is held as a `Cut`.
    """

    asked: str
    oid: str | None
    kind: str
    data: bytes


class ObjectReader:
    """A git child that is asked again and again: it looks refs and objects up at each question.

    It ends with whoever asks. A forked child of ours asks one of its own.
    """

    def __init__(self) -> None:
        self._process: Any = None
        self._owner = 0

    def __del__(self) -> None:
        self.end()

    def ask(self, names: Sequence[str], start: Callable[[], Any]) -> list[Thing]:
        """The objects asked for, in order; raises EOFError or OSError where it cannot tell."""
        found: list[Thing] = []
        while len(found) < len(names):
            if self._owner != os.getpid():
                self.end()
            if self._process is None:
                self._owner, self._process = os.getpid(), start()
            found += self._some(names[len(found) :])
        return found

    def end(self) -> None:
        """Let the child go; one that was begun before a fork is its parent's to end."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._owner == os.getpid():
            with suppress(OSError):
                process.kill()
                process.wait()
        else:
            process.returncode = 0  # nothing is waited for here
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close()

    def _some(self, names: Sequence[str]) -> list[Thing]:
        """The first objects, up to one that nobody reads: behind it another child is asked."""
        found: list[Thing] = []
        whole = False
        try:
            self._process.stdin.write(_question(names))
            self._process.stdin.flush()
            for name in names:
                found.append(thing_of(name, self._process.stdout))
                if is_unread(found[-1].data):
                    return found
            whole = True
        finally:
            if not whole:
                self.end()
        return found


def is_small(names: Sequence[str]) -> bool:
    """Whether so much may be asked at once and held."""
    return len(names) <= MOST_ASKED and len(_question(names)) <= MOST_BYTES


def _question(names: Sequence[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()


def header_of(stdout: Any) -> tuple[str | None, str, int]:
    """Name, kind and size of what follows, or why nothing does; raises EOFError."""
    header = stdout.readline().decode("utf-8", "replace").rstrip("\n")
    words = header.rsplit(" ", 2)
    if not header:
        raise EOFError
    if len(words) != 3 or not words[2].isdigit():
        return None, words[-1], 0
    return words[0], words[1], int(words[2])


def thing_of(name: str, stdout: Any) -> Thing:
    """The next answer; raises EOFError where it is not whole."""
    oid, kind, size = header_of(stdout)
    if oid is None:
        return Thing(name, None, kind, b"")
    if size > DOCUMENT and kind != "blob":
        raise UnreadableError(f"The {kind} {name} is larger than {said(DOCUMENT)}.")
    data = held(stdout, size) if size > RECORD and kind == "blob" else stdout.read(size)
    if not is_unread(data) and (len(data) < min(size, RECORD) or stdout.read(1) != b"\n"):
        raise EOFError
    return Thing(name, oid, kind, data)


def is_unread(data: bytes) -> bool:
    """Whether these bytes were too large to be looked at."""
    return isinstance(data, Cut) and data.sha256 is None
