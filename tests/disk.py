"""A disk as its writes leave it when the power goes: names and bytes, and what of both was synced.

Bytes are on the disk once their file was synced, names once their folder was. What was not may be
there or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

Tree = dict[str, bytes | None]


class File:
    """The bytes of a file, now and as they were last synced (None: never)."""

    def __init__(self, data: bytes, synced: bytes | None = None) -> None:
        self.data, self.synced = data, synced

    def sync(self) -> None:
        """What it holds is on the disk."""
        self.synced = self.data

    def cut(self, random: Random | None) -> bytes:
        """What may be left of it: what was synced; or all of it, or zeroes instead of its end."""
        kept = self.synced or b""
        if random is None or self.synced == self.data:
            return kept
        torn = self.data[: len(self.data) // 2]
        return random.choice((kept, self.data, torn.ljust(len(self.data), b"\0")))


class Folder:
    """The names in a folder: every state since the last that was synced."""

    def __init__(self, names: dict[str, File | Folder]) -> None:
        self.names = names
        self.states: list[dict[str, File | Folder]] = [dict(names)]

    def noted(self) -> None:
        """A name has changed."""
        self.states.append(dict(self.names))

    def sync(self) -> None:
        """Its names are on the disk."""
        self.states = [dict(self.names)]


class Loss(NamedTuple):
    """What is lost: names that were not synced too (`bare`), or some of each, as it comes."""

    name: str
    names: bool
    random: Random | None = None


class Disk:
    """Folders and files below a root; all that is there at the beginning is synced."""

    def __init__(self, root: Path) -> None:
        self.top = _read(root)

    def at(self, path: str) -> File | Folder | None:
        """What stands there."""
        found: File | Folder | None = self.top
        for name in filter(None, path.split("/")):
            found = found.names.get(name) if isinstance(found, Folder) else None
        return found

    def put(self, path: str, thing: File | Folder | None) -> None:
        """A name leads to this from now on, or is gone."""
        above, _, name = path.rpartition("/")
        folder = self.at(above)
        assert isinstance(folder, Folder), path
        folder.names.pop(name, None)
        if thing is not None:
            folder.names[name] = thing
        folder.noted()

    def now(self) -> Tree:
        """What is there while the power is on."""
        return dict(_left("", self.top, None))

    def cut(self, loss: Loss) -> Tree:
        """What the power cut leaves: each file with its bytes, each folder with None."""
        return dict(_left("", self.top, loss))


def _read(root: Path) -> Folder:
    found: dict[str, File | Folder] = {}
    for path in root.iterdir():
        if path.is_dir():
            found[path.name] = _read(path)
        else:
            found[path.name] = File(path.read_bytes(), path.read_bytes())
    return Folder(found)


def _left(path: str, folder: Folder, loss: Loss | None) -> Iterator[tuple[str, bytes | None]]:
    names = folder.names if loss is None or loss.names else folder.states[0]
    if loss is not None and loss.random is not None:
        names = loss.random.choice(folder.states)
    for name, thing in names.items():
        here = f"{path}{name}"
        if isinstance(thing, Folder):
            yield here, None
            yield from _left(f"{here}/", thing, loss)
        else:
            yield here, thing.data if loss is None else thing.cut(loss.random)


def written(tree: Tree, root: Path) -> Path:
    """The tree as real files."""
    root.mkdir()
    for path, data in tree.items():
        if data is None:
            (root / path).mkdir()
        else:
            (root / path).write_bytes(data)
    return root
