"""A law that came on record late: what was closed by then stands by the law that was known.

Such a law names what it came after in its `known` block (`on_record`): no vote that a body took is
counted again by what nobody knew, and what is entered after the law is judged by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.ref import Ref, ref_of
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import PARAMETERS, Registry
from b40cli.rules.case.rule import Case
from b40cli.rules.case.silence import SUCCESSION, brings

LAW_MAKING = ("amendment", "interpretation")
POINTS = "statutes/interpretations/"
# Where that lies which may say what it came after.
NAMING = ("decisions/", "members/")
# What changes a standing, and may come on record late as well.
OF_STANDING = ("removal", "suspension")


def changes_standing(decision: Decision) -> bool:
    """Whether a decision ends or suspends a membership: a succession ends those it merges."""
    return decision.matter in OF_STANDING or brings(decision, SUCCESSION)


def binds_from(decision: Decision, day: date) -> date:
    """The first day an amendment or a reading voted on a day binds: the next, or its own."""
    return decision.takes_effect or day + timedelta(days=1)


def laws_before(registry: Registry, law: Decision, day: date) -> tuple[Ref, ...]:
    """What is closed on record already, of the days that a law of a day binds: votes, meetings.

    Of a decision that changes no number and no reading, and annuls none that did, there is nothing.
    """
    annulled = registry.decision(law.annuls)
    if not any(each and (each.amends or each.adopts) for each in (law, annulled)):
        return ()
    votes = (Ref("decisions", d.id) for d in registry.decisions() if _bound(d, law, day))
    held = (Ref("meetings", m.id) for m in registry.meetings() if _held_under(m, law, day))
    return (*votes, *held)


def _bound(decision: Decision, law: Decision, day: date) -> bool:
    if decision.state not in CLOSED or decision.closed is None or decision.id == law.id:
        return False
    items = decision.item, law.item
    later = None not in items and items[0] > items[1]  # type: ignore[operator]
    same = decision.meeting is not None and decision.meeting == law.meeting
    return decision.closed >= binds_from(law, day) or (same and later and not law.takes_effect)


def _held_under(meeting: Meeting, law: Decision, day: date) -> bool:
    return meeting.first_roll_call is not None and meeting.day >= binds_from(law, day)


def unknown_to(registry: Registry, path: str) -> frozenset[str]:
    """The decisions that changed the law and came on record after what lies at a path."""
    late = map(registry.decision_in, came_late_to(registry, path))
    return frozenset(law.id for law in late if law and not changes_standing(law))


def came_late_to(registry: Registry, path: str) -> frozenset[str]:
    """Where that lies which came on record after what lies at a path, and names it."""
    return _late(registry).get(path, frozenset())


@remembered
def _late(registry: Registry) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for path in (p for folder in NAMING for p in registry.naming("on_record", folder)):
        for named in _named_by(registry, path):
            known = ref_of(named).path
            found[known] = found.get(known, frozenset()) | {path}
    return found


def _named_by(registry: Registry, path: str) -> tuple[str, ...]:
    decision, member = registry.decision_in(path), registry.member_in(path)
    if decision is not None:
        return (decision.known.on_record if decision.known else None) or ()
    return tuple(name for notice in (member.withdrawals if member else ()) for name in notice.after)


def by_the_law_known(case: Case, path: str) -> Case:
    """The case of a record under the statutes that it was closed under."""
    laws = unknown_to(case.after, path)
    if not laws:
        return case
    before = case.before and _without(case.before, laws)
    return case._replace(before=before, after=_without(case.after, laws))


def _without(registry: Registry, laws: frozenset[str]) -> Registry:
    """The same state under its statutes without what some decisions changed in them."""
    held = registry.law or registry
    then = held
    for path in (PARAMETERS, *held.paths(POINTS)):
        registry.looked_at.add(path)
        record = held.content(path)
        kept = dict(_kept(record, laws))
        if kept != record:
            then = then.with_record(path, kept)
    if then is held:
        return registry
    then.looked_at = registry.looked_at
    return registry.under(then)


def _kept(record: Mapping[str, Any], laws: frozenset[str]) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        if key == "adopted":
            yield key, [entry for entry in value if entry["by"] not in laws]
        elif key == "parameters":
            yield key, [{**each, "values": _values(each["values"], laws)} for each in value]
        else:
            yield key, value


def _values(entries: list[Mapping[str, Any]], laws: frozenset[str]) -> list[Mapping[str, Any]]:
    return [entry for entry in entries if entry["set_by"] not in laws]
