"""An election in words: the candidates, their votes and what came of each."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.model.facts.decision import Decision
from b40cli.model.paper import Note, PaperPart, Tabular


def candidates(view: View, decision: Decision, leaders: frozenset[str]) -> Iterator[PaperPart]:
    """A table of the candidates, most votes first, and why someone was passed over."""
    results = _results(decision)
    numbers = decision.votes.by_candidate if decision.votes else {}
    ranked = sorted(numbers, key=lambda city: (-numbers[city], who.folded(who.city(view, city))))
    rows = tuple(
        (
            who.city(view, city),
            str(numbers[city]),
            results.get(city, "not elected") + (", leader of a group" if city in leaders else ""),
        )
        for city in ranked
    )
    if rows:
        yield Tabular(("Candidate", "Votes", "Result"), rows, (0, 0, 1), (1,))
    if any(results.get(city) == "elected" for city in leaders):
        yield Note("Leaders of working groups come first among those elected (Article 2).")
    for each in decision.passed_over:
        yield Note(f"{who.city(view, each.city)} was passed over: {each.rule.replace('-', ' ')}.")


def _results(decision: Decision) -> dict[str, str]:
    """What came of each candidate who is not simply out; of a void election who may not sit."""
    counts = {} if decision.state == "invalid" else decision.counted or {}
    return {
        **dict.fromkeys(counts.get("tied", ()), "equal, run-off"),
        **dict.fromkeys((each.city for each in decision.passed_over), "may not sit"),
        **dict.fromkeys(counts.get("elected", ()), "elected"),
    }
