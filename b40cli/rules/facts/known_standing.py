"""A departure or a suspension that came on record late: who was a member stands as it was known.

Such a notice or decision names what it came after in its `known` block (`on_record`): no seat, lead
or candidacy is refused by what nobody knew, and what is entered later is judged by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import Moment
from b40cli.model.facts.committee import EX_OFFICIO
from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.finding import Kind
from b40cli.model.ref import Ref, ref_of
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Case
from b40cli.rules.case.silence import SUCCESSION, brings
from b40cli.rules.facts.known_law import came_late_to, changes_standing, laws_before
from b40cli.rules.facts.standing import is_member
from b40cli.rules.facts.terms import ELECTION

STANDS = "The record stands as it was closed; nothing needs to be done."
NOTICES = ("withdrawal", "former_withdrawals")


class Stranger(NamedTuple):
    """A city that is no member on a day: refused, or told where that was learnt since."""

    kind: Kind
    learnt: str = ""

    def cure(self, remedy: str) -> str:
        """What is to be done: nothing, where it was learnt since."""
        return STANDS if self.learnt else remedy


NO_MEMBER = Stranger("validity")
LEARNT = Stranger("note", ", as was learnt since")


def stranger(
    case: Case, record: str | None, city: str, moment: Moment, law: Law
) -> Stranger | None:
    """A city that is no member then, though a record that names it rests on that."""
    if is_member(case.after, city, moment, law):
        return None
    if record and is_member(as_known_to(case.after, record), city, moment, law):
        return LEARNT
    return NO_MEMBER


def unless_brought(
    none: Stranger | None, case: Case, entry: object, listed: Callable[[Registry], Iterable[object]]
) -> Stranger | None:
    """The same of an entry of a record's list; refused where this change brings the entry there.

    What is entered after a departure is judged by it, also beside what was on record before.
    """
    if none is not LEARNT or case.before is None:
        return none
    was, now = ([*listed(state)].count(entry) for state in (case.before, case.after))
    return NO_MEMBER if now > was else none


def as_known_to(registry: Registry, record: str) -> Registry:
    """The register without the departures and suspensions that came on record after a record."""
    path = ref_of(record).path
    late = came_late_to(registry, path)
    if not late:
        return registry
    return registry.variant(("standing known to", path), lambda: _without(registry, path, late))


def _without(registry: Registry, path: str, late: frozenset[str]) -> Registry:
    found = registry
    for ended in late:
        if found.member_in(ended) is not None:
            kept = dict(_staying(registry.recorded(ended) or {}, str(ref_of(path))))
            found = found.with_record(ended, kept)
        elif (decision := found.decision_in(ended)) and changes_standing(decision):
            found = found.undecided(ended)
    return found


def _staying(record: Mapping[str, Any], named: str) -> Iterator[tuple[str, Any]]:
    """A member's record without the notices that came on record after what is named."""
    for key, value in record.items():
        if key == NOTICES[0] and named in _on_record(value):
            continue
        if key == NOTICES[1]:
            yield key, [notice for notice in value if named not in _on_record(notice)]
        else:
            yield key, value


def _on_record(notice: Mapping[str, Any]) -> list[str]:
    found: list[str] = notice.get("known", {}).get("on_record", [])
    return found


def came_before(registry: Registry, decision: Decision, day: date) -> tuple[Ref, ...]:
    """What is on record already of the days on which a decision of a day has its effect.

    Of a law what is judged by it; of a removal or a succession what rests on a membership that it
    ends; of a suspension the meetings of 0.1.0, in which nothing is frozen, that were held on a
    proxy of the city.
    """
    if not changes_standing(decision):
        return laws_before(registry, decision, day)
    if brings(decision, SUCCESSION):
        ended = (rests_on_membership(registry, c, day, decision) for c in decision.succeeds)
        return tuple(dict.fromkeys(ref for each in ended for ref in each))
    if decision.city is None:
        return ()
    if decision.matter == "suspension":
        return tuple(held_on_its_proxy(registry, decision.city, day))
    return rests_on_membership(registry, decision.city, day, decision)


def rests_on_membership(
    registry: Registry, city: str, over: date, by: Decision | None = None
) -> tuple[Ref, ...]:
    """What is on record of the days after a membership and takes the city for a member."""

    def rests(path: str) -> bool:
        if (decision := registry.decision_in(path)) is not None:
            return decision != by and _took(decision, city, over)
        if (member := registry.member_in(path)) is not None:
            return member.id == city and any(w.received >= over for w in member.withdrawals)
        group = registry.group_in(path)
        sent = [(e.city, e.start) for e in (group.experts if group else ())]
        sat = [(s.city, s.start) for s in registry.seats_in(path) if s.seat in EX_OFFICIO]
        return any(of == city and start.day >= over for of, start in (*sent, *sat))

    named = (ref_of(path) for path in registry.naming(city) if rests(path))
    return (*held_on_its_proxy(registry, city, over), *named)


def _took(decision: Decision, city: str, over: date) -> bool:
    """Whether a closed decision takes a city for a member: its subject, a candidate, a winner."""
    if decision.state not in CLOSED or decision.closed is None or decision.closed < over:
        return False
    named = (decision.city, *decision.candidates, *decision.succeeds)
    return city in named or decision.matter == ELECTION


def held_on_its_proxy(registry: Registry, city: str, day: date) -> Iterator[Ref]:
    """The meetings that froze nothing (0.1.0's) and were held on a proxy of a city, from a day."""
    for path in registry.naming(city, "meetings/"):
        meeting = registry.meeting_in(path)
        if meeting is None or meeting.known is not None or meeting.day < day:
            continue
        cities = {c for proxy in meeting.proxies for c in (proxy.principal, proxy.holder)}
        if meeting.first_roll_call is not None and city in cities:
            yield ref_of(path)
