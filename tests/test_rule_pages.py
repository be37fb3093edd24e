"""The rule pages say what the statutes, the rules and the cases say, and every link leads there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from b40cli.rules.table import RULES
from tests.rule_pages import PAGES, pages

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
