"""Decisions of one person on an office: the Secretary's appointment, the annual agenda."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.documents import filed_later
from b40cli.acts.change.effects import effect_of
from b40cli.acts.change.office_effects import secretary_appointed
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.unilateral import (
    SignedPaper,
    UnilateralOrder,
    by_president,
    decided,
    presiding,
)
from b40cli.acts.opened.session import Session
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import decision_of
from b40cli.model.facts.secretariat import Appointment
from b40cli.model.state.registry import SECRETARIAT
from b40cli.rules.articles.art12_secretary import ISTANBUL
from b40cli.rules.case.law import law_on
from b40cli.rules.facts.handover import handed_over_on, side_of
from b40cli.rules.facts.places import on_record
from b40cli.rules.facts.running_on import secretary_on
from b40cli.rules.facts.seats import presidency_on

if TYPE_CHECKING:
    from b40cli.model.results.offices import AgendaSet, SecretaryAppointed

Document = Mapping[str, Any] | None


def appoint(
    session: Session,
    name: str,
    start: date | None,
    person: str | None,
    evidence: Document,
    document: Document = None,
) -> Proposal[SecretaryAppointed]:
    """The Mayor of Istanbul appoints the Permanent Secretary: one decision with its effect.

    A `document` is filed with the appointment, of one that is on record already too.
    """
    city = on_record(session.before, law_on(session.before, session.on).text("appointing-city"))
    running = secretary_on(session.before, session.on)
    if running is not None and running.name == name:
        return _filed(session, running, document or evidence)
    title = f"Appointment of {name} as Permanent Secretary"
    order = UnilateralOrder("secretary", "secretariat", title)
    created = decided(session, ISTANBUL, city, order, SignedPaper(person, evidence))
    by, begins = created.record["id"], start or session.on
    edits = (created, *secretary_appointed(session.before, name, begins, by, document))
    headline = f"secretary: appoint {name}, {by} of the Mayor of Istanbul"
    result: SecretaryAppointed = {"id": by, "name": name, "from": str(begins)}
    return Proposal("secretary appoint", "secretariat", headline, edits, result, decision=by)


def _filed(session: Session, running: Appointment, paper: Document) -> Proposal[SecretaryAppointed]:
    """A paper for an appointment on record is filed with it, once; UsageError where another is."""
    headline = f"{running.name} is Permanent Secretary since {running.start}"
    result: SecretaryAppointed = {"name": running.name}
    told = Proposal("secretary appoint", "secretariat", headline, (), result)
    listed = session.before.content(SECRETARIAT)["appointments"]
    n = next(n for n, each in enumerate(listed) if _is_that(each, running))
    ground = session.before.decision(running.by)
    held = [*(ground.evidence if ground else ()), *filter(None, [listed[n].get("document")])]
    if paper is None or paper in held:
        return told
    edits = filed_later(SECRETARIAT, ("appointments", n), listed[n], paper)
    headline = f"secretary: the document of {running.name}'s appointment is on record"
    return told._replace(headline=headline, edits=edits)


def _is_that(entry: Mapping[str, Any], running: Appointment) -> bool:
    said = (entry["name"], entry.get("by"), entry.get("source"))
    return said == (running.name, running.by, running.source)


def agenda(session: Session, title: str | None, signed: SignedPaper) -> Proposal[AgendaSet]:
    """The President sets the network's annual agenda (Art. 11): for the term its city presides."""
    registry, city = session.before, signed.city or presiding(session)
    handed = handed_over_on(registry, session.on)
    side = "before" if handed is not None and handed.city != city else None
    term = presidency_on(registry, side_of(registry, session.on, side))
    if term is None:
        raise UsageError(f"No term is on record for {session.on}.", "Record the presidency first.")
    subject = f"presidencies/{term.year}"
    order = UnilateralOrder("annual-agenda", subject, title or f"Annual agenda of {term.year}")
    created = by_president(session, order, signed)
    decision = decision_of(created.path, created.record)
    edits = (created, *effect_of(session.before, decision, session.on))
    headline = f"presidency: annual agenda of {term.year}, {decision.id} of the President"
    result: AgendaSet = {"id": decision.id, "year": term.year}
    return Proposal("presidency agenda", subject, headline, edits, result, decision=decision.id)
