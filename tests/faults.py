"""`make faults`: every traced system call of three acts, broken: an error, a full disk, a kill.

Each act is first done once under strace, which lists the calls of b40 and of every git that it
starts. Then it is done again and again, one call broken each time; afterwards all is as before, or
the commit is whole once any next command has completed it. `B40_FAULTS` of them are drawn by
`B40_SEED` (`all`: every one, hours). Beside them every call of git in sixteen commands dies or says
nothing, and none of that is read as an answer: see unanswered.py.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.cli.ready import head_of
from tests.scenario import Heard, ask, pinned
from tests.store.checkout import files, git, snapshot
from tests.traced import ACTS, MINE, OWN, Ended, missing, room, templates, traced
from tests.unanswered import COMMANDS, complaints

WRITING = (
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "mkdir",
    "link",
    "linkat",
    "rename",
    "symlink",
)
READING = (
    *("openat", "read", "pread64", "close", "newfstatat", "lseek", "getdents64", "readlink"),
    *("unlink", "unlinkat", "rmdir", "chmod", "fchmod", "ftruncate", "flock", "fcntl", "chdir"),
    *("execve", "vfork", "clone", "clone3", "pipe2", "poll", "wait4"),
)
CALLS = (*WRITING, *READING)
OURS = "b40"
# The git that stands first on PATH: the call of git that is to be broken (its words, and which of
# those with the same words) runs under strace, or all of them do while the calls are listed.
SHIM = """#!/bin/sh
key=$(printf %s "$*" | cksum | cut -d' ' -f1)
n=1
while ! mkdir "$FAULT_COUNT/$key.$n" 2>/dev/null; do n=$((n + 1)); done
case "$FAULT_AT" in
all) exec strace -qq -e trace="$FAULT_CALLS" -o "$FAULT_COUNT/$key.$n/trace" "$REAL_GIT" "$@" ;;
"$key.$n") exec strace -qq -e trace="$FAULT_CALL" -e inject="$FAULT_CALL:$FAULT_HOW" \
    -o "$FAULT_COUNT/fired" "$REAL_GIT" "$@" ;;
