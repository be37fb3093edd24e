"""Who exercises the presidency: its holder, or who stands in while it is vacant or sleeps.

The office is one thing, its exercise another: seats, ballots and the deciding vote are the holder's
alone; deciding as President, convening and chairing are whose city presides here (INT-37).
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from b40cli.model.day import Moment, Since
from b40cli.model.facts.committee import StandIn
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.facts.annulled import annulling
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.handover import PRESIDENT, side_of
from b40cli.rules.facts.seats import has_left, presidency_on, president_on, seats_on
from b40cli.rules.facts.suspensions import is_suspended


def presides_on(registry: Registry, day: date, handover: str | None = None) -> str | None:
    """The city that exercises the presidency on a day, on one side of that day's handover."""
    law = law_or_none(registry, day)
    city = holder_on(registry, day, handover, law)
    if city is not None:
        return city
    standing = stand_in_on(registry, day, handover)
    found = standing and standing.city
    return None if found is None or sleeps(registry, found, day, law) else found


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


PresidencyState = Literal["held", "suspended", "asleep", "vacant", "unknown"]


class PresidencyOfDay(NamedTuple):
    """The presidency of a day, as every read tells it.

    `city` holds it since a day, in the term of a year; nobody does while it is `vacant`. While the
    city is suspended the office may be `asleep` (INT-37). Who stands in exercises it then.
    """

    city: str | None
    year: int | None
    since: Since | None
    vacant: bool
    suspended: bool
    asleep: bool
    stand_in: StandIn | None

    @property
    def state(self) -> PresidencyState:
        """In a word, as reads tell it."""
        if self.city is None:
            return "vacant" if self.vacant else "unknown"
        return "asleep" if self.asleep else "suspended" if self.suspended else "held"


def presidency_of_day(registry: Registry, day: date) -> PresidencyOfDay:
    """Who presides on a day, since when, and who stands in: one answer for every read."""
    term, city = presidency_on(registry, day), president_on(registry, day)
    held = term if term is not None and term.city == city else None
    seat = next((s.fact for s in seats_on(registry, day) if s.seat == PRESIDENT), None)
    own = seat if seat is not None and seat.city == city and held is None else None
    nobody = holder_on(registry, day) is None
    return PresidencyOfDay(
        city,
        held.year if held else own.term if own else None,
        held.start if held else own.start if own else None,
        vacant=term is not None and city is None,
        suspended=city is not None and is_suspended(registry, city, Moment(day)),
        asleep=city is not None and nobody,
        stand_in=stand_in_on(registry, day) if nobody else None,
    )


def sleeps(registry: Registry, city: str, day: date, law: Law | None) -> bool:
    """Whether a city's offices sleep while it is suspended (INT-37)."""
    if law is None or law.reading("INT-37") != "office-sleeps":
        return False
    return is_suspended(registry, city, Moment(day)) or lifts_its_own(registry, city, day)


def lifts_its_own(registry: Registry, city: str, day: date) -> bool:
    """Whether a city that presides ends its own suspension on a day: it acted while it ran."""
    member = registry.member(city)
    for suspension in member.suspensions if member else ():
        lifting = registry.decision(suspension.lifted_by)
        for act in filter(None, (*annulling(registry).get(suspension.by, ()), lifting)):
            own = act.decided_by is not None and act.decided_by.get("city") == city
            if own and act.closed == day:
                return True
    return False
