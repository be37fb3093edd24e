"""What is read without a git of its own is what git says; what is written through one is whole."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from b40cli.model.errors import UnreadableError, UsageError, WorldError
from b40cli.store.git import commit, commit_stream, following, index, repository_git
from b40cli.store.git.guard.safe_paths import blob_oid, object_oid
from b40cli.store.git.index import listing
from b40cli.store.git.pack import BLOB, TREE, packed
from b40cli.store.git.refs import current_ref
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_git import Call, GitFailed
from b40cli.store.git.trees import listed
from tests.store.checkout import ENV, NEW, A, B, checkout, git, write


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    return checkout(tmp_path / "net")


def verbs(patch: pytest.MonkeyPatch) -> list[str]:
    """The words of git that are called from now on."""
    asked: list[str] = []
    real = repository_git._process

    def process(call: Call, *more: Any) -> Any:
        asked.append(repository_git._verb(call))
        return real(call, *more)

    patch.setattr(repository_git, "_process", process)
    return asked


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


def _tree(root: Path, data: bytes) -> str:
    return git(root, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=data)


@pytest.mark.parametrize("form", ["first", "last", "out of place", "cut", "file and folder"])
def test_a_folder_that_git_does_not_write_is_read_by_nobody(form: str, root: Path) -> None:
    """Of a name that stands twice one reader takes the first, another the last."""
    words = ["git", "cat-file", "tree", "HEAD:registry/members"]
    tree = subprocess.run(words, cwd=root, capture_output=True, check=True).stdout
    blob, name = git(root, "hash-object", "-w", "--stdin", stdin=b"x"), B.rpartition("/")[2]
    one, other = tree[: tree.index(b"100644", 1)], tree[tree.index(b"100644", 1) :]
    forged = b"100644 " + name.encode() + b"\0" + bytes.fromhex(blob)
    below = (
        b"40000 " + name.encode() + b"\0" + bytes.fromhex(git(root, "rev-parse", "HEAD:registry"))
    )
    odd = {
        "first": one + forged + other,
        "last": tree + forged,
        "out of place": other + one,
        "cut": tree + b"100644 x",
        "file and folder": tree + below,
    }[form]
    data = b"40000 members\0" + bytes.fromhex(_tree(root, odd))
    data = b"40000 registry\0" + bytes.fromhex(_tree(root, data))
    made = git(root, "commit-tree", _tree(root, data), "-p", "HEAD", "-m", "odd")
    repo = Repository(root)
    with pytest.raises(UnreadableError, match=r"none that git writes|too-short tree"):
        repo.tree(made)
    git(root, "update-ref", "HEAD", made)
    with pytest.raises(WorldError, match=r"none that git writes|too-short tree"):
        repo.record({A: b"id: z\n"}, "act", parent=made)
    assert git(root, "rev-parse", "HEAD") == made


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
    assert current_ref(Repository(root).calls) == (told.stdout.strip() or None)


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


def test_what_a_commit_holds_is_what_git_says(root: Path) -> None:
    """Of files, folders, links, what is not there, and what nobody can read."""
    (root / "registry/link").symlink_to("members")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "link")
    calls = Repository(root).calls
    asked = (A, B, NEW, "registry/members", "registry/link", "registry/link/x", "nowhere/x")
    told = git(root, "ls-tree", "HEAD", A, B, "registry/link").splitlines()
    assert listed(calls, "HEAD", asked) == {t.split()[3]: t.split()[2] for t in told}
    oid = git(root, "rev-parse", "HEAD:registry/members")
    (root / f".git/objects/{oid[:2]}/{oid[2:]}").unlink()
    assert set(listed(calls, "HEAD", ["registry/link", "registry/x"])) == {"registry/link"}
    with pytest.raises(UnreadableError, match="cannot read the folder registry/members"):
        listed(calls, "HEAD", [NEW, A])


DATES = ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")


@pytest.mark.parametrize(
    ("said", "moment", "children"),
    [
        ({}, None, 0),
        ({"GIT_DEFAULT_HASH": "sha256"}, None, 0),
        ({"GIT_AUTHOR_DATE": "2026-12-15T09:00:00-03:30"}, None, 0),
        ({"GIT_COMMITTER_NAME": "Ω d'Or", "GIT_COMMITTER_EMAIL": "x"}, None, 0),
        (dict.fromkeys(DATES, ""), "2026-12-15T10:00:00+02:00", 0),
        (dict.fromkeys(DATES, ""), "2026-12-15T23:59:59+0000", 0),
        ({"GIT_COMMITTER_DATE": "2026-12-15 10:00"}, "2026-12-15T10:00:00+02:00", 1),
        ({"GIT_COMMITTER_DATE": "2026-12-15T10:00:00-0000"}, None, 1),
        ({"GIT_COMMITTER_DATE": "2026-12-15T10:00:00-00:01"}, None, 1),
        ({"GIT_COMMITTER_DATE": "2027-02-29T10:00:00+0300"}, None, 1),
        ({"GIT_COMMITTER_NAME": " Office, Inc. "}, None, 1),
        ({"GIT_AUTHOR_EMAIL": "<office@example.org>"}, None, 1),
        ({"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "committer.name",
          "GIT_CONFIG_VALUE_0": "Another"}, None, 0),
    ],
)  # fmt: skip
def test_a_commit_is_the_one_git_makes(
    said: dict[str, str],
    moment: str | None,
    children: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of whoever is in the environment or, where nobody is, in a configuration."""
    for name, value in (ENV | said).items():
        monkeypatch.setenv(name, value)
    if "GIT_CONFIG_COUNT" in said:
        monkeypatch.delenv("GIT_COMMITTER_NAME")
    repository = Repository(checkout(tmp_path / "net"))
    parent = repository.head()
    asked = verbs(monkeypatch)
    made = repository.record({NEW: b"new\n"}, "a\n\nž\n\n", parent=parent, moment=moment)
    assert asked.count("commit-tree") == children
    told = subprocess.run(
        ["git", "commit-tree", f"{made}^{{tree}}", "-p", str(parent)], cwd=repository.root,
        input="a\n\nž\n\n".encode(), capture_output=True, check=True,
        env={**os.environ, **(dict.fromkeys(DATES, moment or "") if "" in said.values() else {})},
    )  # fmt: skip
    assert told.stdout.decode().strip() == made
    git(repository.root, "fsck", "--strict")


