"""Two clerks at two counters: taking in and sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.options import Request, act
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.history import Synced


@act
def sync(
    request: Request,
    remote: Annotated[
        str | None, typer.Option("--remote", help="The remote; else the branch's own.")
    ] = None,
) -> Answer[Synced]:
    """Take in what others recorded, if it is lawful, or send what was recorded here.

    Where both sides acted it stops, shows both and names the way out; nothing is renumbered.

    Examples:
      b40 sync
      b40 sync --dry-run
    """
    from b40cli.acts import sync as syncing

    if request.branch is not None:
        raise UsageError("b40 sync works on the branch you stand on.", "Leave --branch out.")
    if request.on is not None:
        raise UsageError("b40 sync judges each act by its own day.", "Leave --on out.")
    return syncing.sync(request.repo, request.now(), remote, request.dry_run)
