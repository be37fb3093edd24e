"""The folder of a register in the user's own cache folder: what came with a repository is never it.

Caches lie here, and what git is told instead of the repository's settings. It may be dropped at any
time. Where the user has no such folder, or it would lie in the repository itself, a folder of this
process stands in, and is gone with it.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from b40cli.model.digest import sha256

OTHERS_MAY_WRITE = 0o022


def user_folder(common: Path) -> Path:
    """Where what belongs to the repository with this git directory is kept; it exists."""
    folder = users_own(sha256(os.fsencode(common)).hexdigest()[:24])
    return _passing() if folder is None or folder.is_relative_to(common.parent) else folder


def users_own(name: str) -> Path | None:
    """A folder of this name in the user's cache folder; None where there can be none.

    By the convention of desktops: a relative path in the environment is not heard.
    """
    named, home = (os.environ.get(word, "") for word in ("XDG_CACHE_HOME", "HOME"))
    caches = Path(named) if named.startswith("/") else Path(home, ".cache")
    folder = caches / "b40" / name
    return folder if folder.is_absolute() and _ours(folder) else None


def _ours(folder: Path) -> bool:
    """Whether the folder is there, and nobody else could write in it."""
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        seen = folder.stat()
    except OSError:
        return False
    mine = seen.st_uid == os.getuid() and not seen.st_mode & OTHERS_MAY_WRITE
    return mine and os.access(folder, os.W_OK | os.X_OK)


@cache
def _passing() -> Path:
    import atexit
    from shutil import rmtree
    from tempfile import mkdtemp

    folder = Path(mkdtemp(prefix="b40-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder
