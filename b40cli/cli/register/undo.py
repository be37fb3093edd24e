"""Taking one's own last act back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.cli.request.opening import session
from b40cli.cli.request.options import Request, act
from b40cli.cli.request.output import aside
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from b40cli.model.results.history import Undone


@act
def undo(request: Request) -> Answer[Undone]:
    """Take back your own last act, while it was not sent: what stood before it is recorded again.

    Both commits stay in the log, and the id may be given again. What was sent is corrected or
    annulled instead; a merge, a change of trust/ and a newer rule set are not undone.

    Examples:
      b40 undo --dry-run
      b40 undo
    """
    from b40cli.acts.register import undo as undoing
    from b40cli.cli.request.prompt import NotAgreed, agreed, at_terminal

    if request.branch is not None:
        raise UsageError("b40 undo works on the branch you stand on.", "Leave --branch out.")
    opened = session(request)
    found = undoing.undoing(opened)
    if at_terminal() and not request.yes and not request.dry_run:
        aside("\n".join(map(visible, found.shown.split("\n"))))
        if not agreed(f"Take back {found.act.commit.subject}?", request):
            raise NotAgreed("Nothing was taken back.", "The act stands as it was.")
    return undoing.undo(opened, found, dry_run=request.dry_run)
