"""The answer as text, on the screen that the command's row names."""

from __future__ import annotations

from typing import Any

from b40cli.cli.commands import row_of
from b40cli.cli.lazy import named
from b40cli.model.answer import Answer
from b40cli.render import tell


def told(answer: Answer[Any], form: str) -> str:
    """The answer in a format; nothing but the command's own screen is loaded."""
    row = row_of(answer.command)
    screen, page = (row.screen, row.page) if row else ("", "")
    return tell(answer, form, named(screen) if screen else None, named(page) if page else None)
