"""Annulling a decision at the counter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.network.balloting import BallotOptions, cast
from b40cli.cli.network.putting import EFFECT, Handover, ItemNumber, NeededGrounds
from b40cli.cli.request.arguments import STANDING, TO_SIT, Outgoing
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import document, done, session
from b40cli.cli.request.options import Request, act
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Annulled, Proposed, VoteRecorded

EFFECTS = ("ex-tunc", "ex-nunc")


@act
def annul(
    request: Request,
    decision: Annotated[
        str, typer.Argument(help="The decision, for example EC-2026-001."), STANDING
    ],
    effect: Annotated[
        str | None,
        typer.Option(
            "--effect", help="Effect: ex-tunc, from the beginning, or ex-nunc, from now on."
        ),
        EFFECT,
    ] = None,
    meeting: Annotated[
        str | None,
        typer.Option("--meeting", help="The meeting whose body annuls it."),
        TO_SIT,
        Wanted(blank="blank: the President annuls it"),
    ] = None,
    *,
    item: ItemNumber = None,
    voted: BallotOptions,
    grounds: NeededGrounds = None,
    person: Annotated[
        str | None, typer.Option("--person", help="Who signed for the President; else the mayor.")
    ] = None,
    evidence: Annotated[
        list[Path] | None, typer.Option("--evidence", help="A document it rests on; repeated.")
    ] = None,
    handover: Handover = None,
    outgoing: Outgoing = None,
) -> Answer[Annulled | Proposed | VoteRecorded]:
    """Annul a decision by a new one: the old stays on record, what follows from it goes.

    With --meeting it is put to that body, the one that decided or the General Assembly; with
    ballots it is recorded as voted. Without a meeting the President annuls an act of a President.

    Examples:
      b40 decision annul EC-2026-001 --effect ex-tunc --meeting 2026-12-15-ec
      b40 decision annul PR-2026-002 --effect ex-nunc --evidence decision.pdf
    """
    from b40cli.acts import annulment
    from b40cli.acts.change.unilateral import SignedPaper

    if effect not in EFFECTS:
        said = "Missing --effect." if effect is None else f"--effect {effect} is none."
        raise UsageError(said, "One of ex-tunc (from the beginning), ex-nunc (from now on).")
    votes = cast(voted)
    if meeting is None and (votes or item):
        said = "A vote" if votes else "An agenda item"
        raise UsageError(f"{said} was given without its meeting.", "Add --meeting.")
    opened = session(request)
    papers = tuple(document(opened, file) or {} for file in evidence or [])
    signed = SignedPaper(person, papers[0] if papers else None, grounds, handover, outgoing)
    held = annulment.Cast(*votes) if votes else None
    at = annulment.Agenda(meeting, item) if meeting else None
    proposal = annulment.annul(opened, decision, effect, at, held, signed, papers)
    return done(request, opened, proposal)
