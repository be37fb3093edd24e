"""Mandates of mayors: a new one, and what one on record lacked (Art. 11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import member_named
from b40cli.acts.opened.session import Session
from b40cli.model.day import Since
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.facts.correction import ABSENT, standing_at
from b40cli.model.facts.member import MAYOR, Mayor, Member
from b40cli.model.finding import Finding
from b40cli.model.ref import stated

if TYPE_CHECKING:
    from b40cli.model.results.members import MayorRecorded


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
    edits = (*_ended_by(session, member, told), Append(member.path, ("mayors",), entry))
    result: MayorRecorded = {"id": city, "mayor": entry}
    return Proposal("member mayor", f"members/{city}", headline, edits, result)


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


def _ended_by(session: Session, member: Member, told: Mandate) -> tuple[Edit, ...]:
    """An open mandate that ran until now ends where this one begins; one that began later stays.

    Where a correction says that it did not end when its entry says, the next one's beginning tells.
    """
    if told.capacity != MAYOR and told.until is not None:
        return ()
    last = member.mayor_on(told.start.day)
    if last is None or last.until is not None or last.start.day >= told.start.day:
        return ()
    place = ("mayors", last.n, "until")
    if standing_at(session.before.recorded(member.path), place) is not ABSENT:
        return ()
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


def _refused_mandate(member: Member, message: str, remedy: str) -> Finding:
    return Finding("dates-in-order", "validity", "the record", message, remedy, member.path)
