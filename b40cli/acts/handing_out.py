"""Files handed out beside the register: written whole, and never over somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from b40cli.model.errors import ConflictError, UsageError


def hand_out(files: Mapping[Path, str | bytes]) -> list[str]:
    """Write the files that are not there yet, text as UTF-8; the names of all of them.

    A folder that is not there is made.

    Raises ConflictError, with nothing written, where another file lies in the way.
    """
    missing = [path for path in files if not _lies_there(path, files[path])]
    for path in missing:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as opened:
                opened.write(_bytes(files[path]))
        except OSError as error:
            raise UsageError(
                f"{path} cannot be written: {error.strerror}.", "Name another file."
            ) from error
    return [str(path) for path in files]


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _lies_there(path: Path, content: str | bytes) -> bool:
    try:
        if not path.exists() and not path.is_symlink():
            return False
        same = path.is_file() and path.read_bytes() == _bytes(content)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} is no name for a file.", "Name another file.") from error
    if not same:
        raise ConflictError(f"{path} is there already.", "Move it away, or name another file.")
    return True
