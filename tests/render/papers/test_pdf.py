"""A PDF is opened again: what it says, that it is PDF/A-3a and PDF/UA-1, what it carries."""

from __future__ import annotations

import os
import re
from io import BytesIO
from typing import Any

import pytest

from b40cli.model.errors import UsageError
from b40cli.model.paper import Display, PageBreak, Paper, Paragraph, Tabular, Verbatim
from b40cli.render.papers import glyphs
from b40cli.render.papers.glyphs import drawn
from b40cli.render.papers.pdf import pdf
from tests.render.papers.sample import MARKUP, NAMES, SCRIPTS, TYPST, sample

pypdf = pytest.importorskip("pypdf")
page_validation = pytest.importorskip("page")
# The checker takes a line end that belongs to a stream's own bytes for the one behind it.
MISTAKEN = "PDFA3A-STREAM-LENGTH-001"


@pytest.fixture(scope="module")
def raw() -> bytes:
    return pdf(sample(*NAMES), TYPST, "a4")


@pytest.fixture(scope="module")
def opened(raw: bytes) -> Any:
    return pypdf.PdfReader(BytesIO(raw))


def said(reader: Any) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u00a0]+", "", text)


def test_it_says_what_the_paper_says(opened: Any) -> None:
    text = squeezed(said(opened))
    assert squeezed(MARKUP) in text and squeezed(SCRIPTS) in text
    assert "⟨U+5DE5⟩" in text and "⟨U+1F44D⟩" in text
    assert "abc\\u202edef\\u2066ghi" in text and "n" * 500 in text
    assert text.count("isdesignationiswithoutprejudice") == 1


def test_it_has_page_numbers_and_letterhead(opened: Any) -> None:
    pages = [squeezed(page.extract_text()) for page in opened.pages]
    assert all(page.endswith(f"{n}of{len(pages)}") for n, page in enumerate(pages, 1))
    assert "ThePermanentSecretariat" in pages[0]
    assert all("unofficial" in page for page in pages)


def test_it_carries_the_machine_record(opened: Any) -> None:
    assert opened.attachments["EC-2026-001.json"] == [b'{"a": 1}']


def test_checkers_accept_it(raw: bytes) -> None:
    for profile in ("PDF_A_3A", "PDF_UA_1"):
        found = page_validation.validate_pdf_bytes(
            raw, profile=getattr(page_validation.ValidationProfile, profile)
        )
        failed = [(f.rule_id, f.message) for f in found.failures if f.rule_id != MISTAKEN]
        assert failed == [] and found.rules.total > 100
    assert all(
        _exact(raw, found) for found in re.finditer(rb"/Length (\d+)[^>]*.*?>>\s*stream\n", raw)
    )


def _exact(raw: bytes, found: re.Match[bytes]) -> bool:
    return raw[found.end() + int(found[1]) :].lstrip(b"\r\n").startswith(b"endstream")


def test_the_same_paper_is_the_same_bytes_on_either_sheet(raw: bytes) -> None:
    assert pdf(sample(*NAMES), TYPST, "a4") == raw
    letter = pypdf.PdfReader(BytesIO(pdf(sample("Aldmar"), TYPST, "letter")))
    assert [round(side) for side in letter.pages[0].mediabox[2:]] == [612, 792]


def _of(*parts: Any) -> Paper:
    return sample("Aldmar")._replace(parts=parts)


def test_heads_of_a_table_are_repeated_and_ids_not_broken() -> None:
    rows = tuple((f"EC-2026-{n:03}", "a meeting of the committee " * 4) for n in range(120))
    reader = pypdf.PdfReader(
        BytesIO(pdf(_of(Tabular(("Record", "Said"), rows, (0, 1))), TYPST, "a4"))
    )
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 2 and all("Record" in page and "Said" in page for page in pages)
    assert all(sum(key in page for page in pages) == 1 for key, _said in rows)


def test_head_and_foot_keep_their_face_over_a_records_lines() -> None:
    """The second page begins with them; its head is set as that of any other."""
    parts = (PageBreak(), Verbatim("id: EC-2026-001"))
    page = pypdf.PdfReader(BytesIO(pdf(_of(Paragraph("x"), *parts), TYPST, "a4"))).pages[1]
    faces: dict[str, str] = {}
    page.extract_text(
        visitor_text=lambda text, _cm, _tm, font, _size: faces.update(
            {text.strip(): str((font or {}).get("/BaseFont"))}
        )
    )
    assert {face for text, face in faces.items() if "2 of 2" in text or "Aldmar" in text}
    assert not [t for t, f in faces.items() if "Mono" in f and ("Aldmar" in t or "commit" in t)]


def test_a_display_keeps_to_one_page() -> None:
    display = Display("Certificate", "Çamlıova", "Türkiye", ("is", "a member"), (), "Issued")
    assert len(pypdf.PdfReader(BytesIO(pdf(_of(display), TYPST, "a4"))).pages) == 1


def test_every_sign_that_is_said_to_be_drawn_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the three weights of a paper; a sign without a glyph would stop a PDF/UA file."""
    text = " ".join(map(chr, _points(glyphs._TEXT)))
    mono = "".join(map(chr, _points(glyphs._MONO)))
    assert drawn(text) == text and drawn(mono, mono=True) == mono
    made = pdf(_of(Paragraph(text), Verbatim(mono)), TYPST, "a4")
    assert made.startswith(b"%PDF-")
    monkeypatch.setattr("b40cli.render.papers.pdf_data.drawn", lambda said, **_mono: said)
    with pytest.raises(UsageError, match="could not be displayed"):
        pdf(_of(Paragraph("工")), TYPST, "a4")


def _points(ranges: str) -> list[int]:
    spans = [span.split("-") for span in ranges.split()]
    points = [p for s in spans for p in range(int(s[0], 16), int(s[-1], 16) + 1)]
    return [p for p in points if chr(p).isprintable()]


@pytest.mark.parametrize(
    "wrong",
    [
        b"#let x = (",
        b'#import "@preview/cetz:0.3.0": *\n',
        b'#read("/etc/passwd")\n',
        b'#image("../x.png")\n',
        b"#data.nothing\n",
        b"\xff\xfe",
        b"#while true {}\n",
    ],
)
def test_a_broken_template_is_told_and_reaches_nothing(wrong: bytes) -> None:
    with pytest.raises(UsageError, match="template of the papers makes no PDF"):
        pdf(sample("Aldmar"), TYPST + wrong, "a4")


def test_a_broken_template_is_told_with_its_line() -> None:
    lines = TYPST.count(b"\n")
    with pytest.raises(UsageError, match=f"paper.typ, line {lines + 2}: unclosed delimiter"):
        pdf(sample("Aldmar"), TYPST + b"\n#let x = (", "a4")


def test_a_package_is_asked_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """However its name is put together; and the machine's own ways out are as before."""
    monkeypatch.setenv("NO_PROXY", "example.org")
    monkeypatch.delenv("HTTPS_PROXY", raising=False)
    wrong = b'#let a = "@pre" + "view/cetz:0.3.0"\n#import a: *\n'
    with pytest.raises(UsageError, match=r"refused|Connect"):
        pdf(sample("Aldmar"), TYPST + wrong, "a4")
    assert os.environ["NO_PROXY"] == "example.org" and "HTTPS_PROXY" not in os.environ


def test_an_office_changes_its_template() -> None:
    own = TYPST + b"\n#text[City Hall #data.network]\n"
    assert "City Hall" in said(pypdf.PdfReader(BytesIO(pdf(sample(MARKUP), own, "a4"))))
