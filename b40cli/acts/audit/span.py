"""Which part of history is audited: everything, BASE..HEAD, or what came since a known commit."""

from __future__ import annotations

import re
from typing import NamedTuple

from b40cli.model.errors import UsageError
from b40cli.store.git.repository import Repository

HEX = re.compile(r"[0-9a-fA-F]{4,64}", re.ASCII)
# A commit's name, as long at the least as it is told anywhere: it is no slip, and not ambiguous.
TOLD = re.compile(r"[0-9a-fA-F]{10,64}", re.ASCII)


class Span(NamedTuple):
    """From the commit after `base` (None: from the first) to `head`."""

    base: str | None
    head: str

    def refuse_reversed(self) -> None:
        """Of a range that holds no commit: raises UsageError where its end leads to its base."""
        if self.base not in (None, self.head):
            said = f"{short(self.head)} lies before {short(str(self.base))}."
            raise UsageError(said, "Name the older first.")


def short(oid: str) -> str:
    """A commit's name as it is told to people."""
    return oid[:10]


def span_of(repository: Repository, asked: str | None) -> Span:
    """Read `BASE..HEAD`, `BASE..` or one revision; UsageError where it is none of these."""
    base, dots, tip = (asked or "HEAD").partition("..")
    if tip.startswith(".") or (dots and not base):
        raise UsageError(f"{asked!r} is no range.", "Write BASE..HEAD, BASE.. or one commit.")
    if not dots:
        base, tip = "", base
    head = repository.resolve(tip or "HEAD")
    begun = repository.resolve(base) if base else None
    return Span(begun, head)


def span_since(repository: Repository, since: str, head: str) -> Span | None:
    """From a commit that was published on; None where the history of `head` does not hold it."""
    word = since.strip()
    try:
        known = repository.resolve(word)
    except UsageError:
        if TOLD.fullmatch(word):
            return None
        raise
    if HEX.fullmatch(word) and not known.startswith(word.lower()):
        return None  # a branch or a tag that calls itself what was published
    return Span(known, head) if repository.past().leads_to(known, head) else None
