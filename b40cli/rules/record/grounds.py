"""A standing rests on a decision: the grounds of what stands in a record, named from both sides."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.decision import Decision
from b40cli.model.facts.member import Member
from b40cli.model.finding import Place
from b40cli.model.ref import ref_of
from b40cli.rules.articles.art10_amendment import carried_out
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.case.silence import admits
from b40cli.rules.record.in_silence import done_in_silence, grounds_in_silence
from b40cli.rules.record.official_register import attested_too_late
from b40cli.rules.votes.vote import effect_by_closing


def standing_rests_on_a_decision(case: Case, path: str) -> Iterator[Breach]:
    """A change of standing names its ground, and the ground names the record back."""
    if (decision := case.after.decision_in(path)) is not None:
        yield from _named_back(case, decision)
        yield from _programme_named(case, decision)
        yield from carried_out(case.after, decision)
        yield from done_in_silence(case, decision)
    if (member := case.after.member_in(path)) is not None:
        yield from _grounded(case, member)


def _grounded(case: Case, member: Member) -> Iterator[Breach]:
    for ground, matter, at in _grounds(member):
        decision = case.after.decision(ground)
        if decision is None:
            yield Breach(
                f"{'.'.join(map(str, at))} rests on {ground}, which is not on record.",
                "A change of standing names the decision it rests on.",
                at,
                refs=(ground,),
            )
        elif not _is_about(decision, matter) or decision.city != member.id:
            yield Breach(
                f"{'.'.join(map(str, at))} rests on {ground}, a decision on {decision.matter} of "
                f"{decision.subject}.",
                f"Name the decision on {matter} of members/{member.id}.",
                at,
                refs=(ground,),
            )
        elif not _has_effect(decision, at):
            yield Breach(
                f"{'.'.join(map(str, at))} rests on {ground}, which is {decision.state}.",
                "Only a decision that was adopted changes a standing.",
                at,
                facts={"state": decision.state},
                refs=(ground,),
            )
    yield from _days_of_suspensions(case, member)
    yield from grounds_in_silence(case, member)
    yield from attested_too_late(case, member)


def _is_about(decision: Decision, matter: str) -> bool:
    return admits(decision) if matter == "admission" else decision.matter == matter


def _has_effect(decision: Decision, at: Place) -> bool:
    answers = at[-1] == "outcome" and decision.state == "rejected"
    return decision.state == "adopted" or answers


def _grounds(member: Member) -> Iterator[tuple[str, str, Place]]:
    if member.application and member.application.outcome:
        yield member.application.outcome, "admission", ("application", "outcome")
    for n, application in enumerate(member.former_applications):
        if application.outcome:
            yield application.outcome, "admission", ("former_applications", n, "outcome")
    for n, suspension in enumerate(member.suspensions):
        yield suspension.by, "suspension", ("suspensions", n, "by")
        if suspension.lifted_by:
            yield suspension.lifted_by, "reinstatement", ("suspensions", n, "lifted_by")
    if member.removal:
        yield member.removal, "removal", ("removal",)
    for n, removal in enumerate(member.former_removals):
        yield removal, "removal", ("former_removals", n)


def _days_of_suspensions(case: Case, member: Member) -> Iterator[Breach]:
    for n, suspension in enumerate(member.suspensions):
        if suspension.until is not None and suspension.lifted_by is None:
            yield Breach(
                f"The suspension of {member.name} by {suspension.by} ends on {suspension.until}, "
                "and no decision lifted it.",
                "Only a reinstatement ends a suspension: b40 member reinstate.",
                ("suspensions", n, "until"),
                refs=(suspension.by,),
            )
        ends = (
            ("from", suspension.start, suspension.by),
            ("until", suspension.until, suspension.lifted_by),
        )
        for key, day, ground in ends:
            decision = case.after.decision(ground)
            if decision is not None and decision.closed is not None and decision.closed != day:
                yield Breach(
                    f"The suspension's {key} is {day}; {ground} closed on {decision.closed}.",
                    f"Record {decision.closed}.",
                    ("suspensions", n, key),
                    refs=(decision.id,),
                )


def _named_back(case: Case, decision: Decision) -> Iterator[Breach]:
    """A decision that carried has done its effect: the member's record names it."""
    answered = decision.matter == "admission" and decision.state == "rejected"
    if decision.city is None or not (decision.state == "adopted" or answered):
        return
    member = case.after.member(decision.city)
    if decision.matter not in ("admission", "suspension", "reinstatement", "removal"):
        return
    if member is None or decision.id not in {ground for ground, _m, _at in _grounds(member)}:
        unilateral = {"suspension": "suspend", "reinstatement": "reinstate"}
        by_president = decision.body == "president" and decision.matter in unilateral
        remedy = effect_by_closing(decision)
        if by_president:
            act = f"member {unilateral[decision.matter]} {decision.city}"
            remedy = f"Record it with b40 {act}: the effect is part of the act."
        yield Breach(
            f"{decision.id} is {decision.state}, but members/{decision.city} does not name it.",
            remedy,
            ("subject",),
            refs=(f"members/{decision.city}",),
        )


def _programme_named(case: Case, decision: Decision) -> Iterator[Breach]:
    """The group whose work programme was approved names the approval."""
    subject = decision.subject or ""
    if (decision.matter, decision.state) != ("work-programme", "adopted"):
        return
    group = case.after.group_in(ref_of(subject).path)
    if group is not None and decision.id not in {each.approved for each in group.programmes}:
        yield Breach(
            f"{decision.id} is adopted, but {subject} names no programme approved by it.",
            effect_by_closing(decision),
            ("subject",),
            refs=(subject,),
        )


RULES = (
    Rule(
        name="standing-rests-on-a-decision",
        norm="A change of standing names its ground, and the ground names the record back.",
        about=("members", "decisions"),
        question=standing_rests_on_a_decision,
        fails="A suspension entered by hand that names a decision which was rejected.",
        cure="Take the decision first; closing it writes its effect.",
    ),
)
