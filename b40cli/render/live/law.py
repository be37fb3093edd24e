"""The statutes: their sentences and rules, the open points in words, what an amendment would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.paper import Headline, Items, Note, Paragraph, Strong, Summary, Words
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.model.wording import begun, counted, day_in_words, number_in_short
from b40cli.render.live.values import aside, due, in_words, state
from b40cli.render.screens.law import (
    articles_in_words,
    later_told,
    number_in_words,
    number_told,
    rule_sets,
    ruled,
    turned_of,
)

if TYPE_CHECKING:
    from b40cli.model.results import statutes as shape


def readings(answer: Answer[shape.ReadingsShown]) -> Iterator[ScreenPart]:
    """The open points of the text, one after the other: the question first, its code beside it."""
    points = answer.result["readings"]
    yield Masthead("Open points of the statutes", str(len(points)), day_in_words(answer.on))
    for point in points:
        yield from _point(point)


def _point(point: shape.ReadingRow | shape.PointText) -> Iterator[ScreenPart]:
    yield Headline(point["question"], 2, f"{point['id']}, {articles_in_words(point['articles'])}")
    rows: list[tuple[str, Words]] = [("Taken", "none is in force")]
    if "reading" in point:
        taken = f"{_reading(point['reading'])} ({in_words(point['by'])})"
        rows = [("Taken", (Strong(taken), f": {point['means']}"))]
    if "later" in point:
        later = point["later"]
        taken = f"{_reading(later['reading'])} ({in_words(later['by'])})"
        rows.append(("Later", (Strong(taken), f", in force from {day_in_words(later['since'])}")))
    rows += [("Other", f"{_reading(n)}: {means}") for n, means in point["others"].items()]
    yield Summary(tuple(rows))


def _reading(name: str) -> str:
    """The name of a reading in words: none is a city's."""
    return name.replace("-", " ")


def explain(answer: Answer[shape.Explained]) -> Iterator[ScreenPart]:
    """A rule, an open point or an article in words."""
    result = answer.result
    if "rule" in result:
        yield from _rule(result["rule"])
    elif "reading" in result:
        point = result["reading"]
        yield Masthead("An open point of the statutes", point["id"], day_in_words(answer.on))
        yield from _point(point)
        if not point["examples"]:
            yield Note("No rule turns on it: it says how a record is to be read.")
        for example in point["examples"]:
            yield Headline("Bears on", 2, f"{example['rule']}, {example['article']}")
            yield Summary(tuple(_failing(example)))
    else:
        yield from _article(result["article"], answer.beside["point"])


def _rule(rule: shape.RuleText) -> Iterator[ScreenPart]:
    yield Masthead(rule["name"], in_words(rule["kind"]), rule["article"])
    yield Paragraph(rule["norm"])
    if "other_set" in rule:
        yield Note(rule["other_set"])
    yield Summary(tuple(_failing(rule))[1:])
    for reading in rule["readings"]:
        yield from _point(reading)


def _failing(rule: shape.RuleText | shape.Example) -> Iterator[tuple[str, Words]]:
    yield "Norm", rule["norm"]
    yield "Fails", rule["fails"]
    yield "Cure", rule["cure"]
    for number in rule["parameters"]:
        yield "Number", f"{in_words(number['name'])}: {number_told(number)}"


def _article(article: shape.ArticleText, point: Callable[[str], str]) -> Iterator[ScreenPart]:
    yield Masthead(article["title"], article["id"], articles_in_words([article["id"]]))
    yield listing(("Sentence", "Says", "Judged by"), map(_sentence, article["sentences"]))
    points = article["open_points"]
    if points:
        yield Headline("Open points", 2, f"b40 explain {points[0]} says its readings")
        yield listing(("Point", "Question"), ((aside(each), point(each)) for each in points))


def _sentence(sentence: shape.SentenceRow | shape.SentenceCovered) -> Sequence[Words]:
    judged = ", ".join(sentence.get("rules", ()))
    why = aside(sentence.get("why_no_rule") or "no rule")
    return aside(sentence["id"]), sentence["says"], judged or why


def show(answer: Answer[shape.StatutesShown]) -> Iterator[ScreenPart]:
    """The edition in force, one article, or one parameter."""
    result = answer.result
    if "article" in result:
        yield from _article(result["article"], answer.beside["point"])
        return
    if "parameter" in result:
        yield from _parameter(result["parameter"], day_in_words(answer.on))
        return
    edition = result["edition"]
    yield Masthead(
        "The statutes", edition["id"] if edition else "no edition", day_in_words(answer.on)
    )
    yield Paragraph(" ".join(rule_sets(result)))
    yield listing(("Article", "Title"), ((aside(a["id"]), a["title"]) for a in result["articles"]))
    yield Headline("Numbers in force", 2)
    yield listing(
        ("Number", "Value", "Article"),
        map(_number, (p for p in result["parameters"] if p["value"])),
    )


def _parameter(number: shape.ParameterRow, on: str) -> Iterator[ScreenPart]:
    yield Masthead(begun(in_words(number["name"])), articles_in_words([number["article"]]), on)
    later = [("Later", later_told(number["later"]))] if "later" in number else []
    rows = [
        ("Value", number_in_words(number["value"])),
        ("Since", day_in_words(number.get("since", "no day"))),
        ("Set by", in_words(number["set_by"] or "nobody")),
    ]
    yield Summary((*rows, *later))


def _number(number: shape.ParameterRow) -> Sequence[Words]:
    said = number_in_short(number["value"])
    return in_words(number["name"]), said, aside(articles_in_words([number["article"]]))


def coverage(answer: Answer[shape.Coverage]) -> Iterator[ScreenPart]:
    """Which rule judges which sentence, and why none can judge the others."""
    result, counts = answer.result, answer.result["counts"]
    yield Masthead("Sentences and the rules that judge them", "", day_in_words(answer.on))
    yield Paragraph(f"{ruled(counts)}; {counted(counts['rules'], 'rule')}.")
    for title, names in (
        ("No such rule", result["missing"]),
        ("Of no sentence", result["unnamed"]),
    ):
        yield Paragraph(due(f"! {title}: {', '.join(names)}") if names else f"{title}: none.")
    for article in result["articles"]:
        yield Headline(article["title"], 2, article["id"])
        yield listing(("Sentence", "Says", "Judged by"), map(_sentence, article["sentences"]))


def simulated(answer: Answer[shape.Simulated]) -> Iterator[ScreenPart]:
    """Which votes would have turned, and what of the offices would not stand."""
    result = answer.result
    yield Masthead("What it would have changed", "", day_in_words(answer.on))
    yield Paragraph(turned_of(result))
    yield listing(
        ("Decision", "Was", "Would be", "Id"),
        ((v["title"], state(v["was"]), state(v["then"]), aside(v["id"])) for v in result["turned"]),
    )
    if result["offices"]:
        yield Headline("Offices that would not stand", 2, str(len(result["offices"])))
        yield Items(tuple(due(f"! {said}") for said in result["offices"]))
    if result["duties"]:
        yield Headline("Owed otherwise", 2, str(len(result["duties"])))
        yield Items(tuple(due(said) for said in result["duties"]))
    yield from (Paragraph(said) for said in result["says"])
    if result["under"]:
        yield Headline("Under other readings", 2, str(len(result["under"])))
        yield listing(
            ("Point", "Reading", "Votes", "Offices", "Duties"),
            (
                (
                    o["point"],
                    o["reading"],
                    ", ".join(f"{v['id']} {v['then']}" for v in o["turned"]),
                    str(len(o["offices"])),
                    str(len(o["duties"])),
                )
                for o in result["under"]
            ),
        )
