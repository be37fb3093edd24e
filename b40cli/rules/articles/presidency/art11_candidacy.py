"""Art. 11: who can become President: candidates, the priority of capitals, the year of mandate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from b40cli.model.day import Moment
from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.facts.duty import Duty
from b40cli.model.finding import Place
from b40cli.model.ref import Ref, ref_of
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.articles.presidency.order import FIRST_ROUND, in_priority, with_priority
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.duties.duty import COMMITTEE, acknowledge, duty_rule, state_at
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.known_standing import stranger
from b40cli.rules.facts.leaving import NOT_ELIGIBLE, gone_before
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.vote import CLAIMS, effect_by_closing


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
