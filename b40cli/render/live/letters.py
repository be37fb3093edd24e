"""A paper on a terminal: its own parts, what is only of a sheet told as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from b40cli.model import paper as parts
from b40cli.model.screen import Masthead, ScreenPart
from b40cli.render.papers.told_in_words import bars_said


def letter(paper: parts.Paper) -> Iterator[ScreenPart]:
    """The paper from its title to the state of the register it was written from."""
    if paper.title:
        yield Masthead(paper.title, "", paper.reference)
    yield parts.Paragraph(f"{paper.network}, {paper.office}")
    if paper.lead:
        yield parts.Paragraph(paper.lead)
    if paper.addressed:
        yield parts.Paragraph("; ".join(paper.addressed))
    for part in paper.parts:
        yield from _told(part)
    yield parts.Note(paper.basis)


def _told(part: parts.PaperPart) -> Iterable[ScreenPart]:
    if isinstance(part, parts.PageBreak):
        return ()
    if isinstance(part, parts.Bars):
        return (parts.Paragraph(f"{bars_said(part)}."),)
    if isinstance(part, parts.Verbatim):
        return tuple(map(parts.Typed, part.text.rstrip("\n").split("\n")))
    if isinstance(part, parts.Signatures):
        said = (", ".join(filter(None, who)) for who in part.people)
        return tuple(parts.Paragraph(f"{'_' * 20} {who}") for who in said)
    return _displayed(part) if isinstance(part, parts.Display) else (part,)


def _displayed(part: parts.Display) -> Iterator[ScreenPart]:
    yield parts.Paragraph(part.above)
    yield parts.Paragraph((parts.Strong(part.name),))
    yield parts.Paragraph(part.below)
    yield parts.Paragraph(" ".join(part.said))
    yield parts.Summary(part.rows)
    yield parts.Paragraph(part.issued)
