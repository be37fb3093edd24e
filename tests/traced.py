"""An act of a forked child under strace, for what a system call can do to it.

The child is stopped before the act and goes on once strace is there, so that nothing of Python's
own beginning is traced. See faults.py and powercut.py.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from b40cli.cli.main import main as answer
from tests.cli.ready import CLOSE, ready_to_close
from tests.scenario import APPLY, ask

SUBMIT = f"application submit Mirnava --country SI {APPLY} --on 2026-03-10"
UNDO = "undo --on 2026-03-10"
ACTS = {"decision close": CLOSE, "application submit": SUBMIT, "undo": UNDO}
TALK = "talk.txt"
MINE, OWN = ("mine.txt", "registry/members/mine.yaml.bak"), b"a person's own\n"


class Ended(NamedTuple):
    """How the child ended (a signal is negative), and what it said."""

    code: int
    said: str


def missing() -> bool:
    """Whether there is no strace here, said so."""
    if shutil.which("strace") is not None:
        return False
    print("strace is missing: install it, nothing was looked at.")
    return True


def room() -> str | None:
    """Where many small files cost nothing."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def templates(folder: Path) -> Path:
    """A register where each act can be done, with work of a person's own in it."""
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    root = ready_to_close(folder / "template")
    for name in MINE:
        (root / name).write_bytes(OWN)
    for n, words in enumerate(ACTS.values()):
        warm = shutil.copytree(root, folder / f"warm{n}", symlinks=True)
        heard = ask(warm, *words.split())
        assert heard.code == 0, heard
    return root


def traced(root: Path, words: Sequence[str], strace: Sequence[str], **env: str) -> Ended:
    """Do the act in the folder; with options for strace, under it."""
    child = os.fork()
    if child == 0:
        os.environ.update(env)
        os.chdir(root)
        talk = os.open(_talk(root), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(talk, 1)
        os.dup2(talk, 2)
        sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8") for n in (1, 2))
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(answer(list(words)))
    os.waitpid(child, os.WUNTRACED)
    tracer = _attached(child, strace) if strace else None
    os.kill(child, signal.SIGCONT)
    status = os.waitpid(child, 0)[1]
    if tracer is not None:
        tracer.wait()
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    return Ended(code, _talk(root).read_text("utf-8", "replace"))


def _talk(root: Path) -> Path:
    return root.with_name(f"{root.name}.{TALK}")


def _attached(child: int, options: Sequence[str]) -> subprocess.Popen[bytes]:
    tracer = subprocess.Popen(
        ("strace", "-qq", "-p", str(child), *options), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    status = Path(f"/proc/{child}/status")
    while "TracerPid:\t0" in status.read_text() and tracer.poll() is None:
        time.sleep(0.002)
    return tracer
