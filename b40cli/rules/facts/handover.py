"""The day on which the presidency passes: which of its acts stand before it, which after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from b40cli.model.day import Moment, time_of
from b40cli.model.facts.committee import Presidency
from b40cli.model.facts.decision import Decision
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import law_or_none

if TYPE_CHECKING:
    from b40cli.model.facts.meeting import Meeting

PRESIDENT = "president"


def handed_over_on(registry: Registry, day: date) -> Presidency | None:
    """The presidency whose term began by a handover on that very day."""
    for term in registry.presidencies():
        if term.handover and term.start and term.start.exact and term.start.day == day:
            return term
    return None


def side_of(registry: Registry, day: date, handover: str | None) -> date:
    """The day whose offices an act has: the eve for one before that day's handover."""
    if handover == "before" and handed_over_on(registry, day) is not None:
        return day - timedelta(days=1)
    return day


def side_of_act(registry: Registry, decision: Decision, day: date) -> str | None:
    """On which side of its day's handover an act of a President stands.

    What the act says of itself holds; else the city that decided tells it: the incoming one after
    the handover, any other before it. Else None where no handover of that day is on record.
    """
    handed = handed_over_on(registry, day)
    if handed is None:
        return decision.handover
    city = (decision.decided_by or {}).get("city")
    return decision.handover or ("after" if city == handed.city else "before")


def side_by_hours(opens: str, session: str) -> str:
    """The side on which a meeting stands whose session opens before, or not before, another."""
    opened, began = time_of(opens), time_of(session)
    earlier = opened is not None and began is not None and opened < began
    return "before" if earlier else "after"


def binds_at(registry: Registry, decision: Decision, moment: Moment) -> bool:
    """Whether what a President decided alone on the day of the moment binds at it.

    An act before the handover binds the whole day, one after it the items after the handover. Under
    the first rule set every act binds the whole day.
    """
    handed = handed_over_on(registry, moment.day) if decision.body == PRESIDENT else None
    law = law_or_none(registry, moment.day) if handed else None
    if handed is None or law is None or law.rule_set < 2:
        return True
    if side_of_act(registry, decision, moment.day) == "before":
        return True
    meeting = registry.meeting(moment.meeting)
    return meeting is None or _is_after(handed, meeting, moment.item)


def _is_after(handed: Presidency, meeting: Meeting, item: int | None) -> bool:
    """Whether an item of a meeting of that day comes after the handover."""
    if meeting.kind == "ec":
        return meeting.handover != "before"
    passed = item_of(handed, meeting)
    return item is None or (passed is not None and item > passed)


def item_of(handed: Presidency, meeting: Meeting) -> int | None:
    """The agenda item at which a meeting hands the presidency over, where it is known."""
    told = handed.handover or {}
    if told.get("at") in (meeting.id, meeting.summit) and "item" in told:
        return int(told["item"])
    items = (entry["item"] for entry in meeting.agenda if entry.get("kind") == "handover")
    return next(items, None)
