"""Art. 9: how a member leaves: by a notice, through 31 December; by a removal of the Assembly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import Moment, year_after
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.facts.member import Member, Standing, Withdrawal
from b40cli.model.finding import Place
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art09_suspension import as_decided, moment_of, of_no_member
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.case.silence import RETRACTED, brings
from b40cli.rules.facts.known_standing import NO_MEMBER, stranger, unless_brought
from b40cli.rules.facts.standing import standing_of
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.law_of_vote import notice_in_time
from b40cli.rules.votes.vote import BODY_NAMES, CLAIMS


def removal_by_assembly(case: Case, path: str) -> Iterator[Breach]:
    """Only the General Assembly removes a member, with grounds."""
    decision = case.after.decision_in(path)
    if decision is None or decision.matter != "removal" or decision.state not in CLAIMS:
        return
    if decision.body != ASSEMBLY:
        yield Breach(
            f"{decision.id} removes a member by decision of the {BODY_NAMES[decision.body]}.",
            "Only the General Assembly removes a member.",
            ("body",),
            facts={"body": decision.body},
        )
    if not decision.grounds:
        yield Breach(
            f"{decision.id} removes a member without grounds.",
            "Record how it acts against the aims of the network: --grounds.",
            ("matter",),
        )
    yield from of_no_member(as_decided(case, decision), decision, "remove")


def _on_a_notice(meeting: Meeting, decision: Decision) -> str:
    """A further notice may be sent until the roll is called."""
    if meeting.roll_calls:
        return (
            "Put it to a later meeting, and name it in the notice of that: without it the vote "
            "has no effect."
        )
    return (
        f"Name it in the notice before the meeting: b40 meeting notice {meeting.id} --sent "
        f"TIME --motion {decision.id}. Without it the vote has no effect."
    )


def removal_on_the_notice(case: Case, path: str) -> Iterator[Breach]:
    """The motion stood in the convening notice, circulated before the meeting."""
    decision = case.after.decision_in(path)
    if decision is None or decision.matter != "removal" or decision.state not in CLAIMS:
        return
    meeting = case.after.meeting(decision.meeting)
    if meeting is None:
        return
    notice = meeting.notice
    if notice is None or notice.to != "members" or decision.id not in notice.motions:
        yield Breach(
            f"The removal {decision.id} does not stand in the convening notice of {meeting.id}.",
            _on_a_notice(meeting, decision),
            ("meeting",),
            facts={"motions": list(notice.motions) if notice else []},
            refs=(f"meetings/{meeting.id}",),
        )
    elif not notice_in_time(meeting, notice.sent, case.law(meeting.day).reading("INT-40")):
        yield Breach(
            f"The convening notice of {meeting.id} went out on {meeting.day_of(notice.sent)}, not "
            f"before the meeting of {meeting.day}.",
            "Put the removal to a later meeting, with a notice before it.",
            ("meeting",),
            facts={"sent": notice.sent, "meeting": str(meeting.day)},
            refs=(f"meetings/{meeting.id}",),
        )


def withdrawal_at_year_end(case: Case, path: str) -> Iterator[Breach]:
    """A notice of leaving takes effect at the end of its calendar year."""
    decision, member = case.after.decision_in(path), case.after.member_in(path)
    if decision is not None:
        yield from _taken_back(case, decision)
    if member is None:
        return
    for n in range(len(member.former_withdrawals)):
        yield from _left_rightly(case, member, n, ("former_withdrawals", n))
    if member.withdrawal is not None:
        yield from _left_rightly(case, member, len(member.former_withdrawals), ("withdrawal",))


def _left_rightly(case: Case, member: Member, n: int, at: Place) -> Iterator[Breach]:
    received, effective, *_more = member.withdrawals[n]
    first_day_out = year_after(received)
    if effective != first_day_out:
        yield Breach(
            f"{member.name} gave notice on {received}; its membership is recorded as ending on "
            f"{effective}.",
            f"It lasts through 31 December: effective is {first_day_out}.",
            (*at, "effective"),
            facts={"received": str(received), "effective": str(effective)},
        )
    earlier = member._replace(former_withdrawals=member.withdrawals[:n], withdrawal=None)
    standing = standing_of(case.after, earlier, Moment(received), case.law(received))
    if standing == "leaving":
        yield Breach(
            f"{member.name} gave notice before {received} already.",
            "Nothing needs to be done: the first notice stands.",
            (*at, "received"),
        )
    elif standing != "member":
        yield _nothing_to_leave(case, member, (standing, received), (*at, "received"))


def _nothing_to_leave(
    case: Case, member: Member, stood: tuple[Standing, date], at: Place
) -> Breach:
    standing, received = stood
    known = stranger(case, member.path, member.id, Moment(received), case.law(received))
    known = unless_brought(known, case, received, lambda there: _received(there, member.id))
    none = known or NO_MEMBER
    cure = NOTHING_TO_LEAVE.get(standing, STANDING)
    return Breach(
        f"{member.name} is not a member on {received}"
        f"{none.learnt or ': there is nothing to leave'}.",
        none.cure(cure.format(member.id)),
        at,
        facts={"standing": standing},
        kind=none.kind,
    )


def _received(registry: Registry, city: str) -> Iterator[date]:
    there = registry.member(city)
    yield from (notice.received for notice in (there.withdrawals if there else ()))


def _taken_back(case: Case, decision: Decision) -> Iterator[Breach]:
    """Where the text is silent, a notice is taken back in its year, before 31 December."""
    if not brings(decision, RETRACTED) or decision.state not in CLAIMS:
        return
    day, subject = moment_of(case, decision).day, decision.subject or ""
    notice = _notice_of(case, decision)
    if notice is None or notice.received > day:
        yield Breach(
            f"{subject} has no notice of leaving that runs on {day}: nothing to take back.",
            STANDING.format(subject.removeprefix("members/")),
            ("subject",),
            refs=(subject,),
        )
    elif day >= (last := notice.received.replace(month=12, day=31)):
        yield Breach(
            f"{decision.id} takes back on {day} a notice by which the membership ends with {last}.",
            "That is done before 31 December; later the city applies again: application submit.",
            ("subject",),
            facts={"received": str(notice.received), "day": str(day)},
            refs=(subject,),
        )


def _notice_of(case: Case, decision: Decision) -> Withdrawal | None:
    """The notice a resolution takes back: the one that names it, else the one that runs."""
    member = case.after.member(decision.city)
    named = [n for n in (member.withdrawals if member else ()) if n.retracted == decision.id]
    running = member.withdrawal if member else None
    return next(iter(named), None if running and running.retracted else running)


RULES = (
    Rule(
        name="withdrawal-at-year-end",
        article="Art. 9",
        norm="A member that gives notice stays a member, with its vote, through 31 December.",
        about=("members", "decisions"),
        matters=("resolution",),
        question=withdrawal_at_year_end,
        fails="A withdrawal received in May that ends the membership in June.",
        cure="Record 1 January of the next year as the first day out.",
        readings=("INT-21",),
        sentences=("art9.1", "art9.2"),
    ),
    Rule(
        name="removal-by-assembly",
        article="Art. 9",
        norm="Only the General Assembly removes a member, by absolute majority, with grounds.",
        about=("decisions",),
        matters=("removal",),
        question=removal_by_assembly,
        fails="A removal decided by the Executive Committee.",
        cure="Put the motion on the notice of the next General Assembly.",
        parameters=("removal-majority",),
        readings=("INT-01", "INT-28"),
        sentences=("art9.4", "art10.18"),
    ),
    Rule(
        name="removal-on-the-notice",
        article="Art. 9",
        norm="The motion to remove stood in the convening notice circulated before the meeting.",
        about=("decisions",),
        matters=("removal",),
        question=removal_on_the_notice,
        fails="A removal moved from the floor of the General Assembly.",
        cure="Put it on the notice of a later meeting.",
        readings=("INT-40",),
        sentences=("art9.5",),
    ),
)

STANDING = "b40 member show {} tells its standing."
# What a city does that is no member yet, where it wants to be none.
NOTHING_TO_LEAVE = {
    "applicant": "Its application is taken back: b40 application withdraw {}.",
    "admitted": "Nothing needs to be done: without its Declaration it does not become a member.",
}
