"""A vote that was counted, in words: what a reader sees beside its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import called_by, decision_named
from b40cli.acts.votes.smallest import TURNED, smallest
from b40cli.model.facts.decision import SIDES, Decision
from b40cli.model.state.registry import Registry
from b40cli.rules.votes.assembly_facts import ASSEMBLY

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Closed

ARITHMETIC = ("Quorum:", "Majority:", "Readings:", "Elected:", TURNED)


def told_of(
    registry: Registry, name: str, proposal: Proposal[Closed]
) -> Callable[[], dict[str, Any]]:
    """Title, articles, votes, the readings it turns on and what follows, for a screen."""

    def told() -> dict[str, Any]:
        decision = decision_named(registry, name)
        votes, result = decision.votes, proposal.result
        cast = {side: len(votes.of(side)) for side in SIDES} if votes and votes.ballots else None
        return {
            "title": decision.title,
            "articles": articles_of(decision),
            "count": result["count"],
            "votes": cast or (dict(votes.tally or {}) if votes else {}),
            "turns": turns_of(registry, result["readings"] or {}),
            "flip": smallest(registry, decision, proposal.on or decision.proposed or date.min),
            "effects": [line for line in proposal.body if not line.startswith(ARITHMETIC)],
        }

    return told


def articles_of(decision: Decision) -> tuple[str, str]:
    """The articles of its quorum and of its majority."""
    article = "Art. 10" if decision.body == ASSEMBLY else "Art. 13"
    return article, "Art. 5" if decision.matter == "admission" else article


def turns_of(registry: Registry, readings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each open point in words: its question, the reading taken, what the others would make."""
    points, name = registry.interpretations(), called_by(registry)
    found: list[dict[str, Any]] = []
    for point, others in readings.get("on", {}).items():
        known = points[point]
        taken = next((k for k in known.readings if k not in others), "")
        said = [
            (known.readings.get(k, k), o if isinstance(o, str) else ", ".join(map(name, o)))
            for k, o in others.items()
        ]
        question, means = known.question, known.readings.get(taken, taken)
        found.append({"id": point, "question": question, "taken": means, "others": said})
    return found
