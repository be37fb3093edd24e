"""Members: applications, the Declaration, suspension by the President, mayors (Art. 5, 9, 11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from b40cli.acts.aftermath import consequences, of_standing
from b40cli.acts.effects import effect_of
from b40cli.acts.proposal import Proposal
from b40cli.acts.session import Session
from b40cli.acts.unilateral import Order, Signed, by_president
from b40cli.model.day import Moment
from b40cli.model.decision import decision_of
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.member import Member
from b40cli.model.registry import ROOT, Registry
from b40cli.rules.law import law_on
from b40cli.rules.standing import standing_of

OVER = frozenset({"declined", "withdrawn", "left", "removed"})


class Applicant(NamedTuple):
    """A local government as its application and the gazetteer describe it."""

    name: str
    country: str
    application: Mapping[str, Any]
    gazetteer: int | None = None
    population: Mapping[str, Any] | None = None
    elected: Mapping[str, Any] | None = None
    contact: str | None = None
    city: str | None = None


def member_named(registry: Registry, city: str) -> Member:
    """The member, applicant or former member of that id; UsageError where there is none."""
    member = registry.member(city) if _is_id(city) else None
    if member is None:
        raise UsageError(f"No city {city} is on record.", "b40 member list names them.")
    return member


def _is_id(city: str) -> bool:
    return city.isascii() and city.replace("-", "").isalnum()


def city_id(applicant: Applicant) -> str:
    """bg-stara-zagora for Stara Zagora in Bulgaria."""
    from b40cli.store.gazetteer import fold

    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(applicant.name)).split()
    if not words:
        raise UsageError(
            f"No id can be made from {applicant.name!r}.", "Name the city in Latin letters."
        )
    return f"{applicant.country.lower()}-{'-'.join(words)}"


def submit(session: Session, applicant: Applicant) -> Proposal:
    """Record an application on the day it was received, complete or not (Art. 5)."""
    city = applicant.city or city_id(applicant)
    member = session.before.member(city)
    application = dict(applicant.application)
    edits = _new(city, applicant) if member is None else _again(session, member, applicant)
    result = {"id": city, "name": applicant.name, "application": application}
    headline = f"application: {applicant.name}, received {application['received']}"
    if member is not None and not edits:
        headline = f"{member.name} has applied already"
    return Proposal("application submit", f"members/{city}", headline, edits, result)


def _new(city: str, applicant: Applicant) -> tuple[Edit, ...]:
    record = {
        "id": city,
        "name": applicant.name,
        "country": applicant.country,
        "government": {"kind": "municipality"},
        **_facts(applicant),
        "application": dict(applicant.application),
    }
    return (Create(f"{ROOT}members/{city}.yaml", record),)


def _facts(applicant: Applicant) -> dict[str, Any]:
    """What an application tells of the city itself."""
    government = {"kind": "municipality", "elected": {"evidence": applicant.elected}}
    facts = {
        "government": government if applicant.elected else None,
        "gazetteer": applicant.gazetteer,
        "population": applicant.population,
        "contact": {"email": applicant.contact} if applicant.contact else None,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _again(session: Session, member: Member, applicant: Applicant) -> tuple[Edit, ...]:
    """A city on record applies again once its earlier matter is over, with what is known anew."""
    data, application = session.before.data(member.path) or {}, dict(applicant.application)
    earlier = data.get("application")
    standing = _standing(session, member)
    if earlier == application:
        return ()
    if standing not in OVER:
        raise UsageError(
            f"{member.name} is on record as {standing}; it cannot apply again.",
            "An application is pending or granted: b40 member show "
            f"{member.id} tells which (Art. 5).",
        )
    told = _facts(applicant).items()
    anew = [Put(member.path, (key,), value) for key, value in told if data.get(key) != value]
    put = Put(member.path, ("application",), application)
    if earlier is None:
        return (*anew, put)
    return (*anew, Append(member.path, ("former_applications",), earlier), put)


def _standing(session: Session, member: Member) -> str:
    law = law_on(session.before, session.on)
    return standing_of(session.before, member, Moment(session.on), law)


def withdraw_application(session: Session, city: str) -> Proposal:
    """Record that a city took its application back before it was decided."""
    member = member_named(session.before, city)
    headline = f"application: {member.name} withdraws"
    if member.application is None:
        raise UsageError(f"{member.name} has no application on record.", "b40 application list.")
    if member.application.outcome:
        raise UsageError(
            f"The application of {member.name} was answered by {member.application.outcome}.",
            "A member leaves by a notice to the Executive Committee (Art. 9).",
        )
    done = member.application.withdrawn is not None
    edit = Put(member.path, ("application", "withdrawn"), str(session.on))
    result = {"id": city, "withdrawn": str(member.application.withdrawn or session.on)}
    edits: tuple[Edit, ...] = () if done else (edit,)
    return Proposal("application withdraw", f"members/{city}", headline, edits, result)


def leave(
    session: Session, city: str, received: date, document: Mapping[str, Any] | None
) -> Proposal:
    """Record a notice of leaving; the member stays, with its vote, through 31 December (Art. 9)."""
    member = member_named(session.before, city)
    first_day_out = date(received.year + 1, 1, 1)
    entry = {"received": str(received), "document": dict(document) if document else None}
    whole = {key: value for key, value in entry.items() if value is not None}
    whole |= {"effective": str(first_day_out)}
    edit = Put(member.path, ("withdrawal",), whole)
    done = member.withdrawal is not None and member.withdrawal.received == received
    headline = f"member: {member.name} leaves, notice of {received}"
    body = (
        f"Member with its vote through {first_day_out - timedelta(days=1)} (Art. 9).",
        *of_standing(session.before, "withdrawal", city, received),
    )
    result = {"id": city, "withdrawal": whole}
    edits: tuple[Edit, ...] = () if done else (edit,)
    return Proposal("member withdraw", f"members/{city}", headline, edits, result, body)


def sign(
    session: Session,
    city: str,
    signed: date | None,
    place: str | None,
    document: Mapping[str, Any] | None,
    ceremony: str | None,
) -> Proposal:
    """Record the signed Declaration, and the ceremony at the Annual Summit (Art. 5)."""
    member = member_named(session.before, city)
    edits: list[Edit] = []
    if member.declared is None:
        entry: dict[str, Any] = {"signed": str(signed or session.on)}
        entry |= {"place": place} if place else {}
        entry |= {"document": dict(document)} if document else {}
        edits.append(Put(member.path, ("declaration",), entry))
    if ceremony and member.ceremony != ceremony:
        edits.append(Put(member.path, ("ceremony",), ceremony))
    day = str(member.declared or signed or session.on)
    where = f"at {ceremony}" if ceremony and member.declared else day
    headline = f"member: {member.name} signs the Declaration, {where}"
    result = {"id": city, "signed": day, "ceremony": ceremony or member.ceremony}
    return Proposal("member sign", f"members/{city}", headline, tuple(edits), result)


def decide_as_president(
    session: Session,
    matter: str,
    city: str,
    grounds: str | None,
    person: str | None,
    evidence: Mapping[str, Any] | None,
) -> Proposal:
    """Suspension or reinstatement by the President: one decision with its effect (Art. 9)."""
    member = member_named(session.before, city)
    title = f"{matter.capitalize()} of {member.name}"
    order = Order(matter, f"members/{city}", title)
    created = by_president(session, order, Signed(person, evidence, grounds))
    decision = decision_of(created.path, created.record)
    edits = (created, *effect_of(session.before, decision, session.on))
    act = "member suspend" if matter == "suspension" else "member reinstate"
    name = decision.id
    result = {"id": name, "state": "adopted", "member": city, "matter": matter}
    headline = f"{act.replace(' ', ': ')} {member.name}, {name} of the President"
    told = (f"Grounds: {grounds}",) if grounds else ()
    body = (*told, *consequences(session.before, decision, session.on))
    return Proposal(act, f"members/{city}", headline, edits, result, body, name)


def mayor(
    session: Session, city: str, name: str, start: date, until: date | None, capacity: str
) -> Proposal:
    """Record a mayor or acting mayor; an open earlier mandate ends where the new one begins."""
    member = member_named(session.before, city)
    entry = {"name": name, "capacity": capacity, "from": str(start)}
    entry |= {"until": str(until)} if until else {}
    edits: list[Edit] = []
    last = member.mayors[-1] if member.mayors else None
    known = last is not None and (last.name, last.capacity, last.start.day) == (
        name,
        capacity,
        start,
    )
    if last is not None and not known and last.until is None:
        place = ("mayors", len(member.mayors) - 1, "until")
        edits.append(Put(member.path, place, str(start)))
    if not known:
        edits.append(Append(member.path, ("mayors",), entry))
    headline = f"member: {name} {capacity.replace('-', ' ')} of {member.name} from {start}"
    result = {"id": city, "mayor": entry}
    return Proposal("member mayor", f"members/{city}", headline, tuple(edits), result)
