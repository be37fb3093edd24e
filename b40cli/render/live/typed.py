"""A command on a screen: to be copied as it stands, on however many lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from b40cli.render.live.sheet import GAP, ScreenLine, cells, cut_at, line
from b40cli.render.visible import visible

# A word of a command as a shell takes it: blanks in quotes are part of it.
_TYPED = re.compile(r"""(?:"[^"]*"|'[^']*'|\S)+""")


def typed(text: str, width: int, lead: str = "    ") -> list[ScreenLine]:
    """A command to be copied: parted between its words alone, by the sign that a shell knows."""
    room = max(width - cells(lead) - GAP, 12)
    lines = [lead]
    for word in _units(visible(text), room - GAP):
        if lines[-1] == lead:
            lines[-1] += word
        elif cells(lines[-1]) + 1 + cells(word) <= cells(lead) + room:
            lines[-1] += f" {word}"
        else:
            lines[-1] += " \\"
            lines.append(f"{lead}  {word}")
    return [part for each in lines for part in _at_edge(each, width)]


def _units(text: str, room: int) -> list[str]:
    """Its words, an option together with its value where a line holds both."""
    units: list[str] = []
    for word in _TYPED.findall(text):
        option = units and units[-1].startswith("--") and " " not in units[-1]
        if option and not word.startswith("--") and cells(units[-1]) + 1 + cells(word) <= room:
            units[-1] += f" {word}"
        else:
            units.append(word)
    return units


def _at_edge(rest: str, width: int) -> Iterator[ScreenLine]:
    """A line of a command; a word that none holds goes on at the very edge, as a shell reads it."""
    while cells(rest) > width:
        cut = cut_at(rest, width - 1)
        yield line(f"{rest[:cut]}\\")
        rest = rest[cut:]
    yield line(rest)
