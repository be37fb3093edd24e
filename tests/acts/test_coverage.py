"""Coverage: every sentence of the statutes has its rules, and every rule its sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import b40cli
from b40cli.acts.reads.coverage import HELD, judges_of
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.rules import table
from b40cli.rules.articles.art10_amendment import DESCRIBED
from b40cli.rules.case.rule import RECORD, Rule
from b40cli.rules.case.rule_sets import CONTENTS
from b40cli.rules.table import RULES
from b40cli.store.shipped import shipped
from b40cli.store.yaml.dialect import parse
from tests.acts.scene import Office, scene

STATUTES = shipped("registry") / "statutes"
ARTICLES = parse((STATUTES / "articles.yaml").read_bytes())["articles"]
PARAMETERS = parse((STATUTES / "parameters.yaml").read_bytes())["parameters"]
SENTENCES = [sentence for article in ARTICLES for sentence in article["sentences"]]
HELD_SENTENCES = {sentence["id"] for sentence in SENTENCES}


def test_there_are_fourteen_articles_with_numbered_sentences() -> None:
    assert [article["id"] for article in ARTICLES] == [f"art{n}" for n in range(1, 15)]
    for article in ARTICLES:
        ids = [sentence["id"] for sentence in article["sentences"]]
        assert ids == [f"{article['id']}.{n}" for n in range(1, len(ids) + 1)]


def test_every_sentence_has_a_rule_or_a_reason() -> None:
    for sentence in SENTENCES:
        judged = bool(judges_of(sentence["id"], max(KNOWN_SETS)))
        assert judged != bool(sentence.get("why_no_rule")), sentence["id"]


def test_every_sentence_that_a_rule_names_exists() -> None:
    assert HELD_SENTENCES.issuperset(HELD.sentences)
    for rule in RULES:
        assert HELD_SENTENCES.issuperset(rule.sentences), rule.name


def test_every_rule_of_an_article_is_named_by_a_sentence() -> None:
    """A rule that no sentence asks for is law of our own making."""
    assert [r.name for r in RULES if r.article != RECORD and not r.sentences] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_explains_itself(rule: Rule) -> None:
    """Norm, failing example and cure are sentences; parameters and readings exist."""
    for said in (rule.norm, rule.fails, rule.cure):
        assert said.strip() == said and said.endswith(".") and 12 <= len(said) <= 200, said
    assert rule.fails != rule.cure
    coming = {number.name for contents in CONTENTS.values() for number in contents.numbers}
    assert set(rule.parameters) <= {p["name"] for p in PARAMETERS} | coming
    coming = {point.id for contents in CONTENTS.values() for point in contents.points}
    points = (STATUTES / "interpretations").glob("*.yaml")
    assert set(rule.readings) <= {point.stem for point in points} | coming


def test_what_nothing_is_computed_by_is_read_nowhere() -> None:
    """Beside the list itself such a name stands in what rules say of themselves, and no more."""
    read: set[str] = set()
    # The matters of a body are looked up by its name.
    named = {p["name"] for p in PARAMETERS if not p["name"].endswith("-matters")}
    for text in (file.read_text("utf-8") for file in Path(b40cli.__file__).parent.rglob("*.py")):
        if any(name in text for name in named):
            read |= {n.value for n in _reading(ast.parse(text)) if isinstance(n.value, str)}
    assert named - read == DESCRIBED


def _reading(node: ast.AST) -> Iterator[ast.Constant]:
    told = isinstance(node, ast.keyword) and node.arg == "parameters"
    named = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in (
        "DESCRIBED",
        "ABSOLUTE",
    )
    if isinstance(node, ast.Constant):
        yield node
    elif not told and not named:
        for part in ast.iter_child_nodes(node):
            yield from _reading(part)


def test_the_command_tells_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = Office(scene(tmp_path, rule_set=max(KNOWN_SETS)), capsys)
    result = office.asks("statutes", "coverage")["result"]
    assert result["missing"] == result["unnamed"] == []
    assert result["counts"]["sentences"] == len(SENTENCES)
    assert result["counts"]["ruled"] + result["counts"]["unruled"] == len(SENTENCES)
    assert result["counts"]["rules"] == len(table.rules_under(max(KNOWN_SETS)))


LATE = "suspended-in-office"


def test_a_rule_is_told_by_the_set_of_the_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the set that brings it, it judges no sentence; and it says why it is not asked."""
    office = Office(scene(tmp_path), capsys)
    assert LATE not in _judging(office, "art9.3", "2026-03-02")
    told = office.asks("explain", LATE, on="2026-03-02")["result"]["rule"]["other_set"]
    assert told == "It comes with rule set 2: b40 statutes upgrade --dry-run shows it."
    office.asks("statutes", "upgrade", on="2026-03-02")
    told = office.asks("explain", LATE, on="2026-03-02")["result"]["rule"]["other_set"]
    assert told == "It is asked about 2026-03-03 and later days."
    assert LATE in _judging(office, "art9.3", "2026-03-03")
    rule = office.asks("explain", LATE, on="2026-03-03")["result"]["rule"]
    assert "other_set" not in rule


def _judging(office: Office, sentence: str, day: str) -> list[str]:
    covered = office.asks("statutes", "coverage", on=day)["result"]
    (article,) = office.asks("explain", "art9", on=day)["result"].values()
    (named,) = [s.get("rules", []) for s in article["sentences"] if s["id"] == sentence]
    (rules,) = [
        s["rules"] for a in covered["articles"] for s in a["sentences"] if s["id"] == sentence
    ]
    assert rules == named
    return list(rules)


def test_of_two_rules_of_one_name_that_of_the_set_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was replaced, and the one that replaced it."""
    (older,) = [rule for rule in RULES if rule.name == "criteria-recorded"]
    newer = older._replace(norm="A newer norm.", since=3)
    monkeypatch.setattr(table, "RULES", (older._replace(until=3), newer))
    assert [table.rule_named(older.name, n) for n in (1, 2, 3)] == [
        *(older._replace(until=3), older._replace(until=3), newer)
    ]
    assert table.rules_under(3) == (newer,)
