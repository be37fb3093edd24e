"""Proxies at the counter (Art. 13)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from b40cli.cli.counter import document, done, moment, session
from b40cli.cli.options import Desk, act
from b40cli.model.answer import Answer


@act
def give(
    desk: Desk,
    meeting: Annotated[str, typer.Argument(help="The meeting, for example 2026-12-15-ec.")],
    principal: Annotated[str, typer.Option("--from", help="The city that is represented.")],
    holder: Annotated[str, typer.Option("--to", help="The city that represents it.")],
    paper: Annotated[
        Path | None, typer.Option("--document", help="The written authorisation.")
    ] = None,
    secretary: Annotated[
        str | None, typer.Option("--sent-secretary", help="When the Secretary was sent it.")
    ] = None,
    president: Annotated[
        str | None, typer.Option("--sent-president", help="When the President was sent it.")
    ] = None,
) -> Answer:
    """Record one member's written proxy to another for a meeting.

    Example:
      b40 proxy give 2026-12-15-ec --from al-tirana --to hr-zagreb --document proxy.pdf
    """
    from b40cli.acts import meetings

    opened = session(desk)
    sent = {
        name: moment(time, f"--sent-{name}")
        for name, time in (("secretary", secretary), ("president", president))
        if time
    }
    paper_record = document(opened, paper)
    proposal = meetings.give_proxy(opened, meeting, principal, holder, paper_record, sent)
    return done(desk, opened, proposal)
