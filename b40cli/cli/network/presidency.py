"""The presidency at the counter (Art. 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import (
    HELD,
    MEMBER,
    NEEDED_PAPER,
    PAPER,
    VOTING,
    File,
    Outgoing,
    YearsAhead,
)
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import document, done, session, view_then
from b40cli.cli.request.options import Request, act, read
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results import offices as shape

ITEM = Wanted("number", blank="blank: none")
TermArgument = Annotated[
    int | None, typer.Argument(help="The term's year; else the coming one.", min=1900, max=2199)
]
TermOption = Annotated[
    int | None,
    typer.Option("--term", min=1900, max=2199, help="The term's year; else the first free."),
    Wanted("number", blank="blank: the first free"),
]


@read
def show(request: Request) -> Answer[shape.PresidencyShown]:
    """Who presides on a day, who is next, and every term on record.

    Example:
      b40 presidency show --on 2026-11-23
    """
    from b40cli.acts.reads import presidency

    return presidency.show(view_then(request))


@read
def order(request: Request, term: TermOption = None) -> Answer[shape.Order]:
    """The order of candidacies for a term, with a reason for every city (Art. 11, INT-15).

    Example:
      b40 presidency order --term 2028
    """
    from b40cli.acts.reads import plans

    return plans.order(view_then(request), term)


@read
def plan(request: Request, years: YearsAhead = None) -> Answer[shape.PresidencyPlan]:
    """The steps to the coming handovers, with their days and commands.

    With --years also who can be approved for the coming terms and who cannot, with the article,
    every smallest reason where nobody can, and the handovers that would break a country's limit.
    Each term takes the first that fits; where one stays open, another choice before it is sought.

    Examples:
      b40 presidency plan
      b40 presidency plan --years 5
    """
    from b40cli.acts.reads import plans

    opened = view_then(request)
    told = plans.plan(opened)
    if not years:
        return told
    from b40cli.acts.ahead.foresight import another_way, rotations, terms_ahead

    ahead = terms_ahead(opened, years)
    warnings = [*rotations(opened, ahead, years), *another_way(opened, ahead)]
    return told._replace(result={**told.result, "years": ahead, "warnings": warnings})


@act
def decline(
    request: Request,
    city: Annotated[str, typer.Argument(help="The city that declines, e.g. bg-plovdiv."), VOTING],
    term: TermOption = None,
    paper: Annotated[File, typer.Option("--document", help="Its letter."), PAPER] = None,
) -> Answer[shape.Declined]:
    """Record that a city declines the presidency of a term (INT-15).

    Example:
      b40 presidency decline bg-rosendol --term 2028 --document letter.pdf
    """
    from b40cli.acts import offices

    opened = session(request)
    return done(request, opened, offices.decline(opened, city, term, document(opened, paper)))


@act
def departure(
    request: Request,
    year: Annotated[int, typer.Argument(help="The term's year.", min=1900, max=2199)],
    reason: Annotated[str, typer.Option("--reason", help="Why the capital was passed over.")],
    passed: Annotated[
        str | None, typer.Option("--from", help="The capital passed over; else the first."), MEMBER
    ] = None,
) -> Answer[shape.Departed]:
    """Record why a term departs from the priority of capitals (Art. 11).

    Example:
      b40 presidency departure 2028 --reason "It asked for a later year."
    """
    from b40cli.acts import offices

    opened = session(request)
    return done(request, opened, offices.departure(opened, year, reason, passed))


@act
def handover(
    request: Request,
    at: Annotated[str, typer.Option("--at", help="The Assembly or Summit of the handover."), HELD],
    year: TermArgument = None,
    item: Annotated[
        int | None, typer.Option("--item", min=1, help="Its agenda item."), ITEM
    ] = None,
) -> Answer[shape.HandedOver]:
    """Pass the presidency on: next becomes President, the President former (Art. 11, 13).

    Example:
      b40 presidency handover 2027 --at 2027-01-26-ga --item 2
    """
    from b40cli.acts import offices

    opened = session(request)
    return done(request, opened, offices.handover(opened, year, at, item))


@act
def agenda(
    request: Request,
    title: Annotated[str | None, typer.Option("--title", help="A title of your own.")] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="Who decided; else the President's mayor.")
    ] = None,
    evidence: Annotated[
        File, typer.Option("--evidence", help="The agenda, signed."), NEEDED_PAPER
    ] = None,
    outgoing: Outgoing = None,
) -> Answer[shape.AgendaSet]:
    """Record the network's annual agenda, set by the President (Art. 11).

    Example:
      b40 presidency agenda --evidence agenda.pdf
    """
    from b40cli.acts import secretary
    from b40cli.acts.change import unilateral

    opened = session(request)
    signed = unilateral.SignedPaper(person, document(opened, evidence), city=outgoing)
    return done(request, opened, secretary.agenda(opened, title, signed))
