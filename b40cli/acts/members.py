"""Members: applications, the Declaration, suspension by the President, mayors (Art. 5, 9, 11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.consequences import consequences, of_standing
from b40cli.acts.change.documents import filed_later
from b40cli.acts.change.effects import departure, effect_of
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.unilateral import SignedPaper, UnilateralOrder, by_president
from b40cli.acts.opened.gazetteer_match import city_id
from b40cli.acts.opened.named import member_named
from b40cli.acts.opened.session import Session
from b40cli.model.day import Moment, Since, year_after
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import decision_of
from b40cli.model.facts.member import MAYOR, Mayor, Member
from b40cli.model.finding import Finding, Place
from b40cli.model.ref import Ref, stated
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import law_on, rule_set_on
from b40cli.rules.facts.standing import standing_of
from b40cli.rules.record.member_days import BEGUN, mandate_faults, runs_backwards

if TYPE_CHECKING:
    from b40cli.model.results.members import (
        ApplicationWithdrawn,
        Applied,
        Leaving,
        MayorRecorded,
        MemberSigned,
        PresidentDecided,
    )

# Why an application that was answered is not taken back, by what became of the city.
_BY_NOTICE = (
    "withdrawal-at-year-end",
    "Art. 9",
    "A member leaves by a notice to the Executive Committee: b40 member withdraw {}.",
)
NOT_TAKEN_BACK = {
    "member": _BY_NOTICE,
    "leaving": _BY_NOTICE,
    "admitted": (
        "declaration-signed",
        "Art. 5",
        "Nothing needs to be done: without its signed Declaration it does not become a member.",
    ),
    "declined": (
        "application-is-complete",
        "Art. 5",
        "There is nothing to take back; it may apply again: b40 application submit.",
    ),
}


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


def submit(session: Session, applicant: Applicant) -> Proposal[Applied]:
    """Record an application on the day it was received, complete or not (Art. 5).

    Given again while it is pending, and for no other day, it adds what it lacked.
    """
    city = applicant.city or city_id(applicant.name, applicant.country)
    member = session.before.member(city)
    application = {"received": str(session.on), **applicant.application}
    held = _pending(session.before, member) if member else {}
    added = _lacking(held, applicant.application) if held else None
    if member is None:
        edits = _new(city, applicant, application)
    elif added is None:
        edits = _again(session, member, applicant, application)
    else:
        application = {**held, **added}
        edits = _told(session, member, applicant, ("application",), added)
    result: Applied = {"id": city, "name": applicant.name, "application": application}
    headline = f"application: {applicant.name}, received {application['received']}"
    if member is not None and not edits:
        headline = f"{member.name} has applied already"
    return Proposal("application submit", f"members/{city}", headline, edits, result)


def _new(city: str, applicant: Applicant, application: Mapping[str, Any]) -> tuple[Edit, ...]:
    record = {
        "id": city,
        "name": applicant.name,
        "country": applicant.country,
        "government": {"kind": "municipality"},
        **_facts(applicant),
        "application": dict(application),
    }
    return (Create(Ref("members", city).path, record),)


def _facts(applicant: Applicant) -> dict[str, Any]:
    """What an application tells of the city itself."""
    government = {"kind": "municipality", "elected": {"evidence": applicant.elected}}
    told: dict[str, Any] = {
        "government": government if applicant.elected else None,
        "gazetteer": applicant.gazetteer,
        "population": applicant.population,
        "contact": {"email": applicant.contact} if applicant.contact else None,
    }
    return stated(told)


def _again(
    session: Session, member: Member, applicant: Applicant, application: Mapping[str, Any]
) -> tuple[Edit, ...]:
    """A further application of a city on record; whether it can apply, says the judge."""
    earlier = session.before.content(member.path).get("application")
    if earlier == application:
        return ()
    told = _told(session, member, applicant, (), {"application": dict(application)})
    if earlier is None:
        return told
    return (*told[:-1], Append(member.path, ("former_applications",), earlier), told[-1])


def _told(
    session: Session, member: Member, applicant: Applicant, at: Place, given: Mapping[str, Any]
) -> tuple[Edit, ...]:
    """What is known anew of the city itself, then what is given."""
    data = session.before.content(member.path)
    told = _facts(applicant)
    if "government" in told:
        told["government"] |= {"kind": data.get("government", told["government"])["kind"]}
    anew = {key: value for key, value in told.items() if data.get(key) != value}
    facts = (Put(member.path, (key,), value) for key, value in anew.items())
    return (*facts, *(Put(member.path, (*at, key), value) for key, value in given.items()))


def _pending(registry: Registry, member: Member) -> Mapping[str, Any]:
    """The application that was neither answered nor taken back; empty where there is none."""
    held = registry.content(member.path).get("application", {})
    return {} if held.get("outcome") or held.get("withdrawn") else held


def _lacking(held: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is given beyond a pending application; None where it is another application."""
    papers, known = given.get("documents", ()), held.get("documents", [])
    parts = {key: value for key, value in given.items() if key != "documents"}
    if any(held.get(key, value) != value for key, value in parts.items()):
        return None
    further = [paper for paper in papers if paper not in known]
    lacking = {key: value for key, value in parts.items() if key not in held}
    return lacking | ({"documents": [*known, *further]} if further else {})


