"""What one change takes away at once: told by name, so that nobody overlooks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from b40cli.model.day import Moment
from b40cli.model.facts.statutes import NotInForce, Parameter
from b40cli.model.ref import ref_of
from b40cli.model.share import is_share, share_of
from b40cli.model.state.registry import PARAMETERS, PRINCIPALS, SECRETARIAT, Registry
from b40cli.model.wording import counted
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import RECORD, Breach, Case, Rule
from b40cli.rules.facts.running_on import appointments_of, secretary_on
from b40cli.rules.facts.seats import president_on
from b40cli.rules.facts.standing import is_member, is_suspended, membership_at

# More than this part of the votes, gone by one change.
QUARTER = 4
# Until when an end that is on record already is looked for: a year's end, and the one after it.
AHEAD = timedelta(days=730)
MAJORITIES = ("simple", "votes-cast", "absolute", "unanimity")
NUMBERS = frozenset({"observer-population", "mandate-left-months", "requesters-of-a-meeting"})
LOOK = "Nothing, if it is meant: whoever reviews it looks at it by itself."


def great_change(case: Case, path: str) -> Iterator[Breach]:
    """More than a quarter of the votes, the last of an office, a lower threshold."""
    before = case.before
    if before is None or before.network is None:
        return
    if path == PARAMETERS:
        yield from _lowered(before, case.after)
    elif path == PRINCIPALS:
        yield from _last_principal(before, case.after)
    elif path == SECRETARIAT:
        yield from _last_secretary(before, case.after)
    elif ref_of(path).kind == "members":
        yield from _votes_lost(case, before, ref_of(path).id)
    if ref_of(path).kind in ("members", "presidencies"):
        yield from _last_president(case, before, path)


def _votes_lost(case: Case, before: Registry, city: str) -> Iterator[Breach]:
    """Told once, of the first city that loses its vote; asked further only where this one does."""
    for day in (case.on, case.on + AHEAD):
        if _votes(before, city, day) and not _votes(case.after, city, day):
            had = _voting(before, day)
            lost = had - _voting(case.after, day)
            if len(lost) * QUARTER > len(had) and city == min(lost):
                yield Breach(
                    f"{len(lost)} of {counted(len(had), 'member')} with a vote lose it by {day}.",
                    LOOK,
                    facts={"votes": len(had), "lost": sorted(lost)},
                )
                return


def _votes(registry: Registry, city: str, day: date) -> bool:
    moment, law = Moment(day), law_on(registry, day)
    return is_member(registry, city, moment, law) and not is_suspended(registry, city, moment)


def _voting(registry: Registry, day: date) -> frozenset[str]:
    members, without_vote = membership_at(registry, Moment(day), law_on(registry, day))
    return frozenset(members) - frozenset(without_vote)


def _last_president(case: Case, before: Registry, path: str) -> Iterator[Breach]:
    """Today, or once the year is over: with it go the offices of a city that gave notice."""
    for day in (case.on, date(case.on.year + 1, 1, 1)):
        was = president_on(before, day)
        if was is None or was not in (ref_of(path).id, _city(before, path)):
            continue
        if president_on(case.after, day) is None:
            when = "" if day == case.on else f" from {day}"
            yield Breach(
                f"The network has no President{when} by this: {was} presided.",
                LOOK,
                facts={"was": was},
            )
            return


def _city(registry: Registry, path: str) -> str | None:
    return next((term.city for term in registry.presidencies() if term.path == path), None)


def _turns(spans: Iterable[tuple[date, date | None]]) -> list[date]:
    """Every day on which one of them begins or ends: what holds on these holds on all days."""
    return sorted({day for span in spans for day in span if day is not None})


def _last_secretary(before: Registry, after: Registry) -> Iterator[Breach]:
    listed = (*appointments_of(before), *appointments_of(after))
    for day in _turns((each.start.day, each.until) for each in listed):
        had = secretary_on(before, day)
        if had is not None and secretary_on(after, day) is None:
            yield Breach(
                f"The network has no Permanent Secretary after this, from {day}: "
                f"{had.name} was in office.",
                LOOK,
                facts={"was": had.name, "from": str(day)},
            )
            return


def _last_principal(before: Registry, after: Registry) -> Iterator[Breach]:
    listed = (key for r in (before, after) for p in r.principals() for key in p.keys)
    for day in _turns((key.start, key.until) for key in listed):
        had = [p.id for p in before.principals() if p.in_force(day)]
        if had and not any(p.in_force(day) for p in after.principals()):
            yield Breach(
                f"Nobody may sign after this, from {day}: {', '.join(had)} could.",
                LOOK,
                facts={"was": had, "from": str(day)},
            )
            return


def _lowered(before: Registry, after: Registry) -> Iterator[Breach]:
    for name, parameter in before.parameters().items():
        later = after.parameters().get(name)
        if later is not None and (found := _first_lower(parameter, later)) is not None:
            day, was, now = found
            yield Breach(
                f"The threshold {name} is lowered from {was} to {now}, from {day}.",
                LOOK,
                facts={"parameter": name, "was": was, "is": now, "from": str(day)},
            )


def _first_lower(before: Parameter, after: Parameter) -> tuple[date, Any, Any] | None:
    """The first day on which it is lower than it was for that day, and both values."""
    for day in _turns((each.start.day, each.until) for each in (*before.dated, *after.dated)):
        try:
            was, now = before.on(day).value, after.on(day).value
        except NotInForce:
            continue
        if _is_lower(before.name, was, now):
            return day, was, now
    return None


def _is_lower(name: str, was: Any, now: Any) -> bool:
    if name in NUMBERS:
        return int(now) < int(was)
    if not (isinstance(was, str) and isinstance(now, str)):
        return False
    if is_share(was) and is_share(now):
        one, other = share_of(was), share_of(now)
        return other.numerator * one.denominator < one.numerator * other.denominator
    ranked = was in MAJORITIES and now in MAJORITIES
    return ranked and MAJORITIES.index(now) < MAJORITIES.index(was)


RULES = (
    Rule(
        name="great-change",
        kind="note",
        article=RECORD,
        norm="What takes over a quarter of the votes or the last of an office, or lowers a "
        "threshold, is named.",
        about=("members", "presidencies", "secretariat.yaml", "trust", "statutes"),
        question=great_change,
        fails="One commit that removes five of twelve members.",
        cure="Nothing, if it is meant; it is reviewed by itself.",
    ),
)
