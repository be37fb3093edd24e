"""What leaves the house as data: the register as anybody may read it, on a day (Art. 12).

Built key by key from the types of model/results/published.py: what is not named there stays in the
register.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View
from b40cli.acts.published.decisions import (
    candidates_told,
    decided_by_then,
    decision_told,
    text_of,
    votes_told,
)
from b40cli.acts.published.members import (
    by_then,
    mandates_told,
    member_told,
    names_told,
    suspensions_told,
)
from b40cli.acts.reads.desk.status import DAYS_AHEAD, owed_duties
from b40cli.acts.reads.participation import spoken_for
from b40cli.model.facts.duty import Duty
from b40cli.model.facts.group import Group
from b40cli.model.facts.meeting import Meeting
from b40cli.model.facts.observer import Observer
from b40cli.rules.case.law import edition_on, rule_set_on
from b40cli.rules.facts.running_on import appointments_of, leader_on
from b40cli.rules.facts.tenures import as_held

if TYPE_CHECKING:
    from b40cli.model.results import published as shape

VERSION = 1


def published(view: View) -> shape.Published:
    """The whole register, with the fields that may leave it and the facts known by the day."""
    members = list(view.registry.members())
    decided = list(decided_by_then(view))
    return {
        "b40_export": VERSION,
        "on": str(view.on),
        "commit": view.commit,
        "network": _network(view),
        "members": [member_told(view, member) for member in members],
        "names": [row for member in members for row in names_told(view, member)],
        "mandates": [row for member in members for row in mandates_told(view.on, member)],
        "suspensions": [row for member in members for row in suspensions_told(view.on, member)],
        "observers": [_observer(view.on, observer) for observer in view.registry.observers()],
        "presidencies": list(_presidencies(view)),
        "stand_ins": list(_stand_ins(view)),
        "seats": list(_seats(view)),
        "secretaries": list(_secretaries(view)),
        "groups": [_group(view, group) for group in view.registry.groups()],
        "meetings": [_meeting(view, meeting) for meeting in view.registry.meetings()],
        "attendance": [row for m in view.registry.meetings() for row in _attendance(view, m)],
        "decisions": [decision_told(view, decision) for decision in decided],
        "votes": [row for decision in decided for row in votes_told(decision)],
        "candidates": [row for decision in decided for row in candidates_told(decision)],
        "duties": list(_duties(view)),
        "readings": list(_readings(view)),
        "sources": list(_sources(view)),
    }


def _network(view: View) -> shape.PublishedNetwork:
    edition = edition_on(view.registry, view.on)
    return {
        "name": view.network.name,
        "status": "official" if view.network.status == "official" else "unofficial",
        "opened": str(view.network.opened),
        "rule_set": rule_set_on(view.registry, view.on),
        "edition": edition.id if edition else None,
        "reported_members": view.network.reported_on(view.on),
        "complete": {name: text_of(day) for name, day in view.network.complete.items()},
    }


def _observer(on: date, observer: Observer) -> shape.PublishedObserver:
    invited = (i for i in observer.invitations if i.on <= on)
    standing = (i for i in invited if not any(end <= on for end, _by in observer.ends_of(i)))
    return {
        "id": observer.id,
        "name": observer.name,
        "kind": observer.kind,
        "country": observer.country,
        "requested": by_then(on, observer.requested),
        "invited_to": sorted({i.group or i.to for i in standing}),
        "ended": by_then(on, observer.ended.on if observer.ended else None),
    }


def _presidencies(view: View) -> Iterator[shape.PublishedPresidency]:
    for term in view.registry.terms():
        begun = term.start is not None and term.start.day <= view.on
        if term.city and (begun or term.approved):
            handover = (term.handover or {}) if begun else {}
            yield {
                "year": term.year,
                "city": term.city,
                "mayor": term.mayor,
                "since": str(term.start) if begun else None,
                "approved": term.approved,
                "handover": handover.get("at"),
                "basis": term.basis,
            }


def _stand_ins(view: View) -> Iterator[shape.PublishedStandIn]:
    for term in view.registry.terms():
        for each in term.stand_ins:
            if each.start <= view.on:
                yield {
                    "year": term.year,
                    "city": each.city,
                    "by": each.by,
                    "from": str(each.start),
                    "until": text_of(each.until),
                }


def _seats(view: View) -> Iterator[shape.PublishedSeat]:
    for seat in view.registry.seats():
        held = as_held(view.registry, seat) if seat.start.day <= view.on else None
        if held is not None and held[0].day <= view.on:
            yield {
                "term": seat.term,
                "seat": seat.seat,
                "city": seat.city,
                "from": str(held[0]),
                "until": text_of(held[1]),
                "ground": seat.ground,
            }


def _secretaries(view: View) -> Iterator[shape.PublishedSecretary]:
    for each in appointments_of(view.registry):
        if each.start.day <= view.on:
            yield {"name": each.name, "from": str(each.start), "until": text_of(each.until)}


def _group(view: View, group: Group) -> shape.PublishedGroup:
    leader = leader_on(view.registry, group, view.on)
    return {
        "id": group.id,
        "name": group.name,
        "kind": group.kind,
        "since": str(group.start) if group.start else None,
        "until": text_of(group.until),
        "leader": leader.city if leader else None,
    }


def _meeting(view: View, meeting: Meeting) -> shape.PublishedMeeting:
    return {
        "id": meeting.id,
        "kind": meeting.kind,
        "title": meeting.title,
        "mode": meeting.mode,
        "city": meeting.city,
        "opens": meeting.opens,
        "ends": meeting.ends,
        "summit": view.registry.summit_of(meeting),
        "group": meeting.group,
        "chair": meeting.chair,
        "basis": meeting.basis,
        "minutes_filed": meeting.minutes,
        "report_approved": _known_by(view.on, meeting.report.get("approved")),
        "moved_from": [moved["from"] for moved in meeting.moved],
        "cancelled": (meeting.cancelled or {}).get("on"),
    }


def _attendance(view: View, meeting: Meeting) -> Iterator[shape.PublishedAttendance]:
    call = meeting.first_roll_call
    if call is None or meeting.day > view.on:
        return
    for city in call.present:
        yield {"meeting": meeting.id, "member": city, "part": "present", "holder": None}
    for city, holder in spoken_for(view.registry, meeting).items():
        if city not in call.present:
            yield {"meeting": meeting.id, "member": city, "part": "represented", "holder": holder}


def _duties(view: View) -> Iterator[shape.PublishedDuty]:
    for duty in owed_duties(view):
        if _is_told(view, duty):
            yield {
                "duty": duty.rule,
                "article": duty.article,
                "of": duty.of,
                "subject": duty.subject,
                "owner": duty.owner,
                "due": text_of(duty.due),
                "met": None if duty.state == "due" else text_of(duty.met),
                "state": duty.state,
                "basis": duty.basis,
            }


def _is_told(view: View, duty: Duty) -> bool:
    """Of years before the register opened what is known; of the one to come what is near."""
    if duty.year < view.network.opened.year:
        return duty.state not in ("not-on-record", "not-applicable")
    if duty.year > view.on.year and duty.state == "due":
        return duty.due is not None and duty.due <= view.on + timedelta(days=DAYS_AHEAD)
    return duty.state != "not-applicable"


def _readings(view: View) -> Iterator[shape.PublishedReading]:
    for point in view.registry.interpretations().values():
        later = point.after(view.on)
        yield {
            "id": point.id,
            "question": point.question,
            "reading": view.law.readings.get(point.id),
            "readings": list(point.readings),
            "later": later.reading if later else None,
            "later_since": str(later.start) if later else None,
        }


def _sources(view: View) -> Iterator[shape.PublishedSource]:
    for key, source in view.registry.sources().items():
        yield {"key": key, "title": source.get("what"), "address": source.get("url")}


def _known_by(on: date, day: str | None) -> str | None:
    return None if day is None or day[:10] > str(on) else day[:10]
