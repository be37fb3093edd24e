"""The register's YAML dialect: YAML 1.2 core, one record to a file, nothing that surprises.

Refused, each with line and column: anchors, aliases, tags, merge keys, duplicate keys, keys that
are not texts, `?` keys, document marks, directives, tabs, CR, byte order marks, control and
invisible characters, text not in NFC, floats, and every unquoted word that some reader takes for
something else than this one (`no`, `0123`, `1_000`, `12:30`, `~`). A day is a word YYYY-MM-DD of
the calendar, and stays a text. An empty value is null.
"""

from __future__ import annotations

from typing import Any

from b40cli.store.yaml.charset import lawful_text, lawful_value
from b40cli.store.yaml.defect import YamlDefect
from b40cli.store.yaml.scalars import Ambiguous, is_unwritten, key_meaning, meaning
from b40cli.store.yaml.yamlio import TIMED, fed, heard, library

__all__ = ["YamlDefect", "parse", "positions"]

DEPTH = 32
EVENTS = 100_000


class _Doubtful(Exception):
    """The fast reading met something that only the careful one can judge."""


def parse(data: bytes) -> Any:
    """Read a record as dict, list, str, int, bool and None; raises YamlDefect."""
    text = lawful_text(data)
    try:
        if _may_surprise(text):
            raise _Doubtful
        return _read(data, text)
    except (_Doubtful, Ambiguous, library().error):
        return _read_carefully(data, text)


def positions(data: bytes) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Say where each value stands, as line and column from 1; an entry stands at its key.

    Raises YamlDefect.
    """
    from b40cli.store.yaml.positions import places

    return places(data, lawful_text(data))


def _may_surprise(text: str) -> bool:
    """Whether marks occur that the events of the fast reading do not show."""
    return (
        ("?" in text and any(before + "?" in text for before in " \n{[,"))
        or "\n---" in text
        or "\n..." in text
        or "\n%" in text
        or text.startswith(("---", "...", "%", "?"))
    )


def _read_carefully(data: bytes, text: str) -> Any:
    from b40cli.store.yaml.nodes import plain_data
    from b40cli.store.yaml.positions import marked

    return plain_data(marked(data, text))


def _read(data: bytes, text: str) -> Any:  # noqa: C901, PLR0912, PLR0915 - the hot path is one loop
    kinds = library()
    scalar, mapping, sequence = kinds.scalar, kinds.mapping_start, kinds.sequence_start
    mapping_end, sequence_end, stream_end = kinds.mapping_end, kinds.sequence_end, kinds.stream_end
    given = fed(data)
    next_event, timed = kinds.parser(given).get_event, TIMED in given
    # A mapping is gathered flat, key, value, key, …, and paired at its end.
    around: list[tuple[list[Any], bool]] = []
    current: list[Any] = []
    in_mapping = awaits_key = False
    for _ in range(EVENTS):
        event = next_event()
        kind = type(event)
        if kind is scalar:
            if event.anchor is not None or event.ctag is not None:
                raise _Doubtful
            value: Any = heard(event.value) if timed else event.value
            style = event.style
            if style:
                if style == '"' and not lawful_value(value):
                    raise _Doubtful
            elif awaits_key:
                value = key_meaning(value)
            elif value:
                value = meaning(value)
            elif is_unwritten(text, event.start_mark.index):
                raise _Doubtful
            else:
                value = None
            current.append(value)
            awaits_key = in_mapping and not awaits_key
        elif kind is mapping or kind is sequence:
            if awaits_key or event.anchor is not None or event.ctag is not None:
                raise _Doubtful
            if kind is mapping and event.flow_style and text[event.start_mark.index] != "{":
                raise _Doubtful
            if len(around) == DEPTH:
                raise _Doubtful
            around.append((current, in_mapping))
            current = []
            in_mapping = awaits_key = kind is mapping
        elif kind is mapping_end:
            pairs = iter(current)
            record = dict(zip(pairs, pairs, strict=True))
            if 2 * len(record) != len(current):
                raise _Doubtful
            current, in_mapping = around.pop()
            current.append(record)
            awaits_key = in_mapping
        elif kind is sequence_end:
            items = current
            current, in_mapping = around.pop()
            current.append(items)
            awaits_key = in_mapping
        elif kind is stream_end:
            return _whole(current)
        elif kind is kinds.alias or getattr(event, "explicit", False):
            raise _Doubtful
    raise _Doubtful


def _whole(documents: list[Any]) -> Any:
    if len(documents) != 1 or type(documents[0]) is not dict:
        raise _Doubtful
    return documents[0]
