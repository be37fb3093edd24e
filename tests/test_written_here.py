"""What tests/written_here.py writes is what git writes; wherever it might not be, git is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from b40cli.model.errors import WorldError
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_git import Call, Calls
from tests.acts.scene import IDENTITY
from tests.invented import git, head_of, repository
from tests.written_here import written_here

WRITING = ["unpack-objects", "update-ref", "update-index"]
NEW, OLD = "registry/observers/at-far-2026.yaml", "registry/network.yaml"


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The verbs that git was asked; one clerk, one instant."""
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    found: list[str] = []
    together = Calls.together

    def counted(calls: Calls, *asked: Call) -> object:
        found.extend(word for call in asked for word in call.args if word in WRITING)
        return together(calls, *asked)

    monkeypatch.setattr(Calls, "together", counted)
    yield found


def acts(folder: Path, text: str = "id: x\n") -> None:
    """One change of a record, one new one, as a commit; whatever `text` is, it is new."""
    changes = {OLD: f"name: {text}".encode(), NEW: text.encode()}
    Repository(folder).record(changes, "An  act\n\nof two", parent=head_of(folder))


def left(folder: Path) -> dict[str, object]:
    """All that lies there, of the index what git tells of it."""
    files = {
        file.relative_to(folder).as_posix(): (file.read_bytes(), file.stat().st_mode)
        for file in folder.rglob("*")
        if file.is_file() and file.name != "index"
    }
    debug = git(folder, "ls-files", "--stage", "--debug", OLD, NEW).splitlines()
    told = [line for line in debug if "ino" not in line and "uid" not in line]
    whole = git(folder, "ls-files", "--stage"), git(folder, "status", "--porcelain")
    git(folder, "fsck", "--strict")
    return {**files, "index": (told, whole)}


@pytest.mark.parametrize("tended", [False, True], ids=["laid out", "git's own index"])
def test_it_is_what_git_writes(tmp_path: Path, asked: list[str], tended: bool) -> None:
    one, other = (repository(tmp_path / name) for name in ("one", "other"))
    for folder in (one, other):
        if tended:
            git(folder, "commit", "-q", "--allow-empty", "-m", "With a tree in the index")
        assert not list((folder / ".git").rglob("*.lock"))
    for text in ("id: y\n", "id: z\n" * 90):
        acts(one, text)
        with written_here():
            acts(other, text)
    assert asked == WRITING * 2
    assert left(one) == left(other)


def gone(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


def there(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).touch()


@pytest.mark.parametrize(
    ("odd", "verbs"),
    [
        (there(".git/refs/heads/main.lock"), ["update-ref"]),
        (there(".git/HEAD.lock"), ["update-ref"]),
        (gone(".git/logs/HEAD"), ["update-ref"]),
        (lambda folder: git(folder, "pack-refs", "--all"), ["update-ref"]),
        (lambda folder: git(folder, "update-index", "--index-version", "4"), ["update-index"]),
        (lambda folder: git(folder, "update-index", "--assume-unchanged", OLD), ["update-index"]),
        (lambda folder: git(folder, "update-index", "--untracked-cache"), ["update-index"]),
    ],
)
def test_what_is_out_of_the_ordinary_is_gits(
    tmp_path: Path, asked: list[str], odd: Callable[[Path], object], verbs: list[str]
) -> None:
    """Its answer is the same, too: done, or refused in its words."""
    said = []
    for name in ("one", "other"):
        folder = repository(tmp_path / name)
        odd(folder)
        asked.clear()
        with written_here() if name == "other" else nullcontext():
            try:
                acts(folder)
            except WorldError as error:
                said.append(str(error).replace(str(folder), ""))
            else:
                said.append(git(folder, "status", "--porcelain"))
    assert asked[:1] == verbs and said[0] == said[1]


def test_who_acts_is_heard_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the user's own file, where the environment says no name; git hears an included one."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "user"))
    folder = repository(tmp_path / "register")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
    (tmp_path / "more").write_text("[user]\n\tname = Ivo\n")
    for told in ("[user]\n\tname = Ana\n", "[user]\n\tname = Eva\n", "[include]\n\tpath = more\n"):
        (tmp_path / "user").write_text(told)
        with written_here():
            acts(folder, f"id: {len(told)}{told[-4]}\n")
    logged = git(folder, "log", "-g", "--format=%gn", "HEAD").split()
    assert logged[:3] == ["Ivo", "Eva", "Ana"]
