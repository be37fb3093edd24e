"""Suspensions of a city: whether one binds at a moment (Art. 9)."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.day import Moment
from b40cli.model.facts.member import Suspension
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.effects import stands, takes_effect


def is_suspended(registry: Registry, city: str, moment: Moment) -> bool:
    """Whether a suspension of the city is running at the moment."""
    return running_suspension(registry, city, moment) is not None


def running_suspension(registry: Registry, city: str, moment: Moment) -> Suspension | None:
    """The suspension that binds at the moment, the first on record where several do."""
    return next(running_suspensions(registry, city, moment), None)


def running_suspensions(registry: Registry, city: str, moment: Moment) -> Iterator[Suspension]:
    """Those that bind at the moment: an effect binds the agenda items after it.

    One that was entered late may run beside another.
    """
    member = registry.member(city)
    for suspension in () if member is None else member.suspensions:
        ground = registry.decision(suspension.by)
        if ground is not None and not stands(registry, ground, moment.day):
            continue
        begun = takes_effect(registry, suspension.start, suspension.by, moment)
        same = (s for s in member.suspensions if s.by == suspension.by) if member else ()
        if begun and not any(_lifted(registry, s, moment) for s in same):
            yield suspension


@remembered
def suspended_between(registry: Registry, opening: Moment, moment: Moment) -> frozenset[str]:
    """The cities a suspension of which began to bind between two moments, lifted since or not."""
    begun = ((m.id, s.start, s.by) for m in registry.members() for s in m.suspensions)
    return frozenset(
        city
        for city, start, by in begun
        if takes_effect(registry, start, by, moment)
        and not takes_effect(registry, start, by, opening)
    )


def _lifted(registry: Registry, suspension: Suspension, moment: Moment) -> bool:
    ground = registry.decision(suspension.lifted_by)
    if ground is not None and not stands(registry, ground, moment.day):
        return False
    return takes_effect(registry, suspension.until, suspension.lifted_by, moment)
