"""How far a change reaches: the records to be asked again beside those it changes.

A change reaches what names it and what it names, whatever is corrected or annulled by it, and what
asks a fact that it moves without naming it: who is a member, who holds a seat, which candidates are
determined. Facts have days, and what was decided before the first day that moves is not reached: a
city of the committee is named in every vote of its term, and to ask them all again would cost more
the longer history is. A property test holds that nothing is missed (tests/test_resting.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from b40cli.model.facts.decision import path_of
from b40cli.model.finding import KINDS
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.correcting import CORRECTIONS
from b40cli.model.state.kept import LAST
from b40cli.model.state.registry import NETWORK, Registry
from b40cli.rules.record.city_reach import (
    DECISION,
    DECISIONS,
    MEETINGS,
    asking,
    first_day,
    of_a_city,
)

STATUTES = ROOT + "statutes/"
# The same in a long text, found by its end: letters stand at every turn, such numbers do not.
NUMBERED = re.compile(rf"-[0-9]{{4}}-[0-9]{{3}}(?<=({DECISION.pattern}))")
# What the network's record says of the register: from when it is judged, and what of it is whole.
REGISTER = ("opened", "status", "complete", "dissolution")
# What of a meeting only duties of other records ask: whether somebody was told, and when.
FILED = frozenset({"minutes", "dispatches", "report", "note"})
# The meetings that a year asks for: the first of them meets the duty.
YEARLY = ("summit", "ga", "youth-summit")


def touched(
    before: Registry, after: Registry, changed: Iterable[str], kinds: frozenset[str] = KINDS
) -> tuple[str, ...]:
    """The records a change can touch: those it changes, and those that rest on them.

    With kinds of findings those about which such may be new.
    """
    found = set(changed)
    if any(_bears_on_all(before, after, path) for path in found):
        return tuple(sorted(found.union(after.paths(""))))
    found |= _corrected(before, after)
    for path in tuple(found):
        found.update(_annulled(before, after, path))
    for path in tuple(found):
        found.update(_resting_on(before, after, path, kinds))
    return tuple(sorted(found))


def _bears_on_all(before: Registry, after: Registry, path: str) -> bool:
    """The law, and what the network's record says of the register itself."""
    was, now = ((r.data(path) or {}) if path == NETWORK else {} for r in (before, after))
    return path.startswith(STATUTES) or any(was.get(key) != now.get(key) for key in REGISTER)


def _corrected(before: Registry, after: Registry) -> set[str]:
    """The records that are corrected otherwise than before, and the corrections of them."""
    was, now = before.corrections(), after.corrections()
    moved = {path for path in {*was, *now} if was.get(path) != now.get(path)}
    return moved | {c.path for path in moved for c in (*was.get(path, ()), *now.get(path, ()))}


def _annulled(before: Registry, after: Registry, path: str) -> Iterator[str]:
    """What names the decision that one annuls, before or after: that itself among them.

    And what that had annulled, if it was an annulment: it may stand again.
    """
    for registry in (before, after) if path.startswith(DECISIONS) else ():
        seen = {path}
        annulled = registry.decision(registry.content(path).get("annuls"))
        while annulled is not None and annulled.path not in seen:
            seen.add(annulled.path)
            yield from _naming(after, annulled.id)
            annulled = registry.decision(annulled.annuls)


def _resting_on(
    before: Registry, after: Registry, path: str, kinds: frozenset[str]
) -> Iterator[str]:
    folder, name = ref_of(path)
    yield from (c.path for c in after.corrections().get(path, ()))
    if folder == "meetings" and "duty" not in kinds and _only_filed(before, after, path):
        return
    named = _named_in(before, after, path)
    naming = _naming(after, f"{folder}/{name}" if name.isdecimal() else name) if name else ()
    asked = (*named, *naming)
    yield from of_a_city(before, after, path, asked) if folder == "members" else asked
    more = _MORE.get(folder)
    yield from more(before, after, path) if more else ()


def _only_filed(before: Registry, after: Registry, path: str) -> bool:
    """Whether a meeting has nothing new but what is filed after it."""
    was, now = before.data(path), after.data(path)
    if was is None or now is None:
        return False
    return all(was.get(key) == now.get(key) for key in (was.keys() | now.keys()) - FILED)


def _naming(registry: Registry, name: str) -> Iterator[str]:
    """The records that name another, in their files or as they are corrected."""
    for path in registry.naming(name):
        yield path
        if path.startswith(CORRECTIONS):
            yield f"{ROOT}{(registry.recorded(path) or {})['corrects']}.yaml"


def _named_in(before: Registry, after: Registry, path: str) -> Iterator[str]:
    """The decisions a record names, before or after: they are asked whether it does."""
    yield from map(path_of, {n for r in (before, after) for n in NUMBERED.findall(r.text(path))})
    for data in (before.content(path), after.content(path)):
        for key in ("subject", "meeting", "group", "summit", "corrects"):
            named = data.get(key)
            yield from _at(key, named) if isinstance(named, str) else ()


def _at(key: str, named: str) -> Iterator[str]:
    folder = {"meeting": "meetings/", "summit": "meetings/", "group": "groups/"}.get(key, "")
    yield f"{ROOT}{folder}{named}.yaml"


