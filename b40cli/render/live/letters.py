"""A paper on a terminal: its own parts, what is only of a sheet told as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from b40cli.model.paper import (
    Bars,
    Display,
    Note,
    PageBreak,
    Paper,
    PaperPart,
    Paragraph,
    Signatures,
    Strong,
    Summary,
    Typed,
    Verbatim,
)
from b40cli.model.screen import Masthead, ScreenPart
from b40cli.render.papers.told_in_words import bars_said


def letter(paper: Paper) -> Iterator[ScreenPart]:
    """The paper from its title to the state of the register it was written from."""
    if paper.title:
        yield Masthead(paper.title, "", paper.reference)
    yield Paragraph(f"{paper.network}, {paper.office}")
    if paper.lead:
        yield Paragraph(paper.lead)
    if paper.addressed:
        yield Paragraph("; ".join(paper.addressed))
    for part in paper.parts:
        yield from _told(part)
    yield Note(paper.basis)


def _told(part: PaperPart) -> Iterable[ScreenPart]:
    if isinstance(part, PageBreak):
        return ()
    if isinstance(part, Bars):
        return (Paragraph(f"{bars_said(part)}."),)
    if isinstance(part, Verbatim):
        return tuple(map(Typed, part.text.rstrip("\n").split("\n")))
    if isinstance(part, Signatures):
        said = (", ".join(filter(None, who)) for who in part.people)
        return tuple(Paragraph(f"{'_' * 20} {who}") for who in said)
    return _displayed(part) if isinstance(part, Display) else (part,)


def _displayed(part: Display) -> Iterator[ScreenPart]:
    yield Paragraph(part.above)
    yield Paragraph((Strong(part.name),))
    yield Paragraph(part.below)
    yield Paragraph(" ".join(part.said))
    yield Summary(part.rows)
    yield Paragraph(part.issued)
