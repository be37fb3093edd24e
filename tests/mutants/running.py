"""Tests put to mutants: collected once, then a forked child for each, until one test fails.

A break in a function is put into the loaded code. One that is read at import has a child that has
not imported b40 yet, and a loader that breaks the module.
"""

from __future__ import annotations

import os
import pickle
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.mutants.covering import (
    HOUSE,
    PROJECT,
    Functions,
    Places,
    Ran,
    exchange,
    loaded,
    modules,
    places,
    remembering,
    seen,
    watch,
)
from tests.mutants.operators import Mutant, broken

SURVIVED, NOT_TAKEN = "", "?"
# How much longer than at first what lives is put to the tests that are left.
LONGER = 10
# They read what is said at import, of rules, points and results, and enter no function of it.
READERS = {
    "rules": ("tests/test_rule_pages.py", "tests/rules/test_rule_sets.py", "tests/test_cases.py"),
    "model": ("tests/test_results.py", "tests/test_help.py"),
}
Map = dict[str, Ran]


class Verdict(NamedTuple):
    """What became of a mutant: the test that failed (none: it lives), and how many ran of those
    that go through it.
    """

    mutant: Mutant
    killer: str
    ran: int
    reached: int


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

    def run(self, names: Sequence[str], seconds: float) -> tuple[str, int]:
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


class Judge:
    """Puts mutants to the tests that go through them, those first that killed others nearby."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.map: Map = {}
        self.kills: dict[str, Counter[str]] = defaultdict(Counter)
        self.texts = modules()
        self.where = {name: places(name, text) for name, text in self.texts.items()}
        self.functions: Functions = {}
        self.caches = remembering()
        self.places = Places()
        self.first: dict[str, float] = {}

    def tests(self, mutant: Mutant) -> tuple[list[str], int]:
        """The tests for a mutant, in the order in which they are tried; how many go through it.

        What is read at import is everywhere in its module, and where that is imported. Behind those
        that go through the place stand the others of their files: they may have been told what an
        earlier one had found out.
        """
        own = self.places.module[mutant.module]
        place = self.where[mutant.module].get(mutant.node)
        if mutant.at_import:
            bits = own | self.places.users.get(mutant.module, 0)
        else:
            bits = self.places.number([place] if place else []) or own
        inside = {name for name, ran in self.map.items() if ran.places & bits}
        files = {name.partition("::")[0] for name in inside}
        near, here = self.kills[mutant.module], self.kills[mutant.module + mutant.where]
        words = Path(mutant.module).stem.split("_")  # of art14_duties: the cases of art14/

        def rank(name: str) -> tuple[int, bool, int, int, bool, float]:
            ran = self.map[name]
            much = (ran.places.bit_count() + 1) / ((ran.places & own).bit_count() + 1)
            cost = (self.cost(name) + 0.002) * much
            read = readers.get(name.partition("::")[0], len(readers))
            named = any(word in name for word in words)
            return read, name not in inside, -here[name], -near[name], not named, cost

        asked = mutant.at_import or not inside  # a function that is called at import alone
        reading = READERS[mutant.module.split("/", 1)[0]] if asked else ()
        readers = {file: n for n, file in enumerate(reading)}
        files.update(readers)
        beside = {name for name in self.map if name.partition("::")[0] in files}
        return sorted(inside | beside, key=rank), len(inside)

    def cost(self, name: str) -> float:
        """The seconds of a test that runs alone: the first of a file made what all of it use."""
        if not self.first:
            for each in self.map:
                self.first.setdefault(each.partition("::")[0], self.map[each].seconds)
        return self.map[name].seconds + self.first[name.partition("::")[0]]

    def told(self, mutant: Mutant, answer: tuple[str, int] | None, reached: int) -> Verdict:
        """Keep who killed it."""
        killer, ran = answer if answer is not None else ("it never ended, or died", 0)
        if killer and killer != NOT_TAKEN:
            self.kills[mutant.module][killer] += 1
            self.kills[mutant.module + mutant.where][killer] += 1
        return Verdict(mutant, killer, ran, reached)

    def loaded(self, putting: Putting, mutant: Mutant) -> Verdict:
        """A mutant of a function, in the code that is loaded."""
        names, reached = self.tests(mutant)

        def work(folder: str, first: int, last: int, seconds: float) -> tuple[str, int]:
            putting.into(folder)
            tree = broken(self.texts[mutant.module], mutant)
            if mutant.where not in exchange(self.functions, mutant.module, tree):
                return NOT_TAKEN, 0
            for kept in self.caches:
                kept.cache_clear()
            return putting.run(names[first:last], seconds)

        def put(first: int, last: int, seconds: float) -> tuple[str, int] | None:
            answer: tuple[str, int] | None = in_a_child(
                lambda folder: work(folder, first, last, seconds), 3 * seconds
            )
            return answer

        answer = put(0, len(names), self.seconds)
        if answer and not answer[0] and answer[1] < reached:
            first = answer[1]
            more = put(first, reached, LONGER * self.seconds)
            answer = more and (more[0], first + more[1])
        return self.told(mutant, answer, reached)

    def imported(self, mutant: Mutant, most: int = 2000) -> Verdict:
        """A mutant that is read at import, in a child that has imported nothing."""
        names, reached = self.tests(mutant)
        names = names[:most]
        # Where no test goes through it the import itself is asked all the same.
        files = sorted({name.partition("::")[0] for name in names}) or ["tests/test_cases.py"]

        def work(folder: str) -> tuple[str, int]:
            sys.meta_path.insert(0, _Breaking(mutant, self.texts[mutant.module]))
            ended: list[tuple[str, int]] = []

            def then(putting: Putting) -> None:
                putting.into(folder)
                lost = ("the import", 0)
                ended.append(lost if putting.lost else putting.run(names, self.seconds))

            code = collected(files, then)
            return ended[0] if ended else (f"the import, exit {code}", 0)

        return self.told(mutant, in_a_child(work, 3 * self.seconds + 10), reached)


class _Breaking(MetaPathFinder):
    """Finds one module, and breaks it."""

    def __init__(self, mutant: Mutant, source: str) -> None:
        path = HOUSE / mutant.module
        parts = path.relative_to(PROJECT).with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self.loader = _Broken(self.name, str(path), mutant, source)

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> Any:
        if fullname != self.name:
            return None
        return spec_from_file_location(fullname, self.loader.path, loader=self.loader)


class _Broken(SourceFileLoader):
    def __init__(self, name: str, path: str, mutant: Mutant, source: str) -> None:
        super().__init__(name, path)
        self.tree = broken(source, mutant)

    def get_code(self, _fullname: str) -> Any:
        return compile(self.tree, str(self.path), "exec", dont_inherit=True)


def import_all(names: Iterable[str]) -> None:
    """Load every module, so that its functions are there to be broken."""
    for name in names:
        import_module(
            "b40cli." + name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        )
