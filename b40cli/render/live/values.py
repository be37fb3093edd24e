"""How single values are told to people: days, tones, names for ids, words for keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from b40cli.model.paper import Tone, Toned, Words
from b40cli.model.wording import MEETINGS, on_day

# The meetings that are told by name wherever their key stands.
KINDS = {kind: MEETINGS[kind] for kind in ("ec", "ga", "summit")}
# A hash is told in two halves.
HASH = re.compile("[0-9a-f]{64}")
# A word that the register knows as an id, where no bracket says that it stands behind its name.
_ID = re.compile(r"(?<![\w(/-])(?:members/|observers/)?([a-z]{2}-[a-z0-9-]+)(?![\w/-])")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00)?([+-]\d\d:\d\d)")
_KEY = re.compile("[a-z]+([-_][a-z]+)*")
_WORD = re.compile("(?![a-z]{2}-)[a-z]+([-_][a-z]+)+")
# A state, and how it is told apart: the sign stands beside its word.
STATES: dict[str, Tone] = {
    **dict.fromkeys(("rejected", "invalid", "void", "refused", "removed"), "refused"),
    **dict.fromkeys(
        ("overdue", "missed", "met-late", "lapsed", "missing", "vacant", "proof-missing"), "due"
    ),
    **dict.fromkeys(("adopted", "met", "done", "stands", "rests", "invited"), "met"),
}
SIGNS = {"refused": "✗", "due": "!", "met": "✓"}


def aside(text: str) -> Words:
    """What is there to be copied or looked up."""
    return (Toned(text, "aside"),) if text else ""


def due(text: str) -> Words:
    """What waits or is wrong: its sign stands in the text."""
    return (Toned(text, "due"),)


def state(word: str) -> Words:
    """A state with its sign, so that it is told apart at a glance."""
    tone = STATES.get(word)
    said = in_words(word)
    return (Toned(f"{SIGNS[tone]} {said}", tone),) if tone else said


def day_in_words(day: str) -> str:
    """`31 January 2024`; what is no day stays."""
    try:
        return on_day(date.fromisoformat(day[:10]))
    except ValueError:
        return day


def in_words(key: str) -> str:
    """A key as a person says it: `requested_by` is requested by; a code or a name stays."""
    return key.replace("_", " ").replace("-", " ") if _WORD.fullmatch(key) else key


def head(key: str) -> str:
    """A key as a label."""
    said = in_words(key)
    return said[:1].upper() + said[1:] if _KEY.fullmatch(key) else key


def inline(value: Any, name: Callable[[str], str], *, ids: bool = False) -> str:
    """A value of a record in one sentence; with `ids`, an id stands behind each name."""
    if isinstance(value, Mapping):
        parts = (f"{_key(str(k), name)} {inline(v, name, ids=ids)}" for k, v in value.items())
        return ", ".join(parts) or "none"
    if isinstance(value, list | tuple):
        between = "; " if any(isinstance(each, Mapping) for each in value) else ", "
        return between.join(inline(each, name) for each in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not on record" if value is None else named(str(value), name, ids=ids)


def _key(key: str, name: Callable[[str], str]) -> str:
    said = name(key)
    return f"{said} by" if said != key else in_words(key)


def names_in(text: str, name: Callable[[str], str]) -> str:
    """A sentence with names for the ids in it that the register knows."""

    def told(found: re.Match[str]) -> str:
        said = name(found[1])
        return found[0] if said == found[1] else said

    return _ID.sub(told, text)


def named(text: str, name: Callable[[str], str], *, ids: bool = False) -> str:
    """A name for an id, words for a key; a text stays."""
    if HASH.fullmatch(text):
        return f"{text[:32]} {text[32:]}"
    if " " in text:
        return names_in(text, name)
    if time := _TIME.fullmatch(text):
        return " ".join(time.groups())
    key = text.rsplit("/", 1)[-1]
    said = KINDS.get(text) or name(key)
    if said != key:
        return f"{said} ({text})" if ids and _ID.fullmatch(key) else said
    return in_words(text)
