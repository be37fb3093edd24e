"""A committee vote's facts, gathered from the registry (Art. 13)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from b40cli.model.day import Moment
from b40cli.model.digest import sha256
from b40cli.model.facts.committee import EX_OFFICIO
from b40cli.model.facts.decision import Decision, Roll
from b40cli.model.facts.meeting import PRESIDENT, SECRETARY, Meeting, Proxy, RollCall
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.facts.heads import same_person
from b40cli.rules.facts.seats import Seated, seats_at
from b40cli.rules.facts.standing import gave_notice
from b40cli.rules.facts.suspensions import is_suspended
from b40cli.rules.votes.assembly_count import CountedRoll
from b40cli.rules.votes.committee_count import FILED, Attendance, HeldSeats, PaperProxy, Sitting

COMMITTEE = "executive-committee"
_COMPACT = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def sitting_at(
    registry: Registry,
    moment: Moment,
    meeting: Meeting | None,
    call: RollCall | None,
    concerned: str | None = None,
    law: Law | None = None,
) -> Sitting | Undetermined:
    """The facts of a committee vote at a moment; Undetermined where a seat is not known."""
    seats = seats_at(registry, moment.day, meeting.handover if meeting else None, law)
    unknown = tuple(f"committee seat {s.seat}" for s in seats if s.state == "unknown")
    if unknown:
        return Undetermined(unknown)
    filled = [(s.seat, s.city) for s in seats if s.city is not None]
    cities = [city for _seat, city in filled]
    return Sitting(
        seats=tuple(filled),
        present=frozenset(call.present if call else ()),
        proxies=_paper_proxies(meeting, call),
        suspended=frozenset(c for c in cities if is_suspended(registry, c, moment)),
        leaving=frozenset(c for c in cities if gave_notice(registry, c, moment)),
        new_mayor=frozenset(_with_new_mayors(registry, seats, moment.day)),
        designees=frozenset(
            d.member for d in (meeting.delegations if meeting else ()) if d.capacity == "designee"
        ),
        concerned=concerned,
    )


def known_seats(decision: Decision, law: Law) -> HeldSeats | None:
    """The seats a committee vote froze when it opened (set 2); None where its record has none."""
    if decision.known is None or decision.body != COMMITTEE or law.rule_set == 1:
        return None
    return decision.known.seats


def frozen_sitting(
    sitting: Sitting, roll: Roll, law: Law, known: HeldSeats | None = None
) -> Sitting | None:
    """The sitting as it was when the roll was frozen, whatever has been recorded since.

    Its seats are those that were known then. Where the record does not say: today's, and None
    where the roll names a city that holds no seat any more: then nobody can count it again.
    """
    sitting = sitting if known is None else sitting._replace(seats=known)
    # Backwards: of two seats of one city the first, held by office, is the one that counts.
    seats = {city: seat for seat, city in reversed(sitting.seats)}
    if not {*roll.entitled, *roll.present, *roll.represented} <= seats.keys():
        return None
    mute = law.readings["INT-20"] == "no-but-casting"
    voiced = {city for city, seat in seats.items() if not (mute and seat in EX_OFFICIO)}
    if law.readings["INT-13"] == "no" and sitting.concerned is not None:
        voiced -= {sitting.concerned}
    # Who had a vote, or was there, kept its seat as was known then (INT-21, INT-24).
    there = {*roll.entitled, *roll.present, *roll.represented}
    left = there if law.readings["INT-21"] == "no" else set[str]()
    passed = there if law.readings["INT-24"] == "mayor" else set[str]()
    return sitting._replace(
        present=frozenset(roll.present),
        suspended=frozenset(voiced - set(roll.entitled)),
        leaving=sitting.leaving - left,
        new_mayor=sitting.new_mayor - passed,
        proxies=tuple(PaperProxy(p, holder, FILED) for p, holder in roll.represented.items()),
    )


def reseated(sitting: Sitting, other: Sitting) -> Sitting:
    """A sitting with the seats another reading gives; who had one stands there as before."""
    held = {city for _seat, city in sitting.seats}
    return sitting._replace(
        seats=other.seats,
        suspended=sitting.suspended | (other.suspended - held),
        leaving=sitting.leaving | (other.leaving - held),
        new_mayor=sitting.new_mayor | (other.new_mayor - held),
    )


def roll_of(there: Attendance | CountedRoll, suspended: Iterable[str] = ()) -> Roll:
    """The roll as a vote opens on it; it is sealed where it is written."""
    entitled, present = tuple(sorted(there.entitled)), tuple(sorted(there.attending))
    represented = dict(sorted(there.represented.items()))
    return Roll(entitled, present, represented, None, tuple(sorted(suspended)))


def roll_hash(roll: Roll) -> str:
    """SHA-256 of a roll: compact JSON with sorted keys and lists, so anybody can recompute it."""
    content = _COMPACT.encode(
        {
            "entitled": sorted(roll.entitled),
            "present": sorted(roll.present),
            "represented": dict(roll.represented),
        }
    )
    return sha256(content.encode()).hexdigest()


def roll_record(roll: Roll) -> dict[str, Any]:
    """The `roll` block of a decision's record, with its hash."""
    return {
        "entitled": list(roll.entitled),
        **({"suspended": list(roll.suspended)} if roll.suspended else {}),
        "present": list(roll.present),
        "represented": dict(roll.represented),
        "sha256": roll_hash(roll),
    }


def _paper_proxies(meeting: Meeting | None, call: RollCall | None) -> tuple[PaperProxy, ...]:
    if meeting is None or call is None:
        return ()
    valid = (p for p in meeting.proxies if p.document and not p.revoked_by(call.at))
    return tuple(
        PaperProxy(p.principal, p.holder, FILED if filed_in_time(p, meeting) else frozenset())
        for p in valid
    )


def filed_in_time(proxy: Proxy, meeting: Meeting) -> bool:
    """Filed with both addressees by the meeting's day; INT-18 and INT-27 are about Art. 8 alone."""
    times = {**proxy.received, **proxy.sent}
    filed = [times.get(SECRETARY), times.get(PRESIDENT)]
    return all(time is not None and meeting.day_of(time) <= meeting.day for time in filed)


def _with_new_mayors(registry: Registry, seats: Iterable[Seated], day: date) -> Iterable[str]:
    for seated in seats:
        member = registry.member(seated.city)
        if member is None or seated.fact is None:
            continue
        then, now = member.mayor_on(seated.fact.start.day), member.mayor_on(day)
        if then is not None and now is not None and not same_person(member, then, now):
            yield member.id
