"""Coverage: every sentence of the statutes has its rules, and every rule its sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import b40cli
from b40cli.acts.reads.coverage import HELD, judges_of
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
        judged = bool(judges_of(sentence["id"]))
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
    points = (STATUTES / "interpretations").glob("*.yaml")
    assert set(rule.readings) <= {point.stem for point in points}


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
    office = Office(scene(tmp_path), capsys)
    result = office.asks("statutes", "coverage")["result"]
    assert result["missing"] == result["unnamed"] == []
    assert result["counts"]["sentences"] == len(SENTENCES)
    assert result["counts"]["ruled"] + result["counts"]["unruled"] == len(SENTENCES)
    assert result["counts"]["rules"] == len(RULES)
