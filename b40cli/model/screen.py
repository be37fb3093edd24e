"""What a screen says, in parts: the same description is laid out on a terminal and in Markdown.

A screen shares its parts with the papers (model/paper.py); its own is the line at its head.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from b40cli.model.paper import (
    Ballots,
    Headline,
    Items,
    Note,
    Paragraph,
    Summary,
    Tabular,
    Typed,
    Words,
)


class Masthead(NamedTuple):
    """What the whole is about, its id beside it; at the end of the line a day or a verdict."""

    text: str
    aside: str = ""
    right: Words = ""


ScreenPart = Masthead | Headline | Paragraph | Note | Tabular | Items | Summary | Ballots | Typed


def listing(heads: Sequence[str], rows: Iterable[Sequence[Words]], bare: bool = False) -> Tabular:
    """Rows under heads, each column as wide as it needs."""
    return Tabular(tuple(heads), tuple(tuple(row) for row in rows), (0,) * len(heads), bare=bare)
