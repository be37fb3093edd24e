"""Art. 12: what members are told, what the Presidency approves, what a dossier rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from b40cli.model.day import legal_day
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.duty import Duty
from b40cli.model.facts.meeting import Meeting
from b40cli.rules.articles.art10_summit import held
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.duties.duty import SECRETARY, acknowledge, duty_rule, state_of

ARTICLE = "Art. 12"
STEPS = ("prepared", "approved", "shared")


def members_informed(case: Case, path: str) -> Iterator[Duty]:
    """Members are told of what the Assembly and the committee decided, in good time."""
    decision = case.after.decision_in(path)
    if decision is None or not decision.collegiate or decision.closed is None:
        return
    law = case.law_or_none(decision.closed)
    if law is None or decision.state not in ("adopted", "rejected"):
        return
    due = decision.closed + timedelta(days=law.number("days-to-inform-members"))
    told = told_on(case, decision)
    yield Duty(
        rule="members-informed",
        article=ARTICLE,
        of=decision.id,
        subject=decision.subject,
        owner=SECRETARY,
        due=due,
        state=state_of(case, decision.closed, due, told),
        evidence=f"meetings/{decision.meeting}" if told else None,
        provisional="days-to-inform-members" in law.provisional,
        says=_told_says(case, decision, due, told),
        remedy=_told_cure(decision, told),
        at=("closed",),
        met=told,
    )


def told_on(case: Case, decision: Decision) -> date | None:
    """The day of the first dispatch to all members that tells of a decision.

    A dispatch of its meeting that names no decision tells of all of them; none tells of what was
    decided after it.
    """
    meeting = case.after.meeting(decision.meeting)
    days = [
        legal_day(dispatch["sent"])
        for dispatch in (meeting.dispatches if meeting else ())
        if dispatch["to"] == "members" and decision.id in dispatch.get("decisions", (decision.id,))
    ]
    return min((day for day in days if decision.closed and day >= decision.closed), default=None)


def _told_says(case: Case, decision: Decision, due: date, told: date | None) -> str:
    if told is not None and told <= case.on:
        return f"Members were told of {decision.id} on {told}; {due} was the last day."
    last = "was" if case.on > due else "is"
    return (
        f"{decision.id} was {decision.state} on {decision.closed}; no dispatch to the members "
        f"tells of it, and {due} {last} the last day."
    )


def _told_cure(decision: Decision, told: date | None) -> str:
    if told is None:
        return (
            f"Record the letter: b40 meeting dispatch {decision.meeting} --decisions {decision.id}."
        )
    return acknowledge("members-informed", decision.id, SECRETARY)


def _steps(meeting: Meeting) -> dict[str, date]:
    report = meeting.report
    return {step: date.fromisoformat(report[step]) for step in STEPS if step in report}


def in_order(steps: dict[str, date]) -> bool:
    """Whether each step of a report was taken after the one before it."""
    taken = [steps.get(step) for step in STEPS]
    reached = max((n for n, day in enumerate(taken) if day), default=-1)
    days = [day for day in taken[: reached + 1] if day is not None]
    return len(days) == reached + 1 and days == sorted(days)


def final_report(case: Case, path: str) -> Iterator[Duty]:
    """A Final Report of each General Assembly: prepared, approved, then shared."""
    found = held(case, path, "ga")
    if found is None:
        return
    meeting, law = found
    steps = _steps(meeting)
    due = meeting.last_day + timedelta(days=law.number("days-for-the-final-report"))
    state = state_of(case, meeting.day, due, steps.get("shared"))
    yield _of_meeting("final-report", meeting)._replace(
        due=due,
        state=state if in_order(steps) else "overdue",
        evidence=f"meetings/{meeting.id}" if steps else None,
        provisional="days-for-the-final-report" in law.provisional,
        met=steps.get("shared"),
        says=_report_says(case, meeting, steps, due),
        remedy=_next_step(meeting, steps),
        at=("report",) if steps else ("opens",),
    )


def _next_step(meeting: Meeting, steps: dict[str, date]) -> str:
    missing = [step for step in STEPS if step not in steps]
    if not missing or not in_order(steps):
        return acknowledge("final-report", meeting.id, SECRETARY)
    return f"b40 report final {meeting.id} --{missing[0]} DAY, each step after the one before."


def _report_says(case: Case, meeting: Meeting, steps: dict[str, date], due: date) -> str:
    taken = ", ".join(f"{step} {day}" for step, day in steps.items()) or "not prepared"
    if not in_order(steps):
        return f"The Final Report of {meeting.id} was not taken in order: {taken}."
    asked = "was" if case.on > due else "is"
    return f"The Final Report of {meeting.id} {asked} to be shared by {due}: {taken}."


def publication_approved(case: Case, path: str) -> Iterator[Duty]:
    """What is published on the network's activities has the Presidency's approval."""
    found = held(case, path, "ga", "summit")
    if found is None or not found[0].report:
        return
    meeting, _law = found
    steps = _steps(meeting)
    shared, approved = steps.get("shared"), steps.get("approved")
    late = shared is not None and (approved is None or approved > shared) and shared <= case.on
    state = "overdue" if late else state_of(case, meeting.day, shared, approved)
    yield _of_meeting("publication-approved", meeting)._replace(
        due=shared,
        state=state,
        evidence=f"meetings/{meeting.id}" if approved else None,
        met=approved,
        says=_approval_says(case, meeting, shared, approved),
        remedy="Ask the Presidency before anything is published; acknowledge what went out.",
        at=("report",),
    )


def _approval_says(case: Case, meeting: Meeting, shared: date | None, approved: date | None) -> str:
    if shared is None or shared > case.on:
        return f"The report of {meeting.id} is not approved yet; it is shared after that."
    late = f"approved only on {approved}" if approved else "nobody approved it"
    return f"The report of {meeting.id} was shared on {shared}, and {late}."


def membership_dossier(case: Case, path: str) -> Iterator[Duty]:
    """The dossiers tell each member's participation: a meeting held has its roll call."""
    found = held(case, path, "ga", "ec")
    if found is None:
        return
    meeting, _law = found
    call = meeting.first_roll_call
    called = meeting.day_of(call.at) if call else None
    takes = "took" if case.on > meeting.last_day else "takes"
    yield _of_meeting("membership-dossier", meeting)._replace(
        due=meeting.last_day,
        state=state_of(case, meeting.day, meeting.last_day, called),
        evidence=f"meetings/{meeting.id}" if call else None,
        met=called,
        says=f"No roll call of {meeting.id} is on record: no dossier can tell who {takes} part.",
        remedy=f"Call it as it opens: b40 meeting roll-call {meeting.id} --present …"
        if case.on < meeting.day
        else f"Record it: b40 meeting roll-call {meeting.id} --present … --on {meeting.day}; or "
        "acknowledge that it is lost.",
        at=("opens",),
    )


