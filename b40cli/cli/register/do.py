"""`do N`: the command of a line of the desk, asked for what it lacks."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.opening import view_then
from b40cli.cli.request.options import Request, Said, act
from b40cli.cli.request.output import talk
from b40cli.cli.request.prompt import may_ask, numbered, sitting, without
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b40cli.model.results.duties import Item, LineDone

# A word that stands for what only the clerk knows: NAME, FILE, …, 2027-01-…
LACKING = re.compile("[A-Z]{2,}|.*…")


@act
def do(
    request: Request,
    line: Annotated[
        int | None, typer.Argument(min=1, help="The number of the line in b40 status.")
    ] = None,
) -> Answer[LineDone]:
    """Do a line of b40 status: its command, which asks on a terminal for what it lacks.

    Examples:
      b40 do 1
      b40 do
    """
    from b40cli.acts.reads.desk.status import SECTIONS, status

    desk = status(view_then(request)).result
    lines = [item for section in SECTIONS for item in desk[section]]
    line = line or _asked(request, lines)
    if line > len(lines):
        many = f"b40 status has {counted(len(lines), 'line')}" if lines else "Nothing waits"
        raise UsageError(f"{many}; there is no line {line}.", "b40 status shows them.")
    command = lines[line - 1]["command"]
    if not command:
        raise UsageError(
            f"Line {line} has no command.", "What it tells comes by itself, or is done elsewhere."
        )
    words = shlex.split(command)[1:]
    known = without(words, LACKING.fullmatch)
    lacks = known != words
    if lacks and not may_ask(request):
        raise UsageError(f"Line {line} lacks what only you know.", f"Complete it: {command}")
    if not request.quiet:
        talk(shlex.join(known))
    with sitting(lacks):
        return _answered([*known, *_shared(request)])


def _asked(request: Request, lines: Sequence[Item]) -> int:
    """The number of the line that is meant; UsageError where nobody can be asked, or nothing waits.

    They are numbered as `b40 status` numbers them.
    """
    if not lines:
        raise UsageError("Nothing waits.", "b40 status shows them.")
    if not may_ask(request):
        raise UsageError("Missing argument 'line'.", "b40 status shows them.")
    told = [" ".join(filter(None, (item["on"], item["title"]))) for item in lines]
    return numbered("The line to do", told) + 1


def _answered(words: list[str]) -> Answer[LineDone]:
    """What the command itself answers."""
    from b40cli.cli.commands import DESK, nouns
    from b40cli.cli.lazy import office
    from b40cli.cli.typed import in_order

    table = office(DESK)
    with table.make_context("b40", in_order(words, nouns())) as context:
        said = table.invoke(context)
    assert isinstance(said, Said)
    answer: Answer[LineDone] = said.answer
    return answer


def _shared(request: Request) -> list[str]:
    """How it was asked, handed on: where, when, in which form."""
    given = {"-C": request.repo, "--on": request.on, "--branch": request.branch}
    options = [word for flag, value in given.items() if value for word in (flag, str(value))]
    flags = (("--yes", request.yes), ("--quiet", request.quiet))
    return [*options, *(flag for flag, on in flags if on), *_form(request)]


def _form(request: Request) -> list[str]:
    return ["--format", request.format, *(["--dry-run"] if request.dry_run else [])]
