"""The register's YAML dialect: YAML 1.2 core, one record to a file, nothing that surprises.

Refused, each with line and column: anchors, aliases, tags, merge keys, duplicate keys, keys that
are not texts, `?` keys, document marks, directives, tabs, CR, byte order marks, control and
invisible characters, text not in NFC, floats, and every unquoted word that some reader takes for
something else than this one (`no`, `0123`, `1_000`, `12:30`, `~`). A day is a word YYYY-MM-DD of
the calendar, and stays a text. An empty value is null.
"""

from __future__ import annotations

import json
from typing import Any

from b40cli.store.yaml.charset import lawful_text
from b40cli.store.yaml.defect import YamlDefect
from b40cli.store.yaml.plain_layout import Doubtful, read

__all__ = ["YamlDefect", "parse", "parsed", "positions"]

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def parse(data: bytes) -> Any:
    """Read a record as dict, list, str, int, bool and None; raises YamlDefect."""
    return parsed(data)[0]


def parsed(data: bytes) -> tuple[Any, str]:
    """Read a record, and give it as compact JSON as well; raises YamlDefect."""
    text = lawful_text(data)
    try:
        return read(text)
    except Doubtful:
        record = _read_carefully(data, text)
        return record, _COMPACT.encode(record)


def positions(data: bytes) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Say where each value stands, as line and column from 1; an entry stands at its key.

    Raises YamlDefect.
    """
    from b40cli.store.yaml.positions import places

    return places(data, lawful_text(data))


def _read_carefully(data: bytes, text: str) -> Any:
    from b40cli.store.yaml.nodes import plain_data
    from b40cli.store.yaml.positions import marked

    return plain_data(marked(data, text))
