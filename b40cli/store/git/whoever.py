"""Whoever acts, as their own configuration has them: a name, an address, and whether git signs.

Both are read from one look at it where they can be read in one way only; else git is asked.
"""

from __future__ import annotations

import os
import re

from b40cli.store.git.repository_git import Calls

# Git strips what is at the ends of a name, leaves angles out, and asks the machine where one is
# missing: this is a name of which it leaves every letter.
EDGE = r"[^\x00-\x20.,:;<>\"\\'\x7f\ud800-\udfff]"
WHOLE = re.compile(rf"{EDGE}(?:[^\x00-\x1f<>\x7f\ud800-\udfff]*{EDGE})?")
PLAINLY = {None: False, "false": False, "true": True}


def signs(calls: Calls) -> bool:
    """Whether git is set to sign what is committed; raises GitFailed where that makes no sense."""
    said = calls.settings.get("commit.gpgsign")
    if said in PLAINLY:
        return PLAINLY[said]
    return calls.line("config", "--type=bool", "--get", "commit.gpgsign") == "true"


def author(calls: Calls) -> str | None:
    """Who acts, as `Name <address>`; None or GitFailed where git does not know."""
    name, address = (_said(calls, word) for word in ("name", "email"))
    if WHOLE.fullmatch(name) and WHOLE.fullmatch(address):
        return f"{name} <{address}>"
    ident = calls.line("var", "GIT_AUTHOR_IDENT")
    return None if ident is None else ident.rsplit(" ", 2)[0]


def _said(calls: Calls, word: str) -> str:
    """As git looks: the environment, then the author's own, then the user's."""
    if (here := os.environ.get(f"GIT_AUTHOR_{word.upper()}")) is not None:
        return here
    return calls.settings.get(f"author.{word}") or calls.settings.get(f"user.{word}", "")
