"""Art. 11: who can become President: candidates, the priority of capitals, the year of mandate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from b40cli.model.day import Moment
from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.facts.duty import Duty
from b40cli.model.finding import Place
from b40cli.model.ref import Ref, ref_of
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.duties.duty import COMMITTEE, acknowledge, duty_rule, state_at
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.known_standing import stranger
from b40cli.rules.facts.leaving import NOT_ELIGIBLE, gone_before, not_eligible
from b40cli.rules.facts.places import capital_among, same_place
from b40cli.rules.facts.standing import is_member
from b40cli.rules.facts.suspensions import is_suspended
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.vote import CLAIMS, effect_by_closing

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


def capital_priority(case: Case, path: str) -> Iterator[Duty]:
    """In the first round capitals come first; a departure is recorded with its reason."""
    if ref_of(path).kind == "presidencies":
        yield from _of_an_approval(case, path)
        return
    decision = case.after.decision_in(path)
    if decision is None or decision.matter != "candidates" or decision.state != "adopted":
        return
    first = _first(case, decision)
    if first and decision.term and decision.closed:
        kept = in_priority(decision.candidates, first) or bool(decision.grounds)
        yield _priority(decision, str(Ref("decisions", decision.id)))._replace(
            state=state_at(case, decision.closed, kept),
            says=f"{decision.id} does not put {first[0]} first among the candidates for "
            f"{decision.term}: capitals come first, in the order of their countries.",
            remedy="The reason stands in the decision, --grounds. "
            f"{acknowledge('capital-priority', decision.id, COMMITTEE)}",
            at=("candidates",),
        )


def _first(case: Case, decision: Decision) -> tuple[str, ...]:
    closed = decision.closed
    law = case.law_or_none(closed) if closed else None
    if law is None or decision.term is None or closed is None:
        return ()
    if law.reading("INT-15") != FIRST_ROUND and _determined_again(case.after, decision):
        return ()
    return with_priority(case.after, decision.term, closed, law)


def _determined_again(registry: Registry, decision: Decision) -> bool:
    """Whether a decision rests on a later determination than the first one for its term."""
    day, term = decision.closed, decision.term
    by = decision if decision.matter == "candidates" else None
    if by is None and day is not None and term is not None:
        by = determined(registry, term, day)
    if by is None or by.closed is None or term is None:
        return False
    order = (by.closed, by.id)
    return any(
        d.closed and (d.closed, d.id) < order and stands(registry, d, by.closed)
        for d in registry.candidacies().get(term, ())
    )


def _priority(decision: Decision, subject: str) -> Duty:
    return Duty(
        rule="capital-priority",
        article="Art. 11",
        of=decision.id,
        subject=subject,
        owner=COMMITTEE,
        due=decision.closed,
        state="due",
        evidence=str(Ref("decisions", decision.id)),
    )


def _of_an_approval(case: Case, path: str) -> Iterator[Duty]:
    term = case.after.term_in(path)
    approved = case.after.decision(term.approved) if term else None
    if term is None or approved is None or approved.closed is None:
        return
    first = _first(case, approved._replace(term=term.year))
    if first:
        kept = term.city == first[0] or term.departure is not None
        yield _priority(approved, f"presidencies/{term.year}")._replace(
            of=str(term.year),
            state=state_at(case, approved.closed, kept),
            says=f"{term.city} is approved for {term.year}; the capital {first[0]} comes first, "
            "and no reason for the departure is recorded.",
            remedy=f"Record it: b40 presidency departure {term.year} --reason …",
            at=("city",),
        )


def nomination(case: Case, path: str) -> Decision | None:
    """The Assembly's decision on the President at a path, while it claims an effect."""
    decision = case.after.decision_in(path)
    if decision is None or decision.matter != "presidency" or decision.state not in CLAIMS:
        return None
    return decision if decision.body == ASSEMBLY else None


def determined(registry: Registry, term: int, day: date) -> Decision | None:
    """The committee's last determination of the candidates for a term by a day."""
    standing = [
        d
        for d in registry.candidacies().get(term, ())
        if d.closed is not None and d.closed <= day and stands(registry, d, day)
    ]
    return max(standing, key=lambda d: (d.closed or day, d.id), default=None)


def candidates_from_the_committee(case: Case, path: str) -> Iterator[Breach]:
    """The Assembly approves the President from candidates the committee determined."""
    if ref_of(path).kind == "presidencies":
        yield from _rests_on_the_approval(case, path)
        return
    candidacy = case.after.decision_in(path)
    if candidacy is not None and candidacy.matter == "candidates" and candidacy.state in CLAIMS:
        yield from _names_candidates(case, candidacy)
    decision = nomination(case, path)
    if decision is not None:
        yield from _among_the_candidates(case, decision)
        named = [(decision.city, ("subject",))] if decision.city else []
        yield from _gone_by_then(case, decision, named)
        yield from _on_record(case, decision)


def _names_candidates(case: Case, decision: Decision) -> Iterator[Breach]:
    if decision.term is None or not decision.candidates:
        yield Breach(
            f"{decision.id} determines the candidates, but names no "
            f"{'term' if decision.term is None else 'city'}.",
            "Name the year and the cities: --term 2028 --candidate …",
            ("matter",),
        )
    moment = moment_of(case, decision)
    named: list[tuple[str, Place]] = [
        (c, ("candidates", n)) for n, c in enumerate(decision.candidates)
    ]
    yield from _gone_by_then(case, decision, named)
    for n, city in enumerate(decision.candidates):
        none = stranger(case, decision.path, city, moment, case.law(moment.day))
        if none:
            yield Breach(
                f"{city} is not a member on {moment.day}{none.learnt}.",
                none.cure("Only a member's city can hold the presidency."),
                ("candidates", n),
                refs=(f"members/{city}",),
                kind=none.kind,
            )


