"""What a live screen is made of: lines of spans, each with a style; nothing here knows a command.

Type and alignment carry the order; a colour only confirms a word or sign that stands there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from b40cli.model.answer import Answer
from b40cli.render.visible import visible

BOLD, DIM, RED, YELLOW, GREEN = "bold", "dim", "red", "yellow", "green"
VERDICT = {"✗": "bold red", "!": "bold yellow", "✓": "bold green"}
GAP = 2


class Styled(NamedTuple):
    """Some text in one style; the text of a record among it is obeyed by nobody."""

    text: str
    style: str = ""


ScreenLine = tuple[Styled, ...]
# A live screen: its answer, in lines for a terminal of a width.
LiveScreen = Callable[[Answer[Any], int], list[ScreenLine]]


def cells(text: str) -> int:
    """How many columns a text takes: wide letters two, marks upon others none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def line(*parts: Styled | str) -> ScreenLine:
    """One line; what is no span yet is plain."""
    spans = (Styled(part) if isinstance(part, str) else part for part in parts)
    return tuple(Styled(visible(span.text), span.style) for span in spans if span.text)


def bold(text: str) -> Styled:
    """What a heading or a name is written in."""
    return Styled(text, BOLD)


def dim(text: str) -> Styled:
    """What is there to be copied or looked up: ids, labels, places."""
    return Styled(text, DIM)


def width_of(whole: ScreenLine) -> int:
    """The columns of a line."""
    return sum(cells(span.text) for span in whole)


def spread(left: ScreenLine, right: ScreenLine, width: int) -> list[ScreenLine]:
    """One at each end of a line; on two lines where they do not fit."""
    room = width - width_of(left) - width_of(right)
    if room < GAP:
        return [left, right]
    return [(*left, Styled(" " * room), *right)]


def folded(text: str, room: int) -> list[str]:
    """A text on lines of so many columns, broken between words; a longer word stands whole."""
    shown = visible(text)
    lines = [" " * (len(shown) - len(shown.lstrip(" ")))]
    for word in shown.split():
        longer = f"{lines[-1]} {word}" if lines[-1].strip() else lines[-1] + word
        if cells(longer) <= room or not lines[-1].strip():
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def flow(
    text: str, width: int, lead: ScreenLine = (), style: str = "", indent: int | None = None
) -> list[ScreenLine]:
    """A sentence behind what leads it, its further lines under its first word."""
    hanging = width_of(lead) if indent is None else indent
    first, *rest = folded(text, max(width - max(hanging, width_of(lead)), 12))
    return [
        (*lead, Styled(first, style)),
        *((Styled(" " * hanging), Styled(more, style)) for more in rest),
    ]


def columns(
    rows: Sequence[Sequence[Styled]],
    width: int,
    indent: int = 0,
    like: Sequence[Sequence[Styled]] = (),
) -> list[ScreenLine]:
    """Cells under one another; where all is too wide the widest columns are folded between words.

    `like` are the rows of a whole list of which these are a part, so that all parts stand alike.
    """
    of_column = [[visible(cell.text) for cell in c] for c in zip(*(like or rows), strict=True)]
    widths = [max(map(cells, texts)) for texts in of_column]
    least = [max((cells(w) for t in texts for w in t.split()), default=0) for texts in of_column]
    over = indent + sum(widths) + GAP * (len(widths) - 1) - width
    while over > 0 and widths != least:
        slack = [wide - narrow for wide, narrow in zip(widths, least, strict=True)]
        widest = max(range(len(widths)), key=lambda n: (slack[n] > 0, widths[n]))
        cut = min(over, slack[widest])
        widths[widest] -= cut
        over -= cut
    return [made for row in rows for made in _row(row, widths, indent)]


def _row(row: Sequence[Styled], widths: Sequence[int], indent: int) -> Iterable[ScreenLine]:
    held = [folded(cell.text, room) for cell, room in zip(row, widths, strict=True)]
    for n in range(max(map(len, held))):
        spans = [Styled(" " * indent)] if indent else []
        for cell, parts, room in zip(row, held, widths, strict=True):
            text = parts[n] if n < len(parts) else ""
            pad = " " * (room - cells(text) + GAP)
            spans += [Styled(text, cell.style), Styled(pad)]
        yield trimmed(spans)


def trimmed(spans: Iterable[Styled]) -> ScreenLine:
    """The line without blanks at its end."""
    kept = [span for span in spans if span.text]
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept and kept[-1].text != kept[-1].text.rstrip():
        kept[-1] = Styled(kept[-1].text.rstrip(), kept[-1].style)
    return tuple(kept)


def heading(text: str, count: int | str | None = None) -> ScreenLine:
    """A heading, its count dim behind it."""
    return line(bold(text), *(() if count is None else (Styled("  "), dim(str(count)))))


def labelled(rows: Iterable[tuple[str, str, str]], width: int, most: int = 16) -> list[ScreenLine]:
    """Label and sentence; the third of each is the label's style."""
    told = list(rows)
    room = max((cells(label) for label, _said, _style in told), default=0) + GAP
    room = min(max(room, most), max(width // 3, 10))
    return [
        made
        for label, said, style in told
        for made in flow(said, width, (Styled(label.ljust(room), style),), indent=room)
    ]


def day_in_words(day: str) -> str:
    """`31 January 2024`; what is no day stays."""
    from datetime import date

    try:
        read = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return f"{read.day} {MONTHS[read.month - 1]} {read.year}"


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
