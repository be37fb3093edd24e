"""Decisions as anybody may read them: the count, the ballots, who was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.by_day import decision_by_day
from b40cli.acts.opened.view import View
from b40cli.acts.reads.records import annulment_of
from b40cli.model.facts.decision import SIDES, Decision

if TYPE_CHECKING:
    from b40cli.model.results import published as shape


def decided_by_then(view: View) -> Iterator[Decision]:
    """The decisions as they stood on the day."""
    then = (decision_by_day(decision, view.on) for decision in view.registry.decisions())
    return (decision for decision in then if decision is not None)


def decision_told(view: View, decision: Decision) -> shape.PublishedDecision:
    """One decision; what its vote came to only once that has closed."""
    annulled = annulment_of(view, decision.id)
    counted = _counted(decision if decision.closed else _uncounted(decision))
    return {
        "id": decision.id,
        "body": decision.body,
        "matter": decision.matter,
        "subject": decision.subject,
        "title": decision.title,
        "meeting": decision.meeting,
        "item": decision.item,
        "proposed": text_of(decision.proposed),
        "closed": text_of(decision.closed),
        "state": decision.state,
        "annulled_by": annulled["by"] if annulled else None,
        **counted,
    }


def _uncounted(decision: Decision) -> Decision:
    """A vote that has not closed tells nothing of what was cast."""
    return decision._replace(votes=None, counted=None, readings=None)


def _counted(decision: Decision) -> shape.PublishedCount:
    counted, readings = decision.counted or {}, decision.readings or {}
    majority = counted.get("majority") or {}
    return {
        "secret": bool(decision.votes and decision.votes.tally is not None),
        "for": _cast(decision, "for"),
        "against": _cast(decision, "against"),
        "abstain": _cast(decision, "abstain"),
        "invalid": _cast(decision, "invalid"),
        "required": majority.get("required"),
        "majority": majority.get("kind"),
        "elected": list(counted.get("elected", ())),
        "verdict": readings.get("verdict"),
        "turns_on": sorted(readings.get("on", ())),
    }


def _cast(decision: Decision, side: str) -> int | None:
    """How many voted that way; None in an election, where nobody votes for a side."""
    votes = decision.votes
    return None if votes is None or votes.by_candidate else votes.by_side.get(side, 0)


def text_of(day: date | None) -> str | None:
    """A day as it is published."""
    return None if day is None else str(day)


def votes_told(decision: Decision) -> Iterator[shape.PublishedVote]:
    """The ballots by name; none before the vote has closed, none of a secret vote."""
    if decision.votes is None or decision.closed is None:
        return
    cast: Iterable[tuple[str, tuple[str, ...]]] = (
        decision.votes.choices.items()
        if decision.votes.choices
        else ((side, decision.votes.of(side)) for side in SIDES)
    )
    represented = decision.roll.represented if decision.roll else {}
    for side, voters in cast:
        for city in voters:
            yield {
                "decision": decision.id,
                "member": city,
                "vote": side,
                "cast_by": represented.get(city),
            }


def candidates_told(decision: Decision) -> Iterator[shape.PublishedCandidate]:
    """Of a closed election: the most votes first."""
    votes = decision.votes
    if votes is None or decision.closed is None:
        return
    counts = votes.by_candidate
    elected = (decision.counted or {}).get("elected", ())
    passed = {each.city: each.rule for each in decision.passed_over}
    for city in sorted(counts, key=lambda each: (-counts[each], each)):
        yield {
            "decision": decision.id,
            "city": city,
            "votes": counts[city],
            "elected": city in elected,
            "passed_over": passed.get(city),
        }
