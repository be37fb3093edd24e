"""What every screen is made of: tables, trees, words; nothing here knows a command."""

from __future__ import annotations

import json
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
    """Columns under their heads; rich folds what does not fit into 80."""
    from io import StringIO

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False)
    for head in heads:
        grid.add_column(Text(head), overflow="fold")
    for row in _fitted([heads, *([visible(_cell(cell)) for cell in row] for row in rows)])[1:]:
        grid.add_row(*map(Text, row))
    page = StringIO()
    Console(file=page, width=columns_there(), color_system=None, markup=False, emoji=False).print(
        grid
    )
    return [line.rstrip() for line in page.getvalue().splitlines()]


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _fitted(rows: list[Sequence[str]]) -> list[Sequence[str]]:
    """Where all is too wide, the widest column on more lines, ids broken behind a hyphen."""
    from textwrap import wrap

    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widest = widths.index(max(widths))
    room = columns_there() - sum(widths) - 3 * (len(widths) - 1) + widths[widest]
    if not 12 <= room < widths[widest]:
        return rows
    folded = ("\n".join(wrap(row[widest], room)) for row in rows)
    return [
        [*row[:widest], cell, *row[widest + 1 :]] for row, cell in zip(rows, folded, strict=True)
    ]


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
