"""What was read before, by content: an append-only file of `key length json` lines.

It may be dropped at any time and never changes an answer: a key holds the path of a record and the
hash of its bytes, the file's name the version of everything that reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TextIO

from b40cli import __version__
from b40cli.model.digest import sha256
from b40cli.store.schema import schemas_digest

AT_ONCE = 500
READERS = (
    *("yaml/dialect", "yaml/grammar", "yaml/charset", "yaml/scalars", "yaml/nodes"),
    *("yaml/plain_layout", "yaml/yamlio"),
    *("reading", "schema", "correcting", "../model/facts/correction"),
)


class Cache:
    """Texts by key; a key is looked up, never listed."""

    def __init__(self, folder: Path, name: str) -> None:
        self.version = version()
        self.path = folder / f"{name}-{self.version}.lines"
        self._texts: dict[str, str] | None = None

    def texts(self) -> dict[str, str]:
        """All that is held; a line cut short by a crash is passed over."""
        if self._texts is None:
            self._texts = {}
            # Line by line: as one text, every letter would be as wide as the widest of all.
            with suppress(OSError, UnicodeDecodeError), self._lines() as lines:
                for line in lines:
                    parts = line.split(" ", 2)
                    if len(parts) == 3 and parts[1] == str(len(parts[2]) - 1):
                        self._texts[parts[0]] = parts[2][:-1]
        return self._texts

    def _lines(self) -> TextIO:
        return self.path.open(encoding="utf-8", newline="\n")

    def add(self, entries: Iterable[tuple[str, str]]) -> None:
        """Append entries; where nothing can be written the next command reads again."""
        lines = (f"{key} {len(text)} {text}\n" for key, text in entries)
        some = "".join(islice(lines, AT_ONCE))
        if not some:
            return
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Unbuffered, by whole lines, so that two commands may append at once; and first a line
            # break of its own: what a crash cut short must not swallow what follows.
            with self.path.open("ab", buffering=0) as file:
                while some:
                    file.write(("\n" + some).encode())
                    some = "".join(islice(lines, AT_ONCE))

    def replace(self, key: str, text: str) -> None:
        """Keep this alone; whoever reads meanwhile reads what was there before, or this."""
        from tempfile import NamedTemporaryFile

        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.path.parent, delete=False) as file:
                file.write(f"{key} {len(text)} {text}\n".encode())
            Path(file.name).replace(self.path)

    def keep_only_this(self, pattern: str) -> None:
        """Remove caches of the same sort that no command will look at again."""
        with suppress(OSError):
            for other in self.path.parent.glob(pattern):
                if other != self.path:
                    other.unlink()


@cache
def version() -> str:
    """What changes whenever a record could be read differently."""
    total = sha256(f"{__version__} {schemas_digest()}".encode())
    for name in READERS:
        stat = (Path(__file__).parent / f"{name}.py").stat()
        total.update(f"{name} {stat.st_size} {stat.st_mtime_ns}".encode())
    return total.hexdigest()[:16]
