"""Every answer the threat model gives is shown by a test that exists, and every page it names."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "threat-model.md"
NAMED = re.compile(r"`(tests/[a-z0-9_/]+\.py)::(test_[a-z0-9_]+)`")
THREATS = ("clerk", "pull request", "artifact", "key", "history", "file", "second clerk")


@cache
def defined_in(file: str) -> frozenset[str]:
    """The tests a file defines."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED.findall(PAGE.read_text("utf-8")))))
def test_the_test_exists(file: str, name: str) -> None:
    assert (ROOT / file).is_file()
    assert name in defined_in(file)


def test_every_threat_has_a_test() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    told = [row for row in rows if not row.startswith("| threat |")]
    assert len(told) > 30
    assert [row for row in told if not NAMED.search(row.rsplit("|", 2)[1])] == []


def test_every_threat_of_the_design_is_treated() -> None:
    headings = re.findall(r"^### (.*)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert all(any(threat in heading for heading in headings) for threat in THREATS)


def test_pages_it_names_exist() -> None:
    for page in set(re.findall(r"`(docs/[a-z0-9/-]+\.md)`", PAGE.read_text("utf-8"))):
        assert (ROOT / page).is_file(), page