def _gone_by_then(
    case: Case, decision: Decision, named: Iterable[tuple[str, Place]]
) -> Iterator[Breach]:
    """A member whose end is certain takes no presidency that begins after it (INT-38).

    Of what was closed before, it is told: a notice may be entered late.
    """
    moment = moment_of(case, decision)
    law, term = case.law(moment.day), decision.term
    if term is None or law.rule_set < 2:
        return
    earlier = case.before.decision(decision.id) if case.before else decision
    closed = earlier is not None and earlier.state in CLOSED
    barred = law.reading("INT-38") == NOT_ELIGIBLE and not closed
    for city, at in named:
        gone = gone_before(case.after, city, term, moment, law)
        sure = barred and known_to_leave(case, city, term, moment)
        if gone is not None:
            yield Breach(
                f"{city} is gone on {gone}, before the term of {term} begins.",
                "Name a member that stays, or retract the notice first: --effect "
                "withdrawal-retracted (INT-38).",
                at,
                facts={"city": city, "gone": str(gone)},
                refs=(f"members/{city}",),
                readings={"INT-38": law.reading("INT-38")},
                kind=None if sure else "note",
            )


def known_to_leave(case: Case, city: str, term: int, moment: Moment) -> bool:
    """Whether a city's end was certain by then; of a notice of that very day, as was on record.

    Else an act and a notice of one day would refuse each other, in whatever order they came.
    """
    eve = Moment(moment.day - timedelta(days=1))
    known = [(case.after, eve), *([(case.before, moment)] if case.before else [])]
    return any(gone_before(r, city, term, at, case.law(moment.day)) for r, at in known)


def _among_the_candidates(case: Case, decision: Decision) -> Iterator[Breach]:
    if decision.term is None or decision.city is None:
        yield Breach(
            f"{decision.id} is on the presidency, but names no "
            f"{'term' if decision.term is None else 'city'}.",
            "Name the city and the year: --subject … --term 2028.",
            ("matter",),
        )
        return
    by = determined(case.after, decision.term, moment_of(case, decision).day)
    if by is None:
        yield Breach(
            f"The Executive Committee has not determined candidates for {decision.term}.",
            f"It does so first: b40 decision propose candidates --term {decision.term} "
            "--candidate … --meeting …",
            ("term",),
            facts={"term": decision.term},
        )
    elif decision.city not in by.candidates:
        yield Breach(
            f"{decision.city} is not among the candidates that {by.id} determined for "
            f"{decision.term}: {', '.join(by.candidates)}.",
            "The Assembly approves one of the committee's candidates.",
            ("subject",),
            facts={"city": decision.city, "candidates": list(by.candidates)},
            refs=(by.id,),
        )


def _on_record(case: Case, decision: Decision) -> Iterator[Breach]:
    """An approval that carried stands in the term it is for, unless a later one does."""
    if decision.state != "adopted" or decision.term is None or not stands(case.after, decision):
        return
    term = case.after.term(decision.term)
    later = case.after.decision(term.approved) if term else None
    if later is None or (later.id != decision.id and later.term != decision.term):
        yield Breach(
            f"{decision.id} is adopted, but presidencies/{decision.term} does not name it.",
            effect_by_closing(decision),
            ("term",),
            refs=(f"presidencies/{decision.term}",),
            unwritten=True,
        )


def _rests_on_the_approval(case: Case, path: str) -> Iterator[Breach]:
    term = case.after.term_in(path)
    if term is None or term.approved is None or term.source is not None:
        return
    decision = case.after.decision(term.approved)
    if decision is None:
        return
    named = (decision.matter, decision.city, decision.term)
    if named != ("presidency", term.city, term.year) or decision.state != "adopted":
        yield Breach(
            f"presidencies/{term.year} of {term.city} rests on {decision.id}, "
            f"{decision.state}, on {decision.matter} of {decision.city} for {decision.term}.",
            "A term names the adopted decision of the Assembly on its own city and year.",
            ("approved",),
            refs=(decision.id,),
        )
    by = determined(case.after, term.year, decision.closed or case.on)
    if by is not None and term.candidates != by.id:
        yield Breach(
            f"presidencies/{term.year} names {term.candidates or 'no decision'} on the "
            f"candidates; {by.id} determined them.",
            f"Record candidates: {by.id}.",
            ("candidates",) if term.candidates else ("approved",),
            refs=(by.id,),
        )


RULES = (
    Rule(
        name="candidates-from-the-committee",
        article="Art. 11",
        norm="The Assembly approves the President from candidates the committee determined.",
        about=("decisions", "presidencies"),
        matters=("candidates", "presidency"),
        question=candidates_from_the_committee,
        readings=("INT-38",),
        fails="The Assembly approves a city that stood from the floor.",
        cure="Let the committee determine the candidates first: b40 decision propose candidates.",
        sentences=("art11.2", "art13.16"),
    ),
    duty_rule(
        name="capital-priority",
        article="Art. 11",
        norm="In the first round capitals come first, by country; a departure has its reason.",
        about=("decisions", "presidencies"),
        arising=capital_priority,
        fails="The committee names a city while a capital has neither served nor declined.",
        cure="Name the capital, record that it declined, or give the reason: --grounds.",
        parameters=("capitals", "region"),
        readings=("INT-15",),
        sentences=("art11.2",),
    ),
)
