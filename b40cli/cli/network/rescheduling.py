"""Meetings that are moved or cancelled, at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import (
    ComingMeeting,
)
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import done, session, when, zone
from b40cli.cli.request.options import Request, act, day
from b40cli.cli.request.prompt import needed
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results.meetings import MeetingCancelled, MeetingMoved


@act
def move(
    request: Request,
    meeting: ComingMeeting,
    opens: Annotated[
        str | None,
        typer.Option("--opens", "--to", help="When it opens now, in the place's time."),
        Wanted("moment", blank=None),
    ] = None,
    ends: Annotated[
        str | None, typer.Option("--ends", help="Its last day; else as many days later.")
    ] = None,
) -> Answer[MeetingMoved]:
    """Move a meeting that was not held yet to another time. Its id stays, and what was sent.

    What rests on it is told: delegations, proxies, decisions proposed for it, and whom to tell.

    Example:
      b40 meeting move 2026-12-15-ec --opens 2026-12-17T10:00
    """
    from b40cli.acts import rescheduling

    asked = needed(opens, "When does it open", "--opens", request)
    opened = session(request)
    time = when(asked, "--opens", zone(opened, meeting))
    last = day(ends) if ends else None
    return done(request, opened, rescheduling.move(opened, meeting, time, last))


@act
def cancel(
    request: Request,
    meeting: ComingMeeting,
    reason: Annotated[str | None, typer.Option("--reason", help="Why."), Wanted(blank=None)] = None,
) -> Answer[MeetingCancelled]:
    """Cancel a meeting that was not held. Its record stays, and nothing is owed for it.

    What rests on it is told. What is held instead is convened.

    Example:
      b40 meeting cancel 2026-12-15-ec --reason "The President is ill."
    """
    from b40cli.acts import rescheduling

    why = needed(reason, "Why", "--reason", request)
    opened = session(request)
    return done(request, opened, rescheduling.cancel(opened, meeting, why))
