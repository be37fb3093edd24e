"""What is read without a git of its own is what git says; what is written through one is whole."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from b40cli.model.errors import UsageError
from b40cli.store.git import commit, following
from b40cli.store.git.guard.safe_paths import blob_oid, object_oid
from b40cli.store.git.pack import BLOB, TREE, packed
from b40cli.store.git.refs import current_ref
from b40cli.store.git.repository import Repository
from tests.store.checkout import ENV, A, B, checkout, git, write


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    return checkout(tmp_path / "net")


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_a_pack_holds_objects_of_every_size(form: str, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", f"--object-format={form}", ".")
    like = "0" * (40 if form == "sha1" else 64)
    blobs = [os.urandom(size) for size in (0, 1, 15, 16, 2047, 2048, 2049, 300_000)]
    tree = b"100644 x\0" + bytes.fromhex(blob_oid(blobs[1], like))
    pack = packed([*((BLOB, data) for data in blobs), (TREE, tree)], like)
    subprocess.run(["git", "unpack-objects", "-q"], cwd=tmp_path, input=pack, check=True)
    for data in blobs:
        assert git(tmp_path, "cat-file", "-s", blob_oid(data, like)) == str(len(data))
    assert git(tmp_path, "cat-file", "-t", object_oid(b"tree", tree, like)) == "tree"
    git(tmp_path, "fsck", "--strict")


def _symbolic(root: Path) -> None:
    git(root, "branch", "other")
    git(root, "symbolic-ref", "refs/heads/main", "refs/heads/other")


def _linked(root: Path) -> None:
    (root / ".git/HEAD").unlink()
    (root / ".git/HEAD").symlink_to("refs/heads/main")


@pytest.mark.parametrize(
    "moved",
    [
        lambda root: git(root, "status"),
        lambda root: git(root, "pack-refs", "--all"),
        lambda root: git(root, "switch", "-q", "--detach"),
        lambda root: git(root, "switch", "-qc", "a/b.c"),
        lambda root: git(root, "switch", "-q", "--orphan", "fresh"),
        _symbolic,
        _linked,
    ],
)
def test_the_branch_is_the_one_git_says(root: Path, moved: Callable[[Path], object]) -> None:
    moved(root)
    told = subprocess.run(
        ["git", "symbolic-ref", "-q", "HEAD"], cwd=root, capture_output=True, text=True
    )
    assert current_ref(Repository(root)._calls) == (told.stdout.strip() or None)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ayşe Kâtip", "office@example.org"),
        ("Office, Inc.", "office@example.org"),
        ("  spaced  ", "<office@example.org>"),
        ("A\tB", "x"),
        ("Office", ""),
        ("'quoted'", "office@example.org"),
        ("...", "office@example.org"),
    ],
)
def test_who_acts_is_who_git_says(
    name: str, address: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the environment, and from a configuration of one's own."""
    told = subprocess.run(
        ["git", "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"], cwd=root,
        env={**os.environ, "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": address},
        capture_output=True, text=True,
    )  # fmt: skip
    own = tmp_path / "own"
    git(root, "config", "--file", str(own), "user.name", name)
    git(root, "config", "--file", str(own), "user.email", address)
    for way in ("environment", "configuration"):
        if way == "environment":
            monkeypatch.setenv("GIT_AUTHOR_NAME", name)
            monkeypatch.setenv("GIT_AUTHOR_EMAIL", address)
        else:
            monkeypatch.delenv("GIT_AUTHOR_NAME")
            monkeypatch.delenv("GIT_AUTHOR_EMAIL")
            monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
        if told.returncode:
            with pytest.raises(UsageError):
                Repository(root).actor()
        else:
            assert Repository(root).actor() == told.stdout.rsplit(" ", 2)[0]


def test_a_forked_child_asks_a_git_of_its_own(root: Path) -> None:
    """And what it does leaves the parent's alone."""
    repository = Repository(root)
    head = repository.head()
    ours = repository._calls._reader._process.pid
    child = os.fork()
    if child == 0:
        same = repository.head() == head and repository._calls._reader._process.pid != ours
        del repository
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert repository.head() == head
    assert repository._calls._reader._process.pid == ours


def test_one_child_is_asked_again_and_another_one_where_it_died(root: Path) -> None:
    """Refs that moved meanwhile are seen."""
    repository = Repository(root)
    head = repository.head()
    first = repository._calls._reader._process
    git(root, "commit", "-q", "--allow-empty", "-m", "later")
    assert repository.head() == git(root, "rev-parse", "HEAD") != head
    assert repository._calls._reader._process is first
    first.kill()
    assert repository.tree("HEAD")
    assert repository._calls._reader._process is not first


def test_what_is_staged_while_an_act_is_written_is_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index was listed before the objects were written: another one is listed again."""
    move = following.move

    def moved(*given: object) -> None:
        move(*given)  # type: ignore[arg-type]
        write(root, A, b"id: mine\n")
        git(root, "add", A)

    monkeypatch.setattr(commit, "move", moved)
    repository = Repository(root)
    repository.record({A: b"id: theirs\n", B: b"id: b\n"}, "x", parent=repository.head())
    assert git(root, "show", f":{A}") == "id: mine"
    assert git(root, "show", f":{B}") == "id: b"
