"""How a DOCX is laid out: page, styles, rules of a table; what python-docx has no words for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

ROOM = 210 - 27 - 24  # the line of an A4 page, which is the narrower one
INK, SOFT = (0x1B, 0x1F, 0x23), (0x5A, 0x61, 0x69)
# Millimetres: A4 and Letter, then the margins that the printed paper has too.
PAGES = {"a4": (210, 297), "letter": (216, 279)}
TOP, LEFT, BOTTOM, RIGHT = 34, 27, 27, 24
# Our styles with size and colour; the first names are Word's own.
STYLES: dict[str, tuple[float, tuple[int, int, int], bool]] = {
    "Normal": (10.5, INK, False),
    "Title": (19, INK, False),
    "Heading 1": (11.5, INK, True),
    "Heading 2": (10.5, INK, True),
    "Lead": (11.5, SOFT, False),
    "Note": (9.5, SOFT, False),
    "Record": (7.6, INK, False),
    "Cell": (9.5, INK, False),
    "Gap": (4, INK, False),
}
OURS = ("Lead", "Note", "Record", "Cell", "Gap")
CLOSE = ("Record", "Cell", "Gap")
# What Word wants to stand behind the lines around a paragraph, and around a table.
AFTER_BORDERS = tuple(
    f"w:{name}"
    for name in (
        *("shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
        *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid"),
        *("spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc"),
        *("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId"),
        *("cnfStyle", "rPr", "sectPr", "pPrChange"),
    )
)
AFTER_TABLE_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


class Layout(NamedTuple):
    """A document that is written into; `plain` where no office gave its own letterhead."""

    document: Document
    plain: bool

    def paragraph(self, style: str) -> Paragraph:
        """A new paragraph; a style that a letterhead does not have is left out."""
        known = {each.name for each in self.document.styles}
        return self.document.add_paragraph(style=style if style in known else None)

    def table(self, rows: int, columns: int, bordered: bool) -> Any:
        """A new table without lines, or with one above and one below."""
        table = self.document.add_table(rows, columns)
        if bordered:
            _bordered(table)
        for row in table.rows:
            for cell in row.cells:
                self.styled(cell.paragraphs[0], "Cell")
        self.paragraph("Gap")
        return table

    def styled(self, paragraph: Paragraph, style: str) -> None:
        """The paragraph in a style, if the letterhead has it."""
        if style in {each.name for each in self.document.styles}:
            paragraph.style = self.document.styles[style]

    def gap(self) -> None:
        """Room for a signature."""
        room = self.document.add_paragraph()
        room.paragraph_format.space_after = points(36)
        together(room)


def plain_letterhead(document: Document, sheet: str) -> Document:
    """A letterhead of our own: the sizes and colours that the printed paper has."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    for name, (size, colour, bold) in STYLES.items():
        if name in OURS:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style: Any = document.styles[name]
        face = "DejaVu Sans Mono" if name == "Record" else "Times New Roman"
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor(*colour)
        _face(style, face)
        style.paragraph_format.space_after = Pt(0 if name in CLOSE else 4)
        if name.startswith("Heading"):
            style.paragraph_format.space_before = Pt(12)
    _without_rule(document.styles["Title"])
    return page_of(document, sheet)


def page_of(document: Document, sheet: str) -> Document:
    """The document on its size of paper."""
    from docx.shared import Mm

    width, height = PAGES[sheet]
    for section in document.sections:
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
        section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    return document


def points(size: float) -> Any:
    """A size in points."""
    from docx.shared import Pt

    return Pt(size)


def _face(style: Any, face: str) -> None:
    """The face for every script: Word keeps four names, and themes that come before them."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), face)


def _without_rule(style: Any) -> None:
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _element(name: str, **values: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def right_tab(paragraph: Paragraph) -> None:
    """One tab, at the end of the line."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    stops = paragraph.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Mm(ROOM), WD_TAB_ALIGNMENT.RIGHT)


def ruled(paragraph: Paragraph, side: str) -> None:
    """A thin line above or below a paragraph."""
    borders = _element("pBdr")
    borders.append(_element(side, val="single", sz="4", space="1", color="1B1F23"))
    properties: Any = paragraph.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(borders, *AFTER_BORDERS)


def _bordered(table: Any, sides: Sequence[str] = ("top", "bottom")) -> None:
    from docx.oxml.ns import qn

    properties = table._tbl.tblPr
    borders = properties.find(qn("w:tblBorders"))
    if borders is None:
        borders = _element("tblBorders")
        properties.insert_element_before(borders, *AFTER_TABLE_BORDERS)
    for side in sides:
        borders.append(_element(side, val="single", sz="6", space="0", color="1B1F23"))


def repeated(table: Any) -> None:
    """The head again on each page, and no row over two of them."""
    unbroken(table)
    table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader"))


def spaced(
    table: Any, widths: Sequence[int], numbers: Sequence[int] = (), tall: bool = False
) -> None:
    """Columns as wide as they are meant to be, figures at their right, room to write in."""
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    table.autofit = False
    for n, width in enumerate(_millimetres(table, widths)):
        table.columns[n].width = Mm(width)
        for cell in table.columns[n].cells:
            cell.width = Mm(width)
            if n in numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if tall:
        _bordered(table, ("insideH",))
    for row in table.rows[1:] if tall else ():
        row.height = Mm(8)
        for cell in row.cells:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _millimetres(table: Any, widths: Sequence[int]) -> list[int]:
    """What a column needs for its longest text, or its share of what is left of the line."""
    needed = [_needed(table.columns[n]) for n in range(len(widths))]
    fixed = sum(need for need, share in zip(needed, widths, strict=True) if not share)
    left, shares = max(30, ROOM - fixed), sum(widths)
    found = [
        left * share // shares if share else need
        for need, share in zip(needed, widths, strict=True)
    ]
    return [width * ROOM // max(ROOM, sum(found)) for width in found]


def _needed(column: Any) -> int:
    """About the width of its longest text, between narrow and a third of the line."""
    longest = max(len(cell.paragraphs[0].text) for cell in column.cells)
    return min(55, max(8, round(longest * 1.75) + 5))


def centred(paragraph: Paragraph, before: float = 0) -> Paragraph:
    """A paragraph in the middle of its line, with room above it in points."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = points(before)
    return paragraph


def together(paragraph: Paragraph) -> None:
    """A paragraph on the page of the one that follows it."""
    paragraph.paragraph_format.keep_with_next = True


def unbroken(table: Any) -> None:
    """No row of a table over two pages."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("cantSplit"))


def field(paragraph: Paragraph, name: str) -> None:
    """A number that Word counts: the page, or how many there are."""
    run: Any = paragraph.add_run()
    for kind in ("begin", None, "end"):
        if kind is None:
            code = _element("instrText")
            code.text = name
            run._r.append(code)
        else:
            run._r.append(_element("fldChar", fldCharType=kind))


def whole(paragraph: Paragraph, text: str) -> None:
    """An id that no line breaks: its hyphens are the ones that do not."""
    run: Any = paragraph.add_run()
    for n, piece in enumerate(text.split("-")):
        if n:
            run._r.append(_element("noBreakHyphen"))
        run.add_text(piece)
