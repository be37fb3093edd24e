"""A vote as one square a ballot, up to thirty; above that one stands for several, and that is said.

A mark stands under the place of the vote that was missing.
"""

from __future__ import annotations

from b40cli.model.paper import Ballots
from b40cli.render.live.sheet import BOLD, DIM, ScreenLine, Styled, dim, flow, line, trimmed
from b40cli.render.papers.told_in_words import ordinal

MOST_SQUARES = 30
INDENT = 10
SHAPES = (("for", "■", "", BOLD), ("against", "□", "", ""), ("abstain", "·", DIM, DIM))


def squares(part: Ballots, width: int) -> list[ScreenLine]:
    """The squares, how many stand for what, and which vote was missing."""
    of = max(-(-sum(part.votes) // MOST_SQUARES), 1)
    marks: list[Styled] = []
    words: list[Styled] = []
    for number, (side, shape, style, said) in zip(part.votes, SHAPES, strict=True):
        if number:
            drawn = max(number // of, 1)
            room = max(drawn * 2, len(f"{number} {side}") + 2)
            marks.append(Styled((f"{shape} " * drawn).ljust(room), style))
            words.append(Styled(f"{number} {side}".ljust(room), said))
    if sum(len(mark.text) for mark in marks) + INDENT > width:
        told = (Styled(f"{word.text.rstrip()}  ", word.style) for word in words)
        return flow(tuple(told), width, (Styled("  "),)) + _missing(part, 2, "", width)
    indent = Styled(" " * INDENT)
    several = [line(indent, dim(f"each for {of} ballots"))] if of > 1 else []
    at = INDENT + (len(marks[0].text) if of == 1 and part.votes[0] else 0)
    gone = _missing(part, at, "▲ ", width)
    return [trimmed((indent, *marks)), trimmed((indent, *words)), *gone, *several]


def _missing(part: Ballots, at: int, sign: str, width: int) -> list[ScreenLine]:
    if part.votes[0] >= part.needed:
        return []
    short = part.needed - part.votes[0]
    said = f"the {ordinal(part.needed)} vote was missing" if short == 1 else f"{short} votes short"
    return flow(said, width, (Styled(" " * at + sign),))
