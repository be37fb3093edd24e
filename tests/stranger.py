"""`make hostile`: a stranger's zip of a register under strace: git and b40 alone run.

Four parts, each over tests/traps.py: the whole scripted year (every command, reads and acts) in
repositories with every trap at once; each documented key of git by itself; seeded handfuls of keys;
and a state folder that means harm. Nothing may run but git and python, nothing outside the register
may change, and no command may answer otherwise than it does at home. `B40_SEED` draws the values,
`B40_HOSTILE` is how many handfuls. Needs strace, zip and unzip, and says so where they are missing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

from b40cli.cli.commands import rows
from tests import traps
from tests.invented import git, repository
from tests.scenario import SHIPPED, STEPS, TODAY, ask, pinned, stage, whole

PROJECT = Path(__file__).parents[1]
TRACED = "trace=execve,unlink,unlinkat,rename,renameat,renameat2"
CALL = re.compile(r"\d+ +(?P<name>\w+)\((?P<args>.*)\) += (?P<ended>-?\d+)")
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
MARK = "/b40-asks/"
OURS = re.compile(r"git(?:-[a-z-]+)?|python[0-9.]*|b40")
# Git itself may be made to start these.
GIT_STARTS = ("fsmonitor--daemon", "maintenance", "gc", "remote-ext", "credential", "difftool")
SYNCS = "sync"
ACT = "member set hr-kamenik --phone +35932656701 --on 2026-04-20"


class Asked(NamedTuple):
    """One command: in which folder, and how it may end; `config` is put in place before."""

    folder: str
    words: str
    codes: tuple[int, ...]
    config: str = ""
    shipped: bool = False


def main() -> int:
    """Play all parts; 1 where anything else ran, or anything outside was touched."""
    missing = [name for name in ("strace", "zip", "unzip") if shutil.which(name) is None]
    if missing:
        print(f"{', '.join(missing)} missing: install it, nothing was looked at.")
        return 1
    seed, handfuls = (int(os.environ.get(n, d)) for n, d in (("B40_SEED", 40), ("B40_HOSTILE", 40)))
    wrong = 0
    for number, (what, part) in enumerate(PARTS):
        with tempfile.TemporaryDirectory() as scratch, pinned():
            place = Place.of(Path(scratch).resolve())
            asked = list(part(place, Random(f"{seed}-{number}"), handfuls))
            found = looked_at(place, asked)
            wrong += len(found)
            words = {a.words.partition(" --")[0] for a in asked}
            print(f"{what}: {len(asked)} asked, {len(words)} commands, {len(found)} wrong")
            print("".join(f"  {line[:400]}\n" for line in found[:30]), end="", flush=True)
    told = (
        f"{len(traps.documented())} keys of git ({len(traps.telling())} of them speak of programs"
    )
    print(f"{told} or paths), {len(traps.hooks())} hooks, {len(traps.variables())} variables")
    return 1 if wrong else 0


class Place(NamedTuple):
    """Where a part is played: what is unpacked, what runs leave marks in, what lies outside."""

    scratch: Path
    ran: Path
    outside: Path

    @classmethod
    def of(cls, scratch: Path) -> Place:
        """Its folders, made."""
        place = cls(scratch, scratch / "ran", scratch / "outside")
        for folder in (place.ran, place.outside, scratch / "home"):
            folder.mkdir()
        (place.outside / "precious").write_text("of somebody else\n")
        return place


def every_command(place: Place, random: Random, _handfuls: int) -> Iterator[Asked]:
    """The scripted year in folders that came out of a zip, with every trap at once."""
    stage(place.scratch)
    for name in ("whole", "partial"):
        traps.lay(place.scratch / name, place.ran, random, traps.documented())
        zipped(place.scratch, name)
    for step in STEPS:
        codes = (1, 2, 3, 4) if step.words == SYNCS else (step.code,)
        yield Asked(step.folder, step.words, codes, shipped=step.name == "demo")
    assert {row.words for row in rows()} <= {_command(step.words) for step in STEPS}


def each_key(place: Place, random: Random, _handfuls: int) -> Iterator[Asked]:
    """One key at a time, so that none hides behind another."""
    (place.scratch / "one").mkdir()
    repository(place.scratch / "one", whole())
    for key in traps.documented():
        said = traps.setting(key, traps.value(random, place.ran, key))
        yield Asked("one", random.choice((*READ_ANYWHERE, f"{ACT} --dry-run")), (0, 1), said)


def handfuls(place: Place, random: Random, many: int) -> Iterator[Asked]:
    """Some keys together, all hooks and attributes, and a remote by path with traps of its own."""
    for n in range(many):
        name = f"handful{n}"
        (place.scratch / name).mkdir()
        repository(place.scratch / name, whole())
        shared = place.scratch / f"{name}.git"
        git(place.scratch, "clone", "-q", "--bare", name, str(shared))
        chosen = tuple(random.sample(traps.documented(), 25))
        traps.lay(place.scratch / name, place.ran, random, chosen)
        traps.hang(shared / "hooks", place.ran)
        with (shared / "config").open("a") as config:
            config.write(traps.settings(random, place.ran, traps.SERVING))
        with (place.scratch / name / ".git/config").open("a") as config:
            config.write(traps.setting("remote.shared.url", str(shared)))
        zipped(place.scratch, name)
        for words in (random.choice(READ_ANYWHERE), ACT, "sync --remote shared", "audit"):
            yield Asked(name, words, (0, 1, 2, 4) if words.startswith("sync") else (0, 1))


def hostile_state(place: Place, random: Random, _handfuls: int) -> Iterator[Asked]:
    """A journal, caches and links in .git/b40 that name what is outside."""
    for name, lay in STATES.items():
        (place.scratch / name).mkdir()
        repository(place.scratch / name, whole())
        state = place.scratch / name / ".git/b40"
        state.mkdir()
        lay(state, place.outside)
        zipped(place.scratch, name)
        for words in (*random.sample(READ_ANYWHERE, 4), "check", ACT, "undo", "check"):
            yield Asked(name, words, (0, 1, 2, 3, 4))


READ_ANYWHERE = (
    *("roll", "quorum", "status", "log", "member list", "check", "check --base HEAD", "audit"),
    *("review HEAD..HEAD", "fmt --check", "duty list", "doctor", "search kamenik"),
    *("city kamenik", "show hr-kamenik", "statutes show", "committee show", "presidency plan"),
    *("member dossier xk-gurmal", "export json", "trust signers", "report activity"),
)


def _journal(text: str) -> Callable[[Path, Path], None]:
    def lay(state: Path, outside: Path) -> None:
        (state / "journal").write_text(text.replace("OUTSIDE", str(outside / "precious")))

    return lay


def _linked(name: str, goal: str) -> Callable[[Path, Path], None]:
    return lambda state, outside: (state / name).symlink_to(outside / goal)


def _elsewhere(state: Path, outside: Path) -> None:
    state.rmdir()
    state.symlink_to(outside)


def _forged(state: Path, _outside: Path) -> None:
    for name in ("records-1.lines", "verdicts-1.lines", "audit-1.lines", "trees.json", "cache"):
        (state / name).write_text('{"registry/members/hr-kamenik.yaml": {"name": "Forged"}}\n' * 9)


STATES: dict[str, Callable[[Path, Path], None]] = {
    "journal-of-paths": _journal(
        '{"ref": "refs/heads/main", "old": null, "new": "%s", "changes": {"OUTSIDE": {"old": "x", '
        '"new": null}, ".git/config": {"old": null, "new": null}}}' % ("0" * 40)
    ),
    "journal-of-a-ref": _journal('{"ref": "../../../OUTSIDE", "old": null, "new": "HEAD"}'),
    "journal-of-brackets": _journal("[" * 100_000),
    "journal-a-folder": lambda state, _outside: (state / "journal/in").mkdir(parents=True),
    "journal-a-link": _linked("journal", "precious"),
    "journal-a-pipe": lambda state, _outside: os.mkfifo(state / "journal"),
    "journal-new-a-link": _linked("journal.new", "precious"),
    "lock-a-link": _linked("lock", "precious"),
    "staged-a-link": _linked("act", "."),
    "folder-a-link": _elsewhere,
    "caches-forged": _forged,
    "journal-of-nothing": _journal("{}"),
}
PARTS: tuple[tuple[str, Callable[[Place, Random, int], Iterator[Asked]]], ...] = (
    ("every command, every trap", every_command),
    ("each key by itself", each_key),
    ("handfuls of keys, a remote by path", handfuls),
    ("a hostile state folder", hostile_state),
)


def zipped(folder: Path, name: str) -> None:
    """The register as whoever gets the zip has it; pipes do not travel, and are laid again."""
    pipes = [p for p in (folder / name).rglob("*") if p.is_fifo()]
    for pipe in pipes:
        pipe.unlink()
    archive = folder / f"{name}.zip"
    subprocess.run(["zip", "-qry", archive, name], cwd=folder, check=True)
    shutil.rmtree(folder / name)
    subprocess.run(["unzip", "-q", archive], cwd=folder, check=True)
    for pipe in pipes:
        os.mkfifo(pipe)


def _command(words: str) -> str:
    two = " ".join(words.split()[:2])
    return two if two in {row.words for row in rows()} else words.split()[0]


def looked_at(place: Place, asked: list[Asked]) -> list[str]:
    """Play the commands in one process under strace; what was wrong, by command."""
    before, trace = _bytes(place), place.scratch / "trace"
    plan = place.scratch / "plan.json"
    plan.write_text(json.dumps(asked))
    environment = {
        **os.environ,
        **traps.environment(place.ran),
        "PYTHONPATH": str(PROJECT),
        "PYTHONDONTWRITEBYTECODE": "1",  # compiling is no act of a command
        "HOME": str(place.scratch / "home"),
        "XDG_CACHE_HOME": str(place.scratch / "home/cache"),
    }
    here = (sys.executable, "-P", "-m", "tests.stranger", str(place.scratch), str(plan))
    call = ("strace", "-f", "-qq", "--seccomp-bpf", "-s", "400", "-o", str(trace), "-e", TRACED)
    before = _bytes(place)
    done = subprocess.run([*call, *here], capture_output=True, check=False, env=environment)
    wrong = done.stdout.decode("utf-8", "replace").splitlines()
    wrong += [f"ended {done.returncode}: {done.stderr[-800:]!r}"] if done.returncode else []
    wrong += [f"left a mark: {name}" for name in traps.marks(place.ran)]
    wrong += [f"changed outside: {name}" for name in before ^ _bytes(place)]
    return [*wrong, *_traced(place, trace.read_text(errors="replace"))]


def _bytes(place: Place) -> set[tuple[str, str]]:
    """What lies outside: names and contents."""
    files = [p for at in (place.outside, place.ran.parent / "programs") for p in at.rglob("*")]
    return {(str(p), sha256(p.read_bytes()).hexdigest()) for p in files if p.is_file()}


def _traced(place: Place, told: str) -> Iterator[str]:
    """What ran that is not ours, and what was taken away outside."""
    words = "start"
    for line in told.splitlines():
        found = CALL.match(line)
        texts = TEXT.findall(found["args"]) if found else []
        if not found or not texts:
            continue
        if texts[0].startswith(MARK):
            words = texts[0].removeprefix(MARK)
        elif found["name"] == "execve":
            if reason := _foreign(texts, words):
                yield f"{words}: ran {reason}"
        elif found["ended"] == "0" and not _ours(place, texts):
            yield f"{words}: {found['name']} of {texts}"


def _foreign(texts: list[str], words: str) -> str:
    name = Path(texts[0]).name
    if name in ("sh", "dash") and " sync" in f" {words}":
        return ""  # git's own way to a remote by path
    if not OURS.fullmatch(name) or "/ran/" in texts[0] or "programs" in texts[0]:
        return " ".join(texts)
    started = [word for word in texts[1:4] if word in GIT_STARTS]
    return " ".join(texts) if started else ""


def _ours(place: Place, texts: list[str]) -> bool:
    """Whether the paths lie in what was unpacked, or in the user's own cache and temp folder."""
    real = [Path(os.path.normpath(text)) for text in texts if text.startswith("/")]
    kept = (place.outside, place.ran, place.scratch / "programs")
    inside = all(p.is_relative_to(tempfile.gettempdir()) for p in real)
    return inside and not any(p.is_relative_to(k) for p in real for k in kept)


def play(scratch: Path, plan: Path) -> None:
    """In the traced process: ask one command after another; tell what ended otherwise."""
    base: dict[str, str] = {}
    for words in json.loads(plan.read_text()):
        asked = Asked(*words)
        folder = scratch / asked.folder
        mark(asked.words)
        if asked.config:
            config = folder / ".git/config"
            base.setdefault(asked.folder, config.read_text())
            config.write_text(base[asked.folder] + asked.config)
        with pinned(SHIPPED if asked.shipped else TODAY):
            heard = ask(folder, *asked.words.split())
        if heard.code not in asked.codes:
            told = (heard.err or heard.out)[-300:]
            print(f"{asked.folder} {asked.words}: exit {heard.code}: {told!r} {asked.config}")


def mark(words: str) -> None:
    """A line in the trace: what is asked from here on."""
    try:
        Path(f"{MARK}{words[:300]}").rename(MARK)
    except OSError:
        return


if __name__ == "__main__":
    if len(sys.argv) > 2:
        play(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        sys.exit(main())
