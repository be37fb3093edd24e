"""The answer for the summary of a step on GitHub, cut to what it takes."""

from __future__ import annotations

from collections.abc import Iterable

MOST_BYTES = 1_000_000


def as_summary(text: str) -> str:
    """An answer in Markdown for the step summary, within the size GitHub takes."""
    if len(text.encode()) <= MOST_BYTES:
        return text
    return _cut(text.split("\n"))


def _cut(lines: Iterable[str]) -> str:
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line.encode()) + 1
        if size > MOST_BYTES - 100:
            break
        kept.append(line)
    return "\n".join([*kept, "", "More than a summary holds; `b40 check` tells all of it.", ""])
