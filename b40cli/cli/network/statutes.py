"""The statutes at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.opening import done, session, view
from b40cli.cli.request.options import Request, act, read
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results.statutes import Coverage, ReadingsShown, StatutesShown, Upgraded


@read
def show(
    request: Request,
    reference: Annotated[
        str | None, typer.Argument(help="An article (art13) or a parameter; else the edition.")
    ] = None,
) -> Answer[StatutesShown]:
    """The edition in force on a day, one article in our words, or one parameter.

    Examples:
      b40 statutes show
      b40 statutes show art13
    """
    from b40cli.acts.reads import statutes

    return statutes.show(view(request), reference)


@read
def readings(
    request: Request,
    point: Annotated[str | None, typer.Argument(help="One open point, such as INT-03.")] = None,
) -> Answer[ReadingsShown]:
    """Where the text is open: the reading in force on a day, and the others.

    Example:
      b40 statutes readings INT-03
    """
    from b40cli.acts.reads import statutes

    return statutes.readings(view(request), point)


@act
def upgrade(request: Request) -> Answer[Upgraded]:
    """Take in the newest rule set: its points, readings and numbers; in force from tomorrow.

    With --dry-run it shows what is new, what that says about today, and that what was done so far
    is judged as before. Nobody decides it: the Secretariat records it, provisionally.

    Example:
      b40 statutes upgrade --dry-run
    """
    from b40cli.acts.register import upgrade as upgrading

    opened = session(request)
    proposal = upgrading.upgrade(opened)
    if request.dry_run and proposal.edits:
        proposal = upgrading.previewed(opened, proposal)
    return done(request, opened, proposal)


@read
def coverage(request: Request) -> Answer[Coverage]:
    """Every sentence of the statutes: the rules that judge it, or why none can.

    Example:
      b40 statutes coverage
    """
    from b40cli.acts.reads import coverage as covering

    return covering.coverage(view(request))
