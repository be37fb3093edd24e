"""What a meeting to come will miss as it is planned: told while it can still be set right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from b40cli.model.facts.duty import Duty
from b40cli.model.ref import ref_of
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.duties.duty import MISSED

# What its record says already: month, city, how long it lasts, what it is called, its language.
PLANNED = (
    *("summit-in-january", "summit-host", "annual-summit-lasts", "summit-name", "leader-hosts"),
    "english",
)
MOVED = ("summit-in-january",)


def missed_as_planned(norms: tuple[Rule, ...]) -> Rule:
    """The note on duties that a meeting to come would miss as its record stands."""
    duties = tuple(rule for rule in norms if rule.name in PLANNED)

    def question(case: Case, path: str) -> Iterator[Breach]:
        meeting = case.after.meeting_in(path)
        if meeting is None or meeting.attested or meeting.cancelled or meeting.day <= case.on:
            return
        over = case._replace(on=meeting.last_day + timedelta(days=1))
        for rule in duties:
            if rule.arising is None:
                continue
            for duty in rule.arising(over, path):
                if duty.state in MISSED:
                    today = next(iter(rule.arising(case, path)), duty)
                    yield _told(today, _cure(path, today))

    return Rule(
        name="missed-as-planned",
        kind="note",
        norm="A meeting planned for a wrong month, city, length or language, or misnamed, is told.",
        about=("meetings",),
        question=question,
        fails="A Summit convened for February.",
        cure="Set it right before it opens: b40 meeting move.",
    )


def _cure(path: str, duty: Duty) -> str:
    """What sets it right as long as the meeting is still to come."""
    if duty.rule in MOVED:
        return f"It can still be moved: b40 meeting move {ref_of(path).id} --opens TIME."
    return duty.remedy


def _told(duty: Duty, cure: str) -> Breach:
    return Breach(
        f"As it is planned, {duty.rule} is missed ({duty.article}): {duty.says}",
        cure,
        duty.at,
        facts={"duty": duty.rule},
    )
