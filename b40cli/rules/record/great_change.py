"""What one change takes away at once: told by name, so that nobody overlooks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from b40cli.model.day import Moment
from b40cli.model.facts.statutes import NotInForce, Parameter
from b40cli.model.ref import ref_of
from b40cli.model.share import is_share, share_of
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import PARAMETERS, PRINCIPALS, SECRETARIAT, Registry
from b40cli.model.wording import counted
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.facts.memberships import may_have_ended, memberships
from b40cli.rules.facts.running_on import appointments_of, secretary_on
from b40cli.rules.facts.seats import president_on
from b40cli.rules.facts.standing import is_member, membership_at
from b40cli.rules.facts.suspensions import is_suspended

# More than this part of the votes, gone by one change.
QUARTER = 4
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
    if not any(_loses(case, before, city, day) for day in _from(case, _voting_days(case, city))):
        return
    found = _many_lost(case.after, before, case.on)
    if found is not None and city == min(found.lost):
        yield Breach(
            f"{len(found.lost)} of {counted(found.had, 'member')} with a vote lose it by "
            f"{found.day}.",
            LOOK,
            facts={"votes": found.had, "lost": sorted(found.lost), "from": str(found.day)},
        )


class Loss(NamedTuple):
    """The votes gone from a day on, and how many there were."""

    day: date
    had: int
    lost: frozenset[str]


@remembered
def _many_lost(after: Registry, before: Registry, on: date) -> Loss | None:
    """The first day on which over a quarter is gone: looked for once, not for each that goes."""
    case = Case(before, after, on)
    cities = {member.id for r in (before, after) for member in r.members()}
    for day in _from(case, chain.from_iterable(_voting_days(case, each) for each in cities)):
        had = _voting(before, day)
        lost = had - _voting(after, day)
        if len(lost) * QUARTER > len(had):
            return Loss(day, len(had), lost)
    return None


def _voting_days(case: Case, city: str) -> Iterator[date | None]:
    """The days on which its membership, or a suspension, begins or may end: before and after."""
    for registry in filter(None, (case.before, case.after)):
        member, law = registry.member(city), law_on(registry, case.on)
        if member is not None:
            yield from (spell.begins for spell in memberships(registry, member, law))
            yield from may_have_ended(registry, member)
            yield from (day for s in member.suspensions for day in (s.start, s.until))


def _loses(case: Case, before: Registry, city: str, day: date) -> bool:
    return _votes(before, city, day) and not _votes(case.after, city, day)


def _votes(registry: Registry, city: str, day: date) -> bool:
    moment, law = Moment(day), law_on(registry, day)
    return is_member(registry, city, moment, law) and not is_suspended(registry, city, moment)


def _voting(registry: Registry, day: date) -> frozenset[str]:
    members, without_vote = membership_at(registry, Moment(day), law_on(registry, day))
    return frozenset(members) - frozenset(without_vote)


def _last_president(case: Case, before: Registry, path: str) -> Iterator[Breach]:
    """Today or on a later day: with a year's end go the offices of a city that gave notice."""
    term = before.term_in(path)
    was = term.city if term else ref_of(path).id
    terms = [term for r in (before, case.after) for term in r.presidencies()]
    seats = [s for r in (before, case.after) for s in r.seats() if s.seat == "president"]
    if was not in {*(term.city for term in terms), *(seat.city for seat in seats)}:
        return
    turning = [*_voting_days(case, was), *(term.start and term.start.day for term in terms)]
    turning += [day for seat in seats for day in (seat.start.day, seat.until)]
    for day in _from(case, turning):
        if president_on(before, day) == was and president_on(case.after, day) is None:
            when = "" if day == case.on else f" from {day}"
            yield Breach(
                f"The network has no President{when} by this: {was} presided.",
                LOOK,
                facts={"was": was, "from": str(day)},
            )
            return


def _turns(days: Iterable[date | None]) -> list[date]:
    """Every day on which something begins or ends: what holds on these holds on all days."""
    return sorted({day for day in days if day is not None})


def _from(case: Case, days: Iterable[date | None]) -> list[date]:
    """The same from the day of the case on: it stands for what it holds from an earlier one."""
    return [day for day in _turns((case.on, *days)) if day >= case.on]


def _last_secretary(before: Registry, after: Registry) -> Iterator[Breach]:
    listed = (*appointments_of(before), *appointments_of(after))
    for day in _turns(day for each in listed for day in (each.start.day, each.until)):
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
    for day in _turns(day for key in listed for day in (key.start, key.until)):
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
    values = (*before.dated, *after.dated)
    for day in _turns(day for each in values for day in (each.start.day, each.until)):
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
        norm="What takes over a quarter of the votes or the last of an office, or lowers a "
        "threshold, is named.",
        about=("members", "presidencies", "secretariat.yaml", "trust", "statutes"),
        question=great_change,
        fails="One commit that removes five of twelve members.",
        cure="Nothing, if it is meant; it is reviewed by itself.",
    ),
)
