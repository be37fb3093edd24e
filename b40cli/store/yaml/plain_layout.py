"""The fast reading: a record in the layout that `b40 fmt` writes, line by line.

What it takes is a part of the dialect that nobody could read otherwise: key and value on one line,
entries at their column, brackets closed on the line that opens them. It turns the lines into JSON,
which C reads; of anything else it is doubtful, and the careful reading says what the record means,
or why it is none.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from json.encoder import encode_basestring
from typing import Any

from b40cli.store.yaml.scalars import Ambiguous, key_meaning, meaning
from b40cli.store.yaml.yamlio import TIME

# In so little text there cannot be more values, or deeper ones, than the dialect lets in.
MOST_TEXT = 200_000
DEEP = 15

_KEY = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,100}"
_QUOTED = r"""(?:'[^']*(?:''[^']*)*'|"[^"\\]*")"""
_FIRST = r"""[^-?:,\[\]{}#&*!|>'"%@` ]"""
_LINE = re.compile(
    rf"( *)((?:- )*)(?:({_KEY}):(?: (?=[^ ])|\Z))?"
    rf"(?:({_FIRST}[^:#]*(?::(?=[^ ])[^:#]*)*(?<! )|{_QUOTED})|(\[.*\]|{{.*}}))?"
)
_WORD = rf"(?:{TIME}|{_FIRST}(?:[^,\[\]{{}}:#?]*[^,\[\]{{}}:#? ])?)"
# A word between brackets, or a mark between two words; a key takes its colon along.
_TOKEN = re.compile(rf"[\[\]{{}}]|, |{_KEY}: |{_QUOTED}|{_WORD}")
# What mostly stands between two commas.
_PIECE = re.compile(rf"([\[{{]*)(?:({_KEY}): )?({_WORD})?([\]}}]*)")
_MARKS = frozenset("[]{}")
# Where an entry stands: its column, and what closes the collection it belongs to.
_At = tuple[int, str]
_OPENS = {"]": "[", "}": "{"}


class Doubtful(Exception):
    """The fast reading met something that only the careful one can judge."""


def read(text: str) -> tuple[dict[str, Any], str]:
    """The record of a text of lawful characters, and the same as compact JSON; raises Doubtful."""
    if len(text) > MOST_TEXT:
        raise Doubtful
    try:
        written = "".join(_json(text))
        record = json.loads(written, object_pairs_hook=_mapping)
    except (Ambiguous, ValueError):
        raise Doubtful from None
    if not isinstance(record, dict):
        raise Doubtful
    return record, written


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise Doubtful
    return record


def _json(text: str) -> list[str]:
    """The record in pieces of JSON; what is open is closed by the line that lies further left."""
    pieces: list[str] = []
    put = pieces.append
    around: list[_At] = [(-1, "")]
    awaits_value = True
    for line in text.split("\n"):
        if not line:
            continue
        places, written, awaits_next = _short_entry(line) if len(line) < 120 else _entry(line)
        first = places[0]
        if awaits_value and first[0] > around[-1][0]:
            fresh = places
        else:
            if awaits_value:
                put("null")
            while around[-1][0] > first[0]:
                put(around.pop()[1])
            if around[-1] != first:
                raise Doubtful
            fresh = places[1:]
            put(",")
        for place in fresh:
            put(_OPENS[place[1]])
            around.append(place)
        if len(around) > DEEP:
            raise Doubtful
        put(written)
        awaits_value = awaits_next
    if awaits_value:
        put("null")
    pieces += [closes for _column, closes in reversed(around)]
    return pieces


def _entry(line: str) -> tuple[tuple[_At, ...], str, bool]:
    """Where an entry stands, its key and value as JSON, and whether its value is still to come."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise Doubtful
    indent, dashes, key, word, brackets = found.groups()
    places = _places(len(indent), len(dashes), key is not None)
    value = _word(word) if word else _bracketed(brackets) if brackets else ""
    if key is not None:
        return places, _key(key) + value, not value
    if not (value and dashes):
        raise Doubtful
    return places, value, False


@cache
def _places(indent: int, dashes: int, keyed: bool) -> tuple[_At, ...]:
    end = indent + dashes
    lists: tuple[_At, ...] = tuple((column, "]") for column in range(indent, end, 2))
    return (*lists, (end, "}")) if keyed else lists


_short_entry = lru_cache(maxsize=8192)(_entry)


def _bracketed(text: str) -> str:
    if text.count("[") + text.count("{") > DEEP:
        raise Doubtful
    if "'" in text or '"' in text:
        return _tokens(text)
    # Where nothing is quoted, a comma and a space stand between two entries and nowhere else.
    piece = _short_piece if len(text) < 1000 else _piece
    return ",".join(map(piece, text.split(", ")))


def _piece(text: str) -> str:
    found = _PIECE.fullmatch(text)
    if found is None:
        return _tokens(text)
    opens, key, word, closes = found.groups()
    return f"{opens}{(key and _key(key)) or ''}{(word and _word(word)) or ''}{closes}"


_short_piece = lru_cache(maxsize=2048)(_piece)


def _tokens(text: str) -> str:
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        raise Doubtful
    return "".join(map(_token, tokens))


@lru_cache(maxsize=2048)
def _token(piece: str) -> str:
    if piece in _MARKS:
        return piece
    if piece == ", ":
        return ","
    return _key(piece[:-2]) if piece.endswith(": ") else _word(piece)


@lru_cache(maxsize=2048)
def _key(key: str) -> str:
    return encode_basestring(key_meaning(key)) + ":"


def _word(word: str) -> str:
    if word[0] == "'":
        return encode_basestring(word[1:-1].replace("''", "'"))
    if word[0] == '"':
        return encode_basestring(word[1:-1])
    value = meaning(word)
    return encode_basestring(value) if isinstance(value, str) else json.dumps(value)
