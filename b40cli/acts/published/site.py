"""What the public site is made of (Art. 12): the public document, the statutes, the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View
from b40cli.acts.published.document import published
from b40cli.acts.reads.coverage import coverage
from b40cli.acts.reads.participation import decision_told
from b40cli.acts.reads.statutes import explain, reading_taken
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.statutes import Interpretation

if TYPE_CHECKING:
    from b40cli.model.results.site import Arithmetic, PointPublished, SiteMaterial
    from b40cli.model.results.statutes import ArticleCovered, RuleText


def material(view: View) -> SiteMaterial:
    """Everything the pages tell, as of the day of the view."""
    document, articles = published(view), coverage(view).result["articles"]
    closed = {row["id"] for row in document["decisions"] if row["closed"]}
    counted = (d for d in view.registry.decisions() if d.id in closed and d.counted)
    return {
        "document": document,
        "articles": articles,
        "rules": _rules(view, articles),
        "points": [_point(view, point) for point in view.registry.interpretations().values()],
        "arithmetic": {decision.id: _arithmetic(view, decision) for decision in counted},
    }


def _rules(view: View, articles: Sequence[ArticleCovered]) -> list[RuleText]:
    """Each rule beside a sentence, once, in the order of the statutes."""
    named = (
        name for article in articles for each in article["sentences"] for name in each["rules"]
    )
    told = (explain(view, name).result for name in dict.fromkeys(named))
    return [each["rule"] for each in told if "rule" in each]


def _point(view: View, point: Interpretation) -> PointPublished:
    adopted = [adoption for adoption in point.adopted if adoption.start <= view.on]
    last = adopted[-1] if adopted else None
    later = point.after(view.on)
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
        "later": reading_taken(later) if later else None,
    }


def _arithmetic(view: View, decision: Decision) -> Arithmetic:
    told, counted = decision_told(view.registry, decision), decision.counted or {}
    quorum = counted.get("quorum")
    return {
        "quorum": None
        if quorum is None
        else {"required": quorum["required"], "counted": quorum["counted"], "met": quorum["met"]},
        "base": told["majority"].get("base"),
        "turns": told["turns"],
    }
