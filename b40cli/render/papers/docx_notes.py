"""The note of Art. 1 as a footnote of Word's own; python-docx has no words for it.

Its mark is the first of Word's own series that begins with an asterisk. Beside notes of an office's
letterhead, which have another series, the asterisk is written out (LibreOffice shows it twice).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b40cli.render.kosovo import NOTE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

PLACE = "/word/footnotes.xml"
MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# The two lines between text and notes, which every file with footnotes holds.
LINES = "".join(
    f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for n, kind in ((-1, "separator"), (0, "continuationSeparator"))
)
SMALL = '<w:rPr><w:sz w:val="17"/></w:rPr>'
OWN, WRITTEN = "<w:footnoteRef/>", "<w:t>*</w:t>"
ENTRY = (
    f'<w:footnote {W} w:id="%d"><w:p><w:r>{SMALL}%s</w:r>'
    f'<w:r>{SMALL}<w:t xml:space="preserve">{NOTE.removeprefix("*")}</w:t></w:r></w:p></w:footnote>'
)
MARKS = {
    OWN: f'<w:r {W}><w:footnoteReference w:id="%d"/></w:r>',
    WRITTEN: f'<w:r {W}><w:footnoteReference w:customMarkFollows="1" w:id="%d"/>{WRITTEN}</w:r>',
}
SERIES = f'<w:footnotePr {W}><w:numFmt w:val="chicago"/></w:footnotePr>'


def noted(document: Document, paragraph: Paragraph) -> None:
    """An asterisk at the end of the paragraph so far, with the note at the foot of its page."""
    from docx.oxml import parse_xml

    number, mark = _entered(document)
    made: Any = paragraph._p
    made.append(parse_xml(MARKS[mark] % number))
    if mark == OWN:
        _begun_with_an_asterisk(document)


def _begun_with_an_asterisk(document: Document) -> None:
    """The series of marks of each section, behind what it says of heads and feet."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    frames = (qn("w:headerReference"), qn("w:footerReference"))
    for section in document.sections:
        held: Any = section._sectPr
        place = sum(child.tag in frames for child in held)
        for other in held.findall(qn("w:footnotePr")):
            held.remove(other)
        held.insert(place, parse_xml(SERIES))


def _entered(document: Document) -> tuple[int, str]:
    """The note among the footnotes, those of a letterhead kept; its number and its mark."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    part = document.part
    kind = RELATIONSHIP_TYPE.FOOTNOTES
    known = next((rel.target_part for rel in part.rels.values() if rel.reltype == kind), None)
    held: Any = parse_xml(known.blob if known else f"<w:footnotes {W}>{LINES}</w:footnotes>")
    number = max([0, *(int(note.get(qn("w:id"))) for note in held)]) + 1
    mark = OWN if known is None else WRITTEN
    held.append(parse_xml(ENTRY % (number, mark)))
    blob = serialize_part_xml(held)
    if known is None:
        part.relate_to(Part(PackURI(PLACE), MEDIA, blob, part.package), kind)
    else:
        known._blob = blob
    return number, mark
