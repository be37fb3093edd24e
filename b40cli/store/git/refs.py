"""Branches and what is remembered, moved: only where nothing leads elsewhere, and on the disk."""

from __future__ import annotations

from pathlib import Path

from b40cli.model.errors import ConflictError
from b40cli.store.git.durable import SYNCED, sync_folders, upwards
from b40cli.store.git.repository_git import Call, Calls, GitFailed
from b40cli.store.git.safe_paths import in_the_way


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
    for place in (ref, f"logs/{ref}"):
        _no_link(world.common, place)
    _no_link(world.git_folder, "logs/HEAD")
    expected = () if whatever else (old or "0" * len(new),)
    calls.run(*SYNCED, "update-ref", "-m", why, ref, new, *expected, keep=keep)
    sync_folders(upwards(world.common, [ref]))


def commit_at(calls: Calls, name: str) -> str | None:
    """The commit that HEAD or a ref leads to; None where there is none.

    Git says no in the same way where it cannot read what is there: that is GitFailed.
    """
    found = calls.line("rev-parse", "--verify", "-q", f"{name}^{{commit}}")
    if found is None and _is_there(calls, name):
        raise GitFailed("rev-parse", 1, f"fatal: {name} cannot be read; see `git fsck`")
    return found


def _is_there(calls: Calls, name: str) -> bool:
    try:
        ref = calls.line("symbolic-ref", "-q", name) if name == "HEAD" else name
    except GitFailed:
        return True
    if ref is None:
        return True
    told = calls.together(Call(("for-each-ref", "--format=%(refname)", ref)))[0]
    return bool(told.done().strip() or told.talk.strip() or (calls.world.common / ref).is_file())


def _no_link(folder: Path, path: str) -> None:
    """Git would follow it, and write where it leads."""
    blocked = in_the_way(folder, path) or (path if (folder / path).is_symlink() else None)
    if blocked is not None:
        raise ConflictError(
            f"{folder / blocked} is a link or no folder.", "Remove it; nothing was written."
        )
