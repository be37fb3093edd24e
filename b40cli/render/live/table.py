"""Cells under one another on a live screen; where they do not fit, a row is a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from b40cli.render.live.sheet import (
    DIM,
    GAP,
    ScreenLine,
    Styled,
    cells,
    flow,
    fold,
    trimmed,
    width_of,
    words,
)
from b40cli.render.visible import visible

NARROW = 14
ROOMY = 60


def columns(
    rows: Sequence[Sequence[ScreenLine]],
    width: int,
    indent: int = 0,
    like: Sequence[Sequence[ScreenLine]] = (),
    heads: Sequence[str] = (),
) -> list[ScreenLine]:
    """Cells under one another; where all is too wide the widest columns are folded between words.

    `like` are the rows of a whole list of which these are a part, so that all parts stand alike.
    Where the longest words do not fit beside one another, a row is a sentence, with its `heads`.
    """
    widths = room_for(like or rows, width - indent)
    if widths is None:
        return [made for row in rows for made in _sentence(row, heads, width, indent)]
    return [made for row in rows for made in _row(row, widths, indent)]


def room_for(rows: Sequence[Sequence[ScreenLine]], width: int) -> list[int] | None:
    """How wide each column is; None where they would be too narrow to be read.

    One very long id does not make a list of sentences: it is parted behind a hyphen.
    """
    whole = _room_for(rows, width, width)
    return whole if whole or width < ROOMY else _room_for(rows, width, width // 3)


def _room_for(rows: Sequence[Sequence[ScreenLine]], width: int, most: int) -> list[int] | None:
    """With no more than so many columns asked for an id."""
    of_column = [[_visible(cell) for cell in column] for column in zip(*rows, strict=True)]
    natural = [max(map(cells, texts)) for texts in of_column]
    widths = [*natural]
    least = [
        max((_least(word, most) for cell in column for word in words(cell)), default=0)
        for column in zip(*rows, strict=True)
    ]
    over = sum(widths) + GAP * (len(widths) - 1) - width
    while over > 0 and widths != least:
        slack = [wide - narrow for wide, narrow in zip(widths, least, strict=True)]
        widest = max(range(len(widths)), key=lambda n: (slack[n] > 0, widths[n]))
        widths[widest] -= 1
        over -= 1
    squeezed = any(w < NARROW and n > 2 * w for w, n in zip(widths, natural, strict=True))
    return None if over > 0 or squeezed else widths


def _least(word: ScreenLine, most: int) -> int:
    wide = width_of(word)
    return min(wide, most) if any("-" in span.text for span in word) else wide


def _visible(cell: ScreenLine) -> str:
    return visible("".join(span.text for span in cell))


def _row(row: Sequence[ScreenLine], widths: Sequence[int], indent: int) -> Iterable[ScreenLine]:
    held = [fold(cell, room) for cell, room in zip(row, widths, strict=True)]
    _read_on(held)
    for n in range(max(map(len, held))):
        spans = [Styled(" " * indent)] if indent else []
        for parts, room in zip(held, widths, strict=True):
            part = parts[n] if n < len(parts) else ()
            spans += [*part, Styled(" " * (room - width_of(part) + GAP))]
        yield trimmed(spans)


def _read_on(held: list[list[ScreenLine]]) -> None:
    """What stands behind a cell that is folded stands where that ends, as behind a title.

    Who hears a screen hears it line by line: the cell whole, then what is behind it.
    """
    # What a row is called begins it, and is left alone on its first line only where another cell
    # is folded beside it: each is read whole then.
    down = len(held[0]) - 1 if any(len(lines) > 1 for lines in held[1:]) else 0
    for n, lines in enumerate(held[1:], 1):
        held[n] = [*[()] * down, *lines]
        down += len(lines) - 1


def _sentence(
    row: Sequence[ScreenLine], heads: Sequence[str], width: int, indent: int
) -> list[ScreenLine]:
    """A row on a screen too narrow for its columns: the first cell, the others with their heads."""
    said: list[Styled] = []
    for n, cell in enumerate(row):
        if not _visible(cell).strip():
            continue
        head = heads[n].strip() if n < len(heads) else ""
        if said:
            parted = n > 1 and _in_words(row[n - 1]) and not _visible(row[n - 1]).endswith(".")
            said += [Styled("; " if head or parted else " ")]
            said += [Styled(visible(f"{head[:1].lower()}{head[1:]} "), DIM)] if head else []
        said += [
            Styled(span.text.strip(" ") if len(cell) == 1 else span.text, span.style)
            for span in cell
        ]
    return flow(tuple(said), width, (Styled(" " * indent),) if indent else (), indent=indent + 4)


def _in_words(cell: ScreenLine) -> bool:
    """Whether a cell says something: a number, a sign or a day leads what is said."""
    return any(sign.isalpha() for sign in _visible(cell))
