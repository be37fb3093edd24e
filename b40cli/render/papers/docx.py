"""DOCX through python-docx: the same paper for an office that goes on writing in it.

It stands on the office's own letterhead.docx (its styles, header and footer stay) or on a plain one
made here. The same input gives the same bytes: nothing of the clock gets into the archive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from b40cli.model import paper as parts
from b40cli.model.errors import UsageError
from b40cli.model.size import UNPACKED, said
from b40cli.render.kosovo import NOTE
from b40cli.render.papers.docx_carried import carried
from b40cli.render.papers.docx_layout import (
    Layout,
    centred,
    field,
    page_of,
    plain_letterhead,
    points,
    repeated,
    right_tab,
    ruled,
    spaced,
    together,
    unbroken,
    whole,
)
from b40cli.render.papers.docx_notes import noted
from b40cli.render.papers.inline import KOSOVO, flat, runs
from b40cli.render.papers.told_in_words import bars_said, foot, missing, squares, votes_said
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as DocxParagraph

# No sign of XML 1.0, and nothing that `visible` shows either.
_NO_XML = re.compile("[\ufffe\uffff]")


def docx(paper: parts.Paper, template: bytes | None, sheet: str) -> bytes:
    """The paper as a DOCX; UsageError without python-docx, or for a letterhead that is none."""
    document = _opened(template, sheet)
    layout = Layout(document, template is None)
    _frame(layout, paper)
    writer = _Writer(layout)
    writer.paper(paper)
    for each in paper.attachments:
        carried(document, each.text)
    properties = document.core_properties
    # A property of a document holds no more than 255 signs.
    properties.title, properties.author = _clean(paper.title)[:255], _clean(paper.network)[:255]
    day = datetime(paper.day.year, paper.day.month, paper.day.day)
    properties.created = properties.modified = day
    properties.last_modified_by, properties.revision = "", 1
    properties.language = "en"
    kept = BytesIO()
    document.save(kept)
    return _without_times(kept.getvalue())


def made_with() -> str:
    """Which python-docx makes the file: another one may give other bytes."""
    from docx import __version__

    return f"python-docx {__version__}"


def _opened(template: bytes | None, sheet: str) -> Document:
    try:
        from docx import Document as new
    except ImportError:
        raise UsageError(
            "A DOCX needs python-docx, which is not installed here.", "pip install python-docx"
        ) from None
    if template is None:
        return plain_letterhead(new(), sheet)
    try:
        if sum(entry.file_size for entry in ZipFile(BytesIO(template)).infolist()) > UNPACKED:
            raise ValueError(f"it unpacks to more than {said(UNPACKED)}")
        opened = new(BytesIO(template))
    except Exception as error:  # whatever the file makes archive, XML or library raise
        raise UsageError(
            f"letterhead.docx cannot be opened: {error}.", "Save it anew as a Word document."
        ) from None
    return page_of(opened, sheet)


def _without_times(raw: bytes) -> bytes:
    """The same archive with every time at the beginning of ZIP's own calendar."""
    kept = BytesIO()
    with ZipFile(BytesIO(raw)) as made, ZipFile(kept, "w", ZIP_DEFLATED) as anew:
        for name in made.namelist():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            anew.writestr(entry, made.read(name))
    return kept.getvalue()


def _frame(layout: Layout, paper: parts.Paper) -> None:
    """Letterhead, running head and foot, where the office's own template has none."""
    if not layout.plain:
        return
    section = layout.document.sections[0]
    section.different_first_page_header_footer = True
    head = section.first_page_header.paragraphs[0]
    head.add_run(_clean(paper.network)).bold = True
    under = section.first_page_header.add_paragraph(
        f"{_clean(paper.office)}\t{_clean(paper.reference)}"
    )
    right_tab(under)
    ruled(under, "bottom")
    run = section.header.paragraphs[0]
    layout.styled(run, "Note")
    run.add_run(f"{_clean(paper.network)}\t{_clean(paper.running)}")
    right_tab(run)
    ruled(run, "bottom")
    for footer in (section.first_page_footer, section.footer):
        line = footer.paragraphs[0]
        layout.styled(line, "Note")
        line.add_run(f"{_clean(foot(paper))}\t")
        field(line, "PAGE")
        line.add_run(" of ")
        field(line, "NUMPAGES")
        right_tab(line)
        ruled(line, "top")


def _clean(text: str) -> str:
    return _NO_XML.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", visible(flat(text)))


