"""What stands in the way of an act: one line that names it and its cure, and nothing is changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from b40cli.store.git import repository_remotes
from b40cli.store.git.repository_git import GitFailed
from tests.cli.ready import (
    CITY,
    CLOSE,
    CONFLICT,
    DECISION,
    DONE,
    OTHER,
    PROPOSE,
    USAGE,
    ready_to_close,
)
from tests.copying import copied_to
from tests.invented import b40_alone, head_of
from tests.scenario import PINNED, ask, pinned
from tests.store.checkout import files, git, snapshot


@pytest.fixture(autouse=True, scope="module")
def same_everywhere() -> Iterator[None]:
    with pinned():
        yield


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ready_to_close(tmp_path_factory.mktemp("ready") / "template")


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copied_to(template, tmp_path / "net")


def write(path: str, text: str) -> Callable[[Path], None]:
    def obstacle(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    return obstacle


def git_says(*words: str) -> Callable[[Path], None]:
    return lambda root: void(git(root, *words))


def both(*obstacles: Callable[[Path], None]) -> Callable[[Path], None]:
    def obstacle(root: Path) -> None:
        for each in obstacles:
            each(root)

    return obstacle


def a_head_beside_the_branches(root: Path) -> None:
    git(root, "update-ref", "refs/b40/x", "HEAD")
    (root / ".git/HEAD").write_text("ref: refs/b40/x\n")


def void(_said: object) -> None:
    return None


def an_index_lock(root: Path) -> None:
    (root / ".git/index.lock").touch()


IN_THE_WAY: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a dirty file": (write(CITY, "id: bg-rosendol\n"), CLOSE, CITY),
    "a dirty decision": (write(DECISION, "x"), CLOSE, DECISION),
    "a deleted file": (lambda root: (root / CITY).unlink(), CLOSE, CITY),
    "a staged change of the act's own file": (
        both(write(CITY, "x: y\n"), git_says("add", CITY)), CLOSE, CITY,
    ),
    "an untracked file": (
        write(DECISION.replace("001", "002"), "mine"), PROPOSE, "EC-2026-002.yaml",
    ),
    "an ignored file": (
        both(
            write(".gitignore", "EC-2026-002.yaml\n"),
            write(DECISION.replace("001", "002"), "mine"),
        ), PROPOSE, "EC-2026-002.yaml",
    ),
    "a folder": (
        lambda root: (root / DECISION.replace("001", "002")).mkdir(), PROPOSE, "EC-2026-002.yaml",
    ),
    "a link": (
        lambda root: (root / DECISION.replace("001", "002")).symlink_to("/etc/passwd"),
        PROPOSE, "EC-2026-002.yaml",
    ),
    "a detached head": (git_says("checkout", "-q", "--detach"), CLOSE, "--branch"),
    "a head beside the branches": (
        a_head_beside_the_branches, CLOSE, "--branch",
    ),
    "another git command": (an_index_lock, CLOSE, "index.lock"),
    "a merge": (
        lambda root: void((root / ".git/MERGE_HEAD").write_text(head_of(root))), CLOSE, "merge",
    ),
    "a branch of that name": (git_says("branch", "side"), f"{CLOSE} --branch side", "side exists"),
    "one above": (git_says("branch", "side"), f"{CLOSE} --branch side/x/y", "side exists"),
    "one below, in no letters": (
        git_says("branch", "side/\udcff"), f"{CLOSE} --branch side", "side/\\xff exists",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_what_is_in_the_way_is_named_and_left_alone(name: str, root: Path) -> None:
    obstacle, act, told = IN_THE_WAY[name]
    obstacle(root)
    before = snapshot(root)
    heard = ask(root, *act.split())
    assert heard.code == CONFLICT, heard
    check_one_line(heard.err, told)
    assert heard.out == "" and snapshot(root) == before
    assert not (root / ".git/b40/journal").exists()


def check_one_line(err: str, told: str) -> None:
    first, *cure = err.splitlines()
    assert first.startswith("b40: ") and told in err, err
    assert cure and all(line.startswith("  ") for line in cure), "and what cures it"
    assert "Traceback" not in err


@pytest.mark.parametrize("name", ["a dirty file", "a detached head", "another git command"])
def test_a_dry_run_and_a_read_mind_none_of_it(name: str, root: Path) -> None:
    IN_THE_WAY[name][0](root)
    if name != "a dirty file":
        assert ask(root, "roll").code == DONE
    before = snapshot(root)
    assert ask(root, *CLOSE.split(), "--dry-run").code == DONE
    assert snapshot(root) == before


def test_work_elsewhere_is_kept(root: Path) -> None:
    """Something staged, edited on top of it, and untracked: none of it slips into the commit."""
    write(OTHER, (root / OTHER).read_text() + "note: Staged.\n")(root)
    git(root, "add", OTHER)
    write(OTHER, (root / OTHER).read_text().replace("Staged", "Edited"))(root)
    write("notes.txt", "mine")(root)
    theirs = git(root, "ls-files", "-s", OTHER), files(root)[OTHER], files(root)["notes.txt"]
    assert ask(root, *CLOSE.split()).code == DONE
    assert (
        git(root, "ls-files", "-s", OTHER), files(root)[OTHER], files(root)["notes.txt"]
    ) == theirs  # fmt: skip
    changed = git(root, "diff-tree", "-r", "--name-only", "HEAD^", "HEAD").split()
    assert changed == [DECISION, CITY]
    assert git(root, "diff", "--cached", "--name-only").split() == [OTHER]


@pytest.mark.parametrize("detached", [False, True])
def test_a_branch_of_its_own_leaves_everything_where_it_was(detached: bool, root: Path) -> None:
    if detached:
        git(root, "checkout", "-q", "--detach")
    before, parent = snapshot(root), head_of(root)
    heard = ask(root, *CLOSE.split(), "--branch", "admission-rosendol")
    assert heard.code == DONE and "admission-rosendol" in heard.out
    assert git(root, "rev-parse", "admission-rosendol^") == parent
    git(root, "branch", "-q", "-D", "admission-rosendol")
    assert snapshot(root) == before


def nothing(folder: Path) -> None:
    (folder / "registry").mkdir()


def bare(folder: Path) -> None:
    git(folder, "init", "-q", "--bare")


def empty(folder: Path) -> None:
    git(folder, "init", "-q")


def without_commits(folder: Path) -> None:
    git(folder, "init", "-q")
    (folder / "registry").mkdir()
    (folder / "registry/network.yaml").write_text("name: x\n")


@pytest.mark.parametrize("words", [CLOSE, "roll"])
@pytest.mark.parametrize(
    ("place", "told"),
    [(nothing, "git repository"), (bare, "bare"), (empty, "no registry"), (without_commits, "")],
)
def test_where_there_is_no_register(
    place: Callable[[Path], None], told: str, words: str, tmp_path: Path
) -> None:
    place(tmp_path)
    before = files(tmp_path)
    heard = ask(tmp_path, *words.split())
    unreadable = place is without_commits and words == "roll"
    assert heard.code == (3 if unreadable else USAGE), heard
    check_one_line(heard.err, told)
    assert heard.out == "" and files(tmp_path) == before


def test_nobody_acts_without_a_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NAME", "EMAIL"):
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.delenv(f"GIT_{who}_{name}")
    monkeypatch.delenv("EMAIL", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    before = snapshot(root)
    heard = ask(root, *CLOSE.split())
    assert heard.code == USAGE
    check_one_line(heard.err, "user.name")
    assert snapshot(root) == before
    assert ask(root, "roll").code == DONE


@pytest.mark.parametrize("new", [True, False])
def test_no_register_begins_without_a_name(
    new: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"):
        monkeypatch.delenv(f"GIT_{name}")
    monkeypatch.delenv("EMAIL", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    heard = ask(tmp_path, "init", *(["fresh"] if new else []), "--opened", "2026-01-05")
    assert heard.code == USAGE
    check_one_line(heard.err, "user.name")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", ["init fresh --dry-run", "init fresh --headquarters ???"])
def test_a_register_that_does_not_begin_leaves_no_folder(words: str, tmp_path: Path) -> None:
    ask(tmp_path, *words.split(), "--opened", "2026-01-05")
    assert list(tmp_path.iterdir()) == []


def test_no_register_begins_in_a_folder_of_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(_folder: Path) -> None:
        raise GitFailed("init", 128, f"fatal: cannot mkdir {tmp_path}/.git: Permission denied")

    monkeypatch.setattr(repository_remotes, "begin", no)
    heard = ask(tmp_path, "init", "--opened", "2026-01-05")
    assert (heard.code, "cannot be made: Permission denied" in heard.err) == (USAGE, True)
    check_one_line(heard.err, "Name another folder")


def test_git_is_missing(root: Path, tmp_path: Path) -> None:
    env = {**os.environ, **PINNED, "PATH": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-m", "b40cli.cli.main", "roll"],
        cwd=root, env=env, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == USAGE, ran.stderr
    check_one_line(ran.stderr, "git")


def test_a_process_of_its_own_refuses_alike(root: Path) -> None:
    (root / CITY).write_text("id: bg-rosendol\n")
    before = snapshot(root)
    ran = b40_alone(root, *CLOSE.split())
    assert ran.returncode == CONFLICT
    check_one_line(ran.stderr, CITY)
    assert snapshot(root) == before
