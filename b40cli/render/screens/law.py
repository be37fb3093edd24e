"""The statutes, their readings and their rules, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from b40cli.model.answer import Answer
from b40cli.model.wording import counted, number_in_short
from b40cli.render.findings import since, wrapped
from b40cli.render.screen_parts import table, tree

if TYPE_CHECKING:
    from b40cli.model.results import statutes as shape


def readings(answer: Answer[shape.ReadingsShown]) -> list[str]:
    """The open points of the text, one after the other."""
    lines = [line for each in answer.result["readings"] for line in [*_reading(each), ""]]
    return lines[:-1]


def _reading(reading: shape.ReadingRow | shape.PointText) -> list[str]:
    """One open point: question, reading in force, the others."""
    asked = f"{reading['question']} ({articles_in_words(reading['articles'])})"
    lines = wrapped(f"{reading['id']}  {asked}", "        ", "")
    said = f"{reading.get('reading')}, {reading.get('by')}: {reading['means']}"
    taken = said if "reading" in reading else "none is in force"
    lines += wrapped(taken, "        ", "  taken ")
    if "later" in reading:
        later = reading["later"]
        said = f"{later['reading']}, {later['by']}, in force from {later['since']}"
        lines += wrapped(said, "        ", "  later ")
    for name, means in reading["others"].items():
        lines += wrapped(f"{name}: {means}", "        ", "  other ")
    return lines


def explain(answer: Answer[shape.Explained]) -> list[str]:
    """A rule, an open point or an article in words."""
    result = answer.result
    if "rule" in result:
        return _rule(result["rule"])
    if "reading" in result:
        return _point(result["reading"])
    return _article(result["article"])


def _point(point: shape.PointText) -> list[str]:
    bears = [line for example in point["examples"] for line in _example(example)]
    alone = ["", *wrapped("No rule turns on it: it says how a record is to be read.")]
    return [*_reading(point), *(bears or alone)]


def _example(example: shape.Example) -> list[str]:
    """A rule the open point bears on, with what fails and what cures it."""
    return [
        "",
        *wrapped(f"bears on {example['rule']}  ({example['article']})"),
        *wrapped(example["norm"], "  "),
        *_failing(example),
        *_numbers(example["parameters"]),
    ]


def _failing(rule: shape.RuleText | shape.Example) -> list[str]:
    return [
        *wrapped(rule["fails"], "    ", "  fails: "),
        *wrapped(rule["cure"], "    ", "  cure:  "),
    ]


def _numbers(parameters: Iterable[shape.ParameterRow]) -> list[str]:
    said = (f"{parameter['name']}: {number_told(parameter)}" for parameter in parameters)
    return [line for number in said for line in wrapped(number, "    ", "  number: ")]


def articles_in_words(articles: Iterable[str]) -> str:
    """`Art. 5, Art. 9`."""
    return ", ".join(each.replace("art", "Art. ") for each in articles)


def number_in_words(value: Any) -> str:
    """What a number of the statutes is: a list in full."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "none" if value is None else str(value)


def number_told(number: shape.ParameterRow) -> str:
    """A number on a day, and what it is set to from a later one."""
    said = number_in_words(number["value"])
    return f"{said}; {later_told(number['later'])}" if "later" in number else said


def later_told(later: shape.ValueSet) -> str:
    """`3/4 from 2027-07-01, set by GA-2027-001`."""
    return f"{number_in_words(later['value'])} from {later['since']}, set by {later['set_by']}"


def _rule(rule: shape.RuleText) -> list[str]:
    lines = wrapped(f"{rule['name']}  ({rule['article']}, {rule['kind']})")
    other = wrapped(rule["other_set"], "  ") if "other_set" in rule else []
    lines += [
        *wrapped(rule["norm"], "  "),
        *other,
        "",
        *_failing(rule),
        *_numbers(rule["parameters"]),
    ]
    for reading in rule["readings"]:
        said = f"{reading['id']}: {reading.get('reading', 'none is in force')}"
        if "later" in reading:
            said += f"; {reading['later']['reading']} from {reading['later']['since']}"
        lines += wrapped(said, "    ", "  reading: ")
    return lines


