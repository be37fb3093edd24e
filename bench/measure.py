"""Running commands and comparing them: medians of interleaved runs, ratios within one run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

B40 = (sys.executable, "-c", "from b40cli.cli.main import run; run()")
TICK = 0.01
# An installed command has its bytecode; without it every run would compile the sources again.
SURROUNDINGS = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


class Ran(NamedTuple):
    """One run: milliseconds by the clock, and the peak memory in MB.

    `largest` is that of the largest process of the run, as the system counts it; `together` the
    largest sum seen over all its processes at once, where each counts what it shares in full.
    """

    ms: float
    largest: float
    together: float


class Contest(NamedTuple):
    """What is measured and beside what; `before` sets the stage for each run, untimed."""

    words: tuple[str, ...]
    folder: Path
    before: Callable[[], object] = lambda: None


def run(contest: Contest, *, watch: bool = False) -> Ran:
    """Run a command once; RuntimeError with what it said where it fails."""
    contest.before()
    begun = time.perf_counter()
    process = subprocess.Popen(
        contest.words,
        cwd=contest.folder,
        env=SURROUNDINGS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    together = _watched(process.pid) if watch else 0.0
    said = process.stderr.read() if process.stderr else b""
    _pid, status, usage = os.wait4(process.pid, 0)
    took = 1000 * (time.perf_counter() - begun)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{contest.words[-3:]} failed: {said.decode()[-500:]}")
    return Ran(took, usage.ru_maxrss / 1024, together)


def medians(contests: list[Contest], times: int) -> list[float]:
    """The median milliseconds of each, run in turns so that a busy moment meets all of them."""
    taken: list[list[float]] = [[] for _ in contests]
    for _ in range(times):
        for contest, found in zip(contests, taken, strict=True):
            found.append(run(contest).ms)
    return [median(found) for found in taken]


def _watched(pid: int) -> float:
    """The peak of memory over the process and its children, looked at every few milliseconds."""
    peak = 0.0
    while (now := sum(map(_memory, _family(pid)))) > 0:
        peak = max(peak, now)
        time.sleep(TICK)
    return peak


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(member for child in children for member in _family(int(child)))]


def _memory(pid: int) -> float:
    """Resident memory in MB; nothing for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    resident = next((line for line in lines if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(resident.split()[1]) / 1024
