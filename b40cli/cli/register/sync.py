"""Two clerks at two counters: taking in and sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.options import Request, act
from b40cli.cli.request.output import aside
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from b40cli.acts.register.sending import BranchReviewed, Sending
    from b40cli.model.results.history import BranchSent, Synced


@act
def sync(
    request: Request,
    remote: Annotated[
        str | None, typer.Option("--remote", help="The remote; else the branch's own.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Make the branch's acts again on the base first.")
    ] = False,
) -> Answer[Synced | BranchSent]:
    """Take in what others recorded, if it is lawful, or send what was recorded here.

    With --branch it sends that branch, once it is lawful, and tells where the host takes the
    request and the review as its text; with --again its acts are made again on the base as it is
    now, judged anew, with new ids where others took them: that is shown first. Where both sides
    acted it stops, shows both and names the way out; nothing is renumbered.

    Examples:
      b40 sync
      b40 sync --dry-run
      b40 sync --branch mayor-of-vodengrad
      b40 sync --branch mayor-of-vodengrad --again
    """
    from b40cli.acts.register import sync as syncing

    if request.on is not None:
        raise UsageError("b40 sync judges each act by its own day.", "Leave --on out.")
    if request.branch is not None:
        return _sent(request, request.branch, remote, again=again)
    if again:
        raise UsageError("--again is about a branch.", "Name it: b40 sync --branch NAME --again.")
    return syncing.sync(request.repo, request.now(), remote, request.dry_run)


def _sent(request: Request, name: str, remote: str | None, *, again: bool) -> Answer[BranchSent]:
    """The branch sent, with the review behind it: the text of the request."""
    from b40cli.acts.register import sending
    from b40cli.cli.telling import told

    today = request.now()
    met = sending.sending(request.repo, today, name, remote)
    behind = again and not met.on_base
    done = _again(met, request) if behind else sending.send(met, today, dry_run=request.dry_run)
    if done.review is None:
        return done.answer
    text = told(done.review, "markdown")
    return done.answer._replace(told=f"{done.answer.told}\n\n{text}")


def _again(met: Sending, request: Request) -> BranchReviewed:
    """What changes is shown before anything moves; an id on a letter moves with a yes alone."""
    from b40cli.acts.register import sending
    from b40cli.acts.register.again import made_again
    from b40cli.cli.request.prompt import NotAgreed, agreed, at_terminal

    today = request.now()
    plan = made_again(met.session.repository, met.base, met.oid, today)
    moving = not request.dry_run and plan.steps and not plan.refused
    if moving and (plan.lettered or at_terminal()):
        aside("\n".join(map(visible, plan.lines())))
        if not agreed(f"Make these again on {met.shared.shared}, and send {met.name}?", request):
            raise NotAgreed("Nothing was moved or sent.", "The branch stands as it was.")
    return sending.put_again(met, plan, today, dry_run=request.dry_run)
