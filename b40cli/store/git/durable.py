"""What was said to be done is on the disk: git syncs bytes and names no folder, so we do.

Names live in their folder: a file that was synced, in a folder that was not, may be gone after a
power cut.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# For the calls of git that write: by default it leaves loose objects and the index to the kernel.
SYNCED = ("-c", "core.fsync=all", "-c", "core.fsyncMethod=fsync")
# What disks say that know no syncing of folders, and folders that nobody here may read.
NO_SYNCING = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.ENOENT)


def write_synced(path: Path, chunks: Iterable[bytes]) -> None:
    """A new file with these bytes, on the disk; raises OSError where anything stands there."""
    there = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
    with os.fdopen(there, "wb") as file:
        file.writelines(chunks)
        file.flush()
        _sync(file.fileno())


def _sync(there: int) -> None:
    """To the disk itself: on macOS fsync alone leaves it in the disk's own cache."""
    import fcntl

    if hasattr(fcntl, "F_FULLFSYNC"):
        with suppress(OSError):  # a disk that knows none, of a network for one
            fcntl.fcntl(there, fcntl.F_FULLFSYNC)
            return
    os.fsync(there)


def sync_folders(folders: Iterable[Path]) -> None:
    """The names in the folders are on the disk; raises OSError."""
    for folder in dict.fromkeys(folders):
        try:
            there = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            if error.errno in NO_SYNCING:
                continue
            raise
        try:
            _sync(there)
        except OSError as error:
            if error.errno not in NO_SYNCING:
                raise
        finally:
            os.close(there)


def upwards(root: Path, paths: Iterable[str]) -> list[Path]:
    """The folders of the paths, and those above them up to the root, the deepest first."""
    above = {folder for path in paths for folder in (root / path).parents}
    return sorted((f for f in above if f.is_relative_to(root)), key=lambda f: -len(f.parts))