def test_a_forked_child_asks_a_git_of_its_own(root: Path) -> None:
    """And what it does leaves the parent's alone."""
    repository = Repository(root)
    head = repository.head()
    ours = repository.calls._reader._process.pid
    child = os.fork()
    if child == 0:
        same = repository.head() == head and repository.calls._reader._process.pid != ours
        del repository
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert repository.head() == head
    assert repository.calls._reader._process.pid == ours


def test_one_child_is_asked_again_and_another_one_where_it_died(root: Path) -> None:
    """Refs that moved meanwhile are seen."""
    repository = Repository(root)
    head = repository.head()
    first = repository.calls._reader._process
    git(root, "commit", "-q", "--allow-empty", "-m", "later")
    assert repository.head() == git(root, "rev-parse", "HEAD") != head
    assert repository.calls._reader._process is first
    first.kill()
    assert repository.tree("HEAD")
    assert repository.calls._reader._process is not first


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


def _unsettled(root: Path) -> None:
    oid = git(root, "rev-parse", f"HEAD:{A}")
    told = f"0 {'0' * len(oid)}\t{A}\n" + "".join(f"100644 {oid} {n}\t{A}\n" for n in (1, 2, 3))
    git(root, "update-index", "--index-info", stdin=told.encode())


def _half_settled(root: Path) -> None:
    oid = git(root, "rev-parse", f"HEAD:{A}")
    told = f"0 {'0' * len(oid)}\t{A}\n100644 {oid} 2\t{A}\n"
    git(root, "update-index", "--index-info", stdin=told.encode())


def _split(root: Path) -> None:
    """All of it in another file: of files that git need not look at again."""
    for path in (A, B):
        os.utime(root / path, (1, 1))
    git(root, "update-index", "--refresh")
    git(root, "update-index", "--split-index")