def _standing(session: Session, member: Member) -> str:
    law = law_on(session.before, session.on)
    return standing_of(session.before, member, Moment(session.on), law)


def withdraw_application(session: Session, city: str) -> Proposal[ApplicationWithdrawn]:
    """Record that a city took its application back before it was decided."""
    member = member_named(session.before, city)
    headline = f"application: {member.name} withdraws"
    if member.application is None:
        raise UsageError(f"{member.name} has no application on record.", "b40 application list.")
    if member.application.outcome:
        return _answered(session, member, member.application.outcome)
    done = member.application.withdrawn is not None
    edit = Put(member.path, ("application", "withdrawn"), str(session.on))
    result: ApplicationWithdrawn = {
        "id": city,
        "withdrawn": str(member.application.withdrawn or session.on),
    }
    edits: tuple[Edit, ...] = () if done else (edit,)
    return Proposal("application withdraw", f"members/{city}", headline, edits, result)


def _answered(session: Session, member: Member, outcome: str) -> Proposal[ApplicationWithdrawn]:
    """An application that was answered is not taken back; what a city can do is told instead."""
    standing = _standing(session, member)
    rule, article, remedy = NOT_TAKEN_BACK.get(standing, NOT_TAKEN_BACK["declined"])
    found = Finding(
        rule,
        "validity",
        article,
        f"The application of {member.name} was answered by {outcome}: it cannot be taken back.",
        remedy.format(member.id),
        member.path,
        at=("application", "outcome"),
        facts={"outcome": outcome, "standing": standing},
        refs=(outcome,),
    )
    headline = f"application: {member.name} withdraws"
    result: ApplicationWithdrawn = {"id": member.id, "withdrawn": None}
    told = Proposal("application withdraw", f"members/{member.id}", headline, (), result)
    return told._replace(refusals=(found,))


def leave(
    session: Session, city: str, received: date, document: Mapping[str, Any] | None
) -> Proposal[Leaving]:
    """Record a notice of leaving; the member stays, with its vote, through 31 December (Art. 9)."""
    member = member_named(session.before, city)
    first_day_out = year_after(received)
    whole = stated({"received": str(received), "document": document})
    whole["effective"] = str(first_day_out)
    going = departure(session.before, member, "withdrawal", whole)
    done = member.withdrawal is not None and member.withdrawal.received == received
    headline = f"member: {member.name} leaves, notice of {received}"
    body = (
        f"Member with its vote through {first_day_out - timedelta(days=1)} (Art. 9).",
        *of_standing(session.before, "withdrawal", city, received),
    )
    result: Leaving = {"id": city, "withdrawal": whole}
    if done:
        held = session.before.content(member.path)["withdrawal"]
        going = list(filed_later(member.path, ("withdrawal",), held, document))
        result = {"id": city, "withdrawal": {**held, **whole}}
    edits: tuple[Edit, ...] = tuple(going)
    return Proposal("member withdraw", f"members/{city}", headline, edits, result, body)


def sign(
    session: Session,
    city: str,
    signed: date | None,
    place: str | None,
    document: Mapping[str, Any] | None,
    ceremony: str | None,
) -> Proposal[MemberSigned]:
    """Record the signed Declaration, and the ceremony at the Annual Summit (Art. 5)."""
    member = member_named(session.before, city)
    edits: list[Edit] = []
    if member.declared is None or signed not in (None, member.declared):
        day = str(signed or session.on)
        entry = stated({"signed": day, "place": place or None, "document": document})
        edits.append(Put(member.path, ("declaration",), entry))
    else:
        held = session.before.content(member.path)["declaration"]
        edits += filed_later(member.path, ("declaration",), held, document)
    if ceremony and member.ceremony != ceremony:
        edits.append(Put(member.path, ("ceremony",), ceremony))
    day = str(signed or member.declared or session.on)
    where = f"at {ceremony}" if ceremony and member.declared else day
    headline = f"member: {member.name} signs the Declaration, {where}"
    result: MemberSigned = {"id": city, "signed": day, "ceremony": ceremony or member.ceremony}
    return Proposal("member sign", f"members/{city}", headline, tuple(edits), result)


def decide_as_president(
    session: Session, matter: str, city: str, signed: SignedPaper
) -> Proposal[PresidentDecided]:
    """Suspension or reinstatement by the President: one decision with its effect (Art. 9)."""
    member = member_named(session.before, city)
    title = f"{matter.capitalize()} of {member.name}"
    order = UnilateralOrder(matter, f"members/{city}", title)
    created = by_president(session, order, signed)
    decision = decision_of(created.path, created.record)
    edits = (created, *effect_of(session.before, decision, session.on))
    act = "member suspend" if matter == "suspension" else "member reinstate"
    name = decision.id
    result: PresidentDecided = {"id": name, "state": "adopted", "member": city, "matter": matter}
    headline = f"{act.replace(' ', ': ')} {member.name}, {name} of the President"
    body = (*signed.told, *consequences(session.before, decision, session.on))
    return Proposal(act, f"members/{city}", headline, edits, result, body, name)


