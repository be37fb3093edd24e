"""Terms to come: who can preside and who cannot, each answer the judge's own rule's.

Nothing of the statutes is encoded here: each candidate is put as an approval of that term, to the
rule that would judge it, in a register in which the terms before went to whom they fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View
from b40cli.acts.reads.plans import coming_open_term
from b40cli.model.decision import path_of
from b40cli.model.ref import Ref
from b40cli.model.registry import Registry
from b40cli.rules.articles.art11_candidacy import order_of_candidacies
from b40cli.rules.articles.art13_terms import may_be_elected
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Case
from b40cli.rules.facts.running_on import leader_on
from b40cli.rules.facts.seats import coming_term
from b40cli.rules.facts.standing import is_member
from b40cli.rules.facts.terms import planned_handover
from b40cli.rules.table import rule_named

if TYPE_CHECKING:
    from b40cli.model.results.offices import CandidateAhead, SeatAhead, TermAhead, YearAhead

# Who is supposed to sit in the terms between: none of the members.
NOBODY = "zz-nobody"
ASKED = ("mandate-of-one-year",)
SUPPOSED = "GA-{}-999"


def terms_ahead(view: View, years: int) -> list[TermAhead]:
    """The coming terms without a President, one after the other, the first that fits taken."""
    registry, first = view.registry, coming_open_term(view.registry, view.on)
    found: list[TermAhead] = []
    for year in range(first, first + years):
        day = max(planned_handover(registry, year - 1), view.on)
        rows = list(_candidates(registry, year, day, view))
        fit = next((row["city"] for row in rows if row["can"]), None)
        found.append({"year": year, "approved_by": str(day), "first": fit, "candidates": rows})
        if fit is not None:
            term = {"year": year, "city": fit, "approved": SUPPOSED.format(day.year)}
            registry = registry.with_record(Ref("presidencies", str(year)).path, term)
    return found


def _candidates(registry: Registry, year: int, day: date, view: View) -> Iterator[CandidateAhead]:
    """In the order of candidacies of that day, by the law of today."""
    for each in order_of_candidacies(registry, year, day, view.law):
        why = list(_breaches(registry, each.city, year, day))
        yield {
            "city": each.city,
            "country": each.country,
            "priority": each.priority,
            "can": not why,
            "why": why or [f"{each.reason} (Art. 11)"],
        }


def _breaches(registry: Registry, city: str, year: int, day: date) -> Iterator[str]:
    """What the rules of an approval say of it, were it put on that day."""
    name = SUPPOSED.format(day.year)
    record = {
        "id": name,
        "body": "general-assembly",
        "matter": "presidency",
        "subject": f"members/{city}",
        "term": year,
        "title": "President",
        "proposed": str(day),
        "state": "adopted",
        "closed": str(day),
    }
    supposed = registry.with_record(path_of(name), record)
    case = Case(None, supposed, day)
    for rule in filter(None, map(rule_named, ASKED)):
        for breach in rule.question(case, path_of(name)):
            yield f"{breach.message.replace(f'{name} rests on', 'It rests on')} ({rule.article})"


def seats_ahead(view: View, years: int) -> list[YearAhead]:
    """Who may take an elected seat in the coming terms, as the terms on record leave it."""
    first, registry = coming_term(view.registry, view.on), view.registry
    found: list[YearAhead] = []
    for year in range(first, first + years):
        found.append({"year": year, "cities": list(_electable(view, registry, year))})
        path = Ref("committee", str(year)).path
        if not registry.has(path):
            seat = {"seat": "elected-1", "city": NOBODY, "from": f"{year}-01-31"}
            registry = registry.with_record(path, {"year": year, "seats": [seat]})
    return found


def _electable(view: View, registry: Registry, year: int) -> Iterator[SeatAhead]:
    """Of each member, supposing that it sits in none of the terms before."""
    from b40cli.model.day import Moment

    law = law_on(view.registry, view.on)
    leading = {
        leader.city
        for group in view.registry.groups()
        if (leader := leader_on(view.registry, group, view.on))
    }
    for member in view.registry.members():
        if is_member(view.registry, member.id, Moment(view.on), law):
            why = may_be_elected(registry, member.id, year, view.on, law)
            leads = member.id in leading
            yield {"city": member.id, "can": why is None, "why": why, "leads": leads}
