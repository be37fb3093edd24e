"""Opening acts acted once: a test that begins as another did gets what they left, copied.

The same acts, on the same day, by the same clerk, at a register of the same bytes leave the same:
all of it is asked. What a test is about, it acts itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

from b40cli.cli.request import options
from b40cli.store.git.guard.user_folder import user_folder
from tests.copying import Index, index_of, of_the_copies
from tests.invented import acting

INDEX = ".git/index"
P = ParamSpec("P")
A = TypeVar("A")
Files = dict[str, bytes]


class Left(NamedTuple):
    """What acts left: an answer, files (None is none any more), an index, what was kept of them."""

    answer: Any
    files: dict[str, bytes | None]
    listed: Index
    kept: Files


_LEFT: dict[object, Left] = {}


def acted_once(opening: Callable[P, A]) -> Callable[P, A]:
    """Of an opening at a register (its folder, or who has one): where it was acted, its outcome."""

    @wraps(opening)
    def acts(*at: P.args, **named: P.kwargs) -> A:
        first: Any = at[0]
        folder: Path = getattr(first, "folder", first)
        before = _held(folder)
        words = (opening.__module__, opening.__qualname__, repr(at[1:]), repr(named))
        key = (words, options.clock(), acting(), tuple(sorted(before.items())))
        if key not in _LEFT:
            _LEFT[key] = _left(folder, before, opening(*at, **named))
        else:
            _laid_down(folder, _LEFT[key])
        answer: A = deepcopy(_LEFT[key].answer)
        return answer

    return acts


def _held(folder: Path) -> Files:
    """Every file but the index, which tells when they were written."""
    found = {}
    for here, _, names in os.walk(folder):
        for name in names:
            path = f"{here}/{name}"
            assert not Path(path).is_symlink()
            with open(path, "rb") as file:  # noqa: PTH123 - thousands of files
                found[os.path.relpath(path, folder)] = file.read()
    found.pop(INDEX, None)
    return found


def _left(folder: Path, before: Files, answer: Any) -> Left:
    after = _held(folder)
    files: dict[str, bytes | None] = dict.fromkeys(before.keys() - after.keys())
    files |= {path: data for path, data in after.items() if before.get(path) != data}
    kept = {file.name: file.read_bytes() for file in _kept(folder).glob("*.lines")}
    return Left(deepcopy(answer), files, index_of(folder, folder / INDEX), kept)


def _kept(folder: Path) -> Path:
    return user_folder(folder.resolve() / ".git")


def _laid_down(folder: Path, left: Left) -> None:
    for path, data in left.files.items():
        file = folder / path
        if data is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    (folder / INDEX).write_bytes(of_the_copies(left.listed, folder))
    for name, data in left.kept.items():
        (_kept(folder) / name).write_bytes(data)
