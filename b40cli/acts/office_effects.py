"""What decisions do to the offices: the presidency, the seats of the committee, the Secretary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from b40cli.model.committee import ELECTED, EX_OFFICIO, UNKNOWN, Presidency, Seat
from b40cli.model.day import covers
from b40cli.model.decision import Decision
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.registry import ROOT, Registry
from b40cli.rules.candidacy import counted_from, determined, mayor_then, with_priority
from b40cli.rules.law import law_on
from b40cli.rules.offices import FALLS_VACANT, composition_after, elected_by, handover_to_come
from b40cli.rules.secretary import SECRETARIAT
from b40cli.rules.seats import presidency_on


def presidency_approved(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """The approved city's term, and the seat of the next President where that is free by then."""
    if decision.term is None or decision.city is None:
        return []
    path = f"{ROOT}presidencies/{decision.term}.yaml"
    entry = _term_of(registry, decision, decision.term, decision.city, day)
    edits: list[Edit] = [Create(path, {"year": decision.term, **entry})]
    if registry.has(path):
        edits = [Put(path, (key,), value) for key, value in entry.items()]
    current = presidency_on(registry, day)
    waiting = handover_to_come(registry, day) is not None
    if current is None or decision.term != current.year + 1 or waiting:
        return edits
    return [*edits, *seat_of_next(registry, decision.term, decision.city, current.year, day)]


def _term_of(
    registry: Registry, decision: Decision, year: int, city: str, day: date
) -> dict[str, Any]:
    law = law_on(registry, day)
    by, mayor = determined(registry, year, day), mayor_then(registry, city, day)
    start = counted_from(registry, decision, day, law)
    term: dict[str, Any] = {
        "city": city,
        "mayor": mayor.name if mayor else None,
        "candidates": by.id if by else None,
        "approved": decision.id,
    }
    if start is not None and mayor is not None and mayor.until is not None:
        term["mandate"] = {"counted_from": str(start), "until": str(mayor.until)}
    first = with_priority(registry, year, day, law)
    reason = decision.grounds or (by.grounds if by else None)
    if first and first[0] != city and reason:
        term["departure"] = {"from": first[0], "reason": reason}
    return {key: value for key, value in term.items() if value is not None}


def seat_of_next(
    registry: Registry, term: int, city: str, current: int, day: date
) -> Iterator[Edit]:
    """The seat of the next President, in the sitting committee; the elected one falls vacant."""
    held = [s for s in sitting(registry, day) if s.seat == "next"]
    yield from (ended(seat, day, f"presidencies/{term}") for seat in held)
    yield from elected_seat_vacated(registry, city, term, day)
    entry = {"seat": "next", "city": city, "ground": f"presidencies/{term}", "from": str(day)}
    yield from seats_added(registry, current, [entry])


def sitting(registry: Registry, day: date) -> list[Seat]:
    """The seats held on a day that nothing has ended yet."""
    return [s for s in registry.seats() if s.until is None and covers(s.start, None, day)]


def ended(seat: Seat, day: date, by: str | Mapping[str, Any] | None) -> Edit:
    """A seat ended on a day, by what is named."""
    entry = {"until": str(day), **({"ended_by": by} if by and seat.city != UNKNOWN else {})}
    return PutEntry(seat.path, ("seats", seat.n), entry)


def elected_seat_vacated(registry: Registry, city: str, term: int, day: date) -> Iterator[Edit]:
    """An elected city that becomes next President leaves its elected seat (INT-35)."""
    if law_on(registry, day).reading("INT-35") == FALLS_VACANT:
        for seat in sitting(registry, day):
            if seat.city == city and seat.seat in ELECTED:
                yield from _end(seat, day, f"presidencies/{term}")


