"""Proxies at the counter: between members of the Assembly, and of the Committee (Art. 8, 13)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import (
    CHOICES,
    MEMBERS,
    MOMENT,
    NOW,
    PAPER,
    PROXIED,
    VOTING,
    AnyMeeting,
)
from b40cli.cli.request.opening import document, done, session, several, view, when, zone
from b40cli.cli.request.options import Request, act, read
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.meetings import Proxies, ProxyRecorded, Solved

ProxiedMeeting = Annotated[
    str, typer.Argument(help="The meeting, for example 2027-01-26-ga."), PROXIED
]
Represented = Annotated[str, typer.Option("--from", help="The city that is represented."), VOTING]
SentSecretary = Annotated[
    str | None, typer.Option("--sent-secretary", help="When the Secretary was sent it."), MOMENT
]
SentPresident = Annotated[
    str | None, typer.Option("--sent-president", help="When the President was sent it."), MOMENT
]
ReceivedSecretary = Annotated[
    str | None, typer.Option("--received-secretary", help="When the Secretary received it."), MOMENT
]
ReceivedPresident = Annotated[
    str | None, typer.Option("--received-president", help="When the President received it."), MOMENT
]


def _times(way: str, secretary: str | None, president: str | None, there: str) -> dict[str, str]:
    given = (("secretary", secretary), ("president", president))
    return {to: when(time, f"--{way}-{to}", there) for to, time in given if time}


@act
def give(
    request: Request,
    meeting: ProxiedMeeting,
    principal: Represented,
    holder: Annotated[str, typer.Option("--to", help="The city that represents it."), VOTING],
    paper: Annotated[
        Path | None, typer.Option("--document", help="The written authorisation."), PAPER
    ] = None,
    secretary: SentSecretary = None,
    president: SentPresident = None,
    to_secretary: ReceivedSecretary = None,
    to_president: ReceivedPresident = None,
) -> Answer[ProxyRecorded]:
    """Record one member's written proxy to another for a meeting.

    In the Assembly the two dispatches may follow (b40 proxy receipt), before it opens, and a
    member represents one other for the whole meeting. In the Committee both are named at once,
    and a member represents one other at a time.

    Example:
      b40 proxy give 2026-12-15-ec --from al-aldmar --to hr-kamenik --document proxy.pdf
    """
    from b40cli.acts import proxies

    opened = session(request)
    there = zone(opened, meeting)
    sent = _times("sent", secretary, president, there)
    received = _times("received", to_secretary, to_president, there)
    papers = document(opened, paper)
    proposal = proxies.give(opened, meeting, principal, holder, papers, sent, received)
    return done(request, opened, proposal)


@act
def receipt(
    request: Request,
    meeting: ProxiedMeeting,
    principal: Represented,
    secretary: SentSecretary = None,
    president: SentPresident = None,
    to_secretary: ReceivedSecretary = None,
    to_president: ReceivedPresident = None,
) -> Answer[ProxyRecorded]:
    """Record when the proof of a proxy was sent to the two addressees, or received by them.

    Example:
      b40 proxy receipt 2027-01-26-ga --from al-aldmar --received-president 2027-01-20T09:00
    """
    from b40cli.acts import proxies

    if not any((secretary, president, to_secretary, to_president)):
        raise UsageError("No time is given.", "Give --sent-secretary TIME or one of its like.")
    opened = session(request)
    there = zone(opened, meeting)
    sent = _times("sent", secretary, president, there)
    received = _times("received", to_secretary, to_president, there)
    return done(request, opened, proxies.receipt(opened, meeting, principal, sent, received))


@act
def revoke(
    request: Request,
    meeting: ProxiedMeeting,
    principal: Represented,
    at: Annotated[
        str | None, typer.Option("--at", help="When; else on the day of the act."), NOW
    ] = None,
) -> Answer[ProxyRecorded]:
    """Record that a member took its proxy back; what was voted before stays.

    Example:
      b40 proxy revoke 2027-01-26-ga --from al-aldmar --at 2027-01-25T18:00
    """
    from b40cli.acts import proxies

    opened = session(request)
    time = when(at, "--at", zone(opened, meeting)) if at else str(opened.on)
    return done(request, opened, proxies.revoke(opened, meeting, principal, time))


@read
def list_(request: Request, meeting: AnyMeeting) -> Answer[Proxies]:
    """List the proxies of a meeting: which stand, rest, were revoked or are void, and why.

    With --on, proofs and revocations of a later day are left out; --known-at tells what was on
    record then.

    Example:
      b40 proxy list 2027-01-26-ga
    """
    from b40cli.acts.reads import proxies

    return proxies.listed(view(request), meeting)


Coming = Annotated[
    list[str] | None,
    typer.Option("--coming", help="Cities that come though no delegation is on record."),
    MEMBERS,
]
NotComing = Annotated[
    list[str] | None, typer.Option("--absent", help="Cities that do not come."), MEMBERS
]
Unreachable = Annotated[
    list[str] | None, typer.Option("--unreachable", help="Cities that give no proxy."), MEMBERS
]
Apart = Annotated[
    list[str] | None,
    typer.Option("--apart", help="FROM=TO: a proxy that will not be given; repeated."),
    CHOICES,
]


@read
def solve(
    request: Request,
    meeting: ProxiedMeeting,
    coming: Coming = None,
    absent: NotComing = None,
    unreachable: Unreachable = None,
    apart: Apart = None,
) -> Answer[Solved]:
    """The best quorum an Assembly can still reach: whom to ask, and on whom it hangs.

    One proxy a holder, no chains, the holder there in person, the proofs in time (Art. 8). Once its
    roll was called, what it had and on whom it hung.

    Examples:
      b40 proxy solve 2027-01-26-ga
      b40 proxy solve 2027-01-26-ga --absent gr-lykonisi --apart al-aldmar=hr-kamenik
    """
    from b40cli.acts.ahead import solving

    pairs = [tuple(word.split("=", 1)) for word in apart or []]
    if any(len(pair) != 2 for pair in pairs):
        raise UsageError("--apart takes FROM=TO.", "Such as --apart al-aldmar=hr-kamenik.")
    named = (several(coming), several(absent), several(unreachable))
    kept = {(pair[0], pair[-1]) for pair in pairs}
    return solving.solve(view(request), meeting, *named, kept)
