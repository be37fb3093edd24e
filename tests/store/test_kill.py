"""record() cut off at every step: all as before, or the commit is whole once it is finished."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from errno import EIO
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

import pytest

from b40cli.model.errors import ConflictError, UnreadableError
from b40cli.store.git.guard.safe_paths import no_file
from b40cli.store.git.repository import Repository
from tests.invented import head_of
from tests.store.checkout import ENV, NEW, A, B, checkout, files, git, snapshot, write
from tests.store.cutting import ACT, CONFLICT, HALF, MESSAGE, SHIM, THROUGH

PROJECT = Path(__file__).parents[2]
MINE = "registry/members/mine.yaml"
# How many attempts there are at least; a git is started four times by an act, and six times where
# it has to say who commits and what the index holds.
FEWEST = {"kill": 15, "once": 10, "full": 5, "git-before": 6, "git-after": 4, "git-fails": 4}


@pytest.fixture(autouse=True, scope="module")
def identity() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENV.items():
            patch.setenv(name, value)
        yield


def working(root: Path) -> Path:
    """A user with work of their own: something staged, edited on top, and untracked."""
    checkout(root)
    write(root, B, b"staged\n")
    git(root, "add", B)
    write(root, B, b"staged and edited\n")
    write(root, MINE, b"untracked\n")
    return root


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return working(tmp_path / "template")


def sweep(how: str, template: Path, work: Path) -> list[tuple[Path, int]]:
    """Run the program; each attempt's folder and how it ended."""
    shims = work / "bin"
    shims.mkdir(parents=True)
    (shims / "git").write_text(SHIM)
    (shims / "git").chmod(0o755)
    env = {
        **os.environ,
        "REAL_GIT": shutil.which("git") or "",
        "PATH": f"{shims}:{os.environ['PATH']}",
        "PYTHONPATH": str(PROJECT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.cutting", how, template, work],
        env=env, capture_output=True, text=True, cwd=PROJECT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    return [(work / n, int(ended)) for n, ended in lines]


def settled(attempt: Path) -> None:
    """Git goes on for a moment after its parent was killed."""
    counted = attempt.with_name(f"{attempt.name}.count")
    for _ in range(4_000):
        if (counted / "ended").exists():
            return
        time.sleep(0.005)


def theirs(root: Path) -> tuple[object, ...]:
    """Everything but the act's own files, which nobody may touch."""
    mine = {path: data for path, data in files(root).items() if path not in ACT}
    entries = [line for path, line in listed(root).items() if path in (B, MINE)]
    return mine, entries, (root / ".git/refs/stash").exists()


def listed(root: Path) -> dict[str, str]:
    """What the index holds of each file, as git tells it; of the same bytes it is asked once."""
    return _listed(root, (root / ".git/index").read_bytes())


@cache
def _listed(root: Path, _index: bytes) -> dict[str, str]:
    lines = git(root, "ls-files", "-s").splitlines()
    entries = {line.partition("\t")[2]: line for line in lines}
    assert len(entries) == len(lines)
    return entries


def held(root: Path) -> list[tuple[object, object]]:
    """For each file of the act: what the index and the disk hold."""
    here, entries = files(root), listed(root)
    return [(entries.get(path, ""), here.get(path)) for path in ACT]


def blob(data: bytes) -> str:
    """The name git gives to these bytes."""
    return sha1(b"blob %d\0%s" % (len(data), data)).hexdigest()


class Untouched(NamedTuple):
    """What the template holds, asked once: attempts work on copies of it."""

    theirs: tuple[object, ...]
    held: list[tuple[object, object]]
    head: str


@cache
def untouched(template: Path) -> Untouched:
    return Untouched(theirs(template), held(template), head_of(template))


def is_whole(root: Path) -> bool:
    return held(root) == [(f"100644 {blob(data)} 0\t{path}", data) for path, data in ACT.items()]


def check_commit(root: Path) -> None:
    told = git(root, "log", "-1", "--format=%B%x00", "--raw", "--no-abbrev", "--no-renames")
    said, _end, changes = told.partition("\0")
    assert said.strip() == MESSAGE.strip()
    changed = [(line.split()[-1], line.split()[3]) for line in changes.split("\n") if line]
    assert changed == [(path, blob(ACT[path])) for path in (NEW, A)]


def check_unhurt(root: Path, template: Path) -> bool:
    """Nothing is torn and nothing is lost; whether the branch has moved."""
    was, now = untouched(template), held(root)
    assert theirs(root) == was.theirs
    assert not (root / ".git/index.lock").exists()
    for (entry, data), (old_entry, old), path in zip(now, was.held, ACT, strict=True):
        assert data in (old, ACT[path])
        assert entry == old_entry or str(entry).startswith("100644 ")
    moved = head_of(root) != was.head
    if moved:
        check_commit(root)
    else:
        assert now == was.held
    return moved


def check_finish(root: Path, template: Path, *, moved: bool) -> None:
    """finish() completes, twice is harmless, and the next act goes through."""
    repo, was = Repository.find(root), untouched(template)
    late = moved and not is_whole(root)
    for _ in range(2):
        sentence = repo.complete()
        assert (sentence is not None and "cut off" in sentence) == late
        late = False
        assert not repo.lags()
        assert is_whole(root) if moved else held(root) == was.held
        assert theirs(root) == was.theirs
        assert not (root / ".git/b40/journal").exists()
    changes = {"registry/next.yaml": b"x\n"} if moved else ACT
    made = repo.record(changes, MESSAGE, parent=repo.head())
    assert head_of(root) == made
    assert is_whole(root)
    assert theirs(root)[1:] == was.theirs[1:]


@pytest.mark.parametrize("how", ["kill", "git-before", "git-after"])
def test_killed_at_every_step(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if how == "kill":
        template, attempts, _copies = request.getfixturevalue("swept")
    else:
        template = working(tmp_path / "template")
        if how == "git-before":
            monkeypatch.setenv("GIT_AUTHOR_NAME", "Office, Inc.")
            git(template, "update-index", "--index-version", "4")
        attempts = sweep(how, template, tmp_path / "work")
    assert len(attempts) > FEWEST[how]
    assert [ended for _, ended in attempts[-1:]] == [THROUGH]
    assert {ended for _, ended in attempts[:-1]} == {-9}
    moved = []
    for root, _ in attempts:
        if how == "git-after" and root != attempts[-1][0]:
            settled(root)
        moved.append(check_unhurt(root, template))
        check_finish(root, template, moved=moved[-1])
    assert moved == sorted(moved)
    assert not moved[0]
    assert sum(moved) > 1


@pytest.mark.parametrize("how", ["once", "full", "git-fails"])
def test_full_disk_at_every_step(how: str, template: Path, tmp_path: Path) -> None:
    attempts = sweep(how, template, tmp_path / "work")
    assert len(attempts) > FEWEST[how]
    assert attempts[-1][1] == THROUGH
    for root, ended in attempts:
        moved = check_unhurt(root, template)
        assert ended in (THROUGH, CONFLICT, HALF)
        assert moved == (ended in (THROUGH, HALF))
        assert ended == HALF or not (root / ".git/b40/journal").exists() or moved
        check_finish(root, template, moved=moved)


class Swept(NamedTuple):
    """An act killed at every step: what became of each attempt, and a copy of every folder."""

    template: Path
    attempts: list[tuple[Path, int]]
    copies: list[Path]


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    template = working(tmp_path_factory.mktemp("half") / "template")
    attempts = sweep("kill", template, template.with_name("work"))
    copies = template.with_name("copies")
    return Swept(template, attempts, [_as_linked(root, copies / root.name) for root, _ in attempts])


def _as_linked(root: Path, copy: Path) -> Path:
    """A copy of a folder in which two names of one file are two names of one file."""
    first: dict[int, str] = {}

    def copied(source: str, target: str) -> None:
        there = first.setdefault(os.lstat(source).st_ino, target)
        if there == target:
            shutil.copy2(source, target, follow_symlinks=False)
        else:
            os.link(there, target, follow_symlinks=False)

    return Path(shutil.copytree(root, copy, symlinks=True, copy_function=copied))


@pytest.fixture(scope="module")
def killed(swept: Swept) -> list[Path]:
    """One folder for each step at which an act was killed."""
    return swept.copies


@pytest.fixture
def half(killed: list[Path], tmp_path: Path) -> Path:
    """Killed right after the branch moved: index and files are all as before."""
    begin = head_of(killed[0])
    root = next(root for root in killed if head_of(root) != begin)
    assert held(root) == held(killed[0])
    return shutil.copytree(root, tmp_path / "half", symlinks=True)


def test_finish_overwrites_nothing_written_meanwhile(half: Path) -> None:
    write(half, A, b"written by a person after the crash\n")
    write(half, NEW, b"this one too\n")
    Repository.find(half).finish()
    assert (half / A).read_bytes() == b"written by a person after the crash\n"
    assert (half / NEW).read_bytes() == b"this one too\n"
    assert not Repository.find(half).lags()


def test_a_file_still_linked_to_its_staged_self_is_not_written_through(killed: list[Path]) -> None:
    """Killed between link and unlink: the two names are one file, and a person edits it."""
    linked = [root for root in killed if (root / NEW).exists() and (root / NEW).stat().st_nlink > 1]
    assert linked
    for root in linked:
        with (root / NEW).open("r+b") as file:
            file.write(b"edited in place")
        edited = (root / NEW).read_bytes()
        repo = Repository.find(root)
        repo.finish()
        repo.record({"registry/other.yaml": b"y\n"}, MESSAGE, parent=repo.head())
        assert (root / NEW).read_bytes() == edited


def test_finish_leaves_what_was_staged_meanwhile(half: Path) -> None:
    write(half, A, b"staged by a person after the crash\n")
    git(half, "add", A)
    staged = git(half, "ls-files", "-s", A)
    Repository.find(half).finish()
    assert git(half, "ls-files", "-s", A) == staged
    assert (half / NEW).read_bytes() == ACT[NEW]


def test_a_file_that_the_disk_does_not_give_is_none_that_somebody_changed(
    half: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of reading is told, and the act stays to be completed."""

    def refused(_root: Path, path: str, _like: str) -> str:
        raise no_file(path, "It cannot be read") from OSError(EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("b40cli.store.git.checkout.file_oid", refused)
        with pytest.raises(ConflictError, match="Input/output error"):
            Repository.find(half).finish()
    assert Repository.find(half).lags()
    Repository.find(half).finish()
    assert is_whole(half)


def test_finish_after_the_person_went_elsewhere(half: Path) -> None:
    git(half, "symbolic-ref", "HEAD", "refs/heads/other")
    git(half, "update-ref", "HEAD", "main^")
    before = snapshot(half)
    Repository.find(half).finish()
    assert snapshot(half) == before
    assert not (half / ".git/b40/journal").exists()


def test_the_next_act_finishes_the_last(half: Path) -> None:
    repo = Repository.find(half)
    repo.record({"registry/next.yaml": b"x\n"}, MESSAGE, parent=repo.head())
    assert is_whole(half)


ODD: dict[str, bytes | str | None] = {
    "cut short": b'{"ref": 1',
    "brackets": b"[" * 100_000,
    "large": b" " * (2 << 20),
    "of 0.1.0, naming what it likes": b'{"ref": "refs/heads/main", "old": null, "new": "0", '
    b'"subject": "", "changes": {".git/config": ["0", null, null], "../mine": ["0", null, null]}}',
    "an option": b'{"old": "--output=mine", "new": "HEAD"}',
    "a link": "../../mine",
    "a folder": None,
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_a_journal_is_believed_where_git_agrees(half: Path, odd: bytes | str | None) -> None:
    """Whatever it is: it says that there is something to look at, and git says what."""
    journal, mine = half / ".git/b40/journal", write(half, "mine", b"a person's\n")
    config = (half / ".git/config").read_bytes()
    journal.unlink()
    if odd is None:
        write(half, ".git/b40/journal/deep/inside", b"x")
    elif isinstance(odd, str):
        journal.symlink_to(odd)
    else:
        journal.write_bytes(odd)
    assert "2 files are now in place" in str(Repository.find(half).complete())
    assert is_whole(half) and not journal.exists() and not journal.is_symlink()
    assert mine.read_bytes() == b"a person's\n" and (half / ".git/config").read_bytes() == config


@pytest.mark.parametrize("name", ["journal.new", "lock", "act"])
def test_nothing_in_the_state_folder_is_followed(half: Path, name: str) -> None:
    """Links to a file and to a folder of a person's; an act goes through, or refuses."""
    outside = half.parent / "outside"
    for goal in (outside / "folder", outside / "file"):
        write(half.parent, "outside/folder/kept", b"kept\n")
        write(half.parent, "outside/file", b"kept\n")
        place = half / ".git/b40" / name
        shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink(True)
        place.symlink_to(goal)
        repo = Repository.find(half)
        with suppress(ConflictError):
            repo.finish()
            repo.record({f"registry/{goal.name}.yaml": b"x\n"}, MESSAGE, parent=repo.head())
        assert (
            (outside / "file").read_bytes() == (outside / "folder/kept").read_bytes() == b"kept\n"
        )


def test_a_state_folder_that_is_a_link_is_refused(half: Path) -> None:
    state = half / ".git/b40"
    state.rename(half.parent / "elsewhere")
    state.symlink_to(half.parent / "elsewhere")
    before = sorted(path.name for path in (half.parent / "elsewhere").iterdir())
    with pytest.raises(UnreadableError, match="is a link"):
        Repository.find(half).complete()
    assert sorted(path.name for path in (half.parent / "elsewhere").iterdir()) == before


def test_an_act_under_way_is_told_and_left_alone(half: Path) -> None:
    from b40cli.store.git.journal import writing

    repo, before = Repository.find(half), snapshot(half)
    with writing(repo.state_folder()):
        said = str(repo.complete())
        assert "Another b40 command" in said and "from what is committed" in said
    assert snapshot(half) == before and repo.lags()
    assert repo.complete() and not repo.lags()
