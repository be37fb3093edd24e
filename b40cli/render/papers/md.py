"""A paper in Markdown, on lines of 80 columns: for the terminal, a mail, a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain
from typing import Any

from b40cli.model import paper as parts
from b40cli.model.screen import Masthead, ScreenPart
from b40cli.model.wording import UNOFFICIAL
from b40cli.render.findings import within, wrapped
from b40cli.render.kosovo import designated
from b40cli.render.markdown import fenced, plain
from b40cli.render.papers.told_in_words import bars_said, missing, votes_said
from b40cli.render.visible import visible

WIDTH = 80
UNFOLDED = 1_000_000
# What would begin a list where a line was folded.
_BEGINS = re.compile(r"^(\s*\d*)([-+=.)])(?=\s|$)")
# Behind its signs a heading may begin with a number: nothing there reads it as a list.
_NUMBERED = re.compile(r"(?<=# )(\d+)\\\.")


def markdown(paper: parts.Paper) -> str:
    """The paper as Markdown; nothing a record holds is read as markup, and ids stay whole."""
    head = [f"# {_inline(paper.title)}"] if paper.title else []
    content = [_text(f"{paper.network}, {paper.office}"), _text(paper.lead) if paper.lead else []]
    said = [_WRITTEN[type(part)](part) for part in paper.parts]
    foot = [*_text(paper.basis), *(["", f"_{UNOFFICIAL}_"] if paper.unofficial else [])]
    addressed = [_text("; ".join(paper.addressed))] if paper.addressed else []
    blocks = [head, *content, *addressed, *said, foot]
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return designated(text + "\n", "\\")


def page_of(paper: parts.Paper, asked: str | None) -> str:
    """The paper as a command tells it, with which state of knowledge was asked about."""
    text = markdown(paper)
    return f"{text}\n" + "\n".join(_text(asked)) + "\n" if asked and "knew" in asked else text


def _inline(words: parts.Words) -> str:
    content = parts.parts_of(words)
    return "".join(
        f"**{plain(p.text)}**"
        if isinstance(p, parts.Strong)
        else _plain(p.text if isinstance(p, parts.Toned) else p)
        for p in content
    )


def _plain(text: str) -> str:
    """As `plain`, with the blanks at its ends, where strong words stand beside it."""
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{plain(text)}{tail}" if text.strip() else visible(text)


def _text(words: parts.Words, lead: str = "") -> list[str]:
    first, *rest = wrapped(_inline(words), " " * len(lead), lead) or [lead]
    return [first, *(_BEGINS.sub(r"\1\\\2", line) for line in rest)]


def _headline(part: parts.Headline) -> list[str]:
    """A heading is one line, however long its title: what goes on below it is none."""
    aside = f" ({part.aside})" if part.aside else ""
    with within(UNFOLDED):
        [line] = _text(f"{part.text}{aside}", f"{'#' * (part.level + 1)} ")
    return [_NUMBERED.sub(r"\1.", line)]


def _labelled(rows: tuple[tuple[str, parts.Words], ...]) -> list[str]:
    return [
        line
        for label, said in rows
        for line in _text((f"{label.strip()}: ", *parts.parts_of(said)), "- ")
    ]


def in_markdown(part: ScreenPart) -> str:
    """A part of a screen in Markdown, a line a paragraph; a table is one, however wide."""
    with within(UNFOLDED):
        return _in_markdown(part)


def _in_markdown(part: ScreenPart) -> str:
    if isinstance(part, Masthead):
        head = _headline(parts.Headline(part.text, 1, part.aside))
        return "\n".join([*head, *(["", *_text(part.right)] if part.right else [])])
    if isinstance(part, parts.Headline):
        return "\n".join(_headline(part._replace(level=2)))
    if isinstance(part, parts.Tabular):
        return "\n".join(_whole_table(part)) if part.rows else ""
    return "\n".join(_WRITTEN[type(part)](part))


def _table(part: parts.Tabular) -> list[str]:
    """A table where it fits the line, else an item a row with its heads."""
    table = _whole_table(part)
    if len(table[0]) > WIDTH:
        return list(chain.from_iterable(_item(part, row) for row in part.rows))
    return table


def _whole_table(part: parts.Tabular) -> list[str]:
    rows = [[_inline(cell).strip() for cell in row] for row in part.rows]
    heads = [_inline(head).strip() for head in part.heads]
    # Under each head at least a dash, or it is no table.
    columns = enumerate(zip(heads, *rows, strict=True))
    widths = [max(*map(len, column), 1 + (n in part.numbers)) for n, column in columns]
    ruled = ["-" * (w - 1) + ":" if n in part.numbers else "-" * w for n, w in enumerate(widths)]
    return [_row(heads, widths), _row(ruled, widths), *(_row(row, widths) for row in rows)]


def _row(cells: list[str], widths: list[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


def _item(part: parts.Tabular, row: tuple[parts.Words, ...]) -> list[str]:
    """`- Plovdiv; country Bulgaria; headed by Ana Primer; Mayor`, what is empty left out."""
    said: list[str | parts.Strong | parts.Toned] = []
    for n, (head, cell) in enumerate(zip(part.heads, row, strict=True)):
        if cell:
            mark = "" if not said else ": " if len(row) == 2 else "; "
            label = f"{head[:1].lower()}{head[1:]} " if said and head and not part.widths[n] else ""
            said += [f"{mark}{label}", *parts.parts_of(cell)]
    return _text(tuple(said), "- ")


def _ballots(part: parts.Ballots) -> list[str]:
    gone = missing(part)
    return _text(f"{votes_said(part)}{f' ({gone})' if gone else ''}.")


def _display(part: parts.Display) -> list[str]:
    lines = [
        _text(part.above),
        [f"# {_inline(part.name)}"],
        _text(part.below),
        _text(" ".join(part.said)),
    ]
    blocks = [*lines, _labelled(part.rows), _text(part.issued)]
    return "\n\n".join("\n".join(block) for block in blocks).split("\n")


def _signed(part: parts.Signatures) -> list[str]:
    line = "\\_" * 20
    people = (
        [
            f"{line}  ",
            *([*_text(name)[:-1], f"{_text(name)[-1]}  "] if name else []),
            *_text(office),
        ]
        for name, office in part.people
    )
    return "\n\n".join("\n".join(person) for person in people).split("\n")


_WRITTEN: dict[type, Callable[[Any], list[str]]] = {
    parts.Headline: _headline,
    parts.Paragraph: lambda part: _text(part.words),
    parts.Note: lambda part: _text(part.words),
    parts.Tabular: _table,
    parts.Items: lambda part: [line for item in part.items for line in _text(item, "- ")],
    parts.Summary: lambda part: _labelled(part.rows),
    parts.Ballots: _ballots,
    parts.Bars: lambda part: _text(f"{bars_said(part)}."),
    parts.Signatures: _signed,
    parts.Display: _display,
    parts.Verbatim: lambda part: fenced(part.text).split("\n"),
    parts.Typed: lambda part: fenced(part.text).split("\n"),
    parts.PageBreak: lambda _part: ["---"],
}
