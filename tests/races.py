"""`make races`: many clerks in one clone at one moment, and several clones with one bare remote.

Whatever each is told, every commit that was answered is in the history, the audit is clean, and git
finds nothing broken. `B40_RACES` is how often; the cities are shuffled by `B40_SEED`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from tests.invented import OTHERS, SEVEN, git, repository
from tests.scenario import whole

CLERKS = 20
CLONES = 5


def main() -> int:
    """Play the races; 1 where one lost what it had answered."""
    times, seed = (int(os.environ.get(name, n)) for name, n in (("B40_RACES", 1), ("B40_SEED", 40)))
    random, wrong = Random(seed), 0
    for n in range(times):
        with tempfile.TemporaryDirectory() as scratch:
            for what, race in (("one clone", one_clone), ("clones and a remote", clones)):
                told, lost = race(Path(scratch) / str(what), random)
                wrong += lost
                said = ", ".join(f"{count} {word}" for word, count in sorted(told.items()))
                print(f"{n + 1} {what}: {said}; {lost} lost or broken", flush=True)
    return 1 if wrong else 0


def one_clone(folder: Path, random: Random) -> tuple[Counter[str], int]:
    """Twenty processes act on one clone at one moment."""
    folder.mkdir()
    repository(folder, whole())
    cities = [random.choice((*SEVEN, *OTHERS)) for _ in range(CLERKS)]
    running = [
        begun(folder, "member", "set", c, "--phone", f"+1 {n}") for n, c in enumerate(cities)
    ]
    told = [ended(process) for process in running]
    commits = [each["commit"] for each in told if each.get("commit")]
    words = Counter("recorded" if each.get("commit") else why(each) for each in told)
    return words, lost(folder, commits)


def clones(folder: Path, random: Random) -> tuple[Counter[str], int]:
    """Five clones act and sync at one moment; the remote holds what was said to be sent."""
    folder.mkdir()
    first, hub = folder / "first", folder / "hub"
    first.mkdir()
    repository(first, whole())
    git(folder, "clone", "-q", "--bare", str(first), str(hub))
    cities = random.sample((*SEVEN, *OTHERS), CLONES)
    here = [folder / f"clone{n}" for n in range(CLONES)]
    for clone, city in zip(here, cities, strict=True):
        git(folder, "clone", "-q", str(hub), str(clone))
        ended(begun(clone, "member", "set", city, "--phone", "+1 2"))
    told = [ended(process) for process in [begun(clone, "sync") for clone in here]]
    sent = [each["commit"] for each in told if each.get("result", {}).get("state") == "sent"]
    words = Counter(each.get("result", {}).get("state") or why(each) for each in told)
    return words, lost(hub, sent) + lost(here[0], [])


def why(told: dict[str, Any]) -> str:
    """Why an act was not recorded, or a clone not synced, by the rule of what it was told."""
    return f"told {', '.join(sorted({found['rule'] for found in told['findings']}))}"


def begun(folder: Path, *words: str) -> subprocess.Popen[str]:
    """A command in a process of its own."""
    call = [sys.executable, "-m", "b40cli.cli.main", "-C", str(folder), *words, "--json"]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What it answered; nothing of a defect."""
    out, _ = process.communicate()
    answer: dict[str, Any] = json.loads(out) if out.strip() else {}
    assert process.returncode in (0, 1, 4), (process.returncode, out)
    return answer


def lost(folder: Path, commits: list[str]) -> int:
    """How many of the commits the history does not hold, and whether anything is broken."""
    held = set(git(folder, "rev-list", "HEAD").split())
    broken = subprocess.run(
        ["git", "fsck", "--strict"], cwd=folder, capture_output=True, check=False
    )
    audit = 0
    if (folder / ".git").exists():
        audit = ended(begun(folder, "audit")).get("ok") is not True
    return len(set(commits) - held) + (broken.returncode != 0) + audit


if __name__ == "__main__":
    sys.exit(main())
