"""An amendment tried on what is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.network.putting import Amend, changes
from b40cli.cli.request.opening import view
from b40cli.cli.request.options import Request, read
from b40cli.cli.request.prompt import may_ask
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.statutes import Simulated


@read
def simulate(
    request: Request,
    amendment: Annotated[
        str | None, typer.Argument(help="A proposed decision, or a file of changes.")
    ] = None,
    amend: Amend = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="POINT=READING; may be repeated.")
    ] = None,
) -> Answer[Simulated]:
    """Run an amendment, or another reading, over past votes, present offices and duties.

    A file is YAML: `parameters` and `readings` with their new values, or `amends` as a decision has
    it. What other readings of the points it touches would make of it is told, too.

    Examples:
      b40 statutes simulate --amend assembly-quorum=3/4
      b40 statutes simulate GA-2027-004
      b40 statutes simulate amendment.yaml
    """
    from b40cli.acts.ahead.simulating import Supposed, simulate, supposed_in
    from b40cli.cli.sitting.sittings import asked_supposed

    opened = view(request)
    if not (amendment or amend or reading) and may_ask(request):
        amendment, amend, reading = asked_supposed(opened.registry)
    pairs = [word.partition("=") for word in reading or []]
    if not (amendment or amend or pairs) or not all(map(all, pairs)):
        raise UsageError("Nothing is supposed.", "Give --amend PARAMETER=VALUE or --reading P=R.")
    given = supposed_in(opened, amendment) if amendment else Supposed((), {})
    readings = {point: name for point, _equals, name in pairs}
    amends = (*given.amends, *changes(amend))
    return simulate(opened, Supposed(amends, {**given.readings, **readings}))
