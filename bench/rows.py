"""What is measured: one function for each row of the table, or for two that share their stage."""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from b40cli.store.git.repository import Repository
from b40cli.store.shipped import shipped
from bench.measure import B40, Contest, medians, run
from bench.past import lengthened, signed, trusting
from bench.peers import check_jsonschema, empty_page, two_pages, typer_help
from bench.registries import ELECTED_CITY, OPEN, OPEN_MEETING, SEATED_CITY, records, told
from bench.surroundings import committed, git, write

TIMES = 15
COMMITS = 5_000
SIGNED = 500
DAY = "2026-11-23"
# When every registry begins, whatever day it is built on: what is told on top of it, a second to a
# commit, never runs ahead of the clock, and two runs make the same commits.
OPENED = "2026-11-20T09:00:00+03:00"
CLOSE = ("decision", "close", OPEN, "--on", OPEN_MEETING[:10])
MAYOR = ("member", "mayor", "bg-sofia", "Ana Primer")
# Acts that bear on much: the mayor who presides takes another's place; an elected seat is given up;
# a city declines a term.
SEATED = ("member", "mayor", SEATED_CITY, "Ana Primer", "--on", "2026-03-02")
RESIGNED = (
    *("committee", "resign", ELECTED_CITY, "--to", "president,permanent-secretary"),
    *("--document", "registry/network.yaml", "--on", "2026-03-02"),
)
DECLINED = ("presidency", "decline", SEATED_CITY, "--term", "2028", "--on", "2026-03-02")


class Row(NamedTuple):
    """One line of the table; met at or below its bar, where it has one."""

    what: str
    beside: str
    bar: float | None
    ours: float | None = None
    theirs: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        """What is held against the bar."""
        if self.unit != "ms":
            return self.ours
        return None if not self.theirs or self.ours is None else self.ours / self.theirs


# Measured where they are asked for: they take minutes.
LARGE = Row("`check`, 100,000 files, cold", "the same at 10,000", 11.0)
SUITE = Row("the test suite", "two quiet cores", 180.0, unit="s")


