"""The offices: handover, refusal and departure, agenda, resignation, the Secretary (Art. 11-13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.documents import filed_later
from b40cli.acts.change.office_effects import (
    end_seat,
    handover_edits,
    sitting,
    stays_till_it_begins,
)
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.meetings import PRESIDED
from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.session import Session
from b40cli.acts.reads.plans import coming_open_term
from b40cli.model.edit import Create, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.committee import Presidency, presidency_of
from b40cli.model.facts.meeting import Meeting
from b40cli.model.ref import Ref, stated
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.presidency.order import with_priority
from b40cli.rules.case.law import law_on
from b40cli.rules.facts.handover import item_of, side_by_hours
from b40cli.rules.facts.seats import coming_term, has_left, next_on, presidency_on

if TYPE_CHECKING:
    from b40cli.model.results.offices import Declined, Departed, HandedOver, Resigned


def term_path(year: int) -> str:
    """Where the record of a term lies."""
    return Ref("presidencies", str(year)).path


def handover(session: Session, year: int | None, at: str, item: int | None) -> Proposal[HandedOver]:
    """Pass the presidency on: the term begins, and the three seats by office move with it."""
    registry = session.before
    meeting = meeting_named(registry, at)
    day = session.day_in(meeting)
    year = year or coming_term(registry, day)
    known = registry.term(year)
    if known is not None and known.handover is not None:
        headline = f"The presidency of {year} passed on {known.start}"
        return Proposal("presidency handover", f"presidencies/{year}", headline, (), {"year": year})
    term = known if known is not None and known.city else _expected(registry, year, day)
    item = item or item_of(term, meeting)
    entry = {"at": meeting.id, **({"item": item} if item else {}), "on": str(day)}
    edits = [
        *_term_begins(registry, term, entry),
        *handover_edits(registry, term, day),
        *(sides := _sides(registry, meeting, day)),
        *_chaired_from_now_on(registry, sides, term.city, day),
    ]
    outgoing = presidency_on(registry, day)
    body = _passes(registry, term, outgoing, day)
    result: HandedOver = {"year": year, "city": term.city, "handover": entry}
    headline = f"presidency: {term.city} takes over for {year}, {day}"
    subject = f"presidencies/{year}"
    return Proposal("presidency handover", subject, headline, tuple(edits), result, body, on=day)


def _expected(registry: Registry, year: int, day: date) -> Presidency:
    """The term of the city in the seat of the next President, where no approval is on record."""
    city = next_on(registry, day)
    if city is None:
        raise UsageError(
            f"No city is approved for {year}, and the seat of the next President is empty.",
            "b40 presidency plan tells the steps to an approval (Art. 11).",
        )
    return presidency_of(term_path(year), {"year": year, "city": city})


def _term_begins(registry: Registry, term: Presidency, entry: Mapping[str, Any]) -> list[Edit]:
    if registry.has(term.path):
        recorded = registry.term(term.year)
        missing = recorded is None or not recorded.city
        named = [Put(term.path, ("city",), term.city)] if missing else []
        return [*named, Put(term.path, ("handover",), dict(entry))]
    return [Create(term.path, {"year": term.year, "city": term.city, "handover": dict(entry)})]


def _sides(registry: Registry, session: Meeting, day: date) -> list[Edit]:
    """What the committee held that day without saying so, by the hours of the two meetings.

    One that has voted stands where those who sat then had their seats: before the handover.
    """
    voted = {d.meeting for d in registry.decisions(f"decisions/{day.year}/") if d.roll}
    edits: list[Edit] = []
    for meeting in registry.meetings_of(str(day)):
        if meeting.kind != "ec" or meeting.handover or meeting.attested:
            continue
        hours = side_by_hours(meeting.opens, session.opens)
        side = "before" if meeting.id in voted else hours
        edits.append(Put(meeting.path, ("handover",), side))
    return edits


def _passes(
    registry: Registry, term: Presidency, outgoing: Presidency | None, day: date
) -> tuple[str, ...]:
    following = registry.term(term.year + 1)
    coming = f"nobody is approved for {term.year + 1}: the seat is vacant"
    if following and following.approved:
        stays = stays_till_it_begins(registry, following, day)
        gone = f"vacant: {following.city} is gone before {term.year + 1} begins (INT-38)"
        coming = following.city if stays else gone
    former = outgoing.city if outgoing else "nobody"
    if outgoing and has_left(registry, outgoing.city, day):
        former = f"vacant: {outgoing.city} is no member any more"
    return (f"President: {term.city} (Art. 11).", f"Former: {former}.", f"Next: {coming}.")


def _chaired_from_now_on(
    registry: Registry, sides: Sequence[Edit], city: str, day: date
) -> Iterator[Edit]:
    """What was convened for later, to be chaired by the outgoing President, the new one chairs."""
    outgoing = presidency_on(registry, day)
    after = {edit.path for edit in sides if isinstance(edit, Put) and edit.value == "after"}
    for year in (day.year, day.year + 1):
        for meeting in registry.meetings_of(str(year)):
            later = meeting.day > day or meeting.handover == "after" or meeting.path in after
            chaired = outgoing is not None and meeting.chair == outgoing.city
            if later and chaired and meeting.kind in PRESIDED and not meeting.roll_calls:
                yield Put(meeting.path, ("chair",), city)


def decline(
    session: Session, city: str, year: int | None, document: Mapping[str, Any] | None
) -> Proposal[Declined]:
    """Record that a city declines the presidency of a term."""
    registry = session.before
    year = year or coming_open_term(registry, session.on)
    path, known = term_path(year), registry.term(year)
    entry = stated({"city": city, "on": str(session.on), "document": document})
    done = known is not None and any(refusal["city"] == city for refusal in known.declined)
    edit: Edit = Create(path, {"year": year, "declined": [entry]})
    if known is not None:
        edit = Put(path, ("declined",), [*map(dict, known.declined), entry])
    headline = f"presidency: {city} declines the term of {year}"
    result: Declined = {"year": year, "city": city, "on": str(session.on)}
    if document:
        result["document"] = dict(document)
    edits: tuple[Edit, ...] = (edit,)
    if known is not None and done:
        n = next(n for n, refusal in enumerate(known.declined) if refusal["city"] == city)
        edits = filed_later(path, ("declined", n), known.declined[n], document)
    return Proposal("presidency decline", f"presidencies/{year}", headline, edits, result)


def departure(session: Session, year: int, reason: str, passed: str | None) -> Proposal[Departed]:
    """Record why a term departs from the priority of capitals (Art. 11)."""
    registry = session.before
    term = registry.term(year)
    if term is None or not term.city:
        raise UsageError(
            f"No city is approved for {year}.", "b40 presidency show tells the terms on record."
        )
    first = _passed_over(registry, term, session.on) if passed is None else passed
    entry = {"from": first, "reason": reason}
    same = term.departure is not None and dict(term.departure) == entry
    edits: tuple[Edit, ...] = () if same else (Put(term.path, ("departure",), entry),)
    headline = f"presidency: {year} departs from the priority of {first}"
    result: Departed = {"year": year, "departure": entry}
    return Proposal("presidency departure", f"presidencies/{year}", headline, edits, result)


def _passed_over(registry: Registry, term: Presidency, day: date) -> str:
    approval = registry.decision(term.approved)
    then = approval.closed if approval and approval.closed else day
    first = with_priority(registry, term.year, then, law_on(registry, then))
    if not first or first[0] == term.city:
        raise UsageError(
            f"The term of {term.year} departs from nothing: no other capital comes first.",
            "b40 presidency order tells the order of candidacies.",
        )
    return first[0]


def resign(
    session: Session,
    city: str,
    to: Sequence[str],
    document: Mapping[str, Any] | None,
    until: date | None,
    announced: date | None,
) -> Proposal[Resigned]:
    """A member of the committee resigns by notice; the seat ends with it (Art. 13)."""
    held = [s for s in sitting(session.before, session.on) if s.city == city]
    own = [s for s in session.before.seats() if s.city == city]
    # Whose seat ended otherwise is no committee member; whose notice is on record is told so.
    if not held and not any(s.resigned for s in own):
        raise UsageError(f"{city} holds no seat.", "b40 committee show names those who sit.")
    notice = stated({"resigned": str(session.on), "to": [*to] or None, "document": document})
    edits = [edit for seat in held for edit in end_seat(seat, until or session.on, notice)]
    year = max(own, key=lambda seat: (seat.term, seat.n)).term
    if announced is not None:
        edits.append(
            Put(Ref("committee", str(year)).path, ("announced",), {"sent": str(announced)})
        )
    seats = [seat.seat for seat in held]
    headline = f"committee: {city} resigns, {', '.join(seats) or 'no seat'} vacant"
    result: Resigned = {"city": city, "seats": seats, "notice": notice}
    body = (
        "The statutes are silent on a vacant seat: the Assembly may elect for the rest of the term "
        "(Art. 13).",
    )
    return Proposal("committee resign", f"committee/{year}", headline, tuple(edits), result, body)
