"""An amendment tried on what is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.opening import view
from b40cli.cli.options import Request, read
from b40cli.cli.putting import Amend, changes
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.statutes import Simulated


@read
def simulate(
    request: Request,
    amend: Amend = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="POINT=READING; may be repeated.")
    ] = None,
) -> Answer[Simulated]:
    """Run an amendment, or another reading, over past votes and present offices.

    Example:
      b40 statutes simulate --amend assembly-quorum=3/4
    """
    from b40cli.acts.reads import simulating

    pairs = [word.partition("=") for word in reading or []]
    if not (amend or pairs) or not all(equals and name for _point, equals, name in pairs):
        raise UsageError("Nothing is supposed.", "Give --amend PARAMETER=VALUE or --reading P=R.")
    readings = {point: name for point, _equals, name in pairs}
    return simulating.simulate(view(request), changes(amend), readings)
