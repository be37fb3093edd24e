"""The one door to ruamel: the events of its C parser, which is libyaml.

The extension is imported by its own name, on the first record read: `ruamel.yaml` is a loader,
a dumper and a round trip, of which the register needs none. The round trip reads some bytes
otherwise than the C parser does, so edits and layout work on the C parser's marks instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple


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
