"""Meetings at the counter (Art. 7, 8, 10, 13, 14)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.arguments import (
    DECISION,
    DECISIONS,
    GROUP,
    MEETING,
    MEMBER,
    MEMBERS,
    OBSERVERS,
    PRESENT,
    AnyMeeting,
    AssemblyMeeting,
)
from b40cli.cli.opening import document, done, moment, session, several, view, when, zone
from b40cli.cli.options import Request, act, day, read, showing
from b40cli.cli.prompt import may_ask, needed
from b40cli.cli.written import PaperAsked, printed, refuse_form
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.acts.meetings import AgendaItem
    from b40cli.acts.opened.session import Session
    from b40cli.model.results.meetings import (
        AgendaWritten,
        Consulted,
        Convened,
        DelegationRecorded,
        MeetingClosed,
        Meetings,
        MinutesFiled,
        NoticeSent,
        RollCalled,
        RulesAnnounced,
    )
    from b40cli.model.results.papers import MinutesPaper, NoticePaper, SheetsPaper
    from b40cli.model.results.written import PaperWritten

PaperFile = Annotated[Path | None, typer.Option("--document", help="The paper itself.")]
To = Annotated[
    str | None, typer.Option("--to", help="members, executive-committee or group; else as usual.")
]
KINDS = ("ec", "ga", "summit", "wg", "workshop", "youth-summit")
MODES = ("in-person", "online", "hybrid")
CAPACITIES = ("mayor", "acting-mayor", "designee")
ADDRESSEES = ("members", "executive-committee", "group")
CONVENERS = (
    "president",
    "executive-committee",
    "general-assembly",
    "permanent-secretary",
    "group-leader",
    "mayor-of-istanbul",
)


def one_of(option: str, value: str | None, known: tuple[str, ...]) -> None:
    """A misspelt word is told before anything else is asked."""
    if value is not None and value not in known:
        raise UsageError(f"{option} {value} is none.", f"Give one of {', '.join(known)}.")


@act
def convene(
    request: Request,
    kind: Annotated[str, typer.Argument(help="ec, ga, summit, wg, workshop, youth-summit.")],
    opens: Annotated[
        str, typer.Option("--opens", help="When, in the time of the place: 2026-12-15T10:00.")
    ],
    mode: Annotated[
        str | None, typer.Option("--mode", help="in-person, online or hybrid; else as usual.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="A title of your own.")] = None,
    city: Annotated[
        str | None, typer.Option("--city", help="Where, e.g. gr-athens."), MEMBER
    ] = None,
    summit: Annotated[
        str | None, typer.Option("--summit", help="The Summit a ga or ec is held within."), MEETING
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", help="The working group of a wg."), GROUP
    ] = None,
    ends: Annotated[str | None, typer.Option("--ends", help="The last day.")] = None,
    half_days: Annotated[
        int | None, typer.Option("--half-days", min=1, max=60, help="How many half days.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="Two letters; English is en.")
    ] = None,
    interpretation: Annotated[
        bool, typer.Option("--interpretation", help="With simultaneous interpretation.")
    ] = False,
    requested_by: Annotated[
        list[str] | None,
        typer.Option("--requested-by", help="Two members of the committee."),
        MEMBERS,
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="Who convenes; else the President for ec and ga.")
    ] = None,
    decision: Annotated[
        str | None, typer.Option("--decision", help="The decision that called it."), DECISION
    ] = None,
    handover: Annotated[
        str | None, typer.Option("--handover", help="An ec on its day: before or after it.")
    ] = None,
    slug: Annotated[
        str | None, typer.Option("--slug", help="A word for a second one on the same day.")
    ] = None,
) -> Answer[Convened]:
    """Convene a meeting. The committee meets at the request of two members, too.

    Examples:
      b40 meeting convene ec --opens 2026-12-15T10:00:00+03:00
      b40 meeting convene ga --opens 2027-01-26T09:30 --summit 2027-01-25-summit
      b40 meeting convene wg --group flood-response --opens 2026-12-15T10:00
    """
    from b40cli.acts import meetings

    one_of("The kind", kind, KINDS)
    one_of("--mode", mode, MODES)
    one_of("--by", by, CONVENERS)
    one_of("--handover", handover, ("before", "after"))
    opened = session(request)
    there = meetings.zone_asked(opened, kind, mode, city, summit)
    asked = meetings.Convening(
        kind=kind,
        opens=(moment if kind in meetings.PRESIDED else when)(opens, "--opens", there),
        mode=mode,
        title=title,
        city=city,
        requested_by=tuple(several(requested_by)),
        slug=slug,
        by=by,
        summit=summit,
        group=group,
        ends=str(day(ends)) if ends else None,
        half_days=half_days,
        language=language,
        interpretation=interpretation or None,
        handover=handover,
        decision=decision,
    )
    return done(request, opened, meetings.convene(opened, asked))


@act
def agenda(
    request: Request,
    meeting: AssemblyMeeting,
    items: Annotated[
        list[str],
        typer.Option("--item", help="KIND, KIND=DECISION or KIND:TITLE; repeated, in order."),
    ],
    add: Annotated[bool, typer.Option("--add", help="Behind the items there are.")] = False,
) -> Answer[AgendaWritten]:
    """Write the agenda. A decision proposed for the meeting takes the number of its item.

    Example:
      b40 meeting agenda 2027-01-26-ga --item activity-report=GA-2027-001 --item handover
    """
    from b40cli.acts import meetings

    opened = session(request)
    asked = [_item(text) for text in items]
    return done(request, opened, meetings.set_agenda(opened, meeting, asked, add=add))


def _item(text: str) -> AgendaItem:
    from b40cli.acts.meetings import AgendaItem

    head, _colon, title = text.partition(":")
    kind, _equals, decision = head.partition("=")
    return AgendaItem(kind.strip(), decision.strip() or None, title.strip() or None)


@showing
def notice(
    request: Request,
    meeting: AssemblyMeeting,
    asked: PaperAsked,
    sent: Annotated[
        str | None, typer.Option("--sent", help="When it went out: a time, or a day.")
    ] = None,
    to: To = None,
    motions: Annotated[
        list[str] | None,
        typer.Option("--motion", help="A decision that stood in it; repeated."),
        DECISIONS,
    ] = None,
    paper: PaperFile = None,
) -> Answer[NoticeSent | NoticePaper | PaperWritten]:
    """The convening notice; with --sent, record that it went out (Art. 9).

    Examples:
      b40 meeting notice 2027-01-26-ga
      b40 meeting notice 2027-01-26-ga --out notice.pdf
      b40 meeting notice 2027-01-26-ga --sent 2026-12-01T12:00 --motion GA-2027-003
    """
    from b40cli.acts import meetings
    from b40cli.acts.papers.notice import notice as paper_of
    from b40cli.acts.reads import papers

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
    meeting: AssemblyMeeting,
    announced: Annotated[
        str | None, typer.Option("--announced", help="When the President announced them.")
    ] = None,
    paper: PaperFile = None,
) -> Answer[RulesAnnounced]:
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
    meeting: Annotated[str, typer.Argument(help="The Summit, e.g. 2027-01-25-summit."), MEETING],
    president: Annotated[
        str | None, typer.Option("--president", help="The day the President was consulted.")
    ] = None,
    following: Annotated[
        str | None, typer.Option("--next", help="The day the next President was consulted.")
    ] = None,
) -> Answer[Consulted]:
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


@act
def delegation(
    request: Request,
    meeting: AssemblyMeeting,
    city: Annotated[str, typer.Argument(help="The city, for example bg-sofia."), MEMBER],
    head: Annotated[
        str | None, typer.Option("--head", help="Who heads it; else the mayor on record.")
    ] = None,
    capacity: Annotated[
        str | None, typer.Option("--capacity", help="mayor, acting-mayor or designee.")
    ] = None,
    designation: Annotated[
        Path | None, typer.Option("--designation", help="The written designation of a designee.")
    ] = None,
    members: Annotated[
        list[str] | None, typer.Option("--member", help="Somebody else who comes; repeated.")
    ] = None,
) -> Answer[DelegationRecorded]:
    """Record a delegation and who heads it (Art. 7). A designee is of the same city.

    Examples:
      b40 meeting delegation 2027-01-26-ga bg-vodengrad
      b40 meeting delegation 2027-01-26-ga hr-kamenik --head "Ana Primer" --designation letter.pdf
    """
    from b40cli.acts import meetings

    one_of("--capacity", capacity, CAPACITIES)
    opened = session(request)
    paper = document(opened, designation)
    leads = meetings.head_of(opened, meeting, city, head, capacity, paper)
    return done(request, opened, meetings.delegate(opened, meeting, city, leads, members or ()))


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
) -> Answer[RollCalled]:
    """Record who is present; the quorum follows at once, in the Assembly from the first roll call.

    Example:
      b40 meeting roll-call 2026-12-15-ec --present hr-kamenik,bg-vodengrad,al-aldmar,gr-lykonisi
    """
    from b40cli.acts import meetings
    from b40cli.acts.opened.named import meeting_named

    if present is None and not may_ask(request):
        raise UsageError("Missing option '--present'.", "See: b40 meeting roll-call --help.")
    opened = session(request)
    called = meeting_named(opened.before, meeting)
    time = moment(at, "--at", called.zone) if at else called.hour_on(opened.on)
    there = _there(opened, meetings.everybody(opened, called)) if present is None else present
    cities, guests = several(there), several(observers)
    return done(request, opened, meetings.roll_call(opened, meeting, time, cities, guests))


def _there(opened: Session, sitting: list[str]) -> list[str]:
    """A whole roll call in one sitting: who of those that may sit is there."""
    from b40cli.acts.opened.named import called_by
    from b40cli.cli import guided
    from b40cli.cli.output import aside

    name = called_by(opened.before)
    options = [guided.Option(city, name(city)) for city in sitting]
    guided.show(options)
    aside(guided.HOW)
    there = guided.several("Present", list(options), options)
    absent = ", ".join(o.name for o in options if o not in there) or "nobody"
    aside(f"Plan: {len(there)} of {len(options)} present; absent: {absent}.")
    return [option.id for option in there]


@act
def close(
    request: Request,
    meeting: AnyMeeting,
    at: Annotated[str | None, typer.Option("--at", help="When it closed, e.g. …T17:30.")] = None,
) -> Answer[MeetingClosed]:
    """Record when a meeting closed. After its day only its papers are added.

    Example:
      b40 meeting close 2026-12-15-ec --at 2026-12-15T12:30
    """
    from b40cli.acts import minutes

    asked = needed(at, "When did it close", "--at", request)
    opened = session(request)
    time = moment(asked, "--at", zone(opened, meeting))
    return done(request, opened, minutes.close(opened, meeting, time))


@showing
def minutes(
    request: Request,
    meeting: AnyMeeting,
    asked: PaperAsked,
    paper: PaperFile = None,
) -> Answer[MinutesFiled | MinutesPaper | PaperWritten]:
    """The minutes of a meeting; with the document, file it (Art. 12).

    Examples:
      b40 meeting minutes 2026-12-15-ec
      b40 meeting minutes 2026-12-15-ec --out minutes.pdf
      b40 meeting minutes 2026-12-15-ec --document minutes.pdf
    """
    from b40cli.acts import minutes as filing
    from b40cli.acts.papers.minutes import minutes as paper_of
    from b40cli.acts.reads import papers

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
    request: Request, meeting: AssemblyMeeting, asked: PaperAsked
) -> Answer[SheetsPaper | PaperWritten]:
    """The sheets on the table: roll call, a ballot for each question, signing list (Art. 8, 10).

    Examples:
      b40 meeting sheets 2027-01-26-ga
      b40 meeting sheets 2027-01-26-ga --out sheets.pdf
    """
    from b40cli.acts.papers.sheets import sheets as paper_of
    from b40cli.acts.reads import papers

    return printed(request, asked, papers.sheets, paper_of, meeting)


@read
def list_(
    request: Request,
    kind: Annotated[str | None, typer.Option("--kind", help="Only these: ec, summit …")] = None,
) -> Answer[Meetings]:
    """List the meetings, by day.

    Example:
      b40 meeting list --kind ec
    """
    from b40cli.acts.reads import lists

    return lists.meetings(view(request), kind)
