"""A paper as the values that the typst template prints: lists, numbers and text, no markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from b40cli.model import paper as parts
from b40cli.render.kosovo import NOTE
from b40cli.render.papers.glyphs import drawn
from b40cli.render.papers.inline import KOSOVO, flat, runs
from b40cli.render.papers.told_in_words import SIDES, bars_said, foot, missing, votes_said
from b40cli.render.visible import visible

SHEETS = {"a4": "a4", "letter": "us-letter"}
# No line holds a word longer than this, and nothing in a name says where it may be broken.
LONGEST_WORD = 28
_SHORT = {"text": "t", "strong": "s", "id": "i"}


def data_of(paper: parts.Paper, sheet: str) -> dict[str, Any]:
    """The values of the template, in the order in which a reader meets them."""
    noted = _Noted()
    addressed = [noted.words(line) for line in paper.addressed or ()]
    heading, lead = noted.words(paper.title), noted.words(paper.lead) if paper.lead else []
    return {
        "sheet": SHEETS[sheet],
        "network": _plain(paper.network),
        "office": _plain(paper.office),
        "title": _plain(paper.title),
        "reference": _plain(paper.reference),
        "running": _plain(paper.running),
        "day": [paper.day.year, paper.day.month, paper.day.day],
        "basis": _Noted(done=True).words(foot(paper)),
        "note": drawn(NOTE),
        "addressed": addressed,
        "shown": not any(isinstance(part, parts.Display) for part in paper.parts),
        "heading": heading,
        "lead": lead,
        "parts": [noted.part(part) for part in paper.parts],
        "attachments": [each._asdict() for each in paper.attachments],
    }


def _plain(text: str) -> str:
    return drawn(flat(text))


class _Noted:
    """Turns parts into values; the first Kosovo* of the paper bears the note, and no other."""

    def __init__(self, done: bool = False) -> None:
        self.done = done

    def words(self, words: parts.Words) -> list[list[str]]:
        return [piece for run in runs(words) for piece in self._noted(_SHORT[run.kind], run.text)]

    def _noted(self, kind: str, text: str) -> Iterable[list[str]]:
        before, found, after = text.partition(KOSOVO)
        if self.done or not found:
            yield [kind, _breakable(drawn(text))]
            return
        self.done = True
        for piece in ([kind, _breakable(drawn(before))], ["k", ""]):
            if piece != [kind, ""]:
                yield piece
        if after:
            yield [kind, _breakable(drawn(after))]

    def rows(self, rows: Iterable[Iterable[parts.Words]]) -> list[list[list[list[str]]]]:
        return [[self.words(cell) for cell in row] for row in rows]

    def part(self, part: parts.PaperPart) -> dict[str, Any]:
        return _VALUES[type(part)](self, part)


def _breakable(text: str) -> str:
    """Room for a line to end inside what has no blank for too long."""
    return " ".join(
        word
        if len(word) <= LONGEST_WORD
        else "\u200b".join(word[n : n + LONGEST_WORD] for n in range(0, len(word), LONGEST_WORD))
        for word in text.split(" ")
    )


def _headline(noted: _Noted, part: parts.Headline) -> dict[str, Any]:
    words, aside = noted.words(part.text), _plain(part.aside)
    return {"kind": "heading", "level": part.level, "words": words, "aside": aside}


def _tabular(noted: _Noted, part: parts.Tabular) -> dict[str, Any]:
    return {
        "kind": "table",
        "heads": [noted.words(head) for head in part.heads],
        "rows": noted.rows(part.rows),
        "widths": part.widths,
        "numbers": part.numbers,
        "tall": part.tall,
    }


def _summary(noted: _Noted, part: parts.Summary) -> dict[str, Any]:
    return {"kind": "summary", "inner": part.inner, "rows": noted.rows(part.rows)}


def _ballots(_noted: _Noted, part: parts.Ballots) -> dict[str, Any]:
    sides = [[f"{n} {side}", n] for n, side in zip(part.votes, SIDES, strict=True)]
    said = {"missing": missing(part), "alt": votes_said(part)}
    return {"kind": "ballots", "sides": sides, "needed": part.needed, **said}


def _bars(noted: _Noted, part: parts.Bars) -> dict[str, Any]:
    rows = [[noted.words(b.label), b.reached, b.of, noted.words(b.said)] for b in part.bars]
    title = noted.words(part.title)
    return {"kind": "bars", "title": title, "rows": rows, "alt": drawn(visible(bars_said(part)))}


def _display(noted: _Noted, part: parts.Display) -> dict[str, Any]:
    said = {name: noted.words(getattr(part, name)) for name in ("above", "name", "below")}
    lines = [noted.words(line) for line in part.said]
    rows = noted.rows(part.rows)
    return {
        "kind": "display",
        **said,
        "said": lines,
        "rows": rows,
        "issued": noted.words(part.issued),
    }


def _verbatim(_noted: _Noted, part: parts.Verbatim) -> dict[str, Any]:
    lines = part.text.removesuffix("\n").split("\n")
    return {"kind": "verbatim", "lines": [drawn(visible(line), mono=True) for line in lines]}


_VALUES: dict[type, Callable[[_Noted, Any], dict[str, Any]]] = {
    parts.Headline: _headline,
    parts.Paragraph: lambda noted, part: {"kind": "paragraph", "words": noted.words(part.words)},
    parts.Note: lambda noted, part: {"kind": "note", "words": noted.words(part.words)},
    parts.Tabular: _tabular,
    parts.Items: lambda noted, part: {
        "kind": "items",
        "items": [noted.words(i) for i in part.items],
    },
    parts.Summary: _summary,
    parts.Ballots: _ballots,
    parts.Bars: _bars,
    parts.Signatures: lambda noted, part: {"kind": "signatures", "people": noted.rows(part.people)},
    parts.Display: _display,
    parts.Verbatim: _verbatim,
    parts.Typed: lambda _noted, part: {
        "kind": "command",
        "text": drawn(visible(part.text), mono=True),
    },
    parts.PageBreak: lambda _noted, _part: {"kind": "pagebreak"},
}
