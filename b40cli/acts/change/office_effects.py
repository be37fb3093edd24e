"""What decisions do to the offices: the presidency, the seats of the committee, the Secretary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from b40cli.model.day import Moment, covers
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.facts.committee import ELECTED, EX_OFFICIO, UNKNOWN, Presidency, Seat
from b40cli.model.facts.decision import Decision
from b40cli.model.ref import Ref, ref_of, stated
from b40cli.model.state.registry import SECRETARIAT, Registry
from b40cli.rules.articles.committee.art13_election import elected_by
from b40cli.rules.articles.committee.art13_offices import FALLS_VACANT
from b40cli.rules.articles.presidency.art11_candidacy import determined
from b40cli.rules.articles.presidency.art11_mandate import counted_from
from b40cli.rules.articles.presidency.order import with_priority
from b40cli.rules.case.law import law_on
from b40cli.rules.facts.annulled import is_ended_by_nothing, is_void
from b40cli.rules.facts.composition import awaits_handover, composition_after
from b40cli.rules.facts.heads import head_on
from b40cli.rules.facts.leaving import not_eligible
from b40cli.rules.facts.running_on import joining
from b40cli.rules.facts.seats import end_of, has_left, presidency_on
from b40cli.rules.votes.contest import lasts, race_of, stays


def presidency_approved(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """The approved city's term, and the seat of the next President where that is free by then."""
    if decision.term is None or decision.city is None:
        return []
    path = Ref("presidencies", str(decision.term)).path
    entry = _term_of(registry, decision, decision.term, decision.city, day)
    edits: list[Edit] = [Create(path, {"year": decision.term, **entry})]
    if registry.has(path):
        edits = [Put(path, (key,), value) for key, value in entry.items()]
    current = presidency_on(registry, day)
    waiting = awaits_handover(registry, day)
    if current is None or decision.term != current.year + 1 or waiting:
        return edits
    return [*edits, *seat_of_next(registry, decision.term, decision.city, current.year, day)]


def _term_of(
    registry: Registry, decision: Decision, year: int, city: str, day: date
) -> dict[str, Any]:
    law = law_on(registry, day)
    by, mayor = determined(registry, year, day), head_on(registry, city, day)
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
    return stated(term)


def seat_of_next(
    registry: Registry, term: int, city: str, current: int, day: date
) -> Iterator[Edit]:
    """The seat of the next President, in the sitting committee; the elected one falls vacant."""
    for seat in sitting(registry, day):
        if seat.seat == "next":
            yield from end_seat(seat, day, f"presidencies/{term}")
    yield from leave_elected_seat(registry, city, term, day)
    entry = {"seat": "next", "city": city, "ground": f"presidencies/{term}", "from": str(day)}
    yield from add_seats(registry, current, [entry])


def sitting(registry: Registry, day: date) -> list[Seat]:
    """The seats held on a day that nothing has ended yet."""
    held = _held(registry, day)
    return [s for s in held if s.until is None or is_ended_by_nothing(registry, s)]


def _held(registry: Registry, day: date) -> list[Seat]:
    """The seats held on a day, whatever has ended them since."""
    covering = (s for s in registry.seats() if covers(s.start, end_of(registry, s), day))
    return [s for s in covering if not is_void(registry, s)]


def end_seat(seat: Seat, day: date, by: str | Mapping[str, Any] | None) -> Iterator[Edit]:
    """A seat ends on a day, by what is named; a handover needs no naming.

    One whose end was annulled keeps it in writing: a further entry ends it again.
    """
    if seat.until is not None:
        told: dict[str, Any] = {
            "seat": seat.seat,
            "city": seat.city,
            "ground": seat.ground,
            "source": seat.source,
            "from": str(seat.start.day) if seat.start.exact else {"by": str(seat.start.day)},
            "until": str(day),
            "ended_by": by,
        }
        entry = stated(told)
        yield Append(seat.path, ("seats",), entry)
        return
    yield Put(seat.path, ("seats", seat.n, "until"), str(day))
    if by is not None and seat.city != UNKNOWN:
        yield Put(seat.path, ("seats", seat.n, "ended_by"), by)


def leave_elected_seat(registry: Registry, city: str, term: int, day: date) -> Iterator[Edit]:
    """An elected city that becomes next President leaves its elected seat (INT-35)."""
    if law_on(registry, day).reading("INT-35") == FALLS_VACANT:
        for seat in sitting(registry, day):
            if seat.city == city and seat.seat in ELECTED:
                yield from end_seat(seat, day, f"presidencies/{term}")


def add_seats(registry: Registry, year: int, entries: list[dict[str, Any]]) -> Iterator[Edit]:
    """Seats of a term, in its record or in a new one."""
    path = Ref("committee", str(year)).path
    if registry.has(path):
        yield from (Append(path, ("seats",), entry) for entry in entries)
    elif entries:
        yield Create(path, {"year": year, "seats": entries})


