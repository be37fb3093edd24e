"""What the President decides alone (Art. 6, 9, 11, 14): who presided, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from b40cli.model.day import Since
from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.finding import Basis, Place
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.facts.handover import handed_over_on, side_of_act
from b40cli.rules.facts.heads import HeldAgainst, PersonNamed, fits, head_on, heads_moved
from b40cli.rules.facts.presiding import presides_on

PRESIDENT = "president"


class Ground(NamedTuple):
    """What a fact claims to rest on: a decision on a matter, of a record, that closed on a day."""

    by: str
    matter: str
    subject: str
    day: date
    at: Place


def by_the_president_in_office(case: Case, decision: Decision, day: date) -> Iterator[Breach]:
    """Only the city that presides decides as President, on its side of that day's handover."""
    if decision.body != PRESIDENT:
        return
    city = (decision.decided_by or {}).get("city")
    president = presiding_for(case, decision, day)
    if president is None or city == president or presided_as_known(case, decision):
        yield from by_the_mayor(case, decision, str(city), day)
        return
    yield Breach(
        f"{decision.id} is decided by {city}; {president} presides on {day}.",
        "Only the President in office decides as President; on the day of a handover also the "
        "outgoing one: --city.",
        ("decided_by", "city"),
        facts={"decided_by": city, "president": president},
        refs=(f"members/{president}",),
    )


def presiding_for(case: Case, decision: Decision, day: date) -> str | None:
    """The city that presides on the side of the day on which a President's act stands.

    Where the handover itself is not on record, before it is the eve.
    """
    side = side_told(case, decision, day)
    unseen = side == "before" and handed_over_on(case.after, day) is None
    return presides_on(case.after, day - timedelta(days=1) if unseen else day, side)


def side_told(case: Case, decision: Decision, day: date) -> str | None:
    """The side of its day's handover on which an act stands; under the first set it says so."""
    law = case.law_or_none(day)
    if law is None or law.rule_set < 2:
        return decision.handover
    return side_of_act(case.after, decision, day)


def presided_as_known(case: Case, decision: Decision) -> bool:
    """Whether an act rests on a presidency that was known when it was closed.

    One that comes on record with this change was closed before it where the change itself takes
    the presidency from its city.
    """
    city = str((decision.decided_by or {}).get("city"))
    seats = decision.known.seats if decision.known else None
    if decision.state not in CLOSED or (PRESIDENT, city) not in (seats or ()):
        return False
    earlier = case.before.decision(decision.id) if case.before else decision
    if earlier is not None and earlier.state in CLOSED:
        return True
    day = decision.closed or case.on
    return case.before is not None and presides_on(case.before, day) == city


def by_the_mayor(case: Case, decision: Decision, city: str, day: date) -> Iterator[Breach]:
    """An office is its city's: where the register knows who heads it, that person decides."""
    named = signatory(decision, city)
    if named is None or fits(case.after, named, judged_decision(case, decision, day)) != "other":
        return
    told = decision.known.head_of(city) if decision.known else None
    decided = decision.decided_by or {}
    mayor = told or head_on(case.after, city, day)
    if mayor is None:
        return
    yield Breach(
        f"{decision.id} is decided by {named.name}, {decided.get('capacity')} of {city}; in office "
        f"on {day} is {mayor.name}, {mayor.capacity}.",
        f"Name who is in office, or record it first: b40 member mayor {city} NAME --from DAY.",
        ("decided_by", "person"),
        facts={"person": named.name, "in_office": mayor.name},
        refs=(f"members/{city}",),
    )


def signatory(decision: Decision, city: str) -> PersonNamed | None:
    """Who signed for a city, as the decision says."""
    decided = decision.decided_by or {}
    person = decided.get("person")
    # The Secretary is appointed by whoever is in office; in which capacity, the paper says.
    capacity = decided.get("capacity") if decision.body == PRESIDENT else None
    return PersonNamed(city, person, capacity) if person else None


def judged_decision(case: Case, decision: Decision, day: date) -> HeldAgainst:
    """Whose signatory is held against what was known: of a decision that was closed before."""
    before = case.before.decision(decision.id) if case.before else decision
    closed = before is not None and before.state in CLOSED
    city = str((decision.decided_by or {}).get("city"))
    closed = closed or (decision.state in CLOSED and heads_moved(case, city))
    return HeldAgainst(day, decision.known, closed)


def grounded(case: Case, ground: Ground) -> Iterator[Breach]:
    """A fact rests on the decision it names: its matter, its subject, its result, its day.

    Whether the decision is on record at all is asked by `references-resolve`.
    """
    decision = case.after.decision(ground.by)
    where = ".".join(map(str, ground.at))
    if decision is None:
        return
    if (decision.matter, decision.subject) != (ground.matter, ground.subject):
        yield Breach(
            f"{where} rests on {decision.id}, a decision on {decision.matter} of "
            f"{decision.subject or 'nothing on record'}.",
            f"Name the decision on {ground.matter} of {ground.subject}.",
            ground.at,
            refs=(decision.id,),
        )
    elif decision.state != "adopted":
        yield Breach(
            f"{where} rests on {decision.id}, which is {decision.state}.",
            "Only a decision that was adopted has an effect.",
            ground.at,
            facts={"state": decision.state},
            refs=(decision.id,),
        )
    elif decision.closed != ground.day:
        yield Breach(
            f"{where} rests on {decision.id} of {decision.closed}; the day recorded is "
            f"{ground.day}.",
            f"Record {decision.closed}.",
            ground.at,
            facts={"closed": str(decision.closed), "recorded": str(ground.day)},
            refs=(decision.id,),
        )


def sourced_too_late(case: Case, start: Since | date, what: str, at: Place) -> Iterator[Breach]:
    """In an official register only what came before it rests on a source alone."""
    network = case.after.network
    day = start.day if isinstance(start, Since) else start
    if network is None or network.status != "official" or day < network.opened:
        return
    yield Breach(
        f"{what} since {start} rests on a source alone; the register is official since "
        f"{network.opened}.",
        "In an official register it rests on a decision of the President.",
        at,
    )


def basis_on(case: Case, day: date, source: str | None = None) -> Basis:
    """Whether a fact is of the opening record: it has a source, or is older than the register."""
    network = case.after.network
    early = network is not None and day < network.opened
    return "attested" if source is not None or early else "judged"
