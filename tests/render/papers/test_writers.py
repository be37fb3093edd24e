"""What a record holds is text in each of the forms, and the same input is the same file."""

from __future__ import annotations

import re
import signal
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from b40cli.model.errors import UnreadableError, UsageError
from b40cli.model.size import UNPACKED
from b40cli.render.kosovo import NOTE
from b40cli.render.papers import bounded
from b40cli.render.papers.docx import docx
from b40cli.render.papers.html import POLICY, html
from b40cli.render.papers.md import markdown
from b40cli.render.papers.writers import write
from tests.render.papers.sample import (
    BACKWARDS,
    MARKUP,
    NAMES,
    PAGE,
    SCRIPTS,
    TYPST,
    UNDRAWN,
    sample,
)


def unfenced(text: str) -> str:
    """Markdown without what is shown as it stands."""
    return re.sub(r"^(`{3,})text\n.*?^\1$", "", text, flags=re.S | re.M)


class _Read(HTMLParser):
    """What a browser makes of a page: its tags, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _value in attrs)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: bytes) -> _Read:
    found = _Read()
    found.feed(page.decode())
    return found


def test_names_stay_text_on_a_page() -> None:
    found = read(html(sample(*NAMES), PAGE, "a4"))
    text = "".join(found.text)
    assert not found.tags & {"script", "b", "a", "img"}
    assert MARKUP in text and SCRIPTS in text and UNDRAWN in text
    assert "abc\\u202edef\\u2066ghi" in text and BACKWARDS not in text
    assert text.count(NOTE) == 1 and "Kosovo" not in text.replace("Kosovo*", "")


def test_names_stay_text_in_markdown() -> None:
    text = unfenced(markdown(sample(*NAMES)))
    assert "<script>" not in text and "\\<script\\>" in text
    assert "[a](b)" not in text and "\\[a\\](b)" in text
    assert "\u202e" not in text and text.count(NOTE) == 1


def test_names_stay_text_in_a_docx() -> None:
    from docx import Document

    raw = docx(sample(*NAMES), None, "a4")
    document = Document(BytesIO(raw))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    text = "\n".join([*(p.text for p in document.paragraphs), *cells])
    assert MARKUP in text and SCRIPTS in text and UNDRAWN in text
    assert "\u202e" not in text
    # The first one's asterisk is the mark of its note.
    assert text.replace("Kosovo*", "").count("Kosovo") == 1
    assert document.sections[0].different_first_page_header_footer
    assert "EC-2026-001" in document.sections[0].first_page_header.paragraphs[1].text
    assert document.core_properties.title and b"2013" not in raw


def footnotes(raw: bytes) -> list[str]:
    """The notes at the foot of a DOCX, as they are written in it."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    held = parse_xml(ZipFile(BytesIO(raw)).read("word/footnotes.xml"))
    return ["".join(text.text or "" for text in note.iter(qn("w:t"))) for note in held]


def test_the_note_is_a_footnote_of_the_first_kosovo() -> None:
    """Once in a paper; those that a letterhead brings stay."""
    made = docx(sample("Aldmar", "Brezna Luka"), None, "a4")
    assert footnotes(made) == ["", "", NOTE.removeprefix("*")]
    body = ZipFile(BytesIO(made)).read("word/document.xml")
    assert body.count(b"footnoteReference") == 1 and body.count(b'numFmt w:val="chicago"') == 1
    again = docx(sample("Aldmar"), made, "a4")
    assert footnotes(again) == ["", "", NOTE.removeprefix("*"), NOTE]


