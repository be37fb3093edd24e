"""What else follows from a change of standing: told in the act, by the readings in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date
from functools import reduce
from typing import Any

from b40cli.model.day import Moment
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.facts.decision import Decision
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art10_amendment import taken_back
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.facts.known_law import LAW_MAKING, binds_from
from b40cli.rules.facts.running_on import leader_on
from b40cli.rules.facts.seats import presidency_on, seats_on
from b40cli.rules.facts.suspensions import running_suspensions
from b40cli.rules.record.reach import touched

TELLING = {"suspension": "INT-25", "removal": "INT-28", "withdrawal": "INT-21"}
IN_OFFICE = "INT-37"
# What makes a record an annulment, whether it is on record already or not.
ANNULLING = ("id", "body", "matter", "title", "annuls", "effect")


def consequences(registry: Registry, decision: Decision, day: date) -> tuple[str, ...]:
    """The further lines of an act: what becomes of offices and proxies of the city concerned."""
    if decision.state == "adopted" and decision.matter == "annulment":
        return _of_an_annulment(registry, decision, day)
    if decision.state == "adopted" and decision.matter == "resolution":
        from b40cli.acts.change.silent_effects import told

        return (*told(registry, decision), *_of_the_merged(registry, decision, day))
    if decision.state == "adopted" and decision.matter in LAW_MAKING:
        return (f"In force from {binds_from(decision, day)} (INT-41).",)
    if decision.state != "adopted" or decision.city is None:
        return ()
    if decision.matter == "committee-dismissal":
        return _of_a_dismissal(registry, decision.city, day)
    if decision.matter == "reinstatement":
        return tuple(_running_beside(registry, decision, decision.city, day))
    return of_standing(registry, decision.matter, decision.city, day)


def _running_beside(registry: Registry, decision: Decision, city: str, day: date) -> Iterator[str]:
    """The suspensions that go on beside the one that is lifted, as one entered late may."""
    moment = Moment(day, decision.meeting, decision.item)
    running = {s.by: s.start for s in running_suspensions(registry, city, moment)}
    for by, start in [*running.items()][1:]:
        yield f"{city} stays suspended: {by} of {start} goes on, and is lifted by itself."


def _of_the_merged(registry: Registry, decision: Decision, day: date) -> Iterator[str]:
    """The offices of cities that another succeeds: the statutes give them to nobody."""
    for city in decision.succeeds:
        for office in offices_of(registry, city, day):
            yield f"{office} of {city}: vacant from then on; b40 status tells what fills it."
        yield from _proxies(registry, "succession", city, day)


def _of_an_annulment(registry: Registry, decision: Decision, day: date) -> tuple[str, ...]:
    """What the register derives otherwise from that day on, once the annulment is in it."""
    from b40cli.acts.change.derived_changes import duties_moved, ensuing
    from b40cli.acts.change.effects import effect_of

    record = {
        **(registry.recorded(decision.path) or {}),
        **{key: getattr(decision, key) for key in ANNULLING},
        "state": "adopted",
        "closed": str(day),
    }
    effect = effect_of(registry, decision, day)
    after = _with(registry.with_record(decision.path, record), effect)
    resting = touched(registry, after, {decision.path, *(edit.path for edit in effect)})
    owed = duties_moved(registry, after, [p for p in resting if p != decision.path], day)
    back = (
        f"{restored.path.rsplit('/', 1)[1]}: {restored.value} again from the day after."
        for restored in taken_back(registry, decision)
    )
    lines = (*ensuing(registry, after, day), *owed, *back)
    return lines or ("Nothing that the register derives for the day changes by it.",)


def _with(registry: Registry, effect: Iterable[Edit]) -> Registry:
    """The state with an effect in it; one that follows from a decision makes no new record."""
    for edit in effect:
        if isinstance(edit, Put | Append):
            record: Any = deepcopy(dict(registry.recorded(edit.path) or {}))
            *way, last = edit.at
            place = reduce(lambda inner, key: inner[key], way, record)
            if isinstance(edit, Put):
                place[last] = edit.value
            else:
                place[last] = [*(place.get(last) or ()), edit.value]
            registry = registry.with_record(edit.path, record)
    return registry


def of_standing(registry: Registry, change: str, city: str, day: date) -> tuple[str, ...]:
    """What becomes of a city's offices when it is suspended, removed or gives notice to leave."""
    point = TELLING.get(change)
    held = offices_of(registry, city, day)
    if point is None:
        return ()
    law = law_on(registry, day)
    lines = [f"{office}: {_becomes(registry, office, change, point, law)}" for office in held]
    return (*lines, *_proxies(registry, change, city, day))


def offices_of(registry: Registry, city: str, day: date) -> list[str]:
    """The offices a city holds on a day, as a sentence names them."""
    term = presidency_on(registry, day)
    offices = ["Presidency"] if term is not None and term.city == city else []
    offices += [f"Committee seat {s.seat}" for s in seats_on(registry, day) if s.city == city]
    return offices + [f"Leader of {group}" for group in _led_by(registry, city, day)]


def _led_by(registry: Registry, city: str, day: date) -> Iterator[str]:
    for group in registry.groups():
        leader = leader_on(registry, group, day)
        if leader is not None and leader.city == city:
            yield group.id


def _becomes(registry: Registry, office: str, change: str, point: str, law: Law) -> str:
    if change == "suspension" and not office.startswith("Committee seat"):
        point = IN_OFFICE
        if law.rule_set < 2:
            return (
                "the statutes are silent; it stays until the President or the Assembly says else."
            )
    said = _said(registry, point, law)
    if change == "removal":
        said += " The office is vacant from then on."
    elif change == "withdrawal" and law.reading(point) == "no":
        said += " On record it stays through 31 December, or until it is given up."
    return f"{said} ({point})"


def _proxies(registry: Registry, change: str, city: str, day: date) -> Iterator[str]:
    """A member that is suspended or removed neither holds nor gives a proxy any more.

    But in the committee, where it keeps its vote (INT-25).
    """
    if change == "withdrawal":
        return
    coming = (m for year in (day.year, day.year + 1) for m in registry.meetings_of(str(year)))
    for meeting in coming:
        in_committee = change == "suspension" and meeting.kind == "ec"
        if in_committee and law_on(registry, meeting.day).reading(TELLING[change]) == "kept":
            continue
        for proxy in meeting.proxies if meeting.day >= day and not meeting.ended else ():
            if city in (proxy.principal, proxy.holder) and proxy.revoked is None:
                yield f"Proxy of {proxy.principal} to {proxy.holder} for {meeting.id}: void."


def _of_a_dismissal(registry: Registry, city: str, day: date) -> tuple[str, ...]:
    term = presidency_on(registry, day)
    if term is None or term.city != city:
        return ()
    return (f"Presidency: {_said(registry, 'INT-36', law_on(registry, day))} (INT-36)",)


def _said(registry: Registry, point: str, law: Law) -> str:
    """What the reading in force means; its name, where the record does not tell."""
    reading = law.reading(point)
    return registry.interpretations()[point].readings.get(reading, reading)
