"""The register as it was on a day: what has a later day on record is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.view import View
from b40cli.model.day import since_of
from b40cli.model.facts.committee import Presidency
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting, meeting_of
from b40cli.model.state.registry import Registry

Later = Callable[[str], bool]
Record = Mapping[str, Any]
Other = tuple[str, Record | None]
# Where a fact of a meeting has its day.
DATED = {"notice": "sent", "participation_rules": "announced", "cancelled": "on"}
LISTED = {"roll_calls": "at", "moved": "on", "dispatches": "sent", "declined": "on"}
# What is added to a meeting's record once it was held.
HELD = frozenset({"minutes", "closing_declaration", "observers"})
# The lists of periods in records of a year, and acknowledgements.
LISTS = {"committee/": "seats", "duties/": "acknowledged"}
# What ends a period.
ENDED = frozenset({"until", "lifted_by", "ended_by"})
# What a decision has from its vote on.
VOTED = frozenset(
    {
        *("closed", "edition", "reason", "known", "roll", "ballots", "tally", "choices"),
        *("announced", "count", "passed_over", "readings"),
    }
)


def as_of(view: View, today: date) -> View:
    """The register without what came after the day asked about, by the days on record.

    An end that is still to come was planned, and is told. Of who is what on a day every read
    answers by that day; this is for what was decided, held, handed over or asked for later. A fact
    entered late counts from its own day.
    """
    others = dict(_others(view, today))
    return view._replace(registry=view.registry.supposing(others)) if others else view


def _others(view: View, today: date) -> Iterator[Other]:
    """The records that were others on the day; None of those that were not there yet."""
    registry, day = view.registry, view.on
    for meeting in registry.meetings():
        then = _by_then(view, meeting)
        if then is not None:
            yield meeting.path, _without_later_proxies(meeting, then)
    for decision in registry.decisions():
        yield from _decision(registry, decision, day)
    for term in registry.terms():
        yield from _term(registry, term, day)
    for folder, entries in LISTS.items():
        for path in registry.paths(folder):
            held = registry.content(path)
            yield path, {**held, entries: _running(held.get(entries, ()), day, today)}
    yield from _parties(registry, day, today)


def _parties(registry: Registry, day: date, today: date) -> Iterator[Other]:
    """Cities and observers: not there before they asked, no end before its day."""
    for member in registry.members():
        told = registry.content(member.path)
        then = dict(_of_member(told, day, today))
        if then != told:
            yield member.path, then
    for observer in registry.observers():
        if observer.ended is not None and observer.ended.on > day:
            told = registry.content(observer.path)
            yield observer.path, {key: told[key] for key in told if key != "ended"}
    yield from ((path, None) for path, first in _asked(registry) if first > day)


def _of_member(told: Record, day: date, today: date) -> Iterator[tuple[str, Any]]:
    """A city's record: no notice of leaving before it came, nobody in office before that began."""
    for key, value in told.items():
        if key == "suspensions":
            yield key, _running(value, day, today)
        elif key == "mayors":
            begun = (entry for entry in value if since_of(entry["from"]).day <= day)
            yield key, [_in_office(entry, day, today) for entry in begun]
        elif key == "former_withdrawals":
            yield key, [entry for entry in value if entry["received"] <= str(day)]
        elif key != "withdrawal" or value["received"] <= str(day):
            yield key, value


def _in_office(entry: Record, day: date, today: date) -> Record:
    """A mandate as it ran on the day: what ended it before its time was not known then."""
    if "ended" not in entry or not str(day) < _end(entry) <= str(today):
        return entry
    left = {"ended"} if entry["ended"] == "term" else {"ended", "until"}
    return {key: value for key, value in entry.items() if key not in left}


def _end(entry: Record) -> str:
    until = entry.get("until", "")
    return until if isinstance(until, str) else str(until["by"])


def _without_later_proxies(meeting: Meeting, then: Record) -> Record:
    """Of which every proof came later, that was hardly given by then."""
    bare = {(p.principal, p.holder) for p in meeting.proxies if not (p.sent or p.received)}
    kept = [
        each
        for each in then.get("proxies", ())
        if each.keys() & {"sent", "received"} or (each["principal"], each["holder"]) in bare
    ]
    return {**then, "proxies": kept}


def _running(entries: Sequence[Record], day: date, today: date) -> list[Record]:
    """What had begun or was done by the day; what has ended a period since is left out."""
    begun = (entry for entry in entries if since_of(entry.get("from") or entry["on"]).day <= day)
    return [
        {k: v for k, v in entry.items() if k not in ENDED}
        if str(day) < entry.get("until", "") <= str(today)
        else entry
        for entry in begun
    ]


def _asked(registry: Registry) -> Iterator[tuple[str, date]]:
    """The first day of cities that applied, of observers that asked or were invited, of groups."""
    for group in registry.groups():
        if group.start is not None and group.start.exact:
            yield group.path, group.start.day
    for member in registry.members():
        if member.applications and member.attested is None:
            yield member.path, min(each.received for each in member.applications)
    for observer in registry.observers():
        days = [*filter(None, [observer.requested]), *(each.on for each in observer.invitations)]
        if days:
            yield observer.path, min(days)


