"""Art. 11: what the President does: chairs, and sets the annual agenda."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from b40cli.model.facts.committee import Presidency
from b40cli.model.facts.duty import Duty
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Breach, Case, judged_meeting
from b40cli.rules.duties.duty import PRESIDENT, acknowledge, duty_rule, kept_at, missed, state_of
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.handover import handed_over_on
from b40cli.rules.facts.presiding import presides_on, stand_in_on

CHAIRED = ("ga", "ec")


def chairs(registry: Registry, meeting: Meeting) -> tuple[str, ...]:
    """The cities that may preside over a meeting: who did when it opened; at a handover the new."""
    if _names_a_stand_in(registry, meeting):
        return ()
    if meeting.kind != "ga":
        city = presides_on(registry, meeting.day, meeting.handover)
        return (city,) if city else ()
    opening = presides_on(registry, meeting.day, "before")
    days = {t.start.day for t in registry.presidencies() if t.handover and t.start}
    passed = (day for day in sorted(days) if meeting.day <= day <= meeting.last_day)
    new = (presides_on(registry, day) for day in passed if handed_over_on(registry, day))
    return tuple(dict.fromkeys(city for city in (opening, *new) if city))


def _names_a_stand_in(registry: Registry, meeting: Meeting) -> bool:
    """Whether a meeting itself says who stands in: when it opened nobody presided."""
    standing = stand_in_on(registry, meeting.day, meeting.handover)
    by = registry.decision(standing.by) if standing else None
    return by is not None and by.meeting == meeting.id


def president_chairs(case: Case, path: str) -> Iterator[Duty]:
    """The President chairs the Assembly and the committee."""
    meeting = judged_meeting(case, path, *CHAIRED)
    may = chairs(case.after, meeting) if meeting else ()
    if meeting is None or not may or _absent(meeting, may):
        return
    kept = meeting.chair in may if meeting.chair else None
    duty = Duty(
        rule="president-chairs",
        article="Art. 11",
        of=meeting.id,
        subject=f"meetings/{meeting.id}",
        owner=PRESIDENT,
        due=meeting.day,
        state="due",
        evidence=f"meetings/{meeting.id}",
        says=f"{meeting.chair or 'Nobody'} chairs {meeting.id}; {' or '.join(may)} presides.",
        remedy="The President chairs, in person or by its designee; what happened is acknowledged.",
        at=("chair",) if meeting.chair else ("id",),
    )
    yield kept_at(case, duty, meeting.day, kept)


def _absent(meeting: Meeting, may: tuple[str, ...]) -> bool:
    calls = meeting.roll_calls
    return bool(calls) and not any(city in call.present for call in calls for city in may)


def _president_absent(case: Case, path: str) -> Iterator[Breach]:
    """Another city in the chair where the President's is absent: the statutes are silent."""
    meeting = judged_meeting(case, path, *CHAIRED)
    may = chairs(case.after, meeting) if meeting else ()
    if meeting is not None and may and _absent(meeting, may) and meeting.chair not in may:
        yield Breach(
            f"{' and '.join(may)} is absent from {meeting.id}; {meeting.chair or 'nobody'} chairs "
            "(statutes-silent).",
            "The statutes name no deputy: the minutes say who was asked to chair, and by whom.",
            ("chair",) if meeting.chair else ("id",),
            facts={"statutes_silent": True},
            kind="note",
        )


def _who_chairs(case: Case, path: str) -> Iterator[Breach]:
    yield from missed(president_chairs)(case, path)
    yield from _president_absent(case, path)


def annual_agenda(case: Case, path: str) -> Iterator[Duty]:
    """The President sets the network's annual agenda, having heard Secretariat and committee."""
    term = case.after.term_in(path)
    if term is None or term.start is None or not term.start.exact:
        return
    begins = term.start.day
    law = case.law_or_none(begins)
    if law is None:
        return
    due = begins + timedelta(days=law.number("days-for-the-annual-agenda"))
    evidence = term.agenda if isinstance(term.agenda, str) else None
    set_on = _agenda_set(case.after, term, begins)
    state = state_of(case, begins, due, set_on)
    attested = state == "overdue" and term.source is not None
    was = "was" if case.on > due else "is"
    yield Duty(
        rule="annual-agenda",
        article="Art. 11",
        of=str(term.year),
        subject=f"presidencies/{term.year}",
        owner=PRESIDENT,
        due=due,
        state="not-on-record" if attested else state,
        evidence=evidence,
        provisional="days-for-the-annual-agenda" in law.provisional,
        says=f"The annual agenda of {term.year} {was} due on {due} and "
        + (f"was set on {set_on}." if set_on and set_on <= case.on else "is not on record."),
        remedy=acknowledge("annual-agenda", str(term.year), PRESIDENT)
        if set_on
        else "Record it: b40 presidency agenda --evidence FILE.",
        at=("agenda",) if set_on else ("year",),
        met=set_on,
    )


def _agenda_set(registry: Registry, term: Presidency, begins: date) -> date | None:
    """The day the agenda was set; a document alone bears no day and counts from the first."""
    if isinstance(term.agenda, str):
        decision = registry.decision(term.agenda)
        return decision.closed if decision and stands(registry, decision) else None
    return begins if term.agenda else None


RULES = (
    duty_rule(
        name="president-chairs",
        article="Art. 11",
        norm="The President chairs the General Assembly and the Executive Committee.",
        about=("meetings",),
        arising=president_chairs,
        fails="The next President's city chairs while the President's attends.",
        cure="Let the President chair; where it is absent the statutes are silent.",
        sentences=("art11.5", "art13.2"),
    )._replace(question=_who_chairs),
    duty_rule(
        name="annual-agenda",
        article="Art. 11",
        norm="The President sets the annual agenda, having heard Secretariat and committee.",
        about=("presidencies",),
        arising=annual_agenda,
        fails="Ninety days after the handover no agenda of the year is on record.",
        cure="Record it: b40 presidency agenda.",
        parameters=("days-for-the-annual-agenda",),
        sentences=("art11.9",),
    ),
)
