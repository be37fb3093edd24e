"""GitHub's step summary: GitHub shows few annotations of a level, the summary holds all of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from b40cli.model.answer import Answer

PLACE = "GITHUB_STEP_SUMMARY"


def summarise(answer: Answer[Any]) -> None:
    """Append the whole list to the step summary; without one, say what GitHub will not show."""
    from b40cli.cli.request import output
    from b40cli.cli.telling import told
    from b40cli.render.github import overflow
    from b40cli.render.step_summary import as_summary

    place = os.environ.get(PLACE)
    if place and _appended(Path(place), as_summary(told(answer, "markdown"))):
        return
    for line in overflow(answer):
        output.aside(line)


def _appended(place: Path, text: str) -> bool:
    from b40cli.cli.request import output

    try:
        with place.open("a", encoding="utf-8", newline="\n") as summary:
            summary.write(text)
    except (OSError, ValueError):
        output.talk(f"the step summary cannot be written ({PLACE})")
        return False
    return True
