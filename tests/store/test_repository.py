"""The reads behind the git door: what is committed, what is on the disk, what happened."""

from __future__ import annotations

import errno
import fcntl
import gc
import io
import mmap
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from b40cli.model.errors import ConflictError, UnreadableError, UsageError
from b40cli.store.git import index, repository_git
from b40cli.store.git.guard import memory
from b40cli.store.git.guard.safe_paths import blob_oid
from b40cli.store.git.object_reader import ObjectReader
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_git import Call, Calls, Finished, GitFailed
from tests.store.checkout import ENV, NEW, A, B, checkout, git, write


@pytest.fixture(autouse=True)
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return checkout(tmp_path / "net")


def hashed(root: Path, data: bytes) -> str:
    return git(root, "hash-object", "--stdin", stdin=data)


def on_disk(root: Path) -> dict[str, str]:
    """The answer worktree() must give, the slow way."""
    return {
        path.relative_to(root).as_posix(): hashed(root, path.read_bytes())
        for path in (root / "registry").rglob("*")
        if path.is_file()
    }


def test_find_walks_up(root: Path) -> None:
    assert Repository.find(root / "registry/members").root == root.resolve()


def test_find_passes_by_a_git_root_without_a_registry(root: Path) -> None:
    inner = root / "vendor/lib"
    inner.mkdir(parents=True)
    git(inner, "init", "-q")
    assert Repository.find(inner).root == root.resolve()


def test_find_refuses(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not inside a git repository"):
        Repository.find(tmp_path)
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    with pytest.raises(UsageError, match="bare"):
        Repository.find(tmp_path / "bare.git")
    with pytest.raises(UsageError, match="bare"):
        Repository.start(tmp_path / "bare.git")
    git(tmp_path, "init", "-q", "plain")
    with pytest.raises(UsageError, match="no registry"):
        Repository.find(tmp_path / "plain")


def test_start_makes_nothing_but_git(tmp_path: Path) -> None:
    repo = Repository.start(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".git"]
    assert repo.head() is None
    assert repo.branch() is not None
    assert Repository.start(tmp_path).root == tmp_path.resolve()


def test_empty_repository(tmp_path: Path) -> None:
    repo = Repository.start(tmp_path)
    assert (repo.worktree(), repo.dirty(), repo.log(), repo.at_day("2026-12-15")) == (
        {},
        [],
        [],
        None,
    )
    write(tmp_path, A, b"x\n")
    assert repo.worktree() == {A: hashed(tmp_path, b"x\n")}


def test_head_and_branch(root: Path) -> None:
    repo = Repository.find(root)
    assert repo.head() == git(root, "rev-parse", "HEAD")
    assert repo.branch() == "main"
    git(root, "checkout", "-q", "--detach")
    assert repo.branch() is None


def test_resolve(root: Path) -> None:
    repo = Repository.find(root)
    git(root, "tag", "-a", "-m", "t", "v1")
    head = git(root, "rev-parse", "HEAD")
    assert {repo.resolve(rev) for rev in ("HEAD", "main", "v1", head, head[:9])} == {head}
    tree = git(root, "rev-parse", "HEAD^{tree}")
    for rev in (
        "nope",
        "",
        "a\0b",
        "--all",
        "-h",
        "HEAD\n",
        "HEAD..main",
        tree,
        "0" * 40,
        "--output=x",
    ):
        with pytest.raises(UsageError):
            repo.resolve(rev)
    assert not (root / "x").exists()
    for rev in ("HEAD@{99}", "main@{u}"):
        with pytest.raises(UsageError, match="names no commit"):
            repo.resolve(rev)


@pytest.mark.parametrize("rev", ["HEAD", "HEAD~1", "HEAD@{0}", "nope"])
@pytest.mark.parametrize("spoilt", ["[broken\n", "[core]\nbigFileThreshold = many\n"])
def test_a_git_that_cannot_work_says_of_no_name_that_it_is_none(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: str, rev: str
) -> None:
    (tmp_path / "spoilt").write_text(spoilt)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "spoilt"))
    with pytest.raises(GitFailed, match=r"bad (config|numeric)"):
        Repository.find(root).resolve(rev)


