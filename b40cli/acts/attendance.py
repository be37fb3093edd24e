"""Who comes to a meeting: delegations and their heads, refusals, the roll (Art. 7, 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.meetings import PRESIDED
from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.session import Session
from b40cli.model.day import Moment
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.meeting import Meeting, RollCall
from b40cli.model.ref import stated
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.facts.heads import known_heads
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.facts.standing import membership_at
from b40cli.rules.votes.assembly_facts import facts_at
from b40cli.rules.votes.outcome import quorum_of

if TYPE_CHECKING:
    from b40cli.model.results.meetings import DelegationRecorded, MeetingDeclined, RollCalled
    from b40cli.model.results.rolls import QuorumCalled

EVERYBODY = "all"


def delegate(
    session: Session, name: str, city: str, head: Mapping[str, Any], members: Sequence[str]
) -> Proposal[DelegationRecorded]:
    """Record who comes for a city and who heads them; a city on record again is corrected."""
    meeting = meeting_named(session.before, name)
    entry = stated({"member": city, "head": dict(head), "members": list(members) or None})
    listed = session.before.content(meeting.path).get("delegations", [])
    at = next((n for n, other in enumerate(listed) if other["member"] == city), None)
    edits: tuple[Edit, ...] = (Append(meeting.path, ("delegations",), entry),)
    if at is not None:
        same = listed[at] == entry
        edits = () if same else (Put(meeting.path, ("delegations", at), entry),)
    listed = session.before.content(meeting.path).get("declined", [])
    edits += tuple(
        Put(meeting.path, ("declined", n, "until"), str(session.on))
        for n, each in enumerate(listed)
        if (each["member"], each["what"]) == (city, "attendance") and "until" not in each
    )
    if edits:
        edits = (*edits, *_further_head(session, meeting, city, head["capacity"]))
    headline = f"meeting: delegation of {city} to {name}"
    body = (f"Headed by {head['name']}, {head['capacity'].replace('-', ' ')}.",)
    result: DelegationRecorded = {"meeting": name, "delegation": entry}
    return Proposal("meeting delegation", f"meetings/{name}", headline, edits, result, body)


def decline(
    session: Session, name: str, city: str, what: Sequence[str], document: Mapping[str, Any] | None
) -> Proposal[MeetingDeclined]:
    """Record that a city said it does not come, gives no proxy, or represents nobody."""
    meeting = meeting_named(session.before, name)
    new = [each for each in what if city not in meeting.declining(each)]
    said = {"member": city, "on": str(session.on)}
    entries: list[Mapping[str, Any]] = [
        stated({**said, "what": each, "document": document}) for each in new
    ]
    edits = tuple(Append(meeting.path, ("declined",), entry) for entry in entries)
    headline = f"meeting: {city} declines {' and '.join(what)}, {name}"
    result: MeetingDeclined = {"meeting": name, "declined": entries}
    return Proposal("meeting delegation", f"meetings/{name}", headline, edits, result)


def head_of(
    session: Session,
    name: str,
    city: str,
    person: str | None,
    capacity: str | None,
    designation: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Who heads a delegation: as told, else the mayor or acting mayor on record for the day."""
    meeting = meeting_named(session.before, name)
    member = session.before.member(city)
    mayor = member.mayor_on(meeting.day) if member else None
    if designation is not None or capacity == "designee":
        if person is None:
            raise UsageError("A designee has a name.", "Name the person: --head NAME.")
        paper = {"designation": dict(designation)} if designation else {}
        return {"name": person, "capacity": capacity or "designee", **paper}
    if mayor is not None and person in (None, mayor.name):
        key = {"person": mayor.person} if mayor.person else {}
        return {**key, "name": mayor.name, "capacity": capacity or mayor.capacity}
    if person is None:
        raise UsageError(
            f"No mayor of {city} is on record for {meeting.day}.",
            "Name who heads the delegation: --head NAME.",
        )
    return {"name": person, "capacity": capacity or "mayor"}


