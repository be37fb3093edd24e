"""Who comes to a meeting, at the counter: delegations, the roll, its end (Art. 7, 8, 10)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import (
    OBSERVERS,
    OF_THE_NETWORK,
    PAPER,
    PRESENT,
    AnyMeeting,
    ComingMeeting,
)
from b40cli.cli.request.asking import Wanted, one_of
from b40cli.cli.request.opening import document, done, moment, session, several, zone
from b40cli.cli.request.options import Request, act
from b40cli.cli.request.prompt import may_ask, needed
from b40cli.cli.sitting.sittings import asked_observers, asked_present
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.facts.meeting import DECLINED

if TYPE_CHECKING:
    from b40cli.model.results import meetings as shape

CAPACITIES = ("mayor", "acting-mayor", "designee")


@act
def delegation(
    request: Request,
    meeting: ComingMeeting,
    city: Annotated[str, typer.Argument(help="The city, for example bg-sofia."), OF_THE_NETWORK],
    head: Annotated[
        str | None,
        typer.Option("--head", help="Who heads it; else the mayor on record."),
        Wanted(blank="blank: the mayor on record"),
    ] = None,
    capacity: Annotated[
        str | None,
        typer.Option("--capacity", help="Capacity: mayor, acting-mayor or designee."),
        Wanted(
            words=(("mayor", "mayor"), ("acting-mayor", "acting mayor"), ("designee", "designee")),
            blank="blank: mayor",
            when=(("head", ()),),
        ),
    ] = None,
    designation: Annotated[
        Path | None,
        typer.Option("--designation", help="The written designation of a designee."),
        PAPER._replace(when=(("capacity", ("designee",)),)),
    ] = None,
    members: Annotated[
        list[str] | None, typer.Option("--member", help="Somebody else who comes; repeated.")
    ] = None,
    declines: Annotated[
        list[str] | None,
        typer.Option(
            "--declines", help="What it will not do: attendance, proxy (give one), holding (one)."
        ),
    ] = None,
    letter: Annotated[
        Path | None, typer.Option("--document", help="The letter in which it declines.")
    ] = None,
) -> Answer[shape.DelegationRecorded | shape.MeetingDeclined]:
    """Record a delegation and who heads it (Art. 7). A designee is of the same city.

    A city that does not come, gives no proxy or represents nobody is recorded so with --declines;
    quorum and proxy solve count on it no more. A delegation recorded later takes that back.

    Examples:
      b40 meeting delegation 2027-01-26-ga bg-vodengrad
      b40 meeting delegation 2027-01-26-ga hr-kamenik --head "Ana Primer" --designation letter.pdf
      b40 meeting delegation 2027-01-26-ga gr-lykonisi --declines attendance,proxy
    """
    from b40cli.acts import attendance

    if declines is not None:
        if head or capacity or designation or members:
            raise UsageError("It comes, or it declines.", "Leave the delegation or --declines out.")
        what = several(declines)
        for each in what:
            one_of("--declines", each, DECLINED)
        opened = session(request)
        paper = document(opened, letter)
        return done(request, opened, attendance.decline(opened, meeting, city, what, paper))
    if letter is not None:
        raise UsageError("Missing --declines.", "Its letter is filed with what it declines.")
    one_of("--capacity", capacity, CAPACITIES)
    opened = session(request)
    paper = document(opened, designation)
    leads = attendance.head_of(opened, meeting, city, head, capacity, paper)
    return done(request, opened, attendance.delegate(opened, meeting, city, leads, members or ()))


@act
def roll_call(
    request: Request,
    meeting: AnyMeeting,
    present: Annotated[
        list[str] | None, typer.Option("--present", help="Cities present, with commas."), PRESENT
    ] = None,
    at: Annotated[str | None, typer.Option("--at", help="When; else as it opened.")] = None,
    observers: Annotated[
        list[str] | None,
        typer.Option("--observers", help="Observers in the room; never counted."),
        OBSERVERS,
    ] = None,
) -> Answer[shape.RollCalled]:
    """Record who is present; the quorum follows at once, in the Assembly from the first roll call.

    Example:
      b40 meeting roll-call 2026-12-15-ec --present hr-kamenik,bg-vodengrad,al-aldmar,gr-lykonisi
    """
    from b40cli.acts import attendance
    from b40cli.acts.opened.named import meeting_named

    if present is None and not may_ask(request):
        raise UsageError("Missing option '--present'.", "See: b40 meeting roll-call --help.")
    opened = session(request)
    called = meeting_named(opened.before, meeting)
    time = moment(at, "--at", called.zone) if at else called.hour_on(opened.on)
    if present is None:
        present = asked_present(opened, attendance.everybody(opened, called))
        observers = observers or asked_observers(opened, called)
    cities, guests = several(present), several(observers)
    return done(request, opened, attendance.roll_call(opened, meeting, time, cities, guests))


@act
def close(
    request: Request,
    meeting: AnyMeeting,
    at: Annotated[
        str | None,
        typer.Option("--at", help="When it closed, e.g. …T17:30."),
        Wanted("time", blank=None),
    ] = None,
) -> Answer[shape.MeetingClosed]:
    """Record when a meeting closed. After its day only its papers are added.

    Example:
      b40 meeting close 2026-12-15-ec --at 2026-12-15T12:30
    """
    from b40cli.acts import minutes

    asked = needed(at, "When did it close", "--at", request)
    opened = session(request)
    time = moment(asked, "--at", zone(opened, meeting))
    return done(request, opened, minutes.close(opened, meeting, time))
