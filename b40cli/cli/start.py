"""Where a register begins: init, import, and the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.opening import done, session
from b40cli.cli.options import Request, act, day, read
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.trust import Begun, Imported, Played

ROSTERS = ("members", "committee", "meetings", "decisions")


@act
def init(
    request: Request,
    folder: Annotated[Path | None, typer.Argument(help="A folder; else this one.")] = None,
    name: Annotated[
        str, typer.Option("--name", help="The network's name.")
    ] = "B40 Balkan Cities Network",
    founded: Annotated[str | None, typer.Option("--founded", help="Its founding day.")] = None,
    place: Annotated[str, typer.Option("--place", help="Where it was founded.")] = "Istanbul",
    headquarters: Annotated[
        str, typer.Option("--headquarters", help="The city of its Secretariat.")
    ] = "tr-istanbul",
    opened: Annotated[
        str | None, typer.Option("--opened", help="The day the register starts; else today.")
    ] = None,
    official: Annotated[
        bool, typer.Option("--official", help="The network has adopted this register.")
    ] = False,
) -> Answer[Begun]:
    """Begin a register: the statutes as data, an empty list of everything, one commit.

    Example:
      b40 init our-network --name "Network of Cities" --opened 2026-01-05
    """
    from b40cli.acts.starting import Founding, begin

    start = day(opened) if opened else request.today()
    if start > request.now():
        raise UsageError(f"--opened {start} has not come yet.", "A register opens today or before.")
    if request.branch is not None:
        raise UsageError("A register does not begin on a branch.", "Leave --branch out.")
    where = (folder or request.repo or Path()).absolute()
    founding = Founding(
        name, day(founded) if founded else start, place, headquarters, start, official
    )
    return begin(where, founding, dry_run=request.dry_run)


@act
def import_(
    request: Request,
    file: Annotated[Path, typer.Argument(help="A YAML or CSV file.")],
    whole: Annotated[
        list[str] | None,
        typer.Option("--whole", help="This list is whole from the opening day: members …"),
    ] = None,
) -> Answer[Imported]:
    """Bring in the opening record: what was before the register, each fact with its source.

    Shows what would come in and asks; in a pipe add --yes, or --dry-run to look only. All rows
    come in, or none.

    Example:
      b40 import opening.csv --dry-run
    """
    from b40cli.acts.change.perform import as_bytes, judged
    from b40cli.acts.importing import bring_in
    from b40cli.cli.output import aside
    from b40cli.cli.prompt import agreed
    from b40cli.model.finding import refuses
    from b40cli.render.visible import visible

    opened = session(request)
    unknown = [roster for roster in whole or [] if roster not in ROSTERS]
    if unknown:
        raise UsageError(f"--whole {unknown[0]} is no list.", f"One of {', '.join(ROSTERS)}.")
    proposal = bring_in(opened, file, dict.fromkeys(whole or [], opened.network.opened))
    if (
        not request.dry_run
        and not request.yes
        and not refuses(judged(opened, as_bytes(opened, proposal.edits)))
    ):
        aside("\n".join(visible(path) for path in proposal.result["records"]))
        if not agreed(f"{proposal.headline}: bring them in?", request):
            raise UsageError("Nothing was brought in.", "Ask again when the file is right.")
    return done(request, opened, proposal)


@read
def demo(
    request: Request,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Where to build it; else a temporary folder.")
    ] = None,
) -> Answer[Played]:
    """Show the main job in a minute, in a scratch folder that is left for you to play with.

    Example:
      b40 demo
    """
    from b40cli.cli.demo import played

    return played(request, folder)
