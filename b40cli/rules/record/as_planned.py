"""What a meeting to come will miss as it is planned: told while it can still be set right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from b40cli.model.facts.duty import Duty
from b40cli.model.facts.meeting import Meeting
from b40cli.rules.case.rule import RECORD, Breach, Case, Rule
from b40cli.rules.duties.duty import MISSED

# What its record says already: the month, the city, how long it lasts, what it is called.
PLANNED = ("summit-in-january", "summit-host", "annual-summit-lasts", "summit-name", "leader-hosts")
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
            for duty in rule.arising(over, path) if rule.arising else ():
                if duty.state in MISSED:
                    yield _told(meeting, duty)

    return Rule(
        name="missed-as-planned",
        kind="note",
        article=RECORD,
        norm="A meeting planned for a wrong month, city or length, or misnamed, is told at once.",
        about=("meetings",),
        question=question,
        fails="A Summit convened for February.",
        cure="Move it, or set its record right before it opens.",
    )


def _told(meeting: Meeting, duty: Duty) -> Breach:
    cure = f"Until it opens it is set right in its file, registry/meetings/{meeting.id}.yaml."
    if duty.rule in MOVED:
        cure = f"It can still be moved: b40 meeting move {meeting.id} --opens TIME."
    return Breach(
        f"As it is planned, {duty.rule} is missed ({duty.article}): {duty.says}",
        cure,
        duty.at,
        facts={"duty": duty.rule},
    )
