"""`search`: ids, names in every script, titles and texts, folded as names are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from b40cli.acts.opened.named import EVERY_KIND, listing
from b40cli.acts.opened.names_corrected import names_corrected
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.ref import Ref, ref_of
from b40cli.model.wording import record_title
from b40cli.store.gazetteer import fold, spellings

if TYPE_CHECKING:
    from b40cli.model.results.cities import Hit, Search

ROUND = 60
Sought = list[frozenset[str]]
# A key or an id within a record says whom it is about: it is no text of its own.
REFERENCE = re.compile("[A-Za-z0-9]+([-/][A-Za-z0-9]+)+")


def search(view: View, words: str, limit: int) -> Answer[Search]:
    """The records in which every word stands: those named so first, then by reference."""
    wanted = [spellings(word) for word in fold(words).split()]
    if not wanted:
        raise UsageError(f"{words!r} names nothing.", "Give a word of a name, a title or a text.")
    named = {found["record"]: found for found in _named(view, wanted)}
    found = [*named.values(), *(t for t in _texts(view, wanted) if t["record"] not in named)]
    result: Search = {"words": words, "records": found[:limit]}
    return answer(view, "search", result)


def _held(text: str, wanted: Sought) -> Sought:
    """Which of the words stand in a text."""
    folded = spellings(text)
    return [words for words in wanted if any(word in each for each in folded for word in words)]


def _named(view: View, wanted: Sought) -> Iterator[Hit]:
    replaced = names_corrected(view.registry)
    for choice in listing(view.registry, EVERY_KIND):
        names = (*choice.names, choice.id, *replaced.get(choice.path, ()))
        name = next((n for n in names if len(_held(n, wanted)) == len(wanted)), None)
        if name is not None:
            where = {choice.name: "name", choice.id: "id"}.get(name, "other name")
            found: Hit = {
                "record": str(Ref(f"{choice.kind}s", choice.id)),
                "kind": choice.kind,
                "name": choice.name,
                "where": where,
            }
            yield {**found, "text": name} if where == "other name" else found


def _texts(view: View, wanted: Sought) -> Iterator[Hit]:
    for path in view.registry.paths(""):
        if not path.endswith(".yaml"):
            continue
        record = view.registry.data(path) or {}
        at = _where(record, str(ref_of(path)), wanted)
        if at is not None:
            ref = ref_of(path)
            yield {
                "record": str(ref),
                "kind": ref.kind.removesuffix("s") or ref.id,
                "name": record_title(str(ref), record),
                "where": at[0],
                "text": _around(at[1]),
            }


def _where(record: Any, called: str, wanted: Sought) -> tuple[str, str] | None:
    """The text that holds all words; else, where its texts and its id hold them all, the first."""
    first, left = None, [words for words in wanted if words not in _held(called, wanted)]
    for place in _leaves(record):
        held = _held(place[1], wanted)
        if len(held) == len(wanted):
            return place
        first = first or (place if held else None)
        left = [words for words in left if words not in held]
    return None if left else first or ("id", called)


def _leaves(data: Any, at: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _leaves(value, f"{at}.{key}" if at else str(key))
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _leaves(value, at)
    elif isinstance(data, str) and not REFERENCE.fullmatch(data):
        yield at, data


def _around(text: str) -> str:
    return text if len(text) <= ROUND else f"{text[:ROUND].rsplit(' ', 1)[0]} …"