def test_tree_and_blobs(root: Path) -> None:
    repo = Repository.find(root)
    tree = repo.tree("HEAD")
    assert tree == {A: hashed(root, b"id: bg-plovdiv\n"), B: hashed(root, b"id: hr-zagreb\n")}
    assert dict(repo.blobs(tree.values())) == {
        tree[A]: b"id: bg-plovdiv\n",
        tree[B]: b"id: hr-zagreb\n",
    }
    assert list(repo.blobs([])) == []


def test_blobs_of_odd_bytes(root: Path) -> None:
    contents = [b"", b"\n", b"\n\n", b"\0\xff\r\n", b"no end", b"x" * 200_000]
    oids = [git(root, "hash-object", "-w", "--stdin", stdin=data) for data in contents]
    assert dict(Repository.find(root).blobs(oids)) == dict(zip(oids, contents, strict=True))


def test_many_blobs_and_a_reader_that_stops(root: Path) -> None:
    paths = [write(root, f"registry/x/{n}", b"%d\n" % n * 300) for n in range(3000)]
    names = "".join(f"{path}\n" for path in paths).encode()
    oids = git(root, "hash-object", "-w", "--stdin-paths", stdin=names).split()
    repo = Repository.find(root)
    assert next(iter(repo.blobs(oids)))[0] == oids[0]
    assert [oid for oid, _ in repo.blobs(oids)] == oids


def test_missing_object_is_an_error(root: Path) -> None:
    repo = Repository.find(root)
    for oid in ("1" * 40, git(root, "rev-parse", "HEAD")):
        with pytest.raises(UnreadableError):
            list(repo.blobs([oid]))


def edited(root: Path) -> None:
    write(root, A, b"edited\n")


def staged_then_edited(root: Path) -> None:
    write(root, A, b"staged\n")
    git(root, "add", A)
    write(root, A, b"edited\n")


def untracked(root: Path) -> None:
    write(root, NEW, b"new\n")


def intent_to_add(root: Path) -> None:
    write(root, NEW, b"new\n")
    git(root, "add", "-N", NEW)


def deleted(root: Path) -> None:
    (root / A).unlink()


def removed_and_put_back(root: Path) -> None:
    git(root, "rm", "-q", A)
    write(root, A, b"id: bg-plovdiv\n")


def renamed(root: Path) -> None:
    git(root, "mv", A, "registry/members/bg-sofia.yaml")


def assume_unchanged(root: Path) -> None:
    git(root, "update-index", "--assume-unchanged", A)
    write(root, A, b"edited\n")


def skip_worktree(root: Path) -> None:
    git(root, "update-index", "--skip-worktree", A)
    write(root, A, b"edited\n")


def same_size_same_time(root: Path) -> None:
    """An edit that tries to look like none; git sees the time of change to the second."""
    git(root, "config", "core.trustctime", "false")
    git(root, "config", "core.checkStat", "minimal")
    os.utime(root / A, (1_700_000_000, 1_700_000_000))
    git(root, "status")
    # Into the next second; the disk's clock is a little behind.
    time.sleep(1.05 - time.time() % 1)
    write(root, A, b"id: xx-plovdiv\n")
    os.utime(root / A, (1_700_000_000, 1_700_000_000))


def unmerged(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "other")
    write(root, A, b"theirs\n")
    git(root, "commit", "-q", "-am", "theirs")
    git(root, "checkout", "-q", "main")
    write(root, A, b"ours\n")
    git(root, "commit", "-q", "-am", "ours")
    subprocess.run(["git", "merge", "-q", "other"], cwd=root, capture_output=True)


def only_touched(root: Path) -> None:
    (root / A).touch()


CHANGES = [
    edited, staged_then_edited, untracked, intent_to_add, deleted, removed_and_put_back, renamed,
    assume_unchanged, skip_worktree, same_size_same_time, unmerged, only_touched,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda f: f.__name__)
def test_worktree_is_what_is_on_the_disk(root: Path, change: Callable[[Path], None]) -> None:
    change(root)
    repo = Repository.find(root)
    state = repo.worktree()
    assert state == on_disk(root)
    assert dict(repo.blobs(state.values())) == {
        oid: (root / path).read_bytes() for path, oid in state.items()
    }
    assert bool(repo.dirty()) == (change is not only_touched)


def test_dirty_names_the_paths(root: Path) -> None:
    edited(root)
    untracked(root)
    write(root, "outside.txt", b"not the registry\n")
    git(root, "rm", "-q", "--cached", B)
    assert Repository.find(root).dirty() == [NEW, A, B]


