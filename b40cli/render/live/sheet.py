"""What a live screen is made of: lines of spans, each with a style; nothing here knows a command.

Type and alignment carry the order; a colour only confirms a word or sign that stands there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from b40cli.model.designation import starred
from b40cli.render.visible import visible

BOLD, DIM, YELLOW = "bold", "dim", "yellow"
# A sign never stands apart from its word, nor an article from its number.
SIGNS = ("✗", "✓", "!", "·", "▲")
VERDICT = {"✗": "bold red", "!": "bold yellow", "✓": "bold green"}
GAP = 2
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
    for word in (part for each in words(whole) for part in _fitting(each, max(room, 2))):
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


def words(whole: ScreenLine) -> Iterator[ScreenLine]:
    """What a line may be broken between."""
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
