"""The rule pages of docs/: each article with its sentences, its rules, and where they live.

They are made of the statutes' records, the table of rules and the case law; a test holds them to
these, and `pytest -n0 tests/test_rule_pages.py --bless` writes them anew.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import b40cli.rules
from b40cli.acts.reads.coverage import HELD, judges_of
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.render.kosovo import designated
from b40cli.rules.case.rule import Rule
from b40cli.rules.record.signed.history import NORMS
from b40cli.rules.record.signed.signatures import Norm
from b40cli.rules.table import rules_under
from b40cli.store.yaml.dialect import parse
from tests.caselaw import FOLDER, files, precedent
from tests.invented import records

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "rules"
STATUTES = ROOT / "registry" / "statutes"
MADE = "<!-- Made by `pytest -n0 tests/test_rule_pages.py --bless`; do not edit. -->\n"
RECORD = "the record"
NEWEST = max(KNOWN_SETS)
RULES = rules_under(NEWEST)


def pages() -> dict[str, str]:
    """Every page by its name."""
    articles = _statutes("articles")["articles"]
    made = {f"{article['id']}.md": _article(article) for article in articles}
    made["the-record.md"] = _record()
    made["open-points.md"] = _points()
    made["README.md"] = _contents(articles)
    return {name: designated(f"{MADE}{text}", "\\") for name, text in made.items()}


def _statutes(name: str) -> Any:
    return parse((STATUTES / f"{name}.yaml").read_bytes())


def _contents(articles: list[dict[str, Any]]) -> str:
    lines = [f"- [Article {a['id'][3:]}]({a['id']}.md): {a['title']}" for a in articles]
    told = "- [The record](the-record.md): what holds of every record, and of every commit"
    points = "- [Open points](open-points.md): where the text can be read in more than one way"
    return "\n".join(("# The rules", "", *lines, told, points, ""))


def _article(article: dict[str, Any]) -> str:
    number = article["id"][3:]
    lines = [
        f"# Article {number}: {article['title']}",
        "",
        "| sentence | what judges it |",
        "|---|---|",
    ]
    lines += [_sentence(sentence) for sentence in article["sentences"]]
    own = [line for rule in RULES if _home(rule) == article["id"] for line in _rule(rule)]
    held = _norm(HELD) if _home(HELD) == article["id"] else ()
    return "\n".join((*lines, "", *own, *held))


def _sentence(sentence: dict[str, Any]) -> str:
    judged = ", ".join(
        f"[{name}]({_page(name)}#{name})" for name in judges_of(sentence["id"], NEWEST)
    )
    says = sentence["says"].replace("|", "\\|")
    return f"| {sentence['id']}: {says} | {judged or sentence.get('why_no_rule', '')} |"


def _page(name: str) -> str:
    """The page a rule stands on; what no rule of the table is belongs to the record."""
    told: list[Rule | Norm] = [*RULES, HELD]
    home = next((_home(rule) for rule in told if rule.name == name), RECORD)
    return "the-record.md" if home == RECORD else f"{home}.md"


def _home(rule: Rule | Norm) -> str:
    """The article whose page tells a rule: the first it cites."""
    if rule.article == RECORD:
        return RECORD
    return f"art{rule.article.removeprefix('Art. ').split(',', 1)[0]}"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"## {rule.name}"
    yield f"\n{rule.norm} ({rule.kind}, {rule.article})\n"
    yield f"- Fails: {rule.fails}"
    yield f"- Cure: {rule.cure}"
    about = ", ".join("every record" if place == "*" else place for place in rule.about)
    yield f"- Asked of: {about}" + (f" on {', '.join(rule.matters)}" if rule.matters else "")
    if rule.parameters:
        yield f"- Numbers: {', '.join(rule.parameters)} (registry/statutes/parameters.yaml)"
    if rule.readings:
        points = (f"[{point}](open-points.md#{point.lower()})" for point in rule.readings)
        yield f"- Open points: {', '.join(points)}"
    yield f"- Code: [{_place(rule)}](../../{_place(rule)})"
    trips, passes = _cases(rule)
    yield f"- Trips: {', '.join(trips)}"
    yield f"- Passes: {', '.join(passes)}\n"


def _place(rule: Rule) -> str:
    """The module whose list holds the rule; duties and a few others are made from a pattern."""
    asked = rule.arising or rule.question
    module = next((m for m in _modules() if rule in getattr(m, "RULES", ())), None)
    name = module.__name__ if module else asked.__module__
    return f"{name.replace('.', '/')}.py"


@cache
def _modules() -> tuple[ModuleType, ...]:
    found = pkgutil.walk_packages(b40cli.rules.__path__, "b40cli.rules.")
    return tuple(
        import_module(module.name) for module in found if module.name != "b40cli.rules.table"
    )


def _cases(rule: Rule) -> tuple[list[str], list[str]]:
    hands: tuple[list[str], list[str]] = ([], [])
    for file in files():
        case = precedent(file)
        if case.asks is rule:
            place = file.relative_to(FOLDER).as_posix()
            hands[not case.then].append(f"[{file.stem}](../../tests/cases/{place})")
    return hands


def _record() -> str:
    lines = ["# The record", ""]
    for rule in RULES:
        if _home(rule) == RECORD:
            lines += _rule(rule)
    lines += ["# What the audit asks of commits", ""]
    return "\n".join((*lines, *(line for norm in NORMS for line in _norm(norm))))


def _norm(norm: Norm) -> Iterator[str]:
    """What holds without a rule of the table: there is no case of it."""
    yield f"## {norm.name}"
    yield f"\n{norm.norm} ({norm.kind}, {norm.article})\n"
    yield f"- Fails: {norm.fails}"
    yield f"- Cure: {norm.cure}\n"


def _points() -> str:
    lines = ["# Open points", ""]
    held = records(NEWEST)
    for path in sorted(path for path in held if "/INT-" in path):
        point = held[path]
        taken = point["adopted"][-1]
        lines += [f"## {point['id']}", f"\n{point['question']} ({', '.join(point['articles'])})\n"]
        for reading in point["readings"]:
            mark = f", taken ({taken['by']})" if reading["id"] == taken["reading"] else ""
            lines.append(f"- `{reading['id']}`{mark}: {reading['means']}")
        bears = (rule for rule in RULES if point["id"] in rule.readings)
        links = ", ".join(f"[{r.name}]({_page(r.name)}#{r.name})" for r in bears)
        lines += [f"\nBears on: {links or 'no rule'}.\n"]
    return "\n".join(lines)
