"""What a shell offers while a word is typed: ids, each with its name beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli.cli.asking import Asks
from b40cli.model.errors import WorldError

if TYPE_CHECKING:
    from b40cli.acts.opened.named import Choice

MOST = 200


def offered(asked: Asks, place: str | None, typed: str) -> list[tuple[str, str]]:
    """The words and ids that may be meant, each with what is beside it; none where no register is.

    Where commas part the names, the last one is completed.
    """
    head, comma, last = typed.rpartition(",") if asked.several else ("", "", typed)
    try:
        found = list(_found(place, asked.kinds, last))
    except WorldError:
        found = []
    known = [(word, "") for word in asked.words if word.startswith(last)]
    return [(f"{head}{comma}{value}", told) for value, told in [*known, *found]][:MOST]


def _found(place: str | None, kinds: tuple[str, ...], typed: str) -> Iterator[tuple[str, str]]:
    from b40cli.acts.opened.names_kept import names_kept

    choices = names_kept(Path(place) if place else None, kinds)
    begins = [choice for choice in choices if choice.id.startswith(typed)]
    for choice in begins or _named_so(choices, typed):
        yield choice.id, ", ".join(filter(None, (choice.name, choice.beside)))


def _named_so(choices: list[Choice], typed: str) -> Iterator[Choice]:
    """Those with a word of a name that begins so, in any script."""
    from b40cli.store.gazetteer import spellings

    asked = spellings(typed)
    for choice in choices:
        names = (each for name in choice.names for each in spellings(name))
        if any(f" {name}".find(f" {word}") >= 0 for name in names for word in asked):
            yield choice
