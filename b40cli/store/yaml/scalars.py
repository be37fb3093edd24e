"""What an unquoted word means: YAML 1.2 core, less what other readers take otherwise.

A word that any YAML reader could take for something else than this one is refused, with the
remedy to quote it; so a record means the same whoever reads it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}

_BOOLEANS = frozenset(
    form
    for word in ("y", "n", "yes", "no", "on", "off")
    for form in (word, word.title(), word.upper())
)
_SPELLED = {
    form: word
    for word, forms in {
        "true": ("True", "TRUE"),
        "false": ("False", "FALSE"),
        "null": ("Null", "NULL", "~"),
    }.items()
    for form in forms
}
_FIRST = frozenset("0123456789+-.")
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]*)\Z")
DIGITS = 18
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})\Z"
)
_DATED = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?\Z", re.DOTALL)
_NUMERIC = re.compile(
    r"""[-+]?(?: 0[xX][0-9a-fA-F_]+ | 0[oO][0-7_]+ | 0[bB][01_]+
      | [0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
      | (?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?
      | \.(?:inf|Inf|INF|nan|NaN|NAN) )\Z""",
    re.VERBOSE,
)

Scalar = str | int | bool | None


class Ambiguous(Exception):
    """A word that a record may not leave unquoted: a sentence and a remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy


def meaning(word: str) -> Scalar:
    """Say what an unquoted value means; raises Ambiguous."""
    return _short_meaning(word) if len(word) < 64 else _meaning(word)


def key_meaning(word: str) -> str:
    """Say which key an unquoted word is; raises Ambiguous.

    `on` and `n` are the register's own keys: in a key they can only be meant as words.
    """
    return _short_key(word) if len(word) < 64 else _key(word)


def is_unwritten(text: str, index: int) -> bool:
    """Whether the empty value at `index` is a slip: only `key:` and `-` may end a line empty."""
    return text[index - 1 : index] not in (":", "-") or text[index : index + 1] not in (
        "\n",
        " ",
        "",
    )


def _meaning(word: str) -> Scalar:
    if word in WORDS:
        return WORDS[word]
    if word[0] in _FIRST:
        return _number_or_day(word)
    if word in _SPELLED:
        raise Ambiguous(f"`{word}` unquoted.", f"Write `{_SPELLED[word]}`, or quote it: '{word}'.")
    if word in _BOOLEANS:
        raise Ambiguous(f"`{word}` unquoted is a truth value to some readers.", _quote(word))
    if word in ("=", "<<"):
        raise Ambiguous(f"`{word}` unquoted is a mark to some readers.", _quote(word))
    return word


def _key(word: str) -> str:
    if word == "<<":
        raise Ambiguous("A merge key `<<`.", "Write the entries out.")
    if word == "":
        raise Ambiguous("An empty key.", "Name the key.")
    key = word if word in _BOOLEANS else _meaning(word)
    if not isinstance(key, str):
        raise Ambiguous(f"The key `{_shown(word)}` is not a text.", _quote(word))
    return key


_short_meaning = lru_cache(maxsize=2048)(_meaning)
_short_key = lru_cache(maxsize=2048)(_key)


def _number_or_day(word: str) -> Scalar:
    if _INTEGER.match(word):
        return _integer(word)
    if _DATED.match(word):
        return _day_or_time(word)
    if _NUMERIC.match(word):
        raise _number_to_some(word)
    return word


def _integer(word: str) -> int:
    if len(word.lstrip("-")) > DIGITS:
        raise Ambiguous(f"An integer of more than {DIGITS} digits.", _quote(word))
    return int(word)


def _day_or_time(word: str) -> str:
    if not (_DAY.match(word) or _TIME.match(word)):
        remedy = "Write a day as YYYY-MM-DD, a time as YYYY-MM-DDThh:mm:ss+hh:mm, or quote it."
        raise Ambiguous(f"`{_shown(word)}` is neither a day nor a time.", remedy)
    if not _is_real(word):
        raise Ambiguous(f"`{word}` is not in the calendar.", "Correct the day or the time.")
    return word


def _is_real(word: str) -> bool:
    try:
        _ = date.fromisoformat(word) if len(word) == 10 else datetime.fromisoformat(word)
    except ValueError:
        return False
    return True


def _number_to_some(word: str) -> Ambiguous:
    if word.lstrip("+-").isdigit():
        shown = _shown(word)
        return Ambiguous(
            f"The integer `{shown}` has a leading zero or a sign.",
            f"Write it without, or quote it: '{shown}'.",
        )
    return Ambiguous(f"`{_shown(word)}` unquoted is a number to some readers.", _quote(word))


def _quote(word: str) -> str:
    return f"Quote it: '{_shown(word)}'."


def _shown(word: str) -> str:
    return word if len(word) <= 40 else word[:40] + "…"