class _Writer:
    """Adds parts to a document, one after the other."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.noted = False
        self.turned = False

    def paper(self, paper: parts.Paper) -> None:
        if paper.addressed:
            self.tabbed(*paper.addressed, "Note")
        if not any(isinstance(part, parts.Display) for part in paper.parts):
            self.said(paper.title, "Title")
            if paper.lead:
                self.said(paper.lead, "Lead")
        for part in paper.parts:
            _WRITTEN[type(part)](self, part)
        if not self.layout.plain:
            self.said(foot(paper), "Note")
        if not self.noted and KOSOVO in flat(paper.network):
            self.said(NOTE, "Note")

    def turn(self) -> None:
        """What is said next begins a page."""
        self.turned = True

    def said(self, words: parts.Words, style: str = "") -> DocxParagraph:
        paragraph = self.layout.paragraph(style)
        if self.turned:
            paragraph.paragraph_format.page_break_before = True
            self.turned = False
        return self.fill(paragraph, words)

    def tabbed(self, left: str, right: str, style: str) -> DocxParagraph:
        """One text at each end of a line."""
        paragraph = self.said(left, style)
        paragraph.add_run("\t")
        right_tab(paragraph)
        return self.fill(paragraph, right)

    def fill(self, paragraph: DocxParagraph, words: parts.Words) -> DocxParagraph:
        """Runs of the words; ids keep together, the strong ones are bold."""
        for run in runs(words):
            text = _NO_XML.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", run.text)
            if run.kind == "id":
                whole(paragraph, text)
            else:
                self.text(paragraph, text, True if run.kind == "strong" else None)
        return paragraph

    def text(self, paragraph: DocxParagraph, text: str, bold: bool | None) -> None:
        """A run of text; the first Kosovo* of the paper bears the note."""
        before, found, after = ("", "", text) if self.noted else text.partition(KOSOVO)
        if found:
            self.noted = True
            paragraph.add_run(before + KOSOVO.removesuffix("*")).bold = bold
            noted(self.layout.document, paragraph)
        else:
            after = before or after
        if after or not found:
            paragraph.add_run(after).bold = bold

    def rows(
        self, rows: Iterable[tuple[parts.Words, ...]], columns: int, bordered: bool = False
    ) -> Any:
        listed = list(rows)
        table = self.layout.table(len(listed), columns, bordered)
        for cells, row in zip(listed, table.rows, strict=True):
            for words, cell in zip(cells, row.cells, strict=True):
                self.fill(cell.paragraphs[0], words)
        return table


def _headline(writer: _Writer, part: parts.Headline) -> None:
    style = f"Heading {part.level}"
    head = (
        writer.tabbed(part.text, part.aside, style) if part.aside else writer.said(part.text, style)
    )
    for run in head.runs[2:]:
        run.font.size = points(8.5)


def _tabular(writer: _Writer, part: parts.Tabular) -> None:
    table = writer.rows((part.heads, *part.rows), len(part.heads), bordered=True)
    repeated(table)
    spaced(table, part.widths, part.numbers, part.tall)


def _summary(writer: _Writer, part: parts.Summary) -> None:
    spaced(writer.rows(part.rows, 2), (0, 1))


def _ballots(writer: _Writer, part: parts.Ballots) -> None:
    writer.said(squares(part))
    gone = missing(part)
    writer.said(f"{votes_said(part)}{f' ({gone})' if gone else ''}.", "Note")


def _bars(writer: _Writer, part: parts.Bars) -> None:
    most = max([1, *(bar.of for bar in part.bars)])
    writer.said(part.title, "Note")
    rows = [(b.label, f"{'█' * (20 * b.reached // most)} {b.said}") for b in part.bars]
    spaced(writer.rows(rows, 2), (0, 1)) if rows else writer.said(bars_said(part))


def _signed(writer: _Writer, part: parts.Signatures) -> None:
    writer.layout.gap()
    table = writer.rows([tuple(name for name, _office in part.people)], len(part.people))
    for (_name, office), cell in zip(part.people, table.rows[0].cells, strict=True):
        ruled(cell.paragraphs[0], "top")
        together(cell.paragraphs[0])
        writer.layout.styled(writer.fill(cell.add_paragraph(), office), "Note")
    unbroken(table)


def _display(writer: _Writer, part: parts.Display) -> None:
    _above, name, _below = (
        centred(writer.said(words, style), before)
        for words, style, before in (
            (part.above, "Lead", 90),
            (part.name, "Title", 40),
            (part.below, "Lead", 16),
        )
    )
    for run in name.runs:
        run.font.size = points(34)
    for n, line in enumerate(part.said):
        centred(writer.said(line, "Lead"), 0 if n else 34)
    centred(writer.said(""), 24)
    spaced(writer.rows(part.rows, 2), (0, 1))
    centred(writer.said(part.issued, "Note"), 90)


def _verbatim(writer: _Writer, text: str) -> None:
    for line in text.removesuffix("\n").split("\n"):
        shown = _NO_XML.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", visible(line))
        writer.layout.paragraph("Record").add_run(shown)


_WRITTEN: dict[type, Callable[[_Writer, Any], object]] = {
    parts.Headline: _headline,
    parts.Paragraph: lambda writer, part: writer.said(part.words),
    parts.Note: lambda writer, part: writer.said(part.words, "Note"),
    parts.Tabular: _tabular,
    parts.Items: lambda writer, part: [writer.said(item, "List Bullet") for item in part.items],
    parts.Summary: _summary,
    parts.Ballots: _ballots,
    parts.Bars: _bars,
    parts.Signatures: _signed,
    parts.Display: _display,
    parts.Verbatim: lambda writer, part: _verbatim(writer, part.text),
    parts.Typed: lambda writer, part: _verbatim(writer, part.text),
    parts.PageBreak: lambda writer, _part: writer.turn(),
}
