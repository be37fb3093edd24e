"""The list of observers: every request and every grant (Art. 6)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.errors import refuse_unknown
from b40cli.model.facts.observer import STATES, Invitation, Observer, ObserverState
from b40cli.rules.facts.observing import invited

if TYPE_CHECKING:
    from b40cli.model.results.groups import ObserverRow, Observers


def listed(view: View, state: str | None, everything: bool) -> Answer[Observers]:
    """The list of observers: every request and every grant, ended ones on request."""
    refuse_unknown("--state", state, STATES)
    rows = [_row(view, observer) for observer in view.registry.observers()]
    shown = [row for row in rows if (row["state"] == state if state else row["state"] != "ended")]
    return answer(view, "observer list", {"observers": rows if everything else shown})


def _row(view: View, observer: Observer) -> ObserverRow:
    holding = invited(view.registry, observer, view.on)
    return {
        "id": observer.id,
        "name": observer.name,
        "kind": observer.kind,
        "country": observer.country,
        "state": _state(observer, holding, view.on),
        "requested": str(observer.requested) if observer.requested else None,
        "invited_to": [invitation.group or "ga" for invitation in holding],
        "ended": str(observer.ended.on) if observer.ended else None,
    }


def _state(observer: Observer, holding: Collection[Invitation], day: date) -> ObserverState:
    if holding:
        return "invited"
    over = any(i.on <= day for i in observer.invitations)
    if over or (observer.ended is not None and observer.ended.on <= day):
        return "ended"
    return "requested" if observer.requested and observer.requested <= day else "listed"
