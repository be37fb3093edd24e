"""The whole of an answer for a terminal: findings, the screen, what kind of register it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from b40cli.model.answer import Answer
from b40cli.model.designation import starred
from b40cli.render.kosovo import NOTE, named
from b40cli.render.live.findings import findings
from b40cli.render.live.sheet import (
    DIM,
    VERDICT,
    YELLOW,
    LiveScreen,
    ScreenLine,
    Styled,
    bold,
    flow,
    line,
)

COMMITTED = "  Commit "


def live(
    answer: Answer[Any], screen: LiveScreen | None, plain: Iterable[str], width: int
) -> list[ScreenLine]:
    """The lines of an answer; `plain` is its text in a pipe, where it has no live screen."""
    parts = [findings(answer.findings, width)] if not answer.result.get("found") else []
    if screen is not None:
        parts.append(screen(answer, width))
    elif not answer.ok and answer.findings and answer.told is not None:
        parts.append(_refused(answer))
    else:
        parts.append(_told(plain, answer))
    if answer.asked:
        parts.append(flow(answer.asked, width, style=DIM))
    if answer.status == "unofficial":
        said = "Unofficial: nobody has adopted this register."
        parts.append(flow(said, width, (Styled("! ", YELLOW),)))
    lines = [each for part in parts if part for each in ((), *part)][1:]
    return _designated(lines, width)


def _told(plain: Iterable[str], answer: Answer[Any]) -> list[ScreenLine]:
    """What an act says of itself: its headline behind a sign, the commit dim."""
    lines = [line(text) for text in plain]
    if answer.told is None or not answer.commit or not lines:
        return lines
    first = line(Styled("✓ ", VERDICT["✓"]), *lines[0])
    rest = [
        line(Styled(each[0].text, DIM)) if each and each[0].text.startswith(COMMITTED) else each
        for each in lines[1:]
    ]
    return [first, *rest]


def _refused(answer: Answer[Any]) -> list[ScreenLine]:
    why = next((f.rule for f in answer.findings if f.kind == "validity"), "")
    told = line(bold("Nothing was written."))
    return [(*told, Styled("  Why: ", DIM), Styled(f"b40 explain {why}"))] if why else [told]


def _designated(lines: list[ScreenLine], width: int) -> list[ScreenLine]:
    """Art. 1: the asterisk wherever it was left out, the note once at the end, dim."""
    starry = [tuple(Styled(starred(span.text), span.style) for span in each) for each in lines]
    text = "\n".join("".join(span.text for span in each) for each in starry)
    return [*starry, (), *flow(NOTE, width, style=DIM)] if named(text) else starry
