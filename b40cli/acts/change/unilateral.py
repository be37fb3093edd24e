"""Decisions one office takes alone: signed, on paper, with their effect in the same act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.acts.change.questions import next_id
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Create
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import decision_of, path_of
from b40cli.model.ref import ref_of, stated
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art09_in_office import readings_of_act
from b40cli.rules.articles.art11_acts import PRESIDENT
from b40cli.rules.articles.presidency.art11_stand_in import HOW
from b40cli.rules.case.law import edition_on, law_on
from b40cli.rules.facts.composition import awaits_handover
from b40cli.rules.facts.handover import handed_over_on
from b40cli.rules.facts.heads import known_heads
from b40cli.rules.facts.known_standing import held_on_its_proxy
from b40cli.rules.facts.presiding import presides_on
from b40cli.rules.facts.seats import presidency_on, president_on
from b40cli.rules.votes.vote import BODY_NAMES


class UnilateralOrder(NamedTuple):
    """What is decided, about which record; `candidates` names the city that is designated."""

    matter: str
    subject: str
    title: str
    candidates: tuple[str, ...] = ()


class SignedPaper(NamedTuple):
    """Who signed (else the mayor on record), on which paper, why.

    On the day of a handover `city` is the outgoing President's, where it is not the one that
    presides by what is on record; `handover` says the side by itself.
    """

    person: str | None
    evidence: Mapping[str, Any] | None
    grounds: str | None = None
    handover: str | None = None
    city: str | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """The grounds as the act tells them."""
        return (f"Grounds: {self.grounds}",) if self.grounds else ()


def by_president(session: Session, order: UnilateralOrder, signed: SignedPaper) -> Create:
    """The record of a decision of who presides; UsageError where nobody is known to."""
    city = signed.city or presiding(session)
    created = decided(session, PRESIDENT, city, order, signed)
    side = signed.handover or _side(session, city)
    record = {**created.record, **({"handover": side} if side else {})}
    return Create(created.path, with_readings(session, created.path, record))


def with_readings(session: Session, path: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """The record of an act with what another reading of INT-37 makes of it, where it bears."""
    law = law_on(session.before, session.on)
    found = readings_of_act(session.before, decision_of(path, record), law)
    return {**record, **({"readings": found} if found else {})}


def presiding(session: Session) -> str:
    """The city that presides on the day: before a handover is on record the outgoing one."""
    registry, day = session.before, session.on
    city = presides_on(registry, day)
    if city is not None:
        return city
    if presidency_on(registry, day) is None:
        raise UsageError(
            f"The register does not know who presides on {day}.", "Record the presidency first."
        )
    asleep = president_on(registry, day)
    raise UsageError(
        f"The presidency sleeps on {day}: {asleep} is suspended (INT-37)."
        if asleep
        else f"The presidency is vacant on {day}.",
        HOW,
    )


def _side(session: Session, city: str) -> str | None:
    """What an act says of a handover's day under the first rule set; later the city tells it."""
    registry, day = session.before, session.on
    if law_on(registry, day).rule_set > 1:
        return None
    handed = handed_over_on(registry, day)
    if handed is None:
        waits = awaits_handover(registry, day) or _is_due(registry, day)
        return "before" if waits else None
    return "after" if city == handed.city else "before"


def _is_due(registry: Registry, day: date) -> bool:
    """Whether a session of that day may hand over without saying so: an older term still runs."""
    term = presidency_on(registry, day)
    sits = any(meeting.kind in ("ga", "summit") for meeting in registry.meetings_of(str(day)))
    return sits and term is not None and term.year < day.year


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
    edition = edition_on(session.before, session.on)
    told: dict[str, Any] = {
        "id": name,
        "body": body,
        "matter": order.matter,
        "subject": order.subject,
        "title": order.title,
        "proposed": str(session.on),
        "state": "adopted",
        "closed": str(session.on),
        "edition": edition.id if edition else None,
        "grounds": signed.grounds,
        "candidates": list(order.candidates) or None,
        "decided_by": {"city": city, **_person(session, city, signed.person)},
        "evidence": [dict(signed.evidence)],
        "known": _known(session, body, city) | _came_late(session, order) or None,
    }
    whole = stated(told)
    return Create(path_of(name), whole)


def _known(session: Session, body: str, city: str) -> dict[str, Any]:
    """What the decision rests on: who heads its city, and that the city presides."""
    heads = known_heads(session.before, [city], session.on)
    found: dict[str, Any] = {"heads": heads} if heads else {}
    if body == PRESIDENT:
        found["seats"] = [{"seat": PRESIDENT, "city": city}]
    return found


def _came_late(session: Session, order: UnilateralOrder) -> dict[str, Any]:
    """What a suspension that is entered late came after: that stands as it was known."""
    if order.matter != "suspension":
        return {}
    after = held_on_its_proxy(session.before, ref_of(order.subject).id, session.on)
    found = [str(each) for each in after]
    return {"on_record": found} if found else {}


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
