"""Documents: what stands in a record of a file is its name and its SHA-256, never its content."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from b40cli.model.errors import UsageError

MOST_BYTES = 512 * 1024 * 1024


def document(file: Path, root: Path) -> dict[str, Any]:
    """The record of a document: its SHA-256, and its path if it lies in the evidence folder."""
    evidence = root / "registry" / "evidence"
    real = file.resolve()
    named: dict[str, Any] = {"note": real.name[:120]}
    if real.is_relative_to(evidence.resolve()):
        named = {"path": f"evidence/{real.relative_to(evidence.resolve()).as_posix()}"}
    return {
        **named,
        "sha256": _hash(real),
        **({"note": named.pop("note")} if "note" in named else {}),
    }


def documents(files: Iterable[Path], root: Path) -> list[dict[str, Any]]:
    """The records of several documents, in order."""
    return [document(file, root) for file in files]


def _hash(file: Path) -> str:
    from hashlib import file_digest

    try:
        if not file.is_file():
            raise UsageError(f"{file} is no file.", "Name the document's file.")
        if file.stat().st_size > MOST_BYTES:
            raise UsageError(f"{file} is larger than 512 MiB.", "Name the document itself.")
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Check its name.") from error