def _decision(registry: Registry, decision: Decision, day: date) -> Iterator[Other]:
    """A decision: not there before it was proposed, not voted on before it closed.

    What annuls from the beginning counts from there, whenever it closed.
    """
    first = decision.proposed or decision.closed
    if first is None or decision.effect == "ex-tunc":
        return
    if first > day:
        yield decision.path, None
    elif _later(decision, day):
        record = registry.content(decision.path)
        kept = {key: value for key, value in record.items() if key not in VOTED}
        yield decision.path, {**kept, "state": "proposed"}


def _term(registry: Registry, term: Presidency, day: date) -> Iterator[Other]:
    """A presidency: not given before it was approved, not handed over before the day of that."""
    decided = {"candidates": term.candidates, "approved": term.approved, "agenda": term.agenda}
    named = ((key, name) for key, name in decided.items() if isinstance(name, str))
    left = {key for key, name in named if _later(registry.decision(name), day)}
    left |= {"city", "mayor", "mandate", "candidates"} if "approved" in left else set()
    left |= {"handover"} if term.start and term.start.day > day else set()
    record = registry.content(term.path)
    then = {key: value for key, value in record.items() if key not in left}
    for key, on in (("declined", "on"), ("stand_ins", "from")):
        if key in then:
            then[key] = [entry for entry in then[key] if entry[on] <= str(day)]
    if then != record:
        yield term.path, then if any(then[key] for key in then.keys() - {"year"}) else None


def _later(decision: Decision | None, day: date) -> bool:
    return decision is not None and decision.closed is not None and decision.closed > day


def decision_by_day(decision: Decision, day: date) -> Decision | None:
    """A decision on a day: not there before it was proposed, not decided before it closed."""
    if decision.proposed is not None and decision.proposed > day:
        return None
    if decision.closed is not None and decision.closed > day:
        return decision._replace(state="proposed", closed=None)
    return decision


def meeting_by_day(view: View, name: str) -> tuple[View, Meeting]:
    """The meeting named, and the register, without what came after the day asked about.

    An agenda, a delegation or the document of a proxy has no day: it counts as it is on record.
    """
    meeting = meeting_named(view.registry, name)
    then = _by_then(view, meeting)
    if then is None:
        return view, meeting
    registry = view.registry.with_record(meeting.path, then)
    return view._replace(registry=registry), meeting_of(meeting.path, then)


def _by_then(view: View, meeting: Meeting) -> dict[str, Any] | None:
    """Its record by then; None where nothing came later."""
    record = view.registry.content(meeting.path)
    then = dict(_kept(view, meeting, record))
    return None if then == record else then


def _kept(view: View, meeting: Meeting, record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    def later(moment: str) -> bool:
        return meeting.day_of(moment) > view.on

    uncalled = all(later(call["at"]) for call in record.get("roll_calls", ()))
    moved = next((m["from"] for m in record.get("moved", ()) if m["on"] > str(view.on)), None)
    shifted = _shifted(meeting, record, moved) if moved else {}
    for key, value in record.items():
        if key in DATED and later(value[DATED[key]]):
            continue
        if (key == "closes" and later(value)) or (key in ("roll_calls", "known") and uncalled):
            continue
        if key not in HELD or meeting.day <= view.on:
            yield key, shifted[key] if key in shifted else _so_far(key, value, later)


def _so_far(key: str, value: Any, later: Later) -> Any:
    """Of what a meeting's record gathers by and by: what had come by then."""
    if key in LISTED:
        come = (entry for entry in value if not later(entry[LISTED[key]]))
        # Who took back that it declined had not done so yet.
        return [{k: v for k, v in e.items() if k != "until" or not later(v)} for e in come]
    if key == "proxies":
        return list(_given(value, later))
    if key in ("report", "consulted"):
        return {step: on for step, on in value.items() if step == "document" or not later(on)}
    return value


def _shifted(meeting: Meeting, record: Record, opens: str) -> dict[str, str]:
    """What a move took along, as it was: the time, the last day, the day in a title."""
    then = {"opens": opens}
    day = meeting.day_of(opens)
    if "ends" in record:
        then["ends"] = str(meeting.last_day + (day - meeting.day))
    if record.get("title", "").endswith(f", {meeting.day}"):
        then["title"] = record["title"].replace(str(meeting.day), str(day))
    return then


def _given(proxies: Sequence[Mapping[str, Any]], later: Later) -> Iterator[dict[str, Any]]:
    """The proxies by then: a member gives a further one once the former is revoked."""
    bound = set()
    for proxy in proxies:
        if proxy["principal"] not in bound:
            yield dict(_proved(proxy, later))
        if "revoked" in proxy and later(proxy["revoked"]):
            bound.add(proxy["principal"])


def _proved(proxy: Mapping[str, Any], later: Later) -> Iterator[tuple[str, Any]]:
    """A proxy with the proofs, and the revocation, that had come by then."""
    for key, value in proxy.items():
        if key in ("sent", "received"):
            came = {to: moment for to, moment in value.items() if not later(moment)}
            if came:
                yield key, came
        elif key != "revoked" or not later(value):
            yield key, value
