"""How far a change reaches: which decisions a member's new mayor can bear on, and which not.

A member of the committee is named in every vote of its term; a mayor who takes office today changes
nothing of those before today, and to judge them again would cost more the longer history is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import zip_longest

from b40cli.model.member import Member
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.registry import Registry

DECISIONS = f"{ROOT}decisions/"
# What no rule about a decision asks of a member's record, but for the mayor of a day.
UNASKED = frozenset({"mayors", "contact", "native_name", "gazetteer", "note"})
# Here it is asked how long the mandate lasts, not only whose it is.
MANDATES = frozenset({"presidency", "candidates", "committee-election"})


def reaches(before: Registry, after: Registry, path: str) -> Callable[[str], bool]:
    """Whether a change of a member's record can bear on another record that names it."""
    since = cache(lambda: _another_mayor_since(before, after, path))

    def reached(named: str) -> bool:
        if not named.startswith(DECISIONS):
            return True
        day = since()
        return day is None or _asks(after, named, day)

    return reached


def _asks(after: Registry, path: str, since: date) -> bool:
    decision = after.decision_in(path)
    if decision is None or decision.closed is None or decision.matter in MANDATES:
        return True
    meeting = after.meeting(decision.meeting) if decision.meeting else None
    return max(decision.closed, meeting.day if meeting else decision.closed) >= since


def _another_mayor_since(before: Registry, after: Registry, path: str) -> date | None:
    """The first day somebody else heads the city; None where more than that may have changed."""
    was, now = before.data(path), after.data(path)
    if was is None or now is None:
        return None
    if any(was.get(key) != now.get(key) for key in {*was, *now} - UNASKED):
        return None
    city = ref_of(path).id
    old, new = before.member(city), after.member(city)
    if old is None or new is None:
        return None
    # Before the first entry begins that is another than it was, the head is the same.
    pairs = zip_longest(old.mayors, new.mayors)
    others = [m for pair in pairs if pair[0] != pair[1] for m in pair if m]
    begins = min((m.start.day for m in others), default=date.max)
    turning = {m.start.day for m in (*old.mayors, *new.mayors)}
    turning |= {m.until for m in (*old.mayors, *new.mayors) if m.until}
    days = sorted(day for day in turning if day >= begins)
    return next((day for day in days if _head(old, day) != _head(new, day)), date.max)


def _head(member: Member, day: date) -> tuple[str, str] | None:
    mayor = member.mayor_on(day)
    return None if mayor is None else (mayor.name, mayor.capacity)
