"""The statutes as this register holds them: articles, parameters, readings, rules explained."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.coverage import HELD, as_judged
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.facts.statutes import KNOWN_SETS, Adoption, NotInForce
from b40cli.rules.case.law import edition_on, newest_in, rule_set_on
from b40cli.rules.case.rule import Rule
from b40cli.rules.case.rule_sets import set_of_number, set_of_point
from b40cli.rules.record.signed.history import NORMS, norm_named
from b40cli.rules.record.signed.signatures import Norm
from b40cli.rules.table import RULES, rule_named, rules_under

if TYPE_CHECKING:
    from b40cli.model.results import statutes as shape

CLOSE = 5


def show(view: View, reference: str | None) -> Answer[shape.StatutesShown]:
    """The edition in force, one article, or one parameter."""
    if reference is None:
        return answer(view, "statutes show", _overview(view))
    article = next((a for a in view.registry.articles() if a["id"] == _plain(reference)), None)
    if article is not None:
        return answer(view, "statutes show", {"article": _article(view, article)})
    name = reference.strip().lower()
    if name not in view.registry.parameters():
        raise UsageError(
            f"Neither an article nor a parameter is called {reference}.",
            f"b40 explain {reference} tells it."
            if reference.upper() in view.registry.interpretations()
            else _of_a_later_set(view, reference)
            or "Articles are art1 to art14; b40 statutes show lists the parameters.",
        )
    return answer(view, "statutes show", {"parameter": _parameter(view, name)})


def _overview(view: View) -> shape.Statutes:
    edition = edition_on(view.registry, view.on)
    return {
        "rule_set": rule_set_on(view.registry, view.on),
        "rule_sets": [
            {"number": taken.number, "from": str(taken.start), "by": taken.by}
            for taken in view.registry.rule_sets()
        ],
        "newest": max(KNOWN_SETS),
        "edition": None if edition is None else {"id": edition.id, "since": str(edition.start)},
        "articles": [{"id": a["id"], "title": a["title"]} for a in view.registry.articles()],
        "parameters": [_parameter(view, name) for name in view.registry.parameters()],
    }


def _article(view: View, article: Any) -> shape.ArticleText:
    points = [p.id for p in view.registry.interpretations().values() if article["id"] in p.articles]
    return {
        "id": article["id"],
        "title": article["title"],
        "sentences": as_judged(article, rule_set_on(view.registry, view.on)),
        "open_points": points,
    }


def _parameter(view: View, name: str) -> shape.ParameterRow:
    parameter = view.registry.parameters()[name]
    of = {"name": name, "article": parameter.article}
    row = cast("shape.ParameterRow", {**of, "value": None, "set_by": None})
    with suppress(NotInForce):
        held = parameter.on(view.on)
        told = {"value": held.value, "since": str(held.start), "set_by": held.set_by}
        row = cast("shape.ParameterRow", {**of, **told})
    later = parameter.after(view.on)
    if later:
        row["later"] = {"value": later.value, "set_by": later.set_by, "since": str(later.start)}
    return row


def readings(view: View, point: str | None) -> Answer[shape.ReadingsShown]:
    """The open points of the text, the reading in force of each, and the others."""
    points = view.registry.interpretations()
    point = point and point.strip().upper()
    if point is not None and point not in points:
        raise UsageError(
            f"No open point is called {point}.",
            _of_a_later_set(view, point) or f"They are {min(points)} to {max(points)}.",
        )
    names = [point] if point else list(points)
    return answer(view, "statutes readings", {"readings": [_reading(view, n) for n in names]})


def _reading(view: View, name: str) -> shape.ReadingRow:
    point = view.registry.interpretations()[name]
    in_force: shape.InForce = {}
    with suppress(NotInForce):
        adopted = point.on(view.on)
        in_force = {"reading": adopted.reading, "by": adopted.by, "since": str(adopted.start)}
    later = point.after(view.on)
    if later:
        in_force["later"] = reading_taken(later)
    reading = in_force.get("reading", "")
    return {
        "id": name,
        "question": point.question,
        "articles": list(point.articles),
        **in_force,
        "means": point.readings.get(reading),
        "others": {k: v for k, v in point.readings.items() if k != reading},
    }


def reading_taken(adopted: Adoption) -> shape.ReadingTaken:
    """What an adoption says: the reading, what took it, from which day on."""
    return {"reading": adopted.reading, "by": adopted.by, "since": str(adopted.start)}


def explain(view: View, reference: str) -> Answer[shape.Explained]:
    """A rule, an open point or an article, with an example that fails and how to cure it."""
    reference = reference.strip()
    name, point = reference.lower(), reference.upper()
    held = HELD if name == HELD.name else None
    rule = rule_named(name, rule_set_on(view.registry, view.on)) or norm_named(name) or held
    if rule is not None:
        return answer(view, "explain", {"rule": _rule(view, rule)})
    if point in view.registry.interpretations():
        return answer(view, "explain", {"reading": _explained_point(view, point)})
    article = next((a for a in view.registry.articles() if a["id"] == _plain(reference)), None)
    if article is None:
        raise UsageError(
            f"No rule, open point or article is called {reference}.",
            _of_a_later_set(view, reference) or _near(view, reference),
        )
    return answer(view, "explain", {"article": _article(view, article)})


def _of_a_later_set(view: View, name: str) -> str | None:
    """What is said of a point or number that a rule set brings which was not taken in."""
    brought = max(set_of_point(name.upper()), set_of_number(name.lower()))
    return _comes_with(brought) if brought > newest_in(view.registry) else None


def _comes_with(brought: int) -> str:
    return f"It comes with rule set {brought}: b40 statutes upgrade --dry-run shows it."


def _other_set(view: View, rule: Rule | Norm) -> str | None:
    """Why a rule is not asked about the day: of another set than that in force."""
    held = rule_set_on(view.registry, view.on)
    if rule.since > held:
        taken = [s.start for s in view.registry.rule_sets() if s.number >= rule.since]
        return (
            f"It is asked about {min(taken)} and later days." if taken else _comes_with(rule.since)
        )
    if isinstance(rule, Rule) and not rule.holds_under(held):
        return f"Rule set {rule.until} replaced it."
    return None


def _near(view: View, reference: str) -> str:
    """The names that come near one that is none, and where all of them are listed."""
    from difflib import get_close_matches

    names = [*(rule.name for rule in RULES), *(norm.name for norm in NORMS)]
    names += view.registry.interpretations()
    names += [str(article["id"]) for article in view.registry.articles()]
    wanted = reference.lower().replace(" ", "-")
    within = [name for name in names if wanted and wanted in name.lower()]
    close = get_close_matches(wanted, names, CLOSE) or get_close_matches(reference, names, CLOSE)
    near = list(dict.fromkeys([*within, *close]))[:CLOSE]
    listed = "b40 statutes coverage lists the rules, b40 statutes readings the open points."
    return f"Did you mean {', '.join(near)}?\n{listed}" if near else listed


def _plain(reference: str) -> str:
    """`Art. 11`, `art11` and `11` are one article."""
    plain = reference.lower().replace(".", "").replace(" ", "")
    return f"art{plain}" if plain.isdecimal() else plain


def _rule(view: View, rule: Rule | Norm) -> shape.RuleText:
    # What came with a set that this register has not taken in is not on record here.
    numbers, points = view.registry.parameters(), view.registry.interpretations()
    told: shape.RuleText = {
        "name": rule.name,
        "kind": rule.kind,
        "article": rule.article,
        "rule_set": rule.since,
        "norm": rule.norm,
        "parameters": [_parameter(view, n) for n in rule.parameters if n in numbers],
        "readings": [_reading(view, n) for n in rule.readings if n in points],
        "fails": rule.fails,
        "cure": rule.cure,
    }
    if other := _other_set(view, rule):
        told["other_set"] = other
    return told


def _explained_point(view: View, name: str) -> shape.PointText:
    rules = rules_under(rule_set_on(view.registry, view.on))
    used = [rule for rule in rules if name in rule.readings]
    examples = [_example(view, rule) for rule in used]
    return {**_reading(view, name), "rules": [rule.name for rule in used], "examples": examples}


def _example(view: View, rule: Rule) -> shape.Example:
    """A rule that an open point bears on: its norm, its numbers, what fails and what cures it."""
    told = _rule(view, rule)
    return {
        "rule": rule.name,
        "article": told["article"],
        "norm": told["norm"],
        "parameters": told["parameters"],
        "fails": told["fails"],
        "cure": told["cure"],
    }
