"""Options that several commands share: said once, and the same as if each command said them."""

from __future__ import annotations

import inspect
from typing import Annotated, Any, NamedTuple

import pytest
import typer

from b40cli.cli import lazy
from b40cli.cli.commands import rows
from b40cli.cli.request.options import Request, act
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

To = Annotated[str | None, typer.Option("--to", help="To whom.")]


class LetterOptions(NamedTuple):
    """What a letter says."""

    to: To = None
    copies: Annotated[int, typer.Option("--copies", help="How many.")] = 1


@act
def send(
    request: Request, paper: str, letter: LetterOptions, note: str | None = None
) -> Answer[Any]:
    """Send it."""
    return Answer(
        "send", str(request.dry_run), "done", True, None, (), {"said": (paper, letter, note)}
    )


def asked(**given: Any) -> Answer[Any]:
    """The command as it is called, with what is given."""
    parameters = inspect.signature(send).parameters.values()
    usual = {p.name: p.default for p in parameters if p.default is not inspect.Parameter.empty}
    return send(**{**usual, "paper": "a.pdf", **given}).answer


def test_a_bundle_stands_for_its_fields_in_their_place() -> None:
    parameters = inspect.signature(send).parameters
    assert list(parameters)[:4] == ["paper", "to", "copies", "note"]
    assert parameters["to"].annotation == To
    assert parameters["copies"].default == 1


def test_a_command_is_given_the_bundle() -> None:
    assert asked(to="members").result["said"] == ("a.pdf", LetterOptions("members", 1), None)
    assert asked(note="x").result["said"] == ("a.pdf", LetterOptions(), "x")


def test_a_blank_in_a_bundle_is_refused() -> None:
    with pytest.raises(UsageError, match="A blank was given for to"):
        asked(to=" ")


def test_every_year_is_one_that_a_record_may_have() -> None:
    """As schemas/ bound it: no other leads to an answer, or to a path that no record has."""
    bounds = {
        f"{row.words} {param.name}": (getattr(param.type, "min", 0), getattr(param.type, "max", 0))
        for row in rows()
        for param in lazy.built(row.words.split()[-1], lazy.named(row.at), row.words).params
        if param.name in ("year", "term")
    }
    assert len(bounds) > 10 and set(bounds.values()) == {(1900, 2199)}
