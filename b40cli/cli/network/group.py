"""Working groups at the counter (Art. 14)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import (
    DAY,
    GROUP,
    OF_THE_NETWORK,
    PAPER,
    TODAY,
    VOTING,
    Outgoing,
    Person,
    SignedDecision,
    Why,
)
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import document, done, session, view_then
from b40cli.cli.request.options import Request, act, day, read
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results.groups import ExpertRecorded, GroupDecided, Groups, ProgrammeSubmitted

GroupId = Annotated[str, typer.Argument(help="The group, for example local-climate-action."), GROUP]
MemberCity = Annotated[str, typer.Argument(help="The member city, for example bg-plovdiv."), VOTING]


@act
def open_(
    request: Request,
    name: Annotated[str, typer.Argument(help="The name of the special group.")],
    own_id: Annotated[str | None, typer.Option("--id", help="An id of your own.")] = None,
    person: Person = None,
    evidence: Annotated[
        Path | None,
        typer.Option("--evidence", help="The President's signed decision."),
        Wanted("file", blank="blank: a permanent group needs none"),
    ] = None,
    grounds: Why = None,
    outgoing: Outgoing = None,
) -> Answer[GroupDecided]:
    """Record that the President sets up a special group; it ends after one year.

    A permanent group of the statutes that has no record yet is written without a decision.

    Examples:
      b40 group open "Flood Response" --evidence decision.pdf
      b40 group open "Local Climate Action"
    """
    from b40cli.acts import groups
    from b40cli.acts.change import unilateral

    opened = session(request)
    signed = unilateral.SignedPaper(person, document(opened, evidence), grounds, city=outgoing)
    return done(request, opened, groups.open_(opened, name, own_id, signed))


@act
def lead(
    request: Request,
    group: GroupId,
    city: MemberCity,
    person: Person = None,
    evidence: SignedDecision = None,
    grounds: Why = None,
    outgoing: Outgoing = None,
) -> Answer[GroupDecided]:
    """Record the leader the President designates; the lead before ends on that day.

    Example:
      b40 group lead local-climate-action bg-rosendol --evidence decision.pdf
    """
    from b40cli.acts import groups
    from b40cli.acts.change import unilateral

    opened = session(request)
    signed = unilateral.SignedPaper(person, document(opened, evidence), grounds, city=outgoing)
    return done(request, opened, groups.lead(opened, group, city, signed))


@act
def expert(
    request: Request,
    group: GroupId,
    name: Annotated[str, typer.Argument(help="The expert's name.")],
    city: Annotated[
        str, typer.Option("--city", help="The member city the expert comes from."), OF_THE_NETWORK
    ],
    start: Annotated[
        str | None, typer.Option("--from", help="First day; else today."), TODAY
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="First day after it.")] = None,
) -> Answer[ExpertRecorded]:
    """Record an expert of a member city; with --until, that one has left.

    Example:
      b40 group expert local-climate-action "Ana Primer" --city bg-rosendol
    """
    from b40cli.acts import groups

    opened = session(request)
    begins = day(start) if start else opened.on
    ends = day(until) if until else None
    return done(request, opened, groups.expert(opened, group, name, city, begins, ends))


@act
def programme(
    request: Request,
    group: GroupId,
    year: Annotated[
        int | None,
        typer.Option("--year", min=1900, max=2199, help="Its year; else the current one."),
        Wanted("number", blank="blank: the current one"),
    ] = None,
    goal: Annotated[
        list[str] | None,
        typer.Option("--goal", help="A concrete goal; may be repeated."),
        Wanted(blank=None),
    ] = None,
    consulted: Annotated[
        str | None, typer.Option("--consulted", help="The day the President was consulted."), DAY
    ] = None,
    paper: Annotated[Path | None, typer.Option("--document", help="The programme."), PAPER] = None,
) -> Answer[ProgrammeSubmitted]:
    """Submit a group's Annual Work Programme; the Executive Committee approves it by vote.

    Example:
      b40 group programme local-climate-action --year 2027 --goal "Shade for ten squares"
    """
    from b40cli.acts import groups

    opened = session(request)
    heard = day(consulted) if consulted else None
    draft = groups.Draft(year or opened.on.year, tuple(goal or ()), heard, document(opened, paper))
    return done(request, opened, groups.programme(opened, group, draft))


@read
def list_(
    request: Request,
    everything: Annotated[bool, typer.Option("--all", help="Ended ones too.")] = False,
) -> Answer[Groups]:
    """List the working groups: leader, experts, programme and meetings of the year.

    Example:
      b40 group list --on 2026-11-23
    """
    from b40cli.acts.reads import groups

    return groups.listed(view_then(request), everything)
