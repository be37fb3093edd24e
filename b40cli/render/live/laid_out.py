"""The parts of a screen on a terminal: type and alignment carry the order.

Tables of the same heads in one screen stand under one another, and their heads are told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from b40cli.model import paper as parts
from b40cli.model.screen import Masthead, ScreenPart
from b40cli.render.live.sheet import (
    BOLD,
    DIM,
    ScreenLine,
    Styled,
    bold,
    dim,
    flow,
    fold,
    label_room,
    labelled,
    line,
    spread,
)
from b40cli.render.live.squares import squares
from b40cli.render.live.table import columns, room_for
from b40cli.render.live.typed import typed

TONES = {"aside": DIM, "refused": "bold red", "due": "yellow", "met": "green"}
# What stands close beneath what.
CLOSE = {
    (Masthead, parts.Paragraph),
    (parts.Headline, parts.Paragraph),
    (parts.Headline, parts.Tabular),
    (parts.Headline, parts.Items),
    (parts.Headline, parts.Summary),
    (parts.Headline, parts.Typed),
    (parts.Items, parts.Items),
    (parts.Items, parts.Typed),
    (parts.Paragraph, parts.Typed),
    (parts.Typed, parts.Items),
    (parts.Typed, parts.Typed),
}
GROUP = 3
GROUPED = 2


def laid_out(content: Iterable[ScreenPart], width: int) -> list[ScreenLine]:
    """The parts in lines for a terminal of that width, none of them longer."""
    whole = [
        part
        for part in content
        if not (isinstance(part, parts.Tabular | parts.Summary) and not part.rows)
    ]
    page = _Fit(width, _labels(whole, width), _alike(whole))
    lines: list[ScreenLine] = []
    told: set[tuple[str, ...]] = set()
    last: ScreenPart | None = None
    indent = 0
    for part, following in zip(whole, [*whole[1:], None], strict=False):
        opens = isinstance(part, parts.Headline) and part.level == GROUP
        if isinstance(part, parts.Headline):
            indent = GROUPED if opens else 0
        table = following if opens else part
        heads: list[ScreenLine] = []
        if isinstance(table, parts.Tabular) and not table.bare and table.heads not in told:
            told.add(table.heads)
            heads = page.heads(table, indent)
        if lines and not (_close(last, part) and (not heads or isinstance(last, parts.Headline))):
            lines.append(())
        lines += [*heads, *page.made(part, indent)]
        last = part
    return lines


def _close(last: ScreenPart | None, part: ScreenPart) -> bool:
    """Whether a part stands beneath the last one without a blank line."""
    if isinstance(part, parts.Headline):
        return part.level == GROUP and isinstance(last, parts.Tabular | parts.Headline)
    return (type(last), type(part)) in CLOSE


def _labels(whole: Iterable[ScreenPart], width: int) -> int:
    rows = (row for part in whole if isinstance(part, parts.Summary) for row in part.rows)
    return label_room((label for label, _said in rows), width)


def _alike(whole: Iterable[ScreenPart]) -> dict[tuple[str, ...], list[list[ScreenLine]]]:
    """By their heads, the rows of all tables, heads included where they are told."""
    found: dict[tuple[str, ...], list[list[ScreenLine]]] = {}
    for part in whole:
        if isinstance(part, parts.Tabular):
            first = [[line(dim(head)) for head in part.heads]] if not part.bare else []
            rows = found.setdefault(part.heads, first)
            rows += [[spans(cell) for cell in row] for row in part.rows]
    return found


def spans(words: parts.Words) -> ScreenLine:
    """Words in their styles."""
    return line(*(map(_span, parts.parts_of(words))))


def _span(part: str | parts.Strong | parts.Toned) -> Styled:
    if isinstance(part, parts.Strong):
        return bold(part.text)
    return Styled(part.text, TONES[part.tone]) if isinstance(part, parts.Toned) else Styled(part)


class _Fit(NamedTuple):
    """How wide all is, and what the tables and labels of the whole need."""

    width: int
    label_room: int
    like: Mapping[tuple[str, ...], Sequence[Sequence[ScreenLine]]]

    def heads(self, table: parts.Tabular, indent: int) -> list[ScreenLine]:
        """The heads of a table; none where the screen is too narrow for its columns."""
        rows = self.like[table.heads]
        if not any(table.heads) or room_for(rows, self.width - indent) is None:
            return []
        return columns(rows[:1], self.width, indent, rows)

    def made(self, part: ScreenPart, indent: int) -> list[ScreenLine]:
        """One part in lines."""
        width = self.width
        if isinstance(part, Masthead | parts.Headline):
            aside = [Styled("  "), dim(part.aside)] if part.aside else []
            right = _verdict(part.right) if isinstance(part, Masthead) else ()
            return spread(line(bold(part.text), *aside), right, width)
        if isinstance(part, parts.Tabular):
            rows = [[spans(cell) for cell in row] for row in part.rows]
            heads = () if part.bare else part.heads
            return columns(rows, width, indent, self.like[part.heads], heads)
        if isinstance(part, parts.Summary):
            told = [(label, spans(said)) for label, said in part.rows]
            return labelled(told, width, BOLD if part.main else DIM, self.label_room)
        return _text(part, width)


def _verdict(words: parts.Words) -> ScreenLine:
    """What stands at the end of the first line: a day dim, a verdict bold."""
    if isinstance(words, str):
        return line(dim(words))
    return tuple(
        Styled(s.text, f"bold {s.style}".replace("bold bold", "bold")) for s in spans(words)
    )


def _text(part: ScreenPart, width: int) -> list[ScreenLine]:
    if isinstance(part, parts.Items):
        return [made for item in part.items for made in _item(spans(item), width)]
    if isinstance(part, parts.Typed):
        return typed(part.text, width)
    if isinstance(part, parts.Ballots):
        return squares(part, width)
    if isinstance(part, parts.Note):
        return fold(tuple(Styled(s.text, s.style or DIM) for s in spans(part.words)), width)
    assert isinstance(part, parts.Paragraph)
    said = spans(part.words)
    return flow(said, width, indent=len(said[0].text) if said and said[0].text in SIGNS else 0)


SIGNS = ("✗ ", "! ", "✓ ", "· ", "→ ")


def _item(said: ScreenLine, width: int) -> list[ScreenLine]:
    """An item behind its own sign or a dot, its further lines under its first word."""
    sign = said[0].text[:2] if said else ""
    lead = "    " if sign == "→ " else "  " if sign in SIGNS else "  · "
    return flow(said, width, (Styled(lead),), indent=len(lead) + 2 * (sign in SIGNS))