*) exec "$REAL_GIT" "$@" ;;
esac
"""
DONE, HALF, DEFECT, KILLED = 0, 5, 70, -9


class Fault(NamedTuple):
    """The n-th call of this name in one process of an act, and what happens to it."""

    act: str
    process: str
    call: str
    nth: int
    how: str

    def __str__(self) -> str:
        return f"{self.act}, {self.process}, {self.call} {self.nth}: {self.how}"


class Bench(NamedTuple):
    """Where the acts are done."""

    folder: Path
    template: Path


def main() -> int:
    """Break the calls; 1 where an act was lost or half, or ended as a defect of the tool."""
    if missing():
        return 1
    count, seed = os.environ.get("B40_FAULTS", "150"), int(os.environ.get("B40_SEED", "40"))
    with tempfile.TemporaryDirectory(dir=room()) as scratch, pinned():
        bench = prepared(Path(scratch), templates(Path(scratch)))
        known = [fault for act in ACTS for fault in faults(bench, act)]
        chosen = (
            known if count == "all" else Random(seed).sample(known, min(int(count), len(known)))
        )
        ended: Counter[str] = Counter()
        wrong = []
        for fault in chosen:
            told, complaint = broken(bench, fault)
            ended[told] += 1
            if complaint:
                wrong.append(complaint)
                print(f"{fault}: {complaint}", flush=True)
        print(f"{len(chosen)} of {len(known)} faults of {len(ACTS)} acts: {len(wrong)} wrong;",
              ", ".join(f"{told} {n}" for told, n in sorted(ended.items())))  # fmt: skip
        spoken = list(complaints(bench.template, bench.folder / "silent"))
    silent = [complaint for complaint in spoken if complaint]
    print(*silent, sep="\n", end="\n" if silent else "")
    print(
        f"{len(spoken)} calls of git killed, or ended without a word, in {len(COMMANDS)} commands:"
        f" {len(silent)} read as an answer"
    )
    return 1 if wrong or silent else 0


def prepared(folder: Path, template: Path) -> Bench:
    """The register, and the git that is called instead of git."""
    shims = folder / "bin"
    shims.mkdir()
    os.environ.setdefault("REAL_GIT", shutil.which("git") or "")
    (shims / "git").write_text(SHIM)
    (shims / "git").chmod(0o755)
    return Bench(folder, template)


def faults(bench: Bench, act: str) -> Iterator[Fault]:
    """Every fault there is in an act, by one run in which all its calls are listed."""
    root, counted = _copied(bench)
    listed = counted / "trace"
    ended = traced(root, ACTS[act].split(), ("-e", f"trace={','.join(CALLS)}", "-o", str(listed)),
                   **_env(bench, counted, "all"))  # fmt: skip
    assert ended.code == DONE, ended
    for process, trace in [(OURS, listed), *((t.parent.name, t) for t in counted.glob("*/trace"))]:
        names = Counter(re.findall(r"^(\w+)\(", trace.read_text("utf-8", "replace"), re.MULTILINE))
        for call in CALLS:
            for n in range(names[call]):
                yield from (Fault(act, process, call, n + 1, how) for how in _hows(call))
    shutil.rmtree(root.parent, ignore_errors=True)


def _hows(call: str) -> Iterator[str]:
    yield "error=EIO"
    yield "signal=KILL"
    if call in WRITING:
        yield "error=ENOSPC"


def broken(bench: Bench, fault: Fault) -> tuple[str, str]:
    """How the act ended with this fault, and what is wrong afterwards (nothing: empty)."""
    root, counted = _copied(bench)
    words, inject = ACTS[fault.act].split(), f"{fault.how}:when={fault.nth}"
    fired = counted / "fired"
    if fault.process == OURS:
        options = (
            "-e",
            f"trace={fault.call}",
            "-e",
            f"inject={fault.call}:{inject}",
            "-o",
            str(fired),
        )
        ended = traced(root, words, options)
    else:
        env = _env(bench, counted, fault.process, FAULT_CALL=fault.call, FAULT_HOW=inject)
        ended = traced(root, words, (), **env)
    hit = fired.exists() and re.search(
        "INJECTED|killed by SIGKILL", fired.read_text("utf-8", "replace")
    )
    wrong = _wrong(root, bench.template, ACTS[fault.act], ended)
    shutil.rmtree(root.parent, ignore_errors=True)
    return f"exit {ended.code}" if hit else f"not reached, exit {ended.code}", wrong


def _copied(bench: Bench) -> tuple[Path, Path]:
    folder = Path(tempfile.mkdtemp(dir=bench.folder))
    (folder / "count").mkdir()
    shutil.copytree(bench.template, folder / "register", symlinks=True)
    return folder / "register", folder / "count"


def _env(bench: Bench, counted: Path, at: str, **more: str) -> dict[str, str]:
    calls = {"FAULT_COUNT": str(counted), "FAULT_AT": at, "FAULT_CALLS": ",".join(CALLS)}
    return {**calls, "PATH": f"{bench.folder / 'bin'}:{os.environ['PATH']}", **more}


def _wrong(root: Path, template: Path, words: str, ended: Ended) -> str:
    """What is not as it should be; empty where nothing is."""
    if ended.code == DEFECT or "Traceback" in ended.said:
        return f"exit {ended.code}: {ended.said.strip()[-300:]}"
    moved = head_of(root) != head_of(template)
    if ended.code != KILLED and moved != (ended.code in (DONE, HALF)):
        return f"exit {ended.code}, and HEAD {'moved' if moved else 'stands'}: {ended.said[-300:]}"
    if ended.code == DONE and git(root, "status", "--porcelain", "--", "registry"):
        return "exit 0, and the files are not in place"
    return _completed(root, template, words, moved)


def _completed(root: Path, template: Path, words: str, moved: bool) -> str:
    """Any next command: a check, then the act again where it was not done."""
    heard = unlocked(partial(ask, root, "check", "--on", "2026-03-10"))
    if heard.code != DONE:
        return f"the next check ends in {heard.code}: {heard.err[-300:]}"
    if not moved:
        if snapshot(root) != snapshot(template):
            return "not as before"
        heard = unlocked(partial(ask, root, *words.split()))
        if heard.code != DONE:
            return f"the act again ends in {heard.code}: {heard.err[-300:]}"
    if head_of(root) == head_of(template) or git(root, "rev-parse", "HEAD^") != head_of(template):
        return "not one commit more"
    if git(root, "status", "--porcelain", "--", "registry"):
        return "the next command did not complete it"
    if any(files(root).get(name) != OWN for name in MINE):
        return "a person's own file is not what it was"
    git(root, "fsck", "--strict")
    return ""


def unlocked(act: partial[Heard]) -> Heard:
    """The act again, the lock of a git that was killed taken away where it is named."""
    for _ in range(3):
        heard = act()
        named = re.search(r"delete\s+(/\S+\.lock),\s+then\s+repeat", heard.err)
        if named is None:
            return heard
        Path(named[1]).unlink()
    return act()


if __name__ == "__main__":
    sys.exit(main())