def _of_members(before: Registry, after: Registry, path: str) -> Iterator[str]:
    """Who is a member counts from the first day on that moves."""
    day = first_day(before, after, path)
    yield from _votes_from(after, day) if day else ()


def _votes_from(after: Registry, day: date) -> Iterator[str]:
    """The Assemblies, and who was found eligible to preside: those ask of every member."""
    since = f"{DECISIONS}{day.year}"
    yield from (path for path in _candidacies(after) if path >= since)
    yield from _of_assemblies(after, since)
    found = after.paths("meetings/")
    later = found[bisect_left(found, f"{MEETINGS}{day}") :]
    moved = after.rescheduled()
    yield from (path for path in (*later, *moved) if "-ga" in path or "-summit" in path)


def _of_assemblies(after: Registry, since: str) -> Iterator[str]:
    """The decisions of the Assembly from a year on: few, and together in each year's folder."""
    listed = after.paths("decisions/")
    at = bisect_left(listed, since)
    while at < len(listed):
        year = listed[at][: listed[at].rindex("/") + 1]
        begin, end, at = (bisect_left(listed, year + n) for n in ("GA-", "GA-" + LAST, LAST))
        yield from listed[begin:end]


def _of_decisions(before: Registry, after: Registry, path: str) -> Iterator[str]:
    """The approval of a President whose candidates it determines, the Assemblies of its city."""
    was, now = before.decision_in(path), after.decision_in(path)
    known = [decision for decision in (was, now) if decision is not None]
    terms = {decision.term for decision in known if decision.matter == "candidates"}
    yield from (f"{ROOT}presidencies/{term}.yaml" for term in terms)
    for naming in after.naming("presidency", "decisions/") if terms else ():
        approval = after.decision_in(naming)
        if approval and approval.matter == "presidency" and approval.term in terms:
            yield naming
    days = [decision.closed for decision in known if decision.closed]
    for city in {decision.city for decision in known if decision.city and days}:
        yield from asking(after, _naming(after, city), min(days))
        yield from _votes_from(after, min(days))


def _of_meetings(before: Registry, after: Registry, path: str) -> Iterator[str]:
    """The first of its kind meets what a year asks for: the network's duty, or another's."""
    for registry in (before, after):
        meeting = registry.meeting_in(path)
        if meeting is not None and meeting.kind in YEARLY:
            yield NETWORK
            alike = registry.meetings_of(str(meeting.day.year))
            yield from (other.path for other in alike if other.kind == meeting.kind)


def _of_offices(before: Registry, after: Registry, path: str) -> Iterator[str]:
    """Whatever is decided or meets while the seats or the presidency are not what they were.

    Which capitals have served bears on the candidates of every year, who presides next on a Summit.
    """
    yield from _candidacies(after)
    # Who sat in earlier terms, and who sits, keeps out of an election of any year.
    yield from _of_groups(before, after, path)
    yield from (path for path in after.paths("meetings/") if "-summit" in path)
    yield from (NETWORK, *after.paths("committee/"), *after.paths("presidencies/"))
    for year in _years(before, after, path):
        yield from after.paths(f"decisions/{year}/")
        yield from (m for m in after.paths("meetings/") if m.startswith(f"{MEETINGS}{year}-"))
    yield from after.rescheduled()


def _candidacies(after: Registry) -> Iterator[str]:
    yield from after.naming("candidates", "decisions/")


def _years(before: Registry, after: Registry, path: str) -> Iterable[int]:
    """The years in which seats of a term were held, or it lasted and could be late to end."""
    years = [s.start.day.year for r in (before, after) for s in r.seats() if s.path == path]
    for term in filter(None, (before.term_in(path), after.term_in(path))):
        years += [term.start.day.year] if term.start else []
    return range(min(years), max(years) + 2) if years else ()


def _of_groups(_before: Registry, after: Registry, _path: str) -> Iterator[str]:
    """The mayors of the leaders' cities come first in an election; a missing group is told."""
    yield NETWORK
    yield from after.naming("committee-election", "decisions/")


def _of_evidence(before: Registry, after: Registry, _path: str) -> Iterator[str]:
    """Who cites a source that is listed no more, or now."""
    for key in before.sources().keys() ^ after.sources().keys():
        yield from after.naming(key)


def _of_duties(before: Registry, after: Registry, path: str) -> Iterator[str]:
    """The records at which a duty shows that is acknowledged, or not any more."""
    was, now = ((r.data(path) or {}).get("acknowledged", ()) for r in (before, after))
    for entry in (e for e in (*was, *now) if e not in was or e not in now):
        about = str(entry["of"]), str(entry.get("subject", entry["of"]))
        yield from (p for p in after.paths("") if any(part in p for part in about))
        yield from (NETWORK, *after.paths("groups/"))


_MORE: Mapping[str, Callable[[Registry, Registry, str], Iterator[str]]] = {
    "members": _of_members,
    "decisions": _of_decisions,
    "meetings": _of_meetings,
    "committee": _of_offices,
    "presidencies": _of_offices,
    "groups": _of_groups,
    "evidence": _of_evidence,
    "duties": _of_duties,
}
