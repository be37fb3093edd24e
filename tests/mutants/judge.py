"""A mutant put to the tests that go through it, in the order in which they are likely to fail.

A break in a function is put into the loaded code. One that is read at import has a child that has
not imported b40 yet, and a loader that breaks the module.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Any, NamedTuple

from tests.mutants.covering import (
    HOUSE,
    PROJECT,
    Functions,
    Places,
    exchange,
    modules,
    places,
    remembering,
)
from tests.mutants.operators import Mutant, broken
from tests.mutants.running import (
    NOT_TAKEN,
    SURVIVED,
    Answer,
    Map,
    Putting,
    collected,
    file_of,
    in_a_child,
)

# How much longer than at first what lives is put to the tests that are left.
LONGER = 10
# CPU that one test may need: what is ended before that was no endless loop.
ONE_TEST = 30
# Each of their tests makes what it asks by itself.
ALONE = frozenset({"tests/test_cases.py", "tests/test_help.py", "tests/test_results.py"})
# They read what is said at import, of rules, points and results, and enter no function of it.
READERS = {
    "rules": ("tests/test_rule_pages.py", "tests/rules/test_rule_sets.py", "tests/test_cases.py"),
    "model": ("tests/test_results.py", "tests/test_help.py"),
}
Put = Callable[[Sequence[str], float], Answer | None]


class Verdict(NamedTuple):
    """What became of a mutant: the test that failed (none: it lives), and how many ran of those
    that go through it.
    """

    mutant: Mutant
    killer: str
    ran: int
    reached: int


class Judge:
    """Puts mutants to the tests that go through them, those first that killed others nearby."""

    def __init__(self, seconds: float, narrow: frozenset[str]) -> None:
        self.seconds, self.narrow = seconds, narrow
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
        files = {file_of(name) for name in inside}
        near, here = self.kills[mutant.module], self.kills[mutant.module + mutant.where]
        words = Path(mutant.module).stem.split("_")  # of art14_people: the cases of art14/

        def rank(name: str) -> tuple[int, bool, int, int, bool, float]:
            ran = self.map[name]
            much = (ran.places.bit_count() + 1) / ((ran.places & own).bit_count() + 1)
            cost = (self.cost(name) + 0.002) * much
            read = readers.get(file_of(name), len(readers))
            named = any(word in name for word in words)
            return read, name not in inside, -here[name], -near[name], not named, cost

        asked = mutant.at_import or not inside  # a function that is called at import alone
        reading = READERS[mutant.module.split("/", 1)[0]] if asked else ()
        readers = {file: n for n, file in enumerate(reading)}
        files = files - ALONE | readers.keys()
        beside = {name for name in self.map if file_of(name) in files}
        return sorted(inside | beside, key=rank), len(inside)

    def cost(self, name: str) -> float:
        """The seconds of a test that runs alone: the first of a file made what all of it use."""
        if not self.first:
            for each in self.map:
                self.first.setdefault(file_of(each), self.map[each].seconds)
        return self.map[name].seconds + self.first[file_of(name)]

    def told(self, mutant: Mutant, answer: Answer | None, reached: int) -> Verdict:
        """Keep who killed it."""
        killer, ran = answer if answer is not None else ("it never ended, or died", 0)
        if killer and killer != NOT_TAKEN:
            self.kills[mutant.module][killer] += 1
            self.kills[mutant.module + mutant.where][killer] += 1
        return Verdict(mutant, killer, ran, reached)

    def judged(self, mutant: Mutant, put: Put) -> Verdict:
        """Put to the narrow tests, and what lives through them to all that are left."""
        names, reached = self.tests(mutant)
        first = [name for name in names if file_of(name) in self.narrow]
        answer = put(first, self.seconds)
        if answer is not None and answer[0] == SURVIVED:
            print(f"lives through {answer[1]} of the first tests: {mutant}", flush=True)
            done = frozenset(first[: answer[1]])
            # The cheapest first: so most of them are asked in the time there is.
            near, beside = names[:reached], names[reached:]
            left = (*sorted(near, key=self.cost), *beside)
            rest = [name for name in left if name not in done]
            answer = put(rest, LONGER * self.seconds) if rest else (SURVIVED, 0)
            answer = answer and (answer[0], len(done) + answer[1])
        return self.told(mutant, answer, reached)

    def loaded(self, putting: Putting, mutant: Mutant) -> Verdict:
        """A mutant of a function, in the code that is loaded."""

        def work(folder: str, names: Sequence[str], seconds: float) -> Answer:
            putting.into(folder)
            tree = broken(self.texts[mutant.module], mutant)
            if mutant.where not in exchange(self.functions, mutant.module, tree):
                return NOT_TAKEN, 0
            for kept in self.caches:
                kept.cache_clear()
            return putting.run(names, seconds)

        def put(names: Sequence[str], seconds: float) -> Answer | None:
            answer: Answer | None = in_a_child(
                lambda folder: work(folder, names, seconds), 3 * seconds + ONE_TEST
            )
            return answer

        return self.judged(mutant, put)

    def imported(self, mutant: Mutant, most: int = 2000) -> Verdict:
        """A mutant that is read at import, in a child that has imported nothing."""

        def work(folder: str, names: Sequence[str], seconds: float) -> Answer:
            sys.meta_path.insert(0, _Breaking(mutant, self.texts[mutant.module]))
            ended: list[Answer] = []

            def then(putting: Putting) -> None:
                putting.into(folder)
                lost = ("the import", 0)
                ended.append(lost if putting.lost else putting.run(names, seconds))

            # Where no test goes through it the import itself is asked all the same.
            code = collected(sorted({*map(file_of, names)}) or ["tests/test_cases.py"], then)
            return ended[0] if ended else (f"the import, exit {code}", 0)

        def put(names: Sequence[str], seconds: float) -> Answer | None:
            answer: Answer | None = in_a_child(
                lambda folder: work(folder, names[:most], seconds), 3 * seconds + ONE_TEST
            )
            return answer

        return self.judged(mutant, put)


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