def _article(article: shape.ArticleText) -> list[str]:
    lines = [f"{article['id']}  {article['title']}", ""]
    for sentence in article["sentences"]:
        lines += wrapped(f"{sentence['id']}  {sentence['says']}", "        ", "")
        judged = ", ".join(sentence.get("rules", ())) or sentence.get("why_no_rule") or ""
        lines += wrapped(judged, "        ", "     -> ")
    if article["open_points"]:
        lines += ["", *wrapped(f"Open points: {', '.join(article['open_points'])}.")]
    return lines


def show(answer: Answer[shape.StatutesShown]) -> list[str]:
    """The edition in force, one article, or one parameter."""
    result = answer.result
    if "article" in result:
        return _article(result["article"])
    if "parameter" in result:
        return tree(result["parameter"])
    edition = result["edition"]
    head = f"Edition {edition['id']}, {since(edition['since'])}." if edition else "No edition."
    articles = table(("article", "title"), ((a["id"], a["title"]) for a in result["articles"]))
    in_force = [p for p in result["parameters"] if p["value"]]
    numbers = [(p["name"], p["article"], number_in_short(p["value"])) for p in in_force]
    return [
        head,
        *rule_sets(result),
        "",
        *articles,
        "",
        *table(("parameter", "", "value"), numbers),
    ]


def rule_sets(result: shape.Statutes) -> list[str]:
    """By which of the tool's rule sets days are judged, and whether there is a newer one."""
    taken = [s for s in result["rule_sets"] if s["number"] == result["rule_set"]]
    begun = f", in force from {taken[0]['from']}" if taken else ""
    lines = [f"Rule set {result['rule_set']}{begun}."]
    ahead = [s for s in result["rule_sets"] if s["number"] > result["rule_set"]]
    lines += [f"Rule set {later['number']} is in force from {later['from']}." for later in ahead]
    newest = max([result["rule_set"], *(s["number"] for s in ahead)])
    if newest < result["newest"]:
        lines.append(f"Rule set {result['newest']} can be taken in: b40 statutes upgrade --dry-run")
    return lines


def ruled(counts: shape.CoverageCounts) -> str:
    """How many sentences of the statutes a rule judges, and how many none can judge."""
    every = counted(counts["sentences"], "sentence")
    return (
        f"{every} of the statutes: {counts['ruled']} under a rule, {counts['unruled']} with the "
        "reason why none can judge them"
    )


def turned_of(result: shape.Simulated) -> str:
    """How many of the votes on record would have come to something else."""
    votes = counted(result["votes"], "past vote")
    return f"{len(result['turned'])} of {votes} would have turned."


def coverage(answer: Answer[shape.Coverage]) -> list[str]:
    """Which rule judges which sentence, and why none can judge the others."""
    result, counts = answer.result, answer.result["counts"]
    lines = wrapped(f"{ruled(counts)}; {counted(counts['rules'], 'rule')}.")
    for title, names in (
        ("Named, but no rule", result["missing"]),
        ("Rules of no sentence", result["unnamed"]),
    ):
        lines += ["", *wrapped(f"{title}: {', '.join(names) or 'none'}.", "  ", "")]
    for article in result["articles"]:
        lines += ["", *wrapped(f"{article['id']}  {article['title']}", "       ", "")]
        for sentence in article["sentences"]:
            said = ", ".join(sentence["rules"]) or f"no rule: {sentence['why_no_rule']}"
            lines += wrapped(said, " " * 12, f"  {sentence['id']:<8}  ")
    return lines


def simulated(answer: Answer[shape.Simulated]) -> list[str]:
    """Which votes would have turned, what of the offices would not stand, what would be owed."""
    result = answer.result
    lines = wrapped(turned_of(result))
    for vote in result["turned"]:
        said = f"{vote['id']}, {vote['title']}: {vote['then']} instead of {vote['was']}"
        lines += wrapped(said, "    ", "  ")
    for said in result["offices"]:
        lines += wrapped(said, "    ", "  ! ")
    for said in result["duties"]:
        lines += wrapped(said, "    ", "  . ")
    for said in result["says"]:
        lines += wrapped(said, "  ")
    for other in result["under"]:
        turned = ", ".join(f"{v['id']} {v['then']}" for v in other["turned"]) or "no vote"
        offices, duties = len(other["offices"]), counted(len(other["duties"]), "duty")
        more = f"{offices} against offices, {duties}"
        said = f"Read {other['point']}={other['reading']}: {turned} would turn; {more}."
        lines += wrapped(said, "    ", "  ")
    return lines
