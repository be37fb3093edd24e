"""Observers: who is invited, and whose status holds on a day (Art. 6)."""

from __future__ import annotations

from datetime import date

from b40cli.model.facts.observer import Invitation, Observer
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.effects import stands


def invited(registry: Registry, observer: Observer, day: date) -> tuple[Invitation, ...]:
    """The invitations that hold on a day; what an annulled decision gave or ended, it did not."""
    return tuple(
        invitation
        for invitation in observer.invitations
        if invitation.on <= day
        and ground_stands(registry, invitation.by, day)
        and not any(
            ends <= day and ground_stands(registry, by, day)
            for ends, by in observer.ends_of(invitation)
        )
    )


def ground_stands(registry: Registry, by: str | None, day: date) -> bool:
    """Whether what an invitation rests on, or its end, holds on a day; a source always does."""
    decision = registry.decision(by)
    return decision is None or stands(registry, decision, day)


def observers_on(registry: Registry, day: date) -> tuple[str, ...]:
    """The ids of those with observer status on a day."""
    return tuple(o.id for o in registry.observers() if invited(registry, o, day))
