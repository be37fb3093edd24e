"""What every screen is made of: tables, trees, words; nothing here knows a command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from b40cli.model.answer import Answer
from b40cli.render.findings import columns_there, wrapped
from b40cli.render.visible import directed, visible

# How a command's row (cli/commands.py) has its answer told: in lines, or as a Markdown page.
Screen = Callable[[Answer[Any]], list[str]]
Page = Callable[[Answer[Any]], str]


def listed(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> list[str]:
    """A table, or a word that there is nothing to list."""
    cells = list(rows)
    return table(heads, cells) if cells else ["none on record"]


def table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> list[str]:
    """Columns under their heads, folded into 80; wider rather than break an id or a day."""
    from io import StringIO

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = [[visible("" if cell is None else str(cell)) for cell in row] for row in rows]
    widths = _widths([heads, *cells])
    grid = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False)
    for head, width in zip(heads, widths, strict=True):
        grid.add_column(Text(head), overflow="fold", width=width)
    page = StringIO()
    room = max(columns_there(), sum(widths) + GAP * len(widths))
    console = Console(file=page, width=room, color_system=None, markup=False, emoji=False)
    for row in cells:
        texts = [*map(Text, row)]
        lines = [len(text.wrap(console, w)) for text, w in zip(texts, widths, strict=True)]
        grid.add_row(
            *(Text("\n" * down + cell) for cell, down in zip(row, _down(lines), strict=True))
        )
    console.print(grid)
    return [line.rstrip() for line in page.getvalue().splitlines()]


def _down(lines: Sequence[int]) -> list[int]:
    """How far down each cell begins: where two are folded, each where the one before it ends."""
    several = sum(n > 1 for n in lines) > 1
    return [several * sum(n - 1 for n in lines[:before]) for before in range(len(lines))]


# Between two columns; and how long a word is that is one.
GAP, WORD = 3, 24
# An id, a day or a time: what a reader copies is never broken.
COPIED = r"(?a:\w+(?:[-:+]\w+)+)"


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide each column is: no word is broken but a very long one, where all fits so."""
    for parts in (str.split, _copied):
        widths = _given_way(rows, parts)
        if sum(widths) + GAP * (len(widths) - 1) <= columns_there():
            return widths
    return _given_way(rows, str.split)


def _copied(cell: str) -> list[str]:
    """What of a cell is never broken: its ids and days whole, of a word as much as words have."""
    return [*re.findall(COPIED, cell), *(word[:WORD] for word in cell.split())]


def _given_way(rows: Sequence[Sequence[str]], parts: Callable[[str], list[str]]) -> list[int]:
    """The widths where the widest columns give way, none below the longest of its parts."""
    from rich.cells import cell_len

    columns = list(zip(*rows, strict=True))
    widths = [max(1, *map(cell_len, column)) for column in columns]
    whole = [[cell_len(part) for cell in column for part in parts(cell)] for column in columns]
    least = [max(lengths, default=1) for lengths in whole]
    while sum(widths) + GAP * (len(widths) - 1) > columns_there():
        wide = [n for n, width in enumerate(widths) if width > least[n]]
        if not wide:
            break
        widths[max(wide, key=widths.__getitem__)] -= 1
    return widths


def tree(data: Any, indent: str = "  ") -> list[str]:
    """A record as indented lines."""
    if not isinstance(data, Mapping):
        return wrapped(spelt(data), indent)
    lines: list[str] = []
    for key, value in data.items():
        if isinstance(value, Mapping):
            lines += [f"{indent}{visible(key)}:", *tree(value, indent + "  ")]
        elif isinstance(value, list) and any(isinstance(v, Mapping) for v in value):
            lines += [f"{indent}{visible(key)}:"]
            for inner in value:
                first, *rest = tree(inner, indent + "    ")
                lines += [f"{indent}  - {first.strip()}", *rest]
        else:
            said = ", ".join(map(spelt, value)) if isinstance(value, list) else spelt(value)
            lines += wrapped(f"{key}: {said}", indent + "  ", indent)
    return lines


def spelt(value: Any) -> str:
    """A plain value as the record writes it."""
    return json.dumps(value) if value is None or isinstance(value, bool) else str(value)


def painted(lines: Iterable[Iterable[tuple[str, str]]], width: int, *, colour: bool) -> str:
    """Lines of styled text as a terminal takes them; without colour, type tells them apart."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    page = StringIO()
    system = "standard" if colour else None
    how = {"markup": False, "emoji": False, "highlight": False, "soft_wrap": True}
    console = Console(file=page, width=width, force_terminal=True, color_system="standard")
    console.no_color = system is None
    for line in lines:
        text = Text.assemble(*((directed(part), style) for part, style in line if part))
        console.print(text, **how)  # type: ignore[arg-type]
    return page.getvalue()
