"""record(): one act is one commit, and what the user has is theirs."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.model.errors import ConflictError, UnreadableError, UsageError, WorldError
from b40cli.store.git import checkout as checkout_of_acts
from b40cli.store.git.guard import memory
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_git import Calls, GitFailed
from b40cli.store.git.taking_back import take_back
from tests.store.checkout import ENV, NEW, A, B, checkout, files, git, snapshot, write
from tests.user import says, signs

MESSAGE = "decision: close EC-2026-001\n\nSix of six.\n\nB40-Act: decision close\n"
ACT = {A: b"id: bg-plovdiv\nname: Plovdiv\n", NEW: b"id: EC-2026-001\n"}


@pytest.fixture(autouse=True)
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return checkout(tmp_path / "net")


def act(root: Path, changes: dict[str, bytes] | None = None, branch: str | None = None) -> str:
    repo = Repository.find(root)
    return repo.record(changes or ACT, MESSAGE, parent=repo.head(), branch=branch)


def refused(
    root: Path,
    error: type[WorldError] = ConflictError,
    branch: str | None = None,
    changes: dict[str, bytes] | None = None,
) -> None:
    """The act is refused, and nothing at all has changed."""
    before = snapshot(root)
    with pytest.raises(error) as caught:
        act(root, changes, branch)
    assert snapshot(root) == before
    assert not (root / ".git/b40/journal").exists()
    assert not (root / ".git/b40/act").exists()
    assert caught.value.remedy


def test_commit_is_whole(root: Path) -> None:
    parent = git(root, "rev-parse", "HEAD")
    made = act(root)
    assert git(root, "rev-parse", "HEAD", "main", "HEAD^").split() == [made, made, parent]
    assert git(root, "status", "--porcelain", "-uall") == ""
    assert {path: (root / path).read_bytes() for path in ACT} == ACT
    assert git(root, "show", f"{made}:{A}").encode() + b"\n" == ACT[A]
    assert git(root, "diff-tree", "-r", "--name-only", "HEAD^", "HEAD").split() == [NEW, A]
    assert git(root, "cat-file", "commit", made).split("\n\n", 1)[1] + "\n" == MESSAGE
    assert not (root / ".git/b40/act").exists()
    git(root, "fsck", "--strict")


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("branch", [None, "aside"])
def test_no_act_is_made_before_the_commit_it_stands_on(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, branch: str | None, signed: bool
) -> None:
    """Where one clerk's clock is behind: the audit would refuse the line for ever."""
    if signed:
        key = tmp_path / "key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        signs(monkeypatch, tmp_path, key)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-12-16T09:05:00+0300")
    head = act(root)
    other = {A: b"id: bg-plovdiv\nname: Plovdiv on the Maritsa\n"}
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-12-16T09:04:59+0300")
    refused(root, changes=other, branch=branch)
    with pytest.raises(ConflictError, match="1 second behind"):
        take_back(Repository.find(root), head, "undo")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-12-16T08:05:00+0200")
    assert act(root, other, branch)


@pytest.mark.parametrize("branch", [None, "aside"])
def test_no_act_is_made_before_its_day_or_on_a_day_to_come(
    root: Path, monkeypatch: pytest.MonkeyPatch, branch: str | None
) -> None:
    """Days are Istanbul's; what the body says of a day is no trailer."""
    repo, head = Repository.find(root), act(root)
    told = "subject\n\nB40-On: 2027-01-01\n\nB40-Act: member set\nB40-On: 2026-12-17\n"
    other = {A: b"id: bg-plovdiv\nname: Plovdiv on the Maritsa\n"}
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-12-16T20:59:59+0000")
    with pytest.raises(ConflictError, match="would be of 2026-12-16, the act is of") as caught:
        repo.record(other, told, parent=head, branch=branch)
    assert "--on 2026-12-16" in caught.value.remedy
    with pytest.raises(ConflictError, match="would be of 2026-12-16"):
        take_back(repo, head, told)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-12-16T21:00:00+0000")
    with pytest.raises(ConflictError, match="would be of 2026-12-17; today is 2026-12-16"):
        repo.record(other, told, parent=head, branch=branch, today=date(2026, 12, 16))
    assert repo.record(other, told, parent=head, branch=branch, today=date(2026, 12, 17))


