"""The Executive Committee at the counter (Art. 13)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import PAPER, SEATED, YearsAhead
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import document, done, session, several, view, view_then
from b40cli.cli.request.options import Request, act, day, read
from b40cli.model.answer import Answer
from b40cli.model.errors import refuse_unknown

if TYPE_CHECKING:
    from b40cli.model.results.offices import CommitteePlan, CommitteeShown, Resigned

ADDRESSEES = ("president", "permanent-secretary")
NOTIFIED = Wanted(
    "several", (("president", "the President"), ("permanent-secretary", "the Permanent Secretary"))
)


@read
def show(request: Request) -> Answer[CommitteeShown]:
    """The seven seats on a day: filled, vacant or unknown, and who presides.

    Example:
      b40 committee show --on 2026-11-23
    """
    from b40cli.acts.reads import offices

    return offices.committee(view(request))


@read
def plan(request: Request, years: YearsAhead = None) -> Answer[CommitteePlan]:
    """When each seat ends, who may be elected again, which countries have their two cities.

    With --years also who may be elected in the coming terms and who may not, with the article, four
    who fit, and every smallest reason where the seats cannot be filled.

    Examples:
      b40 committee plan
      b40 committee plan --years 3
    """
    from b40cli.acts.reads import plans

    opened = view_then(request)
    told = plans.committee_plan(opened)
    if not years:
        return told
    from b40cli.acts.ahead.foresight import rotations, terms_ahead
    from b40cli.acts.ahead.seats_ahead import seats_ahead

    terms = terms_ahead(opened, years + 1)
    ahead, warnings = seats_ahead(opened, terms, years), rotations(opened, terms, years)
    return told._replace(result={**told.result, "years": ahead, "warnings": warnings})


@act
def resign(
    request: Request,
    city: Annotated[str, typer.Argument(help="The city that resigns its seat."), SEATED],
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="Who was notified: president,permanent-secretary."),
        NOTIFIED,
    ] = None,
    paper: Annotated[Path | None, typer.Option("--document", help="The notice."), PAPER] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", help="First day out; else the day of the notice."),
        Wanted("day", blank="blank: the day of the notice"),
    ] = None,
    announced: Annotated[
        str | None,
        typer.Option("--announced", help="When all resigned: the day all members were told."),
    ] = None,
) -> Answer[Resigned]:
    """Record a resignation, by notice to the President and the Permanent Secretary (Art. 13).

    Example:
      b40 committee resign bg-rosendol --to president,permanent-secretary --document notice.pdf
    """
    from b40cli.acts import offices

    told = several(to)
    for name in told:
        refuse_unknown("--to", name, ADDRESSEES)
    opened = session(request)
    ends = day(until) if until else None
    sent = day(announced) if announced else None
    paper_record = document(opened, paper)
    return done(request, opened, offices.resign(opened, city, told, paper_record, ends, sent))
