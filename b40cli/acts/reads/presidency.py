"""Who presides on a day, who came before, who is next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.offices import standing_in
from b40cli.model.answer import Answer
from b40cli.model.facts.committee import Presidency
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.heads import head_on
from b40cli.rules.facts.presiding import presidency_of_day
from b40cli.rules.facts.seats import next_on, presidency_on
from b40cli.rules.facts.tenures import end_of_term

if TYPE_CHECKING:
    from b40cli.model.results.members import MayorNamed
    from b40cli.model.results.offices import PresidencyShown, Term


def show(view: View) -> Answer[PresidencyShown]:
    """Who presides on the day, who came before, who is next, and every term on record."""
    registry, current = view.registry, presidency_on(view.registry, view.on)
    held = presidency_of_day(registry, view.on)
    result: PresidencyShown = {
        "on": str(view.on),
        "president": held.city,
        "presidency_state": held.state,
        "vacant": held.vacant,
        "suspended": held.suspended,
        "stand_in": standing_in(held),
        "term": current.year if current else None,
        "mayor": _mayor(registry, held.city, view.on),
        "next": next_on(registry, view.on),
        "terms": [_told(registry, term) for term in registry.terms()],
    }
    return answer(view, "presidency show", result)


def _mayor(registry: Registry, city: str | None, day: date) -> MayorNamed | None:
    mayor = head_on(registry, city, day) if city else None
    return {"name": mayor.name, "capacity": mayor.capacity} if mayor else None


def _told(registry: Registry, term: Presidency) -> Term:
    until = end_of_term(registry, term) if term.start and term.city else None
    return {
        "year": term.year,
        "city": term.city or None,
        "mayor": term.mayor,
        "from": str(term.start) if term.start else None,
        "until": str(until) if until else None,
        "approved": term.approved,
        "basis": term.basis,
        "declined": [refusal["city"] for refusal in term.declined],
        "departure": dict(term.departure) if term.departure else None,
    }
