"""What a shell offers while a word is typed: ids, each with its name beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from b40cli.cli.request.asking import Asks
from b40cli.model.errors import WorldError

if TYPE_CHECKING:
    from b40cli.model.choice import Choice

MOST = 200


def offered(asked: Asks, place: str | None, typed: str) -> list[tuple[str, str]]:
    """The words and ids that may be meant, each with what is beside it; none where no register is.

    Where commas part the names, the last one is completed.
    """
    head, comma, last = typed.rpartition(",") if asked.several else ("", "", typed)
    try:
        found = list(_found(asked, Path(place) if place else None, last))
    except WorldError:
        found = []
    known = [(word, "") for word in asked.words if word.startswith(last)]
    return [(f"{head}{comma}{value}", told) for value, told in [*known, *found]][:MOST]


def places(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The places of the record that is corrected, each with what stands there."""
    from b40cli.acts.reads.records import places_in

    # What stands before an option that still lacks its value is left among the words.
    words = (ctx.params.get("reference"), *ctx.args)
    reference, place = next(filter(None, words), ""), ctx.params.get("repo")
    try:
        found = places_in(Path(place) if place else None, reference)
    except WorldError:
        return []
    return [(at, told) for at, told in found if at.startswith(incomplete)][:MOST]


def listed(words: Sequence[tuple[str, str]], typed: str) -> list[tuple[str, str]]:
    """The words that an option knows, each with what it says."""
    return [(word, told) for word, told in words if word.startswith(typed)]


def _found(asked: Asks, place: Path | None, typed: str) -> Iterator[tuple[str, str]]:
    """Those it can concern; where none of them is called as it is typed, any other."""
    from b40cli.acts.opened.names_kept import names_kept
    from b40cli.cli.sitting.naming import beside, concerned

    choices = names_kept(place, asked.kinds)
    begins = [c for c in choices if c.id.startswith(typed)] or list(_named_so(choices, typed))
    if asked.states and (len(begins) > 1 or not typed):
        begins = list(concerned(asked, begins, place)) or (begins if typed else [])
    for choice in begins:
        yield choice.id, ", ".join(filter(None, (choice.name, beside(choice))))


def _named_so(choices: list[Choice], typed: str) -> Iterator[Choice]:
    """Those with a word of a name that begins so, in any script."""
    from b40cli.store.gazetteer import spellings

    asked = spellings(typed)
    for choice in choices:
        if any(f" {word}" in f" {name}" for name in choice.folded for word in asked):
            yield choice