@pytest.mark.parametrize("whose", ["AUTHOR", "COMMITTER"])
def test_a_moment_that_git_does_not_read_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    """Also where git is asked for the name: it says nothing of it."""
    head = git(root, "rev-parse", "HEAD")
    monkeypatch.setenv(f"GIT_{whose}_DATE", "nonsense")
    with pytest.raises(UsageError, match="no day and time in 'nonsense'") as caught:
        act(root)
    assert "Unset GIT_AUTHOR_DATE" in caught.value.remedy
    monkeypatch.setenv(f"GIT_{whose}_NAME", "Clerk.")
    with pytest.raises(UsageError, match="no day and time"):
        act(root)
    assert git(root, "rev-parse", "HEAD") == head
    if whose == "AUTHOR":
        with pytest.raises(UsageError, match="no day and time"):
            Repository.find(root).actor()


def test_message_bytes_are_exact(root: Path) -> None:
    message = "subject\n\n# no comment\n  two   spaces  \n\n\nžš Ελ\n\n"
    repo = Repository.find(root)
    made = repo.record(ACT, message, parent=repo.head())
    raw = subprocess.run(
        ["git", "cat-file", "commit", made], cwd=root, capture_output=True, check=True
    ).stdout
    assert raw.split(b"\n\n", 1)[1] == message.encode()


def test_first_commit(tmp_path: Path) -> None:
    repo = Repository.start(tmp_path)
    assert repo.head() is None
    made = repo.record(ACT, MESSAGE, parent=None)
    assert repo.head() == made
    assert git(tmp_path, "status", "--porcelain") == ""
    assert git(tmp_path, "rev-list", "--count", "HEAD") == "1"


def test_staged_and_unstaged_work_elsewhere_survives(root: Path) -> None:
    write(root, B, b"staged\n")
    git(root, "add", B)
    write(root, B, b"staged\nand edited\n")
    write(root, "registry/members/new.yaml", b"staged new\n")
    write(root, "registry/members/loose.yaml", b"untracked\n")
    git(root, "add", "registry/members/new.yaml")
    (root / "notes").write_text("mine")
    status, index = git(root, "status", "--porcelain", "-uall"), git(root, "ls-files", "-s", B)
    act(root)
    assert git(root, "status", "--porcelain", "-uall") == status
    assert git(root, "ls-files", "-s", B) == index
    assert (root / B).read_bytes() == b"staged\nand edited\n"
    assert git(root, "ls-tree", "-r", "--name-only", "HEAD").split() == [NEW, A, B]


def edit(root: Path) -> None:
    write(root, A, b"edited\n")


def stage(root: Path) -> None:
    write(root, A, b"edited\n")
    git(root, "add", A)


def stage_and_put_back(root: Path) -> None:
    old = (root / A).read_bytes()
    stage(root)
    write(root, A, old)


def delete(root: Path) -> None:
    (root / A).unlink()


def delete_staged(root: Path) -> None:
    git(root, "rm", "-q", "--cached", A)


def untracked(root: Path) -> None:
    write(root, NEW, b"mine\n")


def untracked_same_bytes(root: Path) -> None:
    write(root, NEW, ACT[NEW])


def untracked_and_ignored(root: Path) -> None:
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/exclude").write_text("decisions/\n")
    write(root, NEW, b"mine\n")


def assume_unchanged(root: Path) -> None:
    git(root, "update-index", "--assume-unchanged", A)
    write(root, A, b"edited\n")


def skip_worktree(root: Path) -> None:
    git(root, "update-index", "--skip-worktree", A)
    write(root, A, b"edited\n")


def intent_to_add(root: Path) -> None:
    write(root, NEW, b"mine\n")
    git(root, "add", "-N", NEW)


def staged_below(root: Path) -> None:
    oid = git(root, "hash-object", "-w", "--stdin", stdin=b"x")
    git(root, "update-index", "--add", "--cacheinfo", f"100644,{oid},{NEW}/below.yaml")


