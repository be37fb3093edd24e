"""How a value is spelled: plain when nothing can misread it, else in single or double quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from b40cli.model.errors import UsageError
from b40cli.store.yaml.charset import lawful_value
from b40cli.store.yaml.scalars import DIGITS, Ambiguous, key_meaning, meaning

_OPENING = frozenset("-?:,[]{}#&*!|>'\"%@`")
_BREAKING = re.compile(r": |:\Z| #|\A | \Z|\n|\t|\A\.\.\.|\A-(?![0-9A-Za-z])")
# libyaml ends a plain text inside `{…}` and `[…]` at any colon or question mark; times are let
# through (yamlio.fed).
_FLOW = re.compile(r"[,\[\]{}:?]")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


def spell(value: Any, in_flow: bool) -> str:
    """Spell any value on one line; collections in flow style.

    Raises UsageError for a text that no record may hold, TypeError for what is no plain data.
    """
    if isinstance(value, Mapping):
        pairs = (f"{spell_key(k, True)}: {spell(v, True)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(spell(item, True) for item in value) + "]"
    if isinstance(value, str):
        return _text(value, in_flow, meaning)
    return _atom(value)


def spell_key(key: Any, in_flow: bool) -> str:
    """Spell a key; raises UsageError, TypeError."""
    if not isinstance(key, str):
        raise TypeError(f"a key must be a text, not {key!r}")
    return _text(key, in_flow, key_meaning)


def as_literal(value: Any) -> list[str] | None:
    """Give the header and the lines of a text of several lines as a block scalar.

    None where a block scalar would not keep it whole: lines that end in a space, tabs, an
    indented first line, empty lines at the end.
    """
    if not isinstance(value, str) or "\n" not in value.rstrip("\n"):
        return None
    lines = value.removesuffix("\n").split("\n")
    unfit = not lines[0] or lines[0][0] == " " or not lines[-1] or "\t" in value
    if unfit or any(line.endswith(" ") for line in lines):
        return None
    _require_lawful(value)
    return ["|" if value.endswith("\n") else "|-", *lines]


def _atom(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, int):
        raise TypeError(f"no plain data: {value!r}")
    if len(str(abs(value))) > DIGITS:
        raise UsageError(f"An integer of more than {DIGITS} digits.", "Write it as a text.")
    return str(value)


def _text(value: str, in_flow: bool, read: Any) -> str:
    _require_lawful(value)
    if _reads_plain(value, in_flow, read):
        return value
    if "'" in value or "\n" in value or "\t" in value:
        return '"' + value.translate(_ESCAPES) + '"'
    return f"'{value}'"


def _reads_plain(value: str, in_flow: bool, read: Any) -> bool:
    if not value or (value[0] in _OPENING and value[0] != "-") or _BREAKING.search(value):
        return False
    if in_flow and _FLOW.search(_TIME.sub("", value)):
        return False
    try:
        return isinstance(read(value), str)
    except Ambiguous:
        return False


def _require_lawful(value: str) -> None:
    if not lawful_value(value):
        raise UsageError(
            f"The text {value[:40]!a} holds a control or invisible character, or is not in NFC.",
            "Type it anew, without hidden characters.",
        )
