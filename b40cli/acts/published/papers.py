"""Papers generated from the records: dossier, notice, minutes, Final Report, activity report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from b40cli.acts.opened.named import countries_of, decision_named, meeting_named, member_named
from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.duties import ordered, row
from b40cli.acts.reads.lists import intervals, mandate_of, row_of_member, suspensions
from b40cli.acts.reads.lists import member as member_shown
from b40cli.acts.reads.participation import (
    attended_by,
    decision_told,
    decisions_at,
    offices_held,
    votes_of,
)
from b40cli.acts.votes.quorum import quorum
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.rules.articles.art10_order_of_business import signatories
from b40cli.rules.case.rule import Case
from b40cli.rules.duties.duties import duties
from b40cli.rules.facts.places import name_of
from b40cli.rules.table import RULES

if TYPE_CHECKING:
    from b40cli.model.results import papers as shape


def dossier(view: View, city: str) -> Answer[shape.DossierPaper]:
    """A member's dossier: what it is to the network, its offices, and its participation."""
    found = member_named(view.registry, city)
    result: shape.DossierPaper = {
        **_of_member(view, city),
        "mandate": mandate_of(view, found),
        "country_name": countries_of(view.told_by)(found.country),
        "intervals": intervals(view, found),
        "suspensions": list(suspensions(view, found)),
        "offices": list(offices_held(view.registry, city)),
        "groups": _led_by(view, city),
        "meetings": list(attended_by(view.registry, city)),
        "votes": votes_of(view.registry, city),
        "decisions": [
            decision_told(view.registry, d) for d in view.registry.decisions() if d.city == city
        ],
    }
    return answer(view, "member dossier", result)


def _led_by(view: View, city: str) -> list[shape.GroupLed]:
    return [
        {"group": group.name, "from": str(leader.start)}
        for group in view.registry.groups()
        for leader in group.leaders
        if leader.city == city
    ]


def notice(view: View, name: str) -> Answer[shape.NoticePaper]:
    """The text of a convening notice, from the meeting's record."""
    meeting = meeting_named(view.registry, name)
    proof = meeting.kind in ("ga", "ec")
    result: shape.NoticePaper = {**_head(view, meeting), "proof_of_proxy": proof}
    return answer(view, "meeting notice", result)


def _head(view: View, meeting: Meeting) -> shape.MeetingHead:
    motions = meeting.notice.motions if meeting.notice else ()
    return {
        "meeting": meeting.id,
        "network": view.network.name,
        "kind": meeting.kind,
        "title": meeting.title,
        "opens": meeting.opens,
        "ends": meeting.ends,
        "mode": meeting.mode,
        "city": _named(view, meeting.city, meeting.day),
        "summit": view.registry.summit_of(meeting),
        "group": meeting.group,
        "convened_by": meeting.convened_by,
        "requested_by": [_known(view, c, meeting.day) for c in meeting.requested_by],
        "chair": _named(view, meeting.chair, meeting.day),
        "moved": list(meeting.moved),
        "cancelled": meeting.cancelled,
        "agenda": [_point(view, meeting, point) for point in meeting.agenda],
        "motions": [_title(view, motion) for motion in motions],
    }


def _named(view: View, city: str | None, day: date | None = None) -> str | None:
    return _known(view, city, day) if city else city


def _known(view: View, city: str, day: date | None = None) -> str:
    """What a city was called on a day: a paper keeps the names of the day it is of."""
    return name_of(view.registry, city, day or view.on)


def _observer(view: View, name: str) -> str:
    found = view.registry.observer(name)
    return found.name if found else name


def _title(view: View, decision: str) -> str:
    found = view.registry.decision(decision)
    return f"{decision}: {found.title}" if found else decision


def _point(view: View, meeting: Meeting, point: Mapping[str, Any]) -> shape.AgendaPoint:
    decision = point.get("decision")
    title = point.get("title") or (_title(view, decision) if decision else None)
    if title is None and point["kind"] == "handover":
        title = _passed_on(view, meeting)
    return {"item": point.get("item"), "kind": point["kind"], "title": title}


def _passed_on(view: View, meeting: Meeting) -> str | None:
    """Who took over at a meeting; None before it happened."""
    taken = (t for t in view.registry.terms() if t.handover and t.handover.get("at") == meeting.id)
    day = meeting.day
    said = (f"{_named(view, term.city, day)} takes over for {term.year}" for term in taken)
    return next(said, None)


def minutes(view: View, name: str) -> Answer[shape.MinutesPaper]:
    """The minutes of a meeting: who was there, whether they were enough, what was decided."""
    meeting = meeting_named(view.registry, name)
    return answer(view, "meeting minutes", _held(view, meeting))