def test_ignored_files_are_no_part_of_it(root: Path) -> None:
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/exclude").write_text("*.swp\n")
    write(root, "registry/members/.a.swp", b"x")
    repo = Repository.find(root)
    assert (set(repo.worktree()), repo.dirty()) == ({A, B}, [])


def test_a_file_that_changes_while_it_is_read(root: Path) -> None:
    edited(root)
    repo = Repository.find(root)
    state = repo.worktree()
    write(root, A, b"edited again\n")
    with pytest.raises(ConflictError, match="changed"):
        list(repo.blobs(state.values()))


def link(root: Path) -> None:
    (root / "registry/members/xx-link.yaml").symlink_to("/etc/passwd")


def committed_link(root: Path) -> None:
    link(root)
    git(root, "add", ".")


def hidden_link(root: Path) -> None:
    git(root, "update-index", "--assume-unchanged", A)
    (root / A).unlink()
    (root / A).symlink_to("/etc/passwd")


def folder_is_link(root: Path) -> None:
    (root / "registry/members").rename(root.parent / "elsewhere")
    (root / "registry/members").symlink_to(root.parent / "elsewhere")


def submodule(root: Path) -> None:
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},registry/sub")


def nested_repository(root: Path) -> None:
    checkout(root / "registry/nested")


def odd_name(root: Path) -> None:
    write(root, "registry/members/a b\n.yaml", b"x\n")


def name_that_is_not_ascii(root: Path) -> None:
    write(root, "registry/members/plovdív.yaml", b"x\n")
    git(root, "add", ".")


def sparse(root: Path) -> None:
    git(root, "update-index", "--skip-worktree", A)
    (root / A).unlink()


@pytest.mark.parametrize(
    "oddity",
    [
        link, committed_link, hidden_link, folder_is_link, submodule, nested_repository, odd_name,
        name_that_is_not_ascii, sparse,
    ],
    ids=lambda f: f.__name__,
)  # fmt: skip
def test_odd_files_are_refused(root: Path, oddity: Callable[[Path], None]) -> None:
    oddity(root)
    with pytest.raises(UnreadableError) as caught:
        Repository.find(root).worktree()
    assert caught.value.findings
    assert all(finding.file.startswith("registry/") for finding in caught.value.findings)


@pytest.mark.parametrize("oddity", [committed_link, submodule, name_that_is_not_ascii])
def test_odd_committed_files_are_refused(root: Path, oddity: Callable[[Path], None]) -> None:
    oddity(root)
    git(root, "commit", "-q", "-m", "odd")
    with pytest.raises(UnreadableError) as caught:
        Repository.find(root).tree("HEAD")
    assert len(caught.value.findings) == 1


def test_read_working(root: Path) -> None:
    repo = Repository.find(root)
    assert repo.read_working(A) == b"id: bg-plovdiv\n"
    link(root)
    for path in ("registry/members/xx-link.yaml", "../x", "registry", NEW, f"{A}/below"):
        with pytest.raises(UnreadableError):
            repo.read_working(path)


