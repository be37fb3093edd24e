"""What would be: a vote had it been cast otherwise, and what is on record under another law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.network.balloting import Abstain, Against, For
from b40cli.cli.network.putting import Amend, DecisionId, changes
from b40cli.cli.request.arguments import MEMBERS
from b40cli.cli.request.opening import several, view
from b40cli.cli.request.options import Request, read
from b40cli.cli.request.prompt import may_ask
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.decisions import WhatIf
    from b40cli.model.results.statutes import Simulated

OtherReadings = Annotated[
    list[str] | None, typer.Option("--reading", help="POINT=READING; may be repeated.")
]


@read
def simulate(
    request: Request,
    amendment: Annotated[
        str | None, typer.Argument(help="A proposed decision, or a file of changes.")
    ] = None,
    amend: Amend = None,
    reading: OtherReadings = None,
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


@read
def what_if(
    request: Request,
    decision: DecisionId,
    for_: For = None,
    against: Against = None,
    abstain: Abstain = None,
    came: Annotated[
        list[str] | None, typer.Option("--came", help="Cities that had been there too."), MEMBERS
    ] = None,
    gone: Annotated[
        list[str] | None, typer.Option("--gone", help="Cities that had not been there."), MEMBERS
    ] = None,
    reading: OtherReadings = None,
) -> Answer[WhatIf]:
    """What a vote would come to if somebody had voted otherwise, come or gone, or if it is read so.

    Tells the fewest ballots that would have turned it, too. Nothing is recorded.

    Examples:
      b40 decision what-if EC-2026-001
      b40 decision what-if EC-2026-001 --against hr-kamenik
      b40 decision what-if GA-2026-004 --reading INT-01=of-votes-cast
    """
    from b40cli.acts.votes import what_if as supposing

    sides = {"for": for_, "against": against, "abstain": abstain}
    ballots = {side: several(of) for side, of in sides.items() if of}
    pairs = [word.partition("=") for word in reading or []]
    if not all(equals and name for _point, equals, name in pairs):
        raise UsageError("--reading takes POINT=READING.", "b40 explain INT-01 tells them.")
    readings = {point: name for point, _equals, name in pairs}
    otherwise = supposing.Otherwise(ballots, several(came), several(gone), readings)
    return supposing.what_if(view(request), decision, otherwise)
