"""Meetings at the counter (Art. 13)."""

from __future__ import annotations

from typing import Annotated

import typer

from b40cli.cli.counter import done, moment, session, several, view
from b40cli.cli.options import Desk, act, read
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

Name = Annotated[str, typer.Argument(help="The meeting, for example 2026-12-15-ec.")]
KINDS = ("ec",)
MODES = ("in-person", "online", "hybrid")


@act
def convene(
    desk: Desk,
    kind: Annotated[str, typer.Argument(help="ec, the Executive Committee.")],
    opens: Annotated[str, typer.Option("--opens", help="When, e.g. 2026-12-15T10:00:00+03:00.")],
    mode: Annotated[str, typer.Option("--mode", help="in-person, online or hybrid.")] = "online",
    title: Annotated[str | None, typer.Option("--title", help="A title of your own.")] = None,
    city: Annotated[str | None, typer.Option("--city", help="Where, if in person.")] = None,
    requested_by: Annotated[
        list[str] | None, typer.Option("--requested-by", help="Two members; else the President.")
    ] = None,
    slug: Annotated[
        str | None, typer.Option("--slug", help="A word for a second one on the same day.")
    ] = None,
) -> Answer:
    """Convene the Executive Committee: by the President, or at the request of two members.

    Example:
      b40 meeting convene ec --opens 2026-12-15T10:00:00+03:00
    """
    from b40cli.acts import meetings

    if kind not in KINDS:
        raise UsageError(f"{kind} is no kind of meeting here.", f"Give {', '.join(KINDS)}.")
    if mode not in MODES:
        raise UsageError(f"--mode {mode} is none.", f"Give one of {', '.join(MODES)}.")
    opened = session(desk)
    time = moment(opens, "--opens")
    asked = meetings.Convening(kind, time, mode, title, city, tuple(several(requested_by)), slug)
    return done(desk, opened, meetings.convene(opened, asked))


@act
def roll_call(
    desk: Desk,
    meeting: Name,
    present: Annotated[list[str], typer.Option("--present", help="Cities present, with commas.")],
    at: Annotated[str | None, typer.Option("--at", help="When; else as it opened.")] = None,
) -> Answer:
    """Record who is present; the quorum follows at once (Art. 13).

    Example:
      b40 meeting roll-call 2026-12-15-ec --present hr-zagreb,bg-sofia,al-tirana,gr-athens
    """
    from b40cli.acts import meetings
    from b40cli.acts.questions import meeting_named

    opened = session(desk)
    time = moment(at, "--at") if at else meeting_named(opened.before, meeting).opens
    return done(desk, opened, meetings.roll_call(opened, meeting, time, several(present)))


@read
def list_(
    desk: Desk,
    kind: Annotated[str | None, typer.Option("--kind", help="Only these: ec, summit …")] = None,
) -> Answer:
    """List the meetings, by day.

    Example:
      b40 meeting list --kind ec
    """
    from b40cli.acts import lists

    return lists.meetings(view(desk), kind)
