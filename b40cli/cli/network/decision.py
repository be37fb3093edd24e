"""Decisions at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.network.balloting import (
    Announced,
    BallotOptions,
    Choices,
    ballots_of,
    chosen,
    numbers_of,
    one_way,
    read_out,
)
from b40cli.cli.network.putting import (
    MATTERS,
    HeldId,
    Matter,
    MeetingId,
    OpenId,
    ProposedId,
    PutOptions,
    UndecidedId,
    question_of,
)
from b40cli.cli.request.opening import done, session, view
from b40cli.cli.request.options import Request, act, read
from b40cli.cli.request.prompt import may_ask
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results import decisions as shape


@act
def propose(
    request: Request, matter: Matter, meeting: MeetingId, put: PutOptions
) -> Answer[shape.Proposed]:
    """Put a matter to the body whose meeting it is. Nothing is decided by it.

    Examples:
      b40 decision propose admission --subject bg-rosendol --meeting 2026-12-15-ec
      b40 decision propose removal --subject bg-rosendol --meeting 2027-01-26-ga --grounds "Grave harm"
      b40 decision propose resolution --statutes-silent --effect stand-in --subject hr-kamenik --meeting 2027-03-02-ec
    """  # noqa: E501
    from b40cli.acts.change import questions

    opened = session(request)
    question = question_of(opened, matter, meeting, put)
    return done(request, opened, questions.propose(opened, question))


@act
def open_(request: Request, decision: ProposedId) -> Answer[shape.Opened | shape.Closed]:
    """Open the vote and freeze its roll: seats, roll call and proxies as they are now.

    Example:
      b40 decision open EC-2026-001
    """
    from b40cli.acts import decisions

    opened = session(request)
    return done(request, opened, decisions.open_(opened, decision))


@act
def vote(
    request: Request, decision: OpenId, voted: BallotOptions, choice: Choices = None
) -> Answer[shape.Voted]:
    """Record ballots by city, the choices of an election, or the numbers of a secret vote.

    Examples:
      b40 decision vote EC-2026-001 --for hr-kamenik,bg-vodengrad --abstain al-aldmar
      b40 decision vote GA-2027-004 --choice bg-vodengrad=hr-kamenik,al-aldmar
      b40 decision vote GA-2027-004 --tally bg-vodengrad=9,ballots=12
    """
    from b40cli.acts import voting

    ballots, elected = ballots_of(voted), chosen(choice)
    opened = session(request)
    tally = voted.tally
    if not ballots and elected is None and tally is None and may_ask(request):
        from b40cli.acts.opened.named import decision_named
        from b40cli.cli.sitting.sittings import asked_vote

        open_one = decision_named(opened.before, decision)
        ballots, elected, tally = asked_vote(opened, open_one, open_one.roll)
    one_way(ballots, tally, elected)
    if tally is not None:
        numbers = numbers_of(tally)
        return done(request, opened, voting.tally(opened, decision, numbers))
    if elected is not None:
        return done(request, opened, voting.choose(opened, decision, elected))
    return done(request, opened, voting.vote(opened, decision, ballots))


@act
def close(request: Request, decision: OpenId, announced: Announced = None) -> Answer[shape.Closed]:
    """Close a vote, count it and apply its effect, in one commit.

    Who could vote and has no ballot is named; totals read out otherwise than counted are told. The
    verdict is robust, or it turns on open points of the statutes (INT-nn) that could be read so as
    to make it another.

    Examples:
      b40 decision close EC-2026-001
      b40 decision close GA-2027-001 --announced for=12,against=8
    """
    from b40cli.acts import decisions
    from b40cli.acts.votes.counted import told_of

    opened = session(request)
    proposal = decisions.close(opened, decision, read_out(announced))
    told = told_of(opened.before, decision, proposal)
    answer = done(request, opened, proposal)
    return answer._replace(beside={**answer.beside, "decision": told})


@act
def record(
    request: Request,
    matter: Matter,
    meeting: HeldId,
    put: PutOptions,
    voted: BallotOptions,
    choice: Choices = None,
    announced: Announced = None,
) -> Answer[shape.VoteRecorded]:
    """Record a vote already held: adopted, rejected, or invalid with the reason.

    Example:
      b40 decision record admission --subject bg-rosendol --meeting 2026-12-15-ec --for hr-kamenik
    """
    from b40cli.acts import decisions

    ballots, elected, tally = ballots_of(voted), chosen(choice), voted.tally
    asking = not ballots and elected is None and tally is None and may_ask(request)
    if not asking:
        one_way(ballots, tally, elected)
    opened = session(request)
    question = question_of(opened, matter, meeting, put)
    if asking:
        from b40cli.cli.sitting.sittings import asked_vote

        ballots, elected, tally = asked_vote(opened, *decisions.as_open(opened, question))
        one_way(ballots, tally, elected)
    numbers = numbers_of(tally) if tally is not None else None
    said = read_out(announced)
    proposal = decisions.record(opened, question, ballots, numbers, elected, said)
    return done(request, opened, proposal)


@act
def withdraw(request: Request, decision: UndecidedId) -> Answer[shape.Stated | shape.Closed]:
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
    matter: Annotated[
        str | None,
        typer.Option("--matter", help="Only on this matter.", autocompletion=lambda: list(MATTERS)),
    ] = None,
) -> Answer[shape.Decisions]:
    """List the decisions.

    Example:
      b40 decision list --state open
    """
    from b40cli.acts.reads import lists

    return lists.decisions(view(request), state, matter)
