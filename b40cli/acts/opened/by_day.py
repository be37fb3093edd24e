"""A meeting as it was on a day of the past: what its record says with a later day is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.view import View
from b40cli.model.facts.meeting import Meeting

Later = Callable[[str], bool]
# Where a fact of a meeting has its day.
DATED = {"notice": "sent", "participation_rules": "announced", "cancelled": "on"}


def meeting_by_day(view: View, name: str) -> tuple[View, Meeting]:
    """The meeting named, and the register, without what came after the day asked about.

    An agenda, a delegation or the document of a proxy has no day: it counts as it is on record.
    """
    meeting = meeting_named(view.registry, name)
    record = view.registry.content(meeting.path)
    then = dict(_by_then(view, meeting, record))
    if then == record:
        return view, meeting
    registry = view.registry.with_record(meeting.path, then)
    return view._replace(registry=registry), meeting_named(registry, name)


def _by_then(view: View, meeting: Meeting, record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
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
