"""Meetings that are moved or cancelled: the record stays, and what rests on it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.meetings import on_its_days
from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.errors import ConflictError
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.articles.art10_summit import called_in
from b40cli.rules.case.law import law_or_none
from b40cli.rules.facts.seats import president_on
from b40cli.rules.record.meeting_days import last_of

if TYPE_CHECKING:
    from b40cli.model.results.meetings import MeetingCancelled, MeetingMoved, PlannedAnew

OUTSIDE = (
    "Correct the day, or move the Summit first; else cancel this one, and convene another outside "
    "the Summit (Art. 10, INT-31)."
)


class Plan(NamedTuple):
    """How a meeting to come is planned anew; what is None stays as it is."""

    opens: str | None = None
    ends: date | None = None
    city: str | None = None
    title: str | None = None
    half_days: int | None = None
    language: str | None = None


def move(session: Session, name: str, plan: Plan) -> Proposal[MeetingMoved]:
    """Move a meeting to another time or city, or set its plan right; its id and papers stay."""
    meeting = meeting_named(session.before, name)
    opens = plan.opens or meeting.opens
    entry = {"from": meeting.opens, "on": str(session.on)}
    edits: list[Edit] = []
    if opens != meeting.opens:
        edits += [Put(meeting.path, ("opens",), opens), Append(meeting.path, ("moved",), entry)]
    now = _within(session.before, meeting, meeting._replace(opens=opens, moved=(entry,)), plan)
    changed = _changed(session, meeting, plan)
    edits += [
        *_along(session, meeting, now, plan._replace(title=changed.get("title"))),
        *(Put(meeting.path, (key,), value) for key, value in changed.items()),
    ]
    now = now._replace(city=changed.get("city", meeting.city))
    resting = (*_rests(session.before, meeting, now), *_told(meeting, "notice")) if edits else ()
    result: MeetingMoved = {
        "meeting": name,
        "opens": opens,
        "moved": [*map(dict, meeting.moved), *([entry] if opens != meeting.opens else [])],
        "changed": changed,
        "rests": list(resting),
    }
    planned = f"plan {name} anew" if opens == meeting.opens else f"move {name} to {opens}"
    headline = f"meeting: {planned}"
    body = (*(f"{key.replace('_', ' ')}: {value}" for key, value in changed.items()), *resting)
    return Proposal("meeting move", f"meetings/{name}", headline, tuple(edits), result, body)


def _within(registry: Registry, was: Meeting, now: Meeting, plan: Plan) -> Meeting:
    """The meeting as it is planned; refused where it leaves the days of its Summit (Art. 10)."""
    around = registry.meeting(registry.summit_of(was))
    if around is not None and now.day != was.day and not was.roll_calls:
        on_its_days(around, now.day, OUTSIDE)
    return now._replace(ends=_ends(registry, was, now.day, plan))


def _ends(registry: Registry, was: Meeting, day: date, plan: Plan) -> str | None:
    """Its last day: as it is planned anew, else as long after its opening as it was."""
    if plan.ends is None and "ends" not in registry.content(was.path):
        return None
    return str(plan.ends or was.last_day + (day - was.day))


def _changed(session: Session, meeting: Meeting, plan: Plan) -> PlannedAnew:
    """What is planned otherwise than its record says; a Summit bears the name of its city."""
    asked = {key: getattr(plan, key) for key in ("title", "city", "half_days", "language")}
    law = law_or_none(session.before, meeting.day) if meeting.kind == "summit" else None
    if law is not None and plan.city and plan.title is None:
        named = called_in(session.before, meeting.city, law)
        if named is not None and named == meeting.title:
            asked["title"] = called_in(session.before, plan.city, law)
    record = session.before.content(meeting.path)
    changed = {k: v for k, v in asked.items() if v is not None and record.get(k) != v}
    if changed and meeting.last_day < session.on:
        raise ConflictError(
            f"{meeting.id} was to be held by {meeting.last_day}; what was planned stays.",
            f"What was entered wrongly is corrected: b40 correct {meeting.id}.",
        )
    return cast("PlannedAnew", changed)


def _along(session: Session, was: Meeting, now: Meeting, plan: Plan) -> Iterator[Edit]:
    """What moves along: its last day, the day in its title, who presides then."""
    if now.ends not in (None, session.before.content(was.path).get("ends")):
        yield Put(was.path, ("ends",), now.ends)
    dated = was.title and was.title.endswith(f", {was.day}") and plan.title is None
    if was.title and dated and now.day != was.day:
        yield Put(was.path, ("title",), was.title.replace(str(was.day), str(now.day)))
    chair = president_on(session.before, now.day)
    if chair and was.chair == president_on(session.before, was.day) != chair:
        yield Put(was.path, ("chair",), chair)


def cancel(session: Session, name: str, reason: str) -> Proposal[MeetingCancelled]:
    """Cancel a meeting that was not held; its record stays."""
    meeting = meeting_named(session.before, name)
    known = meeting.cancelled
    entry = {"on": str(session.on), "reason": reason}
    same = known is not None and known["reason"] == reason
    edits = () if same else (Put(meeting.path, ("cancelled",), entry),)
    resting = () if same else (*_rests(session.before, meeting, None), *_told(meeting, "dispatch"))
    result: MeetingCancelled = {
        "meeting": name,
        "cancelled": dict(known) if known and same else entry,
        "rests": list(resting),
    }
    headline = f"meeting: cancel {name}"
    body = (f"Reason: {reason}", *resting)
    return Proposal("meeting cancel", f"meetings/{name}", headline, edits, result, body)


def _with_it(summit: Meeting, now: Meeting | None, within: Meeting) -> str:
    """How a meeting within a Summit goes with it: by as many days, to its city and its days."""
    if now is None:
        return f"It is not cancelled by that: b40 meeting cancel {within.id} --reason WHY."
    parts: list[str] = []
    if now.opens != summit.opens:
        day = within.day + (now.day - summit.day)
        day = day if now.day <= day <= last_of(now) else now.day
        parts.append(f"--opens {day}{within.opens[10:16]}")
    if now.city != summit.city and within.city == summit.city:
        parts.append(f"--city {now.city}")
    way = f"b40 meeting move {within.id} {' '.join(parts)}"
    return f"It does not move along: {way}." if parts else "It stays."


def _told(meeting: Meeting, way: str) -> tuple[str, ...]:
    """The step that tells those who had the notice."""
    if meeting.notice is None:
        return ()
    who = meeting.notice.to.replace("-", " ")
    return (
        f"The notice went to the {who} on {meeting.day_of(meeting.notice.sent)}. Letters to them: "
        f"b40 mail {'move' if way == 'notice' else 'cancel'} {meeting.id}. When they are sent: "
        f"b40 meeting {way} {meeting.id} --sent TIME.",
    )


def _rests(registry: Registry, meeting: Meeting, now: Meeting | None) -> Iterator[str]:
    """What was recorded for the meeting, or rests on its being held; `now` is how it is planned."""
    standing = [proxy for proxy in meeting.proxies if proxy.revoked is None]
    for proxy in standing:
        yield f"Proxy of {proxy.principal} to {proxy.holder}."
    if meeting.delegations:
        cities = ", ".join(delegation.member for delegation in meeting.delegations)
        yield f"{counted(len(meeting.delegations), 'delegation')}: {cities}."
    for path in registry.naming(meeting.id):
        decision = registry.decision_in(path)
        if decision is not None and decision.meeting == meeting.id and decision.state == "proposed":
            yield f"Proposed for it: {decision.id}, {decision.title}."
        within = registry.meeting_in(path)
        if within is not None and within.summit == meeting.id and not within.cancelled:
            how = _with_it(meeting, now, within)
            yield f"Convened within it: {within.id}, {within.opens[:16]}. {how}"
        member = registry.member_in(path)
        if member is not None and member.ceremony == meeting.id:
            yield f"{member.name} is to sign the Declaration there."
