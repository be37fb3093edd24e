"""The manual: made pages are what they are made of, and every link in it leads to a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.manual import FOLDER, PAGES, page

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)\s#]+)(#[^)\s]+)?\)")
GUIDES = ("clerk", "reviewer", "auditor", "ci", "volunteer", "adopting", "upgrading")


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_made(name: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--bless"):
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / name).write_text(page(name), encoding="utf-8")
    assert (FOLDER / name).read_text("utf-8") == page(name)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(document: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.M | re.S)
    lost = [to for to, _part in LINK.findall(text) if not (document.parent / to).exists()]
    assert not lost


@pytest.mark.parametrize("guide", GUIDES)
def test_each_who_comes_has_a_guide(guide: str) -> None:
    """Each is named on the first page of the manual, and that one in the README."""
    assert f"guides/{guide}.md" in (ROOT / "docs" / "README.md").read_text("utf-8")
    assert (ROOT / "docs" / "guides" / f"{guide}.md").exists()
    assert "docs/README.md" in (ROOT / "README.md").read_text("utf-8")
