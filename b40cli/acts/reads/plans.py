"""The offices read: who presides and who may, what a handover still needs, how seats end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.day import Moment, months_later
from b40cli.model.facts.committee import ELECTED
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.committee.art13_terms import may_be_elected
from b40cli.rules.articles.presidency.art11_candidacy import determined
from b40cli.rules.articles.presidency.order import order_of_candidacies, with_priority
from b40cli.rules.facts.composition import composition_after
from b40cli.rules.facts.heads import head_on
from b40cli.rules.facts.leaving import gone_before
from b40cli.rules.facts.seats import (
    Seated,
    coming_term,
    has_left,
    next_on,
    presidency_on,
    president_on,
    seats_on,
)
from b40cli.rules.facts.tenures import as_held
from b40cli.rules.facts.terms import country_of, meeting_of_handover, of_country, planned_handover

if TYPE_CHECKING:
    from b40cli.model.results import offices as shape


def order(view: View, year: int | None) -> Answer[shape.Order]:
    """The members in the order of candidacies for a term, each with its reason (INT-15)."""
    term = year or coming_open_term(view.registry, view.on)
    rows: list[shape.CandidacyRow] = [
        {
            "place": n,
            "city": candidacy.city,
            "country": candidacy.country,
            "priority": candidacy.priority,
            "eligible": candidacy.eligible,
            "reason": candidacy.reason,
            "mandate_until": _mandate(view, candidacy.city),
        }
        for n, candidacy in enumerate(
            order_of_candidacies(view.registry, term, view.on, view.law), 1
        )
    ]
    result: shape.Order = {
        "on": str(view.on),
        "term": term,
        "complete": view.network.whole("members", view.on),
        "reading": view.law.reading("INT-15"),
        "first_round": any(row["priority"] for row in rows),
        "candidacies": rows,
    }
    return answer(view, "presidency order", result)


def coming_open_term(registry: Registry, day: date) -> int:
    """The first coming term that no city is approved for."""
    year = coming_term(registry, day)
    while (term := registry.term(year)) is not None and term.city:
        year += 1
    return year


def _mandate(view: View, city: str) -> str | None:
    mayor = head_on(view.registry, city, view.on)
    return str(mayor.until) if mayor and mayor.until else None


def plan(view: View) -> Answer[shape.PresidencyPlan]:
    """The steps to the coming handover and to the one after it, each with its day and command."""
    registry = view.registry
    coming = coming_term(registry, view.on)
    current = presidency_on(registry, view.on)
    result: shape.PresidencyPlan = {
        "on": str(view.on),
        "president": president_on(registry, view.on),
        "term": current.year if current else None,
        "coming": coming,
        "steps": [*_handover_steps(view, coming), *_steps_of_term(view, coming + 1)],
    }
    return answer(view, "presidency plan", result)


def _handover_steps(view: View, year: int) -> Iterator[shape.OfficeStep]:
    registry = view.registry
    term = registry.term(year)
    city = term.city if term and term.city else next_on(registry, view.on)
    gone = city and gone_before(registry, city, year, Moment(view.on), view.law)
    if (term is None or not term.approved) and (city is None or gone):
        yield from _steps_of_term(view, year)
    day, meeting = planned_handover(registry, year), meeting_of_handover(registry, year)
    done = str(term.start) if term and term.start else None
    to = f"{city}, which is gone before it begins (INT-38)" if gone else city
    yield _step(
        f"handover of {year} to {to or 'the city approved'}",
        day,
        done,
        f"b40 presidency handover {year} --at {meeting.id if meeting else '…'}",
    )


def _steps_of_term(view: View, year: int) -> Iterator[shape.OfficeStep]:
    """Capitals are asked, the committee determines, the Assembly approves."""
    registry = view.registry
    day = _last_session(registry, year, view.on)
    by = determined(registry, year, view.on)
    term = registry.term(year)
    first = with_priority(registry, year, view.on, view.law)
    asked = f"ask {first[0]} whether it stands for {year}" if first else f"candidacies for {year}"
    yield _step(asked, None, by.id if by else None, f"b40 presidency order --term {year}")
    yield _step(
        f"the committee determines the candidates for {year}",
        day,
        by.id if by else None,
        f"b40 decision propose candidates --term {year} --candidate … --meeting …",
    )
    approved = term.approved if term else None
    yield _step(
        f"the Assembly approves the President of {year}, with a year of mandate left",
        day,
        approved,
        f"b40 decision propose presidency --subject … --term {year} --meeting …",
    )


def _last_session(registry: Registry, year: int, day: date) -> date:
    """The session before a term; the term's own where that is over without an approval."""
    before = planned_handover(registry, year - 1)
    return before if day <= before else planned_handover(registry, year)


def _step(what: str, day: date | None, done: str | None, command: str) -> shape.OfficeStep:
    return {"step": what, "by": str(day) if day else None, "done": done, "command": command}


def committee_plan(view: View) -> Answer[shape.CommitteePlan]:
    """When each seat ends, who of the elected may stand again, and which countries are full."""
    registry, law = view.registry, view.law
    year = coming_term(registry, view.on)
    session = planned_handover(registry, year)
    held = composition_after(registry, view.on)
    most = law.number("cities-per-country")
    countries = sorted({country_of(registry, h.city) or "?" for h in held})
    counts = {c: list(of_country(registry, held, c, law)) for c in countries}
    result: shape.CommitteePlan = {
        "on": str(view.on),
        "complete": view.network.whole("committee", view.on),
        "election": str(session),
        "seats": [_seat(view, seated, year, session) for seated in seats_on(registry, view.on)],
        "cities_per_country": most,
        "countries": counts,
        "full": [country for country, cities in counts.items() if len(cities) >= most],
    }
    return answer(view, "committee plan", result)


def _seat(view: View, seated: Seated, year: int, session: date) -> shape.SeatEnd:
    ends, again = session, None
    held = as_held(view.registry, seated.fact) if seated.fact is not None else None
    if seated.seat in ELECTED and held is not None:
        months = view.law.number("committee-term-months")
        ends = min(session, months_later(held[0].day, months))
    if seated.city is not None:
        again = may_be_elected(view.registry, seated.city, year, view.on, view.law)
    until = held and held[1]
    gone = seated.city and until and has_left(view.registry, seated.city, until)
    return {
        "seat": seated.seat,
        "city": seated.city,
        "state": seated.state,
        "ends": str(until or ends),
        "by": "departure" if gone else "election" if seated.seat in ELECTED else "handover",
        "may_be_elected": None if seated.city is None else again is None,
        "reason": again,
    }