class Mandate(NamedTuple):
    """A mandate as it is told: `until` and `start` may be days by which, `person` is a key."""

    name: str
    capacity: str
    start: Since
    until: Since | None = None
    person: str | None = None
    ended: str | None = None
    source: str | None = None


def mayor(session: Session, city: str, told: Mandate) -> Proposal[MayorRecorded]:
    """Record a mandate; an open one before it ends where it begins, it ends where a later one does.

    One that is on record already gets what it lacked: an end, why it ended, a key, a source.
    """
    member = member_named(session.before, city)
    headline = f"member: {told.name} {told.capacity.replace('-', ' ')} of {member.name} from"
    headline = f"{headline} {told.start}"
    known = next((m.n for m in member.mayors if _is_that(m, told)), None)
    entry = _mandate_record(told, _followed(member, told))
    if known is not None:
        return _told_again(session, member, known, told, headline)
    edits = (*_ended_by(member, told), Append(member.path, ("mayors",), entry))
    result: MayorRecorded = {"id": city, "mayor": entry}
    proposal = Proposal("member mayor", f"members/{city}", headline, edits, result)
    return proposal._replace(refusals=tuple(_no_mandate(session, member, told)))


def _told_again(
    session: Session, member: Member, known: int, told: Mandate, headline: str
) -> Proposal[MayorRecorded]:
    """What a mandate on record lacked; what it has otherwise is corrected, not told again."""
    held = (session.before.data(member.path) or {})["mayors"][known]
    anew = {
        key: value
        for key, value in _mandate_record(told, told.until).items()
        if held.get(key) != value and key not in ("name", "capacity")
    }
    added = tuple(Put(member.path, ("mayors", known, key), value) for key, value in anew.items())
    so_far: MayorRecorded = {"id": member.id, "mayor": {**held, **anew}}
    otherwise = tuple(
        _refused_mandate(
            member,
            f"The mandate of {held['name']} has {key} {_said(held[key])} on record, not "
            f"{_said(value)}.",
            f"What was entered wrongly is corrected: b40 correct {member.id} --at "
            f'mayors.{known}.{key} --is "{_said(value)}" --why WHY --evidence FILE.',
        )
        for key, value in anew.items()
        if key in held
    )
    proposal = Proposal("member mayor", f"members/{member.id}", headline, added, so_far)
    return proposal._replace(edits=() if otherwise else added, refusals=otherwise)


def _said(value: Any) -> str:
    return f"by {value['by']}" if isinstance(value, Mapping) else str(value)


def _is_that(mayor: Mayor, told: Mandate) -> bool:
    alike = told.person == mayor.person if told.person and mayor.person else False
    named = told.name in (mayor.name, *mayor.spelt) or alike
    return named and (mayor.capacity, mayor.start.day) == (told.capacity, told.start.day)


def _followed(member: Member, told: Mandate) -> Since | None:
    """When a mandate ends: as told, else where the next one begins that is on record already."""
    acting = told.capacity != MAYOR
    later = (m for m in member.mayors if m.start.day > told.start.day)
    starts = [m.start for m in later if acting or m.capacity == MAYOR]
    following = min(starts, key=lambda start: start.day, default=None)
    return told.until or following


def _ended_by(member: Member, told: Mandate) -> tuple[Edit, ...]:
    """An open mandate that ran until now ends where this one begins; one that began later stays."""
    if told.capacity != MAYOR and told.until is not None:
        return ()
    last = member.mayor_on(told.start.day)
    if last is None or last.until is not None or last.start.day >= told.start.day:
        return ()
    place = ("mayors", last.n, "until")
    return (Put(member.path, place, _since_record(told.start)),)


def _mandate_record(told: Mandate, until: Since | None) -> dict[str, Any]:
    entry = {
        "person": told.person,
        "name": told.name,
        "capacity": told.capacity,
        "from": _since_record(told.start),
        "until": _since_record(until) if until else None,
        "ended": told.ended,
        "source": told.source,
    }
    return stated(entry)


def _since_record(day: Since) -> Any:
    return str(day.day) if day.exact else {"by": str(day.day)}


def _no_mandate(session: Session, member: Member, told: Mandate) -> Iterator[Finding]:
    """Under rule set 1, what the judge says of a mandate that is none from set 2 on."""
    if rule_set_on(session.before, session.on) > 1:
        return
    until, others = told.until, member.mayors
    entry = Mayor(told.name, told.capacity, told.start, until.day if until else None)
    entry = entry._replace(ended_by=until is not None and not until.exact)
    if told.start.day > session.on:
        message = f"{told.name} would be in office from {told.start.day}; today is {session.on}."
        yield _refused_mandate(member, message, BEGUN)
    for fault in mandate_faults(member._replace(mayors=(*others, entry))):
        if fault.n == len(others) and not runs_backwards(entry):
            yield _refused_mandate(member, fault.message, fault.remedy)


def _refused_mandate(member: Member, message: str, remedy: str) -> Finding:
    return Finding("dates-in-order", "validity", "the record", message, remedy, member.path)
