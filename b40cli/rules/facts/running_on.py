"""Who leads a group and who is Permanent Secretary on a day (Art. 12, 14).

What was ended by a designation or an appointment that was annulled from the beginning runs on until
the next that stands; what was written of its end stays and no longer counts (set 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from b40cli.model.day import Moment, covers
from b40cli.model.facts.group import Group, Leader
from b40cli.model.facts.secretariat import Appointment
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.annulled import annulling, never_taken
from b40cli.rules.facts.handover import binds_at
from b40cli.rules.facts.seats import has_left

Held = TypeVar("Held", Leader, Appointment)


def leaders_of(registry: Registry, group: Group) -> tuple[Leader, ...]:
    """The leads of a group that were ever taken on, each as long as it runs."""
    return _as_they_run(registry, group.leaders, group.until)


def leader_on(registry: Registry, group: Group, day: date) -> Leader | None:
    """Who leads the group that day, by what is on record today: nobody, once its city is gone."""
    found = designated_on(registry, group, day)
    gone = found is not None and has_left(registry, found.city, day, since=found.start.day)
    return None if gone else found


def designated_on(registry: Registry, group: Group, day: date) -> Leader | None:
    """Whom the President designated last, a member or not any more."""
    return _last(
        each for each in leaders_of(registry, group) if covers(each.start, each.until, day)
    )


def led_then(registry: Registry, group: Group, moment: Moment) -> Leader | None:
    """Who led the group at a moment as it was then: a lead that was annulled since counts.

    Whom the incoming President designates on the day of a handover leads from the items after it.
    """
    day, held, kept = moment.day, group.leaders, _indices(registry, group.leaders)
    written = [n for n, each in enumerate(held) if not _binds_later(registry, each, moment)]
    waits = len(written) < len(held)
    led = ((n, _as_it_runs(held, kept, n, group.until) if n in kept else held[n]) for n in written)
    leading = [
        each
        for n, each in led
        if (n in kept and covers(each.start, each.until, day))
        or (waits and each.start.day <= day == each.until)
        or (each.start.day <= day and _annulled_after(registry, each.by, day))
    ]
    return _last(leading)


def _binds_later(registry: Registry, leader: Leader, moment: Moment) -> bool:
    by = registry.decision(leader.by) if leader.by and leader.start.day == moment.day else None
    return by is not None and not binds_at(registry, by, moment)


def appointments_of(registry: Registry) -> tuple[Appointment, ...]:
    """The appointments of Permanent Secretaries that were ever made, each as long as it runs."""
    return _as_they_run(registry, registry.appointments(), None)


def secretary_on(registry: Registry, day: date) -> Appointment | None:
    """The appointment of the Permanent Secretary that runs on a day, or None."""
    return _last(a for a in appointments_of(registry) if a.runs_on(day))


def joining(held: Sequence[Held], start: date) -> tuple[list[int], date | None]:
    """Which of them end where one more begins, and the day on which that one gives way itself.

    An older one may be entered late: it ends where the next on record begins. What was ended by
    that keeps its entry, and runs until the one between.
    """
    begun = (each.start.day for each in held if lasts(each))
    later = min((day for day in begun if day > start), default=None)
    running = (n for n, each in enumerate(held) if each.until is None and each.start.day <= start)
    return list(running), later


def lasts(each: Held) -> bool:
    """Whether it ran at all: what was annulled, or gave way on its own day, did not."""
    return each.until != each.start.day or not each.start.exact


def came_between(held: Sequence[Held], earlier: Held, n: int) -> bool:
    """Whether an entry came late, between another and the one that was known to end it."""
    after = held[n].start.day > earlier.start.day
    return after and any(each.start.day == earlier.until for each in held[:n])


def _last(running: Iterable[Held]) -> Held | None:
    """Who began last, whatever the order of lines."""
    return max(reversed(tuple(running)), key=lambda each: each.start.day, default=None)


def _as_they_run(registry: Registry, held: Sequence[Held], last: date | None) -> tuple[Held, ...]:
    kept = _indices(registry, held)
    return tuple(_as_it_runs(held, kept, n, last) for n in kept)


def _as_it_runs(held: Sequence[Held], kept: Sequence[int], n: int, last: date | None) -> Held:
    """Until the end on record, or the next that stands where that is void; and never beyond one
    that came late between."""
    each = held[n]
    if each.until is None:
        return each
    begun = [(of.start.day, m) for m, of in enumerate(held)]
    after = [(day, m) for day, m in begun if (day, m) > begun[n]]
    void = any(day == each.until for day, m in after if m not in kept)
    ending: list[date] = [day for day, m in after if m in kept and _may_end(held, each, m)]
    own: date | None = last if void else each.until
    return each._replace(until=min([*ending, *filter(None, [own])], default=None))


def _may_end(held: Sequence[Held], each: Held, n: int) -> bool:
    """Whether an entry after another ends it, whatever is written of its end."""
    next_one = each.until is not None and each.until <= held[n].start.day
    return next_one or came_between(held, each, n)


def _indices(registry: Registry, held: Sequence[Held]) -> list[int]:
    """Which of them do not rest on what was never taken."""
    return [n for n, each in enumerate(held) if each.by not in never_taken(registry)]


def _annulled_after(registry: Registry, ground: str | None, day: date) -> bool:
    """Whether the decision something rests on was annulled, but later than that day."""
    found = annulling(registry).get(ground, ()) if ground else ()
    return any(by.closed is not None and by.closed > day for by in found)
