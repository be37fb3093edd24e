"""Lists and single records: members, applications, meetings, decisions, anything by its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.acts.opened.by_day import decision_by_day
from b40cli.acts.opened.named import member_named
from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.records import annulment_of
from b40cli.acts.reads.stretches import since_when, stretches
from b40cli.model.answer import Answer, Result
from b40cli.model.day import Moment
from b40cli.model.errors import refuse_unknown
from b40cli.model.facts.decision import STATES
from b40cli.model.facts.meeting import KINDS
from b40cli.model.facts.member import STANDINGS, Member
from b40cli.model.wording import kind_name
from b40cli.rules.articles.art05_admission import missing_parts
from b40cli.rules.facts.memberships import membership_begins
from b40cli.rules.facts.standing import standing_of, stays_a_member
from b40cli.rules.facts.suspensions import is_suspended
from b40cli.rules.record.record import BODIES

if TYPE_CHECKING:
    from b40cli.model.results import members as shape
    from b40cli.model.results.decisions import DecisionRow, Decisions
    from b40cli.model.results.meetings import MeetingRow, Meetings


def members(
    view: View, standing: str | None, country: str | None, *, mandates: bool = False
) -> Answer[shape.Members]:
    """Every local government on record with its standing on the day, and who heads it."""
    refuse_unknown("--standing", standing, STANDINGS)
    moment, law = Moment(view.on), view.told_by
    kept = [
        member
        for member in view.registry.members()
        if country in (None, member.country)
        if standing is None or standing_of(view.registry, member, moment, law) == standing
    ]
    rows: list[shape.MemberRow] = [row_of_member(view, m) for m in kept]
    if mandates:
        rows = [{**row_of_member(view, m), "mandate": mandate_of(view, m)} for m in kept]
    return answer(view, "member list", {"members": rows})


def mandate_of(view: View, found: Member) -> shape.MandateRow | None:
    """Who heads a city on the day; else who headed it last, with the day it ended."""
    running = found.mayor_on(view.on)
    mayor = running or found.lapsed_on(view.on)
    if mayor is None:
        return None
    end = found.end_of(mayor)
    by = "by " if mayor.ended_by and end == mayor.until else ""
    return {
        "mayor": mayor.name,
        "capacity": mayor.capacity,
        "from": str(found.began(mayor)),
        "until": f"{by}{end}" if end else None,
        "lapsed": running is None,
    }


def row_of_member(view: View, member: Member) -> shape.MemberRow:
    """A city on record with its standing on the day."""
    law, moment = view.told_by, Moment(view.on)
    standing = standing_of(view.registry, member, moment, law)
    begins = membership_begins(view.registry, member, law, view.on)
    if standing != "member":
        begins = since_when(view, member)
    days = member.attested and (member.attested.start.day, member.attested.until)
    attested = begins is not None and begins in (days or ())
    exact = member.attested is None or begins != member.attested.start.day
    exact = exact or (member.attested is not None and member.attested.start.exact)
    ended = member.attested.until if member.attested and member.attested.ended_by else None
    exact = exact and (standing != "left" or begins != ended)
    return {
        "id": member.id,
        "name": member.name_on(view.on),
        "country": member.country,
        "standing": standing,
        "since": None if begins is None else str(begins) if exact else f"by {begins}",
        "basis": "attested" if attested else "judged",
        "suspended": is_suspended(view.registry, member.id, moment)
        or stays_a_member(view.registry, member, moment, law),
    }


def member(view: View, city: str) -> Answer[shape.MemberShown]:
    """One member: its standing on the day, its mayor, and its record."""
    found = member_named(view.registry, city)
    mayor = found.mayor_on(view.on)
    result: shape.MemberShown = {
        **row_of_member(view, found),
        "mayor": {"name": mayor.name, "capacity": mayor.capacity} if mayor else None,
        "intervals": intervals(view, found),
        "suspensions": list(suspensions(view, found)),
        "record": view.registry.data(found.path) or {},
    }
    return answer(view, "member show", result)


def intervals(view: View, member: Member) -> list[shape.Interval]:
    """What the city was from when to when, by the day."""
    return [
        {
            "standing": stretch.standing,
            "suspended": stretch.suspended,
            "from": str(stretch.start),
            "until": str(stretch.until) if stretch.until else None,
            "ground": stretch.ground,
        }
        for stretch in stretches(view, member)
    ]


def suspensions(view: View, member: Member) -> Iterator[shape.SuspensionRow]:
    """The suspensions of a city that had begun by the day, annulled ones too."""
    for suspension in member.suspensions:
        if suspension.start <= view.on:
            over = suspension.until is not None and suspension.until <= view.on
            yield {
                "from": str(suspension.start),
                "by": suspension.by,
                "until": str(suspension.until) if over else None,
                "lifted_by": suspension.lifted_by if over else None,
                "annulled": annulment_of(view, suspension.by) is not None,
            }


def applications(view: View, everything: bool) -> Answer[shape.Applications]:
    """Applications received by the day, with what had come of them; the pending ones first."""
    rows = [row for m in view.registry.members() for row in _applications(view, m)]
    kept = [row for row in rows if everything or row["state"] == "pending"]
    return answer(view, "application list", {"applications": kept})


def _applications(view: View, member: Member) -> Iterator[shape.ApplicationRow]:
    for application in member.applications:
        decision = view.registry.decision(application.outcome)
        if application.received > view.on:
            continue
        if decision is not None and decision.closed is not None and decision.closed > view.on:
            decision = None
        withdrawn = application.withdrawn is not None and application.withdrawn <= view.on
        state = decision.state if decision else "withdrawn" if withdrawn else "pending"
        if decision and annulment_of(view, decision.id):
            state = "annulled"
        yield {
            "id": member.id,
            "name": member.name,
            "received": str(application.received),
            "state": state,
            "outcome": decision.id if decision else None,
            "missing": list(missing_parts(application)),
        }


def meetings(view: View, kind: str | None) -> Answer[Meetings]:
    """The meetings on record, each as it was on the day; when one was convened has no day."""
    refuse_unknown("--kind", kind, KINDS)
    rows: list[MeetingRow] = [
        {
            "id": meeting.id,
            "kind": meeting.kind,
            "opens": meeting.opens,
            "basis": meeting.basis,
            "roll_calls": len(meeting.roll_calls),
            "moved": bool(meeting.moved),
            "cancelled": meeting.cancelled is not None,
        }
        for meeting in view.registry.meetings()
        if kind in (None, meeting.kind)
    ]
    return titled(view, answer(view, "meeting list", {"meetings": rows}))


def decisions(view: View, state: str | None, matter: str | None) -> Answer[Decisions]:
    """The decisions proposed by the day, with the state each was in, by id."""
    refuse_unknown("--state", state, STATES)
    refuse_unknown("--matter", matter, _matters(view))
    then = (decision_by_day(decision, view.on) for decision in view.registry.decisions())
    rows: list[DecisionRow] = [
        {
            "id": decision.id,
            "matter": decision.matter,
            "subject": decision.subject,
            "meeting": decision.meeting,
            "state": decision.state,
            "closed": str(decision.closed) if decision.closed else None,
            "annulled": annulment_of(view, decision.id),
        }
        for decision in then
        if decision is not None
        and state in (None, decision.state)
        and matter in (None, decision.matter)
    ]
    return titled(view, answer(view, "decision list", {"decisions": rows}))


def titled(view: View, told: Answer[Result]) -> Answer[Result]:
    """The answer, with what its meetings and decisions are called for who reads it."""

    def title(key: str) -> str:
        meeting, decision = view.registry.meeting(key), view.registry.decision(key)
        if meeting is not None:
            said = meeting.title or kind_name(meeting.kind)
            return said.removesuffix(f", {meeting.day}")
        return decision.title if decision else key

    return told._replace(beside={**told.beside, "title": title})


def _matters(view: View) -> list[str]:
    """Every matter some body decides on, on the day, and every matter on record."""
    lawful = {matter for body in BODIES for matter in view.told_by.names(f"{body}-matters")}
    return sorted(lawful | {decision.matter for decision in view.registry.decisions()})
