"""`make mutants`: rules/ and model/ broken one place at a time; a test has to fail each time.

`B40_MUTANTS` of all are drawn by `B40_SEED` (`all`: every one), from the modules whose path begins
with `B40_MUTANTS_OF`; with `B40_MUTANTS_A_MODULE` so many of each module, that every room is
reached; the file `B40_MUTANTS_NAMED` names some instead, a line each. A mutant lives where every
test passes that goes through it. First it is put to those of rules/ and model/ and the cases, in
`B40_MUTANTS_SECONDS` of CPU; what lives through these, to all of the suite, in ten times that;
where this does not suffice it is not decided, and said so. Killed is what the suite kills; how many
the first did is said beside it. Those in survivors.txt live with a reason, and one that can change
no answer is counted apart. The map of which test goes where is kept in the file `B40_MUTANTS_MAP`,
where one is named.
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
from tests.mutants.judge import Judge, Verdict
from tests.mutants.operators import Mutant, mutants
from tests.mutants.running import (
    NOT_TAKEN,
    Putting,
    collected,
    file_of,
    import_all,
    in_a_child,
    mapped,
)

NARROW = (
    *("tests/test_cases.py", "tests/test_rule_pages.py", "tests/test_results.py"),
    *("tests/test_help.py", "tests/rules", "tests/model"),
)
# What breaks programs, starts the tool or copies it by itself, and what asks nothing of the law.
ASIDE = frozenset(
    f"test_{name}.py"
    for name in (
        *("mutants", "growth", "readme", "demo", "lazy", "kill", "race_and_kill", "stranger"),
        *("hostile_files", "fuzzing", "workflows", "comment", "architecture", "dialect"),
        *("gazetteer", "edit", "threat_model", "manual", "wrong_input", "sync", "in_the_way"),
    )
)
MAPPING = 3600.0
ENOUGH = 0.95
EQUIVALENT = "(equivalent"


def main() -> int:
    """Put the sample to the tests; 1 where too many live, or one of them without a reason."""
    everything = [m for name, text in modules().items() for m in mutants(name, text)]
    chosen = drawn(everything)
    narrow = frozenset(_files(NARROW))
    judge = Judge(float(os.environ.get("B40_MUTANTS_SECONDS", "10")), narrow)
    ended = judged(judge, chosen)
    alive = [str(each.mutant) for each in ended if not each.killer]
    cut_off = sum(not each.killer and each.ran < each.reached for each in ended)
    late = sum("::" in each.killer and file_of(each.killer) not in narrow for each in ended)
    known = reasons()
    equal = sum(EQUIVALENT in known.get(name, "") for name in alive)
    killed, of = len(ended) - len(alive), max(1, len(ended) - equal)
    print(*(f"lives: {name}  ## {known.get(name, 'no reason yet')}" for name in alive), sep="\n")
    print(
        f"{killed} of {of} mutants killed ({100 * killed / of:.1f} %), {killed - late} of them by"
        f" the first tests; {equal} more can change no answer; drawn from {len(everything)};"
        f" {len(set(alive) - known.keys())} live without a reason,"
        f" of {cut_off} not every test ran to its end"
    )
    return 1 if killed < ENOUGH * of or set(alive) - known.keys() else 0


def reasons() -> dict[str, str]:
    """Why a mutant may live: each with its reason, in survivors.txt."""
    lines = Path(__file__).with_name("survivors.txt").read_text("utf-8").splitlines()
    pairs = (line.partition("  ## ")[::2] for line in lines if "  ## " in line)
    return dict(pairs)


def drawn(everything: list[Mutant]) -> list[Mutant]:
    """The sample that the environment asks for, in the order of the draw.

    So what a run that is stopped has judged is a fair part of it.
    """
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
    return [those[n] for n in numbers]


def judged(judge: Judge, chosen: list[Mutant]) -> list[Verdict]:
    """All verdicts: functions first, by a process that has everything loaded; then the rest."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{folder}/hypothesis"
        answer = Path(folder) / "answer"
        child = os.fork()
        if child == 0:
            collected(_files(("tests",)), lambda putting: _inside(judge, chosen, putting, answer))
            os._exit(0)
        os.waitpid(child, 0)
        ended, judge.map, judge.kills = pickle.loads(answer.read_bytes())
        # Where no test goes it may have been asked at import, before it was broken.
        again = [e.mutant for e in ended if e.killer == NOT_TAKEN or not (e.killer or e.reached)]
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
    alive = 0
    for n, each in enumerate(verdicts, 1):
        alive += not each.killer
        if not each.killer:
            print(f"{n} lives after {each.ran} of {each.reached} tests: {each.mutant}", flush=True)
        elif n % 20 == 0:
            print(f"{n}, of which {alive} live", flush=True)
        yield each


def _files(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for here in map(Path, names):
        files = sorted(here.rglob("test_*.py")) if here.is_dir() else [here]
        found += [str(file) for file in files if file.name not in ASIDE]
    return found


if __name__ == "__main__":
    sys.exit(main())
