"""Who took part in what: the ground of the dossiers, the minutes and the reports (Art. 12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from b40cli.model.facts.decision import SIDES, Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.places import name_of
from b40cli.rules.facts.tenures import seats_held, terms_held
from b40cli.rules.record.vote_gaps import without_ballot as silent_in
from b40cli.rules.votes.assembly_facts import represented

if TYPE_CHECKING:
    from b40cli.model.results.papers import DecisionTold, OfficeHeld, PartTaken


def part_taken(registry: Registry, meeting: Meeting, city: str) -> str | None:
    """How a city took part: present, represented by another, or only on the list; else None."""
    called = [call.n for call in meeting.roll_calls if city in call.present]
    if called:
        return "present" if len(called) == len(meeting.roll_calls) else f"present at call {called}"
    given = any(proxy.principal == city for proxy in meeting.proxies)
    holder = spoken_for(registry, meeting).get(city) if given else None
    if holder is not None:
        return f"represented by {holder}"
    if any(delegation.member == city for delegation in meeting.delegations):
        return "delegation"
    return None


def spoken_for(registry: Registry, meeting: Meeting) -> Mapping[str, str]:
    """Principal to holder, as counted; as the papers have it where nobody can count them."""
    counted = represented(registry, meeting) if meeting.proxies else {}
    if counted is not None:
        return counted
    there = [call.present for call in meeting.roll_calls]
    return {
        p.principal: p.holder
        for p in meeting.proxies
        if p.revoked is None and (not there or any(p.holder in present for present in there))
    }


def attended_by(registry: Registry, city: str) -> Iterator[PartTaken]:
    """The meetings a city took part in, hosted or chaired, by day."""
    for meeting in (m for m in registry.meetings() if m.cancelled is None):
        part = part_taken(registry, meeting, city)
        also = [
            role
            for role, holder in (("host", meeting.city), ("chair", meeting.chair))
            if holder == city
        ]
        if city in meeting.signed_by:
            also.append("signed the Closing Declaration")
        if city in meeting.observers:
            also.append("observer")
        if part or also:
            yield {
                "meeting": meeting.id,
                "kind": meeting.kind,
                "day": str(meeting.day),
                "part": ", ".join([*([part] if part else []), *also]),
            }


def voted(decision: Decision, city: str) -> str | None:
    """How a city voted, where the vote was by name."""
    if decision.votes is None or decision.votes.ballots is None:
        return None
    return next((side for side in SIDES if city in decision.votes.of(side)), None)


def votes_of(registry: Registry, city: str) -> dict[str, int]:
    """How often a city voted each way by name."""
    counted: dict[str, int] = {}
    for decision in registry.decisions():
        side = voted(decision, city)
        if side is not None:
            counted[side] = counted.get(side, 0) + 1
    return counted


def offices_held(registry: Registry, city: str) -> Iterator[OfficeHeld]:
    """The presidencies and seats a city has held, each until it ended."""
    for held in (*terms_held(registry), *seats_held(registry)):
        if held.city == city:
            office = f"seat {held.seat}" if held.seat else f"presidency {held.year}"
            until = str(held.until) if held.until else None
            yield {"office": office, "from": str(held.start), "until": until}


def decisions_at(registry: Registry, meeting: Meeting) -> list[DecisionTold]:
    """What a meeting decided, in the order of its agenda."""
    return [decision_told(registry, decision) for decision in meeting_decisions(registry, meeting)]


def meeting_decisions(registry: Registry, meeting: Meeting) -> list[Decision]:
    """The decisions of a meeting, in the order of its agenda."""
    years = {meeting.day.year, meeting.day.year - 1}
    found = [
        decision
        for year in sorted(years)
        for decision in registry.decisions(f"decisions/{year}/")
        if decision.meeting == meeting.id
    ]
    return sorted(found, key=lambda d: (d.item or 999, d.id))


def decision_told(registry: Registry, decision: Decision) -> DecisionTold:
    """A decision as papers tell it: its result with the arithmetic."""
    counted = decision.counted or {}
    readings = decision.readings or {}
    return {
        "id": decision.id,
        "item": decision.item,
        "title": decision.title,
        "matter": decision.matter,
        "subject": decision.subject,
        "state": decision.state,
        "closed": None if decision.closed is None else str(decision.closed),
        "votes": _votes(registry, decision),
        "announced": dict(decision.announced),
        "without_ballot": _named(registry, silent_in(decision), decision.closed),
        "majority": dict(counted.get("majority") or {}),
        "elected": _named(registry, counted.get("elected", ()), decision.closed),
        "verdict": readings.get("verdict"),
        "turns": _turns(registry, readings.get("on", {}), decision.closed),
        "reason": decision.reason,
    }


def _votes(registry: Registry, decision: Decision) -> dict[str, int]:
    votes = decision.votes
    if votes is None:
        return {}
    if votes.choices:
        names = _named(registry, votes.choices, decision.closed)
        return dict(zip(names, votes.by_candidate.values(), strict=True))
    return dict(votes.by_side)


def _named(registry: Registry, cities: Iterable[str], day: date | None) -> list[str]:
    """What the cities were called on the day of a decision; before it is one, by their newest."""
    return [name_of(registry, city, day or date.max) for city in cities]


def _turns(
    registry: Registry, points: Mapping[str, Any], day: date | None
) -> dict[str, dict[str, str]]:
    """What each other reading would have made of it: a state, or in an election who sits."""
    return {
        point: {
            reading: result if isinstance(result, str) else ", ".join(_named(registry, result, day))
            for reading, result in others.items()
        }
        for point, others in points.items()
    }
