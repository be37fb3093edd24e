"""Art. 14: the Annual Work Programme of a working group, of each of its years (INT-19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from b40cli.model.facts.decision import Decision
from b40cli.model.facts.duty import Duty
from b40cli.model.facts.group import Group
from b40cli.model.ref import Ref
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.groups.art14_meetings import GroupYear, owed, years_of
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.duties.duty import LEADER, acknowledge, duty_rule, missed, state_of
from b40cli.rules.facts.effects import stands


def programme_owed(case: Case, path: str) -> Iterator[Duty]:
    """An Annual Work Programme for each year, approved by the committee."""
    group = case.after.group_in(path)
    for year in years_of(case, group) if group else ():
        if group is not None:
            yield _programme(case, group, year)


def _programme(case: Case, group: Group, year: GroupYear) -> Duty:
    approval = approval_of(case.after, group, year.of, case.on)
    closed = approval.closed if approval else None
    due = year.begins + timedelta(days=year.law.number("days-for-the-programme"))
    state = state_of(case, year.begins, due, closed, "decisions")
    was = "was" if case.on > due else "is"
    submitted = any(p.year == year.of for p in group.programmes)
    if closed is not None and closed <= case.on:
        says = f"The programme of {group.name} for {year.of} was approved on {closed}, due {due}."
        subject = f"groups/{group.id}"
        cure = acknowledge("programme-approved", str(year.of), LEADER, subject)
    elif submitted:
        says = f"The programme of {group.name} for {year.of} is not approved; it {was} due {due}."
        cure = (
            "Put it to the committee: b40 decision propose work-programme --subject "
            f"groups/{group.id} --term {year.of} --meeting …"
        )
    else:
        says = f"{group.name} has no programme for {year.of}; it {was} due, approved, by {due}."
        cure = f"Submit it: b40 group programme {group.id} --year {year.of} --goal …"
    evidence = str(Ref("decisions", approval.id)) if approval else None
    return owed(group, year, "programme-approved", state, closed, evidence)._replace(
        due=due,
        says=says,
        remedy=cure,
        provisional="days-for-the-programme" in year.law.provisional,
        at=_place(group, year.of),
    )


def _place(group: Group, year: int) -> tuple[str | int, ...]:
    places = [n for n, programme in enumerate(group.programmes) if programme.year == year]
    return ("programmes", places[-1]) if places else ("id",)


def approval_of(registry: Registry, group: Group, year: int, day: date) -> Decision | None:
    """The committee's decision that approved a group's programme of a year, if one stands then."""
    for programme in group.programmes:
        decision = registry.decision(programme.approved)
        if programme.year == year and decision is not None and decision.closed is not None:
            about = (decision.matter, decision.subject) == ("work-programme", f"groups/{group.id}")
            if about and decision.term in (None, year) and stands(registry, decision, day):
                return decision
    return None


def programme_approved(case: Case, path: str) -> Iterator[Breach]:
    """The duty, and as notes what an approved programme lacks."""
    yield from missed(programme_owed)(case, path)
    group = case.after.group_in(path)
    for n, programme in enumerate(group.programmes if group else ()):
        lacks = [] if programme.goals or programme.document else ["its concrete goals"]
        lacks += [] if programme.consulted else ["the day the President was consulted"]
        if group is not None and lacks:
            yield Breach(
                f"The programme of {group.name} for {programme.year} does not tell "
                f"{' or '.join(lacks)}.",
                f"Add it: b40 group programme {group.id} --year {programme.year} --goal … "
                "--consulted DAY.",
                ("programmes", n),
                facts={"missing": lacks},
                kind="note",
            )


RULES = (
    duty_rule(
        name="programme-approved",
        article="Art. 14",
        norm="Each working group has an Annual Work Programme with concrete goals, prepared after "
        "hearing the President and approved by the Executive Committee.",
        about=("groups",),
        arising=programme_owed,
        fails="A group whose year is a quarter over without an approved programme.",
        cure="b40 group programme submits it; the committee decides on work-programme.",
        parameters=("days-for-the-programme",),
        readings=("INT-19",),
        sentences=("art13.13", "art14.5"),
    )._replace(question=programme_approved),
)
