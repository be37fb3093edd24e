"""Branches and what is remembered, moved: only where nothing leads elsewhere, and on the disk."""

from __future__ import annotations

import re
from pathlib import Path

from b40cli.model.errors import ConflictError, UnreadableError
from b40cli.store.git.durable import SYNCED, sync_folders, upwards
from b40cli.store.git.guard.safe_paths import in_the_way, small
from b40cli.store.git.repository_git import Call, Calls, GitFailed

PLAIN_HEAD = re.compile(rb"ref: (refs/heads(?:/[A-Za-z0-9][A-Za-z0-9_-]*)+)\n")


def set_ref(
    calls: Calls,
    why: str,
    ref: str,
    new: str,
    old: str | None = None,
    *,
    keep: tuple[int, ...] = (),
    whatever: bool = False,
) -> None:
    """Move a ref from `old` (None: there is none; or `whatever` it was); raises GitFailed."""
    world = calls.world
    refuse_links(calls, ref)
    _no_link(world.git_folder, "logs/HEAD")
    expected = () if whatever else (old or "0" * len(new),)
    calls.run(*SYNCED, "update-ref", "-m", why, ref, new, *expected, keep=keep)
    sync_folders(upwards(world.common, [ref]))


def commit_at(calls: Calls, name: str) -> str | None:
    """The commit that HEAD or a ref leads to; None where there is none.

    Git says no in the same way where it cannot read what is there: that is GitFailed.
    """
    found = calls.few(f"{name}^{{commit}}")[0].oid
    if found is None and _is_there(calls, name):
        raise GitFailed("cat-file", 1, f"fatal: {name} cannot be read; see `git fsck`")
    return found


def current_ref(calls: Calls) -> str | None:
    """The branch that HEAD stands on, as a ref; None where it is detached, or on none of ours.

    Its file is read where it can be read in one way only: git is asked of any other.
    """
    world = calls.world
    try:
        said = PLAIN_HEAD.fullmatch(small(world.git_folder / "HEAD") or b"")
        there = said and small(world.common / said[1].decode())
    except UnreadableError:
        said = None
    if said and (there is None or there.rstrip(b"\n").isalnum()):
        return said[1].decode()
    ref = calls.line("symbolic-ref", "-q", "HEAD")
    return ref if ref and ref.startswith("refs/heads/") else None


def _is_there(calls: Calls, name: str) -> bool:
    try:
        ref = calls.line("symbolic-ref", "-q", name) if name == "HEAD" else name
    except GitFailed:
        return True
    if ref is None:
        return True
    told = calls.together(Call(("for-each-ref", "--format=%(refname)", ref)))[0]
    return bool(told.done().strip() or told.talk.strip() or (calls.world.common / ref).is_file())


def listed(calls: Calls, *asked: str) -> list[str]:
    """What git tells of refs, a line of each: a name holds any bytes, and any line end but one."""
    found = calls.run("for-each-ref", *asked).decode("utf-8", "backslashreplace")
    return found.split("\n")[:-1]


def refuse_links(calls: Calls, *refs: str) -> None:
    """Raise ConflictError where one of these refs, or its log, would be written elsewhere."""
    for ref in refs:
        for place in (ref, f"logs/{ref}"):
            _no_link(calls.world.common, place)


def refuse_linked_packs(calls: Calls) -> None:
    """Raise ConflictError where what is fetched would be written elsewhere."""
    _no_link(calls.world.common, "objects/pack")


def _no_link(folder: Path, path: str) -> None:
    """Git would follow it, and write where it leads."""
    blocked = in_the_way(folder, path) or (path if (folder / path).is_symlink() else None)
    if blocked is not None:
        raise ConflictError(
            f"{folder / blocked} is a link or no folder.", "Remove it; nothing was written."
        )
