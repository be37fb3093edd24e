"""The text of a paper in parts: plain, strong, or an id that no line may break."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from b40cli.model.designation import starred
from b40cli.model.paper import Strong, Toned, Words, parts_of
from b40cli.render.visible import visible

# Decisions, corrections, open points, meetings and days, cities and groups, ids of commits.
_ID = re.compile(
    r"(?<![\w-])((?:GA|EC|PR|MI|C)-\d{4}-\d{3}|INT-\d{2,3}|\d{4}-\d\d-\d\d(?:-[a-z0-9]+)*"
    r"|[a-z]{2}-[a-z0-9]+(?:-[a-z0-9]+)*|[0-9a-f]{7,40})(?![\w-])"
)
LONGEST_ID = 48
KOSOVO = "Kosovo*"


class Run(NamedTuple):
    """A run of text of one kind."""

    kind: Literal["text", "strong", "id"]
    text: str


def runs(words: Words) -> list[Run]:
    """The words as runs, every sign visible, every Kosovo* with its asterisk."""
    parts = parts_of(words)
    return [run for part in parts for run in _runs(part)]


def _runs(part: str | Strong | Toned) -> list[Run]:
    if isinstance(part, Strong):
        return [Run("strong", _clean(part.text))]
    pieces = _ID.split(_clean(part if isinstance(part, str) else part.text))
    return [
        Run("id" if n % 2 and len(piece) <= LONGEST_ID else "text", piece)
        for n, piece in enumerate(pieces)
        if piece
    ]


def _clean(text: str) -> str:
    return starred(visible(text))


def flat(words: Words) -> str:
    """The words as one text."""
    return "".join(run.text for run in runs(words))
