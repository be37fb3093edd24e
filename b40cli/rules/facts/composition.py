"""Art. 13: who sits in the Executive Committee once the session of a day is over."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from b40cli.model.facts.committee import Presidency, presidency_of
from b40cli.model.facts.meeting import Meeting
from b40cli.model.ref import Ref
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.facts.handover import handed_over_on
from b40cli.rules.facts.seats import presidency_on, seats_on


class Holding(NamedTuple):
    """A city in a seat on a day, once the day's session is over."""

    seat: str
    city: str


def composition_after(registry: Registry, day: date, law: Law | None = None) -> tuple[Holding, ...]:
    """The seats as they are once a session of that day is over, a handover on its agenda included.

    The limits are judged on this composition: what an earlier item elects sits beside the
    Presidents that a later item of the same session brings. By the readings of the day's law, or
    of another that is given.
    """
    if law is not None:
        return _composition(registry, day, law)
    return registry.remember(("composition", day), lambda: _composition(registry, day, None))


def _composition(registry: Registry, day: date, law: Law | None) -> tuple[Holding, ...]:
    held = {s.seat: s.city for s in seats_on(registry, day, law) if s.city}
    coming = handover_to_come(registry, day)
    if coming is not None:
        held |= _after_handover(registry, coming, day)
    return tuple(Holding(seat, city) for seat, city in held.items() if city)


def _after_handover(registry: Registry, coming: Presidency, day: date) -> dict[str, str]:
    outgoing = presidency_on(registry, day)
    following = registry.term(coming.year + 1)
    approval = registry.decision(following.approved) if following else None
    known = approval is not None and approval.closed is not None and approval.closed <= day
    return {
        "president": coming.city,
        "former": outgoing.city if outgoing else "",
        "next": following.city if following and known else "",
    }


def handover_to_come(registry: Registry, day: date) -> Presidency | None:
    """The term that a session of that day hands over, while that item is not recorded yet."""
    if not awaits_handover(registry, day):
        return None
    term = registry.term(day.year)
    if term is not None and term.city:
        return None if term.start else term
    following = next((s.city for s in seats_on(registry, day) if s.seat == "next"), None)
    path = Ref("presidencies", str(day.year)).path
    return presidency_of(path, {"year": day.year, "city": following}) if following else None


def awaits_handover(registry: Registry, day: date) -> bool:
    """Whether a session of that day has a handover on its agenda that is not recorded yet."""
    planned = any(_hands_over(meeting) for meeting in registry.meetings_of(str(day)))
    return planned and handed_over_on(registry, day) is None


def _hands_over(meeting: Meeting) -> bool:
    """Whether a session of the Assembly has the handover on its agenda."""
    return meeting.kind in ("ga", "summit") and any(
        entry.get("kind") == "handover" for entry in meeting.agenda
    )
