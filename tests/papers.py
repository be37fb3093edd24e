"""What leaves the house, opened again by others: `python -m tests.papers` (`make test-papers`).

Every paper of the invented year, and one with names that want to be something else, on A4 and on
Letter: the PDF by poppler (pages, tags, fonts, text) and by a checker of PDF/A-3a and PDF/UA-1, the
DOCX by LibreOffice, the page by the HTML checker; each must hold every word of the paper. Then the
data: the workbook by openpyxl, the calendar by ical.js, the tables by frictionless (Popolo by
jsonschema's Draft 3 in the suite itself). Needs Debian's poppler-utils and libreoffice-writer, Java
and Node.js.
`--pictures DIR` keeps the pages as pictures.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from b40cli.acts.opened.view import View
from b40cli.acts.papers.activity import activity
from b40cli.acts.papers.decision import decision, with_record
from b40cli.acts.papers.membership import dossier
from b40cli.acts.papers.membership_certificate import certificate as membership
from b40cli.acts.papers.minutes import final, minutes
from b40cli.acts.papers.notice import notice
from b40cli.acts.papers.sheets import sheets
from b40cli.acts.published.certificate import certificate
from b40cli.acts.published.document import published
from b40cli.model.paper import Paper, Strong
from b40cli.model.results.published import columns
from b40cli.render.certificate import paper as record_of
from b40cli.render.exports.calendar import as_calendar
from b40cli.render.exports.document import designated_document
from b40cli.render.exports.tables import TABLES, as_csv
from b40cli.render.exports.tables import sheets as sheets_of
from b40cli.render.papers.inline import flat
from b40cli.render.papers.writers import write
from b40cli.store.spreadsheet import workbook
from tests import year as told_year
from tests.render.papers.sample import NAMES, sample

ROOT = Path(__file__).resolve().parent.parent
READERS = ROOT / ".venv" / "readers"
SIZES = {"a4": "595", "letter": "612"}
GA, EC = "2026-01-24-ga", "2026-01-23-ec"
VERIFIER = ROOT / "verifier" / "verify_certificate.py"
TOOLS = ("pdfinfo", "pdffonts", "pdftotext", "pdftoppm", "soffice", "java", "node")
WORD = re.compile(r"[^\W\d_]{4,}")
# The checker takes a line end that belongs to a stream's own bytes for the one behind it.
MISTAKEN = "PDFA3A-STREAM-LENGTH-001"


def papers(view: View) -> Iterator[tuple[str, Paper]]:
    """Every kind of paper there is, of the invented year."""
    yield "notice", notice(view, GA)
    yield "notice-ec", notice(view, EC)
    yield "minutes", minutes(view, GA)
    yield "minutes-ec", minutes(view, EC)
    yield "final", final(view, GA)
    yield "sheets", sheets(view, GA)
    yield "activity", activity(view, 2025)
    proof = record_of(certificate(view, "GA-2026-004"))
    yield "decision", with_record(decision(view, "GA-2026-004"), proof)
    yield "admission", decision(view, "EC-2025-001")
    yield "membership", membership(view, "bg-rosendol")
    yield "dossier", dossier(view, "xk-gurmal")
    yield "names", sample(*NAMES[1:4])


def words_of(found: object) -> Iterator[str]:
    """Every word that a paper says, wherever in its parts it stands."""
    if isinstance(found, str):
        yield from WORD.findall(flat(found))
    elif isinstance(found, Strong):
        yield from WORD.findall(flat(found.text))
    elif isinstance(found, tuple):
        for each in found:
            yield from words_of(each)


def told(*words: object) -> str:
    """What a program says; its failure is told as what it said."""
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, check=False)
    return done.stdout + (f"FAILED: {done.stderr}" if done.returncode else "")


def lost(paper: Paper, text: str) -> list[str]:
    """Words of a paper that a reader does not find."""
    there = re.sub(r"[\s\u200b\u00ad]+", "", text).casefold()
    said = {word for part in paper.parts for word in words_of(part)}
    return sorted(word for word in said if word.casefold() not in there)


def of_a_pdf(file: Path, paper: Paper, size: str) -> Iterator[str]:
    """What poppler and the checker of PDF/A and PDF/UA say of a PDF."""
    import page

    about = told("pdfinfo", file)
    for wanted in (r"Tagged: +yes", rf"Page size: +{SIZES[size]}", r"Title: +\S", r"PDF version"):
        if not re.search(wanted, about):
            yield f"pdfinfo does not say {wanted}"
    fonts = told("pdffonts", file).splitlines()[2:]
    yield from (f"not embedded: {line}" for line in fonts if line.split()[-5] != "yes")
    if gone := lost(paper, told("pdftotext", file, "-")):
        yield f"pdftotext does not find {gone}"
    for profile in ("PDF_A_3A", "PDF_UA_1"):
        asked = getattr(page.ValidationProfile, profile)
        found = page.validate_pdf_bytes(file.read_bytes(), profile=asked)
        yield from (f"{profile}: {f.message}" for f in found.failures if f.rule_id != MISTAKEN)


def of_docx(files: dict[Path, Paper], folder: Path) -> Iterator[str]:
    """What LibreOffice makes of the DOCX files."""
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    told("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, *files)
    for file, paper in files.items():
        made = (folder / file.name).with_suffix(".pdf")
        if not made.exists():
            yield f"{file.name}: LibreOffice opens it not"
        elif gone := lost(paper, told("pdftotext", made, "-")):
            yield f"{file.name}: LibreOffice does not show {gone}"


def of_pages(files: Sequence[Path]) -> Iterator[str]:
    """What the HTML checker says of pages."""
    jar = READERS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    said = subprocess.run(
        ["java", "-Xmx512m", "-jar", jar, "--format", "gnu", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    yield from (said.stdout + said.stderr).splitlines()


def of_papers(view: View, folder: Path) -> Iterator[str]:
    """Every paper in every form through its readers."""
    documents: dict[Path, Paper] = {}
    pages: list[Path] = []
    for name, paper in papers(view):
        for size in SIZES:
            file = folder / f"{name}-{size}.pdf"
            file.write_bytes(write(paper, "pdf", None, size).data)
            yield from (f"{file.name}: {line}" for line in of_a_pdf(file, paper, size))
        for form in ("docx", "html"):
            file = folder / f"{name}.{form}"
            file.write_bytes(write(paper, form, None, "a4").data)
            documents |= {file: paper} if form == "docx" else {}
            pages += [file] if form == "html" else []
    yield from of_docx(documents, folder)
    yield from of_pages(pages)
    proved = told(sys.executable, VERIFIER, folder / "decision-a4.pdf")
    if "does not hold" in proved or "GA-2026-004" not in proved:
        yield f"the verifier does not take the decision: {proved[-300:]}"


def of_data(view: View, folder: Path) -> Iterator[str]:
    """The register as data through its readers."""
    document = designated_document(published(view))
    tables = folder / "tables"
    tables.mkdir()
    for name, text in as_csv(document, columns()).items():
        (tables / name).write_text(text, encoding="utf-8", newline="")
    yield from _tables(tables)
    (folder / "register.xlsx").write_bytes(workbook(sheets_of(document, columns()), {}))
    yield from _workbook(folder / "register.xlsx", document)
    (folder / "calendar.ics").write_text(as_calendar(document), encoding="utf-8", newline="")
    yield from _calendar(folder / "calendar.ics")


def _tables(folder: Path) -> Iterator[str]:
    command = READERS / "python" / "bin" / "frictionless"
    said = told(command, "validate", "--json", folder / "datapackage.json")
    try:
        found = json.loads(said)
    except ValueError:
        yield f"frictionless: {said[-500:]}"
        return
    if not found["valid"]:
        yield f"frictionless: {json.dumps(found['tasks'])[:1000]}"


def _workbook(file: Path, document: Any) -> Iterator[str]:
    import openpyxl

    book = openpyxl.load_workbook(file)
    for table in TABLES:
        name, rows = table.name, document[table.name]
        sheet = next((each for each in book if each.title in (name, table.title)), None)
        if sheet is None or sheet.max_row != len(rows) + 1:
            yield f"openpyxl: {name} has not {len(rows)} rows"
            continue
        cells = (cell for row in sheet.iter_rows() for cell in row)
        yield from (f"openpyxl: {c.coordinate} is a formula" for c in cells if c.data_type == "f")


def _calendar(file: Path) -> Iterator[str]:
    script = READERS / "calendar.mjs"
    said = told("node", script, file)
    if not said.startswith("["):
        yield f"ical.js: {said[-500:]}"
        return
    events = json.loads(said)
    if len({event["uid"] for event in events}) != len(events) or not events:
        yield "ical.js: an event comes twice, or there is none"
    for event in events:
        if not event["start"] or not event["summary"] or event["backwards"] or not event["stamped"]:
            yield f"ical.js: {event}"


def main(words: Sequence[str]) -> int:
    """Ask every reader; how much is wrong."""
    gone = [tool for tool in TOOLS if shutil.which(tool) is None]
    if gone:
        print(f"Not installed: {', '.join(gone)}. apt-get install poppler-utils libreoffice-writer")
        return 1
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        view = told_year.year(folder / "register")
        asked: tuple[Callable[[View, Path], Iterator[str]], ...] = (of_papers, of_data)
        for ask in asked:
            wrong += ask(view, folder)
        if words[:1] == ["--pictures"]:
            _pictures(folder, Path(words[1]))
    print(*(wrong or ["Every reader finds what was written."]), sep="\n")
    return len(wrong)


def _pictures(folder: Path, kept: Path) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.pdf"):
        told("pdftoppm", "-r", "80", "-png", file, kept / file.stem)


if __name__ == "__main__":
    raise SystemExit(min(main(sys.argv[1:]), 1))
