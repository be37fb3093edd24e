"""The Annual Summit at the counter (Art. 10)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import HELD, MEMBERS, PAPER
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import document, done, session, several, view_then
from b40cli.cli.request.options import Request, act, read
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results.meetings import DeclarationSigned, SummitPlan


@read
def plan(
    request: Request,
    year: Annotated[
        int | None, typer.Option("--year", min=1900, max=2199, help="Of this year; else the next.")
    ] = None,
) -> Answer[SummitPlan]:
    """What is still to do for the next Annual Summit, by when, and by which command.

    Example:
      b40 summit plan --year 2027
    """
    from b40cli.acts import summits

    return summits.plan(view_then(request), year)


@act
def sign(
    request: Request,
    meeting: Annotated[str, typer.Argument(help="The General Assembly, or its Summit."), HELD],
    cities: Annotated[
        list[str] | None,
        typer.Option("--cities", help="The members that signed, with commas."),
        MEMBERS,
        Wanted(blank="blank: nobody"),
    ] = None,
    paper: Annotated[
        Path | None, typer.Option("--document", help="The Closing Declaration."), PAPER
    ] = None,
) -> Answer[DeclarationSigned]:
    """Record who signed the Closing Declaration: it is signed, not voted (Art. 10).

    Example:
      b40 summit sign 2027-01-26-ga --cities gr-lykonisi,bg-vodengrad --document declaration.pdf
    """
    from b40cli.acts import summits

    opened = session(request)
    papers = document(opened, paper)
    return done(request, opened, summits.sign(opened, meeting, several(cities), papers))
