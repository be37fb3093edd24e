"""Who heads a city: a person is a key, a name is a label; then and now are held apart.

A record is judged by what the register knows while it is open, and by what it knew once it is
closed. What is learnt otherwise later is told as a note, never held against the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from b40cli.model.facts.known import Known, KnownHead, head_record
from b40cli.model.facts.meeting import Delegation, Meeting
from b40cli.model.facts.member import Mayor, Member
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Case

Fit = Literal["same", "later", "other", "unknown"]


class PersonNamed(NamedTuple):
    """A person as a record names it: a head of delegation, or who signed for a city."""

    city: str
    name: str
    capacity: str | None
    person: str | None = None


class HeldAgainst(NamedTuple):
    """What a record's person is held against: the day, what was known, whether it is closed."""

    day: date
    known: Known | None
    closed: bool


def head_on(registry: Registry, city: str, day: date) -> Mayor | None:
    """Who heads a city on a day, as the register has it."""
    member = registry.member(city)
    return member.mayor_on(day) if member else None


def same_person(member: Member, one: Mayor, other: Mayor) -> bool:
    """Whether two mandates are one person's: by key, else by every name each ever bore."""
    if one.person and other.person:
        return one.person == other.person
    return not member.labels_of(one).isdisjoint(member.labels_of(other))


def fits(registry: Registry, named: PersonNamed, judged: HeldAgainst) -> Fit:
    """How a person named in a record stands to who was in office there.

    `same`; `later`: the register has learnt otherwise since the record was closed; `other`: not who
    was in office; `unknown`: nobody on record was.
    """
    member = registry.member(named.city)
    told = judged.known.head_of(named.city) if judged.known else None
    if told is not None:
        return "same" if _is_told(member, named, told) else "other"
    if judged.known is not None and judged.known.heads is not None and judged.closed:
        return "unknown"
    mayor = member.mayor_on(judged.day) if member else None
    if mayor is not None and member is not None and _is_mayor(member, named, mayor):
        return "same"
    if judged.closed and member is not None and _ever(member, named):
        return "later"
    return "unknown" if mayor is None else "other"


def heads_moved(case: Case, city: str) -> bool:
    """Whether this very change moves who headed a city: then a record in it was closed before."""
    was, now = (r.member(city) if r else None for r in (case.before, case.after))
    return case.before is not None and (was.mayors if was else ()) != (now.mayors if now else ())


def heads_of(case: Case, meeting: Meeting, city: str) -> HeldAgainst:
    """What a head is held against: of a meeting, once its roll was called, what was known then."""
    before = case.before.meeting(meeting.id) if case.before else meeting
    closed = before is not None and before.first_roll_call is not None
    closed = closed or (meeting.first_roll_call is not None and heads_moved(case, city))
    return HeldAgainst(meeting.day, meeting.known, closed)


def named_before(case: Case, delegation: Delegation, meeting: Meeting) -> bool:
    """Whether a head was named by an earlier act; until the roll is called a change is told."""
    before = case.before.meeting(meeting.id) if case.before else meeting
    return not meeting.roll_calls and before is not None and delegation in before.delegations


def _is_mayor(member: Member, named: PersonNamed, mayor: Mayor) -> bool:
    if named.capacity not in (None, mayor.capacity):
        return False
    if named.person and mayor.person:
        return named.person == mayor.person
    return named.name in member.labels_of(mayor)


def _is_told(member: Member | None, named: PersonNamed, told: KnownHead) -> bool:
    """The person that was known: by key, else by name, or by a name that person bore too."""
    if named.capacity not in (None, told.capacity):
        return False
    if named.person and told.person:
        return named.person == told.person
    return named.name == told.name or named.name in _labels(member, told)


def _labels(member: Member | None, told: KnownHead) -> frozenset[str]:
    found = {told.name}
    for mayor in member.mayors if member else ():
        labels = member.labels_of(mayor) if member else frozenset()
        if told.name in labels or (told.person and told.person == mayor.person):
            found |= labels
    return frozenset(found)


def _ever(member: Member, named: PersonNamed) -> bool:
    """Whether anybody of that key or name was ever in office there."""
    ever = (*member.mayors, *member.never_there)
    keys = {mayor.person for mayor in ever if mayor.person}
    return named.name in member.labels or named.person in keys


def told_otherwise(registry: Registry, told: KnownHead, day: date) -> str | None:
    """What the register says today of a head that was known otherwise; None where it is so."""
    member = registry.member(told.city)
    mayor = member.mayor_on(day) if member else None
    if mayor is None or member is None:
        return f"nobody on record headed {told.city}"
    one = told.person == mayor.person if told.person and mayor.person else None
    if one is None:
        one = not _labels(member, told).isdisjoint(member.labels_of(mayor))
    if not one or mayor.capacity != told.capacity:
        return headed(mayor, told)
    return None


def headed(mayor: Mayor, named: KnownHead | PersonNamed) -> str:
    """Who headed a city by the register of today; by key, where another person bears the name."""
    keys = (mayor.person, named.person)
    another = mayor.name == named.name and all(keys) and keys[0] != keys[1]
    key = f" (key {keys[0]}, not {keys[1]})" if another else ""
    return f"{mayor.name}{key}, {mayor.capacity.replace('-', ' ')}, headed {named.city}"


def known_heads(registry: Registry, cities: Iterable[str], day: date) -> list[dict[str, Any]]:
    """The `heads` of a block, of those cities whose mayor is on record."""
    found = ((city, head_on(registry, city, day)) for city in dict.fromkeys(cities))
    return [head_record(city, mayor) for city, mayor in found if mayor is not None]


def misknown(
    registry: Registry, known: Known | None, cities: Iterable[str], day: date
) -> Iterator[tuple[str, str]]:
    """The cities of which a block written now says otherwise than the register, and what it says.

    One that is left out is told too: what is frozen is frozen whole.
    """
    listed = {head.city: head for head in known.heads or ()} if known else {}
    held = {head["city"]: head for head in known_heads(registry, (*cities, *listed), day)}
    for city in dict.fromkeys((*held, *listed)):
        now, said = held.get(city), listed.get(city)
        if now is None or said is None or not _alike(now, said):
            yield city, str(now["name"]) if now else "nobody"


def _alike(now: dict[str, Any], said: KnownHead) -> bool:
    until = None if said.until is None else str(said.until)
    end = {"by": until} if said.ended_by else until
    written = (said.name, said.capacity, said.person, end)
    return written == (now["name"], now["capacity"], now.get("person"), now.get("until"))
