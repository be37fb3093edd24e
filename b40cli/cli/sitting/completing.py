"""What a shell offers while a word is typed: ids, each with its name beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer import _click
from typer.core import TyperGroup, TyperOption

from b40cli.cli.request.asking import Asks, Wanted
from b40cli.model.errors import WorldError

if TYPE_CHECKING:
    from b40cli.model.choice import Choice

MOST = 200
# What may be meant by the word that is typed, in a command as far as it is typed.
Offers = Callable[[Any, str], Iterable[tuple[str, str]]]


def complete(office: TyperGroup, name: str) -> None:
    """Answer the shell; what stands beside a word is text of a record, never rich's markup."""
    from typer import _completion_classes as classes

    from b40cli.render.visible import visible

    classes._sanitize_help_text = visible
    office.main(prog_name=name)


def offer(param: _click.Parameter, asked: Asks | None, wanted: Wanted | None, command: str) -> None:
    """Give an option of a command what a shell offers for it, if anything."""
    from typer._click.shell_completion import CompletionItem

    offers = _offers(param, asked, wanted, command)
    if offers is None:
        return

    def found(ctx: _click.Context, _param: _click.Parameter, typed: str) -> list[CompletionItem]:
        return [CompletionItem(value, help=told or None) for value, told in offers(ctx, typed)]

    param._custom_shell_complete = found


def _offers(
    param: _click.Parameter, asked: Asks | None, wanted: Wanted | None, command: str
) -> Offers | None:
    """The records that it asks for, the words it knows, or what the law lists."""
    from b40cli.cli.sitting.offering import known, offered_for

    if asked is not None:
        # What stands before an option that still lacks its value is left among the words.
        return lambda ctx, typed: offered(
            asked.after(ctx.args, ctx.params), ctx.params.get("repo"), typed
        )
    if wanted is not None and wanted.words:
        return lambda _ctx, typed: [each for each in wanted.words if each[0].startswith(typed)]
    named = param.opts[-1] if isinstance(param, TyperOption) else str(param.name)
    key = known(command, named)
    if key is None:
        return None
    return lambda ctx, typed: offered_for(key, ctx.params.get("repo"), typed)


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
