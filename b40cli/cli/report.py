"""Reports and letters at the counter (Art. 12)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.arguments import DECISIONS, MEMBER, AssemblyMeeting
from b40cli.cli.opening import document, done, session, several, view, when, zone
from b40cli.cli.options import Request, act, day, read, showing
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.meetings import Dispatched, ReportTaken
    from b40cli.model.results.papers import ActivityPaper, DossierPaper, MinutesPaper, NoticePaper

ReportDocument = Annotated[Path | None, typer.Option("--document", help="The document.")]
StepDay = Annotated[str | None, typer.Option(help="The day of this step.")]


@showing
def final(
    request: Request,
    meeting: AssemblyMeeting,
    prepared: StepDay = None,
    approved: StepDay = None,
    shared: StepDay = None,
    paper: ReportDocument = None,
) -> Answer[ReportTaken | MinutesPaper]:
    """The Final Report of a General Assembly in Markdown; with a day, record that step of it.

    It is prepared, then approved by the Presidency, then shared with the members (Art. 12).

    Examples:
      b40 report final 2027-01-26-ga
      b40 report final 2027-01-26-ga --prepared 2027-02-10 --document report.pdf
    """
    from b40cli.acts import reports
    from b40cli.acts.reads import papers

    given = {"prepared": prepared, "approved": approved, "shared": shared}
    days = {step: day(text) for step, text in given.items() if text}
    if not days and paper is None:
        if request.dry_run or request.branch:
            raise UsageError("No step of the report is named.", "Add --prepared, --approved …")
        return papers.final(view(request), meeting)
    opened = session(request)
    return done(request, opened, reports.step(opened, meeting, days, document(opened, paper)))


@read
def activity(
    request: Request,
    year: Annotated[
        int | None, typer.Option("--year", min=1900, max=2199, help="Of this year; else today's.")
    ] = None,
) -> Answer[ActivityPaper]:
    """The activity report of a year in Markdown: meetings, decisions, new members, duties.

    Example:
      b40 report activity --year 2026
    """
    from b40cli.acts.reads import papers

    return papers.activity(view(request), request.today().year if year is None else year)


@act
def dispatch(
    request: Request,
    meeting: AssemblyMeeting,
    sent: Annotated[
        str | None, typer.Option("--sent", help="When; else the day of the act.")
    ] = None,
    to: Annotated[
        str, typer.Option("--to", help="members, executive-committee or group.")
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
    request: Request,
    city: Annotated[str, typer.Argument(help="The city's id, for example bg-plovdiv."), MEMBER],
) -> Answer[DossierPaper]:
    """A member's dossier in Markdown: standing, offices, meetings, votes (Art. 12).

    Example:
      b40 member dossier gr-athens
    """
    from b40cli.acts.reads import papers

    return papers.dossier(view(request), city)


@read
def minutes(request: Request, meeting: AssemblyMeeting) -> Answer[MinutesPaper]:
    """The minutes of a meeting in Markdown: who was there, what was decided, by which majority.

    Example:
      b40 meeting minutes 2026-12-15-ec
    """
    from b40cli.acts.reads import papers

    return papers.minutes(view(request), meeting)


@read
def notice(request: Request, meeting: AssemblyMeeting) -> Answer[NoticePaper]:
    """The convening notice of a meeting in Markdown: when, where, the agenda, the motions.

    Example:
      b40 meeting notice 2026-12-15-ec
    """
    from b40cli.acts.reads import papers

    return papers.notice(view(request), meeting)
