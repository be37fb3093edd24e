"""Reports and letters at the counter (Art. 12)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import (
    ASSEMBLY,
    DECISIONS,
    MEMBER,
    NOW,
    PAPER,
    TODAY,
    AssemblyMeeting,
    YearOf,
)
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import document, done, session, several, view_then, when, zone
from b40cli.cli.request.options import Request, act, day, read, showing
from b40cli.cli.request.prompt import guided
from b40cli.cli.request.written import PaperAsked, printed, refuse_form
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results import papers as shape
    from b40cli.model.results.meetings import Dispatched, ReportTaken
    from b40cli.model.results.written import PaperWritten

ADDRESSEE = Wanted(
    words=(
        ("members", "all members"),
        ("executive-committee", "the Executive Committee"),
        ("group", "the working group"),
    ),
    blank="blank: all members",
)
City = Annotated[str, typer.Argument(help="The city, for example bg-plovdiv."), MEMBER]
ReportDocument = Annotated[Path | None, typer.Option("--document", help="The document."), PAPER]
StepDay = Annotated[str | None, typer.Option(help="The day of this step.")]


@showing
def final(
    request: Request,
    meeting: Annotated[
        str, typer.Argument(help="The Assembly, for example 2027-01-26-ga."), ASSEMBLY
    ],
    asked: PaperAsked,
    prepared: StepDay = None,
    approved: StepDay = None,
    shared: StepDay = None,
    paper: Annotated[Path | None, typer.Option("--document", help="The document.")] = None,
) -> Answer[ReportTaken | shape.MinutesPaper | PaperWritten]:
    """The Final Report of a General Assembly; with a day, record that step of it.

    It is prepared, then approved by the Presidency, then shared with the members (Art. 12).

    Examples:
      b40 report final 2027-01-26-ga --out report.pdf
      b40 report final 2027-01-26-ga --prepared 2027-02-10 --document report.pdf
    """
    from b40cli.acts import reports
    from b40cli.acts.papers.minutes import final as paper_of
    from b40cli.acts.published import papers

    given = {"prepared": prepared, "approved": approved, "shared": shared}
    days = {step: day(text) for step, text in given.items() if text}
    if not days and paper is None and guided():
        days, paper = _asked_step(request)
    if not days and paper is None:
        if request.dry_run or request.branch:
            raise UsageError("No step of the report is named.", "Add --prepared, --approved …")
        return printed(request, asked, papers.final, paper_of, meeting)
    refuse_form(asked, "a step of the report")
    opened = session(request)
    return done(request, opened, reports.step(opened, meeting, days, document(opened, paper)))


STEPS = (
    ("prepared", "the Secretariat prepared it"),
    ("approved", "the Presidency approved it"),
    ("shared", "it was shared with the members"),
)


def _asked_step(request: Request) -> tuple[dict[str, date], Path | None]:
    """Which step of the report is recorded, of which day; none where it is only shown."""
    from b40cli.cli.sitting.guided import wanted

    step = wanted(Wanted(words=STEPS, blank="blank: it is only shown"), "The step", None, None)
    if step is None:
        return {}, None
    on = wanted(TODAY, "The day of it", None, None)
    paper = wanted(PAPER, "The report", None, None) if step == "prepared" else None
    return {step: day(on) if on else request.today()}, Path(paper) if paper else None


@read
def activity(
    request: Request,
    asked: PaperAsked,
    year: YearOf = None,
) -> Answer[shape.ActivityPaper | PaperWritten]:
    """The activity report of a year: members, meetings, decisions, duties, with pictures.

    Examples:
      b40 report activity --year 2026
      b40 report activity --year 2026 --out activity.pdf
    """
    from b40cli.acts.papers.activity import activity as paper_of
    from b40cli.acts.published import papers

    of = request.today().year if year is None else year
    return printed(request, asked, papers.activity, paper_of, of)


@act
def dispatch(
    request: Request,
    meeting: AssemblyMeeting,
    sent: Annotated[
        str | None, typer.Option("--sent", help="When it was sent; else the day of the act."), NOW
    ] = None,
    to: Annotated[
        str, typer.Option("--to", help="To whom: members, executive-committee or group."), ADDRESSEE
    ] = "members",
    decisions: Annotated[
        list[str] | None,
        typer.Option("--decisions", help="What it tells of; else all of them."),
        DECISIONS,
    ] = None,
    paper: ReportDocument = None,
) -> Answer[Dispatched]:
    """Record a letter that tells members what a meeting decided (Art. 12).

    Example:
      b40 meeting dispatch 2026-12-15-ec --sent 2026-12-18 --decisions EC-2026-001
    """
    from b40cli.acts import reports

    opened = session(request)
    time = when(sent, "--sent", zone(opened, meeting)) if sent else str(opened.on)
    papers = document(opened, paper)
    return done(
        request, opened, reports.dispatch(opened, meeting, time, to, several(decisions), papers)
    )


@read
def dossier(
    request: Request, city: City, asked: PaperAsked
) -> Answer[shape.DossierPaper | PaperWritten]:
    """A member's dossier: standing through the years, offices, meetings, votes, papers (Art. 12).

    Examples:
      b40 member dossier gr-athens
      b40 member dossier gr-athens --out athens.pdf
    """
    from b40cli.acts.papers.membership import dossier as paper_of
    from b40cli.acts.published import papers

    return printed(request, asked, papers.dossier, paper_of, city, view_then)


@read
def membership(
    request: Request, city: City, asked: PaperAsked
) -> Answer[shape.MembershipPaper | PaperWritten]:
    """A certificate that a city is a member on the day, for its mayor's wall (Art. 5).

    Examples:
      b40 member certificate gr-athens
      b40 member certificate gr-athens --out athens.pdf
    """
    from b40cli.acts.papers.membership_certificate import certificate as paper_of
    from b40cli.acts.published import papers

    return printed(request, asked, papers.membership, paper_of, city)
