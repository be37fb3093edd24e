"""The door to git: the registry's commits, its working files, and the one way to write.

All paths are relative to the git root, with slashes, e.g. `registry/members/bg-plovdiv.yaml`.
Git is called behind this door alone (repository_git); nothing here costs until it is used.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli.model.errors import ConflictError, MissingObject, UnreadableError, UsageError
from b40cli.model.ref import ROOT
from b40cli.store.git.guard.cut import Cut
from b40cli.store.git.guard.safe_paths import OID, file_bytes, is_plain, no_file, regular
from b40cli.store.git.guard.user_folder import user_folder
from b40cli.store.git.repository_git import Calls, GitFailed

if TYPE_CHECKING:
    from datetime import date

    from b40cli.store.git.commit_stream import Past
    from b40cli.store.git.following import Checkout
    from b40cli.store.git.history import Commit
    from b40cli.store.git.object_reader import Thing
    from b40cli.store.git.repository_signatures import Header, SignatureCheck
    from b40cli.store.git.repository_sync import Exchange
    from b40cli.store.git.working import Working


class Repository:
    """A git repository that holds a registry."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.calls = Calls(root)
        self._loose: dict[str, str] = {}

    @classmethod
    def find(cls, start: Path) -> Repository:
        """The nearest git root around `start` that holds registry/; raises UsageError."""
        return cls(_root(start))

    @classmethod
    def start(cls, path: Path) -> Repository:
        """The git repository around `path`, or a fresh one there (`git init`, nothing else)."""
        around = cls.around(path)
        if around is not None:
            return cls(around)
        if _bare(path):
            raise _is_bare(path)
        return cls.fresh(path)

    @staticmethod
    def around(path: Path) -> Path | None:
        """The root of the git repository that `path`, which need not be there, lies in."""
        return next((p for p in _upwards(path) if (p / ".git").exists()), None)

    @classmethod
    def fresh(cls, path: Path) -> Repository:
        """A repository of its own in the folder `path`, whatever lies around it."""
        from b40cli.store.git.repository_remotes import begin

        begin(path)
        return cls(path.resolve())

    def head(self) -> str | None:
        """The commit HEAD stands on; None in an empty repository."""
        from b40cli.store.git.refs import commit_at

        return commit_at(self.calls, "HEAD")

    def branch(self) -> str | None:
        """The current branch; None where HEAD is detached."""
        from b40cli.store.git.refs import current_ref

        ref = current_ref(self.calls)
        return ref.removeprefix("refs/heads/") if ref else None

    def resolve(self, rev: str) -> str:
        """The commit a revision names; raises UsageError."""
        found = None
        if rev and not rev.startswith("-") and rev.isprintable():
            found = self._named(rev)
        if found is None or found.oid is None:
            raise UsageError(f"{rev!r} names no commit here.", "`git log --oneline` lists them.")
        return found.oid

    def _named(self, rev: str) -> Thing | None:
        try:
            return self.calls.few(f"{rev}^{{commit}}")[0]
        except GitFailed:
            # Git ends at `HEAD@{99}` where there is none, as it does where it cannot work at all.
            if "@{" not in rev or self.head() is None:
                raise
            return None

    def tree(self, rev: str) -> dict[str, str]:
        """path -> blob oid below registry/ at a commit; raises UnreadableError for odd files."""
        from b40cli.store.git.working import committed

        return committed(self.calls, rev if OID.fullmatch(rev) else self.resolve(rev))

    def worktree(self) -> dict[str, str]:
        """path -> blob oid of what is on the disk below registry/; deleted files are absent."""
        return self.standing().oids

    def standing(self, meanwhile: Callable[[], object] = lambda: None) -> Working:
        """HEAD, what is on the disk, and where they differ, in one look.

        While git looks, something else is done.
        """
        from b40cli.store.git.working import working

        seen = working(self.calls, self.root, meanwhile)
        self._loose = {oid: path for path, oid in seen.loose.items()}
        return seen

    def dirty(self) -> list[str]:
        """Paths below registry/ whose index or working bytes differ from HEAD, untracked too."""
        from b40cli.store.git.working import working

        return working(self.calls, self.root).dirty

    def blobs(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of each blob, in one pass; working files of the last `worktree()` included.

        Raises UnreadableError for an object that is missing, and ConflictError for a working file
        that changed since it was looked at.
        """
        wanted = list(dict.fromkeys(oids))
        for oid in wanted:
            if oid in self._loose:
                yield oid, self._unchanged(oid)
        stored = [oid for oid in wanted if oid not in self._loose]
        for thing in self.calls.things(stored) if stored else ():
            if thing.kind != "blob":
                raise MissingObject(thing.asked)
            yield thing.asked, thing.data

    def blob(self, oid: str) -> bytes:
        """The bytes of one blob; raises as `blobs` does."""
        return dict(self.blobs([oid]))[oid]

    def whole(self, oid: str) -> bytes:
        """All bytes of a committed blob, also of one larger than a record."""
        data = self.blob(oid)
        if not isinstance(data, Cut):
            return data
        return b"".join(chunk for _oid, copy in self.calls.copies([oid]) for chunk in copy)

    def nothing_lost(self, tree: Mapping[str, str], above: Iterable[str] = ()) -> None:
        """Raise MissingObject where the repository lacks a file of the tree, or what is `above`.

        What a cache knows is no record. A file that is only on the disk is not asked for.
        """
        asked = [*above, *(oid for oid in tree.values() if oid not in self._loose)]
        how = ("--batch-check=%(objectname)", "--buffer")
        told = self.calls.run("cat-file", *how, stdin="".join(f"{o}\n" for o in asked).encode())
        gone = (line for line in told.decode().splitlines() if line.endswith(" missing"))
        if (lost := next((line.partition(" ")[0] for line in gone), None)) is not None:
            raise MissingObject(lost, tuple(path for path in tree if tree[path] == lost))

    def objects(self, names: Iterable[str]) -> list[bytes]:
        """The bytes of objects of any kind, by names such as `oid:path`, as they are stored."""
        things = list(self.calls.things(names))
        lost = next((thing.asked for thing in things if thing.oid is None), None)
        if lost is not None:
            raise UnreadableError(f"The object {lost} is missing.", "Run `git fsck`.")
        return [thing.data for thing in things]

    def read_working(self, path: str) -> bytes:
        """The bytes of a working file; raises UnreadableError."""
        if not is_plain(path):
            raise no_file(path, "Its path is not a plain name")
        file = regular(self.root, path)
        if file is None:
            raise no_file(path, "There is no such file")
        try:
            return file.read_bytes()
        except OSError as error:
            raise no_file(path, f"It cannot be read: {error.strerror}") from error

    def actor(self) -> str:
        """Who acts, as `Name <address>`, as git knows them; raises UsageError."""
        from b40cli.store.git.whoever import author, lacking, nobody

        try:
            acting = author(self.calls)
        except GitFailed as error:
            if (mended := lacking(error)) is None:
                raise
            raise mended from error
        if acting is None:
            raise nobody()
        if "\ufffd" in acting:  # git would sign another spelling than the act's trailer has
            raise nobody("The name or address that git has of you is not UTF-8.")
        return acting

    def record(
        self,
        changes: Mapping[str, bytes],
        message: str,
        *,
        parent: str | None,
        branch: str | None = None,
        moment: str | None = None,
        today: date | None = None,
    ) -> str:
        """One act, one atomic commit on top of `parent`; its oid.

        With `branch`, on a new branch of that name, and nothing else moves. The commit is of the
        `moment`, in ISO 8601 with its zone; else of git's own. Raises ConflictError with nothing
        written where HEAD is not `parent`, something is in the way, or it is of no day until today.
        """
        from b40cli.store.git.commit import record

        _well_formed(changes, message, parent)
        checkout = self.checkout()._replace(moment=moment, today=today)
        return record(checkout, changes, message, parent, branch)

    def checkout(self) -> Checkout:
        """Where commits are made."""
        from b40cli.store.git.following import Checkout

        return Checkout(self.calls, self.root, self.calls.world.git_folder, self.state_folder())

    def diff(self, changes: Mapping[str, bytes]) -> str:
        """The changes as a unified diff against HEAD."""
        from b40cli.store.git.diff import unified
        from b40cli.store.git.trees import listed

        here = listed(self.calls, "HEAD", sorted(changes)) if self.head() else {}
        data = dict(self.blobs(here.values()))
        before = {path: data[oid] for path, oid in here.items()}
        return "".join(unified(path, before.get(path), changes[path]) for path in sorted(changes))

    def log(
        self,
        path: str | None = None,
        limit: int | None = None,
        rev: str | None = None,
        also: Iterable[str] = (),
    ) -> list[Commit]:
        """Commits from HEAD (or `rev`) backwards, of the paths or of all; the newest first."""
        from b40cli.store.git.history import log

        paths = (*((path,) if path else ()), *also)
        start = rev or self.head()
        return log(self.calls, paths, limit, start) if start else []

    def exchange(self, remote: str | None = None) -> Exchange:
        """The way to the other clones: this branch and the one it is shared as.

        Raises UsageError where there is no remote, ConflictError where HEAD is on no branch.
        """
        from b40cli.store.git.repository_sync import exchange

        return exchange(self.checkout(), remote)

    def past(self) -> Past:
        """The whole of the history, for replaying it."""
        from b40cli.store.git.commit_stream import Past

        return Past(self.calls)

    def stands_in(self, branch: str) -> str | None:
        """The folder of the working tree that a branch stands in; None where it is in none."""
        ref = f"refs/heads/{branch}"
        told = self.calls.run("for-each-ref", "--format=%(worktreepath)", ref)
        there = os.fsdecode(told.split(b"\n")[0])
        return there if there and Path(there).is_dir() else None

    def changed_beside(self, before: str, after: str) -> list[str]:
        """The files beside the registry that differ between two commits."""
        from b40cli.store.git.following import differing
        from b40cli.store.git.trees import beside

        one, other = self.calls.few(f"{before}^{{tree}}", f"{after}^{{tree}}")
        if beside(one) == beside(other):
            return []
        differ = (path for path, _write in differing(self.calls, before, after))
        return sorted(path for path in differ if not path.startswith(ROOT))

    def at_day(self, day: str) -> str | None:
        """The last first-parent commit made on or before the end of the day in Istanbul."""
        from b40cli.store.git.history import last_on

        return last_on(self.calls, day) if self.head() else None

    def headers(self, oids: Iterable[str]) -> dict[str, Header]:
        """What commits say of themselves: tree, parents, time, the sort of their signature."""
        from b40cli.store.git.repository_signatures import headers

        return headers(self.calls, oids)

    def verdicts(self, commits: Mapping[str, str], signers: str) -> dict[str, SignatureCheck]:
        """Git's verdict on each commit's signature (commit -> its kind), by these signers alone."""
        from b40cli.store.git.repository_signatures import verdicts

        return verdicts(self.calls, commits, signers)

    def state_folder(self) -> Path:
        """Where the journal and the lock live, inside the git directory; it may not exist yet."""
        return self.calls.world.git_folder / "b40"

    def cache_folder(self) -> Path:
        """Where caches live: in the user's own cache folder, never in the repository."""
        return user_folder(self.calls.world.common)

    def lags(self) -> bool:
        """Whether an act was cut off, or is under way, so that files may not be what HEAD holds."""
        from b40cli.store.git import journal

        here = self.root / ".git"
        plain = here.is_dir() and not here.is_symlink()
        # Where none stands, whatever goes on from here asks by itself whether git can be trusted.
        return (not plain or journal.stands(here / "b40")) and journal.stands(self.state_folder())

    def complete(self) -> str | None:
        """Complete an act that was cut off, if that can be done at once; one sentence, or None.

        A file or an index entry that anybody changed since is left alone.
        """
        try:
            return self.finish(patience=0.0)
        except ConflictError as error:
            told = f"{error.message.rstrip('.')}: the answer is from what is committed."
            return f"{told} {error.remedy}".rstrip()

    def finish(self, patience: float | None = None) -> str | None:
        """The same, waiting for others first; raises ConflictError where it cannot be done."""
        if not self.lags():
            return None
        from b40cli.store.git import following, journal

        try:
            wait = journal.PATIENCE if patience is None else patience
            with journal.writing(self.state_folder(), wait):
                return following.finish(self.checkout())
        except (UnreadableError, OSError) as error:
            cure = following.left_behind(str(error)) or "Mend that, then repeat."
            raise ConflictError(
                f"An unfinished act could not be completed: {error}", cure
            ) from error

    def _unchanged(self, oid: str) -> bytes:
        path = self._loose[oid]
        found, data = file_bytes(self.root, path, oid)
        if found != oid:
            raise ConflictError(f"{path} changed while it was read.", "Repeat the command.")
        return data


def _root(start: Path) -> Path:
    _require_folder(start)
    nearest = None
    for folder in (folder for folder in _upwards(start) if (folder / ".git").exists()):
        if (folder / "registry").is_dir() and not (folder / "registry").is_symlink():
            return folder
        nearest = nearest or folder
    if nearest is not None:
        raise UsageError(f"{nearest} holds no registry.", "Begin one there with `b40 init`.")
    bare = next((folder for folder in _upwards(start) if _bare(folder)), None)
    if bare is not None:
        raise _is_bare(bare)
    raise UsageError(
        f"{start} is not inside a git repository.",
        "Go to the registry's folder, name it with -C, or begin one with `b40 init`.",
    )


def _require_folder(start: Path) -> None:
    """A folder that is not there must not lead to the register around it."""
    try:
        there = start.is_dir()
    except (OSError, ValueError):
        there = False
    if not there:
        raise UsageError(f"{start} is no folder.", "Name the registry's folder with -C.")


def _upwards(start: Path) -> list[Path]:
    here = start.resolve()
    if "\n" in str(here):
        raise UsageError("The folder's name holds a line break.", "Rename it.")
    return [here, *here.parents]


def _bare(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir()


def _is_bare(folder: Path) -> UsageError:
    return UsageError(
        f"{folder} is a bare repository: it has no files to work on.", "Clone it, and work there."
    )


def _well_formed(changes: Mapping[str, bytes], message: str, parent: str | None) -> None:
    odd = next((path for path in changes if not is_plain(path)), None)
    if odd is not None:
        raise UsageError(f"{odd!r} is no plain path.", "Use ASCII letters, digits, dots, dashes.")
    if not changes or not message.strip() or "\0" in message:
        raise UsageError("A commit needs a change and a message.")
    if parent is not None and not OID.fullmatch(parent):
        raise UsageError(f"{parent!r} is no commit's full name.", "Take it from head().")
