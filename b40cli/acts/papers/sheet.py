"""What every paper of the house has: letterhead, the day, the state it was written from."""

from __future__ import annotations

from collections.abc import Iterable

from b40cli.acts.opened.view import View
from b40cli.model.paper import Paper, PaperPart
from b40cli.model.wording import on_day


def sheet(
    view: View,
    title: str,
    lead: str,
    reference: str,
    running: str,
    parts: Iterable[PaperPart],
    dated: bool = False,
) -> Paper:
    """A paper of the Secretariat; `dated` where it holds on the day asked about alone."""
    return Paper(
        network=view.network.name,
        title=title,
        lead=lead,
        reference=reference,
        running=running,
        day=view.on,
        basis=basis(view, dated),
        parts=tuple(parts),
        unofficial=view.network.status != "official",
    )


def basis(view: View, dated: bool = False) -> str:
    """The foot of each page: which state of the register it was written from."""
    commit = view.known or view.commit
    state = f"Register at commit {commit[:12]}" if commit else "Register not committed as it stands"
    return f"As of {on_day(view.on)} · {state[0].lower()}{state[1:]}" if dated else state
