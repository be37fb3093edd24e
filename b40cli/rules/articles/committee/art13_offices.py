"""Art. 13: who holds the seven seats, and on what ground."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import Moment, Since, covers
from b40cli.model.facts.committee import (
    ELECTED,
    EX_OFFICIO,
    UNKNOWN,
    Presidency,
    Seat,
    names_decision,
)
from b40cli.model.facts.decision import Decision, path_of
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.articles.committee.art13_election import (
    as_an_election,
    elected_by,
    seats_filled,
    told_before,
)
from b40cli.rules.articles.presidency.art11_candidacy import known_to_leave
from b40cli.rules.case.rule import Breach, Case, Rule, Undetermined
from b40cli.rules.case.silence import EXTENDED, brings
from b40cli.rules.facts.annulled import as_then, is_further, is_void
from b40cli.rules.facts.composition import composition_after
from b40cli.rules.facts.known_standing import NO_MEMBER, Stranger, stranger, unless_brought
from b40cli.rules.facts.leaving import not_eligible
from b40cli.rules.facts.seats import end_of
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.carried import wrong_roll
from b40cli.rules.votes.committee_facts import COMMITTEE
from b40cli.rules.votes.contest import COMPOSITION
from b40cli.rules.votes.outcome import same_roll
from b40cli.rules.votes.taken import frozen_before
from b40cli.rules.votes.vote import CLAIMS, recount, vote_of

FALLS_VACANT = "elected-seat-falls-vacant"
BY_RIGHT = "The handover gives three seats, an election of the Assembly the other four."


def committee_composition(case: Case, path: str) -> Iterator[Breach]:
    """At most these seven, each on its ground, one holder a seat; and rolls that name them."""
    if ref_of(path).kind == "committee":
        for seat in case.after.seats_in(path):
            # What is annulled from the beginning later is no question to an earlier day.
            then = case._replace(after=as_then(case.after, Moment(seat.start.day)))
            yield from _doubly_held(case, seat)
            yield from _two_seats(then, seat)
            yield from _groundless(then, seat)
        return
    yield from _roll_of_the_seats(case, path)
    yield from told_before(case, path, COMPOSITION)
    yield from as_an_election(case, path)
    decision = case.after.decision_in(path)
    if decision is not None and brings(decision, EXTENDED) and decision.state in CLAIMS:
        yield from _extends_a_seat(case, decision)
    if decision is not None and decision.matter == ELECTION and decision.state == "adopted":
        yield from seats_filled(case, decision)


def _extends_a_seat(case: Case, decision: Decision) -> Iterator[Breach]:
    """Where the text is silent the Assembly keeps one of the four whom it elects (Art. 13)."""
    day = moment_of(case, decision).day
    if seat_to_extend(case.after, decision, day) is None:
        yield Breach(
            f"{decision.subject} holds none of the four elected seats on {day}.",
            "Name one of the four whom the Assembly elected: b40 committee show.",
            ("subject",),
            refs=(decision.subject,) if decision.subject else (),
        )
    elif decision.until is not None and decision.until <= day:
        yield Breach(
            f"{decision.id} of {day} extends a seat until {decision.until}.",
            "Name a later day: --until.",
            ("until",),
        )


def seat_to_extend(registry: Registry, decision: Decision, day: date) -> Seat | None:
    """The elected seat that a resolution extends: the one that names it, else the one held."""
    own = [s for s in registry.seats() if s.city == decision.city and s.seat in ELECTED]
    named = [s for s in own if s.extended and s.extended.by == decision.id]
    held = [s for s in own if covers(s.start, end_of(registry, s), day) and not s.ended_by]
    return next(iter((*named, *held)), None)


def _roll_of_the_seats(case: Case, path: str) -> Iterator[Breach]:
    decision = vote_of(case, path, COMMITTEE)
    if decision is None or frozen_before(case, decision):
        return
    found = recount(case, decision)
    if isinstance(found, Undetermined) or not found.meeting.roll_calls:
        return
    computed = found.computed
    if decision.roll is None or not same_roll(decision.roll, computed):
        yield wrong_roll(decision, computed, "seats")


def _doubly_held(case: Case, seat: Seat) -> Iterator[Breach]:
    for other in case.after.seats():
        if other.seat != seat.seat or seat.city == other.city:
            continue
        day = max(seat.start.day, other.start.day)
        then = as_then(case.after, Moment(day))
        if not _meets(then, seat, other):
            continue
        # What was void when the later one began leaves its seat free from then on.
        if not any(is_void(then, s) or is_further(then, s) for s in (seat, other)):
            yield Breach(
                f"Seat {seat.seat} is held by {seat.city} and by {other.city} on {day}.",
                "End the first term before the second begins: set `until`.",
                ("seats", seat.n),
                facts={"seat": seat.seat, "cities": sorted((seat.city, other.city))},
                basis=seat.basis,
            )


def _meets(registry: Registry, seat: Seat, other: Seat) -> bool:
    if UNKNOWN in (seat.city, other.city):
        return False
    ends = [(seat, end_of(registry, other)), (other, end_of(registry, seat))]
    # Half-open: a seat given and taken in one session overlaps nothing.
    return all(end is None or begun.start.day < end for begun, end in ends)


def _two_seats(case: Case, seat: Seat) -> Iterator[Breach]:
    day = seat.start.day
    law = case.law_or_none(day)
    if law is None or seat.city == UNKNOWN or law.reading("INT-35") != FALLS_VACANT:
        return
    held = [there.seat for there in composition_after(case.after, day) if there.city == seat.city]
    if len(held) > 1 and seat.seat in held:
        yield Breach(
            f"{seat.city} holds the seats {' and '.join(held)} on {day}.",
            "The elected seat falls vacant: end it where the other begins (INT-35).",
            ("seats", seat.n),
            facts={"city": seat.city, "seats": held},
            readings={"INT-35": FALLS_VACANT},
            basis=seat.basis,
        )


def _groundless(case: Case, seat: Seat) -> Iterator[Breach]:
    at = ("seats", seat.n, *(("ground",) if seat.ground else ()))
    refs = (seat.ground,) if seat.ground else ()
    if seat.city != UNKNOWN and seat.source is None:
        for none, message in _faults_of_ground(case, seat):
            yield Breach(
                f"Seat {seat.seat} of {seat.city}: {message}{none.learnt}.",
                none.cure(BY_RIGHT),
                at,
                refs=refs,
                kind=none.kind,
            )
    yield from _ended_by_nothing(case, seat)
    yield from _extended_by_nothing(case, seat)


def _extended_by_nothing(case: Case, seat: Seat) -> Iterator[Breach]:
    extended = seat.extended
    by = case.after.decision(extended.by) if extended else None
    if extended is None or (
        by is not None
        and brings(by, EXTENDED)
        and (by.state, by.city, by.until) == ("adopted", seat.city, extended.until)
    ):
        return
    yield Breach(
        f"Seat {seat.seat} of {seat.city} is extended until {extended.until} by {extended.by}, "
        "which does not say so.",
        "Only a resolution of the General Assembly extends a seat: --effect seat-extended.",
        ("seats", seat.n, "extended"),
        refs=(extended.by,),
    )


def _faults_of_ground(case: Case, seat: Seat) -> Iterator[tuple[Stranger, str]]:
    day, by_office = seat.start.day, seat.seat in EX_OFFICIO
    law = case.law_or_none(day)
    record = seat.path if by_office else path_of(seat.ground or "")
    none = stranger(case, record, seat.city, Moment(day), law) if law else None
    if by_office:
        none = unless_brought(
            none, case, _taken(seat), lambda there: map(_taken, there.seats_in(seat.path))
        )
    if none:
        yield none, f"it is not a member on {day}"
    faults = _not_by_presidency(case, seat) if by_office else _not_by_election(case.after, seat)
    for message in faults:
        yield NO_MEMBER, message


def _not_by_presidency(case: Case, seat: Seat) -> Iterator[str]:
    registry = case.after
    ground = seat.ground or ""
    year = ref_of(ground).id
    term = registry.term(int(year)) if year != ground and year else None
    if seat.seat == "next" and seat.ended_by == ground and _was_approved(registry, seat):
        return
    if term is None or term.city != seat.city:
        yield f"it rests on {ground or 'nothing'}, which is no presidency of that city"
    elif seat.seat == "president" and (not term.start or term.start.day != seat.start.day):
        yield f"the presidency of {term.year} does not begin on {seat.start.day}"
    elif seat.seat == "former" and not _began_before(term, seat):
        yield f"the presidency of {term.year} is not over on {seat.start.day}"
    elif seat.seat == "next" and term.approved is None:
        yield f"nobody approved it for {term.year}"
    elif seat.seat == "next":
        yield from _gone_by_then(case, seat, term)


def _gone_by_then(case: Case, seat: Seat, term: Presidency) -> Iterator[str]:
    """A seat of next President that comes on record, of a city gone before it presides (INT-38)."""
    law, day = case.law_or_none(seat.start.day), seat.start.day
    before = case.before.seats() if case.before else case.after.seats()
    if law is None or law.rule_set < 2 or _taken(seat) in map(_taken, before):
        return
    gone = not_eligible(case.after, seat.city, term.year, Moment(day), law)
    if gone is not None and known_to_leave(case, seat.city, term.year, Moment(day)):
        yield f"it is gone on {gone}, before the term of {term.year} begins (INT-38)"


def _taken(seat: Seat) -> tuple[int, str, str, Since]:
    """Which seat a city takes in which term, and when: the end comes later."""
    return seat.term, seat.seat, seat.city, seat.start


def _was_approved(registry: Registry, seat: Seat) -> bool:
    """Whether the city was approved on the day its seat began, though the term is another's now."""
    day = seat.start.day
    return any(
        (d.matter, d.city, d.closed, d.state) == ("presidency", seat.city, day, "adopted")
        for d in registry.decisions(f"decisions/{day.year}/")
    )


