"""Duties at the counter: what is owed, and acknowledging what was missed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.arguments import OWNER
from b40cli.cli.opening import document, done, session, view
from b40cli.cli.options import Request, act, read
from b40cli.cli.prompt import needed
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results.duties import Acknowledged, Duties


@read
def list_(
    request: Request,
    year: Annotated[
        int | None, typer.Option("--year", min=1900, max=2199, help="Of this year; else today's.")
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", help="Only these: overdue, due, met-late, met …")
    ] = None,
    of: Annotated[
        str | None,
        typer.Option("--of", help="Only of this city, or of president, group-leader …"),
        OWNER,
    ] = None,
) -> Answer[Duties]:
    """Every duty of a year: its day, its owner, its state, and what shows that it was met.

    Examples:
      b40 duty list --year 2025
      b40 duty list --state overdue
      b40 duty list --of hr-kamenik
    """
    from b40cli.acts.reads import duties

    return duties.listed(view(request), year, state, of)


@act
def acknowledge(
    request: Request,
    duty: Annotated[str, typer.Argument(help="The duty's rule, such as summit-in-january.")],
    of: Annotated[str, typer.Option("--of", help="Its year, meeting or decision.")],
    by: Annotated[
        str,
        typer.Option("--by", help="Its owner (president …), executive-committee, or a decision."),
    ],
    reason: Annotated[str | None, typer.Option("--reason", help="Why it was missed.")] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", help="The record it is about, where several are.")
    ] = None,
    paper: Annotated[
        Path | None, typer.Option("--document", help="The letter or the minutes.")
    ] = None,
) -> Answer[Acknowledged]:
    """Acknowledge that a duty was missed: it stays on record and is reported no longer.

    Only the duty's owner or the Executive Committee can.

    Example:
      b40 duty acknowledge members-informed --of EC-2026-001 --by permanent-secretary --reason Late
    """
    from b40cli.acts.reads import duties

    opened = session(request)
    why = needed(reason, "Why was it missed?", "--reason", request)
    papers = document(opened, paper)
    return done(request, opened, duties.acknowledge(opened, duty, of, by, why, subject, papers))
