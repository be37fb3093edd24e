"""Index and working files: what is in the way of an act, and bringing both along after it.

Nothing a person wrote is overwritten: a path is touched only while it is as it was before the act.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from b40cli.model.errors import ConflictError, UnreadableError
from b40cli.store.git.durable import SYNCED, write_synced
from b40cli.store.git.guard.cut import CHUNK
from b40cli.store.git.guard.safe_paths import MODES, file_oid, in_the_way
from b40cli.store.git.index import OTHER, Mark, listing, mark
from b40cli.store.git.journal import Journal
from b40cli.store.git.repository_git import Calls, GitFailed
from b40cli.store.git.trees import folders

PATIENCE = 2.0
MOST = 2000
NO_LINK = (errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)


class Staged(NamedTuple):
    """What the index holds under a path; `oid` is None where that is nothing."""

    mode: str
    oid: str | None


NO_ENTRY = Staged("100644", None)


class Index(NamedTuple):
    """What the index held under some paths, and the mark of its file, of before it was read."""

    entries: dict[str, Staged]
    mark: Mark


def look(calls: Calls, paths: Collection[str], like: str) -> Index:
    """What the index holds under the paths; of many paths, and of everything else too."""
    seen = mark(calls)
    asked = tuple(paths) if len(paths) <= MOST else ()
    found = listing(calls, asked, like) if paths else ()
    return Index({file.path: Staged(file.mode, file.oid) for file in found}, seen)


def indexed(calls: Calls, paths: Collection[str], like: str) -> dict[str, Staged]:
    """What the index holds under the paths."""
    return look(calls, paths, like).entries


def on_disk(root: Path, path: str, like: str) -> str | None:
    """The oid of the working file, None where there is none, OTHER where it is no regular file.

    Raises OSError for one that the disk does not give: nobody knows that it was changed.
    """
    try:
        return file_oid(root, path, like)
    except UnreadableError as error:
        if isinstance(error.__cause__, OSError):
            raise error.__cause__ from None
        return OTHER


def refuse_what_is_in_the_way(
    root: Path,
    before: Mapping[str, str | None],
    index: Mapping[str, Staged],
    like: str,
    coming: Mapping[str, str] | None = None,
) -> None:
    """Raise ConflictError unless index and files are as `before` says, and can be written.

    A new document that nobody staged is not in the way where it is just what is `coming`.
    """
    changed = [path for path, old in before.items() if not _as_before(root, path, old, index, like)]
    there = [path for path in changed if before[path] is None and path not in index]
    changed = [
        path
        for path in changed
        if path not in there or on_disk(root, path, like) != (coming or {}).get(path)
    ]
    changed += [path for path in index if any(above in before for above in folders([path]))]
    if changed:
        raise ConflictError(
            f"{_named(changed)} in the way: changed, staged or not yet in a commit.",
            "Commit, move or remove what is there (`git status` shows it), then repeat.",
        )
    for path in before:
        _writable(root, path)


def bring_index(calls: Calls, act: Journal, seen: Index | None = None) -> None:
    """Stage the act's blobs where the index is as before it; raises GitFailed.

    What was `seen` of it is looked at anew where git has written the index since.
    """
    same = seen and seen.mark and seen.mark == mark(calls)
    index = seen.entries if seen and same else indexed(calls, act.changes, act.new)
    as_before = {
        path: (change, entry)
        for path, change in act.changes.items()
        if (entry := index.get(path, NO_ENTRY)).oid == change.old
    }
    gone = [path for path, (change, _entry) in as_before.items() if change.new is None]
    if gone:
        names = "".join(f"{path}\0" for path in gone).encode()
        calls.run(*SYNCED, "update-index", "--force-remove", "-z", "--stdin", stdin=names)
    entries = [
        f"{change.mode or entry.mode},{change.new},{path}"
        for path, (change, entry) in as_before.items()
        if change.new is not None
    ]
    for n in range(0, len(entries), MOST):
        _update_index(calls, entries[n : n + MOST])


def put_in_place(root: Path, path: str, act: Journal, file: Path | None) -> None:
    """Move the staged file to its place, if what is there is as it was before the act.

    Without a file the act takes it away, and the folders that it leaves empty.
    """
    old, target = act.changes[path].old, root / path
    if on_disk(root, path, act.new) != old:
        return
    if file is None:
        _take_away(root, target)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if old is not None:
        file.chmod(target.stat().st_mode & 0o777)
    _allow_running(file, act.changes[path].mode)
    try:
        _install(file, target, fresh=old is None)
    except OSError as error:
        if error.errno not in NO_LINK:
            raise
        _install_elsewhere(file, target, fresh=old is None)


def _take_away(root: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()


def _allow_running(file: Path, mode: str | None) -> None:
    """Who may read a program may run it; what is none, nobody runs."""
    here = file.stat().st_mode & 0o777
    if mode == MODES[1]:
        file.chmod(here | (here & 0o444) >> 2)
    elif mode == MODES[0]:
        file.chmod(here & ~0o111)


def _install(file: Path, target: Path, *, fresh: bool) -> None:
    """A link refuses to take the place of a file somebody has just made; a rename would not."""
    if not fresh:
        file.replace(target)
        return
    try:
        os.link(file, target)
    except FileExistsError:
        return
    file.unlink()


def _install_elsewhere(file: Path, target: Path, *, fresh: bool) -> None:
    """Where the git directory is on another disk, or the disk knows no links."""
    if fresh:
        _copied(file, target)
        return
    beside = target.with_name(f".{target.name}.b40")
    beside.unlink(missing_ok=True)
    _copied(file, beside)
    shutil.copymode(file, beside)
    beside.replace(target)


def _copied(file: Path, target: Path) -> None:
    with file.open("rb") as opened:
        write_synced(target, iter(lambda: opened.read(CHUNK), b""))


def _as_before(
    root: Path, path: str, old: str | None, index: Mapping[str, Staged], like: str
) -> bool:
    return index.get(path, NO_ENTRY).oid == old and on_disk(root, path, like) == old


def _writable(root: Path, path: str) -> None:
    blocked = in_the_way(root, path)
    folder = (root / path).parent
    while not folder.exists():
        folder = folder.parent
    if blocked or not os.access(folder, os.W_OK | os.X_OK):
        raise ConflictError(f"{folder} cannot be written to.", "Mend its permissions, then repeat.")


def _update_index(calls: Calls, entries: list[str]) -> None:
    """Editors refresh the index in the background: wait a little for their lock.

    Without --replace, so that a staged file is not lost to a folder of the same name.
    """
    options = [word for entry in entries for word in ("--cacheinfo", entry)]
    end = time.monotonic() + PATIENCE
    while True:
        try:
            calls.run(*SYNCED, "update-index", "--add", *options)
        except GitFailed as error:
            if "File exists" not in error.talk or time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _named(paths: Iterable[str]) -> str:
    names = sorted(set(paths))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more} {'is' if len(names) == 1 else 'are'}"
