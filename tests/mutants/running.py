"""Tests that are collected once, and run in a forked child each time, until one fails."""

from __future__ import annotations

import os
import pickle
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.covering import (
    Places,
    Ran,
    loaded,
    remembering,
    seen,
    watch,
)

SURVIVED, NOT_TAKEN = "", "?"
Map = dict[str, Ran]
Answer = tuple[str, int]  # the test that failed, or none, and how many ran


class Putting:
    """A plugin of pytest that takes over once the tests are collected."""

    def __init__(self, then: Callable[[Putting], None]) -> None:
        self.then = then
        self.items: dict[str, pytest.Item] = {}
        self.config: Any = None
        self.failed = False
        self.lost = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.config, self.lost = session.config, session.testsfailed > 0
        self.then(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed

    def run(self, names: Sequence[str], seconds: float) -> Answer:
        """The first of the tests that fails (or none), and how many were run in that time."""
        end = time.process_time() + seconds
        chosen = [self.items[name] for name in names if name in self.items]
        for n, item in enumerate(chosen):
            following = chosen[n + 1] if n + 1 < len(chosen) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return item.nodeid, n + 1
            if time.process_time() > end:
                return SURVIVED, n + 1
        return SURVIVED, len(chosen)

    def into(self, folder: str) -> None:
        """Temporary files of the tests lie there."""
        self.config._tmp_path_factory._given_basetemp = Path(folder)
        self.config.pluginmanager.getplugin("terminalreporter")._tw._file = StringIO()


def file_of(test: str) -> str:
    """The file that a test stands in."""
    return test.partition("::")[0]


def collected(files: Sequence[str], then: Callable[[Putting], None]) -> int:
    """Collect the tests of the files in this process, and do something with them."""
    words = ["-q", "-n0", "-p", "no:cacheprovider", "-p", "no:randomly", *files]
    return int(pytest.main(words, plugins=[Putting(then)]))


def in_a_child(work: Callable[[str], object], seconds: float) -> Any:
    """What the work answers in a forked child of its own, with a folder; None where it died."""
    folder = tempfile.mkdtemp(dir=_room())
    answer = Path(folder) / "answer"
    child = os.fork()
    if child == 0:
        _aside(seconds)
        try:
            answer.write_bytes(pickle.dumps(work(f"{folder}/tests")))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        return SURVIVED, 0  # the machine was busy: that kills nobody
    try:
        return pickle.loads(answer.read_bytes()) if answer.exists() else None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _aside(seconds: float) -> None:
    """Say nothing, and end where it does not end."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    if not os.environ.get("B40_MUTANTS_LOUD"):
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    signal.alarm(int(seconds) * 40)


def _room() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def mapped(putting: Putting, folder: str, names: Sequence[str]) -> Map:
    """Each of these tests that passes, with the places it goes through."""
    putting.into(folder)
    watch(loaded())
    found: Map = {}
    bits, caches = Places(), remembering()
    for n, name in enumerate(names):
        for kept in caches:
            kept.cache_clear()
        seen.clear()
        begun, putting.failed = time.process_time(), False
        item, following = putting.items[name], names[n + 1] if n + 1 < len(names) else None
        item.config.hook.pytest_runtest_protocol(
            item=item, nextitem=putting.items[following] if following else None
        )
        if not putting.failed:
            found[name] = Ran(bits.number(seen), time.process_time() - begun)
    return found


def import_all(names: Iterable[str]) -> None:
    """Load every module, so that its functions are there to be broken."""
    for name in names:
        import_module(
            "b40cli." + name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        )