def _began_before(term: Presidency, seat: Seat) -> bool:
    return term.start is not None and term.start.day < seat.start.day


def _not_by_election(registry: Registry, seat: Seat) -> Iterator[str]:
    decision = registry.decision(seat.ground) if names_decision(seat.ground) else None
    if decision is None or decision.matter != ELECTION or decision.state != "adopted":
        yield f"it rests on {seat.ground or 'nothing'}, which is no election that carried"
    elif seat.city not in elected_by(decision):
        yield f"{decision.id} did not elect it"
    elif decision.closed != seat.start.day:
        yield f"{decision.id} closed on {decision.closed}, not on {seat.start.day}"


def _ended_by_nothing(case: Case, seat: Seat) -> Iterator[Breach]:
    network = case.after.network
    if seat.until is None or seat.ended_by is not None or seat.city == UNKNOWN:
        return
    if network is None or seat.until <= network.opened:
        return
    handed = any(t.start and t.start.day == seat.until for t in case.after.presidencies())
    if seat.seat not in EX_OFFICIO or not handed:
        yield Breach(
            f"Seat {seat.seat} of {seat.city} ends on {seat.until}, and nothing says by what.",
            "Name the election, the dismissal, the resignation or the handover: ended_by.",
            ("seats", seat.n, "until"),
            facts={"seat": seat.seat, "until": str(seat.until)},
        )


RULES = (
    Rule(
        name="committee-composition",
        article="Art. 13",
        norm="At most seven sit: President, former, next, and four elected by the Assembly.",
        about=("committee", "decisions"),
        question=committee_composition,
        fails="Two cities in one seat on one day, or a fifth city that nobody elected.",
        cure="End the first holder's term; closing an election or a handover writes the seats.",
        parameters=("committee-seats-ex-officio", "committee-seats-elected"),
        readings=("INT-21", "INT-24", "INT-25", "INT-35"),
        sentences=("art2.6", "art13.1"),
    ),
)
