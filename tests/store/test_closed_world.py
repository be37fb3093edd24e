"""A repository is data: nothing in it runs a program, and nothing outside is touched or judged."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from b40cli.model.errors import ConflictError, UnreadableError
from b40cli.store.git.repository import Repository
from tests import traps
from tests.acts.scene import scene
from tests.invented import git
from tests.scenario import ask, pinned

ACT = "member mayor bg-vodengrad Ana --from 2026-04-02 --on 2026-04-02"
COMMANDS = (
    *("roll", "status", "log", "check", "check --base HEAD~1", "review HEAD~1..HEAD", "audit"),
    *(
        "show bg-vodengrad",
        "member list",
        "fmt --check",
        f"{ACT} --dry-run",
        ACT,
        "sync --remote origin",
    ),
)


@pytest.fixture(autouse=True)
def times() -> Iterator[None]:
    with pinned():
        yield


def _trapped(register: Path, ran: Path) -> None:
    """One repository with every trap at once; each leaves a file that bears its name."""
    ran.mkdir()
    random = Random(40)
    shared = register.parent / "shared.git"
    git(register.parent, "clone", "-q", "--bare", str(register), str(shared))
    git(register, "remote", "add", "origin", str(shared))
    traps.hang(shared / "hooks", ran)
    with (shared / "config").open("a") as config:
        config.write(traps.settings(random, ran, traps.SERVING))
    traps.lay(register, ran, random, traps.documented())
    with (register / ".git/config").open("a") as config:
        config.write(traps.setting("core.worktree", str(register.parent / "elsewhere")))


def test_nothing_of_the_repository_runs(tmp_path: Path) -> None:
    """Every command over every trap; plain git, asked last, falls into some of them."""
    register, ran = scene(tmp_path, "meeting"), tmp_path / "ran"
    git(register, "commit", "-q", "--allow-empty", "-m", "second")
    plain = (register / ".git/config").read_text()
    _trapped(register, ran)
    (register / "registry/network.yaml").touch()
    for words in COMMANDS:
        heard = ask(register, *words.split())
        assert heard.code in (0, 1), (words, heard.err)
        assert list(traps.marks(ran)) == [], words
    program = traps.script(ran, "included")
    (register / ".git/config").write_text(f"{plain}[core]\n\tfsmonitor = {program}\n")
    (register / "registry/network.yaml").write_bytes(b"changed\n")
    subprocess.run(["git", "status"], cwd=register, capture_output=True)
    commit = ["git", "commit", "-q", "--allow-empty", "-m", "third"]
    subprocess.run(commit, cwd=register, capture_output=True)
    fallen = set(traps.marks(ran))
    # A filter that is asked first ends plain git before its hook: which of them is a race.
    assert "included" in fallen and len(fallen) > 1, "traps that catch nobody"


def test_another_folder_is_not_judged(tmp_path: Path) -> None:
    """core.worktree points at whole files, while those here are broken."""
    register = scene(tmp_path, "meeting")
    shutil.copytree(register / "registry", tmp_path / "elsewhere/registry")
    git(register, "config", "core.worktree", str(tmp_path / "elsewhere"))
    (register / "registry/network.yaml").write_text("id: [")
    assert ask(register, "check").code == 3


@pytest.mark.parametrize("name", ["GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_EDITOR", "GIT_TRACE2"])
def test_the_environment_names_no_program(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = scene(tmp_path, "meeting")
    monkeypatch.setenv(name, str(tmp_path / "ran") if "TRACE" in name else f"touch {tmp_path}/ran")
    assert ask(register, *ACT.split()).code == 0
    assert not (tmp_path / "ran").exists()


def test_a_file_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    """A stranger's folder whose .git names the clerk's repository: nothing of it is judged."""
    register = scene(tmp_path, "meeting")
    stranger = tmp_path / "stranger"
    shutil.copytree(register / "registry", stranger / "registry")
    (stranger / ".git").write_text(f"gitdir: {register}/.git\n")
    head = git(register, "rev-parse", "HEAD")
    for words in ("check", ACT):
        assert ask(stranger, *words.split()).code == 3
    (stranger / ".git").unlink()
    (stranger / ".git").symlink_to(register / ".git")
    assert ask(stranger, "check").code == 3
    assert git(register, "rev-parse", "HEAD") == head


def _link(register: Path, name: str) -> None:
    place = register / ".git" / name
    goal = register.parent / "outside" / name.replace("/", "-")
    goal.parent.mkdir(exist_ok=True)
    if place.exists():
        shutil.move(place, goal)
    else:
        goal.mkdir()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(goal)


LINKS = ("refs", "refs/heads", "logs", "logs/HEAD", "logs/refs/heads", "objects", "index", "info")


@pytest.mark.parametrize("name", LINKS)
def test_what_git_would_write_through_is_no_link(tmp_path: Path, name: str) -> None:
    register = scene(tmp_path, "meeting")
    _link(register, name)
    outside = tmp_path / "outside"
    before = _bytes(outside)
    assert ask(register, *ACT.split()).code in (3, 4)
    assert _bytes(outside) == before


@pytest.mark.parametrize("said", ["{0}/.git", "../../shared/.git", "{0}/ring"])
@pytest.mark.parametrize("in_a_worktree", [False, True])
def test_refs_are_not_looked_for_elsewhere(tmp_path: Path, said: str, in_a_worktree: bool) -> None:
    """Git finds them where a file `commondir` leads, whatever it is told."""
    register = scene(tmp_path, "meeting")
    shared = tmp_path / "shared"
    shutil.copytree(register, shared)
    (shared / "ring").symlink_to("ring")
    here, git_folder = register, register / ".git"
    if in_a_worktree:
        here = tmp_path / "beside"
        git(register, "worktree", "add", "-q", "-b", "aside", str(here))
        git_folder /= f"worktrees/{here.name}"
        assert ask(here, "roll").code == 0
    (git_folder / "commondir").write_text(said.format(shared) + "\n")
    before = _bytes(shared)
    for words in ("roll", ACT):
        heard = ask(here, *words.split())
        assert (heard.code, "commondir" in heard.err) == (3, True), heard
    assert _bytes(shared) == before


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_an_unknown_extension_is_named(tmp_path: Path) -> None:
    register = scene(tmp_path, "meeting")
    git(register, "config", "core.repositoryFormatVersion", "1")
    git(register, "config", "extensions.trap", "true")
    heard = ask(register, "roll")
    assert (heard.code, "extensions.trap" in heard.err) == (3, True)


Spoil = Callable[[Path], object]


def _fifo(config: Path) -> None:
    config.unlink()
    os.mkfifo(config)


SPOILT: dict[str, Spoil] = {
    "a link": lambda c: c.symlink_to(c.rename(c.with_name("other"))),
    "a pipe": _fifo,
    "large": lambda c: c.write_bytes(b"#" * (2 << 20)),
    "broken": lambda c: c.write_bytes(b"[core"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_settings_that_cannot_be_read_are_one_sentence(tmp_path: Path, spoil: Spoil) -> None:
    register = scene(tmp_path, "meeting")
    spoil(register / ".git/config")
    with pytest.raises((UnreadableError, ConflictError)):
        Repository.find(register).head()
    assert ask(register, "roll").code == 3
