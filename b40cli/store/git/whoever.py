"""Whoever acts, as their own configuration has them: a name, an address, and whether git signs.

All are read from one look at it where they can be read in one way only; else git is asked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from b40cli.model.errors import UnreadableError, UsageError
from b40cli.store.git.guard.safe_paths import small
from b40cli.store.git.repository_git import Calls, GitFailed
from b40cli.store.git.signers import fingerprint

# Git strips what is at the ends of a name, leaves angles out, and asks the machine where one is
# missing: this is a name of which it leaves every letter.
EDGE = r"[^\x00-\x20.,:;<>\"\\'\x7f\ud800-\udfff]"
WHOLE = re.compile(rf"{EDGE}(?:[^\x00-\x1f<>\x7f\ud800-\udfff]*{EDGE})?")
# A moment of which git makes the same seconds and the same zone.
MOMENT = re.compile(
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?!-00:?0[01])[+-][0-9]{2}:?[0-5][0-9]"
)
COMMITTED = re.compile(rb"^committer .*> ([0-9]{1,18}) ", re.MULTILINE)
# What git says where it does not know who commits, or is given no moment.
NOBODY = re.compile("ident name|auto-detect|tell me who you are|disallowed characters")
DATE = re.compile("^fatal: invalid date format: (.*)$", re.MULTILINE)
WHO = ("author", "committer")
PLAINLY = {None: False, "false": False, "true": True}


def signs(calls: Calls) -> bool:
    """Whether git is set to sign what is committed; raises GitFailed where that makes no sense."""
    said = calls.settings.get("commit.gpgsign")
    if said in PLAINLY:
        return PLAINLY[said]
    return calls.line("config", "--type=bool", "--get", "commit.gpgsign") == "true"


def signing_key(calls: Calls) -> str | None:
    """The public SSH key that git is set to sign with; None where that is not told by a file."""
    said = calls.settings.get("user.signingkey", "")
    if calls.settings.get("gpg.format") != "ssh" or not said:
        return None
    if said.startswith(("key::", "ssh-")):
        return _public(said.removeprefix("key::"))
    with suppress(OSError, RuntimeError, UnreadableError):  # or nobody knows whose home it is
        file = calls.folder / Path(said).expanduser()
        for each in (file.with_name(f"{file.name}.pub"), file):
            if key := _public((small(each) or b"").decode("utf-8", "replace")):
                return key
    return None


def _public(text: str) -> str | None:
    """Its sort and its letters, without what is said of it behind them."""
    key = " ".join(text.split()[:2])
    return key if fingerprint(key) else None


def author(calls: Calls) -> str | None:
    """Who acts, as `Name <address>`; None or GitFailed where git does not know."""
    if (plain := _person(calls, "author")) is not None:
        return plain
    ident = calls.line("var", "GIT_AUTHOR_IDENT")
    return None if ident is None else ident.rsplit(" ", 2)[0]


def idents(calls: Calls, moment: str | None) -> tuple[str, ...] | None:
    """The author and the committer as git would write them into a commit of that moment.

    None where it has to say so itself; a moment in the environment comes first.
    """
    told = tuple(filter(None, _idents(calls, moment)))
    return told if len(told) == len(WHO) else None


def made_at(commit: bytes) -> int:
    """The committer's moment in a commit's bytes, in seconds."""
    head = commit.partition(b"\n\n")[0]
    return max(map(int, COMMITTED.findall(head)), default=0)


def nobody(
    said: str = "Git does not know who you are: what a repository says of it is not heard.",
) -> UsageError:
    """Git has no name or address for whoever acts, or none that can be read."""
    return UsageError(
        said,
        "Tell it: git config --global user.name 'Your Name'; "
        "git config --global user.email you@example.org",
    )


def lacking(error: GitFailed) -> UsageError | None:
    """What git lacks to say who commits, or when, as far as whoever acts can tell it."""
    if (date := DATE.search(error.talk)) is not None:
        return UsageError(
            f"Git reads no day and time in {date[1]!r}, which the environment gives for a commit.",
            "Unset GIT_AUTHOR_DATE and GIT_COMMITTER_DATE, or write them like "
            "2026-12-15T10:00:00+0300, then repeat.",
        )
    return nobody() if NOBODY.search(error.talk) else None


def _idents(calls: Calls, moment: str | None) -> Iterator[str | None]:
    for who in WHO:
        person = _person(calls, who)
        date = _date(os.environ.get(f"GIT_{who.upper()}_DATE") or moment or "")
        yield f"{person} {date}" if person and date else None


def _person(calls: Calls, who: str) -> str | None:
    name, address = (_said(calls, who, word) for word in ("name", "email"))
    whole = WHOLE.fullmatch(name) and WHOLE.fullmatch(address)
    return f"{name} <{address}>" if whole else None


def _said(calls: Calls, who: str, word: str) -> str:
    """As git looks: the environment, then what is set for this one, then the user's."""
    if (here := os.environ.get(f"GIT_{who}_{word}".upper())) is not None:
        return here
    return calls.settings.get(f"{who}.{word}") or calls.settings.get(f"user.{word}", "")


def _date(moment: str) -> str | None:
    from datetime import datetime

    with suppress(ValueError):
        if MOMENT.fullmatch(moment):
            read = datetime.fromisoformat(moment)
            return f"{int(read.timestamp())} {read:%z}"
    return None