def staged_above(root: Path) -> None:
    oid = git(root, "hash-object", "-w", "--stdin", stdin=b"x")
    git(root, "update-index", "--add", "--cacheinfo", f"100644,{oid},registry/decisions")


def parent_is_file(root: Path) -> None:
    write(root, "registry/decisions", b"a file\n")


def parent_is_link(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (root / "registry/decisions").symlink_to(outside)


def parent_became_link(root: Path) -> None:
    outside = root.parent / "outside"
    shutil.move(root / "registry/members", outside)
    (root / "registry/members").symlink_to(outside)


def target_is_link(root: Path) -> None:
    outside = root.parent / "secret"
    outside.write_bytes((root / A).read_bytes())
    (root / A).unlink()
    (root / A).symlink_to(outside)


def target_is_folder(root: Path) -> None:
    (root / NEW).mkdir(parents=True)


def merging(root: Path) -> None:
    (root / ".git/MERGE_HEAD").write_text(git(root, "rev-parse", "HEAD") + "\n")


def picking(root: Path) -> None:
    (root / ".git/CHERRY_PICK_HEAD").write_text(git(root, "rev-parse", "HEAD") + "\n")


def rebasing(root: Path) -> None:
    (root / ".git/rebase-merge").mkdir()


def index_locked(root: Path) -> None:
    (root / ".git/index.lock").touch()


def branch_locked(root: Path) -> None:
    (root / ".git/refs/heads/main.lock").touch()


def detached(root: Path) -> None:
    git(root, "checkout", "-q", "--detach")


@pytest.mark.parametrize(
    "obstacle",
    [
        edit, stage, stage_and_put_back, delete, delete_staged, untracked, untracked_same_bytes,
        untracked_and_ignored, assume_unchanged, skip_worktree, intent_to_add, staged_below,
        staged_above, parent_is_file, parent_is_link, parent_became_link, target_is_link,
        target_is_folder, merging, picking, rebasing, index_locked, branch_locked, detached,
    ],
    ids=lambda f: f.__name__,
)  # fmt: skip
def test_refused_and_nothing_changed(root: Path, obstacle: Callable[[Path], None]) -> None:
    obstacle(root)
    moves = git(root, "reflog", "main")
    refused(root)
    if obstacle is not staged_above:  # only the index itself finds this one: the branch went back
        assert git(root, "reflog", "main") == moves


def test_touched_file_is_not_in_the_way(root: Path) -> None:
    (root / A).touch()
    act(root)
    assert git(root, "status", "--porcelain") == ""


def test_moved_head(root: Path) -> None:
    repo = Repository.find(root)
    parent = repo.head()
    git(root, "commit", "-q", "--allow-empty", "-m", "somebody else")
    before = snapshot(root)
    for branch in (None, "pr"):
        with pytest.raises(ConflictError, match="moved"):
            repo.record(ACT, MESSAGE, parent=parent, branch=branch)
    assert snapshot(root) == before


def test_a_folder_never_takes_the_place_of_a_file(root: Path) -> None:
    before = snapshot(root)
    repo = Repository.find(root)
    for path in (f"{A}/below.yaml", "registry/members"):
        with pytest.raises(ConflictError):
            repo.record({path: b"x\n"}, MESSAGE, parent=repo.head())
    assert snapshot(root) == before


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/x", "a/../../x", ".git/hooks/x", "a/.GIT/x", "a//b", "-x", "a\nb", "č", ""],
)
def test_odd_paths_are_refused(root: Path, path: str) -> None:
    before = snapshot(root)
    with pytest.raises(UsageError):
        act(root, {path: b"x"})
    assert snapshot(root) == before


def test_two_at_once_one_wins(root: Path) -> None:
    repos = [Repository.find(root) for _ in range(2)]
    parent = repos[0].head()
    changes = [{A: b"first\n"}, {A: b"second\n", NEW: b"x\n"}]

    def run(n: int) -> str | None:
        try:
            return repos[n].record(changes[n], f"act {n}", parent=parent)
        except ConflictError:
            return None

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(run, range(2)))
    winner = next(n for n in range(2) if made[n])
    assert made.count(None) == 1
    assert git(root, "rev-parse", "HEAD", "HEAD^").split() == [made[winner], parent]
    assert git(root, "status", "--porcelain", "-uall") == ""
    assert {path: (root / path).read_bytes() for path in changes[winner]} == changes[winner]


