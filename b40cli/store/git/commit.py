"""One act, one commit: objects first, compare-and-swap of the branch, then index and files.

Git's plumbing runs no hooks: the judge has spoken before. The user's index is never the basis of
a commit, so nothing they staged slips into one; it is only told of the paths of the act.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from b40cli.model.errors import ConflictError, UsageError
from b40cli.model.wording import counted
from b40cli.store.git import journal
from b40cli.store.git.checkout import look, refuse_what_is_in_the_way
from b40cli.store.git.durable import SYNCED, sync_folders
from b40cli.store.git.following import NOTHING_WRITTEN, Checkout, changing, follow, move
from b40cli.store.git.guard.safe_paths import MODES, blob_oid, object_oid
from b40cli.store.git.history import istanbul_day
from b40cli.store.git.journal import FileWrite, Journal
from b40cli.store.git.object_reader import Thing
from b40cli.store.git.pack import BLOB, COMMIT, TREE, packed
from b40cli.store.git.refs import current_ref, listed
from b40cli.store.git.repository_git import Calls, GitFailed
from b40cli.store.git.trees import Entries, folders, graft, held, lost_folder
from b40cli.store.git.whoever import idents, lacking, made_at, signs

# A document that lies there already comes along with the act that names it.
EVIDENCE = "registry/evidence/"
ON = re.compile(rb"^B40-On: ([0-9-]{10})$", re.MULTILINE)
PATIENCE = 0.3
IN_PROGRESS = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}


class Footing(NamedTuple):
    """What a commit stands on: parent, branch, the folders it will change, whether to sign.

    `who` are its author and committer with their moment; None where git has to say them.
    """

    parent: str | None
    like: str
    ref: str | None
    trees: dict[str, Entries]
    sign: bool
    who: tuple[str, ...] | None

    def blob(self, path: str) -> str | None:
        """The parent's blob under the path, or None; raises ConflictError for anything else."""
        folder, _, name = path.rpartition("/")
        mode, oid = self.trees.get(folder, {}).get(name.encode(), (b"", b""))
        if mode and mode.decode() not in MODES:
            raise ConflictError(f"{path} is a folder or a link in HEAD.", "Rename it first.")
        return oid.hex() if mode else None


def record(
    checkout: Checkout,
    changes: Mapping[str, bytes],
    message: str,
    parent: str | None,
    branch: str | None,
) -> str:
    """Commit the changes on the current branch, or on a new one; the commit's oid.

    Raises ConflictError: nothing has changed, unless it is HalfDone.
    """
    with changing(checkout) as lock:
        if branch is None:
            return _commit_here(checkout, changes, message, parent, lock)
        return _commit_aside(checkout, changes, message, parent, branch, lock)


def _commit_here(
    checkout: Checkout, changes: Mapping[str, bytes], message: str, parent: str | None, lock: int
) -> str:
    """Commit on the current branch and bring index and files along; the commit's oid.

    Raises ConflictError; unless it names the commit, nothing has changed.
    """
    nothing_in_progress(checkout.git_folder)
    ground = _survey(checkout, changes, parent)
    if ground.ref is None:
        raise ConflictError(
            "HEAD is detached: no branch would hold the commit.",
            "Switch to a branch first (`git switch main`), or name a new one with --branch.",
        )
    before = {path: ground.blob(path) for path in changes}
    documents = (path for path in changes if path.startswith(EVIDENCE) and not before[path])
    coming = {path: blob_oid(changes[path], ground.like) for path in documents}
    index = look(checkout.calls, before, ground.like)
    refuse_what_is_in_the_way(checkout.root, before, index.entries, ground.like, coming)
    made, files, oids = make(checkout, ground, changes, message)
    refuse_misdated(checkout, made, parent)
    pairs = {path: FileWrite(before[path], oid) for path, oid in oids.items()}
    act = Journal(ground.ref, parent, made, message.splitlines()[0], pairs)
    journal.write_journal(checkout.state, act)
    move(checkout.calls, act, lock)
    follow(checkout, act, files, index)
    return made


