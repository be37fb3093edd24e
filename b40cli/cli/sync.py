"""Two clerks at two counters: taking in and sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.options import Request, act
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.history import BranchSent, Synced


@act
def sync(
    request: Request,
    remote: Annotated[
        str | None, typer.Option("--remote", help="The remote; else the branch's own.")
    ] = None,
) -> Answer[Synced | BranchSent]:
    """Take in what others recorded, if it is lawful, or send what was recorded here.

    With --branch it sends that branch, once it is lawful, and tells where the host takes the
    request and the review as its text. Where both sides acted it stops, shows both and names the
    way out; nothing is renumbered.

    Examples:
      b40 sync
      b40 sync --dry-run
      b40 sync --branch mayor-of-vodengrad
    """
    from b40cli.acts import sync as syncing

    if request.on is not None:
        raise UsageError("b40 sync judges each act by its own day.", "Leave --on out.")
    if request.branch is not None:
        return _sent(request, request.branch, remote)
    return syncing.sync(request.repo, request.now(), remote, request.dry_run)


def _sent(request: Request, name: str, remote: str | None) -> Answer[BranchSent]:
    """The branch sent, with the review behind it: the text of the request."""
    from b40cli.acts import sending
    from b40cli.cli.telling import told

    done = sending.send(request.repo, request.now(), name, remote, dry_run=request.dry_run)
    text = told(done.review, "markdown")
    return done.answer._replace(told=f"{done.answer.told}\n\n{text}")
