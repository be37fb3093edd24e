"""The desk at the counter."""

from __future__ import annotations

from b40cli.cli.opening import view
from b40cli.cli.options import Request, read
from b40cli.model.answer import Answer


@read
def status(request: Request) -> Answer:
    """What waits: overdue, due within 60 days, expiring, pending, each with its next command.

    Example:
      b40 status --on 2026-11-23
    """
    from b40cli.acts.reads import status as office

    return office.status(view(request))
