"""How the offices move between two states: presidency, committee, Secretary, groups, observers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View
from b40cli.acts.reads.offices import secretary
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.observing import observers_on
from b40cli.rules.facts.running_on import leader_on
from b40cli.rules.facts.seats import president_on, seats_on

if TYPE_CHECKING:
    from b40cli.model.results.reviews import OfficeMoved

NOBODY = "vacant"
Offices = Mapping[str, str]


def offices_moved(before: View, after: View, days: tuple[date, ...]) -> Iterator[OfficeMoved]:
    """One change for each office that somebody else holds, on the first day it is so."""
    told: set[tuple[str, str, str]] = set()
    for day in days:
        was, now = _held(before._replace(on=day)), _held(after._replace(on=day))
        for office in [*was, *(name for name in now if name not in was)]:
            one, other = was.get(office, NOBODY), now.get(office, NOBODY)
            if one != other and (office, one, other) not in told:
                told.add((office, one, other))
                later = f"From {day}: " if day > after.on else ""
                yield _change(office, one, other, day, f"{later}{office}: {one} → {other}.")
    yield from _terms(before.registry, after.registry)
    yield from _mayors(before.registry, after.registry)


def _change(office: str, was: str, now: str, day: date | None, says: str) -> OfficeMoved:
    on = None if day is None else str(day)
    return {"office": office, "on": on, "before": was, "after": now, "says": says}


def _held(view: View) -> Offices:
    """Who holds what on the view's day."""
    registry, day = view.registry, view.on
    held = {"Presidency": president_on(registry, day) or NOBODY}
    held |= {f"Committee seat {s.seat}": s.city or s.state for s in seats_on(registry, day)}
    held["Permanent Secretary"] = secretary(view).result["secretary"] or NOBODY
    for group in registry.groups():
        leader = leader_on(registry, group, day)
        if group.exists_on(day):
            held[f"Leader of the group {group.id}"] = leader.city if leader else NOBODY
    held |= {f"Observer {name}": "invited" for name in observers_on(registry, day)}
    return held


def _terms(before: Registry, after: Registry) -> Iterator[OfficeMoved]:
    """Ends of seats and what is settled about presidencies, as the records say."""
    was, now = _ends(before), _ends(after)
    for seat, end in now.items():
        if seat in was and was[seat] != end:
            says = f"{seat}: the term ends on {end} (before: {was[seat]})."
            yield _change(seat, was[seat], end, None, says)
    earlier, later = _settled(before), _settled(after)
    for point in [*later, *(p for p in earlier if p not in later)]:
        one, other = earlier.get(point, "open"), later.get(point, "open")
        if one != other:
            yield _change(point, one, other, None, f"{point}: {one} → {other}.")


def _mayors(before: Registry, after: Registry) -> Iterator[OfficeMoved]:
    """Who heads a member city from when, and until when, where that is said anew."""
    for member in after.members():
        earlier = before.member(member.id)
        known = {(m.name, m.start): m for m in earlier.mayors} if earlier else {}
        for mayor in member.mayors if earlier else ():
            was, office = known.get((mayor.name, mayor.start)), f"Mayor of {member.name}"
            since = f"{mayor.capacity.replace('-', ' ')} from {mayor.start}"
            if was is None:
                told = f"{member.name}: {mayor.name} is {since}."
                yield _change(office, NOBODY, mayor.name, mayor.start.day, told)
            elif was.until != mayor.until:
                end = f"until {mayor.until}" if mayor.until else "with no end on record"
                told = f"{member.name}: {mayor.name}, {since}, {end}."
                yield _change(
                    office, str(was.until or "open"), str(mayor.until or "open"), None, told
                )


def _ends(registry: Registry) -> Offices:
    return {
        f"Committee seat {s.seat} of {s.city}, {s.term}": str(s.until or "open")
        for s in registry.seats()
    }


def _settled(registry: Registry) -> Offices:
    """What is on record about each term of the presidency."""
    found: dict[str, str] = {}
    for term in registry.terms():
        points = {
            "candidates": term.candidates,
            "city": term.city,
            "approved by": term.approved,
            "handover on": (term.handover or {}).get("on"),
            "declined by": ", ".join(str(d["city"]) for d in term.declined),
        }
        found |= {f"Presidency {term.year}, {k}": str(v) for k, v in points.items() if v}
    return found
