"""Decisions one office takes alone: signed, on paper, with their effect in the same act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from b40cli.acts.change.questions import next_id
from b40cli.acts.opened.session import Session
from b40cli.model.decision import path_of
from b40cli.model.edit import Create
from b40cli.model.errors import UsageError
from b40cli.rules.case.law import edition_on
from b40cli.rules.facts.heads import known_heads
from b40cli.rules.facts.seats import presidency_on, president_on
from b40cli.rules.votes.vote import BODY_NAMES


class UnilateralOrder(NamedTuple):
    """What is decided, about which record; `candidates` names the city that is designated."""

    matter: str
    subject: str
    title: str
    candidates: tuple[str, ...] = ()


class SignedPaper(NamedTuple):
    """Who signed (else the mayor on record), on which paper, why, and on a handover's day when."""

    person: str | None
    evidence: Mapping[str, Any] | None
    grounds: str | None = None
    handover: str | None = None


def by_president(session: Session, order: UnilateralOrder, signed: SignedPaper) -> Create:
    """The record of a decision of the President in office; UsageError where none is known."""
    city = president_on(session.before, session.on)
    if city is None:
        vacant = presidency_on(session.before, session.on) is not None
        raise UsageError(
            f"The presidency is vacant on {session.on}."
            if vacant
            else f"The register does not know who presides on {session.on}.",
            "The statutes are silent: the Assembly or the committee decides who stands in, with "
            "--statutes-silent."
            if vacant
            else "Record the presidency first.",
        )
    return decided(session, "president", city, order, signed)


def decided(
    session: Session, body: str, city: str, order: UnilateralOrder, signed: SignedPaper
) -> Create:
    """The record of a decision that an office takes alone, signed for it by its city's mayor."""
    if signed.evidence is None:
        raise UsageError(
            f"A decision of the {BODY_NAMES[body]} rests on a document.",
            "Name the signed decision: --evidence decision.pdf.",
        )
    name = next_id(session.before, body, session.on.year)
    heads = known_heads(session.before, [city], session.on)
    edition = edition_on(session.before, session.on)
    record: dict[str, Any] = {
        "id": name,
        "body": body,
        "matter": order.matter,
        "subject": order.subject,
        "title": order.title,
        "handover": signed.handover,
        "proposed": str(session.on),
        "state": "adopted",
        "closed": str(session.on),
        "edition": edition.id if edition else None,
        "grounds": signed.grounds,
        "candidates": list(order.candidates) or None,
        "decided_by": {"city": city, **_person(session, city, signed.person)},
        "evidence": [dict(signed.evidence)],
        "known": {"heads": heads} if heads else None,
    }
    whole = {key: value for key, value in record.items() if value is not None}
    return Create(path_of(name), whole)


def _person(session: Session, city: str, person: str | None) -> dict[str, str]:
    """The mayor on record; a name given by hand is taken for the mayor's."""
    found = session.before.member(city)
    mayor = found.mayor_on(session.on) if found else None
    if person is None and mayor is None:
        raise UsageError(
            f"No mayor of {city} is on record for {session.on}.",
            "Name who decided: --person, or record the mayor: b40 member mayor.",
        )
    if mayor is not None and person in (None, mayor.name):
        return {"person": mayor.name, "capacity": mayor.capacity}
    return {"person": person or "", "capacity": "mayor"}