def roll_call(
    session: Session, name: str, at: str, present: Sequence[str], observers: Sequence[str] = ()
) -> Proposal[RollCalled]:
    """Record who answers; the quorum follows from it at once.

    `all` stands for everybody who may sit and is represented by nobody.
    """
    meeting = meeting_named(session.before, name)
    present = _spelt_out(session, meeting, present)
    last = meeting.roll_calls[-1] if meeting.roll_calls else None
    guests = [city for city in observers if city not in meeting.observers]
    edits: list[Edit] = []
    entry: dict[str, Any] = {"n": len(meeting.roll_calls) + 1, "at": at, "present": list(present)}
    if last is None or (last.at, set(last.present)) != (at, set(present)):
        edits += _frozen(session, meeting)
        edits.append(Append(meeting.path, ("roll_calls",), entry))
    if guests:
        edits.append(Put(meeting.path, ("observers",), [*meeting.observers, *guests]))
    if not edits and last is not None:
        entry = {"n": last.n, "at": at, "present": list(last.present)}
    result: RollCalled = {
        "meeting": name,
        "roll_call": entry,
        "quorum": _quorum(session, meeting, entry),
    }
    if not edits:
        return Proposal("meeting roll-call", f"meetings/{name}", f"{name} roll called", (), result)
    headline = f"meeting: roll call {entry['n']} of {name}, {len(present)} present"
    body = (f"Present: {', '.join(present)}.",)
    return Proposal("meeting roll-call", f"meetings/{name}", headline, tuple(edits), result, body)


def _spelt_out(session: Session, meeting: Meeting, present: Sequence[str]) -> Sequence[str]:
    if EVERYBODY not in present:
        return present
    named = [city for city in present if city != EVERYBODY]
    return [*(city for city in everybody(session, meeting) if city not in named), *named]


def everybody(session: Session, meeting: Meeting) -> list[str]:
    """Who may sit in the meeting and gave no proxy; UsageError where that cannot be told."""
    registry, moment = session.before, Moment(meeting.day, meeting.id, 0)
    away = {proxy.principal for proxy in meeting.proxies if proxy.revoked is None}
    if meeting.kind == "ec":
        sitting = [seat.city for seat in seats_on(registry, meeting.day) if seat.state == "filled"]
    elif meeting.kind == "ga" and session.network.whole("members", meeting.day):
        members, silent = membership_at(registry, moment, law_on(registry, meeting.day))
        sitting = [city for city in sorted(members) if city not in silent]
    else:
        sitting = [delegation.member for delegation in meeting.delegations]
    there = [city for city in dict.fromkeys(sitting) if city and city not in away]
    if not there:
        raise UsageError(
            f"Nothing on record says who all in {meeting.id} are.", "Name them, with commas."
        )
    return there


def _frozen(session: Session, meeting: Meeting) -> Iterator[Edit]:
    """At the first roll call what is known of the heads is frozen, to be judged by for ever.

    Where proxies are on record the block is written even so that there is no head in it: it says
    that they were judged when the roll was called.
    """
    heads = _heads_known(session, meeting)
    if (heads or meeting.proxies) and meeting.first_roll_call is None:
        yield Put(meeting.path, ("known",), {"heads": heads})


def frozen_with_a_proxy(session: Session, meeting: Meeting) -> Iterator[Edit]:
    """The same with the first proxy that is entered after a roll call which froze nothing."""
    nothing = meeting.known is None or meeting.known.heads is None
    if meeting.first_roll_call is not None and nothing:
        yield Put(meeting.path, ("known", "heads"), _heads_known(session, meeting))


def _heads_known(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    headed = [d.member for d in meeting.delegations if d.capacity != "designee"]
    return known_heads(session.before, headed, meeting.day)


def _further_head(session: Session, meeting: Meeting, city: str, capacity: str) -> Iterator[Edit]:
    """Whoever heads a delegation that came after the roll call is known from then on."""
    frozen = meeting.known and meeting.known.heads is not None
    known = meeting.known.head_of(city) if meeting.known else None
    heads = known_heads(session.before, [city], meeting.day) if capacity != "designee" else []
    if meeting.first_roll_call is not None and known is None:
        for head in heads:
            at = ("known", "heads")
            yield Append(meeting.path, at, head) if frozen else Put(meeting.path, at, [head])


def _quorum(session: Session, meeting: Meeting, entry: Mapping[str, Any]) -> QuorumCalled | None:
    """What the roll call means for the quorum; in the Assembly the first one settles it."""
    if meeting.kind not in PRESIDED:
        return None
    call = RollCall(entry["n"], entry["at"], tuple(entry["present"]))
    sitting = meeting._replace(roll_calls=(*meeting.roll_calls, call))
    law = law_on(session.before, meeting.day)
    facts = facts_at(session.before, sitting, call, law)
    if isinstance(facts, Undetermined):
        return {"required": None, "counted": None, "met": None}
    found = quorum_of(facts, law)
    return {"required": found.required, "counted": found.counted, "met": found.met}
