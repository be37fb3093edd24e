"""record() cut off at every step: all as before, or the commit is whole once it is finished."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from b40cli.model.errors import ConflictError
from b40cli.store.git.repository import Repository
from tests.store.checkout import ENV, NEW, A, B, checkout, files, git, snapshot, write
from tests.store.cutting import ACT, CONFLICT, HALF, MESSAGE, SHIM, THROUGH

PROJECT = Path(__file__).parents[2]
MINE = "registry/members/mine.yaml"
FEWEST = {"kill": 15, "once": 10, "full": 5, "git-before": 9, "git-after": 9, "git-fails": 9}


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
    for _ in range(400):
        if (counted / "ended").exists():
            return
        time.sleep(0.005)


def theirs(root: Path) -> object:
    """Everything but the act's own files, which nobody may touch."""
    mine = {path: data for path, data in files(root).items() if path not in ACT}
    return mine, git(root, "ls-files", "-s", B, MINE), git(root, "stash", "list")


def held(root: Path) -> list[tuple[object, object]]:
    """For each file of the act: what the index and the disk hold."""
    here = files(root)
    return [(git(root, "ls-files", "-s", path), here.get(path)) for path in ACT]


def is_whole(root: Path) -> bool:
    oids = {path: git(root, "hash-object", "--stdin", stdin=ACT[path]) for path in ACT}
    return held(root) == [(f"100644 {oids[path]} 0\t{path}", ACT[path]) for path in ACT]


def check_commit(root: Path) -> None:
    assert git(root, "diff-tree", "-r", "--name-only", "HEAD^", "HEAD").split() == [NEW, A]
    assert git(root, "log", "-1", "--format=%B").strip() == MESSAGE.strip()
    for path, data in ACT.items():
        assert git(root, "rev-parse", f"HEAD:{path}") == git(
            root, "hash-object", "--stdin", stdin=data
        )


def check_unhurt(root: Path, template: Path) -> bool:
    """Nothing is torn and nothing is lost; whether the branch has moved."""
    assert theirs(root) == theirs(template)
    assert not (root / ".git/index.lock").exists()
    for (entry, data), (old_entry, old), path in zip(held(root), held(template), ACT, strict=True):
        assert data in (old, ACT[path])
        assert entry == old_entry or str(entry).startswith("100644 ")
    moved = git(root, "rev-parse", "HEAD") != git(template, "rev-parse", "HEAD")
    if moved:
        check_commit(root)
    else:
        assert held(root) == held(template)
    return moved


def check_cure(root: Path, sentence: str) -> None:
    """The line the sentence names does what it says, in a copy."""
    copy = root.with_name(f"{root.name}.cured")
    shutil.copytree(root, copy, symlinks=True)
    subprocess.run(shlex.split(sentence.split(": ")[-1]), cwd=copy, check=True)
    assert is_whole(copy)
    assert Repository.find(copy).unfinished() is None


def check_finish(root: Path, template: Path, *, moved: bool) -> None:
    """finish() completes, twice is harmless, and the next act goes through."""
    repo = Repository.find(root)
    sentence = repo.unfinished()
    assert bool(sentence) == (moved and not is_whole(root))
    if sentence:
        check_cure(root, sentence)
    for _ in range(2):
        repo.finish()
        assert repo.unfinished() is None
        assert is_whole(root) if moved else held(root) == held(template)
        assert theirs(root) == theirs(template)
        assert not (root / ".git/b40/journal").exists()
    changes = {"registry/next.yaml": b"x\n"} if moved else ACT
    made = repo.record(changes, MESSAGE, parent=repo.head())
    assert git(root, "rev-parse", "HEAD") == made
    assert is_whole(root)
    assert theirs(root)[1:] == theirs(template)[1:]  # type: ignore[index]


@pytest.mark.parametrize("how", ["kill", "git-before", "git-after"])
def test_killed_at_every_step(how: str, template: Path, tmp_path: Path) -> None:
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
    assert sum(moved) > 2


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


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One folder for each step at which an act was killed."""
    template = working(tmp_path_factory.mktemp("half") / "template")
    return [root for root, _ in sweep("kill", template, template.with_name("work"))]


@pytest.fixture
def half(killed: list[Path], tmp_path: Path) -> Path:
    """Killed right after the branch moved: index and files are all as before."""
    begin = git(killed[0], "rev-parse", "HEAD")
    root = next(root for root in killed if git(root, "rev-parse", "HEAD") != begin)
    assert held(root) == held(killed[0])
    return shutil.copytree(root, tmp_path / "half", symlinks=True)


def test_finish_overwrites_nothing_written_meanwhile(half: Path) -> None:
    write(half, A, b"written by a person after the crash\n")
    write(half, NEW, b"this one too\n")
    Repository.find(half).finish()
    assert (half / A).read_bytes() == b"written by a person after the crash\n"
    assert (half / NEW).read_bytes() == b"this one too\n"
    assert Repository.find(half).unfinished() is None


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


def test_a_broken_journal_is_named(half: Path) -> None:
    (half / ".git/b40/journal").write_text('{"ref": 1')
    before = snapshot(half)
    repo = Repository.find(half)
    for ask in (repo.unfinished, repo.finish):
        with pytest.raises(ConflictError) as caught:
            ask()
        assert str(half / ".git/b40/journal") in caught.value.remedy
    assert snapshot(half) == before


def test_an_act_under_way_is_not_unfinished(half: Path) -> None:
    from b40cli.store.git.journal import writing

    repo = Repository.find(half)
    with writing(repo.state_folder()):
        assert repo.unfinished() is None
    assert repo.unfinished() is not None
