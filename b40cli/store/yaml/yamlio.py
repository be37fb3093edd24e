"""The one door to ruamel: the events of its C parser, which is libyaml.

The extension is imported by its own name, on the first record read: `ruamel.yaml` is a loader,
a dumper and a round trip, of which the register needs none. The round trip reads some bytes
otherwise than the C parser does, so edits and layout work on the C parser's marks instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

# YAML 1.2 lets a plain word inside brackets hold a colon; this libyaml ends it there. So a time is
# fed to it with another character in place of the colons, one for one, and read back afterwards.
TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[0-9:.+Z-]*(?<!:)"
_TIME = re.compile(TIME.encode())
# Characters of private use: one that the text holds neither itself nor as an escape stands in.
_PRIVATE = range(0xE000, 0xF900)


def stand_in(text: str) -> str | None:
    """What can stand for the colon of a time in this text; None where every one is taken."""
    lower = text.lower()
    free = (n for n in _PRIVATE if chr(n) not in text and f"{n:x}" not in lower)
    return next(map(chr, free), None)


def fed(data: bytes, colon: str) -> bytes:
    """The bytes as the parser can read them; `heard` undoes it in what it says."""
    if b"T" not in data:
        return data
    return _TIME.sub(lambda time: time[0].replace(b":", colon.encode()), data)


def heard(value: str, colon: str) -> str:
    """A scalar as it was written."""
    return value.replace(colon, ":") if colon in value else value


class Library(NamedTuple):
    """The parser, its error, and the event types that a reader tells apart."""

    parser: Callable[[bytes], Any]
    error: type[Exception]
    scalar: type
    mapping_start: type
    mapping_end: type
    sequence_start: type
    sequence_end: type
    alias: type
    document_start: type
    document_end: type
    stream_end: type


@cache
def library() -> Library:
    """Load the C parser once."""
    import _ruamel_yaml as extension
    from ruamel.yaml import events

    return Library(
        parser=extension.CParser,
        error=extension.YAMLError,
        scalar=events.ScalarEvent,
        mapping_start=events.MappingStartEvent,
        mapping_end=events.MappingEndEvent,
        sequence_start=events.SequenceStartEvent,
        sequence_end=events.SequenceEndEvent,
        alias=events.AliasEvent,
        document_start=events.DocumentStartEvent,
        document_end=events.DocumentEndEvent,
        stream_end=events.StreamEndEvent,
    )
