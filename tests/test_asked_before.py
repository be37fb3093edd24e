"""What tests/asked_before.py remembers of git's settings rests on all that git hears them from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from b40cli.model.errors import MissingObject
from b40cli.store.git.object_reader import FEW
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_git import Calls
from tests.asked_before import asked_before
from tests.store.checkout import checkout, git

USERS = "[user]\n\tname = Ana\n"


@pytest.fixture
def times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A register and a user's file; how often git was asked for its settings."""
    checkout(tmp_path / "register")
    (tmp_path / "user").write_text(USERS)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "user"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    found: list[str] = []
    run = Calls.run

    def counted(calls: Calls, *words: str, **more: Any) -> bytes:
        found.append(words[0])
        return run(calls, *words, **more)

    monkeypatch.setattr(Calls, "run", counted)
    with asked_before():
        yield found


def settings(tmp_path: Path) -> dict[str, str]:
    return Calls(tmp_path / "register").settings


def test_the_same_is_asked_once(times: list[str], tmp_path: Path) -> None:
    assert settings(tmp_path) == settings(tmp_path) and times == ["config"]
    assert settings(tmp_path)["user.name"] == "Ana"


def test_the_users_file_is_heard_anew(times: list[str], tmp_path: Path) -> None:
    settings(tmp_path)
    (tmp_path / "user").write_text(USERS.replace("Ana", "Eva"))
    assert settings(tmp_path)["user.name"] == "Eva" and len(times) == 2


def test_another_file_is_heard_anew(
    times: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    assert "user.name" not in settings(tmp_path) and len(times) == 2


def test_the_environment_is_heard_anew(
    times: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(tmp_path)
    for name, value in (("COUNT", "1"), ("KEY_0", "user.name"), ("VALUE_0", "Eva")):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    first = settings(tmp_path)["user.name"]
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Ivo")
    assert (first, settings(tmp_path)["user.name"]) == ("Eva", "Ivo") and len(times) == 3


def test_the_repositorys_are_heard_anew(times: list[str], tmp_path: Path) -> None:
    settings(tmp_path)
    git(tmp_path / "register", "config", "remote.host.url", "https://example.org/r.git")
    assert settings(tmp_path)["remote.host.url"] == "https://example.org/r.git"
    assert len(times) == 2


def test_what_may_rest_on_more_is_never_remembered(
    times: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that the user's includes, or the system's."""
    (tmp_path / "user").write_text(f"[include]\n\tpath = {tmp_path}/more\n")
    (tmp_path / "more").write_text(USERS)
    first = settings(tmp_path)["user.name"]
    (tmp_path / "more").write_text(USERS.replace("Ana", "Eva"))
    assert (first, settings(tmp_path)["user.name"]) == ("Ana", "Eva")
    (tmp_path / "user").write_text(USERS)
    monkeypatch.delenv("GIT_CONFIG_NOSYSTEM")
    before = len(times)
    assert settings(tmp_path) == settings(tmp_path) and len(times) == before + 2


def test_of_a_few_objects_the_one_child_says_whether_they_are_there(
    times: list[str], tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "register")
    tree = repository.tree(git(tmp_path / "register", "rev-parse", "HEAD").strip())
    repository.nothing_lost(tree)
    assert tree and not times
    with pytest.raises(MissingObject, match="1" * 40):
        repository.nothing_lost({**tree, "registry/lost.yaml": "1" * 40})
    assert not times
    repository.nothing_lost(tree, ["HEAD"] * FEW)
    assert times == ["cat-file"]
