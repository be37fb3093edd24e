"""Art. 5: the signed Declaration, and the ceremony at the next Annual Summit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.duty import Duty, DutyState
from b40cli.model.facts.meeting import Meeting
from b40cli.model.facts.member import Application, Member
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art10_yearly import days_of, last_of_month
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.duties.duty import PRESIDENT, duty_rule, state_at
from b40cli.rules.facts.memberships import admission_of
from b40cli.rules.facts.standing import standing_of


def declaration_signed(case: Case, path: str) -> Iterator[Breach]:
    """Membership needs both the admission and the signed Declaration (INT-14)."""
    member = case.after.member_in(path)
    if member is not None:
        yield from _ceremony_elsewhere(case, member)
    if member is None or member.declared is None or member.attested is not None:
        return
    asked = (a for a in member.applications if a.withdrawn is None)
    if not all(_declined(case.after, application) for application in asked):
        return
    grounds = (
        "its application ended" if member.applications else "no application is pending or admitted"
    )
    yield Breach(
        f"{member.name} signed the Declaration on {member.declared}, but {grounds}.",
        "A city signs after it has applied; membership begins with the later of admission and "
        "signature.",
        ("declaration",),
        facts={"signed": str(member.declared)},
    )


def _ceremony_elsewhere(case: Case, member: Member) -> Iterator[Breach]:
    meeting = case.after.meeting(member.ceremony)
    if meeting is not None and meeting.kind != "summit":
        yield Breach(
            f"{member.name} signed in public at {meeting.id}, which is no Annual Summit.",
            "Name the Summit: b40 meeting list --kind summit.",
            ("ceremony",),
            facts={"kind": meeting.kind},
            refs=(f"meetings/{meeting.id}",),
        )


def _declined(registry: Registry, application: Application) -> bool:
    decision = registry.decision(application.outcome)
    return decision is not None and decision.state != "adopted"


def signing_ceremony(case: Case, path: str) -> Iterator[Duty]:
    """Cities accepted in a calendar year sign at the next Annual Summit."""
    member = case.after.member_in(path)
    admission = admission_of(case.after, member) if member and not member.attested else None
    if member is None or admission is None or admission.closed is None:
        return
    law = case.law_or_none(admission.closed)
    if law is None:
        return
    following = admission.closed.year + 1
    summit = _next_summit(case.after, following)
    day = summit.day if summit else _month_ends(following, case.on, law)
    yield Duty(
        rule="signing-ceremony",
        article="Art. 5",
        of=str(day.year),
        subject=f"members/{member.id}",
        owner=PRESIDENT,
        due=day,
        state=_ceremony_state(case, member, law, summit, day),
        evidence=f"meetings/{member.ceremony}" if member.ceremony else None,
        says=f"{member.name} was admitted on {admission.closed}; no signing ceremony at the "
        f"Annual Summit of {day} is recorded.",
        remedy=f"Record it: b40 member sign {member.id} --ceremony "
        f"{summit.id if summit else 'SUMMIT'}.",
        at=("application", "outcome"),
        facts={"admitted": str(admission.closed)},
    )


def _month_ends(year: int, on: date, law: Law) -> date:
    """The last day for a Summit that is not on record: of that year, or the next one to come."""
    month = law.number("summit-month")
    ends = last_of_month(max(year, on.year), month)
    return ends if on <= ends else last_of_month(on.year + 1, month)


def _ceremony_state(
    case: Case, member: Member, law: Law, summit: Meeting | None, day: date
) -> DutyState:
    if standing_of(case.after, member, Moment(min(day, case.on)), law) in ("left", "removed"):
        return "not-applicable"
    if summit is None:
        return "due"
    return "met" if member.ceremony == summit.id else state_at(case, day, False)


def _next_summit(registry: Registry, year: int) -> Meeting | None:
    """The first Annual Summit on record of the year or a later one."""
    days = days_of(registry, "summit")
    first = bisect_left(tuple(days.values()), str(year))
    return registry.meeting(tuple(days)[first]) if first < len(days) else None


RULES = (
    Rule(
        name="declaration-signed",
        article="Art. 5",
        norm="A city is a member once it is admitted and has signed the Declaration.",
        about=("members",),
        question=declaration_signed,
        fails="A declaration on the record of a city whose application was declined.",
        cure="Take the signature back; the city applies again.",
        readings=("INT-14",),
        sentences=("art2.13",),
    ),
    duty_rule(
        name="signing-ceremony",
        article="Art. 5",
        norm="Cities accepted during a calendar year sign at the next Annual Summit.",
        about=("members",),
        arising=signing_ceremony,
        fails="A city admitted in June whose record names no ceremony after the January summit.",
        cure="Record the ceremony with b40 member sign --ceremony.",
        parameters=("summit-month",),
        sentences=("art5.8", "art10.8"),
    ),
)
