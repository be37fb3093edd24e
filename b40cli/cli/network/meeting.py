"""Meetings at the counter: what goes out before, what is filed after (Art. 8, 10, 13, 14)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import MOTIONS, PAPER, SUMMIT, AnyMeeting, ComingMeeting
from b40cli.cli.request.asking import Wanted, one_of
from b40cli.cli.request.opening import document, done, session, several, view, view_then, when, zone
from b40cli.cli.request.options import Request, act, day, read, showing
from b40cli.cli.request.prompt import may_ask, needed
from b40cli.cli.request.written import PaperAsked, printed, refuse_form
from b40cli.cli.sitting.sittings import asked_items
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.facts.meeting import ADDRESSEES

if TYPE_CHECKING:
    from b40cli.acts.meetings import AgendaItem
    from b40cli.model.results import meetings as shape
    from b40cli.model.results.papers import MinutesPaper, NoticePaper, SheetsPaper
    from b40cli.model.results.written import PaperWritten

PaperFile = Annotated[Path | None, typer.Option("--document", help="The paper itself."), PAPER]
FiledPaper = Annotated[
    Path | None,
    typer.Option("--document", help="The paper itself."),
    Wanted("file", blank="blank: they are only shown"),
]
SentPaper = Annotated[
    Path | None,
    typer.Option("--document", help="The paper itself."),
    PAPER._replace(when=(("sent", ()),)),
]
To = Annotated[
    str | None,
    typer.Option("--to", help="To whom: members, executive-committee or group; else as usual."),
]


@act
def agenda(
    request: Request,
    meeting: ComingMeeting,
    items: Annotated[
        list[str] | None,
        typer.Option("--item", help="KIND, KIND=DECISION or KIND:TITLE; repeated, in order."),
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Behind the items there are.")] = False,
) -> Answer[shape.AgendaWritten]:
    """Write the agenda. A decision proposed for the meeting takes the number of its item.

    Example:
      b40 meeting agenda 2027-01-26-ga --item activity-report=GA-2027-001 --item handover
    """
    from b40cli.acts import meetings

    if items is None and not may_ask(request):
        raise UsageError("Missing option '--item'.", "See: b40 meeting agenda --help.")
    opened = session(request)
    asked = [_item(text) for text in items or asked_items(opened, meeting)]
    return done(request, opened, meetings.set_agenda(opened, meeting, asked, add=add))


def _item(text: str) -> AgendaItem:
    from b40cli.acts.meetings import AgendaItem

    head, _colon, title = text.partition(":")
    kind, _equals, decision = head.partition("=")
    return AgendaItem(kind.strip(), decision.strip() or None, title.strip() or None)


@showing
def notice(
    request: Request,
    meeting: ComingMeeting,
    asked: PaperAsked,
    sent: Annotated[
        str | None,
        typer.Option("--sent", help="When it went out: a time, or a day."),
        Wanted("moment", blank="blank: it is only shown"),
    ] = None,
    to: To = None,
    motions: Annotated[
        list[str] | None,
        typer.Option("--motion", help="Decisions that stood in it; repeated."),
        MOTIONS,
        Wanted(blank="blank: none", when=(("sent", ()),)),
    ] = None,
    paper: SentPaper = None,
) -> Answer[shape.NoticeSent | NoticePaper | PaperWritten]:
    """The convening notice; with --sent, record that it went out (Art. 9).

    Examples:
      b40 meeting notice 2027-01-26-ga
      b40 meeting notice 2027-01-26-ga --out notice.pdf
      b40 meeting notice 2027-01-26-ga --sent 2026-12-01T12:00 --motion GA-2027-003
    """
    from b40cli.acts import meetings
    from b40cli.acts.papers.notice import notice as paper_of
    from b40cli.acts.published import papers

    one_of("--to", to, ADDRESSEES)
    if sent is None:
        if to or motions or paper:
            raise UsageError("Missing --sent.", "When did the notice go out? --sent TIME.")
        _only_shown(request, "--sent")
        return printed(request, asked, papers.notice, paper_of, meeting)
    refuse_form(asked, "--sent")
    opened = session(request)
    filed, time = document(opened, paper), when(sent, "--sent", zone(opened, meeting))
    proposal = meetings.send_notice(opened, meeting, time, to, several(motions), filed)
    return done(request, opened, proposal)


@act
def rules(
    request: Request,
    meeting: ComingMeeting,
    announced: Annotated[
        str | None,
        typer.Option("--announced", help="When the President announced them."),
        Wanted("moment", blank=None),
    ] = None,
    paper: PaperFile = None,
) -> Answer[shape.RulesAnnounced]:
    """Record that the President announced the rules of participation (Art. 8).

    Example:
      b40 meeting rules 2027-01-26-ga --announced 2026-12-01T12:00 --document rules.pdf
    """
    from b40cli.acts import meetings

    asked = needed(announced, "When were they announced", "--announced", request)
    opened = session(request)
    time = when(asked, "--announced", zone(opened, meeting))
    papers = document(opened, paper)
    return done(request, opened, meetings.announce_rules(opened, meeting, time, papers))


@act
def consult(
    request: Request,
    meeting: Annotated[str, typer.Argument(help="The Summit, e.g. 2027-01-25-summit."), SUMMIT],
    president: Annotated[
        str | None,
        typer.Option("--president", help="The day the President was consulted."),
        Wanted("day", blank="blank: not yet"),
    ] = None,
    following: Annotated[
        str | None,
        typer.Option("--next", help="The day the next President was consulted."),
        Wanted("day", blank="blank: not yet"),
    ] = None,
) -> Answer[shape.Consulted]:
    """Record that the current and the next President were consulted on the Summit (Art. 12).

    Example:
      b40 meeting consult 2027-01-25-summit --president 2026-11-02 --next 2026-11-03
    """
    from b40cli.acts import minutes

    given = {"president": president, "next": following}
    days = {who: str(day(text)) for who, text in given.items() if text}
    if not days:
        raise UsageError("Nobody was consulted.", "Give --president DAY, --next DAY or both.")
    opened = session(request)
    return done(request, opened, minutes.consult(opened, meeting, days))


@showing
def minutes(
    request: Request, meeting: AnyMeeting, asked: PaperAsked, paper: FiledPaper = None
) -> Answer[shape.MinutesFiled | MinutesPaper | PaperWritten]:
    """The minutes of a meeting; with the document, file it (Art. 12).

    Examples:
      b40 meeting minutes 2026-12-15-ec
      b40 meeting minutes 2026-12-15-ec --out minutes.pdf
      b40 meeting minutes 2026-12-15-ec --document minutes.pdf
    """
    from b40cli.acts import minutes as filing
    from b40cli.acts.papers.minutes import minutes as paper_of
    from b40cli.acts.published import papers

    if paper is None:
        _only_shown(request, "--document")
        return printed(request, asked, papers.minutes, paper_of, meeting)
    refuse_form(asked, "--document")
    opened = session(request)
    filed = document(opened, paper) or {}
    return done(request, opened, filing.file_minutes(opened, meeting, filed))


def _only_shown(request: Request, option: str) -> None:
    if request.dry_run or request.branch:
        raise UsageError("Nothing would be recorded.", f"Add {option}.")


@read
def sheets(
    request: Request, meeting: ComingMeeting, asked: PaperAsked
) -> Answer[SheetsPaper | PaperWritten]:
    """The sheets on the table: roll call, a ballot for each question, signing list (Art. 8, 10).

    Examples:
      b40 meeting sheets 2027-01-26-ga
      b40 meeting sheets 2027-01-26-ga --out sheets.pdf
    """
    from b40cli.acts.papers.sheets import sheets as paper_of
    from b40cli.acts.published import papers

    return printed(request, asked, papers.sheets, paper_of, meeting)


@read
def list_(
    request: Request,
    kind: Annotated[str | None, typer.Option("--kind", help="Only these: ec, summit …")] = None,
) -> Answer[shape.Meetings]:
    """List the meetings on record, by day; --known-at DAY lists those on record then.

    With --on, what came later (a roll call, that one was cancelled) is left out. The day on which
    one was convened is not on record.

    Example:
      b40 meeting list --kind ec
    """
    from b40cli.acts.reads import lists

    return lists.meetings(view_then(request), kind)


@read
def prepare(request: Request, meeting: ComingMeeting) -> Answer[shape.Prepared]:
    """Every piece of a meeting: done or missing, who owes it, by when, with which command.

    With --on, what has a later day (a notice, a proof of proxy) is not there yet; an agenda or a
    delegation has no day and counts as on record. What was on record then tells --known-at.

    Example:
      b40 meeting prepare 2027-01-26-ga
    """
    from b40cli.acts.ahead import preparing

    return preparing.prepare(view(request), meeting)