def _commit_aside(
    checkout: Checkout,
    changes: Mapping[str, bytes],
    message: str,
    parent: str | None,
    branch: str,
    lock: int,
) -> str:
    """Commit on a new branch; HEAD, index and files stay where they are. The commit's oid."""
    ref = _new_branch(checkout.calls, branch)
    ground = _survey(checkout, changes, parent)
    made, _, _ = make(checkout, ground, changes, message)
    refuse_misdated(checkout, made, parent)
    move(checkout.calls, Journal(ref, None, made, message.splitlines()[0], {}), lock)
    return made


def _survey(checkout: Checkout, paths: Iterable[str], parent: str | None) -> Footing:
    """Read HEAD, branch, setting and trees; raises ConflictError if HEAD moved."""
    calls = checkout.calls
    above = folders(paths) if parent else []
    head, *things = calls.few("HEAD", *(f"{parent}:{folder}" for folder in above))
    if head.oid != parent:
        raise ConflictError("HEAD is not where this command began: it moved.", NOTHING_WRITTEN)
    like = parent or calls.run("hash-object", "-t", "tree", "--stdin").decode().strip()
    return standing_on(checkout, parent, like, current_ref(calls), _held(above, things))


def footing(checkout: Checkout, paths: Iterable[str], parent: str) -> Footing:
    """What a commit on any other commit stands on; no branch is looked at."""
    above = folders(paths)
    things = checkout.calls.few(*(f"{parent}:{folder}" for folder in above))
    return standing_on(checkout, parent, parent, None, _held(above, things))


def standing_on(
    checkout: Checkout, parent: str | None, like: str, ref: str | None, trees: dict[str, Entries]
) -> Footing:
    """The same with who commits, and whether it is signed."""
    sign = signs(checkout.calls)
    who = None if sign else idents(checkout.calls, checkout.moment)
    return Footing(parent, like, ref, trees, sign, who)


def _held(above: Sequence[str], things: Iterable[Thing]) -> dict[str, Entries]:
    """The entries of the folders that are there.

    Raises ConflictError for one that is lost: a commit without it would take all in it away.
    """
    found = held(above, things)
    if (lost := lost_folder(found, above)) is not None:
        raise ConflictError(
            f"Git cannot read the folder {lost} of HEAD.", f"Run `git fsck`. {NOTHING_WRITTEN}"
        )
    return found


def make(
    checkout: Checkout, ground: Footing, changes: Mapping[str, bytes], message: str
) -> tuple[str, dict[str, Path], dict[str, str]]:
    """Write blobs, trees and the commit; its oid, and per path the staged file and the blob."""
    oids = {path: blob_oid(data, ground.like) for path, data in changes.items()}
    try:
        grafted = graft(ground.trees, oids, ground.like)
    except FileExistsError as error:
        raise ConflictError(
            f"{error} would have to be a file and a folder at once.", "Rename one of them first."
        ) from error
    _refuse_links(checkout.calls, (*oids.values(), *grafted.written))
    files = journal.stage(checkout.state, ((n, (data,)) for n, data in changes.items()))
    new = [(BLOB, data) for data in changes.values()]
    new += [(TREE, data) for data in grafted.written.values()]
    made = put(checkout.calls, new, grafted.root, ground, message)
    sync_folders(object_folders(checkout.calls, (*oids.values(), *grafted.written, made)))
    return made, files, oids


def put(
    calls: Calls, new: list[tuple[int, bytes]], tree: str, ground: Footing, message: str
) -> str:
    """Write objects and the commit of a tree; its oid.

    One child writes them all, where nobody but us is needed to say what the commit's bytes are.
    """
    commit = _bytes_of_commit(tree, ground, message)
    if commit is not None:
        made = object_oid(b"commit", commit, ground.like)
        _refuse_links(calls, (made,))
        new = [*new, (COMMIT, commit)]
    if new:
        calls.run(*SYNCED, "unpack-objects", "-q", stdin=packed(new, ground.like))
    return _commit_tree(calls, tree, ground, message) if commit is None else made


def _bytes_of_commit(tree: str, ground: Footing, message: str) -> bytes | None:
    """As git writes them; None where it signs, or has to say who commits."""
    if ground.who is None:
        return None
    author, committer = ground.who
    parents = [f"parent {ground.parent}"] if ground.parent else []
    lines = (f"tree {tree}", *parents, f"author {author}", f"committer {committer}", "", message)
    return "\n".join(lines).encode()


