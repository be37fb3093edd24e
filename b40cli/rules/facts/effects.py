"""Whether a decision stands, and from when it has its effect."""

from __future__ import annotations

from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.decision import Decision
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.annulled import annulling
from b40cli.rules.facts.handover import binds_at


def has_effect(registry: Registry, decision: Decision | None, moment: Moment) -> bool:
    """Whether a decision has taken effect by a moment, and stands."""
    if decision is None or not stands(registry, decision, moment.day):
        return False
    return takes_effect(registry, decision.closed, decision.id, moment)


def stands(registry: Registry, decision: Decision, day: date | None = None) -> bool:
    """Whether a decision carried and is not annulled: ex tunc at all, ex nunc by the day.

    An annulment that was annulled ex nunc has its effect on the days before that.
    """
    if decision.state != "adopted":
        return False
    if day is not None:
        annulments = annulling(registry).get(decision.id, ())
        return not any(_annuls(registry, by, day) for by in annulments)
    annulment = registry.annulments().get(decision.id)
    return annulment is None or annulment.closed is None or annulment.effect == "ex-nunc"


def _annuls(registry: Registry, annulment: Decision, day: date) -> bool:
    """Whether an annulment has its effect on a day: while it stands itself."""
    if annulment.closed is None or (annulment.effect == "ex-nunc" and day < annulment.closed):
        return False
    return stands(registry, annulment, day)


def takes_effect(registry: Registry, day: date | None, by: str | None, moment: Moment) -> bool:
    """Whether what rests on a decision has begun by a moment: the items after it are bound."""
    if day is None or day > moment.day:
        return False
    if day < moment.day or moment.item is None or by is None:
        return True
    decision = registry.decision(by)
    if decision is not None and decision.meeting is None:
        return binds_at(registry, decision, moment)
    if decision is None or decision.meeting != moment.meeting or decision.item is None:
        return True
    return decision.item < moment.item
