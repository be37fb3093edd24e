"""The answer as text: as its command's row describes it, else as its result's type does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from b40cli.cli.commands import CommandRow, named, row_of
from b40cli.model.answer import Answer
from b40cli.render import tell

if TYPE_CHECKING:
    from b40cli.model.screen import ScreenPart


def live(answer: Answer[Any], width: int, *, colour: bool) -> str:
    """The answer painted for a terminal; a file's text stays as it is in a pipe."""
    from b40cli.render.findings import within
    from b40cli.render.live import telling
    from b40cli.render.screen_parts import painted
    from b40cli.render.terminal import answer_text

    if answer.told is not None and answer.told == answer.result.get("file"):
        return told(answer, "terminal")
    with within(width):
        parts = _described(answer)
        text = "" if parts is not None else answer_text(answer, None)
        lines = telling.live(answer, parts, text.split("\n"), width)
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
    if form == "markdown" and not page and answer.told is None:
        parts = _described(answer)
        if parts is not None:
            return _page(answer, parts)
    return tell(answer, form, named(screen) if screen else None, named(page) if page else None)


def _page(answer: Answer[Any], parts: Iterable[ScreenPart]) -> str:
    from b40cli.render.kosovo import designated
    from b40cli.render.live.telling import markdown

    return designated(markdown(answer, parts), "\\")


def _described(answer: Answer[Any]) -> Iterable[ScreenPart] | None:
    """What is to be said, in parts; None for an act that tells it itself."""
    row, paper = row_of(answer.command), answer.beside.get("paper")
    if paper is not None:
        from b40cli.render.live.letters import letter

        return letter(paper)
    if row is None or not answer.result:
        return None
    if row.live and (answer.told is None or answer.commit):
        parts: Iterable[ScreenPart] = named(row.live)(answer)
        return parts
    if answer.told is not None:
        return None
    from b40cli.render.live.described import described

    return described(answer, kinds_of(row))


def kinds_of(row: CommandRow) -> tuple[Any, ...]:
    """The types of what a command answers, as its function's return names them."""
    types = _types()
    said: str = named(row.at).returns
    return tuple(types[name] for name in re.findall(r"\w+(?![\w.])", said.removeprefix("Answer")))


def _types() -> dict[str, Any]:
    """Every type of model/results/ by its name: no two share one."""
    from pkgutil import iter_modules

    from b40cli.model import results

    names = (f"{results.__name__}.{m.name}:__dict__" for m in iter_modules(results.__path__))
    return {name: kind for listed in map(named, names) for name, kind in listed.items()}
