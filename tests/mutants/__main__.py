"""`make mutants`: rules/ and model/ broken one place at a time; a test has to fail each time.

`B40_MUTANTS` of all are drawn by `B40_SEED` (`all`: every one), from the modules whose path begins
with `B40_MUTANTS_OF`; with `B40_MUTANTS_A_MODULE` so many of each module, that every room is
reached; the file `B40_MUTANTS_NAMED` names some instead, a line each. `B40_MUTANTS_TESTS` names
other tests than all. A mutant lives where every test passes that goes through it: first as many as
fit into `B40_MUTANTS_SECONDS` of CPU, then the others, in ten times that; where these do not
suffice it is not decided, and said so. Those in survivors.txt live with a reason. The map of which
test goes where is kept in the file `B40_MUTANTS_MAP`, where one is named.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from random import Random

from tests.mutants.covering import loaded, modules, remembering
from tests.mutants.operators import Mutant, mutants
from tests.mutants.running import (
    NOT_TAKEN,
    Judge,
    Putting,
    Verdict,
    collected,
    import_all,
    in_a_child,
    mapped,
)  # fmt: skip

TESTS = (
    *("tests/test_cases.py", "tests/test_rule_pages.py", "tests/test_results.py"),
    *("tests/test_help.py", "tests/rules", "tests/model", "tests/acts"),
)
# What breaks programs, or copies the tool, by itself; and two tables of every edit there is.
ASIDE = frozenset(f"test_{name}.py" for name in ("mutants", "growth", "resting", "readme", "demo"))
MAPPING = 3600.0
ENOUGH = 0.95


def main() -> int:
    """Put the sample to the tests; 1 where too many live, or one of them without a reason."""
    everything = [m for name, text in modules().items() for m in mutants(name, text)]
    chosen = drawn(everything)
    judge = Judge(float(os.environ.get("B40_MUTANTS_SECONDS", "10")))
    ended = judged(judge, chosen)
    alive = [str(each.mutant) for each in ended if not each.killer]
    cut_off = sum(not each.killer and each.ran < each.reached for each in ended)
    killed, known = len(ended) - len(alive), reasons()
    print(*(f"lives: {name}  ## {known.get(name, 'no reason yet')}" for name in alive), sep="\n")
    print(
        f"{killed} of {len(ended)} mutants killed ({100 * killed / len(ended):.1f} %),"
        f" drawn from {len(everything)}; {len(set(alive) - known.keys())} live without a reason,"
        f" of {cut_off} not every test ran to its end"
    )
    return 1 if killed < ENOUGH * len(ended) or set(alive) - known.keys() else 0


def reasons() -> dict[str, str]:
    """Why a mutant may live: each with its reason, in survivors.txt."""
    lines = Path(__file__).with_name("survivors.txt").read_text("utf-8").splitlines()
    pairs = (line.partition("  ## ")[::2] for line in lines if "  ## " in line)
    return dict(pairs)


def drawn(everything: list[Mutant]) -> list[Mutant]:
    """The sample that the environment asks for, in the order of the text."""
    named = os.environ.get("B40_MUTANTS_NAMED")
    if named:
        names = set(Path(named).read_text("utf-8").splitlines())
        return [m for m in everything if str(m) in names]
    of = os.environ.get("B40_MUTANTS_OF", "")
    those = [m for m in everything if m.module.startswith(of)]
    count, seed = os.environ.get("B40_MUTANTS", "200"), os.environ.get("B40_SEED", "40")
    each = os.environ.get("B40_MUTANTS_A_MODULE")
    if each:
        rooms = {m.module: [o for o in those if o.module == m.module] for m in those}
        return [m for room in rooms.values() for m in _some(room, int(each), f"{seed} {room[0]}")]
    return those if count == "all" else _some(those, int(count), int(seed))


def _some(those: list[Mutant], count: int, seed: int | str) -> list[Mutant]:
    numbers = Random(seed).sample(range(len(those)), min(count, len(those)))
    return [those[n] for n in sorted(numbers)]


def judged(judge: Judge, chosen: list[Mutant]) -> list[Verdict]:
    """All verdicts: functions first, by a process that has everything loaded; then the rest."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{folder}/hypothesis"
        answer = Path(folder) / "answer"
        child = os.fork()
        if child == 0:
            collected(_files(), lambda putting: _inside(judge, chosen, putting, answer))
            os._exit(0)
        os.waitpid(child, 0)
        ended, judge.map, judge.kills = pickle.loads(answer.read_bytes())
        # Where no test goes it may have been asked at import, before it was broken.
        again = [e.mutant for e in ended if e.killer == NOT_TAKEN or not (e.killer or e.ran)]
        done = [each for each in ended if each.mutant not in again]
        outside = [*(m for m in chosen if m.at_import), *again]
        return [*done, *told(judge.imported(mutant) for mutant in outside)]


def _inside(judge: Judge, chosen: list[Mutant], putting: Putting, answer: Path) -> None:
    import_all(modules((".",)))
    kept = Path(os.environ.get("B40_MUTANTS_MAP", os.devnull))
    digest, known = pickle.loads(kept.read_bytes()) if kept.is_file() else (None, {})
    judge.map = known if digest == judge.places.digest else {}
    new = [name for name in putting.items if name not in judge.map]
    judge.map |= in_a_child(lambda folder: mapped(putting, folder, new), MAPPING)
    kept.write_bytes(pickle.dumps((judge.places.digest, judge.map)))
    print(f"{len(judge.map)} tests of {len(putting.items)} pass", flush=True)
    judge.functions, judge.caches = loaded(), remembering()
    gc.freeze()  # what is frozen is found by nobody who looks for it
    ended = [*told(judge.loaded(putting, m) for m in chosen if not m.at_import)]
    answer.write_bytes(pickle.dumps((ended, judge.map, judge.kills)))


def told(verdicts: Iterable[Verdict]) -> Iterable[Verdict]:
    """Name what lives as soon as it is known."""
    for n, each in enumerate(verdicts, 1):
        if not each.killer:
            print(f"{n} lives after {each.ran} of {each.reached} tests: {each.mutant}", flush=True)
        elif n % 100 == 0:
            print(n, flush=True)
        yield each


def _files() -> list[str]:
    found: list[str] = []
    for name in os.environ.get("B40_MUTANTS_TESTS", "").split() or TESTS:
        here = Path(name)
        files = sorted(here.rglob("test_*.py")) if here.is_dir() else [here]
        found += [str(file) for file in files if file.name not in ASIDE]
    return found


if __name__ == "__main__":
    sys.exit(main())
