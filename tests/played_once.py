"""The story of the demonstration, played once for all processes of a run; who plays it again gets
what it said, what it left and how its commands ended.

By the same clerk, on the same day: what they are is part of its name.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest

from b40cli.cli.register import demo
from b40cli.cli.request import options
from b40cli.cli.request.output import out
from tests.copying import copied_to
from tests.invented import acting

HERE = "{scratch}"
Codes = Iterator[tuple[int, int]]


@contextmanager
def story_played_once(shared: Path) -> Iterator[None]:
    """So it is while this lasts; `shared` is a folder that all processes of a run see."""
    run = demo._run

    def once(scratch: Path) -> Codes:
        name = sha256(repr((acting(), options.clock())).encode()).hexdigest()[:16]
        folder = shared / f"story-{name}"
        with (shared / f"{folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (folder / "told.json").exists():
                shutil.rmtree(scratch / "invented")
                copied_to(folder / "left", scratch)
            else:
                _played(run, scratch, folder)
        text, codes = json.loads((folder / "told.json").read_text())
        out(text.replace(HERE, str(scratch)))
        yield from ((expected, code) for expected, code in codes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "_run", once)
        yield


def _played(run: Callable[[Path], Codes], scratch: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "left").mkdir(parents=True)
    said = StringIO()
    with redirect_stdout(said):
        codes = [*run(scratch)]
    for left in scratch.iterdir():
        if left.is_file():
            shutil.copy(left, folder / "left" / left.name)
        elif left.name != "real":  # which is only read
            shutil.copytree(left, folder / "left" / left.name)
    told = said.getvalue().replace(str(scratch), HERE), codes
    (folder / "told.json").write_text(json.dumps(told))
