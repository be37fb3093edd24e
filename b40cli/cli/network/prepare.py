"""Before a meeting: what is there and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.cli.request.arguments import ComingMeeting
from b40cli.cli.request.opening import view
from b40cli.cli.request.options import Request, read
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results.meetings import Prepared


@read
def prepare(request: Request, meeting: ComingMeeting) -> Answer[Prepared]:
    """Every piece of a meeting: done or missing, who owes it, by when, with which command.

    With --on, what has a later day (a notice, a proof of proxy) is not there yet; an agenda or a
    delegation has no day and counts as on record. What was on record then tells --known-at.

    Example:
      b40 meeting prepare 2027-01-26-ga
    """
    from b40cli.acts.ahead import preparing

    return preparing.prepare(view(request), meeting)