def _of_meeting(rule: str, meeting: Meeting) -> Duty:
    return Duty(
        rule=rule,
        article=ARTICLE,
        of=meeting.id,
        subject=f"meetings/{meeting.id}",
        owner=SECRETARY,
        due=None,
        state="due",
        evidence=None,
        basis=meeting.basis,
    )


def presidents_consulted(case: Case, path: str) -> Iterator[Breach]:
    """The current and the next President are consulted on the coming Summit."""
    found = held(case, path, "summit")
    if found is None or found[0].attested:
        return
    meeting = found[0]
    missing = [name for name in ("president", "next") if name not in meeting.consulted]
    if missing:
        asked = " and the ".join("current" if name == "president" else name for name in missing)
        days = " ".join(f"--{name} DAY" for name in missing)
        yield Breach(
            f"No consultation of the {asked} President on {meeting.id} is on record.",
            f"Record the day: b40 meeting consult {meeting.id} {days}.",
            ("id",),
            facts={"missing": missing},
        )


RULES = (
    duty_rule(
        name="members-informed",
        article=ARTICLE,
        norm="Members are told of the decisions of Assembly and committee in good time.",
        about=("decisions",),
        arising=members_informed,
        fails="A decision closed three weeks ago of which no dispatch to the members tells.",
        cure="Send the letter and record it: b40 meeting dispatch.",
        parameters=("days-to-inform-members",),
        sentences=("art12.4",),
    ),
    duty_rule(
        name="publication-approved",
        article=ARTICLE,
        norm="What is published on the activities has the Presidency's approval.",
        about=("meetings",),
        arising=publication_approved,
        fails="A Final Report shared before the Presidency approved it.",
        cure="Approve first, then share: b40 report final --approved, then --shared.",
        sentences=("art12.8",),
    ),
    Rule(
        name="presidents-consulted",
        kind="note",
        article=ARTICLE,
        norm="The current and the next President are consulted on the Summit.",
        about=("meetings",),
        question=presidents_consulted,
        fails="A Summit on record without the day on which the next President was consulted.",
        cure="Record the days: b40 meeting consult.",
        sentences=("art12.6",),
    ),
    duty_rule(
        name="final-report",
        article=ARTICLE,
        norm="A Final Report of the Assembly is prepared, then approved, then shared.",
        about=("meetings",),
        arising=final_report,
        fails="A General Assembly in January whose report is not shared by April.",
        cure="Take the next step: b40 report final MEETING --prepared, --approved or --shared.",
        parameters=("days-for-the-final-report",),
        sentences=("art12.9",),
    ),
    duty_rule(
        name="membership-dossier",
        article=ARTICLE,
        norm="A dossier tells each member's participation; it is generated from the roll calls.",
        about=("meetings",),
        arising=membership_dossier,
        fails="A committee meeting that was held without a roll call on record.",
        cure="Record the roll call; nobody writes a dossier by hand.",
        sentences=("art12.10",),
    ),
)
