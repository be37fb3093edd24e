"""Run record() over and over, each time cut off one step later. A program: see test_kill.py.

`python -m tests.store.cutting HOW TEMPLATE WORK` copies TEMPLATE to WORK/1, WORK/2, … and lets a
forked child record an act there, until one gets through untouched. HOW is:

  kill, once, full
      by an audit hook before the n-th step of Python that changes a file or starts a process:
      SIGKILL, one OSError, or an OSError as of a full disk from there on
  git-before, git-after, git-fails
      by the `git` that stands first on PATH, at the n-th call of git (see SHIM)

It prints a line for each: the number, and how the child ended.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path
from typing import Any

from b40cli.model.errors import ConflictError, HalfDone
from b40cli.store.git import checkout as placing
from b40cli.store.git import commit, following, history, journal, working
from b40cli.store.git.repository import Repository
from tests.store.checkout import NEW, A

PRELOADED = (commit, following, history, journal, placing, working)
MESSAGE = "decision: close EC-2026-001\n\nB40-Act: decision close\n"
ACT = {A: b"id: bg-plovdiv\nname: Plovdiv\n", NEW: b"id: EC-2026-001\n" * 500}
STEPS = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"}
THROUGH, CONFLICT, HALF = 0, 4, 5

SHIM = """#!/bin/sh
[ -n "$CUT_AT" ] || exec "$REAL_GIT" "$@"
n=1
while ! mkdir "$CUT_COUNT/$n" 2>/dev/null; do n=$((n + 1)); done
[ "$n" = "$CUT_AT" ] || exec "$REAL_GIT" "$@"
touch "$CUT_COUNT/fired"
case "$CUT_HOW" in
git-before) kill -9 $PPID; sleep 0.05; exit 1 ;;
git-after) kill -9 $PPID; "$REAL_GIT" "$@"; touch "$CUT_COUNT/ended" ;;
git-fails) echo "fatal: cannot write: No space left on device" >&2; exit 128 ;;
esac
"""


def main(how: str, template: Path, work: Path) -> None:
    """Sweep until an act gets through."""
    import subprocess  # noqa: F401 - loaded before the fork, so that no import is a step

    for n in count(1):
        root = work / str(n)
        shutil.copytree(template, root, symlinks=True)
        (work / f"{n}.count").mkdir()
        child = os.fork()
        if child == 0:
            os._exit(_attempt(how, root, work / f"{n}.count", n))
        status = os.waitpid(child, 0)[1]
        ended = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        print(n, ended, flush=True)
        if not (work / f"{n}.count/fired").exists():
            return


def _attempt(how: str, root: Path, counted: Path, n: int) -> int:
    repo = Repository.find(root)
    parent = repo.head()
    if how.startswith("git-"):
        os.environ.update(CUT_AT=str(n), CUT_HOW=how, CUT_COUNT=str(counted))
    else:
        _cut_at(how, str(root), counted, n)
    try:
        repo.record(ACT, MESSAGE, parent=parent)
    except HalfDone:
        return HALF
    except ConflictError:
        return CONFLICT
    return THROUGH


def _cut_at(how: str, root: str, counted: Path, n: int) -> None:
    seen = 0

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        writes = event == "open" and str(args[0]).startswith(f"{root}/") and _writing(args)
        if not (writes or event in STEPS or (event == "subprocess.Popen" and how != "full")):
            return
        seen += 1
        if seen == n:
            (counted / "fired").touch()
        if seen == n and how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        frees = event in ("os.remove", "os.rmdir")
        if (seen == n and how == "once") or (seen >= n and how == "full" and not frees):
            raise OSError(errno.ENOSPC, "No space left on device")

    sys.addaudithook(hook)


def _writing(args: tuple[Any, ...]) -> bool:
    return bool(args[2] & (os.O_WRONLY | os.O_RDWR)) if isinstance(args[2], int) else True


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
