"""What GitPython does for us stays in the closed world, and leaves this process as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from b40cli.model.errors import UsageError
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_git import Calls, GitFailed
from b40cli.store.git.repository_remotes import address, begin, remotes
from tests.invented import git

HOME = "https://git.example.org/register.git"


@pytest.fixture
def shared(tmp_path: Path) -> Calls:
    """A repository with two remotes, one of which is pushed to elsewhere."""
    git(tmp_path, "init", "-q")
    git(tmp_path, "remote", "add", "origin", HOME)
    git(tmp_path, "remote", "add", "second", HOME)
    git(tmp_path, "config", "remote.second.pushurl", "/srv/second.git")
    return Calls(tmp_path)


def test_remotes_and_where_they_are_sent_to(shared: Calls) -> None:
    """The address is the one that is pushed to."""
    assert remotes(shared.world) == ["origin", "second"]
    assert [address(shared.world, n) for n in ("origin", "second")] == [HOME, "/srv/second.git"]


def test_remotes_of_a_linked_tree(shared: Calls, tmp_path: Path) -> None:
    """A tree made by `git worktree add` has those of its repository."""
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "first")
    git(tmp_path, "worktree", "add", "-q", "-b", "other", str(tmp_path / "linked"))
    assert remotes(Calls(tmp_path / "linked").world) == remotes(shared.world)


@pytest.mark.parametrize("name", ["--all", "nowhere", "$HOME", ""])
def test_a_name_is_never_an_option(shared: Calls, name: str) -> None:
    """What looks like one is a remote that is not there, told as git tells it."""
    before = dict(os.environ)
    with pytest.raises(GitFailed, match=r"git remote failed: (error|fatal): "):
        address(shared.world, name)
    assert dict(os.environ) == before


@pytest.mark.parametrize("name", ["~", "$HOME", "--bare", "a b"])
def test_a_folder_of_any_name_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """In the folder itself, whatever the environment says of repositories and templates."""
    (tmp_path / name).mkdir()
    (tmp_path / "template/hooks").mkdir(parents=True)
    (tmp_path / "template/hooks/post-checkout").write_text("exit 1\n")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(tmp_path / "template"))
    monkeypatch.chdir(tmp_path)
    before = dict(os.environ)
    Repository.fresh(Path(name))
    assert (tmp_path / name / ".git/HEAD").is_file()
    assert not (tmp_path / "elsewhere").exists()
    assert not (tmp_path / name / ".git/hooks/post-checkout").exists()
    assert dict(os.environ) == before


def test_a_folder_that_cannot_be_begun(tmp_path: Path) -> None:
    """Git's own words are told."""
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    with pytest.raises(GitFailed, match=r"git init failed: fatal: .*nowhere"):
        begin(tmp_path)


def test_a_folder_that_is_not_there_begins_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never the one we stand in."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    begin(tmp_path / "nowhere")
    assert not (tmp_path / "here/.git").exists()


def test_without_git(shared: Calls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same word as for every other call."""
    world = shared.world
    remotes(world)
    monkeypatch.setenv("PATH", str(tmp_path))
    for act in (lambda: begin(tmp_path), lambda: remotes(world)):
        with pytest.raises(UsageError, match="git cannot be run here"):
            act()
