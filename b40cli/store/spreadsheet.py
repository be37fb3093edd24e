"""The door to spreadsheets: sheets of text out of a workbook, and a workbook out of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from b40cli.model.errors import UsageError
from b40cli.model.size import UNPACKED, said

# What a spreadsheet would take for a formula; of these no text is one.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
# When it was saved, which the library writes by the clock.
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
WIDEST = 60
NO_TIME = datetime(1980, 1, 1)


def sheets_of(data: bytes) -> dict[str, list[list[str]]]:
    """Every sheet by its title, each a list of rows of text; UsageError where it is no workbook."""
    openpyxl = _library()
    _bounded(data)
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        return {sheet.title: _rows(sheet) for sheet in book.worksheets}
    except Exception as error:
        raise UsageError(
            f"The file is no workbook that can be read: {type(error).__name__}.",
            "Save it again as .xlsx, or as CSV.",
        ) from error


def workbook(sheets: Mapping[str, Iterable[Sequence[Any]]], notes: Mapping[str, str]) -> bytes:
    """A workbook of texts and whole numbers, the same bytes for the same rows.

    No text is a formula, whatever it begins with. `notes` are comments on the heads, by head.
    """
    openpyxl = _library()
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = NO_TIME
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for n, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                _write(sheet.cell(n, column), value)
        _lay_out(openpyxl, sheet, notes)
    written = BytesIO()
    book.save(written)
    return without_times(written.getvalue())


def _write(cell: Any, value: Any) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = _UNWRITABLE.sub("\ufffd", value)
    if value.startswith(FORMULA):
        cell.data_type, cell.quotePrefix = "s", True


def _lay_out(openpyxl: Any, sheet: Any, notes: Mapping[str, str]) -> None:
    """The head stays in sight, its columns are as wide as what stands in them, up to a limit."""
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for cells in sheet.iter_cols():
        head = cells[0]
        head.font = openpyxl.styles.Font(bold=True)
        longest = max(len(str(cell.value or "")) for cell in cells)
        sheet.column_dimensions[head.column_letter].width = max(12, min(longest + 3, WIDEST))
        if str(head.value) in notes:
            head.comment = openpyxl.comments.Comment(notes[str(head.value)], "b40")


def without_times(packed: bytes) -> bytes:
    """The same archive with the first day of its calendar on every entry, and as its saving."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    written = BytesIO()
    with ZipFile(BytesIO(packed)) as read, ZipFile(written, "w", ZIP_DEFLATED) as steady:
        for entry in read.infolist():
            same = ZipInfo(entry.filename)
            same.compress_type, same.external_attr = ZIP_DEFLATED, entry.external_attr
            steady.writestr(same, _SAVED.sub(rb"\g<1>1980-01-01T00:00:00Z", read.read(entry)))
    return written.getvalue()


def _library() -> Any:
    try:
        import openpyxl
        import openpyxl.comments
        import openpyxl.styles
    except ImportError:
        raise UsageError(
            "Spreadsheets need the library openpyxl, which is not installed.",
            "pip install openpyxl; or save the sheet as CSV.",
        ) from None
    return openpyxl


def _bounded(data: bytes) -> None:
    from zipfile import BadZipFile, ZipFile

    try:
        unpacked = sum(entry.file_size for entry in ZipFile(BytesIO(data)).infolist())
    except BadZipFile:
        raise UsageError("The file is no workbook.", "Save it as .xlsx, or as CSV.") from None
    if unpacked > UNPACKED:
        raise UsageError(f"The workbook unpacks to more than {said(UNPACKED)}.", "Split it.")


def _rows(sheet: Any) -> list[list[str]]:
    return [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def _text(cell: Any) -> str:
    """A cell as it would be typed: days as YYYY-MM-DD, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
