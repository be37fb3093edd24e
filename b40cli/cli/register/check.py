"""Checking at the counter: the judge over all files, and their layout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.options import Request, read, reading
from b40cli.cli.request.output import talk
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.render import REPORTS

if TYPE_CHECKING:
    from b40cli.model.results.history import Checked, Tidied


@reading(*REPORTS)
def check(
    request: Request,
    base: Annotated[
        str | None, typer.Option("--base", help="Judge only what changed since this commit.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Duties count as refusals.")] = False,
) -> Answer[Checked]:
    """Judge the register as the files stand, or what changed since a commit by that commit's law.

    Examples:
      b40 check
      b40 check --base HEAD
    """
    from b40cli.acts.register.checking import check as checked

    if base is None and request.format == "terminal" and not request.quiet:
        talk("compared with nothing: what was changed in place shows with --base HEAD")
    return checked(request.repo, request.today(), base, strict, request.known_at, request.now())


@read
def fmt(
    request: Request,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; else all.")] = None,
    checking: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if anything would change.")
    ] = False,
) -> Answer[Tidied]:
    """Put records into canonical key order and layout; comments stay.

    Examples:
      b40 fmt
      b40 fmt --check registry/members
    """
    from b40cli.acts.register.checking import tidied

    if request.known_at is not None:
        raise UsageError("b40 fmt works on the files as they stand.", "Leave --known-at out.")
    return tidied(request.repo, request.today(), paths or [], checking)
