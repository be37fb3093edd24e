"""Annulled from the beginning (set 2): what a decision began is void, what it ended runs on.

An `until` that rests on such a decision stays written and no longer counts. Annulments of days
under set 1 have the effect they had then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.committee import ELECTED, EX_OFFICIO, Presidency, Seat
from b40cli.model.facts.decision import Decision
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import rule_set_on

SINCE = 2
ELECTION = "committee-election"


@remembered
def annulling(registry: Registry) -> Mapping[str, tuple[Decision, ...]]:
    """The adopted annulments of each decision, those annulled in their turn too."""
    found: dict[str, tuple[Decision, ...]] = {}
    for by in registry.adopted_annulments():
        if by.annuls:
            found[by.annuls] = (*found.get(by.annuls, ()), by)
    return found


@remembered
def never_taken(registry: Registry) -> Mapping[str, Decision]:
    """The annulments by which a decision is as if it had never been, by the id of that one."""
    annulments = registry.annulments().items()
    return {name: by for name, by in annulments if _from_the_beginning(registry, by)}


def _from_the_beginning(registry: Registry, annulment: Decision) -> bool:
    day = annulment.closed
    tunc = annulment.effect == "ex-tunc"
    return tunc and day is not None and rule_set_on(registry, day) >= SINCE


def as_then(registry: Registry, moment: Moment) -> Registry:
    """The register without what was annulled from the beginning after a moment.

    What was counted, capped or composed by then is not asked again. An annulment that was annulled
    since had its effect then.
    """
    return _before(registry, moment, (*never_taken(registry).values(), *_in_chains(registry)))


def as_known(registry: Registry, moment: Moment) -> Registry:
    """The register without any annulment after a moment, under either rule set."""
    return _before(registry, moment, registry.adopted_annulments())


def as_on(registry: Registry, day: date) -> Registry:
    """The register without what took an annulment from the beginning back after a day, ex nunc.

    Until then what had been annulled was as if it had never been: who had been ended ran on.
    """
    return _before(registry, Moment(day), _taken_back(registry))


@remembered
def _taken_back(registry: Registry) -> tuple[Decision, ...]:
    """The ex-nunc annulments of annulments from the beginning."""
    adopted = {by.id: by for by in registry.adopted_annulments()}
    return tuple(
        by
        for by in adopted.values()
        if by.effect == "ex-nunc" and (inner := adopted.get(by.annuls or ""))
        if _from_the_beginning(registry, inner)
    )


def _before(registry: Registry, moment: Moment, annulments: Iterable[Decision]) -> Registry:
    later = [by for by in annulments if _is_later(by, moment)]
    if not later:
        return registry
    key = "as then", frozenset(by.id for by in later)
    return registry.variant(key, lambda: _without(registry, later))


@remembered
def _in_chains(registry: Registry) -> tuple[Decision, ...]:
    """The annulments of annulments, and the annulments that they annul."""
    adopted = {by.id: by for by in registry.adopted_annulments()}
    outer = [by for by in adopted.values() if by.annuls in adopted]
    return (*outer, *(adopted[by.annuls] for by in outer if by.annuls))


def _is_later(annulment: Decision, moment: Moment) -> bool:
    if annulment.closed is None or annulment.closed != moment.day:
        return annulment.closed is not None and annulment.closed > moment.day
    if annulment.item is None or moment.item is None or annulment.meeting != moment.meeting:
        return False
    return annulment.item > moment.item


def _without(registry: Registry, annulments: list[Decision]) -> Registry:
    for by in annulments:
        registry = registry.undecided(by.path)
    return registry


def is_void_term(registry: Registry, term: Presidency | None) -> bool:
    """Whether a presidency rests on an approval that was never taken."""
    return term is not None and term.approved in never_taken(registry)


def is_void(registry: Registry, seat: Seat) -> bool:
    """Whether a seat rests on what was never taken: an election, or a handover to a void term."""
    if not never_taken(registry):
        return False
    if seat.ground in never_taken(registry):
        return True
    term = registry.term(seat.term)
    begun = term is not None and term.start is not None and term.start.day <= seat.start.day
    return seat.seat in EX_OFFICIO and begun and is_void_term(registry, term)


def is_ended_by_nothing(registry: Registry, seat: Seat) -> bool:
    """Whether what ended a seat was never taken."""
    ended = seat.ended_by
    if seat.until is None or not never_taken(registry):
        return False
    if ended is None:
        passed = (t for t in registry.presidencies() if t.start and t.start.day == seat.until)
        return seat.seat in EX_OFFICIO and any(is_void_term(registry, t) for t in passed)
    if isinstance(ended, str) and ended.startswith("presidencies/"):
        return is_void_term(registry, registry.term(int(ended[-4:])))
    return isinstance(ended, str) and ended in never_taken(registry)


def runs_on_until(registry: Registry, seat: Seat) -> date | None:
    """When a seat whose end was never taken ends otherwise: filled again, or with its term."""
    again = _ended_again(registry, seat)
    if again is not None:
        return again.until
    ends = [*_filled_again(registry, seat), *_with_its_term(registry, seat)]
    return min(ends, default=None)


def _ended_again(registry: Registry, seat: Seat) -> Seat | None:
    """The further entry of the same seat, by which it was ended once it ran on."""
    same = (s for s in registry.seats() if _one_holding(s, seat))
    return next((s for s in same if not is_ended_by_nothing(registry, s)), None)


def is_further(registry: Registry, seat: Seat) -> bool:
    """Whether an entry only ends again a seat that stands before it."""
    return any(s.n < seat.n and _one_holding(s, seat) for s in registry.seats_in(seat.path))


def _one_holding(one: Seat, other: Seat) -> bool:
    held = (one.seat, one.city, one.ground, one.start)
    return held == (other.seat, other.city, other.ground, other.start)


def _filled_again(registry: Registry, seat: Seat) -> Iterator[date]:
    for other in registry.seats():
        later = seat.until is not None and other.start.day >= seat.until
        if other.seat == seat.seat and later and not is_void(registry, other):
            yield other.start.day


def refilled_on(registry: Registry, seat: Seat) -> date | None:
    """When another took a seat whose ground was annulled for a time; None where nobody did.

    Who filled it meanwhile keeps it, and whose ground counts again does not come back after that.
    """
    annulments = annulling(registry).get(seat.ground, ()) if seat.ground else ()
    if not any(_from_the_beginning(registry, by) for by in annulments):
        return None
    same = (s for s in registry.seats() if s.seat == seat.seat and s.start.day > seat.start.day)
    later = (s for s in same if s.ground != seat.ground and not is_void(registry, s))
    return min((s.start.day for s in later), default=None)


def _with_its_term(registry: Registry, seat: Seat) -> Iterator[date]:
    """The next handover that stands ends the seats by office, the next election the elected."""
    begun = seat.start.day
    if seat.seat in EX_OFFICIO:
        terms = (t for t in registry.presidencies() if not is_void_term(registry, t))
        yield from (t.start.day for t in terms if t.start and t.start.day > begun)
    elif seat.seat in ELECTED:
        for path in registry.naming(ELECTION, "decisions/"):
            vote = registry.decision_in(path)
            if vote is not None and vote.closed and _is_regular(registry, vote, begun):
                yield vote.closed


def _is_regular(registry: Registry, vote: Decision, after: date) -> bool:
    """Whether an election after a day carried, stands, and was no by-election."""
    carried = (vote.matter, vote.state) == (ELECTION, "adopted") and not vote.silent
    later = vote.closed is not None and vote.closed > after
    return carried and later and vote.id not in never_taken(registry)
