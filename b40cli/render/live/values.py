"""How single values are told to people: days, tones, names for ids, words for keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from b40cli.model.paper import Tone, Toned, Words
from b40cli.model.wording import MEETINGS, begun, meeting_called, seat_name
from b40cli.render.called import ID, names_in

# The meetings that are told by name wherever their key stands.
KINDS = {kind: MEETINGS[kind] for kind in ("ec", "ga", "summit")}
# A hash is told in two halves.
HASH = re.compile("[0-9a-f]{64}")
HASH_SHOWN = 12
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00)?([+-]\d\d:\d\d)")
_KEY = re.compile("[a-z]+([-_][a-z]+)*")
_WORD = re.compile("(?![a-z]{2}-)[a-z]+([-_][a-z]+)+|in-person")
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


def in_words(key: str) -> str:
    """A key as a person says it: `requested_by` is requested by; a code or a name stays."""
    return key.replace("_", " ").replace("-", " ") if _WORD.fullmatch(key) else key


def head(key: str) -> str:
    """A key as a label."""
    if key == "n":
        return "No."
    said = in_words(key)
    return begun(said) if _KEY.fullmatch(key) else key


# What is its own word where several values stand in one sentence.
PLAIN = ("name", "city", "member", "seat", "capacity", "kind", "mayor", "id", "what", "count")


def inline(value: Any, name: Callable[[str], str], *, ids: bool = False) -> str:
    """A value of a record in one sentence; with `ids`, an id behind each name, a hash whole."""
    if isinstance(value, Mapping):
        return ", ".join(_parts(value, name, ids)) or "none"
    if isinstance(value, list | tuple):
        between = "; " if any(isinstance(each, Mapping) for each in value) else ", "
        return between.join(inline(each, name) for each in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not on record" if value is None else named(str(value), name, ids=ids)


def _parts(value: Mapping[Any, Any], name: Callable[[str], str], ids: bool) -> Iterator[str]:
    """Each value with its label, a document's name first; what is not there is left out."""
    filed = "sha256" in value and bool(value.get("note"))
    if filed:
        yield str(value["note"])
    for key, each in value.items():
        said = _key(str(key), name)
        if isinstance(each, bool):
            yield said if each else f"not {said}"
        elif key == "sha256" and not ids:
            yield str(each)[:HASH_SHOWN]
        elif each is not None and not (filed and key == "note"):
            told = field(str(key), each, name, ids=ids and not ID.fullmatch(str(key)))
            bare = key in PLAIN or told.startswith("by ")
            yield told if bare else f"{said} {told}"


def field(key: str, value: Any, name: Callable[[str], str], *, ids: bool = False) -> str:
    """The value of a key: a seat by its word, all else as it stands."""
    if key == "seat" and isinstance(value, str):
        return seat_name(value)
    return inline(value, name, ids=ids)


def cell(key: str, value: Any, name: Callable[[str], str]) -> Words:
    """A value in a table: a document by its name, with the beginning of its hash."""
    if value is None:
        return ""
    if key == "person":  # a key to be copied; the name stands beside it
        return aside(str(value))
    if isinstance(value, Mapping) and set(value) <= {"sha256", "note"} and "sha256" in value:
        note = str(value.get("note") or "")
        return (note + " " * bool(note), *aside(str(value["sha256"])[:HASH_SHOWN]))
    return begun(field(key, value, name)) if key == "seat" else inline(value, name)


def label(key: str, name: Callable[[str], str]) -> str:
    """A key as a label; of a city its name."""
    said = name(key) if ID.fullmatch(key) else key
    return said if said != key else head(key)


def _key(key: str, name: Callable[[str], str]) -> str:
    said = name(key)
    return f"{said} by" if ID.fullmatch(key) and said != key else in_words(said)


def named(text: str, name: Callable[[str], str], *, ids: bool = False) -> str:
    """A name for an id, words for a key; a text stays."""
    if HASH.fullmatch(text):
        return f"{text[:32]} {text[32:]}"
    if " " in text:
        return names_in(text, name)
    if time := _TIME.fullmatch(text):
        return " ".join(time.groups())
    key = text.rsplit("/", 1)[-1]
    said = KINDS.get(text) or meeting_called(key, name) or name(key)
    if said != key:
        return f"{said} ({key})" if ids and (ID.fullmatch(key) or key[:4].isdecimal()) else said
    return in_words(text)