def test_a_hook_s_environment_does_not_lead_away(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = checkout(tmp_path / "other", {"registry/network.yaml": b"name: other\n"})
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    assert set(Repository.find(root).worktree()) == {A, B}


def test_the_repository_s_settings_run_no_program(root: Path) -> None:
    for name in ("core.fsmonitor", "diff.external", "core.pager", "core.editor"):
        git(root, "config", name, f"touch {root}/ran; false")
    edited(root)
    repo = Repository.find(root)
    repo.worktree(), repo.dirty(), repo.log(), repo.diff({A: b"x\n"}), repo.tree("HEAD")
    assert not (root / "ran").exists()


def test_actor(root: Path) -> None:
    assert Repository.find(root).actor() == "Ayşe Kâtip <office@example.org>"


def test_diff_shows_what_would_change(root: Path) -> None:
    repo = Repository.find(root)
    text = repo.diff({A: b"id: bg-plovdiv\nname: \xd0\x9f\n", NEW: b"new", B: b"id: hr-zagreb\n"})
    assert text.splitlines() == [
        f"diff --git a/{NEW} b/{NEW}", "new file mode 100644", "--- /dev/null", f"+++ b/{NEW}",
        "@@ -0,0 +1 @@", "+new", "\\ No newline at end of file",
        f"diff --git a/{A} b/{A}", f"--- a/{A}", f"+++ b/{A}",
        "@@ -1 +1,2 @@", " id: bg-plovdiv", "+name: П",
    ]  # fmt: skip
    assert "Binary files" in repo.diff({"registry/evidence/x.pdf": b"\0\xff"})
    git(root, "apply", "--check", stdin=text.encode())
    assert repo.dirty() == []


def test_log_reads_trailers(root: Path) -> None:
    repo = Repository.find(root)
    message = (
        "decision: close EC-2026-001\n\nSix of six, Art. 5.\n\n"
        "B40-Act: decision close\nB40-On: 2026-12-15\nB40-On: 2026-12-01\n"
    )
    made = repo.record({A: b"x\n"}, message, parent=repo.head())
    newest, first = repo.log()
    assert newest.oid == made
    assert newest.day == "2026-12-15"
    assert newest.author == "Ayşe Kâtip <office@example.org>"
    assert newest.subject == "decision: close EC-2026-001"
    assert newest.body.startswith("Six of six, Art. 5.\n")
    assert newest.trailers == {
        "B40-Act": "decision close",
        "B40-On": "2026-12-15\n2026-12-01",
    }
    assert (first.subject, first.body, first.trailers) == ("begin", "", {})
    assert [commit.oid for commit in repo.log(B)] == [first.oid]
    assert len(repo.log(limit=1)) == 1


def test_day_of_a_commit_is_the_day_in_istanbul(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-12-20T21:30:00+0000")
    repo = Repository.find(root)
    begin = repo.head()
    late = repo.record({A: b"x\n"}, "late\n", parent=begin)
    assert repo.log(limit=1)[0].day == "2026-12-21"
    assert [repo.at_day(f"2026-12-{day}") for day in (14, 15, 20, 21, 22)] == [
        None, begin, begin, late, late,
    ]  # fmt: skip
    for day in ("yesterday", "2026-02-30", "2026-1-1", ""):
        with pytest.raises(UsageError):
            repo.at_day(day)


def test_at_day_at_midnight(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for moment in ("2026-12-20T23:59:59+0300", "2026-12-21T00:00:00+0300"):
        monkeypatch.setenv("GIT_COMMITTER_DATE", moment)
        repo = Repository.find(root)
        made.append(repo.record({A: moment.encode()}, "act\n", parent=repo.head()))
    assert [repo.at_day("2026-12-20"), repo.at_day("2026-12-21")] == made


def test_importing_the_door_imports_no_git() -> None:
    code = "import sys, b40cli.store.git.repository; sys.exit('git' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("odd", ["", "a name", "deep", "mode"])
def test_a_folder_under_many_names_is_not_walked(
    root: Path, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seven trees that say ten times each what the one below says: ten million files.

    Also where one name is odd, the folders lie deep, or their mode is written otherwise. What git
    compares by itself, it compares within a limit of memory.
    """
    tree, blob = "", hashed(root, b"")
    for depth in range(7):
        mode, oid = (b"40000", tree) if depth else (b"100644", blob)
        mode = mode.rjust(6, b"0") if odd == "mode" else mode
        raw = b"".join(b"%s n%d\0" % (mode, n) + bytes.fromhex(oid) for n in range(10))
        how = ("-t", "tree", "-w", "--stdin", "--literally")
        tree = git(root, "hash-object", *how, stdin=raw)
    for _ in range(40 if odd == "deep" else 0):
        tree = git(root, "mktree", stdin=f"040000 tree {tree}\tn\n".encode())
    if odd == "a name":
        tree = git(root, "mktree", stdin=f"040000 tree {tree}\ta name\n".encode())
    top = git(root, "mktree", stdin=f"040000 tree {tree}\tregistry\n".encode())
    many = git(root, "commit-tree", top, "-m", "many")
    for look in (Repository(root).tree, Repository(root).past().tree):
        with pytest.raises(UnreadableError, match="more than 500,000 files"):
            look(many)
    monkeypatch.setattr(memory, "MEMORY", 16 << 20)
    with pytest.raises(UnreadableError, match=r"git log failed.*memory"):
        Repository(root).past().one(many)


def _too_large(path: Path) -> bytes:
    raise UnreadableError(f"{path} is no regular file of at most 1 MiB.")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("often", [1, 5])
def test_an_act_under_the_look_is_seen_whole(
    often: int, large: bool, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HEAD of before it and the files of after it would name a commit that holds others.

    So it is where the index is too large to be read here.
    """
    if large:
        monkeypatch.setattr(index, "small", _too_large)
    looking, look = Repository(root), repository_git.Calls.together
    acts = list(range(often))

    def together(calls: Calls, *asked: Call, **more: Any) -> list[Finished]:
        told = look(calls, *asked, **more)
        if calls is looking.calls and asked[0].args[0] == "status" and acts:
            acting = Repository(root)
            acting.record({NEW: b"id: %d\n" % acts.pop()}, "act", parent=acting.head())
        return told

    monkeypatch.setattr(repository_git.Calls, "together", together)
    if often == 5:
        with pytest.raises(ConflictError, match="changes while it is read"):
            looking.standing()
    else:
        seen = looking.standing()
        assert not seen.differing and seen.oids == looking.tree(str(seen.head))
        assert seen.head == looking.head()


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="nothing bounds another process")
def test_git_begins_with_its_limit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before whoever started it comes to setting one: a .gitignore is read whole."""
    with (root / ".gitignore").open("wb") as file:
        file.truncate(3 << 30)
    own = resource.getrlimit(resource.RLIMIT_DATA)
    monkeypatch.setattr(memory, "MEMORY", 2 << 30)
    monkeypatch.setattr(resource, "prlimit", lambda _child, _what, *_bound: own)
    with pytest.raises(repository_git.GitFailed, match=r"git status failed.*memory"):
        Repository(root).standing()
    assert resource.getrlimit(resource.RLIMIT_DATA) == own


def test_git_is_ended_where_nothing_bounds_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS: what it has is looked at while it works."""
    with (root / ".gitignore").open("wb") as file:
        file.truncate(3 << 30)
    monkeypatch.delattr(resource, "prlimit", raising=False)
    monkeypatch.setattr(repository_git, "RESIDENT", 64 << 20)
    monkeypatch.setattr(repository_git, "LOOK_EVERY", 0.05)
    with pytest.raises(repository_git.GitFailed, match=r"git status failed.*memory"):
        Repository(root).standing()
    (root / ".gitignore").unlink()
    assert Repository(root).standing().differing == []
    monkeypatch.setattr(repository_git, "LOOK_EVERY", 0.001)
    data = bytes(4 << 20)
    told = Calls(root).run("hash-object", "--stdin", stdin=data).decode().strip()
    assert told == blob_oid(data, told), "what is asked at length arrives"


def test_each_of_two_gits_is_looked_at_where_nothing_bounds_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the second, while the first is waited for."""
    monkeypatch.delattr(resource, "prlimit", raising=False)
    monkeypatch.setattr(repository_git, "LOOK_EVERY", 0.02)
    looked: set[int] = set()

    def resident(child: int) -> int:
        """Too much, once both were looked at: else they wait as long as git is given."""
        looked.add(child)
        return repository_git.RESIDENT + 1 if len(looked) > 1 else 0

    monkeypatch.setattr(repository_git, "_resident", resident)
    os.mkfifo(root / ".gitignore")  # git waits for whoever would write into it
    status = Call(("status",), patience=2.0)
    told = Calls(root).together(status, status)
    assert all("memory" in each.talk for each in told)


def test_whoever_is_interrupted_leaves_no_git_behind(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clerk breaks off while the first is waited for: the second is ended, too."""
    started: list[Any] = []
    real = repository_git._process

    def process(*given: Any) -> Any:
        started.append(real(*given))
        return started[-1]

    def broken_off(*_asked: object) -> tuple[bytes, bytes]:
        raise KeyboardInterrupt

    calls = Calls(root)
    assert calls.world
    monkeypatch.setattr(repository_git, "_process", process)
    monkeypatch.setattr(repository_git, "_communicated", broken_off)
    os.mkfifo(root / ".gitignore")
    status = Call(("status",))
    with pytest.raises(KeyboardInterrupt):
        calls.together(status, status)
    left = [child for child in started if child.returncode is None]
    for child in left:
        child.kill()
        child.wait()
    assert len(started) == 2 and not left


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="nothing bounds another process")
def test_whoever_holds_more_than_git_may_is_not_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory that was never touched counts as well: what is asked for next would be refused."""
    monkeypatch.setattr(memory, "MEMORY", 2 << 30)
    own = resource.getrlimit(resource.RLIMIT_DATA)
    with mmap.mmap(-1, 3 << 29, mmap.MAP_PRIVATE), memory.bounded():
        assert resource.getrlimit(resource.RLIMIT_DATA) == own


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="no files in memory")
def test_an_answer_that_git_cannot_write_is_not_an_empty_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Into a pipe it would write nothing, and end with 0."""
    calls, made = repository_git.Calls(root), os.memfd_create

    def full(name: str) -> int:
        file = made(name, os.MFD_ALLOW_SEALING)
        fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW)
        return file

    asked = (
        "ls-files", "ls-tree HEAD", "for-each-ref", "diff-tree --root HEAD", "status --branch -s",
        "config --list", "rev-parse HEAD", "rev-list HEAD", "log", "merge-base HEAD HEAD",
        "symbolic-ref HEAD", "var GIT_AUTHOR_IDENT", "cat-file -t HEAD",
    )  # fmt: skip
    assert all(calls.run(*words.split()) for words in asked)
    monkeypatch.setattr(os, "memfd_create", full)
    for words in asked:
        with pytest.raises(repository_git.GitFailed, match="write failure"):
            calls.run(*words.split())


def test_what_the_machine_refuses_while_git_is_asked_is_its_own_error(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in memory that cannot be wound back has an error number; a defect of ours has none."""
    os.mkfifo(root / "pipe")
    monkeypatch.setattr(os, "memfd_create", lambda _n: os.open(root / "pipe", os.O_RDWR), False)
    with pytest.raises(OSError) as told:
        repository_git.Calls(root).run("rev-parse", "HEAD")
    assert told.value.errno == errno.ESPIPE


def test_a_child_that_nobody_can_wait_for_is_let_go() -> None:
    def nobody() -> None:
        raise OSError(errno.EIO, "Input/output error")

    reader, pipe = ObjectReader(), io.BytesIO()
    reader._process = SimpleNamespace(kill=print, wait=nobody, stdin=pipe, stdout=pipe)
    reader._owner = os.getpid()
    reader.end()
    assert pipe.closed


def test_a_forked_child_lets_go_of_the_git_of_its_parent(root: Path) -> None:
    """Without a warning (PYTHONDEVMODE), and that one goes on to answer."""
    calls = Calls(root)
    head = calls.few("HEAD")[0].oid
    theirs = calls._reader._process
    pid = os.fork()
    if pid == 0:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            there = calls.few("HEAD")[0].oid == head and theirs.stdin.closed
            del theirs
            gc.collect()
        os._exit(len(told) if there else 70)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert calls.few("HEAD")[0].oid == head and calls._reader._process is theirs


def test_a_machine_without_threads_is_no_defect(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none)
    with pytest.raises(OSError, match="new thread") as told:
        list(repository_git.Calls(root).things(("HEAD",) * 1000))
    assert told.value.errno == errno.EAGAIN


@pytest.mark.skipif(not hasattr(fcntl, "F_SETPIPE_SZ"), reason="pipes have one size")
def test_git_and_who_asks_it_never_wait_for_each_other(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in pipes of a page, nor where git complains of every object."""
    real = repository_git._process

    def narrow(*call: Any) -> Any:
        process = real(*call)
        for pipe in filter(None, (process.stdin, process.stdout, process.stderr)):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, mmap.PAGESIZE)
        return process

    def late(*_signal: object) -> None:
        raise AssertionError

    broken = hashed(root, b"broken")
    write(root, f".git/objects/{broken[:2]}/{broken[2:]}", b"no zlib at all")
    monkeypatch.setattr(repository_git, "_process", narrow)
    before, calls = signal.signal(signal.SIGALRM, late), repository_git.Calls(root)
    signal.alarm(20)
    try:
        for asked in (["x" * 400] * 32, ["x" * 4090], [broken] * 200):
            assert {thing.oid for thing in calls.things(asked)} == {None}
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="nothing bounds another process")
def test_threads_that_begin_children_leave_the_limit_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = resource.getrlimit(resource.RLIMIT_DATA)
    monkeypatch.setattr(memory, "MEMORY", 8 << 30)
    begun, both, over = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with memory.bounded():
            begun.set()
            both.wait(0.1)
        over.set()

    def second() -> None:
        begun.wait()
        with memory.bounded():
            both.set()
            over.wait()

    with ThreadPoolExecutor(2) as pool:
        assert [ended.result() for ended in (pool.submit(first), pool.submit(second))]
    assert resource.getrlimit(resource.RLIMIT_DATA) == own
