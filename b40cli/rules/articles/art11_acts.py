"""What the President decides alone (Art. 6, 9, 11, 14): who presided, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from b40cli.model.day import Since
from b40cli.model.decision import Decision
from b40cli.model.finding import Basis, Place
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.facts.seats import president_on

PRESIDENT = "president"


class Ground(NamedTuple):
    """What a fact claims to rest on: a decision on a matter, of a record, that closed on a day."""

    by: str
    matter: str
    subject: str
    day: date
    at: Place


def by_the_president_in_office(case: Case, decision: Decision, day: date) -> Iterator[Breach]:
    """Only the city that presides decides as President; on a handover's day it says which."""
    if decision.body != PRESIDENT:
        return
    city = (decision.decided_by or {}).get("city")
    before = decision.handover == "before"
    president = president_on(case.after, day - timedelta(days=1) if before else day)
    if president is None or city == president:
        yield from _by_the_mayor(case, decision, str(city), day)
        return
    yield Breach(
        f"{decision.id} is decided by {city}; {president} presides on {day}.",
        "Only the President in office decides as President.",
        ("decided_by", "city"),
        facts={"decided_by": city, "president": president},
        refs=(f"members/{president}",),
    )


def _by_the_mayor(case: Case, decision: Decision, city: str, day: date) -> Iterator[Breach]:
    """The presidency is its city's: where the register knows who heads it, that person decides."""
    member = case.after.member(city)
    mayor = member.mayor_on(day) if member else None
    decided = decision.decided_by or {}
    said = decided.get("person"), decided.get("capacity")
    if mayor is not None and said[0] and said != (mayor.name, mayor.capacity):
        yield Breach(
            f"{decision.id} is decided by {said[0]}, {said[1]} of {city}; in office on {day} is "
            f"{mayor.name}, {mayor.capacity}.",
            f"Name who is in office, or record it first: b40 member mayor {city} NAME --from DAY.",
            ("decided_by", "person"),
            facts={"person": said[0], "in_office": mayor.name},
            refs=(f"members/{city}",),
        )


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