def _held(view: View, meeting: Meeting) -> shape.MinutesPaper:
    day = meeting.day
    proxies: list[shape.ProxyTold] = [
        {"principal": _known(view, p.principal, day), "holder": _known(view, p.holder, day)}
        for p in meeting.proxies
        if p.revoked is None
    ]
    counted = meeting.kind in ("ga", "ec") and meeting.roll_calls
    signed = signatories(Case(None, view.registry, view.on), meeting)
    return {
        **_head(view, meeting),
        "roll_calls": _calls(view, meeting),
        "proxies": proxies,
        "quorum": quorum(view, meeting.id, None).result if counted else None,
        "observers": [_observer(view, name) for name in meeting.observers],
        "decisions": decisions_at(view.registry, meeting),
        "signed_by": [_known(view, city, day) for city in signed],
        "report": dict(meeting.report),
    }


def _calls(view: View, meeting: Meeting) -> list[shape.RollCallTold]:
    names = (
        [_known(view, city, meeting.day) for city in call.present] for call in meeting.roll_calls
    )
    return [
        {"n": call.n, "at": call.at, "present": present}
        for call, present in zip(meeting.roll_calls, names, strict=True)
    ]


def final(view: View, name: str) -> Answer[shape.MinutesPaper]:
    """The Final Report of a General Assembly, with the commit it can be checked against."""
    meeting = meeting_named(view.registry, name)
    if meeting.kind != "ga":
        raise UsageError(
            f"{name} is a meeting of kind {meeting.kind}.",
            "A Final Report is of a General Assembly: b40 meeting list --kind ga.",
        )
    return answer(view, "report final", _held(view, meeting))


def sheets(view: View, name: str) -> Answer[shape.SheetsPaper]:
    """What the sheets of a meeting hold: who may vote, and what is put to the vote."""
    meeting = meeting_named(view.registry, name)
    head = _head(view, meeting)
    result: shape.SheetsPaper = {
        "meeting": meeting.id,
        "kind": meeting.kind,
        "opens": meeting.opens,
        "agenda": head["agenda"],
        "quorum": quorum(view, meeting.id, None).result,
    }
    return answer(view, "meeting sheets", result)


def membership(view: View, city: str) -> Answer[shape.MembershipPaper]:
    """What a certificate of membership says."""
    return answer(view, "member certificate", _of_member(view, city))


def _of_member(view: View, city: str) -> shape.MembershipPaper:
    shown = member_shown(view, city).result
    record = shown["record"]
    return {
        **row_of_member(view, member_named(view.registry, city)),
        "mayor": shown["mayor"],
        "declaration": record.get("declaration", {}).get("signed"),
        "ceremony": record.get("ceremony"),
    }


def decision(view: View, name: str) -> Answer[shape.DecisionPaper]:
    """What the paper of a decision says: its record, and its result with the arithmetic."""
    found = decision_named(view.registry, name)
    result: shape.DecisionPaper = {
        **decision_told(view.registry, found),
        "body": found.body,
        "meeting": found.meeting,
        "grounds": found.grounds,
    }
    return answer(view, "decision paper", result)


def _year_of(decision: Decision) -> int | None:
    day = decision.closed or decision.proposed
    return day.year if day else None


def activity(view: View, year: int) -> Answer[shape.ActivityPaper]:
    """The activity report of a calendar year: meetings, decisions, new members, duties.

    By the day decided and held: a vote in January is of that year, whenever it was proposed.
    UsageError of a year that has not begun.
    """
    if year > view.on.year:
        raise UsageError(
            f"{year} has not begun on {view.on}: nothing can be reported of it.",
            f"Ask about {view.on.year}, or about a later day: --on {year}-12-31.",
        )
    found = [d for d in view.registry.decisions() if _year_of(d) == year]
    owed = ordered(duties(view.registry, year, view.on, RULES))
    meetings: list[shape.MeetingTold] = [
        {
            "meeting": meeting.id,
            "kind": meeting.kind,
            "day": str(meeting.day),
            "title": meeting.title,
            "city": _named(view, meeting.city, meeting.day),
        }
        for meeting in view.registry.meetings()
        if meeting.day.year == year and meeting.day <= view.on and meeting.cancelled is None
    ]
    result: shape.ActivityPaper = {
        "network": view.network.name,
        "year": year,
        "presidencies": [
            {"city": _named(view, p.city), "since": str(p.start) if p.start else None}
            for p in view.registry.presidencies()
            if p.year == year
        ],
        "meetings": meetings,
        "admitted": [
            _known(view, d.city, d.closed)
            for d in found
            if d.city and d.matter == "admission" and d.state == "adopted"
        ],
        "decisions": [decision_told(view.registry, decision) for decision in found],
        "duties": [row(duty) for duty in owed if duty.state not in ("due", "not-applicable")],
    }
    return answer(view, "report activity", result)