def test_lost_race_against_plain_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody commits after the look and before the swap: only the swap can see it."""
    from b40cli.store.git import commit, following

    real = following.move

    def late(*args: object) -> None:
        git(root, "commit", "-q", "--allow-empty", "-m", "somebody else")
        after.update(snapshot(root))
        real(*args)  # type: ignore[arg-type]

    after: dict[str, object] = {}
    monkeypatch.setattr(commit, "move", late)
    with pytest.raises(ConflictError):
        act(root)
    assert snapshot(root) == after
    assert not (root / ".git/b40/journal").exists()


def test_new_branch_leaves_everything_where_it_was(root: Path) -> None:
    edit(root)
    (root / ".git/index.lock").touch()
    before = snapshot(root)
    made = act(root, branch="admission/plovdiv")
    after = snapshot(root)
    assert {**after, "refs": ""} == {**before, "refs": ""}
    assert git(root, "rev-parse", "admission/plovdiv", "admission/plovdiv^").split() == [
        made,
        git(root, "rev-parse", "main"),
    ]
    assert git(root, "show", f"{made}:{NEW}").encode() + b"\n" == ACT[NEW]


def test_new_branch_from_detached_head(root: Path) -> None:
    detached(root)
    made = act(root, branch="pr")
    assert git(root, "rev-parse", "pr") == made


ODD = ("-x", "a b", "a..b", "", "HEAD", "@", "a/", "@{-1}", "x.lock", "a\n", "a" * 251)


@pytest.mark.parametrize("name", ODD)
def test_bad_branch_names(root: Path, name: str) -> None:
    refused(root, UsageError, branch=name)


@pytest.mark.parametrize("name", ["main", "main/below"])
def test_taken_branch_names(root: Path, name: str) -> None:
    refused(root, branch=name)


def test_no_filter_touches_the_bytes(root: Path) -> None:
    git(root, "config", "core.autocrlf", "true")
    write(root, ".gitattributes", b"* text=auto eol=crlf ident\n")
    git(root, "add", ".gitattributes")
    git(root, "commit", "-q", "-m", "attributes")
    data = b"one\r\ntwo $Id$\nthree\n"
    act(root, {NEW: data})
    assert (root / NEW).read_bytes() == data
    raw = subprocess.run(["git", "cat-file", "blob", f"HEAD:{NEW}"], cwd=root, capture_output=True)
    assert raw.stdout == data


def test_trees_are_in_git_s_order(root: Path) -> None:
    """A folder sorts as if its name ended in a slash, which comes after a dash and a dot."""
    names = ("members-x.yaml", "members.yaml", "members0.yaml", "Members.yaml")
    act(root, {f"registry/{name}": b"x\n" for name in names})
    git(root, "fsck", "--strict")
    assert git(root, "status", "--porcelain") == ""


def test_mode_is_kept(root: Path) -> None:
    (root / A).chmod(0o755)
    git(root, "commit", "-q", "-am", "executable")
    act(root)
    assert git(root, "ls-files", "-s", A).startswith("100755")
    assert git(root, "status", "--porcelain") == ""


def test_no_hook_runs(root: Path) -> None:
    for hook in ("pre-commit", "commit-msg", "post-commit", "prepare-commit-msg"):
        file = write(root, f".git/hooks/{hook}", b"#!/bin/sh\ntouch ran\nexit 1\n")
        file.chmod(0o755)
    act(root)
    assert not (root / "ran").exists()


def test_nobody(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENV:
        if name.endswith(("NAME", "EMAIL")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("EMAIL", "guessed@example.org")
    before = git(root, "rev-parse", "HEAD")
    with pytest.raises(UsageError, match="who you are") as caught:
        act(root)
    assert "git config --global user.email" in caught.value.remedy
    with pytest.raises(UsageError, match="who you are"):
        Repository.find(root).actor()
    assert git(root, "rev-parse", "HEAD") == before
    git(root, "config", "user.name", "Clerk")
    git(root, "config", "user.email", "clerk@example.org")
    with pytest.raises(UsageError, match="who you are"):
        Repository.find(root).actor()
    says(monkeypatch, tmp_path, {"user.name": "Clerk", "user.email": "clerk@example.org"})
    assert Repository.find(root).actor() == "Clerk <clerk@example.org>"
    says(monkeypatch, tmp_path, {"user.name": "C.", "core.bigFileThreshold": "many"})
    with pytest.raises(GitFailed, match="bigfilethreshold"):  # the name is known well
        Repository.find(root).actor()
    (tmp_path / "gitconfig-of-the-user").write_bytes(b"[user]\nname = Andr\xe9\nemail = a@b\n")
    with pytest.raises(UsageError, match="not UTF-8"):
        Repository.find(root).actor()


def test_commits_are_signed_where_git_is_set_to(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    signs(monkeypatch, tmp_path, key)
    made = act(root)
    assert "-----BEGIN SSH SIGNATURE-----" in git(root, "cat-file", "commit", made)
    key.unlink()
    before = snapshot(root)
    with pytest.raises(ConflictError, match="sign"):
        act(root, {B: b"x\n"})
    assert snapshot(root) == before


def test_linked_working_tree(root: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    git(root, "worktree", "add", "-q", "-b", "other", str(linked))
    made = act(linked)
    assert git(linked, "rev-parse", "other") == made
    assert git(linked, "status", "--porcelain") == ""
    assert git(root, "status", "--porcelain") == ""
    assert Repository.find(linked).state_folder() == root / ".git/worktrees/linked/b40"


def test_sha256_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    repo = Repository.start(tmp_path)
    first = repo.record(ACT, MESSAGE, parent=None)
    repo.record({A: b"again\n"}, MESSAGE, parent=first)
    assert len(first) == 64
    assert git(tmp_path, "status", "--porcelain") == ""
    git(tmp_path, "fsck", "--strict")


def test_another_disk_without_links(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the git directory cannot be linked or renamed from, files are copied."""
    import errno

    def no(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "another disk")

    from b40cli.store.git import checkout as placing

    monkeypatch.setattr(placing, "_install", no)
    act(root)
    assert git(root, "status", "--porcelain", "-uall") == ""
    assert {path: (root / path).read_bytes() for path in ACT} == ACT


