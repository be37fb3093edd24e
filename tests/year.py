"""A year of 24 invented cities, as 0.1.0 made it: votes by name, a removal, a report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from b40cli.acts.opened.view import View, open_view
from tests.invented import git

HERE = Path(__file__).resolve().parent
BUNDLE = HERE / "registers" / "0.1.0-invented.bundle"
DAY = date(2027, 3, 1)


def year(folder: Path) -> View:
    """The register in a new folder, opened on a day after it."""
    git(HERE, "clone", "-q", str(BUNDLE), str(folder))
    return open_view(folder, DAY)
