"""Decisions of one person on an office: the Secretary's appointment, the annual agenda."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from b40cli.acts.change.effects import effect_of
from b40cli.acts.change.office_effects import secretary_appointed
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.questions import next_id
from b40cli.acts.opened.session import Session
from b40cli.acts.reads.offices import serving
from b40cli.model.decision import decision_of, path_of
from b40cli.model.edit import Create
from b40cli.model.errors import UsageError
from b40cli.model.registry import Registry
from b40cli.rules.articles.art12_secretary import ISTANBUL
from b40cli.rules.case.law import edition_on, law_on
from b40cli.rules.facts.places import on_record
from b40cli.rules.facts.seats import presidency_on, president_on

Document = Mapping[str, Any] | None


def appoint(
    session: Session, name: str, start: date | None, person: str | None, evidence: Document
) -> Proposal:
    """The Mayor of Istanbul appoints the Permanent Secretary: one decision with its effect."""
    city = on_record(session.before, law_on(session.before, session.on).text("appointing-city"))
    running = serving(session.before, session.on)
    if running is not None and running.name == name:
        headline = f"{name} is Permanent Secretary since {running.start}"
        return Proposal("secretary appoint", "secretariat", headline, (), {"name": name})
    title = f"Appointment of {name} as Permanent Secretary"
    whole = _decided(session, ISTANBUL, "secretary", "secretariat", title, city, person, evidence)
    begins = start or session.on
    edits = (
        Create(path_of(whole["id"]), whole),
        *secretary_appointed(session.before, name, begins, whole["id"]),
    )
    headline = f"secretary: appoint {name}, {whole['id']} of the Mayor of Istanbul"
    result = {"id": whole["id"], "name": name, "from": str(begins)}
    return Proposal(
        "secretary appoint", "secretariat", headline, edits, result, decision=whole["id"]
    )


def agenda(session: Session, title: str | None, person: str | None, evidence: Document) -> Proposal:
    """The President sets the network's annual agenda (Art. 11)."""
    president, term = (
        president_on(session.before, session.on),
        presidency_on(session.before, session.on),
    )
    if president is None or term is None:
        raise UsageError(
            f"The register does not know who presides on {session.on}.",
            "Where the presidency is vacant the statutes are silent: the Assembly or the committee "
            "decides, with --statutes-silent.",
        )
    subject = f"presidencies/{term.year}"
    said = title or f"Annual agenda of {term.year}"
    whole = _decided(
        session, "president", "annual-agenda", subject, said, president, person, evidence
    )
    decision = decision_of(path_of(whole["id"]), whole)
    edits = (Create(decision.path, whole), *effect_of(session.before, decision, session.on))
    headline = f"presidency: annual agenda of {term.year}, {decision.id} of the President"
    result = {"id": decision.id, "year": term.year}
    return Proposal("presidency agenda", subject, headline, edits, result, decision=decision.id)


def _decided(
    session: Session,
    body: str,
    matter: str,
    subject: str,
    title: str,
    city: str,
    person: str | None,
    evidence: Document,
) -> dict[str, Any]:
    """The record of a decision one person makes, on a signed document."""
    if evidence is None:
        raise UsageError(
            "Such a decision rests on a document.", "Name it: --evidence decision.pdf."
        )
    edition = edition_on(session.before, session.on)
    return {
        "id": next_id(session.before, body, session.on.year),
        "body": body,
        "matter": matter,
        "subject": subject,
        "title": title,
        "proposed": str(session.on),
        "state": "adopted",
        "closed": str(session.on),
        **({"edition": edition.id} if edition else {}),
        "decided_by": {"city": city, **_person(session.before, session.on, city, person)},
        "evidence": [dict(evidence)],
    }


def _person(registry: Registry, day: date, city: str, person: str | None) -> dict[str, str]:
    member = registry.member(city)
    mayor = member.mayor_on(day) if member else None
    if mayor is not None and person in (None, mayor.name):
        return {"person": mayor.name, "capacity": mayor.capacity}
    if person is None:
        raise UsageError(
            f"No mayor of {city} is on record for {day}.",
            "Name who decided: --person, or record the mayor: b40 member mayor.",
        )
    return {"person": person, "capacity": "mayor"}
