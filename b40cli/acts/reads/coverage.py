"""Coverage: every sentence of the statutes has its rules, or the reason why none can judge it."""

from __future__ import annotations

from typing import Any

from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.rules.case.rule import RECORD
from b40cli.rules.record.signatures import Norm
from b40cli.rules.table import RULES

# Held where text is rendered: no record can break it.
HELD = Norm(
    "kosovo-designation",
    "Kosovo* carries the asterisk wherever it is named, and a document that names it the note.",
    "A text in which the name stands without the asterisk.",
    "Nothing has to be done: whatever b40 prints carries both.",
    article="Art. 1",
)
GUARDS = frozenset({HELD.name})


def coverage(view: View) -> Answer:
    """Each sentence with the rules that judge it; rules named that are missing, and the reverse."""
    articles = [_article(article) for article in view.registry.articles()]
    sentences = [sentence for article in articles for sentence in article["sentences"]]
    named = {name for sentence in sentences for name in sentence["rules"]}
    known = {rule.name for rule in RULES}
    ruled = sum(bool(sentence["rules"]) for sentence in sentences)
    result = {
        "counts": {
            "sentences": len(sentences),
            "ruled": ruled,
            "unruled": len(sentences) - ruled,
            "rules": len(known),
        },
        "missing": sorted(named - known - GUARDS),
        "unnamed": [r.name for r in RULES if r.article != RECORD and r.name not in named],
        "articles": articles,
    }
    return answer(view, "statutes coverage", result)


def _article(article: Any) -> dict[str, Any]:
    sentences = [
        {
            "id": sentence["id"],
            "says": sentence["says"],
            "rules": list(sentence.get("rules", ())),
            "why_no_rule": sentence.get("why_no_rule"),
        }
        for sentence in article["sentences"]
    ]
    return {"id": article["id"], "title": article["title"], "sentences": sentences}
