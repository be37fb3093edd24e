"""Real acts in processes of their own: side by side, cut off, or out of space. A program.

`python -m tests.cli.acting`, see test_race_and_kill.py, is told what to play, a line of JSON each:
[HOW, TEMPLATE, WORK, WORDS …]. TEMPLATE is copied to WORK/1, WORK/2, …; forked children answer the
words there, everything imported before.

  race   two acts (parted by `+`) that both have judged before either may write, six times
  kill   the act over and over, killed one step later each time, until one gets through
  full   the act with files limited to fewer and fewer bytes (RLIMIT_FSIZE)

It prints a line for each child: the folder's number, and how the child ended; and an empty one.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from b40cli.cli.main import main as answer
from tests.scenario import ask, pinned

RACES = 6
LIMITS = (0, 64, 200, 500, 1000, 2000, 8000, 1 << 20)
STEPS = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate"}


def main(how: str, template: Path, work: Path, words: Sequence[str]) -> None:
    """Copy, fork, and tell how each child ended."""
    _import_all(template, work / "warm", words)
    if how == "race":
        _races(template, work, words)
    elif how == "kill":
        _kills(template, work, words)
    else:
        _limits(template, work, words)


def _import_all(template: Path, folder: Path, words: Sequence[str]) -> None:
    """Do once what the children will do, so that no import of theirs is a step."""
    shutil.copytree(template, folder, symlinks=True)
    for part in " ".join(words).split(" + "):
        ask(folder, *part.split())


def _races(template: Path, work: Path, words: Sequence[str]) -> None:
    both = " ".join(words).split(" + ")
    for n in range(1, RACES + 1):
        root = _copied(template, work, n)
        children = []
        for who, act in enumerate(both):
            children.append(_forked(root, who, act.split(), partial(_meet, work, n, who)))
        for child in children:
            print(n, _ended(child), flush=True)


def _kills(template: Path, work: Path, words: Sequence[str]) -> None:
    for n in count(1):
        root = _copied(template, work, n)
        ended = _ended(_forked(root, 0, words, partial(_kill_at, f"{root}/", n)))
        print(n, ended, flush=True)
        if ended != -signal.SIGKILL:
            return


def _limits(template: Path, work: Path, words: Sequence[str]) -> None:
    for n, limit in enumerate(LIMITS, 1):
        root = _copied(template, work, n)
        print(n, _ended(_forked(root, 0, words, partial(_at_most, limit))), flush=True)


def _copied(template: Path, work: Path, n: int) -> Path:
    return Path(shutil.copytree(template, work / str(n), symlinks=True))


def _forked(root: Path, who: int, words: Sequence[str], prepare: Callable[[], None]) -> int:
    """A child that answers the words in the folder; what it says goes into files beside it."""
    child = os.fork()
    if child:
        return child
    os.chdir(root)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, name in ((1, "out"), (2, "err")):
        target = os.open(f"{root}.{who}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(target, stream)
    prepare()
    os._exit(answer(list(words)))


def _ended(child: int) -> int:
    status = os.waitpid(child, 0)[1]
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _meet(work: Path, n: int, who: int) -> None:
    """Wait for the other one where the lock of the working tree is about to be asked for."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and str(args[0]).endswith("/b40/lock"):
            mine, other = (work / f"{n}.{w}.ready" for w in (who, 1 - who))
            if mine.exists():
                return
            mine.mkdir()
            end = time.monotonic() + 20
            while not other.exists() and time.monotonic() < end:
                time.sleep(0.001)

    sys.addaudithook(hook)


def _kill_at(root: str, n: int) -> None:
    """Die before the n-th step that changes a file of the repository or starts a program."""
    seen = 0

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        writes = event == "open" and str(args[0]).startswith(root) and _writing(args)
        if writes or event in STEPS or event == "subprocess.Popen":
            seen += 1
            if seen == n:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def _writing(args: tuple[Any, ...]) -> bool:
    return bool(args[2] & (os.O_WRONLY | os.O_RDWR)) if isinstance(args[2], int) else True


def _at_most(limit: int) -> None:
    """Every write beyond so many bytes of a file fails, ours and git's; the talk goes to pipes.

    The limit would count files in memory, too, which a full disk leaves alone.
    """
    import resource

    if hasattr(os, "memfd_create"):
        del os.memfd_create
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


if __name__ == "__main__":
    with pinned():
        for told in sys.stdin:
            how, template, work, *words = json.loads(told)
            main(how, Path(template), Path(work), words)
            print(flush=True)