def _of_every_length(root: Path) -> None:
    for n in range(1, 250, 3):
        write(root, f"registry/members/{'x' * n}", b"%d" % n)
    write(root, "registry.yaml", b"beside")
    write(root, "registry/a b\n\u017e", b"odd")
    (root / "registry/link").symlink_to("a")
    (root / A).chmod(0o755)
    git(root, "add", "-A")
    deep = f"100644,{git(root, 'rev-parse', f'HEAD:{A}')},registry/{'abc/' * 1100}x"
    git(root, "update-index", "--add", "--cacheinfo", deep)


def _cut_short(root: Path) -> None:
    (root / ".git/index").write_bytes((root / ".git/index").read_bytes()[:200])


@pytest.mark.parametrize(
    ("staged", "children", "form"),
    [
        (lambda root: git(root, "status"), 0, "sha1"),
        (_of_every_length, 0, "sha1"),
        (_of_every_length, 0, "sha256"),
        (lambda root: git(root, "update-index", "--assume-unchanged", A), 0, "sha1"),
        (lambda root: git(root, "update-index", "--skip-worktree", A, B), 0, "sha1"),
        (lambda root: (write(root, NEW, b"x"), git(root, "add", "-N", NEW)), 0, "sha1"),
        (lambda root: git(root, "rm", "-q", "--cached", "-r", "."), 0, "sha1"),
        (lambda root: (root / ".git/index").unlink(), 0, "sha1"),
        (lambda root: git(root, "update-index", "--untracked-cache"), 0, "sha1"),
        (_unsettled, 1, "sha1"),
        (lambda root: git(root, "update-index", "--index-version", "4"), 1, "sha1"),
        (_half_settled, 1, "sha1"),
        (_split, 1, "sha1"),
        (_cut_short, 1, "sha1"),
    ],
)
def test_the_index_is_what_git_says(
    staged: Callable[[Path], object],
    children: int,
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A git is asked where the file is large, or none that can be read in one way only."""
    for name, value in (ENV | {"GIT_DEFAULT_HASH": form}).items():
        monkeypatch.setenv(name, value)
    root = checkout(tmp_path / "net")
    staged(root)
    calls = Repository(root).calls
    like = calls.few("HEAD")[0].oid
    asked = verbs(monkeypatch)

    def told(*paths: str) -> object:
        try:
            return listing(calls, paths, like)
        except GitFailed as error:
            return str(error)

    questions = ((), ("registry",), (A, NEW), (NEW, "registry/members"))
    ours = [told(*paths) for paths in questions]
    assert len(asked) == children * len(questions)
    monkeypatch.setattr(index, "MOST_READ", 0)
    assert ours == [told(*paths) for paths in questions]


def _made(root: Path, *parents: str) -> str:
    words = [word for parent in parents for word in ("-p", parent)]
    return git(root, "commit-tree", "HEAD^{tree}", "-m", f"on {parents}", *words)


def test_a_short_line_is_the_one_git_tells(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every two commits of a history in which two beginnings meet."""
    first = git(root, "rev-parse", "HEAD")
    ours = _made(root, _made(root, first))
    told = [first, ours, _made(root, _made(root, ours, _made(root))), _made(root)]
    past = Repository(root).past()

    def all_told() -> list[object]:
        return [
            (past.first_parents(base, tip), past.partings(base, tip), past.leads_to(base, tip))
            for base, tip in product(told, told)
        ] + [[r.oid for r in past.commits(None, tip)] for tip in told]

    read = all_told()
    monkeypatch.setattr(commit_stream, "SHORT", 0)
    assert read == all_told()


def test_a_clone_begins_where_git_cut_it_off(root: Path) -> None:
    """Its commits name more than it is said to have."""
    first = git(root, "rev-parse", "HEAD")
    second = _made(root, first)
    (root / ".git/shallow").write_text(f"{second}\n")
    past, third = Repository(root).past(), _made(root, second)
    assert past.first_parents(None, third) == [second, third]
    assert past.leads_to(second, third) and not past.leads_to(first, third)
