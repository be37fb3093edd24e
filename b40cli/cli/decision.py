"""Decisions at the counter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from b40cli.cli.counter import document, done, session, several, view
from b40cli.cli.options import Desk, act, read
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

Name = Annotated[str, typer.Argument(help="The decision, for example EC-2026-001.")]
Matter = Annotated[
    str, typer.Argument(help="admission, suspension, reinstatement, or another matter.")
]
Subject = Annotated[str, typer.Option("--subject", help="The city it is about, e.g. bg-plovdiv.")]
MeetingId = Annotated[str, typer.Option("--meeting", help="The meeting that decides.")]
Title = Annotated[str | None, typer.Option("--title", help="A title of your own.")]
Item = Annotated[int | None, typer.Option("--item", min=1, help="Agenda item; else the next.")]
Grounds = Annotated[str | None, typer.Option("--grounds", help="Why: needed to suspend (Art. 9).")]
Evidence = Annotated[
    list[Path] | None, typer.Option("--evidence", help="A document it rests on; may be repeated.")
]
For = Annotated[list[str] | None, typer.Option("--for", help="Cities for, with commas.")]
Against = Annotated[list[str] | None, typer.Option("--against", help="Cities against.")]
Abstain = Annotated[list[str] | None, typer.Option("--abstain", help="Cities abstaining.")]
Invalid = Annotated[list[str] | None, typer.Option("--invalid", help="Cities voting invalidly.")]
Tally = Annotated[
    str | None, typer.Option("--tally", help="A secret vote: for=5,against=1,abstain=0.")
]


SIDES = ("for", "against", "abstain", "invalid")


def _reference(subject: str) -> str:
    return subject if "/" in subject else f"members/{subject}"


def _ballots(
    for_: list[str] | None,
    against: list[str] | None,
    abstain: list[str] | None,
    invalid: list[str] | None,
) -> dict[str, list[str]]:
    sides = {"for": for_, "against": against, "abstain": abstain, "invalid": invalid}
    return {side: several(cities) for side, cities in sides.items() if cities}


def _numbers(tally: str) -> dict[str, int | str]:
    """Read `for=5,against=1,casting=for`."""
    numbers: dict[str, int | str] = {}
    for word in tally.replace(",", " ").split():
        side, _equals, value = word.partition("=")
        counted = side in SIDES and value.isdecimal() and len(value) < 10
        if not counted and not (side == "casting" and value in ("for", "against")):
            raise UsageError(
                f"--tally does not understand {word}.",
                "Write for=5,against=1,abstain=0,invalid=0 and, on a tie, casting=for.",
            )
        numbers[side] = int(value) if counted else value
    return numbers


@act
def propose(
    desk: Desk,
    matter: Matter,
    subject: Subject,
    meeting: MeetingId,
    title: Title = None,
    item: Item = None,
    grounds: Grounds = None,
    evidence: Evidence = None,
) -> Answer:
    """Put a matter to the Executive Committee. Nothing is decided by it.

    Example:
      b40 decision propose admission --subject bg-plovdiv --meeting 2026-12-15-ec
    """
    from b40cli.acts import decisions

    opened = session(desk)
    papers = [document(opened, file) or {} for file in evidence or []]
    question = decisions.Question(
        matter, _reference(subject), meeting, title, item, grounds, tuple(papers)
    )
    return done(desk, opened, decisions.propose(opened, question))


@act
def open_(desk: Desk, decision: Name) -> Answer:
    """Open the vote and freeze its roll: seats, roll call and proxies as they are now.

    Example:
      b40 decision open EC-2026-001
    """
    from b40cli.acts import decisions

    opened = session(desk)
    return done(desk, opened, decisions.open_(opened, decision))


@act
def vote(
    desk: Desk,
    decision: Name,
    for_: For = None,
    against: Against = None,
    abstain: Abstain = None,
    invalid: Invalid = None,
    tally: Tally = None,
) -> Answer:
    """Record ballots by city, or the numbers of a secret vote.

    Example:
      b40 decision vote EC-2026-001 --for hr-zagreb,bg-sofia --abstain al-tirana
    """
    from b40cli.acts import decisions

    ballots = _ballots(for_, against, abstain, invalid)
    if bool(ballots) == (tally is not None):
        raise UsageError("Give ballots or a tally.", "--for, --against, …, or --tally for=5.")
    opened = session(desk)
    if tally is not None:
        return done(desk, opened, decisions.tally(opened, decision, _numbers(tally)))
    return done(desk, opened, decisions.vote(opened, decision, ballots))


@act
def close(desk: Desk, decision: Name) -> Answer:
    """Close a vote, count it and apply its effect, in one commit.

    Example:
      b40 decision close EC-2026-001
    """
    from b40cli.acts import decisions

    opened = session(desk)
    return done(desk, opened, decisions.close(opened, decision))


@act
def record(
    desk: Desk,
    matter: Matter,
    subject: Subject,
    meeting: MeetingId,
    for_: For = None,
    against: Against = None,
    abstain: Abstain = None,
    invalid: Invalid = None,
    tally: Tally = None,
    title: Title = None,
    item: Item = None,
    grounds: Grounds = None,
    evidence: Evidence = None,
) -> Answer:
    """Record a vote already held: adopted, rejected, or invalid with the reason.

    Example:
      b40 decision record admission --subject bg-plovdiv --meeting 2026-12-15-ec --for hr-zagreb
    """
    from b40cli.acts import decisions

    opened = session(desk)
    papers = [document(opened, file) or {} for file in evidence or []]
    question = decisions.Question(
        matter, _reference(subject), meeting, title, item, grounds, tuple(papers)
    )
    ballots = _ballots(for_, against, abstain, invalid)
    if bool(ballots) == (tally is not None):
        raise UsageError("Give ballots or a tally.", "--for, --against, …, or --tally for=5.")
    numbers = _numbers(tally) if tally is not None else None
    return done(desk, opened, decisions.record(opened, question, ballots, numbers))


@act
def withdraw(desk: Desk, decision: Name) -> Answer:
    """Take a proposal back before it is decided.

    Example:
      b40 decision withdraw EC-2026-001
    """
    from b40cli.acts import decisions

    opened = session(desk)
    return done(desk, opened, decisions.withdraw(opened, decision))


@read
def list_(
    desk: Desk,
    state: Annotated[
        str | None, typer.Option("--state", help="Only these: open, adopted …")
    ] = None,
    matter: Annotated[str | None, typer.Option("--matter", help="Only on this matter.")] = None,
) -> Answer:
    """List the decisions.

    Example:
      b40 decision list --state open
    """
    from b40cli.acts import lists

    return lists.decisions(view(desk), state, matter)