def object_folders(calls: Calls, oids: Iterable[str]) -> list[Path]:
    """The folders that loose objects of these names lie in, and the one above them."""
    objects = Path(calls.world.surroundings()["GIT_OBJECT_DIRECTORY"])
    return [*(objects / folder for folder in sorted({oid[:2] for oid in oids})), objects]


def _refuse_links(calls: Calls, oids: Iterable[str]) -> None:
    """Git would write an object wherever its folder leads."""
    linked = next((f for f in object_folders(calls, oids) if f.is_symlink()), None)
    if linked is not None:
        raise ConflictError(f"{linked} is a link.", f"Remove it. {NOTHING_WRITTEN}")


def _commit_tree(calls: Calls, tree: str, ground: Footing, message: str) -> str:
    """Write the commit of a tree; plumbing ignores `commit.gpgsign`, so it is told."""
    sign = ["-S"] if ground.sign else []
    parent = ["-p", ground.parent] if ground.parent else []
    try:
        made = calls.run(*SYNCED, "commit-tree", *sign, *parent, tree, stdin=message.encode())
    except GitFailed as error:
        if (mended := lacking(error)) is not None:
            raise mended from error
        if ground.sign:
            raise ConflictError(
                "Git is set to sign commits and could not sign this one.",
                "Look at user.signingkey, gpg.format and the key's agent, then repeat.",
            ) from error
        raise
    return made.decode().strip()


def refuse_misdated(checkout: Checkout, made: str, parent: str | None) -> None:
    """Raise ConflictError where a commit would be older than its parent or its act, or of a day to
    come, which only the environment can ask for. The audit refuses such a line for ever.
    """
    new, *old = (thing.data for thing in checkout.calls.few(made, *filter(None, (parent,))))
    now, then = made_at(new), max(map(made_at, old), default=0)
    if now < then:
        raise ConflictError(
            f"The clock is {counted(then - now, 'second')} behind HEAD's commit: times would run "
            "backwards.",
            f"Set it right (GIT_COMMITTER_DATE, where set), or wait as long. {NOTHING_WRITTEN}",
        )
    day, act = istanbul_day(now), "".join(found.decode() for found in ON.findall(new)[-1:])
    if day < act:
        raise ConflictError(
            f"The commit would be of {day}, the act is of {act}: it is recorded on its day or "
            "after it.",
            f"Unset GIT_COMMITTER_DATE, or act on that day: --on {day}. {NOTHING_WRITTEN}",
        )
    if checkout.today and day > str(checkout.today) and os.environ.get("GIT_COMMITTER_DATE"):
        raise ConflictError(
            f"The commit would be of {day}; today is {checkout.today}.",
            f"Unset GIT_COMMITTER_DATE, or set it right. {NOTHING_WRITTEN}",
        )


def nothing_in_progress(git_folder: Path) -> None:
    """Raise ConflictError while a merge or the like, or another git command, is under way."""
    for mark, name in IN_PROGRESS.items():
        if (git_folder / mark).exists():
            raise ConflictError(
                f"A {name} is in progress.", f"Finish it, or `git {name} --abort`, then repeat."
            )
    lock = git_folder / "index.lock"
    end = time.monotonic() + PATIENCE
    while lock.exists():
        if time.monotonic() > end:
            raise ConflictError(
                "Another git command holds the index.",
                f"Wait for it; if none is running, delete {lock}, then repeat.",
            )
        time.sleep(0.01)


def _new_branch(calls: Calls, branch: str) -> str:
    ref = f"refs/heads/{branch}"
    # A ref is a file, its lock too: of 255 bytes at most, and none where another has its folder.
    odd = branch.startswith("-") or branch in ("HEAD", "@") or not branch.isprintable()
    if odd or len(f"{branch}.lock".encode()) > 255 or calls.line("check-ref-format", ref) is None:
        raise UsageError(f"{branch!r} is no name for a branch.", "Name it like admission-plovdiv.")
    above = ["/".join(ref.split("/")[:depth]) for depth in range(3, ref.count("/") + 1)]
    for there in listed(calls, "--format=%(refname)", ref, *above):
        if there in above or f"{there}/".startswith(f"{ref}/"):
            name = there.removeprefix("refs/heads/")
            raise ConflictError(f"The branch {name} exists already.", "Choose a name beside it.")
    return ref
