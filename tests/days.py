"""The suite on other days: `python -m tests.days` (`make test-days`), a program of its own.

libfaketime shifts what the system tells of the time, to Python and to git alike, and time goes on
from there: every process is as far ahead as the others. Of each day: a look that the shift is one,
the demonstration, the benchmark in small (it only has to run), and the whole suite.
PYTEST_ADDOPTS narrows the suite down.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
ISTANBUL = ZoneInfo("Europe/Istanbul")
# After the year in which this was written, a day that few years have, the last minute of a year
# (minutes later it is over), and long after.
MOMENTS = ("2027-01-02T12:00", "2028-02-29T12:00", "2031-12-31T23:59", "2040-06-15T12:00")
TELLS = """
import subprocess, sys
from b40cli.cli.request.options import clock
git = ["git", "-C", sys.argv[1]]
subprocess.run([*git, "init", "-q"], check=True)
who = ["-c", "user.name=Clerk", "-c", "user.email=clerk@example.org"]
subprocess.run([*git, *who, "commit", "-q", "--allow-empty", "-m", "now"], check=True)
print(clock(), subprocess.check_output([*git, "log", "--format=%ct"], text=True).strip())
"""
SMALL = """
import pathlib, sys
from bench.rows import Stage, signatures, starting
folder = pathlib.Path(sys.argv[1])
folder.mkdir()
print(*starting(Stage(folder)), *signatures(Stage(folder)), sep="\\n")
"""


def main(moments: list[str]) -> int:
    """Run all of it at each moment; how many failed."""
    failed = [f"{moment}: {what}" for moment in moments or MOMENTS for what in _failing(moment)]
    print(*(failed or ["Every day is like the others."]), sep="\n")
    return len(failed)


def _failing(moment: str) -> Iterator[str]:
    shifted = _shifted(moment)
    _look(shifted, moment)
    with tempfile.TemporaryDirectory() as folder:
        parts = {
            "the demonstration": (
                "-m",
                "b40cli.cli.main",
                "demo",
                "--quiet",
                "--folder",
                f"{folder}/demo",
            ),
            "the benchmark in small": ("-c", SMALL, f"{folder}/bench"),
            "the suite": ("-m", "pytest", "-p", "no:cacheprovider"),
        }
        for what, words in parts.items():
            print(f"{moment}: {what}", flush=True)
            if subprocess.run((sys.executable, *words), cwd=ROOT, env=shifted).returncode:
                yield what


def _shifted(moment: str) -> Mapping[str, str]:
    """The environment in which it is that moment in Istanbul, and later by and by."""
    then = datetime.fromisoformat(moment).replace(tzinfo=ISTANBUL).timestamp()
    return {
        **os.environ,
        "LD_PRELOAD": str(_library()),
        "FAKETIME": f"+{ceil(then - time.time())}",
        # What is measured, and when a file was written, is nobody's day.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


def _library() -> Path:
    """What the package has compiled; the package itself is of no use, it starts Python anew."""
    found = find_spec("libfaketime")
    if found is None or found.origin is None:
        raise SystemExit("libfaketime is not installed: make test-days installs it.")
    return Path(found.origin).parent / "vendor/libfaketime/src/libfaketime.so.1"


def _look(shifted: Mapping[str, str], moment: str) -> None:
    """Python and git both have to tell the day; else the rest would prove nothing."""
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(
            (sys.executable, "-c", TELLS, folder),
            cwd=ROOT, env=shifted, capture_output=True, check=True, text=True,
        ).stdout.split()  # fmt: skip
    then = datetime.fromisoformat(moment).replace(tzinfo=ISTANBUL)
    committed = datetime.fromtimestamp(int(told[1]), ISTANBUL)
    late = (committed - then).total_seconds()
    if told[0] not in (str(then.date()), str(committed.date())) or not 0 <= late < 120:
        raise RuntimeError(f"The clock was not shifted to {moment}: {told}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
