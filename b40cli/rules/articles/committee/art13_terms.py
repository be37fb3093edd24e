"""Art. 13: who may be elected: group leaders first, two terms in a row, two cities a country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.committee import ELECTED, UNKNOWN, Seat
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.duty import Duty
from b40cli.model.ref import Ref
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted, listed
from b40cli.rules.articles.committee.art13_election import elected_by, told_before
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case, Rule, Undetermined
from b40cli.rules.duties.duty import duty_rule, state_at
from b40cli.rules.facts.annulled import as_then
from b40cli.rules.facts.composition import composition_after
from b40cli.rules.facts.terms import ELECTION, country_of, limited, of_country, terms_in_a_row
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.contest import TERMS
from b40cli.rules.votes.election import CAP
from b40cli.rules.votes.vote import recount


def leader_priority(case: Case, path: str) -> Iterator[Duty]:
    """In the election of the four, the mayors of working-group leaders' cities come first."""
    decision = case.after.decision_in(path)
    if decision is None or decision.matter != ELECTION or decision.state != "adopted":
        return
    passed = passed_over(case, decision)
    if passed is None or decision.closed is None:
        return
    yield Duty(
        rule="leader-priority",
        article="Art. 13",
        of=decision.id,
        subject=str(Ref("decisions", decision.id)),
        owner=ASSEMBLY,
        due=decision.closed,
        state=state_at(case, decision.closed, not passed),
        evidence=str(Ref("decisions", decision.id)),
        says=f"{decision.id} passes over {', '.join(passed)}: cities whose mayors lead a working "
        "group come first (INT-23).",
        remedy="Close the election with b40 decision close, which counts them first.",
        at=("count",) if decision.counted else ("matter",),
    )


def passed_over(case: Case, decision: Decision) -> tuple[str, ...] | None:
    """Leaders' cities elected by the count but not in the record; None where it cannot be told."""
    found = recount(case, decision)
    if isinstance(found, Undetermined) or found.outcome is None or found.outcome.elected is None:
        return None
    leaders = found.leading
    recorded = elected_by(decision)
    return tuple(c for c in found.outcome.elected if c in leaders and c not in recorded)


def two_consecutive_terms(case: Case, path: str) -> Iterator[Breach]:
    """One may serve again, but not longer than two terms in a row (INT-10)."""
    yield from told_before(case, path, TERMS)
    for seat in case.after.seats_in(path):
        law = case.law_or_none(seat.start.day)
        if law is None or seat.city == UNKNOWN or not limited(seat, law):
            continue
        most = law.number("consecutive-terms")
        then = as_then(case.after, Moment(seat.start.day))
        served, perhaps = terms_in_a_row(then, seat.city, seat.term, seat.start.day, law)
        if len(served) > most:
            yield _too_long(seat, served, most, law)
        elif len(perhaps) > most and seat.source is None:
            yield _not_known(seat, perhaps)


def _too_long(seat: Seat, served: tuple[int, ...], most: int, law: Law) -> Breach:
    return Breach(
        f"{seat.city} sits in the terms {_listed(served)}: {len(served)} in a row, {most} are "
        "allowed.",
        "Elect another city; after a term out it may stand again.",
        ("seats", seat.n),
        facts={"terms": sorted(served), "most": most},
        readings={"INT-10": law.reading("INT-10")},
        basis=seat.basis,
    )


def _not_known(seat: Seat, perhaps: tuple[int, ...]) -> Breach:
    return Breach(
        f"Undetermined: whether {seat.city} sat in the terms {_listed(perhaps)}, where the holder "
        "of a seat is not known.",
        "Record who held the seats first; an election never rests on an incomplete list.",
        ("seats", seat.n),
        facts={"undetermined": [f"committee/{year}" for year in sorted(perhaps)]},
        refs=tuple(f"committee/{year}" for year in sorted(perhaps)),
    )


def _listed(years: tuple[int, ...]) -> str:
    return ", ".join(map(str, sorted(years)))


def two_cities_per_country(case: Case, path: str) -> Iterator[Breach]:
    """At most two cities of one country on any day, judged once the day's session is over."""
    yield from told_before(case, path, CAP)
    own = [s for s in case.after.seats_in(path) if s.city != UNKNOWN]
    for seat in own:
        day = seat.start.day
        law = case.law_or_none(day)
        country = country_of(case.after, seat.city)
        if law is None or country is None or not _last_of_its_day(case.after, own, seat):
            continue
        then = as_then(case.after, Moment(day))
        cities = of_country(then, composition_after(then, day), country, law)
        most = law.number("cities-per-country")
        if len(cities) > most and seat.city in cities:
            yield Breach(
                f"{counted(len(cities), 'city')} of {country} sit in the committee on {day}: "
                f"{', '.join(cities)}; {most} may.",
                "Elect a city of another country, or leave the seat vacant.",
                ("seats", seat.n),
                facts={"country": country, "cities": list(cities), "most": most},
                readings={"INT-11": law.reading("INT-11")},
                basis=seat.basis,
            )


def _last_of_its_day(registry: Registry, own: list[Seat], seat: Seat) -> bool:
    """One breach for a country and a day, at the last of its seats that begin then."""
    country = country_of(registry, seat.city)
    same = [
        s for s in own if s.start.day == seat.start.day and country_of(registry, s.city) == country
    ]
    return same[-1] is seat


def may_be_elected(registry: Registry, city: str, year: int, day: date, law: Law) -> str | None:
    """Why a city cannot take an elected seat of a term now; None where it can."""
    most = law.number("consecutive-terms")
    served, perhaps = terms_in_a_row(registry, city, year - 1, day, law)
    if len(served) >= most:
        years = listed(sorted(map(str, served)))
        are = "is" if most == 1 else "are"
        return f"sat in {years}, and {counted(most, 'term')} in a row {are} the most"
    if len(perhaps) >= most:
        return f"undetermined: a seat of {_listed(perhaps)} is not known"
    held = composition_after(registry, day)
    if any(s.city == city and s.seat not in ELECTED for s in held):
        return "sits by office"
    return None


RULES = (
    duty_rule(
        name="leader-priority",
        article="Art. 13",
        norm="In the election, mayors of the cities that lead working groups come first.",
        about=("decisions",),
        arising=leader_priority,
        fails="A leader's city with more than half of the votes cast is left out for another.",
        cure="Close the election with b40 decision close, which fills the seats in this order.",
        parameters=("committee-seats-elected",),
        readings=("INT-16", "INT-23"),
        sentences=("art2.6", "art13.1"),
    ),
    Rule(
        name="two-consecutive-terms",
        article="Art. 13",
        norm="One may serve again in the committee, but not longer than two terms in a row.",
        about=("committee", "decisions"),
        matters=(ELECTION,),
        question=two_consecutive_terms,
        fails="A city elected in 2026, in 2027 and in 2028.",
        cure="Elect another city; after a term out it may stand again.",
        parameters=("consecutive-terms",),
        readings=("INT-10", "INT-42", "INT-46"),
        sentences=("art13.4",),
    ),
    Rule(
        name="two-cities-per-country",
        article="Art. 13",
        norm="On any day at most two cities of one country sit in the committee.",
        about=("committee", "decisions"),
        matters=(ELECTION,),
        question=two_cities_per_country,
        fails="The Assembly elects a third city of the country of the President.",
        cure="Elect a city of another country, or leave the seat vacant.",
        parameters=("cities-per-country",),
        readings=("INT-11", "INT-35", "INT-42", "INT-43"),
        sentences=("art13.5",),
    ),
)
