"""Meetings that are moved or cancelled, at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import MEMBER, ComingMeeting
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import done, session, when
from b40cli.cli.request.options import Request, act, day
from b40cli.cli.request.prompt import needed
from b40cli.model.answer import Answer
from b40cli.model.facts.meeting import zone_at

if TYPE_CHECKING:
    from b40cli.acts.opened.session import Session
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
    city: Annotated[
        str | None, typer.Option("--city", help="Where it is held now."), MEMBER
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="What it is called.")] = None,
    half_days: Annotated[
        int | None, typer.Option("--half-days", min=1, max=60, help="How many half days.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="Its language: two letters.")
    ] = None,
) -> Answer[MeetingMoved]:
    """Move a meeting that was not held yet to another time or city. Its id stays.

    Until it opens its title, length and language are set right here, too. What rests on it is
    told: delegations, proxies, decisions proposed for it, and whom to tell.

    Example:
      b40 meeting move 2026-12-15-ec --opens 2026-12-17T10:00
      b40 meeting move 2027-01-26-summit --city bg-rosendol
    """
    from b40cli.acts import rescheduling

    if not (ends or city or title or half_days or language):
        opens = needed(opens, "When does it open", "--opens", request)
    opened = session(request)
    plan = rescheduling.Plan(
        _opening(opened, meeting, opens, city),
        day(ends) if ends else None,
        city,
        title,
        half_days,
        language,
    )
    return done(request, opened, rescheduling.move(opened, meeting, plan))


def _opening(opened: Session, name: str, opens: str | None, city: str | None) -> str | None:
    """When it opens, in the time of the place it has then; elsewhere at the same hour."""
    from b40cli.acts.opened.named import meeting_named

    meeting = meeting_named(opened.before, name)
    place = zone_at(meeting.mode, city or meeting.city)
    if opens is None and place == meeting.zone:
        return None
    return when(opens or meeting.opens[: len("2026-12-15T10:00")], "--opens", place)


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