def handover_edits(registry: Registry, term: Presidency, day: date) -> Iterator[Edit]:
    """Next becomes President, the President former, the city approved after it next."""
    outgoing = presidency_on(registry, day)
    following = registry.term(term.year + 1)
    for seat in sitting(registry, day):
        if seat.seat in EX_OFFICIO:
            yield from end_seat(seat, day, None)
    holders = [("president", term), ("former", outgoing), ("next", following)]
    entries = [
        {"seat": seat, "city": held.city, "ground": f"presidencies/{held.year}", "from": str(day)}
        for seat, held in holders
        if held is not None and (seat != "next" or held.approved is not None)
        if seat != "former" or not has_left(registry, held.city, day)
        if seat != "next" or stays_till_it_begins(registry, held, day)
    ]
    for entry in entries:
        if entry["seat"] != "former":
            yield from leave_elected_seat(registry, entry["city"], int(entry["ground"][-4:]), day)
    yield from add_seats(registry, term.year, entries)


def stays_till_it_begins(registry: Registry, term: Presidency, day: date) -> bool:
    """Whether the city approved for a term may take the seat of next President (INT-38)."""
    law = law_on(registry, day)
    return not_eligible(registry, term.city, term.year, Moment(day), law) is None


def committee_elected(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """Those elected take the free seats; the first election for a term ends those of earlier ones.

    An election for the rest of a term ends none (set 2; set 1 took that from the decision's own
    words), and none ends a seat that the Assembly extended. A city that sits by office takes no
    second seat. Entered late, it leaves alone who sat that day until a later end on record, and
    ends where the next holder on record begins.
    """
    running = sitting(registry, day)
    held = [s for s in running if s.seat in ELECTED]
    taken = {s.seat for s in _held(registry, day) if s not in running}
    stay = [s for s in held if _stays(registry, decision, s, day)]
    sit = {h.city for h in composition_after(registry, day) if h.seat in EX_OFFICIO}
    sit |= {s.city for s in stay if s.extended}
    cities = [city for city in elected_by(decision) if city not in sit]
    free = [seat for seat in ELECTED if seat not in {s.seat for s in stay} | taken]
    entries = [
        {"seat": seat, "city": city, "ground": decision.id, "from": str(day)}
        | _until_the_next(registry, seat, day)
        for seat, city in zip(free, cities, strict=False)
    ]
    ends = [edit for s in held if s not in stay for edit in end_seat(s, day, decision.id)]
    return [*ends, *add_seats(registry, decision.term or day.year, entries)]


def _until_the_next(registry: Registry, seat: str, day: date) -> dict[str, Any]:
    """Where a seat that is filled late ends: by the election that filled it next."""
    later = [s for s in registry.seats() if s.seat == seat and s.start.day > day]
    standing = (s for s in later if not is_void(registry, s))
    after = min(standing, key=lambda s: s.start.day, default=None)
    if after is None:
        return {}
    return stated({"until": str(after.start.day), "ended_by": after.ground})


def _stays(registry: Registry, decision: Decision, seat: Seat, day: date) -> bool:
    """Whether an election leaves an elected seat alone."""
    law = law_on(registry, day)
    if law.rule_set == 1:
        return decision.silent or lasts(registry, seat, day)
    race = race_of(registry, decision._replace(state="open"), day, law)
    return stays(registry, seat, race.term, race.regular, day)


def dismissed(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """The seat of the city dismissed ends; what becomes of a presidency is INT-36."""
    own = [s for s in sitting(registry, day) if s.city == decision.city]
    return [edit for seat in own for edit in end_seat(seat, day, decision.id)]


def secretary_appointed(
    registry: Registry, name: str, start: date, by: str, paper: Mapping[str, Any] | None = None
) -> list[Edit]:
    """The appointment; one that still runs ends where it begins, and it where a later one does."""
    ends, until = joining(registry.appointments(), start)
    told = {"name": name, "from": str(start), "until": until and str(until), "by": by}
    entry = stated({**told, "document": paper})
    if not registry.has(SECRETARIAT):
        return [Create(SECRETARIAT, {"appointments": [entry]})]
    places = (("appointments", n, "until") for n in ends)
    edits = [Put(SECRETARIAT, place, str(start)) for place in places]
    return [*edits, Append(SECRETARIAT, ("appointments",), entry)]


def agenda_set(registry: Registry, decision: Decision, _day: date) -> list[Edit]:
    """The term that an annual agenda is of names it."""
    term = registry.term_in(ref_of(decision.subject or "").path)
    return [] if term is None else [Put(term.path, ("agenda",), decision.id)]