class Stage:
    """The folder everything happens in; a registry of a size is built once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, size: int) -> Path:
        """The synthetic registry of so many files."""
        place = self.folder / str(size)
        if not place.exists():
            fresh = self.folder / f"{size}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            write(fresh, records(size), OPENED).rename(place)
        return place

    def past(self, size: int) -> Path:
        """The registry of that size with a long history on top of it."""
        place = self.folder / f"{size}-past"
        if not place.exists():
            fresh = self.folder / f"{size}-past.new"
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            story = told(size)
            lengthened(write(fresh, story.files, OPENED), story, COMMITS).rename(place)
        return place

    def signed(self, *, trusted: bool) -> Path:
        """500 files with a short past, signed or, in a register that trusts nobody, not."""
        place = self.folder / ("signed" if trusted else "unsigned")
        if not place.exists():
            fresh = self.folder / f"{place.name}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            story = told(500)
            key = trusting(story, self.folder) if trusted else None
            made = lengthened(write(fresh, story.files, OPENED), story, SIGNED)
            (signed(made, key) if key else made).rename(place)
        return place

    def shipped(self) -> Path:
        """The registry that comes with the tool."""
        place = self.folder / "shipped"
        if not place.exists():
            shutil.copytree(shipped("registry"), place / "registry")
            committed(place, OPENED)
        return place


def b40(place: Path, *words: str, before: Callable[[], object] = lambda: None) -> Contest:
    """A command of ours in a registry."""
    return Contest((*B40, *words), place, before)


def starting(stage: Stage) -> Iterator[Row]:
    """The commands everybody waits for."""
    peer, place = typer_help(stage.folder), stage.shipped()
    run(b40(place, "roll"))
    reads = [b40(place, "--help"), b40(place, "roll"), b40(place, "status")]
    help_, roll, status, theirs = medians([*reads, peer], TIMES)
    beside = "a one-command Typer app's --help"
    yield Row("`b40 --help`", beside, 0.5, help_, theirs)
    yield Row("`roll`, shipped registry", beside, 0.7, roll, theirs)
    yield Row("`status`, shipped registry", beside, 1.0, status, theirs)


def reading(stage: Stage) -> Iterator[Row]:
    """Reads of the desk at 10,000 files; a completion is waited for while a word is typed.

    150 ms are 0.9 of a Typer app's help, where that takes 167.
    """
    peer, place = typer_help(stage.folder), stage.of(10_000)
    city = min((place / "registry/members").iterdir()).stem
    typed = (
        "_B40_COMPLETE=complete_bash",
        f"COMP_WORDS=b40 member show {city[:5]}",
        "COMP_CWORD=3",
    )
    day = ("--on", DAY)
    reads = [
        b40(place, "status", *day),
        b40(place, "city", city, *day),
        b40(place, "search", city[3:], *day),
        Contest(("env", *typed, *B40), place),
    ]
    for each in reads:
        run(each)
    status, page, search, completed, theirs = medians([*reads, peer], TIMES)
    beside = "a one-command Typer app's --help"
    yield Row("`status`, 10,000 files", beside, None, status, theirs)
    yield Row("`city`, 10,000 files", beside, None, page, theirs)
    yield Row("`search`, 10,000 files", beside, None, search, theirs)
    yield Row("completion of an id, 10,000 files", beside, 0.9, completed, theirs)


def printing(stage: Stage) -> Iterator[Row]:
    """A paper of two pages as a PDF, by its writer alone."""
    ours, theirs = medians([two_pages(stage.folder), empty_page(stage.folder)], TIMES)
    yield Row(
        "a two-page PDF paper, its writer", "`import typst` and an empty page", 2.0, ours, theirs
    )


def checking(stage: Stage) -> Iterator[Row]:
    """`check` on 10,000 files: cold, with one file changed, and its memory."""
    place = stage.of(10_000)
    cold = _cold(place)
    changed = b40(place, "check", "--on", DAY, before=lambda: _change(place, next(turn)))
    turn = count(1)
    first = medians([cold], 3)[0]
    peer = check_jsonschema(place, stage.folder)
    cold_ms = (first + medians([cold], 3)[0]) / 2
    warm = medians([changed], 7)[0]
    git(place, "checkout", "-q", "--", "registry")
    beside = "check-jsonschema on the same files"
    yield Row("`check`, 10,000 files, cold", beside, 1 / 8, cold_ms, peer)
    yield Row("`check`, 10,000 files, one changed", beside, 1 / 50, warm, peer)
    ran = run(cold, watch=True)
    what = "peak memory of `check`, 10,000 files, cold"
    yield Row(what, "the largest process", None, ran.largest, unit="MB")
    told = "all its processes at once, what they share counted twice"
    yield Row(what, told, 200, ran.together, unit="MB")


def acting(stage: Stage) -> Iterator[Row]:
    """One act: in a large and a small registry, and a mayor in the shipped one."""
    everyday = "one act at 10,000 files, cache warm"
    bearing = "an act on {} at 10,000 files, cache warm"
    for words, bar, what in (
        (CLOSE, 1.5, everyday),
        (SEATED, 4.0, bearing.format("a seated mayor")),
        (RESIGNED, 4.0, bearing.format("a seat")),
        (DECLINED, 4.0, bearing.format("a presidency")),
    ):
        places = [stage.of(size) for size in (10_000, 500)]
        acts = [_proven(b40(place, *words, before=_reset(place))) for place in places]
        large, small = medians(acts, 7)
        yield Row(what, "the same at 500 files", bar, large, small)
    place = stage.shipped()
    act = _proven(b40(place, *MAYOR, before=_reset(place)))
    imported = Contest((sys.executable, "-c", "import typer"), place)
    program = shutil.which("git") or "git"
    synced = (program, "-c", "core.fsync=all", "commit", "-q", "-a", "-m", "Mayor")
    plain = Contest(synced, place, _edited(place))
    ours, base, commit = medians([act, imported, plain], 9)
    beside = "`python -c 'import typer'` and `git commit` of the same change, synced"
    yield Row("one act, shipped registry", beside, 3.0, ours, base + commit)


def auditing(stage: Stage) -> Iterator[Row]:
    """`audit` of 5,000 commits of a range: nothing remembered, then only what was read."""
    program = shutil.which("git") or "git"
    further = {}
    for size, bar, read_bar in ((500, 7.0, 5.0), (10_000, 3.0, 2.0)):
        place = stage.past(size)
        whole = f"{_first(place)}..HEAD"
        short = f"HEAD~{COMMITS // 10}..HEAD"
        log = Contest((program, "--no-pager", "log", "-p", whole), place)
        # The second right behind the first: what that has read is on record then.
        audits = [
            b40(place, "audit", whole, before=_forgets(place)),
            b40(place, "audit", whole, before=_forgets(place, "audit-*")),
            b40(place, "audit", short, before=_forgets(place)),
        ]
        ours, read_before, few, theirs = medians([*audits, log], 3)
        further[size] = (ours - few) / (COMMITS - COMMITS // 10)
        what = f"`audit` of {COMMITS:,} commits, {size:,} files"
        yield Row(what, "`git log -p` of the range", bar, ours, theirs)
        told = f"{what}, records read before"
        yield Row(told, "`git log -p` of the range", read_bar, read_before, theirs)
    what = "`audit` per further commit at 10,000 files"
    yield Row(what, "the same at 500", 1.3, further[10_000], further[500])


def signatures(stage: Stage) -> Iterator[Row]:
    """What a signature costs a first audit, by commit."""
    places = [stage.signed(trusted=trusted) for trusted in (True, False)]
    audits = [b40(p, "audit", f"{_first(p)}..HEAD", before=_forgets(p)) for p in places]
    with_, without = medians(audits, 3)
    what = "first audit of signed commits, two cores"
    yield Row(
        what, "more than the unsigned one", 5.0, (with_ - without) / SIGNED, unit="ms a commit"
    )


def _first(place: Path) -> str:
    return git(place, "rev-list", "--max-parents=0", "HEAD").strip()


def _forgets(place: Path, pattern: str = "*") -> Callable[[], object]:
    return lambda: _forget(place, pattern)


def publishing(stage: Stage) -> Iterator[Row]:
    """The public site of more members and decisions than the bar asks for: 151 and 225."""
    place, out = stage.of(500), stage.folder / "site"

    def cleared() -> None:
        shutil.rmtree(out, ignore_errors=True)

    build = b40(place, "site", "build", "--out", str(out), before=cleared)
    took = medians([build], 5)[0] / 1000
    what = "`site build`, 151 members and 225 decisions"
    yield Row(what, "the clock", 3.0, took, unit="s")
    largest = max(len(gzip.compress(page.read_bytes())) for page in out.rglob("*.html"))
    yield Row(f"{what}, largest page", "gzipped", 60.0, largest / 1000, unit="KB")


def suite(_stage: Stage) -> Iterator[Row]:
    """All tests, as `make test` runs them."""
    tests = (sys.executable, "-m", "pytest", "-q")
    took = run(Contest(tests, Path(__file__).parents[1])).ms / 1000
    yield SUITE._replace(ours=took)


def large(stage: Stage) -> Iterator[Row]:
    """`check` on 100,000 files."""
    many, fewer = (medians([_cold(stage.of(size))], 3)[0] for size in (100_000, 10_000))
    yield LARGE._replace(ours=many, theirs=fewer)


def _cold(place: Path) -> Contest:
    return b40(place, "check", "--on", DAY, before=lambda: _forget(place))


def _proven(act: Contest) -> Contest:
    """The same act, once it has been seen to make a commit; it leaves the caches warm."""
    run(act)
    if git(act.folder, "rev-list", "--count", "HEAD").strip() != "2":
        raise RuntimeError(f"{act.words[-3:]} made no commit")
    return act


def _forget(place: Path, pattern: str = "*") -> None:
    """Drop the caches of a registry, or those of one sort."""
    for cache in Repository(place).cache_folder().glob(f"{pattern}.lines"):
        cache.unlink()


def _change(place: Path, n: int) -> None:
    """A city has more people than it had."""
    file = sorted((place / "registry" / "members").iterdir())[n]
    file.write_bytes(file.read_bytes().replace(b"{count: ", b"{count: 1", 1))


def _reset(place: Path) -> Callable[[], object]:
    """The register as it was before the act, its cache still warm."""
    start = git(place, "rev-list", "--max-parents=0", "HEAD").strip()
    return lambda: git(place, "reset", "-q", "--hard", start)


def _edited(place: Path) -> Callable[[], object]:
    """The working file as the act would leave it, on the commit before it."""
    reset, path = _reset(place), place / "registry" / "members" / "bg-sofia.yaml"
    entry = "mayors:\n  - {name: Ana Primer, capacity: mayor, from: 2026-11-23}\n"

    def edited() -> None:
        reset()
        path.write_text(path.read_text("utf-8") + entry, "utf-8")

    return edited
