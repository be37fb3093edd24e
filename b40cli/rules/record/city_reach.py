"""How far a change of a city's record reaches: by the days that it moves.

A record of an earlier day asks nothing of it: a city of the committee is named in every vote of its
term, and most of all that is asked would be asked because of a mayor or a signature since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from b40cli.model.facts.member import Member
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.registry import Registry

DECISIONS = ROOT + "decisions/"
MEETINGS = ROOT + "meetings/"
COMMITTEE = ROOT + "committee/"
DECISION = re.compile(r"(?:GA|EC|PR|MI)-[0-9]{4}-[0-9]{3}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Behind every day.
NEVER = "~"
# What no rule about a decision or a meeting asks of a member's record, but for the mayor of a day.
UNASKED = frozenset(
    {"mayors", "contact", "native_name", "names", "former_names", "gazetteer", "note"}
)
# What counts from the day that stands in it.
DATED = frozenset({"declaration"})
# What a city is at all, on every day.
UNDATED = frozenset({"id", "country"})
# Here it is asked how long the mandate lasts, not only whose it is.
MANDATES = frozenset({"presidency", "candidates", "committee-election"})


def of_a_city(before: Registry, after: Registry, path: str, paths: Iterable[str]) -> Iterator[str]:
    """Of the records that name a city, or that it names, those that a change of it can bear on.

    An admission is not asked again because a mayor changed since, or because the city signed: that
    is most of all that is asked. Nor is a seat because of a mayor: it is the city's.
    """
    city = ref_of(path).id
    was, now = before.member(city), after.member(city)
    differing = _asked_otherwise(before.content(path), after.content(path))
    if was is None or now is None or differing - DATED:
        yield from paths
        return
    days = [m.declared for m in (was, now) if m.declared] if differing else []
    found = asking(after, paths, min((_another_head_since(was, now), *days)))
    yield from found if differing else (p for p in found if not p.startswith(COMMITTEE))


def asking(after: Registry, paths: Iterable[str], since: date) -> Iterator[str]:
    """Of the records that name a city those that ask who heads it on that day or later."""
    moved, from_here = after.rescheduled(), f"{MEETINGS}{since}"
    for path in paths:
        if path.startswith(DECISIONS):
            # Most votes that name a city are of long ago, and their words show it.
            closed, meeting = _closing(after.text(path))
            of_then = closed >= str(since) or meeting >= from_here or meeting in moved
            if of_then and _decided_since(after, path, since):
                yield path
        elif not path.startswith(MEETINGS) or path >= from_here or path in moved:
            yield path


@lru_cache(maxsize=1 << 13)
def _closing(text: str) -> tuple[str, str]:
    """The day that a decision gives for its end, and the path of its meeting, if it has one.

    Behind every day where none is told, or it is asked how long a mandate lasts. In the words of a
    record unescaped quotation marks stand around keys and values alone; a corrected one has others.
    """
    closed = text.partition('"closed":"')[2][:10]
    if not closed or text[:2] != '{"' or any(f'"{matter}"' in text for matter in MANDATES):
        return NEVER, ""
    meeting = text.partition('"meeting":"')[2].partition('"')[0]
    return closed, meeting and f"{MEETINGS}{meeting}.yaml"


def _decided_since(after: Registry, path: str, since: date) -> bool:
    decision = after.decision_in(path)
    if decision is None or decision.closed is None or decision.matter in MANDATES:
        return True
    if decision.closed >= since:
        return True
    meeting = after.meeting(decision.meeting)
    return meeting is not None and meeting.day >= since


def _another_head_since(old: Member, new: Member) -> date:
    """The first day somebody else heads the city: every day, where a name leads to nobody more."""
    if _named(old) - _named(new):
        return date.min
    # Before the first entry begins that is another than it was, the head is the same.
    pairs = zip_longest(old.mayors, new.mayors)
    others = [m for one, other in pairs if one != other for m in (one, other) if m]
    begins = min((m.start.day for m in others), default=date.max)
    mayors = (*old.mayors, *new.mayors)
    turning = {m.start.day for m in mayors} | {m.until for m in mayors if m.until}
    days = sorted(day for day in turning if day >= begins)
    return next((day for day in days if _head(old, day) != _head(new, day)), date.max)


def _named(member: Member) -> set[tuple[str | None, str]]:
    """Who was ever in office, by key and by every name: a record may name them by any of these."""
    ever = (*member.mayors, *member.never_there)
    return {(mayor.person, name) for mayor in ever for name in (mayor.name, *mayor.spelt)}


def _head(member: Member, day: date) -> tuple[str, str, str | None] | None:
    mayor = member.mayor_on(day)
    return None if mayor is None else (mayor.name, mayor.capacity, mayor.person)


def first_day(before: Registry, after: Registry, path: str) -> date | None:
    """The first day named where the two differ, a decision standing for the day it closed."""
    old, new = before.data(path), after.data(path)
    differing = _asked_otherwise(old or {}, new or {})
    if not differing:
        return None
    if old and new and differing & UNDATED:
        return date.min
    was, now = (
        {leaf for key in differing & data.keys() for leaf in _leaves(data[key], (key,))}
        for data in (old or {}, new or {})
    )
    moved = {value for _at, value in was ^ now if isinstance(value, str)}
    days = [date.fromisoformat(value) for value in moved if DAY.fullmatch(value)]
    for registry in (before, after):
        grounds = (registry.decision(value) for value in moved if DECISION.fullmatch(value))
        days += [ground.closed for ground in grounds if ground and ground.closed]
    return min(days, default=None)


def _asked_otherwise(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    """The fields that are not in both alike, of those that are asked of a member."""
    gone = {key for key in old.keys() - new.keys() - UNASKED if old[key] is not None}
    return gone | {key for key in new.keys() - UNASKED if old.get(key) != new[key]}


def _leaves(value: Any, at: tuple[Any, ...]) -> set[tuple[Any, Any]]:
    if type(value) is dict:
        inner = list(value.items())
    elif type(value) is list:
        inner = list(enumerate(value))
    else:
        return {(at, value)}
    return {leaf for key, found in inner for leaf in _leaves(found, (*at, key))}
