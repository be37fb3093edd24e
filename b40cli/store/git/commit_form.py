"""The form of a commit's object: one that readers could read in two ways is told apart.

Git takes the last of two committers for its log and the first for the order of history, decodes
headers by the encoding a commit names, and ends a text at a NUL: whoever signs with a key of last
year could so show one day to the key and another to the line.
"""

from __future__ import annotations

import re

_PERSON = rb"[^<>\n]*<[^<>\n]*> [0-9]{1,18} [+-][0-9]{4}"
_NAME = rb"(?:[0-9a-f]{40}|[0-9a-f]{64})"
PERSON = re.compile(rb"(?:author|committer) " + _PERSON)
NAMED = re.compile(rb"(?:tree|parent) " + _NAME)
# What git mostly writes, and nothing else beside it: nobody looks at each of its lines.
PLAIN = re.compile(
    rb"tree %b\n(?:parent %b\n)?" % (_NAME, _NAME)
    + rb"author %b\ncommitter %b\n\n[^\0]*" % (_PERSON, _PERSON)
)
# What decodes letters alone, never a line's end or an angle.
ENCODINGS = re.compile(rb"encoding (?:utf-?8|iso-?8859-[0-9]{1,2}|(?:windows-|cp)125[0-9])", re.I)
FIRST = (b"tree", b"parent", b"author", b"committer")
ONCE = (b"tree", b"author", b"committer", b"encoding", b"gpgsig", b"gpgsig-sha256")


def fault(data: bytes) -> str | None:
    """What keeps a commit's bytes from being read in one way only, or None."""
    if PLAIN.fullmatch(data):
        return None
    head = data.partition(b"\n\n")[0]
    lines = [line for line in head.split(b"\n") if not line.startswith(b" ")]
    names = [line.partition(b" ")[0] for line in lines]
    if b"\0" in data:
        return "holds a NUL, behind which nobody sees anything"
    twice = [name for name in ONCE if names.count(name) > 1]
    if twice:
        return f"names its {twice[0].decode()} more than once"
    parents = [line for line in lines if line.startswith(b"parent ")]
    if len(set(parents)) < len(parents):
        return "names a parent twice"
    known = [name for name in names if name in FIRST]
    if names[: len(known)] != known or known != sorted(known, key=FIRST.index):
        return "has headers out of their order"
    if not {b"tree", b"author", b"committer"} <= {*known}:
        return "lacks a tree, an author or a committer"
    odd = [line for line, name in zip(lines, names, strict=True) if not _regular(line, name)]
    return f"has an odd {odd[0].partition(b' ')[0].decode()}" if odd else None


def parents_of(data: bytes) -> list[str] | None:
    """The parents that a commit's bytes name; None where they could be read in two ways."""
    lines = data.partition(b"\n\n")[0].split(b"\n")
    named = [line[7:].decode() for line in lines if line.startswith(b"parent ")]
    return named if fault(data) is None else None


def _regular(line: bytes, name: bytes) -> bool:
    if name in (b"author", b"committer"):
        return PERSON.fullmatch(line) is not None
    if name in (b"tree", b"parent"):
        return NAMED.fullmatch(line) is not None
    return name != b"encoding" or ENCODINGS.fullmatch(line) is not None
