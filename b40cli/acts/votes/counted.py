"""A vote that was counted, in words: what a reader sees beside its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import called_by, decision_named
from b40cli.acts.votes.arithmetic import by_reading
from b40cli.acts.votes.smallest import TURNED, smallest
from b40cli.model.facts.decision import SIDES, Decision
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.committee_count import Count
from b40cli.rules.votes.vote import recount

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Closed

ARITHMETIC = ("Quorum:", "Majority:", "Readings:", "Elected:", TURNED)


class ReadingCounted(NamedTuple):
    """A reading of a point that a result turns on: its key, its sentence, its count and result."""

    taken: bool
    reading: str
    means: str
    need: str
    result: str


def told_of(
    registry: Registry, name: str, proposal: Proposal[Closed]
) -> Callable[[], dict[str, Any]]:
    """Title, articles, votes, the readings it turns on and what follows, for a screen."""

    def told() -> dict[str, Any]:
        decision = decision_named(registry, name)
        votes, result = decision.votes, proposal.result
        cast = {side: len(votes.of(side)) for side in SIDES} if votes and votes.ballots else None
        day = proposal.on or decision.proposed or date.min
        effects = [line for line in proposal.body if not line.startswith(ARITHMETIC)]
        stays = unchanged(decision, called_by(registry)) if result["state"] == "rejected" else ""
        return {
            **in_words(registry, decision, result["state"], result["readings"] or {}, day),
            "count": result["count"],
            "votes": cast or (dict(votes.tally or {}) if votes else {}),
            "flip": smallest(registry, decision, day),
            "effects": effects or ([f"none: {stays}"] if stays else []),
        }

    return told


def in_words(
    registry: Registry, decision: Decision, state: str, readings: Mapping[str, Any], day: date
) -> dict[str, Any]:
    """Its title, the articles of quorum and majority, of how many it is, what it turns on."""
    found = recount(Case(None, registry, day), decision)
    counted = None if isinstance(found, Undetermined) else found.outcome
    law = None if isinstance(found, Undetermined) else found.law
    return {
        "title": decision.title,
        "articles": articles_of(decision),
        "of": counted.counted.quorum.base if counted else None,
        "noun": "members" if decision.body == ASSEMBLY else "seats",
        "turns": list(_turns(registry, decision._replace(closed=day), state, readings, law)),
    }


def articles_of(decision: Decision) -> tuple[str, str]:
    """The articles of its quorum and of its majority."""
    article = "Art. 10" if decision.body == ASSEMBLY else "Art. 13"
    return article, "Art. 5" if decision.matter == "admission" else article


def unchanged(decision: Decision, name: Callable[[str], str]) -> str:
    """What stays as it was, since it was not adopted; empty where its title says it all."""
    city = decision.city
    if city is None:
        return ""
    if decision.matter == "removal":
        return f"{name(city)} is not removed."
    return f"{name(city)} is not admitted." if decision.matter == "admission" else ""


def _turns(
    registry: Registry, decision: Decision, state: str, readings: Mapping[str, Any], law: Law | None
) -> Iterator[dict[str, Any]]:
    """Each open point in words: its question, the reading taken, what the others would make."""
    points, name = registry.interpretations(), called_by(registry)
    for point, others in readings.get("on", {}).items():
        taken, means = law.reading(point) if law else "", points[point].readings
        results = {taken: state, **others} if taken else others
        told = {k: r if isinstance(r, str) else ", ".join(map(name, r)) for k, r in results.items()}
        rows = [
            ReadingCounted(own, key, means.get(key, key), _need(count), count.state)
            for key, own, count in by_reading(registry, decision, point)
        ] or [
            ReadingCounted(key == taken, key, means.get(key, key), "", of)
            for key, of in told.items()
        ]
        rows.sort(key=lambda row: not row.taken)
        yield {"id": point, "question": points[point].question, "readings": rows}


def _need(count: Count) -> str:
    """What one reading asks of the same votes."""
    majority = count.majority
    return f"{majority.votes_for} for; {majority.required} of {majority.base} needed"
