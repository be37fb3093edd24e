"""`make powercut`: the writes of three acts, traced, and the power cut after each of them.

Each act is done once under strace. Its writes are replayed on a disk that keeps what was synced
(tests/disk.py). At every point images are made: one with all names and the synced bytes, one with
the synced names and bytes alone, and `B40_POWERCUTS` mixtures by `B40_SEED`. Every image opens
whole or as before; from the moment that the act has answered, whole.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.cli.ready import head_of
from tests.disk import Disk, File, Folder, Loss, Tree, written
from tests.faults import unlocked
from tests.scenario import ask, pinned
from tests.store.checkout import files, git
from tests.traced import ACTS, missing, room, templates, traced
from tests.traced_writes import CALLS, SAID, Log, Step

CHECK = ("check", "--on", "2026-03-10")


class Image(NamedTuple):
    """What a power cut left, and whether the act had answered before."""

    name: str
    tree: Tree
    answered: bool


def main() -> int:
    """Cut the power everywhere; 1 where an image does not open, or an answered act is lost."""
    if missing():
        return 1
    mixtures = int(os.environ.get("B40_POWERCUTS", "1"))
    random = Random(int(os.environ.get("B40_SEED", "40")))
    with tempfile.TemporaryDirectory(dir=room()) as scratch, pinned():
        folder = Path(scratch)
        template = templates(folder)
        wrong = sum(played(folder, template, act, mixtures, random) for act in ACTS)
    return 1 if wrong else 0


def played(
    folder: Path, template: Path, act: str, mixtures: int, random: Random, most: int | None = None
) -> int:
    """How many images of an act are wrong; of so many drawn at random, or of all."""
    steps = traced_steps(folder, template, act)
    found = images(steps, Disk(template), act, mixtures, random)
    chosen = found if most is None else random.sample(found, min(most, len(found)))
    whole = wrong = 0
    for image in chosen:
        moved, complaint = opened(image, template, ACTS[act].split(), folder)
        whole, wrong = whole + moved, wrong + bool(complaint)
        if complaint:
            print(f"{image.name}: {complaint}", flush=True)
    print(
        f"{act}: {len(steps)} points, {len(chosen)} of {len(found)} different images:"
        f" {whole} whole, {len(chosen) - whole} as before, {wrong} wrong",
        flush=True,
    )
    return wrong


def traced_steps(folder: Path, template: Path, act: str) -> list[Step]:
    """What the act writes, seen by doing it once; the replay of it gives the same bytes."""
    root, log = folder / "traced" / "register", folder / "log"
    shutil.rmtree(root.parent, ignore_errors=True)
    shutil.copytree(template, root, symlinks=True)
    options = ("-f", "-y", "-s", "99999999", "-e", f"trace={','.join(CALLS)}", "-o", str(log))
    ended = traced(root, ACTS[act].split(), options)
    assert ended.code == 0, ended
    steps, disk = list(Log(root).steps(log.read_text("latin-1"))), Disk(template)
    for step in steps:
        done(disk, step)
    every = (path for path in root.rglob("*") if path.is_file())
    there = {path.relative_to(root).as_posix(): path.read_bytes() for path in every}
    assert there == {path: data for path, data in disk.now().items() if data is not None}
    return steps


def images(steps: list[Step], disk: Disk, act: str, mixtures: int, random: Random) -> list[Image]:
    """Every different image at every point."""
    found: dict[str, Image] = {}
    answered = False
    for n, step in enumerate(steps, 1):
        answered = answered or step.call == SAID
        done(disk, step)
        for loss in _losses(mixtures, random):
            tree = disk.cut(loss)
            key = sha256(repr((answered, sorted(tree.items()))).encode()).hexdigest()
            point = f"{act}, after {n} of {len(steps)}: {step.call} {' '.join(step.paths)}"
            found.setdefault(key, Image(f"{point}; left: {loss.name}", tree, answered))
    return [*found.values()]


def _losses(mixtures: int, random: Random) -> Iterable[Loss]:
    yield Loss("all names, synced bytes", True)
    yield Loss("synced names and bytes", False)
    yield from (Loss(f"mixture {n}", True, random) for n in range(mixtures))


def done(disk: Disk, step: Step) -> None:
    """Do on the disk what the call did."""
    call = step.call.removesuffix("2").removesuffix("at")
    if call != SAID:
        DOES[call](disk, step)


def _open(disk: Disk, step: Step) -> None:
    if disk.at(step.paths[0]) is None:
        disk.put(step.paths[0], File(b""))


def _truncate(disk: Disk, step: Step) -> None:
    _open(disk, step)
    _file(disk, step).data = b""


def _file(disk: Disk, step: Step) -> File:
    found = disk.at(step.paths[0])
    assert isinstance(found, File), step
    return found


def _write(disk: Disk, step: Step) -> None:
    file = _file(disk, step)
    at = len(file.data) if step.at < 0 else step.at
    file.data = file.data[:at].ljust(at, b"\0") + step.data + file.data[at + len(step.data) :]


def _resize(disk: Disk, step: Step) -> None:
    file = _file(disk, step)
    file.data = file.data[: step.at].ljust(step.at, b"\0")


def _sync(disk: Disk, step: Step) -> None:
    found = disk.at(step.paths[0])
    assert found is not None, step
    found.sync()


def _rename(disk: Disk, step: Step) -> None:
    old, new = step.paths
    thing = disk.at(old)
    disk.put(old, None)
    disk.put(new, thing)


def _link(disk: Disk, step: Step) -> None:
    disk.put(step.paths[1], disk.at(step.paths[0]))


def _unlink(disk: Disk, step: Step) -> None:
    disk.put(step.paths[0], None)


def _mkdir(disk: Disk, step: Step) -> None:
    disk.put(step.paths[0], Folder({}))


DOES: dict[str, Callable[[Disk, Step], None]] = {
    "open": _open,
    "truncate": _truncate,
    "write": _write,
    "pwrite64": _write,
    "ftruncate": _resize,
    "fsync": _sync,
    "fdatasync": _sync,
    "rename": _rename,
    "link": _link,
    "unlink": _unlink,
    "mkdir": _mkdir,
    "rmdir": _unlink,
}


def opened(image: Image, template: Path, words: list[str], folder: Path) -> tuple[bool, str]:
    """Whether the act is in the image, and what is wrong with it (nothing: empty)."""
    with tempfile.TemporaryDirectory(dir=folder) as here:
        root = written(image.tree, Path(here) / "register")
        try:
            moved = head_of(root) != head_of(template)
            git(root, "fsck", "--strict")
        except AssertionError as error:
            return False, f"git does not open it: {error}"
        if image.answered and not moved:
            return moved, "what was answered is lost"
        return moved, _completed(root, template, words, moved)


def _completed(root: Path, template: Path, words: list[str], moved: bool) -> str:
    heard = unlocked(partial(ask, root, *CHECK))
    if heard.code != 0:
        return f"check ends in {heard.code}: {heard.out[-200:]}{heard.err[-300:]}"
    if not moved:
        if files(root) != files(template):
            return "the files are not as before"
        heard = unlocked(partial(ask, root, *words))
        if heard.code != 0:
            return f"the act again ends in {heard.code}: {heard.err[-300:]}"
    if git(root, "rev-parse", "HEAD^") != head_of(template):
        return "not one commit more"
    changed = git(root, "status", "--porcelain", "--", "registry")
    return f"not completed: {changed}" if changed else ""


if __name__ == "__main__":
    sys.exit(main())
