"""What the public site is made of (Art. 12): the public document, the statutes, the arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View
from b40cli.acts.published.document import published
from b40cli.acts.reads.coverage import coverage
from b40cli.acts.reads.participation import decision_told
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.statutes import Interpretation
from b40cli.rules.table import RULES

if TYPE_CHECKING:
    from b40cli.model.results.site import Arithmetic, PointPublished, SiteMaterial


def material(view: View) -> SiteMaterial:
    """Everything the pages tell, as of the day of the view."""
    document = published(view)
    closed = {row["id"] for row in document["decisions"] if row["closed"]}
    counted = (d for d in view.registry.decisions() if d.id in closed and d.counted)
    return {
        "document": document,
        "articles": coverage(view).result["articles"],
        "kinds": {rule.name: rule.kind for rule in RULES},
        "points": [_point(view, point) for point in view.registry.interpretations().values()],
        "arithmetic": {decision.id: _arithmetic(view, decision) for decision in counted},
    }


def _point(view: View, point: Interpretation) -> PointPublished:
    adopted = [adoption for adoption in point.adopted if adoption.start <= view.on]
    last = adopted[-1] if adopted else None
    return {
        "id": point.id,
        "question": point.question,
        "articles": list(point.articles),
        "readings": [
            {
                "id": reading,
                "means": means,
                "in_force": last is not None and reading == last.reading,
            }
            for reading, means in point.readings.items()
        ],
        "by": last.by if last else None,
    }


def _arithmetic(view: View, decision: Decision) -> Arithmetic:
    told, counted = decision_told(view.registry, decision), decision.counted or {}
    quorum = counted.get("quorum")
    return {
        "quorum": None
        if quorum is None
        else {
            "required": quorum["required"],
            "counted": quorum["counted"],
            "met": quorum["met"],
        },
        "base": told["majority"].get("base"),
        "turns": told["turns"],
    }
