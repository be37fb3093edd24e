"""The answer as text, on the screen that the command's row names."""

from __future__ import annotations

from typing import Any

from b40cli.cli.commands import row_of
from b40cli.cli.lazy import named
from b40cli.model.answer import Answer
from b40cli.render import tell


def live(answer: Answer[Any], width: int, *, colour: bool) -> str:
    """The answer painted for a terminal; a letter and a file's text stay as they are in a pipe."""
    from b40cli.render.findings import within
    from b40cli.render.live import telling
    from b40cli.render.screen_parts import painted
    from b40cli.render.terminal import answer_text

    row = row_of(answer.command)
    screen = named(row.live) if row and row.live else None
    plain = named(row.screen) if row and row.screen else None
    if "paper" in answer.beside or (
        answer.told is not None and answer.told == answer.result.get("file")
    ):
        return told(answer, "terminal")
    shown = screen if answer.result and (answer.told is None or answer.commit) else None
    with within(width):
        text = "" if shown else answer_text(answer, plain)
        lines = telling.live(answer, shown, text.split("\n"), width)
        return painted(lines, width, colour=colour)


def told(answer: Answer[Any], form: str) -> str:
    """The answer in a format; nothing but the command's own screen is loaded.

    A paper is told as one in every format but JSON: a letter is a letter.
    """
    if form != "json" and (paper := answer.beside.get("paper")) is not None:
        from b40cli.render.papers.md import page_of

        return page_of(paper, answer.asked)
    row = row_of(answer.command)
    screen, page = (row.screen, row.page) if row else ("", "")
    return tell(answer, form, named(screen) if screen else None, named(page) if page else None)
