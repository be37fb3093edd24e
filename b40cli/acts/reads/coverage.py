"""Coverage: every sentence of the statutes has its rules, or the reason why none can judge it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.rules.case.law import rule_set_on
from b40cli.rules.case.rule import RECORD
from b40cli.rules.record.signed.signatures import Norm
from b40cli.rules.table import rules_under

if TYPE_CHECKING:
    from b40cli.model.results.statutes import ArticleCovered, Coverage, SentenceCovered, SentenceRow

# Held where text is rendered: no record can break it.
HELD = Norm(
    "kosovo-designation",
    "Kosovo* carries the asterisk wherever it is named, and a document that names it the note.",
    "A text in which the name stands without the asterisk.",
    "Nothing has to be done: whatever b40 prints carries both.",
    article="Art. 1",
    sentences=("art1.4",),
)


def coverage(view: View) -> Answer[Coverage]:
    """Each sentence with the rules that judge it; rules that name sentences there are not."""
    rule_set = rule_set_on(view.registry, view.on)
    rules = rules_under(rule_set)
    articles = [_whole(article, rule_set) for article in view.registry.articles()]
    sentences = [sentence for article in articles for sentence in article["sentences"]]
    named = {name for sentence in sentences for name in sentence["rules"]}
    held = {sentence["id"] for sentence in sentences}
    gone = {rule.name for rule in rules if not held.issuperset(rule.sentences)}
    ruled = sum(bool(sentence["rules"]) for sentence in sentences)
    result: Coverage = {
        "counts": {
            "sentences": len(sentences),
            "ruled": ruled,
            "unruled": len(sentences) - ruled,
            "rules": len(rules),
        },
        "missing": sorted(gone),
        "unnamed": [r.name for r in rules if r.article != RECORD and r.name not in named],
        "articles": articles,
    }
    return answer(view, "statutes coverage", result)


def _whole(article: Mapping[str, Any], rule_set: int) -> ArticleCovered:
    """An article as coverage tells it: each sentence with both, one of them empty."""
    sentences: list[SentenceCovered] = [
        {
            "id": sentence["id"],
            "says": sentence["says"],
            "rules": sentence.get("rules", []),
            "why_no_rule": sentence.get("why_no_rule"),
        }
        for sentence in as_judged(article, rule_set)
    ]
    return {"id": article["id"], "title": article["title"], "sentences": sentences}


def as_judged(article: Mapping[str, Any], rule_set: int) -> list[SentenceRow]:
    """The sentences of an article, each with the rules of a set that judge it or why none does.

    Which those are the rules say; what an older record says of it means nothing.
    """
    return [_sentence(sentence, rule_set) for sentence in article["sentences"]]


def _sentence(sentence: Mapping[str, Any], rule_set: int) -> SentenceRow:
    said: SentenceRow = {"id": sentence["id"], "says": sentence["says"]}
    judging = judges_of(sentence["id"], rule_set)
    if judging:
        return {**said, "rules": list(judging)}
    return {**said, "why_no_rule": sentence.get("why_no_rule")}


@cache
def judges_of(sentence: str, rule_set: int) -> tuple[str, ...]:
    """The names of the rules of a set that judge a sentence of the statutes."""
    named = [rule.name for rule in rules_under(rule_set) if sentence in rule.sentences]
    return (*named, *([HELD.name] if sentence in HELD.sentences else []))
