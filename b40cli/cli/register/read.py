"""Questions at the counter: what waits, who, how many, what, since when, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import CITY, MEETING, RECORD
from b40cli.cli.request.opening import view, view_then
from b40cli.cli.request.options import Request, read
from b40cli.cli.request.output import talk
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError, refuse_unknown

if TYPE_CHECKING:
    from b40cli.acts.opened.view import View
    from b40cli.model.results.cities import CityShown, Health, Search
    from b40cli.model.results.duties import DeskShown
    from b40cli.model.results.records import Log, Shown
    from b40cli.model.results.rolls import QuorumShown, RollShown
    from b40cli.model.results.statutes import Explained


@read
def status(request: Request) -> Answer[DeskShown]:
    """What waits: overdue, due within 60 days, expiring, pending, each with its next command.

    Example:
      b40 status --on 2026-11-23
    """
    from b40cli.acts.reads.desk import status as office

    return office.status(view_then(request))


@read
def city(
    request: Request,
    name: Annotated[str, typer.Argument(help="The city or observer, e.g. hr-kamenik."), CITY],
) -> Answer[CityShown]:
    """One page for the telephone: membership, vote, who represents it, offices, dues, its turn.

    Example:
      b40 city kamenik
    """
    from b40cli.acts.reads.desk import city as telephone

    return telephone.city(view_then(request), name)


@read
def search(
    request: Request,
    words: Annotated[list[str], typer.Argument(help="What stands in an id, a name or a text.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")] = 50,
) -> Answer[Search]:
    """Find records by id, by name in any script, by title or by any text in them.

    Examples:
      b40 search kamenik
      b40 search flood response
    """
    from b40cli.acts.reads import search as searching

    return searching.search(view_then(request), " ".join(words), limit)


@read
def roll(request: Request) -> Answer[RollShown]:
    """Who is a member on a day, and who has a vote.

    Example:
      b40 roll --on 2026-11-23
    """
    from b40cli.acts.reads import rolls

    return rolls.roll(view(request))


@read
def quorum(
    request: Request,
    meeting: Annotated[
        str | None,
        typer.Argument(help="A meeting; else the General Assembly, if it met today."),
        MEETING,
    ] = None,
    body: Annotated[str | None, typer.Option("--body", help="ga or ec, without a meeting.")] = None,
) -> Answer[QuorumShown]:
    """How many are entitled, required, counted and missing, and who could still give a proxy.

    With --on, a roll call, a proof or a revocation of a later day is left out.

    Examples:
      b40 quorum
      b40 quorum 2026-12-15-ec
    """
    from b40cli.acts.votes import quorum as counted

    refuse_unknown("--body", body, ("ga", "ec"))
    return counted.quorum(view(request), meeting, body)


@read
def show(
    request: Request,
    reference: Annotated[
        str, typer.Argument(help="An id, or a path such as presidencies/2026."), RECORD
    ],
) -> Answer[Shown]:
    """Show any record, and the records that name it.

    Example:
      b40 show presidencies/2026
    """
    from b40cli.acts.reads import records

    return records.show(view(request), reference)


@read
def log(
    request: Request,
    reference: Annotated[
        str | None, typer.Argument(help="A record; else all of them."), RECORD
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")] = 20,
) -> Answer[Log]:
    """The acts that made a record what it is, the newest first; with --on those of days until then.

    Example:
      b40 log gr-athens
    """
    from b40cli.acts.reads import records

    return records.log(view(request), reference, limit, request.today() if request.on else None)


@read
def explain(
    request: Request,
    reference: Annotated[str, typer.Argument(help="A rule, INT-nn, or an article such as art13.")],
) -> Answer[Explained]:
    """Explain a rule, an open point or an article: norm, numbers, what fails, how to cure it.

    Where there is no register around, by the statutes that come with b40.

    Examples:
      b40 explain committee-quorum
      b40 explain INT-03
      b40 explain art13
    """
    from b40cli.acts.reads import statutes

    return statutes.explain(_statutes(request), reference)


def _statutes(request: Request) -> View:
    """The register around; outside of any, the one that comes with b40, for as long as it runs."""
    try:
        return view(request)
    except UsageError:
        if request.repo is not None or request.known_at is not None:
            raise
    import atexit
    from pathlib import Path
    from shutil import copytree, rmtree
    from tempfile import mkdtemp

    from b40cli.acts.opened.view import open_view
    from b40cli.store.git.repository import Repository
    from b40cli.store.shipped import shipped

    folder = Path(mkdtemp(prefix="b40-statutes-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    copytree(shipped("registry"), folder / "registry")
    Repository.fresh(folder)
    if not request.quiet:
        talk("No register here: explained by the statutes that come with b40.")
    return open_view(folder, request.today())


@read
def doctor(request: Request) -> Answer[Health]:
    """Whether this clone can do its work: identity, signing, remote, hooks, clock, rule set.

    Example:
      b40 doctor
    """
    from b40cli.acts.reads import doctor as health

    return health.doctor(view(request), request.now())
