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
    city = holder_on(registry, day, handover, of_the_day)
    if city is not None:
        return city
    standing = stand_in_on(registry, day, handover)
    found = standing and standing.city
    return None if found is None or sleeps(registry, found, day, of_the_day) else found


def holder_on(
    registry: Registry, day: date, handover: str | None = None, law: Law | None = None
) -> str | None:
    """The city that holds the presidency, while it may exercise it (INT-37)."""
    city = president_on(registry, day, handover)
    asleep = city is not None and sleeps(registry, city, day, law or law_or_none(registry, day))
    return None if asleep else city


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
    if law is None or law.reading("INT-37") != "office-sleeps":
        return False
    return is_suspended(registry, city, Moment(day)) or lifts_its_own(registry, city, day)


def lifts_its_own(registry: Registry, city: str, day: date) -> bool:
    """Whether a city that presides ends its own suspension on a day: it acted while it ran."""
    member = registry.member(city)
    for suspension in member.suspensions if member else ():
        annulment = registry.annulments().get(suspension.by)
        lifting = registry.decision(suspension.lifted_by) if suspension.lifted_by else None
        for act in filter(None, (annulment, lifting)):
            own = act.decided_by is not None and act.decided_by.get("city") == city
            if own and act.closed == day:
                return True
    return False


def outgoing_on(registry: Registry, day: date) -> str | None:
    """The city that presided before the handover of a day; None where it did not pass that day."""
    if handed_over_on(registry, day) is None:
        return None
    return presides_on(registry, day, "before")