def test_index_that_cannot_be_written_takes_the_branch_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from b40cli.store.git import commit, following

    real = following.move

    def then_lock(*args: object) -> None:
        real(*args)  # type: ignore[arg-type]
        (root / ".git/index.lock").touch()

    from b40cli.store.git import checkout as placing

    monkeypatch.setattr(placing, "PATIENCE", 0.0)
    monkeypatch.setattr(commit, "move", then_lock)
    before = snapshot(root)
    with pytest.raises(ConflictError, match="index"):
        act(root)
    assert snapshot(root) == before
    assert not Repository.find(root).lags()


def test_only_files_of_the_act_are_left(root: Path) -> None:
    before = files(root)
    act(root)
    assert files(root) == {**before, **ACT}
    assert sorted(path.name for path in (root / ".git/b40").iterdir()) == ["lock"]


def test_a_file_made_at_the_last_moment_is_not_replaced(root: Path) -> None:
    """Between the look and the placing, somebody makes the file."""
    from b40cli.store.git.checkout import _install

    staged = write(root, "staged", b"ours")
    mine = write(root, NEW, b"mine\n")
    _install(staged, mine, fresh=True)
    assert mine.read_bytes() == b"mine\n"


def test_a_file_edited_after_the_look_is_left(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from b40cli.store.git import commit, following

    def then_edit(*args: object) -> None:
        following.move(*args)  # type: ignore[arg-type]
        edit(root)

    monkeypatch.setattr(commit, "move", then_edit)
    made = act(root)
    assert git(root, "rev-parse", "HEAD") == made
    assert (root / A).read_bytes() == b"edited\n"
    assert git(root, "status", "--porcelain").strip() == f"M {A}"


def test_many_files_at_once(root: Path) -> None:
    changes = {f"registry/members/xx-{n}.yaml": b"%d\n" % n for n in range(4500)}
    act(root, changes)
    assert git(root, "status", "--porcelain") == ""
    assert len(git(root, "ls-tree", "-r", "--name-only", "HEAD").split()) == 4502
    git(root, "mv", "registry/members/xx-7.yaml", "registry/members/yy.yaml")
    refused(root, ConflictError, changes=dict.fromkeys(changes, b"x\n"))


def test_a_folder_that_git_cannot_read_is_not_one_that_is_not_there(root: Path) -> None:
    """Else the commit would hold nothing but the act's own files."""
    head = git(root, "rev-parse", "HEAD")
    for folder in ("registry/members", "registry", ""):
        oid = git(root, "rev-parse", f"HEAD:{folder}")
        (root / f".git/objects/{oid[:2]}/{oid[2:]}").unlink()
        with pytest.raises(ConflictError, match="cannot read the folder"):
            Repository.find(root).record(ACT, MESSAGE, parent=head)
        assert git(root, "rev-parse", "HEAD") == head


def test_a_branch_that_git_cannot_read_is_not_one_without_commits(root: Path) -> None:
    """A power cut on another machine leaves refs that are empty."""
    (root / ".git/refs/heads/main").write_bytes(b"")
    with pytest.raises(UnreadableError, match="HEAD cannot be read"):
        Repository.find(root).head()


def test_an_index_that_was_written_and_not_answered_goes_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git may fail after it has done what it was asked for."""
    before, update = snapshot(root), checkout_of_acts._update_index

    def failing(calls: Calls, entries: list[str]) -> None:
        update(calls, entries)
        raise OSError("the answer is lost")

    monkeypatch.setattr(checkout_of_acts, "_update_index", failing)
    with pytest.raises(ConflictError, match="index cannot be written"):
        act(root)
    assert snapshot(root) == before


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_folder_of_somebody_else_is_told_as_one(
    number: int, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To repeat the command would be no remedy."""
    before, made = snapshot(root), Path.mkdir

    def no(folder: Path, *more: Any, **options: Any) -> None:
        if ".git" in folder.parts:
            raise OSError(number, "no", str(folder))
        made(folder, *more, **options)

    monkeypatch.setattr(Path, "mkdir", no)
    with pytest.raises(ConflictError, match="b40 cannot be written: no") as told:
        act(root)
    assert "a clone of your own" in told.value.remedy
    assert snapshot(root) == before


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="nothing bounds another process")
def test_a_limit_that_cannot_be_set_is_the_machine_s_refusal(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(root)

    def no(*_limit: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(resource, "setrlimit", no)
    monkeypatch.setattr(memory, "_held", lambda _page: 0)
    with pytest.raises(OSError, match="Input/output error"):
        act(root)
    monkeypatch.undo()
    assert snapshot(root) == before


@pytest.mark.parametrize("verb", ["update-ref", "update-index", "unpack-objects"])
def test_what_began_before_the_machine_failed_is_over_before_it_is_told(
    verb: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pipe by which a child says that it began cannot be closed: it has begun."""
    slow, real = tmp_path / "slow/git", shutil.which("git")
    write(tmp_path, "slow/git", f'#!/bin/sh\nsleep 0.05\nexec {real} "$@"\n'.encode()).chmod(0o755)
    fork, close = subprocess._fork_exec, os.close  # type: ignore[attr-defined]
    began: list[bool] = []

    def forked(args: list[str], *more: Any) -> int:
        began.extend([False] * (verb in args and not began))
        return int(fork(args, *more))

    def closed(number: int) -> None:
        close(number)
        if began == [False]:
            began[0] = True
            raise OSError(errno.EIO, "Input/output error")

    before = snapshot(root)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(subprocess, "_fork_exec", forked)
    monkeypatch.setattr(os, "close", closed)
    if verb == "update-ref":
        made = act(root)
        monkeypatch.undo()
        assert made == git(root, "rev-parse", "HEAD")
        assert git(root, "status", "--porcelain", "-uall") == ""
        return
    with pytest.raises(ConflictError, match="Input/output"):
        act(root)
    monkeypatch.undo()
    assert snapshot(root) == before
