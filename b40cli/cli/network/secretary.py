"""The Permanent Secretary at the counter (Art. 12)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import NEEDED_PAPER, TODAY
from b40cli.cli.request.opening import document, done, session, view
from b40cli.cli.request.options import Request, act, day, read
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results.offices import Secretary, SecretaryAppointed


@read
def show(request: Request) -> Answer[Secretary]:
    """Who is Permanent Secretary on a day, and every appointment.

    Example:
      b40 secretary show --on 2026-11-23
    """
    from b40cli.acts.reads import offices

    return offices.secretary(view(request))


@act
def appoint(
    request: Request,
    name: Annotated[str, typer.Argument(help="The person appointed.")],
    start: Annotated[
        str | None, typer.Option("--from", help="First day; else the day."), TODAY
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="Who decided; else the mayor on record.")
    ] = None,
    evidence: Annotated[
        Path | None, typer.Option("--evidence", help="The signed appointment."), NEEDED_PAPER
    ] = None,
    document_: Annotated[
        Path | None,
        typer.Option("--document", help="A further paper; also of an appointment on record."),
    ] = None,
) -> Answer[SecretaryAppointed]:
    """Record the appointment of the Permanent Secretary by the Mayor of Istanbul (Art. 12).

    Example:
      b40 secretary appoint "Ana Primer" --evidence appointment.pdf
    """
    from b40cli.acts import secretary

    opened = session(request)
    begins = day(start) if start else None
    papers = document(opened, evidence), document(opened, document_)
    return done(request, opened, secretary.appoint(opened, name, begins, person, *papers))
