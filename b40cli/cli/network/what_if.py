"""A vote as it might have been: the judge counts it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.network.putting import Abstain, Against, DecisionId, For
from b40cli.cli.request.arguments import MEMBERS
from b40cli.cli.request.opening import several, view
from b40cli.cli.request.options import Request, read
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.decisions import WhatIf


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
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="POINT=READING; may be repeated.")
    ] = None,
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
