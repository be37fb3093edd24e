"""The rule pages say what the statutes, the rules and the cases say, and every link leads there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from b40cli.rules.record.signed.history import NORMS
from b40cli.rules.table import RULES
from tests.rule_pages import PAGES, pages

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)")


def test_the_pages_say_what_the_rules_say(request: pytest.FixtureRequest) -> None:
    made = pages()
    if request.config.getoption("--bless"):
        PAGES.mkdir(exist_ok=True)
        for old in PAGES.glob("*.md"):
            old.unlink()
        for name, text in made.items():
            (PAGES / name).write_text(text, encoding="utf-8")
    assert {file.name: file.read_text(encoding="utf-8") for file in PAGES.glob("*.md")} == made


def test_every_rule_stands_on_one_page() -> None:
    text = "\n".join(pages().values())
    for rule in RULES:
        assert text.count(f"## {rule.name}\n") == 1, rule.name


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for place, heading in LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), place
        if heading:
            assert re.search(rf"(?im)^## {re.escape(heading)}$", target.read_text("utf-8")), heading


def test_what_a_finding_is_called_is_explained() -> None:
    """Whoever is refused under a name can ask for it: `b40 explain`."""
    known = {rule.name for rule in RULES} | {norm.name for norm in NORMS}
    called = {
        name.value: file.name
        for file in (ROOT / "b40cli").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Finding", "_finding")
        for name in (*node.args[:1], *(k.value for k in node.keywords if k.arg == "rule"))
        if isinstance(name, ast.Constant)
    }
    assert len(called) > 12
    # A row of a table that is taken in is no record yet.
    assert called.keys() - known <= {"import-row"}


def test_every_norm_of_the_record_is_named_by_a_test() -> None:
    """What no single state can show has no cases: a test names it."""
    files = [file for file in (ROOT / "tests").rglob("*.py") if file != Path(__file__)]
    texts = [file.read_text("utf-8") for file in files]
    assert [n.name for n in NORMS if not any(f'"{n.name}"' in text for text in texts)] == []
