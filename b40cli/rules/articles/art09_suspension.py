"""Art. 9: who suspends, who lifts a suspension."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.day import Moment
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.member import Suspension
from b40cli.rules.articles.art09_in_office import decided_in_own_matter
from b40cli.rules.articles.art11_acts import by_the_president_in_office
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.facts.annulled import as_known
from b40cli.rules.facts.handover import PRESIDENT, side_of_act
from b40cli.rules.facts.known_standing import stranger
from b40cli.rules.facts.suspensions import running_suspension
from b40cli.rules.votes.committee_facts import COMMITTEE
from b40cli.rules.votes.vote import CLAIMS

SUSPENDERS = ("president", COMMITTEE)
RANK = {"president": 0, COMMITTEE: 1, "general-assembly": 2}


def suspension_by_president_or_committee(case: Case, path: str) -> Iterator[Breach]:
    """Only the President or the committee suspends, with grounds; who lifts it: INT-12."""
    decision = case.after.decision_in(path)
    if decision is None or decision.state not in CLAIMS:
        return
    case = as_decided(case, decision)
    yield from decided_in_own_matter(case, decision, decision.closed or case.on)
    if decision.matter == "suspension":
        yield from _suspended_rightly(case, decision)
    elif decision.matter == "reinstatement":
        yield from _lifted_rightly(case, decision)


def moment_of(case: Case, decision: Decision) -> Moment:
    """When a decision takes effect, for the question what stood just before it."""
    meeting = case.after.meeting(decision.meeting)
    day = decision.closed or decision.proposed or case.on
    return Moment(
        meeting.day_within(decision.closed) if meeting else day, decision.meeting, decision.item
    )


def as_decided(case: Case, decision: Decision) -> Case:
    """The case without what was annulled from the beginning since: it was done by what then stood.

    A suspension that was lifted and is annulled after that leaves the lifting as it was.
    """
    return case._replace(after=as_known(case.after, moment_of(case, decision)))


def _suspended_rightly(case: Case, decision: Decision) -> Iterator[Breach]:
    if decision.body not in SUSPENDERS:
        yield Breach(
            f"{decision.id} suspends a member by decision of the {_said(decision.body)}.",
            "Only the President or the Executive Committee suspends.",
            ("body",),
            facts={"body": decision.body},
        )
    if not decision.grounds:
        yield Breach(
            f"{decision.id} suspends a member without grounds.",
            "Record the statements or actions it answers: --grounds.",
            ("matter",),
        )
    yield from _of_a_member(case, decision)
    yield from by_the_president_in_office(case, decision, moment_of(case, decision).day)


def of_no_member(case: Case, decision: Decision, act: str) -> Iterator[Breach]:
    """A decision on a city that is no member, by what was known, or as was learnt since."""
    moment = moment_of(case, decision)
    if none := stranger(case, decision.path, decision.city or "", moment, case.law(moment.day)):
        nothing = none.learnt or f": there is nothing to {act}"
        yield Breach(
            f"{decision.subject} is not a member on {moment.day}{nothing}.",
            none.cure("Name a member: b40 roll lists them."),
            ("subject",),
            refs=(decision.subject or "",),
            kind=none.kind,
        )


def _of_a_member(case: Case, decision: Decision) -> Iterator[Breach]:
    moment, city = moment_of(case, decision), decision.city or ""
    if strangers := tuple(of_no_member(case, decision, "suspend")):
        yield from strangers
        return
    running = running_suspension(case.after, city, moment)
    if running is None or running.by == decision.id or running.start > moment.day:
        return
    if not _came_after(case.after.decision(running.by), decision):
        lasts = "A running suspension lasts until it is lifted"
        back = f"{lasts}; the vote on another is taken back: b40 decision withdraw {decision.id}."
        yield Breach(
            f"{city} is suspended already, since {running.start} by {running.by}.",
            back if decision.state == "open" else f"{lasts}.",
            ("subject",),
            refs=(running.by,),
        )


def _came_after(other: Decision | None, decision: Decision) -> bool:
    """Whether another act of an office came after one of the same day: by its number."""
    if other is None or other.meeting is not None or decision.meeting is not None:
        return False
    same = (other.body, other.closed) == (decision.body, decision.closed)
    return same and other.id > decision.id


def _lifted_rightly(case: Case, decision: Decision) -> Iterator[Breach]:
    moment = moment_of(case, decision)
    running = running_suspension(case.after, decision.city or "", moment)
    if (running is None and moment.item is None) or _lifts_the_later(case, decision, running):
        running = _lifted_that_day(case, decision)
    if running is None:
        yield Breach(
            f"{decision.subject} is not suspended on {moment.day}: there is nothing to lift.",
            "b40 member show tells its suspensions.",
            ("subject",),
            refs=(decision.subject or "",),
        )
        return
    yield from _lifts_another(case, decision, running, moment)
    yield from by_the_president_in_office(case, decision, moment_of(case, decision).day)
    imposer = case.after.decision(running.by)
    if imposer is not None and not _may_lift(case, decision, imposer, moment):
        yield Breach(
            f"The {_said(imposer.body)} suspended {decision.city} ({imposer.id}); the "
            f"{_said(decision.body)} cannot lift it.",
            "The body that suspended, or a higher one, lifts a suspension (INT-12).",
            ("body",),
            facts={"imposed_by": imposer.body, "lifted_by": decision.body},
            refs=(imposer.id,),
            readings={"INT-12": case.law(moment.day).reading("INT-12")},
        )


def _lifts_another(
    case: Case, decision: Decision, running: Suspension, moment: Moment
) -> Iterator[Breach]:
    """What ends is the suspension that runs, not an earlier one that ended by itself, nor a later
    one.
    """
    yield from _lifts_what_came_after(case, decision, running)
    member = case.after.member(decision.city)
    lifted = {s.by for s in (member.suspensions if member else ()) if s.lifted_by == decision.id}
    if decision.state != "adopted" or running.by in lifted:
        return
    if moment.item is not None or running.start < moment.day:
        yield Breach(
            f"{decision.id} lifts no running suspension: that by {running.by} goes on.",
            f"The entry of {running.by} names {decision.id}: the command writes it so.",
            ("subject",),
            refs=(running.by, decision.subject or ""),
            unwritten=True,
        )


def _lifts_what_came_after(case: Case, decision: Decision, running: Suspension) -> Iterator[Breach]:
    """On the day of a handover the outgoing President's acts stand before the incoming one's."""
    imposer, day = case.after.decision(running.by), decision.closed
    if imposer is None or day is None or imposer.closed != day or case.rule_set(day) < 2:
        return
    sides = [side_of_act(case.after, d, day) for d in (imposer, decision) if d.body == PRESIDENT]
    if sides == ["after", "before"]:
        yield Breach(
            f"{imposer.id} suspended {decision.city} after the handover of {day}; {decision.id} "
            f"is of the outgoing President, and stands before it: there is nothing to lift.",
            f"Who presides since then lifts it: b40 member reinstate {decision.city}.",
            ("decided_by", "city"),
            refs=(imposer.id,),
        )


def _lifts_the_later(case: Case, decision: Decision, running: Suspension | None) -> bool:
    """Whether it lifts one beside which an earlier one ran too, as may be entered late."""
    lifted, day = _lifted_that_day(case, decision), decision.closed
    if lifted is None or running is None or day is None or lifted.until != day:
        return False
    return running.start <= lifted.start <= day and running.by != lifted.by


def _lifted_that_day(case: Case, decision: Decision) -> Suspension | None:
    """What a decision without an agenda item lifts has ended already by the day's own reckoning."""
    member = case.after.member(decision.city)
    lifted = [s for s in member.suspensions if s.lifted_by == decision.id] if member else []
    return lifted[0] if lifted else None


def _may_lift(case: Case, decision: Decision, imposer: Decision, moment: Moment) -> bool:
    if case.law(moment.day).reading("INT-12") == "same-body":
        return decision.body == imposer.body
    return RANK.get(decision.body, -1) >= RANK.get(imposer.body, 3)


def _said(body: str) -> str:
    return {
        "president": "President",
        COMMITTEE: "Executive Committee",
        "general-assembly": "General Assembly",
        "mayor-of-istanbul": "Mayor of Istanbul",
    }.get(body, body)


RULES = (
    Rule(
        name="suspension-by-president-or-committee",
        article="Art. 9",
        norm="Only the President or the Executive Committee suspends a member, with grounds.",
        about=("decisions",),
        matters=("suspension", "reinstatement", "annulment"),
        question=suspension_by_president_or_committee,
        fails="A suspension by the General Assembly, or one without grounds.",
        cure="Put it to the Executive Committee, or let the President decide it.",
        readings=("INT-12", "INT-37"),
        sentences=("art9.3", "art13.15"),
    ),
)
