"""What a resolution brings about where the statutes are silent: a place for each in the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from b40cli.acts.opened.named import called_by
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.facts.decision import Decision
from b40cli.model.ref import Ref
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.committee.art13_offices import seat_to_extend
from b40cli.rules.case.silence import EXTENDED, RETRACTED, STAND_IN, SUCCESSION, silent_effect
from b40cli.rules.facts.seats import presidency_on


def resolved_in_silence(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """The edits by which the records concerned name a resolution; none where it has no effect.

    It has none in a body that cannot decide it, which the judge says.
    """
    effect = silent_effect(decision)
    if effect is None or decision.city is None or decision.body not in effect.bodies:
        return []
    return list(_EDITS[effect.name](registry, decision, day))


def _retracted(registry: Registry, decision: Decision, _day: date) -> Iterator[Edit]:
    member = registry.member(decision.city)
    if member is not None and member.withdrawal is not None:
        yield Put(member.path, ("withdrawal", "retracted"), decision.id)


def _succeeded(registry: Registry, decision: Decision, _day: date) -> Iterator[Edit]:
    """The successor names the cities it succeeds, each of these names it and the decision."""
    member = registry.member(decision.city)
    if member is None:
        return
    application = member.application
    if application is not None and not (application.outcome or application.withdrawn):
        yield Put(member.path, ("application", "outcome"), decision.id)
    for city in decision.succeeds:
        yield Append(member.path, ("succeeds",), city)
        into = {"city": member.id, "by": decision.id}
        yield Put(Ref("members", city).path, ("succeeded",), into)


def _stands_in(registry: Registry, decision: Decision, day: date) -> Iterator[Edit]:
    term = presidency_on(registry, day)
    until = {"until": str(decision.until)} if decision.until else {}
    if term is not None:
        entry = {"city": decision.city, "by": decision.id, "from": str(day), **until}
        yield Append(term.path, ("stand_ins",), entry)


def _extended(registry: Registry, decision: Decision, day: date) -> Iterator[Edit]:
    seat = seat_to_extend(registry, decision, day)
    if seat is not None and decision.until is not None:
        entry = {"by": decision.id, "until": str(decision.until)}
        yield Put(seat.path, ("seats", seat.n, "extended"), entry)


_EDITS: dict[str, Callable[[Registry, Decision, date], Iterator[Edit]]] = {
    RETRACTED: _retracted,
    SUCCESSION: _succeeded,
    STAND_IN: _stands_in,
    EXTENDED: _extended,
}


def told(registry: Registry, decision: Decision) -> tuple[str, ...]:
    """What follows from a resolution that says that the statutes are silent, in sentences."""
    if decision.matter != "resolution" or not decision.silent:
        return ()
    effect = silent_effect(decision)
    if effect is None:
        return ("It names no effect: nothing in the register changes by it.",)
    name = called_by(registry)(decision.city or "")
    return tuple(_SAID[effect.name](registry, decision, name))


def _said_retracted(_registry: Registry, _decision: Decision, name: str) -> Iterator[str]:
    yield f"{name} stays a member: its notice of leaving is taken back (Art. 9)."


def _said_succeeded(registry: Registry, decision: Decision, name: str) -> Iterator[str]:
    gone = ", ".join(map(called_by(registry), decision.succeeds))
    yield f"{name} succeeds {gone}: one member with one vote from this day (Art. 5)."


def _said_stand_in(_registry: Registry, decision: Decision, name: str) -> Iterator[str]:
    until = f"through {decision.until - timedelta(days=1)}" if decision.until else "for now"
    yield f"{name} stands in for the President {until} (Art. 11)."


def _said_extended(_registry: Registry, decision: Decision, name: str) -> Iterator[str]:
    last = decision.until - timedelta(days=1) if decision.until else "its end"
    yield f"{name} keeps its seat in the committee through {last} (Art. 13)."


_SAID: dict[str, Callable[[Registry, Decision, str], Iterator[str]]] = {
    RETRACTED: _said_retracted,
    SUCCESSION: _said_succeeded,
    STAND_IN: _said_stand_in,
    EXTENDED: _said_extended,
}
