"""Applications of local governments: one begun, completed, taken back (Art. 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.gazetteer_match import city_id
from b40cli.acts.opened.named import member_named
from b40cli.acts.opened.session import Session
from b40cli.model.day import Moment
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.member import Member
from b40cli.model.finding import Finding, Place
from b40cli.model.ref import Ref, stated
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import law_on
from b40cli.rules.facts.standing import standing_of

if TYPE_CHECKING:
    from b40cli.model.results.members import ApplicationWithdrawn, Applied

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
