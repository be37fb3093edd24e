"""Nothing is lost and nothing is half done: races, kills, full disks, and what is in the way.

The store has tests of its own (tests/store/test_commit.py, test_kill.py); these are the commands as
a clerk meets them: the exit, the one line that cures it, and the bytes before and after.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.invented import b40, repository
from tests.scenario import ALL, FIRST, PAPERS, PINNED, ask, pinned, whole
from tests.store.checkout import files, git, snapshot

PROJECT = Path(__file__).parents[2]
CLOSE = "decision close EC-2026-001 --on 2026-03-10"
MAYOR = "member mayor bg-vodengrad Petar --from 2026-03-10 --on 2026-03-10"
PROPOSE = f"decision propose admission --subject bg-rosendol --meeting {FIRST} --on 2026-03-10"
DECISION = "registry/decisions/2026/EC-2026-001.yaml"
CITY = "registry/members/bg-rosendol.yaml"
OTHER = "registry/members/me-zalivgrad.yaml"
DONE, USAGE, CONFLICT = 0, 2, 4


@pytest.fixture(autouse=True, scope="module")
def same_everywhere() -> Iterator[None]:
    with pinned():
        yield


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vote ready to be closed: the act changes the decision and the city."""
    folder = tmp_path_factory.mktemp("race") / "template"
    folder.mkdir()
    repository(folder, whole())
    for paper in PAPERS:
        (folder / paper).write_text(paper)
    for words in (
        "application submit Rosendol --country BG --gazetteer none --form form.txt --letter "
        "letter.txt --elected elections.txt --criteria aims --on 2026-02-02",
        "meeting convene ec --opens 2026-03-10T10:00 --on 2026-03-01",
        f"meeting roll-call {FIRST} --present {ALL} --on 2026-03-10",
        PROPOSE,
        "decision open EC-2026-001 --on 2026-03-10",
        f"decision vote EC-2026-001 --for {ALL} --on 2026-03-10",
    ):
        assert ask(folder, *words.split()).code == DONE, words
    (folder / ".gitignore").write_text("*.bak\n")
    return folder


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "net", symlinks=True))


def acting(how: str, template: Path, work: Path, words: str) -> list[tuple[Path, int]]:
    """Run the program of tests/cli/acting.py: each child's folder, and how it ended."""
    work.mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.cli.acting", how, str(template), str(work), *words.split()],
        cwd=PROJECT, env={**os.environ, **PINNED}, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    lines = [line.split() for line in ran.stdout.splitlines()]
    return [(work / number, int(ended)) for number, ended in lines]


def said(root: Path, who: int = 0) -> str:
    return Path(f"{root}.{who}.err").read_text(encoding="utf-8")


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD")


def is_clean(root: Path) -> bool:
    return git(root, "status", "--porcelain", "--", "registry") == ""


def check_whole(root: Path, template: Path) -> None:
    """One act and no more: one commit on the old head, index and files as it holds them."""
    assert git(root, "rev-parse", "HEAD^") == head(template)
    assert is_clean(root)
    assert not (root / ".git/index.lock").exists()
    git(root, "fsck", "--strict")


@pytest.mark.parametrize("both", [f"{CLOSE} + {MAYOR}", f"{CLOSE} + {CLOSE}"], ids=["two", "same"])
def test_of_two_acts_at_one_moment_one_commits(both: str, template: Path, tmp_path: Path) -> None:
    ended = acting("race", template, tmp_path / "work", both)
    assert len(ended) == 20
    for (root, first), (_, second) in zip(ended[::2], ended[1::2], strict=True):
        assert sorted((first, second)) == [DONE, CONFLICT], said(root) + said(root, 1)
        loser = int(first == DONE)
        assert "Traceback" not in said(root, loser)
        assert re.match(r"b40: .*\n  .*repeat.*\n$", said(root, loser)), said(root, loser)
        check_whole(root, template)
        act = both.split(" + ")[1 - loser].split()
        assert git(root, "log", "-1", "--format=%(trailers:key=B40-Act,valueonly)").strip() == (
            " ".join(act[:2])
        )
    again = ask(ended[0][0], *both.split(" + ")[int(ended[0][1] == DONE)].split())
    assert again.code == DONE


