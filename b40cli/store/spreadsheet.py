"""The door to spreadsheets: sheets of text out of a workbook, and a workbook out of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from b40cli.model.errors import UsageError

# A workbook is a packed archive: what it unpacks to is bounded before it is read.
MOST_UNPACKED = 64 * 1024 * 1024


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


def workbook(sheets: Mapping[str, Iterable[Sequence[str]]], notes: Mapping[str, str]) -> bytes:
    """A workbook of text cells; `notes` are comments on the heads of the first sheet, by head."""
    openpyxl = _library()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        sheet.freeze_panes = "A2"
        for cell in sheet[1]:
            cell.font = openpyxl.styles.Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = max(12, len(str(cell.value)) + 4)
            if str(cell.value) in notes:
                cell.comment = openpyxl.comments.Comment(notes[str(cell.value)], "b40")
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _library() -> Any:
    try:
        import openpyxl
        import openpyxl.comments
        import openpyxl.styles
    except ImportError:
        raise UsageError(
            "Spreadsheets need the library openpyxl, which is not installed.",
            "pip install 'b40[office]'; or save the sheet as CSV.",
        ) from None
    return openpyxl


def _bounded(data: bytes) -> None:
    from zipfile import BadZipFile, ZipFile

    try:
        unpacked = sum(entry.file_size for entry in ZipFile(BytesIO(data)).infolist())
    except BadZipFile:
        raise UsageError("The file is no workbook.", "Save it as .xlsx, or as CSV.") from None
    if unpacked > MOST_UNPACKED:
        raise UsageError("The workbook unpacks to more than 64 MiB.", "Split it.")


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
