"""Art. 11: the year of mandate that a President's mayor has left, and from when it is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from b40cli.model.day import day_of, months_later
from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.facts.member import Mayor
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.articles.presidency.art11_candidacy import determined, nomination
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.facts.heads import head_on, heads_moved
from b40cli.rules.facts.terms import planned_handover


def counted_from(registry: Registry, decision: Decision, day: date, law: Law) -> date | None:
    """The day from which the mayor has a year left (INT-07); None while it cannot be told."""
    if decision.term is None:
        return None
    reading = law.reading("INT-07")
    if reading == "assembly-vote":
        return day
    if reading == "candidacy":
        by = determined(registry, decision.term, day)
        return by.closed if by else None
    return planned_handover(registry, decision.term)


def mandate_of_one_year(case: Case, path: str) -> Iterator[Breach]:
    """The mayor of the city approved has at least one year of mandate left.

    Of an approval on record, as the mandate was known: what is learnt later is told by a note.
    """
    decision = nomination(case, path)
    if decision is None or decision.city is None or decision.term is None:
        return
    day = moment_of(case, decision).day
    fixed = _fixed(case, decision)
    if fixed is not None and _approved_now(case, decision):
        start = counted_from(case.after, decision, day, case.law(day))
        if fixed["counted_from"] != str(start):
            yield _miscounted(decision, fixed["counted_from"], start)
    mayor = head_on(case.after, decision.city, day)
    if fixed is None or not _approved_before(case, decision):
        yield from _of_a_year(case, decision, day, mayor)
    elif mayor is not None:
        then = mayor._replace(until=day_of(fixed.get("until")), ended_by=False)
        yield from _of_a_year(case, decision, day, then)


def shortened(case: Case, decision: Decision) -> Iterator[Breach]:
    """What today's register says against the mandate on which a city was approved."""
    if decision.city is None or _fixed(case, decision) is None:
        return
    if not _approved_before(case, decision):
        return
    day = moment_of(case, decision).day
    yield from _of_a_year(case, decision, day, head_on(case.after, decision.city, day))


def _fixed(case: Case, decision: Decision) -> Mapping[str, Any] | None:
    """What the approval rested on, as the term records it."""
    term = case.after.term(decision.term)
    return term.mandate if term and term.approved == decision.id else None


def _of_a_year(case: Case, decision: Decision, day: date, mayor: Mayor | None) -> Iterator[Breach]:
    law, fixed = case.law(day), _fixed(case, decision)
    start = counted_from(case.after, decision, day, law)
    if fixed is not None:
        start = date.fromisoformat(fixed["counted_from"])
    if start is None:
        return
    needed = months_later(start, law.number("mandate-left-months"))
    if mayor is not None and mayor.until is not None and mayor.until < needed:
        yield _too_short(decision, mayor, mayor.until, start, needed, law)
    elif mayor is None or mayor.until is None or mayor.ended_by:
        yield _unknown_mandate(decision, mayor)


def _approved_before(case: Case, decision: Decision) -> bool:
    """Whether the approval was on record before this change (or there is none to speak of)."""
    if decision.state not in CLOSED:
        return False
    return not _approved_now(case, decision) or heads_moved(case, decision.city or "")


def _approved_now(case: Case, decision: Decision) -> bool:
    if case.before is None:
        return False
    earlier = case.before.decision(decision.id)
    return earlier is None or earlier.state != "adopted"


def _miscounted(decision: Decision, recorded: str, computed: date | None) -> Breach:
    return Breach(
        f"The year of mandate in {decision.id} is counted from {recorded}; by the record it is "
        f"counted from {computed}.",
        f"Record {computed}.",
        ("term",),
        facts={"recorded": recorded, "computed": str(computed)},
    )


def _unknown_mandate(decision: Decision, mayor: Mayor | None) -> Breach:
    missing = f"the end of the mandate of {mayor.name}" if mayor else "who is mayor, and until when"
    who = f'"{mayor.name}" --from {mayor.start}' if mayor else "NAME --from …"
    return Breach(
        f"Undetermined: {decision.id} rests on what the register does not know of "
        f"{decision.city}: {missing}.",
        f"Record it first: b40 member mayor {decision.city} {who} --until …",
        ("subject",),
        facts={"undetermined": [missing]},
        refs=(f"members/{decision.city}",),
    )


def _too_short(
    decision: Decision, mayor: Mayor, until: date, start: date, needed: date, law: Law
) -> Breach:
    return Breach(
        f"The mandate of {mayor.name}, {mayor.capacity.replace('-', ' ')} of {decision.city}, "
        f"ends on {until}; counted from {start} it has to last until {needed}.",
        "Approve a city whose mayor has a year of mandate left.",
        ("subject",),
        facts={"until": str(until), "counted_from": str(start), "needed": str(needed)},
        refs=(f"members/{decision.city}",),
        readings={"INT-07": law.reading("INT-07")},
    )


RULES = (
    Rule(
        name="mandate-of-one-year",
        article="Art. 11",
        norm="The mayor of the city approved has at least one year of mandate left.",
        about=("decisions",),
        matters=("presidency",),
        question=mandate_of_one_year,
        fails="A city is approved whose mayor's mandate ends in the autumn of the term.",
        cure="Approve another candidate; the mandate's end is in b40 member show.",
        parameters=("mandate-left-months",),
        readings=("INT-07",),
        sentences=("art11.3",),
    ),
)
