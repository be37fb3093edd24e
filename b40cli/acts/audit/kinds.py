"""What sort of commit one is: an act of the tool, or a commit made some other way."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Literal

from b40cli.model.state.registry import NETWORK
from b40cli.store.git.commit_stream import Recorded

CommitKind = Literal["act", "opening", "merge", "revert", "squash", "foreign", "elsewhere", "undo"]
KINDS: tuple[CommitKind, ...] = (
    *("act", "opening", "merge", "revert", "squash", "foreign"),
    "elsewhere",
    "undo",
)
ACT = "B40-Act"
REVERTS = re.compile(r"^This reverts commit [0-9a-f]{7,64}", re.MULTILINE)
SEVERAL = re.compile(rf"^\s*{ACT}: ", re.MULTILINE)
# What a note says of the commits that the tool did not make, and what follows from it.
NOTED: dict[CommitKind, tuple[str, str]] = {
    "opening": (
        "opens the register without the tool.",
        "Nothing: an opening record rests on its sources.",
    ),
    "merge": (
        "merges another line of history.",
        "Nothing: what came from it was judged commit by commit, what was mended here as a change.",
    ),
    "revert": (
        "puts records back as they were before.",
        "Nothing, if it is lawful: it was judged like any change.",
    ),
    "squash": (
        "holds several acts in one commit.",
        "Merge without squashing: the days of the single acts are lost to the log.",
    ),
    "foreign": (
        "was made without the tool: it says of no act what it is.",
        "Nothing, if it is lawful: it was judged by the day it was committed on.",
    ),
}


def kinds_of(
    commits: Sequence[Recorded], taking_back: Container[str] = ()
) -> dict[str, CommitKind]:
    """The kind of each commit, by its oid; `taking_back` are those that undo the one before."""
    held: dict[str, set[str | None]] = {}
    found: dict[str, CommitKind] = {}
    for r in commits:
        found[r.oid] = "undo" if r.oid in taking_back else _kind(r, held)
        for change in r.changes:
            held.setdefault(change.path, set()).update((change.was, change.now))
    return found


def _kind(r: Recorded, held: dict[str, set[str | None]]) -> CommitKind:
    if len(r.parents) > 1:
        return "merge"
    if r.commit.body.count(f"{ACT}: ") > 1 and len(SEVERAL.findall(r.commit.body)) > 1:
        return "squash"
    if ACT in r.commit.trailers:
        return "act"
    if not r.changes:
        return "elsewhere"
    if any(change.path == NETWORK and change.was is None for change in r.changes):
        return "opening"
    back = all(c.now is not None and c.now in held.get(c.path, ()) for c in r.changes)
    return "revert" if back or REVERTS.search(r.commit.body) else "foreign"
