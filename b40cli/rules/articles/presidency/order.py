"""The order of candidacies: capitals first while their round runs (Art. 11, INT-15, INT-38)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from b40cli.model.day import Moment
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.facts.leaving import gone_before, not_eligible
from b40cli.rules.facts.places import capital_among, same_place
from b40cli.rules.facts.standing import is_member
from b40cli.rules.facts.suspensions import is_suspended

FIRST_ROUND = "until-every-member-capital-has-served-or-declined"


class Candidacy(NamedTuple):
    """A member city in the order of candidacies: with priority as a capital, and why or why not."""

    city: str
    country: str
    priority: bool
    reason: str
    eligible: bool = True


def order_of_candidacies(registry: Registry, term: int, day: date, law: Law) -> list[Candidacy]:
    """Every member in the order of candidacies for a term: capitals first, by their countries."""
    moment = Moment(day)
    capitals = law.names("capitals")
    members = [m for m in registry.members() if is_member(registry, m.id, moment, law)]
    found = [
        _eligible(registry, _candidacy(registry, m.id, m.country, term, day, law), term, day, law)
        for m in members
        if not is_suspended(registry, m.id, moment)
    ]
    countries = law.names("region")

    def place(candidacy: Candidacy) -> tuple[bool, bool, int, str]:
        capital = capital_among(registry, candidacy.city, capitals)
        rank = capital if candidacy.priority and capital is not None else len(countries)
        if not candidacy.priority and candidacy.country in countries:
            rank = countries.index(candidacy.country)
        return not candidacy.eligible, not candidacy.priority, rank, candidacy.city

    return sorted(found, key=place)


def _candidacy(
    registry: Registry, city: str, country: str, term: int, day: date, law: Law
) -> Candidacy:
    if capital_among(registry, city, law.names("capitals")) is None:
        reason = f"not a capital{_refused(registry, city, term, day)}"
        return Candidacy(city, country, False, reason)
    over = _had_its_turn(registry, city, term, day, law)
    return Candidacy(city, country, over is None, over or "capital, first round")


def _eligible(registry: Registry, found: Candidacy, term: int, day: date, law: Law) -> Candidacy:
    """What becomes of a candidacy whose city is gone before the term begins (INT-38)."""
    gone = gone_before(registry, found.city, term, Moment(day), law)
    if gone is None or law.rule_set < 2:
        return found
    said = f"{found.reason}; it is gone on {gone}, before the term begins (INT-38)"
    if not_eligible(registry, found.city, term, Moment(day), law) is None:
        return found._replace(reason=said)
    return found._replace(priority=False, eligible=False, reason=said)


def _refused(registry: Registry, city: str, term: int, day: date) -> str:
    """That the city declined this very term by a day, or nothing."""
    found = registry.term(term)
    days = (r["on"] for r in (found.declined if found else ()) if r["city"] == city)
    on = next((on for on in days if date.fromisoformat(on) <= day), None)
    return f", declined it on {on}" if on else ""


def _had_its_turn(registry: Registry, city: str, term: int, day: date, law: Law) -> str | None:
    """Why a capital comes first no more (INT-15): it has served, or declined."""
    whole_round = law.reading("INT-15") == FIRST_ROUND
    for other in registry.terms():
        for refusal in other.declined:
            bears = whole_round or other.year == term
            one = same_place(registry, refusal["city"], city)
            if bears and one and date.fromisoformat(refusal["on"]) <= day:
                return f"capital, declined the term of {other.year} on {refusal['on']}"
        earlier = bool(other.city) and other.year < term
        if whole_round and earlier and same_place(registry, other.city, city):
            return f"capital, {'served' if other.start else 'is to serve'} in {other.year}"
    return None


def with_priority(registry: Registry, term: int, day: date, law: Law) -> tuple[str, ...]:
    """The member capitals that come first, in their order; empty once the first round is over."""
    ordered = order_of_candidacies(registry, term, day, law)
    return tuple(candidacy.city for candidacy in ordered if candidacy.priority)


def in_priority(candidates: tuple[str, ...], first: tuple[str, ...]) -> bool:
    """Whether capitals stand first among the candidates, in their order, the first included."""
    named = tuple(city for city in first if city in candidates)
    return not first or (first[0] in named and candidates[: len(named)] == named)
