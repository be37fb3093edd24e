"""Art. 9, 11, 14: what a suspended member may do with the offices it holds (INT-37)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from b40cli.model.day import Moment, legal_day
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.finding import Place
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.facts.handover import PRESIDENT
from b40cli.rules.facts.presiding import lifts_its_own
from b40cli.rules.facts.seats import president_on
from b40cli.rules.facts.suspensions import is_suspended

POINT = "INT-37"
NOT_ITS_OWN, SLEEPS = "exercises-but-not-in-own-matter", "office-sleeps"
OWN_MATTERS = ("suspension", "reinstatement")
DECIDED: Place = ("decided_by", "city")
CHAIRED = ("ga", "ec", "wg")


def is_own_matter(registry: Registry, decision: Decision) -> bool:
    """Whether a decision that an office takes alone is about the suspension of its own city."""
    about = registry.decision(decision.annuls) if decision.annuls else decision
    city = (decision.decided_by or {}).get("city")
    return about is not None and about.matter in OWN_MATTERS and about.city == city


def decided_in_own_matter(case: Case, decision: Decision, day: date) -> Iterator[Breach]:
    """However a city came to the office, alone it decides nothing about its own suspension."""
    law = case.law_or_none(day)
    if decision.body != PRESIDENT or law is None or law.reading(POINT) != NOT_ITS_OWN:
        return
    if is_own_matter(case.after, decision):
        city = str((decision.decided_by or {}).get("city"))
        yield Breach(
            f"{decision.id} is decided by {city} alone, about its own suspension.",
            "The committee or the Assembly decides: b40 decision propose … --subject "
            f"members/{city} --meeting … (INT-37).",
            ("decided_by", "city"),
            refs=(f"members/{city}",),
            readings={POINT: NOT_ITS_OWN},
        )


def turns_on(registry: Registry, decision: Decision, law: Law) -> dict[str, str]:
    """What another reading makes of an act of a suspended President; nothing where none bears."""
    acting = str((decision.decided_by or {}).get("city"))
    asleep = decision.closed is not None and acts_suspended(registry, acting, decision.closed)
    void = {NOT_ITS_OWN: is_own_matter(registry, decision), SLEEPS: asleep}
    others = law.others.get(POINT, ())
    return {r: "invalid" for r in others if r != law.reading(POINT) and void.get(r)}


def readings_of_act(registry: Registry, decision: Decision, law: Law) -> dict[str, Any] | None:
    """The `readings` block of an act that hangs on INT-37; None where the point does not bear."""
    turns = turns_on(registry, decision, law)
    return {"verdict": "turns", "on": {POINT: turns}} if turns else None


def acts_suspended(registry: Registry, city: str, day: date) -> bool:
    """Whether a city is suspended on a day, or ends its own suspension on it by itself."""
    return is_suspended(registry, city, Moment(day)) or lifts_its_own(registry, city, day)


def suspended_in_office(case: Case, path: str) -> Iterator[Breach]:
    """Each act of an office whose city is suspended: what it decides, convenes, chairs."""
    decision = case.after.decision_in(path)
    if decision is not None and decision.body == PRESIDENT and decision.closed is not None:
        yield from _decides(case, decision, decision.closed)
    meeting = case.after.meeting_in(path)
    if meeting is not None and not meeting.attested:
        yield from _convenes(case, meeting)
        yield from _chairs(case, meeting)


def _decides(case: Case, decision: Decision, day: date) -> Iterator[Breach]:
    law = case.law_or_none(day)
    city = str((decision.decided_by or {}).get("city"))
    if law is not None and acts_suspended(case.after, city, day):
        turns = turns_on(case.after, decision, law)
        yield _told(f"{city} decides {decision.id} on {day}", city, law, DECIDED, turns)
    led = decision.candidates if decision.matter == "leader" else ()
    for designated in led if law is not None else ():
        if law is not None and is_suspended(case.after, designated, Moment(day)):
            led_on = f"{designated} is designated as leader on {day}"
            yield _told(led_on, designated, law, ("candidates",))


def _convenes(case: Case, meeting: Meeting) -> Iterator[Breach]:
    if meeting.convened_by != PRESIDENT:
        return
    moment = Moment(legal_day(meeting.notice.sent)) if meeting.notice else _opening(meeting)
    law, city = case.law_or_none(moment.day), president_on(case.after, moment.day, meeting.handover)
    if law is not None and city is not None and is_suspended(case.after, city, moment):
        void = {SLEEPS: "invalid"} if law.reading(POINT) != SLEEPS else {}
        yield _told(f"{city} convenes {meeting.id}", city, law, ("convened",), void)


def _opening(meeting: Meeting) -> Moment:
    """Before anything that the meeting itself decides."""
    return Moment(meeting.day, meeting.id, 0)


def _chairs(case: Case, meeting: Meeting) -> Iterator[Breach]:
    law, city = case.law_or_none(meeting.day), meeting.chair
    if meeting.kind not in CHAIRED or law is None or city is None:
        return
    if is_suspended(case.after, city, _opening(meeting)):
        yield _told(f"{city} chairs {meeting.id}", city, law, ("chair",))


KEPT = "Nothing: a suspended member keeps its offices as INT-37 is read; its vote it has not."
SLEEPING = "As INT-37 is read its offices sleep meanwhile: who stands in does it."


def _told(
    act: str, city: str, law: Law, at: Place, turns: Mapping[str, str] | None = None
) -> Breach:
    return Breach(
        f"{act} while it is suspended.",
        SLEEPING if law.reading(POINT) == SLEEPS else KEPT,
        at,
        facts={"city": city},
        refs=(f"members/{city}",),
        readings={POINT: dict(turns) if turns else law.reading(POINT)},
    )


RULES = (
    Rule(
        name="suspended-in-office",
        kind="note",
        article="Art. 9",
        norm="A suspended member's offices are exercised as INT-37 is read; each act is told.",
        about=("decisions", "meetings"),
        question=suspended_in_office,
        fails="The President's city is suspended, and it convenes the committee.",
        cure="Nothing, or a resolution on who stands in: --statutes-silent --effect stand-in.",
        readings=(POINT,),
        sentences=("art9.3",),
        since=2,
    ),
)
