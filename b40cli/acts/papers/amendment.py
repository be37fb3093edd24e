"""An amendment as a notice puts it: what stands now beside what is proposed, the change marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.acts.opened.view import View
from b40cli.model.facts.decision import Decision
from b40cli.model.paper import Note, PaperPart, Paragraph, Strong, Summary, Words
from b40cli.model.wording import on_day

# A sentence of the statutes named at the head of a text, `art14.3: …`, `art14.3 reads …`.
_NAMED = re.compile(r"(?m)^\s*(art\d+\.\d+)\s*(?::|reads|to read)?\s*")
OWN_WORDS = "What stands now is told in the register's own words, not in those of the statutes."


def amended(view: View, decision: Decision) -> Iterator[PaperPart]:
    """Its words beside the sentence they replace, each number now and proposed, why, from when."""
    if decision.matter != "amendment":
        return
    before, texts = _texts(decision.text or "")
    if before:
        yield Paragraph(before)
    compared = [
        *(_sentence(view, *text) for text in texts),
        *(tuple(_number(view, change)) for change in decision.amends),
    ]
    for rows in compared:
        yield Summary(rows, inner=True)
    since = on_day(decision.takes_effect) if decision.takes_effect else "the day after its adoption"
    grounds = (("Grounds", decision.grounds),) if decision.grounds else ()
    yield Summary((*grounds, ("In force", f"from {since}")), inner=True)
    if any(label == "Now" for rows in compared for label, _said in rows):
        yield Note(OWN_WORDS)


def _texts(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What is said before any sentence is named, and the new text of each that is."""
    before, *rest = _NAMED.split(text)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return before.strip(), [(name, said.strip()) for name, said in pairs]


def _sentence(view: View, name: str, proposed: str) -> tuple[tuple[str, Words], ...]:
    sentences = (each for article in view.registry.articles() for each in article["sentences"])
    now = next((str(each["says"]) for each in sentences if each["id"] == name), None)
    place = ("Article", name.removeprefix("art").replace(".", ", sentence "))
    if now is None:
        return place, ("Proposed", proposed)
    old, new = _marked(now, proposed)
    return place, ("Now", old), ("Proposed", new)


def _marked(old: str, new: str) -> tuple[Words, Words]:
    """Both texts, the words that only one of them has strong."""
    from difflib import SequenceMatcher

    were, are = old.split(), new.split()
    left: list[str | Strong] = []
    right: list[str | Strong] = []
    for kind, a, b, c, d in SequenceMatcher(None, were, are, autojunk=False).get_opcodes():
        for words, into in ((were[a:b], left), (are[c:d], right)):
            if words:
                said = " ".join(words)
                into += [" "] if into else []
                into.append(said if kind == "equal" else Strong(said))
    return tuple(left), tuple(right)


def _number(view: View, change: Mapping[str, Any]) -> Iterator[tuple[str, Words]]:
    """A number of the statutes in the sentence that says what it is, now and proposed."""
    name = change["parameter"]
    parameter, now = view.registry.parameters().get(name), view.law.parameters.get(name)
    article = parameter.article if parameter else "art?"
    what = (parameter.what.rstrip(".") if parameter else "") or name.replace("-", " ")
    yield "Article", f"{article.removeprefix('art')}: {name.replace('-', ' ')}"
    held: Words = "nothing is in force" if now is None else (f"{what}: ", Strong(_value(now)))
    yield "Now", held
    yield "Proposed", (f"{what}: ", Strong(_value(change["value"])))


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
