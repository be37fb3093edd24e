"""What happened: commits, read from git's log."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

from b40cli.model.day import LEGAL_ZONE
from b40cli.model.errors import UsageError
from b40cli.store.git.repository_git import Calls
from b40cli.store.git.trees import told_of_folders

FORMAT = "%H%n%ct%n%an <%ae>%x00%B%x00%(trailers)%x00"
# A trailer by its name, and with all its lines; what git takes for one wherever it stands; what is
# blank to it.
NAMED, BLANKS = r"[A-Za-z0-9-]+[ \t]*:|\(cherry picked from commit ", " \t\v\f\r"
TRAILER = re.compile(r"^([A-Za-z0-9-]+)[ \t]*:(.*(?:\n[ \t\r].*)*)", re.MULTILINE)
FOLD = re.compile(r"\n[ \t\r]*")
BLOCK = re.compile(rf"(?:(?:{NAMED})[^\n]*\n)+")
GENERATED = ("Signed-off-by: ", "(cherry picked from commit ")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

# The last moment that calendars have a day for, a day before their end: 9999-12-30.
LATEST = 253_402_127_999


class Commit(NamedTuple):
    """One commit; `day` is the day in Istanbul it was made, trailers are from its last lines."""

    oid: str
    day: str
    author: str
    subject: str
    body: str
    trailers: dict[str, str]


def log(calls: Calls, paths: Iterable[str], limit: int | None, start: str) -> list[Commit]:
    """Commits from `start` backwards, of the paths or of all; the newest first."""
    most = [] if limit is None else [f"--max-count={limit}"]
    args = ("--encoding=UTF-8", "--no-color", "--no-notes", "--no-mailmap", f"--format={FORMAT}")
    with told_of_folders(calls, start):
        text = calls.run("log", *most, *args, start, "--", *paths)
    fields = text.decode("utf-8", "replace").split("\0")
    return [_commit(*fields[n : n + 3]) for n in range(0, len(fields) - 3, 3)]


def last_on(calls: Calls, day: str) -> str | None:
    """The last commit of the first-parent line made on or before the day, in Istanbul."""
    found = calls.run("rev-list", "-1", "--first-parent", f"--before=@{_end(day)}", "HEAD")
    return found.decode().strip() or None


def _commit(about: str, message: str, trailers: str) -> Commit:
    oid, seconds, author = about.lstrip("\n").split("\n", 2)
    subject, _, body = message.strip("\n").partition("\n")
    day, told = istanbul_day(seconds_of(seconds)), pairs(trailers, message)
    return Commit(oid, day, author, subject, body.strip("\n"), told)


def pairs(block: str, message: str) -> dict[str, str]:
    """A message's trailers, of the block that git finds: it would tell their names otherwise where
    its user's settings have one.

    A trailer that comes twice keeps both values, a line each: neither hides the other.
    """
    found: dict[str, str] = {}
    for key, lines in TRAILER.findall(block) if block and _is_block(message) else ():
        value = FOLD.sub(" ", lines).strip(" \t\r")
        found[key] = f"{found[key]}\n{value}" if key in found else value
    return found


def _is_block(message: str) -> bool:
    """Whether the last paragraph is trailers alone, or has a line of git's own among them.

    With a name that a user configured (`trailer.*.key`) git takes prose for trailers, too.
    """
    if BLOCK.fullmatch(message.rpartition("\n\n")[2]):
        return True  # so every act ends
    lines = message.split("\n")
    while lines and (not lines[-1].strip(BLANKS) or lines[-1].startswith("#")):
        lines.pop()
    block = [*takewhile(lambda line: line.strip(BLANKS), reversed(lines))][::-1]
    goes_on = False  # whether what is indented belongs to the line above it
    for line in block:
        named = re.match(NAMED, line) is not None
        if not (named or line.startswith("#") or (goes_on and line[0] in BLANKS)):
            return any(line.startswith(GENERATED) for line in block)
        goes_on = named or (goes_on and line[0] in BLANKS)
    return True


def seconds_of(said: str) -> int:
    """The time git tells of a commit; none where the commit says no number."""
    return int(said) if said.isascii() and said.isdecimal() else 0


def istanbul_day(seconds: int) -> str:
    """The day in Istanbul of a moment in seconds, as git counts them; a commit may claim any."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    moment = datetime.fromtimestamp(max(0, min(seconds, LATEST)), ZoneInfo(LEGAL_ZONE))
    return moment.date().isoformat()


def _end(day: str) -> int:
    """The last second of a day in Istanbul."""
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    try:
        if not DAY.fullmatch(day):
            raise ValueError(day)
        start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(LEGAL_ZONE))
    except ValueError as error:
        raise UsageError(f"{day!r} is no day.", "Write it like 2026-12-15.") from error
    return int((start + timedelta(days=1)).timestamp()) - 1