def test_an_act_is_killed_at_every_step(template: Path, tmp_path: Path) -> None:
    ended = acting("kill", template, tmp_path / "work", CLOSE)
    assert len(ended) > 25
    assert [code for _, code in ended[-1:]] == [DONE]
    assert {code for _, code in ended[:-1]} == {-9}
    before = snapshot(template)
    moved = []
    for root, _ in ended:
        moved.append(head(root) != head(template))
        if moved[-1]:
            check_cured(root, template)
        else:
            assert snapshot(root) == before
            assert ask(root, "roll").code == DONE
    assert moved == sorted(moved), "once the branch has moved, it has moved"
    assert 2 < sum(moved) < len(moved)
    last = [root for root, _ in ended if head(root) == head(template)][-1]
    assert ask(last, *CLOSE.split()).code == DONE
    check_whole(last, template)


def check_cured(root: Path, template: Path) -> None:
    """The commit is whole; the next read names the line that cures, the next act has healed it."""
    assert git(root, "rev-parse", "HEAD^") == head(template)
    assert git(root, "diff-tree", "-r", "--name-only", "HEAD^", "HEAD").split() == [DECISION, CITY]
    heard = ask(root, "roll")
    assert heard.code == DONE
    named = re.search(r"in place: (git restore .*)$", heard.err, re.MULTILINE)
    assert bool(named) == (not is_clean(root)), heard.err
    if named:
        copy = Path(shutil.copytree(root, f"{root}.cured", symlinks=True))
        subprocess.run(shlex.split(named[1]), cwd=copy, check=True)
        check_whole(copy, template)
        assert "in place" not in ask(copy, "roll").err
    assert ask(root, *CLOSE.split()).code == DONE, "already so"
    check_whole(root, template)
    assert ask(root, *MAYOR.split()).code == DONE
    assert is_clean(root)
    assert ask(root, "check", "--on", "2026-04-18").code == DONE


def test_a_full_disk_changes_nothing(template: Path, tmp_path: Path) -> None:
    """Where no file can grow beyond a limit, an act is done or refused, never half."""
    ended = acting("full", template, tmp_path / "work", CLOSE)
    before = snapshot(template)
    for root, code in ended:
        if code == DONE:
            check_whole(root, template)
        else:
            assert code == CONFLICT, said(root)
            assert snapshot(root) == before
            again = ask(root, *CLOSE.split())
            if again.code == CONFLICT:
                # A limit kills git where a full disk would not, and its lock outlives it.
                named = re.search(r"delete (/\S+\.lock), then repeat", again.err)
                assert named, again.err
                Path(named[1]).unlink()
                again = ask(root, *CLOSE.split())
            assert again.code == DONE
    codes = [code for _, code in ended]
    assert codes[0] == CONFLICT and codes[-1] == DONE
    assert codes.count(CONFLICT) >= 4


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


def void(_said: str) -> None:
    return None


def no_index_lock(root: Path) -> None:
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
    "another git command": (no_index_lock, CLOSE, "index.lock"),
    "a merge": (
        lambda root: void(str((root / ".git/MERGE_HEAD").write_text(head(root)))), CLOSE, "merge",
    ),
    "a branch of that name": (git_says("branch", "side"), f"{CLOSE} --branch side", "side"),
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
    before, parent = snapshot(root), head(root)
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
        git(root, "config", "--unset", f"user.{name.lower()}")
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.delenv(f"GIT_{who}_{name}")
    monkeypatch.delenv("EMAIL", raising=False)
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
    heard = ask(tmp_path, "init", *(["fresh"] if new else []), "--opened", "2026-01-05")
    assert heard.code == USAGE
    check_one_line(heard.err, "user.name")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", ["init fresh --dry-run", "init fresh --headquarters ???"])
def test_a_register_that_does_not_begin_leaves_no_folder(words: str, tmp_path: Path) -> None:
    ask(tmp_path, *words.split(), "--opened", "2026-01-05")
    assert list(tmp_path.iterdir()) == []


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
    ran = b40(root, *CLOSE.split())
    assert ran.returncode == CONFLICT
    check_one_line(ran.stderr, CITY)
    assert snapshot(root) == before
