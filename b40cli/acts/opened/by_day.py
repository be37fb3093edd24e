"""Meetings and decisions as they were on a day: what has a later day on record is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.view import View
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting, meeting_of

Later = Callable[[str], bool]
# Where a fact of a meeting has its day.
DATED = {"notice": "sent", "participation_rules": "announced", "cancelled": "on"}


def decision_by_day(decision: Decision, day: date) -> Decision | None:
    """A decision on a day: not there before it was proposed, not decided before it closed."""
    if decision.proposed is not None and decision.proposed > day:
        return None
    if decision.closed is not None and decision.closed > day:
        return decision._replace(state="proposed", closed=None)
    return decision


def meeting_by_day(view: View, name: str) -> tuple[View, Meeting]:
    """The meeting named, and the register, without what came after the day asked about.

    An agenda, a delegation or the document of a proxy has no day: it counts as it is on record,
    and one that was moved keeps the time it has now.
    """
    meeting = meeting_named(view.registry, name)
    then = _by_then(view, meeting)
    if then is None:
        return view, meeting
    registry = view.registry.with_record(meeting.path, then)
    return view._replace(registry=registry), meeting_of(meeting.path, then)


def meetings_by_day(view: View) -> Iterator[Meeting]:
    """Every meeting on record, without what came after the day asked about."""
    for meeting in view.registry.meetings():
        then = _by_then(view, meeting)
        yield meeting if then is None else meeting_of(meeting.path, then)


def _by_then(view: View, meeting: Meeting) -> dict[str, Any] | None:
    """Its record by then; None where nothing came later."""
    record = view.registry.content(meeting.path)
    then = dict(_kept(view, meeting, record))
    return None if then == record else then


def _kept(view: View, meeting: Meeting, record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    def later(moment: str) -> bool:
        return meeting.day_of(moment) > view.on

    uncalled = all(later(call["at"]) for call in record.get("roll_calls", ()))
    for key, value in record.items():
        if key in DATED and later(value[DATED[key]]):
            continue
        if (key == "closes" and later(value)) or (key in ("roll_calls", "known") and uncalled):
            continue
        if key == "roll_calls":
            yield key, [call for call in value if not later(call["at"])]
        elif key == "proxies":
            yield key, list(_given(value, later))
        else:
            yield key, value


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
