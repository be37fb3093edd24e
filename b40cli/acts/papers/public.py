"""The papers that a public site hands out: what was decided, reported and filed (Art. 12)."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.acts.opened.view import View
from b40cli.acts.papers.activity import activity
from b40cli.acts.papers.decision import decision
from b40cli.acts.papers.minutes import final, minutes
from b40cli.model.day import day_of
from b40cli.model.facts.meeting import Meeting
from b40cli.model.paper import Paper

DECIDED = frozenset({"adopted", "rejected", "invalid"})


def public_papers(view: View) -> Iterator[tuple[str, Paper]]:
    """Each by its name: decisions that closed by the day, minutes filed, reports approved.

    A Final Report waits for the Presidency's approval, and the minutes of an Assembly are that
    report; the activity report of a year waits for the Assembly that adopts it.
    """
    for meeting in view.registry.meetings():
        if meeting.day <= view.on and meeting.cancelled is None:
            yield from _of_meeting(view, meeting)
    for each in view.registry.decisions():
        if each.state in DECIDED and each.closed and each.closed <= view.on:
            yield each.id, decision(view, each.id)
            if each.matter == "activity-report" and each.state == "adopted":
                year = each.closed.year - 1
                yield f"activity-{year}", activity(view, year)


def _of_meeting(view: View, meeting: Meeting) -> Iterator[tuple[str, Paper]]:
    if meeting.kind == "ga":
        approved = day_of(str(meeting.report.get("approved") or "")[:10] or None)
        if approved and approved <= view.on:
            yield f"{meeting.id}-report", final(view, meeting.id)
    elif meeting.minutes:
        yield f"{meeting.id}-minutes", minutes(view, meeting.id)
