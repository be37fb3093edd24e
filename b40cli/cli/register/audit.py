"""The audit at the counter: all of history, and a word on the way where it takes long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.options import Request, read
from b40cli.cli.request.output import aside
from b40cli.cli.request.progress import count
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.wording import counted

if TYPE_CHECKING:
    from b40cli.model.results.history import Audited

SLOW = 2.0


@read
def audit(
    request: Request,
    range_: Annotated[
        str | None, typer.Argument(metavar="[RANGE]", help="BASE..HEAD, or a commit; else all.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="OID", help="A published commit history must contain."),
    ] = None,
) -> Answer[Audited]:
    """Judge history again, commit by commit, by the law of each day.

    Examples:
      b40 audit
      b40 audit --since HEAD
      b40 audit HEAD~1..HEAD --json
    """
    from b40cli.acts.audit.audit import audit as audited

    if request.known_at is not None:
        raise UsageError("--known-at is no part of an audit.", "Name the last commit as its RANGE.")
    return audited(
        request.repo, request.today(), range_, since, _Progress(request.quiet), request.now()
    )


class _Progress:
    """How far it is, said on standard error every few seconds of long work."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Say it, if it is time."""
        if count(done, total):
            return
        if not self.quiet and time.monotonic() - self.said > SLOW:
            self.said = time.monotonic()
            aside(f"b40: {min(done, total)} of {counted(total, 'commit')} judged")
