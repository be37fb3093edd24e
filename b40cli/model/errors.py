"""What the world can do to a command: one class per exit code, caught once, in cli/main.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from b40cli.model.finding import Finding

# What a shell says of a command that somebody stopped.
INTERRUPTED = 130


class WorldError(Exception):
    """A fact about the world that stops a command: one sentence, what cures it, and where."""

    exit_code = 70

    def __init__(self, message: str, remedy: str = "", findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.findings = findings


class UsageError(WorldError):
    """The words of the command do not make a question: exit 2."""

    exit_code = 2


def refuse_unknown(option: str, value: str | None, known: Collection[str]) -> None:
    """Raise UsageError for a misspelt word: an empty answer would pass for one."""
    if value is not None and value not in known:
        raise UsageError(f"{option} {value} is none.", f"One of {', '.join(known)}.")


class UnreadableError(WorldError):
    """The registry cannot be read; the findings say where and why: exit 3."""

    exit_code = 3


class MissingObject(UnreadableError):
    """Git names an object that it does not have, or that is no file: exit 3."""

    def __init__(self, oid: str, paths: tuple[str, ...] = ()) -> None:
        where = f" of {', '.join(paths)}" if paths else ""
        super().__init__(
            f"The object {oid}{where} is missing or no file.",
            "Run `git fsck`, and fetch it from another clone.",
        )
        self.oid = oid


class HalfDone(WorldError):
    """The act is recorded, but index or files lag behind until it is completed: exit 5."""

    exit_code = 5

    def __init__(self, message: str, remedy: str, commit: str) -> None:
        super().__init__(message, remedy)
        self.commit = commit


class Untold(HalfDone):
    """The act is recorded and its files are in place; it could not be told: exit 5."""

    def __init__(self, commit: str, error: Exception) -> None:
        said = f"The commit {commit[:12]} is made, but what came of it cannot be told: {error}"
        super().__init__(said, "It stands; nothing is to be done again.", commit)


class ConflictError(WorldError):
    """HEAD moved, or files are in the way; nothing was written: exit 4."""

    exit_code = 4
