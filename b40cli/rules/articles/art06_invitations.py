"""Art. 6: the President's invitation, participation that rests on it, and no vote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.decision import SIDES, Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.facts.observer import Invitation, Observer
from b40cli.model.finding import Place
from b40cli.model.ref import ref_of
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art11_acts import (
    Ground,
    by_the_president_in_office,
    grounded,
    sourced_too_late,
)
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.facts.observing import invited
from b40cli.rules.facts.standing import is_member
from b40cli.rules.votes.committee_facts import COMMITTEE

INVITATION, END = "observer-invitation", "observer-end"
# Where an observer is invited to; the Assembly meets within the Summit.
ASSEMBLY_KINDS = frozenset({"ga", "summit"})


def observer_invited_by_president(case: Case, path: str) -> Iterator[Breach]:
    """Status and participation rest on an invitation by the President (INT-33)."""
    if (observer := case.after.observer_in(path)) is not None:
        yield from _status(case, observer)
    if (meeting := case.after.meeting_in(path)) is not None:
        yield from _participants(case, meeting)
    decision = case.after.decision_in(path)
    if decision is not None and decision.matter in (INVITATION, END):
        yield from _decided(case, decision)


def _status(case: Case, observer: Observer) -> Iterator[Breach]:
    subject = f"observers/{observer.id}"
    for n, invitation in enumerate(observer.invitations):
        at: Place = ("invitations", n)
        if invitation.by is not None:
            ground = Ground(invitation.by, INVITATION, subject, invitation.on, (*at, "by"))
            yield from grounded(case, ground)
            yield from _granted_by_committee(case, observer, invitation, at)
        else:
            what = f"The invitation of {observer.name}"
            yield from sourced_too_late(case, invitation.on, what, at)
        if invitation.ended_by is not None and invitation.until is not None:
            yield from grounded(
                case, Ground(invitation.ended_by, END, subject, invitation.until, (*at, "ended_by"))
            )
    if observer.ended is not None and observer.ended.by is not None:
        yield from grounded(
            case, Ground(observer.ended.by, END, subject, observer.ended.on, ("ended", "by"))
        )


def _granted_by_committee(
    case: Case, observer: Observer, invitation: Invitation, at: Place
) -> Iterator[Breach]:
    reading = case.law(invitation.on).reading("INT-33")
    if reading != "committee" or any(
        d.body == COMMITTEE and d.state == "adopted" and d.closed and d.closed <= invitation.on
        for d in _decisions_on(case.after, observer)
    ):
        return
    yield Breach(
        f"{observer.name} is invited on {invitation.on}; no decision of the Executive Committee "
        "granted it the status.",
        "The committee decides on the status first (INT-33), then the President invites.",
        at,
        readings={"INT-33": reading},
    )


def _decisions_on(registry: Registry, observer: Observer) -> Iterator[Decision]:
    for decision in map(registry.decision_in, registry.naming(f"observers/{observer.id}")):
        if decision is not None and decision.subject == f"observers/{observer.id}":
            yield decision


def _decided(case: Case, decision: Decision) -> Iterator[Breach]:
    if decision.state != "adopted":
        return
    yield from by_the_president_in_office(case, decision, decision.closed or case.on)
    subject = decision.subject or ""
    observer = case.after.observer(ref_of(subject).id)
    if observer is None or not subject.startswith("observers/"):
        yield Breach(
            f"{decision.id} is about {subject or 'nothing on record'}, which is no observer.",
            "Name the observer it is about: observers/…",
            ("subject",) if decision.subject else (),
        )
    elif decision.id not in _named_by(observer, decision.matter):
        yield Breach(
            f"{decision.id} is adopted, but {subject} does not name it.",
            "Record it with b40 observer invite or b40 observer end: the effect is part of the "
            "act.",
            ("subject",),
            refs=(subject,),
        )


def _named_by(observer: Observer, matter: str) -> frozenset[str | None]:
    if matter == INVITATION:
        return frozenset(invitation.by for invitation in observer.invitations)
    ended = {observer.ended.by} if observer.ended else set()
    return frozenset({*ended, *(invitation.ended_by for invitation in observer.invitations)})


def _participants(case: Case, meeting: Meeting) -> Iterator[Breach]:
    for n, name in enumerate(meeting.observers):
        observer = case.after.observer(name)
        if observer is None:
            continue
        holding = invited(case.after, observer, meeting.day)
        if any(_reaches(invitation, meeting) for invitation in holding):
            continue
        to = meeting.group if meeting.kind == "wg" else "ga"
        yield Breach(
            f"{observer.name} takes part in {meeting.id} as an observer; no invitation by the "
            f"President {_said(meeting)} holds on {meeting.day}.",
            f"Record the invitation: b40 observer invite {observer.id} --to {to}."
            if meeting.kind != "ec"
            else "Observers are invited to the General Assembly or to a working group.",
            ("observers", n),
            facts={"kind": meeting.kind, "day": str(meeting.day)},
            refs=(f"observers/{observer.id}",),
            basis=meeting.basis,
        )


def _reaches(invitation: Invitation, meeting: Meeting) -> bool:
    """Whether it invites to the meeting; workshops and the Youth Summit ask for the status only."""
    if meeting.kind in ASSEMBLY_KINDS:
        return invitation.to == "ga"
    if meeting.kind == "wg":
        return invitation.to == "wg" and invitation.group == meeting.group
    return meeting.kind != "ec"


def _said(meeting: Meeting) -> str:
    if meeting.kind == "wg":
        return f"to {meeting.group}"
    return "to the General Assembly" if meeting.kind in ASSEMBLY_KINDS else "to it"


def observer_has_no_vote(case: Case, path: str) -> Iterator[Breach]:
    """Never in a roll, a roll call, a ballot or a proxy."""
    known = _listed(case.after)
    if not known:
        return
    for at, city, day in _with_a_voice(case, path):
        if city in known and not is_member(case.after, city, Moment(day), case.law(day)):
            yield Breach(
                f"{city} is an observer; it stands in {'.'.join(map(str, at))}.",
                "Observers take part without a vote: list it under the meeting's observers.",
                at,
                facts={"observer": city},
                refs=(f"observers/{city}",),
            )


@remembered
def _listed(registry: Registry) -> frozenset[str]:
    return frozenset(ref_of(path).id for path in registry.paths("observers/"))


def _with_a_voice(case: Case, path: str) -> Iterator[tuple[Place, str, date]]:
    if (meeting := case.after.meeting_in(path)) is not None:
        yield from ((at, city, meeting.day) for at, city in _in_meeting(meeting))
    if (decision := case.after.decision_in(path)) is not None:
        day = decision.closed or decision.proposed or case.on
        yield from ((at, city, day) for at, city in _in_decision(decision))


def _in_meeting(meeting: Meeting) -> Iterator[tuple[Place, str]]:
    for n, call in enumerate(meeting.roll_calls):
        yield from _each(call.present, ("roll_calls", n, "present"))
    for n, proxy in enumerate(meeting.proxies):
        yield ("proxies", n, "principal"), proxy.principal
        yield ("proxies", n, "holder"), proxy.holder


def _in_decision(decision: Decision) -> Iterator[tuple[Place, str]]:
    roll, votes = decision.roll, decision.votes
    if roll is not None:
        yield from _each(roll.entitled, ("roll", "entitled"))
        yield from _each(roll.present, ("roll", "present"))
        for principal, holder in roll.represented.items():
            at: Place = ("roll", "represented", principal)
            yield from ((at, city) for city in (principal, holder))
    if votes is not None:
        for side in SIDES:
            yield from _each(votes.of(side), ("ballots", side))
        for candidate, voters in (votes.choices or {}).items():
            yield from _each(voters, ("choices", candidate))


def _each(cities: Iterable[str], at: Place) -> Iterator[tuple[Place, str]]:
    return (((*at, n), city) for n, city in enumerate(cities))
