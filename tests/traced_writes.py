"""What a log of strace says was written below a folder: a step for each call that went through."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.traced import TALK

CALLS = (
    *("chdir", "fchdir", "openat", "creat", "lseek", "write", "pwrite64", "writev", "ftruncate"),
    *("fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "symlink"),
    *("unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"),
)
SAID = "said"
OF_A_FILE = ("lseek", "write", "pwrite64", "writev", "ftruncate", "fsync", "fdatasync")
LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)(?:<.*>)?(?: .*)?$")
BEGUN, RESUMED = " <unfinished ...>", re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)$")
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
PLACE = re.compile(r"(\d+)<((?:[^>\\]|\\.)*)>")


class Step(NamedTuple):
    """One call: its name, its paths below the folder, the bytes, and where in the file they go."""

    call: str
    paths: tuple[str, ...]
    data: bytes = b""
    at: int = 0


class Log:
    """Reads a log of `strace -f -y`; processes have folders that they work in, files a place."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folders: dict[str, str] = {}
        self.places: dict[tuple[str, str], int] = {}

    def steps(self, log: str) -> Iterator[Step]:
        """The calls that change something below the folder, in the order in which they ended."""
        begun: dict[str, str] = {}
        for line in log.splitlines():
            if line.endswith(BEGUN):
                begun[line.split(" ", 1)[0]] = line.removesuffix(BEGUN)
                continue
            resumed = RESUMED.match(line)
            whole = begun.pop(resumed[1]) + resumed[2] if resumed else line
            if (seen := LINE.match(whole)) and int(seen[4]) >= 0:
                yield from self._step(seen[1], seen[2], seen[3], int(seen[4]))

    def _step(self, pid: str, call: str, words: str, ended: int) -> Iterator[Step]:
        texts = [_bytes(text) for text in TEXT.findall(words)]
        if call == "chdir":
            self.folders[pid] = str(self._path(pid, texts[0]))
        elif call in OF_A_FILE:
            yield from self._of_a_file(pid, call, words, ended, texts)
        else:
            yield from self._of_names(pid, call, words, ended, texts)

    def _of_a_file(
        self, pid: str, call: str, words: str, ended: int, texts: list[bytes]
    ) -> Iterator[Step]:
        place = PLACE.match(words)
        assert place is not None, words
        path, handle = os.fsdecode(_bytes(place[2])), (pid, place[1])
        if call == "write" and path.endswith(f".{TALK}"):
            yield Step(SAID, ())
        at, last = self.places.get(handle, 0), words.rsplit(", ", 1)[-1]
        if call in ("pwrite64", "ftruncate"):
            at = int(last)
        if call == "lseek" or (call == "write" and at >= 0):
            self.places[handle] = ended if call == "lseek" else at + ended
        inside = self._inside(path)
        if inside is not None and call != "lseek":
            assert call != "writev", words
            yield Step(call, (inside,), texts[0][:ended] if texts else b"", at)

    def _of_names(
        self, pid: str, call: str, words: str, ended: int, texts: list[bytes]
    ) -> Iterator[Step]:
        named = [self._named(pid, text) for text in texts]
        if call in ("openat", "creat"):
            self.places[pid, str(ended)] = -1 if "O_APPEND" in words else 0
            if named[0] is not None and re.search("O_CREAT|O_TRUNC", words):
                yield Step("truncate" if "O_TRUNC" in words else "open", (named[0],))
        elif any(name is not None for name in named):
            assert call not in ("symlink", "fchdir") or named[-1] is None, words
            if call != "symlink":
                yield Step(call, tuple(name or "" for name in named))

    def _path(self, pid: str, text: bytes) -> Path:
        return Path(self.folders.get(pid, str(self.root)), os.fsdecode(text))

    def _named(self, pid: str, text: bytes) -> str | None:
        """A path of a call, where it lies below the folder; links from outside lead there."""
        path = self._path(pid, text)
        return self._inside(str(path.parent.resolve() / path.name))

    def _inside(self, path: str) -> str | None:
        if path == str(self.root):
            return ""
        return path[len(str(self.root)) + 1 :] if path.startswith(f"{self.root}/") else None


def _bytes(text: str) -> bytes:
    found: bytes = codecs.escape_decode(text.encode("latin-1"))[0]
    return found
