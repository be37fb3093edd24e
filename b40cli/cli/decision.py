"""Decisions at the counter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from b40cli.cli.arguments import (
    CHOICES,
    DECISION,
    MEETING,
    MEMBERS,
    OPEN,
    PROPOSED,
    SUBJECT,
    UNDECIDED,
    VOTERS,
)
from b40cli.cli.opening import document, done, session, several, view
from b40cli.cli.options import Request, act, day, read
from b40cli.cli.prompt import may_ask
from b40cli.model.answer import Answer
from b40cli.model.decision import SIDES
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.acts.change.questions import Question
    from b40cli.acts.opened.session import Session
    from b40cli.model.results.decisions import (
        Closed,
        Decisions,
        Opened,
        Proposed,
        Stated,
        Voted,
        VoteRecorded,
    )

CANDIDATE = re.compile("[a-z]{2}(?:-[a-z0-9]+)+")

DecisionId = Annotated[str, typer.Argument(help="The decision, for example EC-2026-001."), DECISION]
OpenId = Annotated[str, typer.Argument(help="The decision, for example EC-2026-001."), OPEN]
ProposedId = Annotated[str, typer.Argument(help="The decision, for example EC-2026-001."), PROPOSED]
UndecidedId = Annotated[
    str, typer.Argument(help="The decision, for example EC-2026-001."), UNDECIDED
]
MATTERS = (
    *("admission", "agenda", "activity-report", "amendment", "annulment", "candidates"),
    *("committee-dismissal", "committee-election", "dissolution", "interpretation", "presidency"),
    *("reinstatement", "removal", "resolution", "suspension", "work-programme"),
)
Matter = Annotated[
    str,
    typer.Argument(
        help="admission, suspension, removal, presidency … (b40 statutes show).",
        autocompletion=lambda incomplete: [m for m in MATTERS if m.startswith(incomplete)],
    ),
]
Subject = Annotated[
    str | None,
    typer.Option("--subject", help="What it is about, e.g. bg-plovdiv or INT-01."),
    SUBJECT,
]
MeetingId = Annotated[
    str, typer.Option("--meeting", help="The meeting whose body decides."), MEETING
]
Title = Annotated[str | None, typer.Option("--title", help="A title of your own.")]
ItemNumber = Annotated[
    int | None, typer.Option("--item", min=1, help="Agenda item; else the next.")
]
NeededGrounds = Annotated[
    str | None, typer.Option("--grounds", help="Why: needed to suspend or remove (Art. 9).")
]
Documents = Annotated[
    list[Path] | None, typer.Option("--evidence", help="A document it rests on; may be repeated.")
]
ForTerm = Annotated[int | None, typer.Option("--term", help="The year of the term it is for.")]
Candidates = Annotated[
    list[str] | None,
    typer.Option("--candidate", help="The cities that stand, with commas."),
    MEMBERS,
]
Amend = Annotated[
    list[str] | None,
    typer.Option("--amend", help="parameter=value of an amendment; may be repeated."),
]
Annuls = Annotated[str | None, typer.Option("--annuls", help="The decision to annul."), DECISION]
EffectOption = Annotated[
    str | None,
    typer.Option(
        "--effect",
        help="ex-tunc or ex-nunc; with --statutes-silent: withdrawal-retracted, succession, "
        "stand-in, seat-extended.",
    ),
]
Adopts = Annotated[str | None, typer.Option("--adopts", help="The reading to adopt.")]
Handover = Annotated[
    str | None, typer.Option("--handover", help="before or after, on the day of a handover.")
]
Silent = Annotated[
    bool, typer.Option("--statutes-silent", help="The text is silent: this decision says so.")
]
Succeeds = Annotated[
    list[str] | None,
    typer.Option("--succeeds", help="The cities merged or renamed into it, with commas."),
    MEMBERS,
]
Text = Annotated[
    str | None, typer.Option("--text", help="What an amendment puts into the statutes.")
]
TakesEffect = Annotated[
    str | None,
    typer.Option("--takes-effect", help="An amendment's or a reading's day; else the next one."),
]
Until = Annotated[
    str | None, typer.Option("--until", help="First day after a stand-in or an extended seat.")
]
For = Annotated[list[str] | None, typer.Option("--for", help="Cities for, with commas."), VOTERS]
Against = Annotated[list[str] | None, typer.Option("--against", help="Cities against."), VOTERS]
Abstain = Annotated[list[str] | None, typer.Option("--abstain", help="Cities abstaining."), VOTERS]
Invalid = Annotated[
    list[str] | None, typer.Option("--invalid", help="Cities voting invalidly."), VOTERS
]
Tally = Annotated[
    str | None,
    typer.Option(
        "--tally", help="A secret vote: for=5,against=1; an election: candidate=5,…,ballots=9."
    ),
]
Choices = Annotated[
    list[str] | None,
    typer.Option("--choice", help="In an election: candidate=voter,voter; may be repeated."),
    CHOICES,
]


Announced = Annotated[
    str | None,
    typer.Option("--announced", help="Totals as read out: for=12,against=8; held to the count."),
]
# The options that are days.
DAYS = ("until", "takes_effect")


class PutOptions(NamedTuple):
    """What a question says beside its matter and its meeting."""

    subject: Subject = None
    title: Title = None
    item: ItemNumber = None
    grounds: NeededGrounds = None
    evidence: Documents = None
    term: ForTerm = None
    candidate: Candidates = None
    amend: Amend = None
    annuls: Annuls = None
    effect: EffectOption = None
    adopts: Adopts = None
    handover: Handover = None
    silent: Silent = False
    succeeds: Succeeds = None
    until: Until = None
    text: Text = None
    takes_effect: TakesEffect = None


class BallotOptions(NamedTuple):
    """A vote, by name or in numbers."""

    for_: For = None
    against: Against = None
    abstain: Abstain = None
    invalid: Invalid = None
    tally: Tally = None


def _reference(subject: str | None) -> str | None:
    if subject is None or "/" in subject:
        return subject
    return (
        f"statutes/interpretations/{subject}"
        if subject.startswith("INT-")
        else f"members/{subject}"
    )


def changes(amend: list[str] | None) -> tuple[dict[str, Any], ...]:
    """Read `assembly-quorum=3/4`, `proxies-per-holder=2` or `region=AL,BA`."""
    changes: list[dict[str, Any]] = []
    for word in amend or []:
        name, equals, value = word.partition("=")
        if not equals or not name or not value:
            raise UsageError(f"--amend {word} is no change.", "Write parameter=value.")
        plain: Any = value.split(",") if "," in value else value
        changes.append({"parameter": name, "value": int(value) if value.isdecimal() else plain})
    return tuple(changes)


def _question(opened: Session, matter: str, meeting: str, put: PutOptions) -> Question:
    """What is put or was put to a body."""
    from b40cli.acts.change.questions import Question

    said = put._asdict()
    read_first = ("subject", "evidence", "candidate", "amend", "succeeds", *DAYS)
    for name in read_first:
        del said[name]
    return Question(
        matter,
        _reference(put.subject),
        meeting,
        evidence=tuple(document(opened, file) or {} for file in put.evidence or []),
        candidates=tuple(several(put.candidate)),
        amends=changes(put.amend),
        succeeds=tuple(several(put.succeeds)),
        until=str(day(put.until)) if put.until else None,
        takes_effect=str(day(put.takes_effect)) if put.takes_effect else None,
        **said,
    )


def _chosen(choices: list[str] | None) -> dict[str, list[str]] | None:
    if not choices:
        return None
    chosen: dict[str, list[str]] = {}
    for word in choices:
        candidate, equals, voters = word.partition("=")
        if not equals or not candidate:
            raise UsageError(f"--choice {word} is none.", "Write candidate=voter,voter.")
        chosen.setdefault(candidate, []).extend(several([voters]) if voters else [])
    return chosen


def _one_of(*given: object) -> None:
    if sum(value is not None and value != {} for value in given) != 1:
        raise UsageError(
            "Give ballots, a tally or choices, and only one of them.",
            "--for, --against, … or --tally for=5 or --choice candidate=voter.",
        )


def _ballots(voted: BallotOptions) -> dict[str, list[str]]:
    by_name = (voted.for_, voted.against, voted.abstain, voted.invalid)
    return {side: several(of) for side, of in zip(SIDES, by_name, strict=True) if of}


def _numbers(tally: str, option: str = "--tally") -> dict[str, int | str]:
    """Read `for=5,against=1,casting=for`, or of an election `bg-vodengrad=5,ballots=9`."""
    numbers: dict[str, int | str] = {}
    for word in tally.replace(",", " ").split():
        side, _equals, value = word.partition("=")
        numbered = side in (*SIDES, "ballots") or CANDIDATE.fullmatch(side)
        counted = numbered and value.isdecimal() and len(value) < 10
        if not counted and not (side == "casting" and value in ("for", "against")):
            raise UsageError(
                f"{option} does not understand {word}.",
                "Write for=5,against=1,abstain=0,invalid=0 and, on a tie, casting=for; of an "
                "election the votes of each candidate, and how many ballots: bg-vodengrad=5,"
                "ballots=9.",
            )
        numbers[side] = int(value) if counted else value
    return numbers


def read_out(announced: str | None) -> dict[str, int] | None:
    """The totals as they were read out; in numbers alone."""
    if announced is None:
        return None
    numbers = _numbers(announced, "--announced")
    return {side: n for side, n in numbers.items() if isinstance(n, int)}


def cast(
    voted: BallotOptions,
) -> tuple[dict[str, list[str]] | None, dict[str, int | str] | None] | None:
    """A vote already held, by name or in numbers; None where none was given."""
    ballots = _ballots(voted)
    if not ballots and voted.tally is None:
        return None
    _one_of(ballots, voted.tally, None)
    return ballots or None, _numbers(voted.tally) if voted.tally is not None else None


@act
def propose(
    request: Request,
    matter: Matter,
    meeting: MeetingId,
    put: PutOptions,
) -> Answer[Proposed]:
    """Put a matter to the body whose meeting it is. Nothing is decided by it.

    Examples:
      b40 decision propose admission --subject bg-rosendol --meeting 2026-12-15-ec
      b40 decision propose removal --subject bg-rosendol --meeting 2027-01-26-ga --grounds "…"
      b40 decision propose resolution --statutes-silent --effect stand-in --subject hr-kamenik --meeting 2027-03-02-ec
    """  # noqa: E501
    from b40cli.acts.change import questions

    opened = session(request)
    question = _question(opened, matter, meeting, put)
    return done(request, opened, questions.propose(opened, question))


@act
def open_(request: Request, decision: ProposedId) -> Answer[Opened | Closed]:
    """Open the vote and freeze its roll: seats, roll call and proxies as they are now.

    Example:
      b40 decision open EC-2026-001
    """
    from b40cli.acts import decisions

    opened = session(request)
    return done(request, opened, decisions.open_(opened, decision))


@act
def vote(
    request: Request,
    decision: OpenId,
    voted: BallotOptions,
    choice: Choices = None,
) -> Answer[Voted]:
    """Record ballots by city, the choices of an election, or the numbers of a secret vote.

    Examples:
      b40 decision vote EC-2026-001 --for hr-kamenik,bg-vodengrad --abstain al-aldmar
      b40 decision vote GA-2027-004 --choice bg-vodengrad=hr-kamenik,al-aldmar
      b40 decision vote GA-2027-004 --tally bg-vodengrad=9,al-aldmar=7,ballots=12
    """
    from b40cli.acts import voting

    ballots, chosen = _ballots(voted), _chosen(choice)
    opened = session(request)
    if not ballots and chosen is None and voted.tally is None and may_ask(request):
        ballots = _asked_one_by_one(opened, decision)
    _one_of(ballots, voted.tally, chosen)
    if voted.tally is not None:
        numbers = _numbers(voted.tally)
        return done(request, opened, voting.tally(opened, decision, numbers))
    if chosen is not None:
        return done(request, opened, voting.choose(opened, decision, chosen))
    return done(request, opened, voting.vote(opened, decision, ballots))


def _asked_one_by_one(opened: Session, name: str) -> dict[str, list[str]]:
    """A whole vote in one sitting: those there or represented, side after side."""
    from b40cli.acts.opened.named import called_by, decision_named
    from b40cli.cli import guided
    from b40cli.cli.output import aside

    decision, called = decision_named(opened.before, name), called_by(opened.before)
    by = decision.roll.represented if decision.roll else {}
    voters = decision.roll.voters if decision.roll else ()
    told = {city: f"by {called(by[city])}" if city in by else "" for city in voters}
    options = [guided.Option(city, called(city), beside) for city, beside in told.items()]
    if not options:
        return {}
    aside(
        f"{decision.title}. Votes by name: {len(options) - len(by)} present, {len(by)} represented."
    )
    guided.show(options)
    aside(guided.HOW)
    left = list(options)
    cast = {side: guided.several(side.capitalize(), left, options) for side in SIDES[:3] if left}
    without = ", ".join(option.name for option in left) or "nobody"
    counts = ", ".join(f"{len(of)} {side}" for side, of in cast.items())
    aside(f"Plan: {counts}; without a ballot: {without}.")
    return {side: [option.id for option in of] for side, of in cast.items() if of}


@act
def close(request: Request, decision: OpenId, announced: Announced = None) -> Answer[Closed]:
    """Close a vote, count it and apply its effect, in one commit.

    Who could vote and has no ballot is named; totals read out otherwise than counted are told.

    Examples:
      b40 decision close EC-2026-001
      b40 decision close GA-2027-001 --announced for=12,against=8
    """
    from b40cli.acts import decisions
    from b40cli.acts.reads.counted import told_of

    opened = session(request)
    proposal = decisions.close(opened, decision, read_out(announced))
    told = told_of(opened.before, decision, proposal)
    return done(request, opened, proposal)._replace(beside={"decision": told})


@act
def record(
    request: Request,
    matter: Matter,
    meeting: MeetingId,
    put: PutOptions,
    voted: BallotOptions,
    choice: Choices = None,
    announced: Announced = None,
) -> Answer[VoteRecorded]:
    """Record a vote already held: adopted, rejected, or invalid with the reason.

    Example:
      b40 decision record admission --subject bg-rosendol --meeting 2026-12-15-ec --for hr-kamenik
    """
    from b40cli.acts import decisions

    ballots, chosen = _ballots(voted), _chosen(choice)
    _one_of(ballots, voted.tally, chosen)
    numbers = _numbers(voted.tally) if voted.tally is not None else None
    opened = session(request)
    question = _question(opened, matter, meeting, put)
    said = read_out(announced)
    proposal = decisions.record(opened, question, ballots, numbers, chosen, said)
    return done(request, opened, proposal)


@act
def withdraw(request: Request, decision: UndecidedId) -> Answer[Stated | Closed]:
    """Take a proposal back before it is decided.

    Example:
      b40 decision withdraw EC-2026-001
    """
    from b40cli.acts import decisions

    opened = session(request)
    return done(request, opened, decisions.withdraw(opened, decision))


@read
def list_(
    request: Request,
    state: Annotated[
        str | None, typer.Option("--state", help="Only these: open, adopted …")
    ] = None,
    matter: Annotated[str | None, typer.Option("--matter", help="Only on this matter.")] = None,
) -> Answer[Decisions]:
    """List the decisions.

    Example:
      b40 decision list --state open
    """
    from b40cli.acts.reads import lists

    return lists.decisions(view(request), state, matter)