def test_an_office_may_have_its_own_letterhead() -> None:
    from docx import Document

    own = Document()
    own.sections[0].header.paragraphs[0].text = "City Hall"
    kept = BytesIO()
    own.save(kept)
    made = Document(BytesIO(docx(sample("Aldmar"), kept.getvalue(), "letter")))
    assert made.sections[0].header.paragraphs[0].text == "City Hall"
    width = made.sections[0].page_width
    assert width is not None and round(width.mm) == 216
    hollow = BytesIO()
    with ZipFile(hollow, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    for none in (b"no archive", hollow.getvalue(), hollow.getvalue().replace(b"<x/>", b"<x/<")):
        with pytest.raises(UsageError, match=r"letterhead.docx cannot be opened"):
            docx(sample("Aldmar"), none, "a4")


def test_a_letterhead_that_unpacks_to_much_is_not_unpacked() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", bytes(UNPACKED + 1))
    with pytest.raises(UsageError, match=r"unpacks to more than 64 MiB"):
        docx(sample("Aldmar"), packed.getvalue(), "a4")


@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_the_same_paper_is_the_same_bytes(form: str) -> None:
    paper = sample("Aldmar", SCRIPTS)
    assert write(paper, form, None, "a4") == write(paper, form, None, "a4")


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("<title>$title</title>", "<title>$titel</title>"),
        ("$body", ""),
        ("$body", "<script>$body</script>"),
        ("$body", "<p title='$body'>x</p>"),
        ("$body", "<!-- $body -->"),
        ("$body", "$body <img src='https://example.org/x.png'>"),
        ("$body", "$body <p onclick='x()'>y</p>"),
        ("$body", "$body <svg/onload=x()>"),
        ("$body", "$body <p title='>' onclick=x()>y</p>"),
        ("$body", "$body costs $ 5"),
        ("color-scheme: light;", "background: url(//example.org/x.png);"),
    ],
)
def test_a_broken_template_of_a_page_is_told(place: str, wrong: str) -> None:
    template = PAGE.decode().replace(place, wrong)
    assert template != PAGE.decode()
    with pytest.raises(UsageError, match="template of the papers makes no page"):
        html(sample("Aldmar"), template.encode(), "a4")


@pytest.mark.parametrize(
    "busy",
    [b"#" * 100_000, b"#for i in range(9000) { for j in range(9000) { } }", b'#("x" * 3000000000)'],
)
def test_a_template_that_keeps_the_machine_busy_is_ended(
    busy: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 0.2)
    with pytest.raises(UnreadableError, match=r"paper.typ makes no paper within"):
        write(sample("Aldmar"), "pdf", TYPST + busy, "a4")


def test_work_that_waits_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a library does that began threads before its process was forked."""
    monkeypatch.setattr(bounded, "SECONDS", 0.02)
    with pytest.raises(UnreadableError, match=r"paper.typ makes no paper within"):
        bounded.bounded(signal.pause, "paper.typ")


def test_work_that_asks_for_more_memory_than_there_is_is_told_as_such() -> None:
    """What Python says of it in the child is no defect of the tool."""

    def held() -> bytes:
        raise MemoryError

    with pytest.raises(UnreadableError, match=r"paper.typ makes no paper within"):
        bounded.bounded(held, "paper.typ")
    with pytest.raises(UnreadableError, match=r"paper.typ makes no paper within"):
        bounded.bounded(lambda: bytes(bounded.MEMORY + 1), "paper.typ")


def test_a_page_of_a_megabyte_of_brackets_is_read_once() -> None:
    page = html(sample("Aldmar"), PAGE + b"< on" * 250_000, "a4")
    assert page.startswith(b'<!doctype html>\n<html lang="en">\n<head>\n' + POLICY.encode())
    for odd in (b'<html lang=">"><head>', b"<!-- <head> -->"):
        page = html(sample("Aldmar"), odd + PAGE, "a4")
        assert page.startswith(POLICY.encode())


def test_an_office_changes_its_page() -> None:
    template = PAGE.decode().replace("$body", "<p>City Hall</p>\n$body")
    page = html(sample(MARKUP), template.encode(), "letter").decode()
    assert "<p>City Hall</p>" in page and "size: letter" in page and "<script" not in page


def test_a_table_that_fits_no_line_is_told_row_by_row() -> None:
    text = markdown(sample("Aldmar"))
    assert "| Aldmar |" in re.sub(" +", " ", text)
    assert "- Aldmar" not in text.split("| Head")[1].split("\n\n")[0]
    wide = unfenced(markdown(sample("Aldmar " * 14)))
    heads = re.findall("^#+ .*", wide, re.M)
    lines = [line for line in wide.splitlines() if NOTE not in line and line not in heads]
    # A heading ends with its line: folded, its rest would be a paragraph, or a block of code.
    assert any(head.count("Aldmar") == 28 for head in heads)
    assert all(len(line.rstrip()) <= 80 for line in lines)
