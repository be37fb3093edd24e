"""What a live screen is made of: lines of spans, each with a style; nothing here knows a command.

Type and alignment carry the order; a colour only confirms a word or sign that stands there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from b40cli.model.designation import starred
from b40cli.render.visible import visible

BOLD, DIM, YELLOW = "bold", "dim", "yellow"
# A sign never stands apart from its word, nor an article from its number.
SIGNS = ("✗", "✓", "!", "·", "▲")
VERDICT = {"✗": "bold red", "!": "bold yellow", "✓": "bold green"}
GAP = 2
NARROW = 14
ROOMY = 60
HASH = re.compile("[0-9a-f]{16}")
EVEN = 16


class Styled(NamedTuple):
    """Some text in one style; the text of a record among it is obeyed by nobody."""

    text: str
    style: str = ""


ScreenLine = tuple[Styled, ...]


def cells(text: str) -> int:
    """How many columns a text takes: wide letters two, marks upon others and joints none."""
    if text.isascii():
        return len(text)
    return sum(map(_cell, text))


def _cell(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def line(*parts: Styled | str) -> ScreenLine:
    """One line; what is no span yet is plain."""
    spans = (Styled(part) if isinstance(part, str) else part for part in parts)
    return tuple(Styled(starred(visible(span.text)), span.style) for span in spans if span.text)


def bold(text: str) -> Styled:
    """What a heading or a name is written in."""
    return Styled(text, BOLD)


def dim(text: str) -> Styled:
    """What is there to be copied or looked up: ids, labels, places."""
    return Styled(text, DIM)


def width_of(whole: Iterable[Styled]) -> int:
    """The columns of a line."""
    return sum(cells(span.text) for span in whole)


def spread(left: ScreenLine, right: ScreenLine, width: int) -> list[ScreenLine]:
    """One at each end of a line; under one another where they do not fit."""
    room = width - width_of(left) - width_of(right)
    if not right and room >= 0:
        return [left]
    if room < GAP:
        return [each for part in (left, right) if part for each in fold(part, width)]
    return [(*left, Styled(" " * room), *right)]


def fold(whole: ScreenLine, room: int) -> list[ScreenLine]:
    """A text on lines of so many columns, broken between words.

    A word that is longer than a line is parted behind a stroke in it, else where the line ends.
    """
    text = "".join(span.text for span in whole)
    lead = min(len(text) - len(text.lstrip(" ")), max(room - 1, 0))
    lines: list[list[Styled]] = [[Styled(" " * lead)] if lead else []]
    used, begun = lead, False
    for word in (part for each in _words(whole) for part in _fitting(each, max(room, 2))):
        wide = width_of(word)
        if begun and used + 1 + wide <= room:
            lines[-1] += [Styled(" ", word[0].style), *word]
            used += 1 + wide
        elif begun or used + wide > room:
            lines.append([*word])
            used = wide
        else:
            lines[-1] += word
            used += wide
        begun = True
    return [_joined(each) for each in lines]


def _joined(spans: Iterable[Styled]) -> ScreenLine:
    """Neighbours of one style as one; a blank has the style of the word behind it."""
    joined: list[Styled] = []
    for span in spans:
        if joined and joined[-1].style == span.style:
            joined[-1] = Styled(joined[-1].text + span.text, span.style)
        else:
            joined.append(span)
    return tuple(joined)


def _words(whole: ScreenLine) -> Iterator[ScreenLine]:
    word: list[Styled] = []
    for span in whole:
        for n, part in enumerate(visible(span.text).split(" ")):
            if n and word and (word[-1].text in SIGNS or _goes_on(word[-1].text, part)):
                word.append(Styled(" ", span.style))
            elif n and word:
                yield tuple(word)
                word = []
            if part:
                word.append(Styled(part, span.style))
    if word:
        yield tuple(word)


def _goes_on(word: str, following: str) -> bool:
    """An article and its number, the end of what was cut short: parted they say nothing."""
    numbered = word.endswith("Article") and following[:1].isdigit()
    return word.endswith("Art.") or numbered or following == "…"


def _fitting(word: ScreenLine, room: int) -> Iterator[ScreenLine]:
    """The word whole, or in parts that fit."""
    if width_of(word) <= room:
        yield word
        return
    for span in word:
        rest = span.text
        while cells(rest) > room:
            cut = cut_at(rest, room)
            yield (Styled(rest[:cut], span.style),)
            rest = rest[cut:]
        yield (Styled(rest, span.style),)


def cut_at(text: str, room: int) -> int:
    """Where a word too long is parted: never before a mark that stands upon a letter.

    Of a hash each line has the same number of digits.
    """
    used = end = 0
    for sign in text:
        used += _cell(sign)
        if used > room:
            break
        end += 1
    if HASH.match(text):
        return end - end % EVEN or end
    stroke = text.rfind("/", 0, end)
    if stroke <= 0:
        stroke = max(text.rfind(sign, 0, end) for sign in "-:,;")
    return stroke + 1 if stroke > 0 else max(end, 1)


def flow(
    text: str | ScreenLine,
    width: int,
    lead: ScreenLine = (),
    style: str = "",
    indent: int | None = None,
) -> list[ScreenLine]:
    """A sentence behind what leads it, its further lines under its first word."""
    spans = (Styled(text, style),) if isinstance(text, str) else text
    hanging = width_of(lead) if indent is None else indent
    first, *rest = fold(spans, max(width - max(hanging, width_of(lead)), 12)) or [()]
    return [(*lead, *first), *((Styled(" " * hanging), *more) for more in rest)]


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
        max((_least(word, most) for cell in column for word in _words(cell)), default=0)
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
    down = 0
    # What a row is called begins it, and is never left alone on its first line.
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


def trimmed(spans: Iterable[Styled]) -> ScreenLine:
    """The line without blanks at its end."""
    kept = [span for span in spans if span.text]
    while kept and not kept[-1].text.strip(" "):
        kept.pop()
    if kept and kept[-1].text != kept[-1].text.rstrip(" "):
        kept[-1] = Styled(kept[-1].text.rstrip(" "), kept[-1].style)
    return tuple(kept)


def labelled(
    rows: Iterable[tuple[str, ScreenLine]], width: int, style: str = DIM, room: int = 0
) -> list[ScreenLine]:
    """Label and sentence; the sentences stand under one another."""
    told = [(starred(visible(label)), said) for label, said in rows]
    room = room or label_room((label for label, _said in told), width)
    made: list[ScreenLine] = []
    for label, said in told:
        if cells(label) + GAP > room:
            made += [*fold(line(Styled(label, style)), width)]
            made += flow(said, width, (Styled(" " * room),))
        else:
            lead = Styled(label + " " * (room - cells(label)), style)
            made += flow(said, width, (lead,), indent=room)
    return made


def label_room(labels: Iterable[str], width: int) -> int:
    """The columns that labels take, at most a third of the line."""
    wide = max((cells(label) for label in labels), default=0) + GAP
    return min(wide, max(width // 3, 10))
