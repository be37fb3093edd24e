"""Who exercises the presidency: its holder, or who stands in while it is vacant or sleeps.

The office is one thing, its exercise another: seats, ballots and the deciding vote are the holder's
alone; deciding as President, convening and chairing are whose city presides here (INT-37).
"""

from __future__ import annotations

from datetime import date

from b40cli.model.committee import StandIn
from b40cli.model.day import Moment
from b40cli.model.registry import Registry
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.facts.handover import handed_over_on, side_of
from b40cli.rules.facts.seats import has_left, presidency_on, president_on
from b40cli.rules.facts.standing import is_suspended, stands


def presides_on(
    registry: Registry, day: date, handover: str | None = None, law: Law | None = None
) -> str | None:
    """The city that exercises the presidency on a day, on one side of that day's handover."""
    of_the_day = law or law_or_none(registry, day)
    city = president_on(registry, day, handover)
    if city is not None and not sleeps(registry, city, day, of_the_day):
        return city
    standing = stand_in_on(registry, day, handover)
    found = standing and standing.city
    return None if found is None or sleeps(registry, found, day, of_the_day) else found


def stand_in_on(registry: Registry, day: date, handover: str | None = None) -> StandIn | None:
    """Who stands in on a day, as the resolutions on record say; it lasts no longer than the term.

    One that is named on the day of a handover stands before it.
    """
    side = side_of(registry, day, handover)
    term = presidency_on(registry, side)
    held = {side, day} if handover == "before" else {side}
    named = (
        s
        for s in reversed(term.stand_ins if term else ())
        if any(s.start <= on and (s.until is None or on < s.until) for on in held)
        if (by := registry.decision(s.by)) is not None and stands(registry, by, side)
    )
    return next((s for s in named if not has_left(registry, s.city, side, since=s.start)), None)


def sleeps(registry: Registry, city: str, day: date, law: Law | None) -> bool:
    """Whether a city's offices sleep while it is suspended (INT-37)."""
    asleep = law is not None and law.reading("INT-37") == "office-sleeps"
    return asleep and is_suspended(registry, city, Moment(day))


def outgoing_on(registry: Registry, day: date) -> str | None:
    """The city that presided before the handover of a day; None where it did not pass that day."""
    if handed_over_on(registry, day) is None:
        return None
    return presides_on(registry, day, "before")
