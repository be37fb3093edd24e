"""Duties at the counter: what is owed, and acknowledging what was missed."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import ACKNOWLEDGED_BY, OWNER, PAPER, PERIOD, SUBJECT, YearOf
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import document, done, session, view_then
from b40cli.cli.request.options import Request, act, read
from b40cli.cli.request.prompt import may_ask, needed
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.duties import Acknowledged, Duties


@read
def list_(
    request: Request,
    year: YearOf = None,
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

    return duties.listed(view_then(request), year, state, of)


@act
def acknowledge(
    request: Request,
    duty: Annotated[
        str | None, typer.Argument(help="The duty's rule, such as summit-in-january.")
    ] = None,
    of: Annotated[
        str | None, typer.Option("--of", help="Its year, meeting or decision."), PERIOD
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help="Its owner (president …), executive-committee, or a decision."),
        ACKNOWLEDGED_BY,
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why it was missed."), Wanted(blank=None)
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option("--subject", help="The record it is about, where several are."),
        SUBJECT,
    ] = None,
    paper: Annotated[
        Path | None, typer.Option("--document", help="The letter or the minutes."), PAPER
    ] = None,
) -> Answer[Acknowledged]:
    """Acknowledge that a duty was missed: it stays on record and is reported no longer.

    Only the duty's owner or the Executive Committee can.

    Example:
      b40 duty acknowledge members-informed --of EC-2026-001 --by permanent-secretary --reason Late
    """
    from b40cli.acts.reads import duties

    if duty is None and may_ask(request):
        duty, of, subject, by = _missed(request)
    if duty is None or of is None or by is None:
        missing = "argument 'DUTY'" if duty is None else f"option '--{'by' if of else 'of'}'"
        raise UsageError(f"Missing {missing}.", "See: b40 duty acknowledge --help.")
    opened = session(request)
    why = needed(reason, "Why was it missed?", "--reason", request)
    papers = document(opened, paper)
    return done(request, opened, duties.acknowledge(opened, duty, of, by, why, subject, papers))


def _missed(request: Request) -> tuple[str, str, str | None, str]:
    """One of the duties that are overdue, by its number; its owner acknowledges it."""
    from b40cli.acts.reads.desk.status import status
    from b40cli.cli.sitting import choices

    desk = status(view_then(request)).result["overdue"]
    missed = [item for item in desk if " duty acknowledge " in item["command"]]
    if not missed:
        raise UsageError("No duty is overdue.", "b40 duty list tells of all.")
    options = [
        choices.Option(str(n), item["title"], str(item["on"])) for n, item in enumerate(missed)
    ]
    chosen = missed[int(choices.one("Which duty was missed", options).id)]
    words = shlex.split(chosen["command"])[3:]
    said = dict(zip(words[1::2], words[2::2], strict=True))
    return words[0], said["--of"], said.get("--subject"), said["--by"]
