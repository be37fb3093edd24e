"""Members at the counter (Art. 5, 9, 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import (
    ADMITTED,
    CITY_ID,
    DAY,
    OF_THE_NETWORK,
    PAPER,
    SINCE,
    SINCE_TODAY,
    SUMMIT,
    SUSPENDED,
    TODAY,
    VOTING,
    CityId,
    File,
    Outgoing,
    Person,
    SignedDecision,
    Why,
)
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import country_code, document, done, session, view, view_then
from b40cli.cli.request.options import Request, act, day, read, since
from b40cli.model.answer import Answer
from b40cli.model.day import Since
from b40cli.model.errors import refuse_unknown

if TYPE_CHECKING:
    from b40cli.model.results import members as shape

CAPACITY = Wanted(
    words=(("mayor", "mayor"), ("acting-mayor", "acting mayor")), blank="blank: mayor"
)


@read
def list_(
    request: Request,
    standing: Annotated[
        str | None, typer.Option("--standing", help="Only these: member, applicant, left …")
    ] = None,
    country: Annotated[str | None, typer.Option("--country", help="Only of this country.")] = None,
    mandates: Annotated[
        bool, typer.Option("--mandates", help="Who heads each city, and until when.")
    ] = False,
) -> Answer[shape.Members]:
    """List every city on record with its standing on the day, or with who heads it.

    Example:
      b40 member list --standing member --on 2026-11-23
    """
    from b40cli.acts.reads import lists

    of = country_code(country) if country else None
    return lists.members(view_then(request), standing, of, mandates=mandates)


@read
def show(request: Request, city: CityId) -> Answer[shape.MemberShown]:
    """Show one city: its standing on the day, its mayor, its record.

    Example:
      b40 member show gr-athens
    """
    from b40cli.acts.reads import lists

    return lists.member(view(request), city)


@act
def sign(
    request: Request,
    city: Annotated[str, CITY_ID, ADMITTED],
    signed: Annotated[
        str | None, typer.Option("--signed", help="The day of signature."), DAY
    ] = None,
    place: Annotated[
        str | None,
        typer.Option("--place", help="Where it was signed."),
        Wanted(blank="blank: not known"),
    ] = None,
    paper: Annotated[
        File, typer.Option("--document", help="The signed Declaration."), PAPER
    ] = None,
    ceremony: Annotated[
        str | None,
        typer.Option("--ceremony", help="The summit of the signing ceremony."),
        SUMMIT,
        Wanted(blank="blank: none yet"),
    ] = None,
) -> Answer[shape.MemberSigned]:
    """Record the signed Declaration; membership begins with it and the admission (Art. 5).

    Example:
      b40 member sign bg-rosendol --signed 2026-11-20 --place Rosendol
    """
    from b40cli.acts import members

    opened = session(request)
    on = day(signed) if signed else None
    papers = document(opened, paper)
    return done(request, opened, members.sign(opened, city, on, place, papers, ceremony))


@act
def withdraw(
    request: Request,
    city: Annotated[str, CITY_ID, OF_THE_NETWORK],
    received: Annotated[
        str | None,
        typer.Option("--received", help="The day the notice came in; else today."),
        TODAY,
    ] = None,
    paper: Annotated[File, typer.Option("--document", help="The notice."), PAPER] = None,
) -> Answer[shape.Leaving]:
    """Record a member's notice of leaving: it stays, with its vote, through 31 December (Art. 9).

    Given again, a notice gets the document that it lacked.

    Example:
      b40 member withdraw bg-rosendol --received 2026-11-20 --document notice.pdf
    """
    from b40cli.acts import members

    opened = session(request)
    on = day(received) if received else None
    papers = document(opened, paper)
    return done(request, opened, members.leave(opened, city, on, papers))


@act
def suspend(
    request: Request,
    city: Annotated[str, CITY_ID, VOTING],
    grounds: Annotated[
        str | None, typer.Option("--grounds", help="Why (Art. 9)."), Wanted(blank=None)
    ] = None,
    person: Person = None,
    evidence: SignedDecision = None,
    outgoing: Outgoing = None,
) -> Answer[shape.PresidentDecided]:
    """Suspend a member by decision of the President (Art. 9). The committee decides by vote.

    Example:
      b40 member suspend bg-rosendol --grounds "Statements of 3 May" --evidence decision.pdf
    """
    from b40cli.acts import members
    from b40cli.acts.change import unilateral

    opened = session(request)
    signed = unilateral.SignedPaper(person, document(opened, evidence), grounds, city=outgoing)
    proposal = members.decide_as_president(opened, "suspension", city, signed)
    return done(request, opened, proposal)


@act
def reinstate(
    request: Request,
    city: Annotated[str, CITY_ID, SUSPENDED],
    grounds: Why = None,
    person: Person = None,
    evidence: SignedDecision = None,
    outgoing: Outgoing = None,
) -> Answer[shape.PresidentDecided]:
    """Lift a suspension by decision of the President; what the committee imposed it lifts itself.

    Example:
      b40 member reinstate bg-rosendol --evidence decision.pdf
    """
    from b40cli.acts import members
    from b40cli.acts.change import unilateral

    opened = session(request)
    signed = unilateral.SignedPaper(person, document(opened, evidence), grounds, city=outgoing)
    proposal = members.decide_as_president(opened, "reinstatement", city, signed)
    return done(request, opened, proposal)


@act
def mayor(
    request: Request,
    city: CityId,
    name: Annotated[str, typer.Argument(help="The mayor's name.")],
    start: Annotated[
        str | None, typer.Option("--from", help="First day, or `by DAY`; else today."), SINCE_TODAY
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="First day after it, or `by DAY`."), SINCE
    ] = None,
    capacity: Annotated[
        str, typer.Option("--capacity", help="Capacity: mayor or acting-mayor."), CAPACITY
    ] = "mayor",
    key: Annotated[
        str | None, typer.Option("--key", help="The person's key, one wherever it is named.")
    ] = None,
    ended: Annotated[
        str | None, typer.Option("--ended", help="Why it ended: term, resigned, removed, died …")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Where it is known from: a listed source.")
    ] = None,
) -> Answer[shape.MayorRecorded]:
    """Record a new mayor or acting mayor; the mandate before ends where this one begins.

    An older mandate may be entered later: it ends where the next one on record begins. Given again,
    a mandate gets what it lacked: its end, why it ended, the person's key. So an office that falls
    vacant is told: the mandate ends, and nobody heads the city until the next one is recorded.

    Examples:
      b40 member mayor bg-rosendol "Ana Primer" --from 2026-11-06
      b40 member mayor hr-kamenik "Ivo Primer" --from 2022-11-06 --until 2026-11-06 --ended resigned
    """
    from b40cli.acts import mayors

    refuse_unknown("--capacity", capacity, ("mayor", "acting-mayor"))
    opened = session(request)
    begins = since(start) if start else Since(opened.on, True)
    ends = since(until) if until else None
    told = mayors.Mandate(name, capacity, begins, ends, key, ended, source)
    return done(request, opened, mayors.mayor(opened, city, told))
