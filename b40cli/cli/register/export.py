"""The register as data, for others: JSON, CSV, XLSX, Popolo, a calendar, a feed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.opening import view_then
from b40cli.cli.request.options import Request, read
from b40cli.cli.request.prompt import answered, may_ask
from b40cli.cli.request.written import refuse_ending, to_file
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.wording import counted

if TYPE_CHECKING:
    from b40cli.acts.opened.view import View
    from b40cli.model.results.published import Exported, Published

OutFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write it to this file; else to standard output."),
]
Workbook = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="The file to write.")]
OutFolder = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="A new folder for the tables.")
]


@read
def json_(request: Request, out: OutFile = None) -> Answer[Exported]:
    """The whole register as of a day as one JSON document, with the fields that may leave it.

    Its schema is schemas/export.json; `b40_export` is its version.

    Examples:
      b40 export json --out register.json
      b40 export json --on 2026-12-31 --known-at 2026-12-31
    """
    from b40cli.render.exports.document import as_document

    opened = view_then(request)
    return _text(opened, "json", as_document(_document(opened)), out, "json")


@read
def csv(request: Request, out: OutFolder = None) -> Answer[Exported]:
    """Each list of the register as a CSV table, with a datapackage.json that describes them.

    Example:
      b40 export csv --out tables
    """
    from b40cli.acts.handing_out import own_folder
    from b40cli.model.results.published import columns
    from b40cli.render.exports.tables import as_csv

    if out is None:
        if not may_ask(request):
            raise UsageError("Several tables go into a folder.", "Name a new one: --out tables")
        out = Path(answered("The new folder of the tables", "--out"))
    opened = view_then(request)
    own_folder(out, "datapackage.json")
    files = as_csv(_document(opened), columns())
    tables = {out / name: text.encode() for name, text in files.items()}
    told = f"Written into {out}: {counted(len(files) - 1, 'table')}, and what describes them."
    return _written(opened, "csv", tables)._replace(told=told)


@read
def xlsx(request: Request, out: Workbook = None) -> Answer[Exported]:
    """The same lists as the sheets of a workbook; no text in it is a formula.

    Example:
      b40 export xlsx --out register.xlsx
    """
    from b40cli.model.results.published import columns
    from b40cli.render.exports.tables import sheets
    from b40cli.store.spreadsheet import workbook

    if out is None:
        if not may_ask(request):
            raise UsageError("A workbook is no text.", "Name its file: --out register.xlsx")
        out = Path(answered("The file of the workbook", "--out"))
    refuse_ending(out, "xlsx")
    opened = view_then(request)
    data = workbook(sheets(_document(opened), columns()), {})
    return _written(opened, "xlsx", {out: data})


@read
def ics(request: Request, out: OutFile = None) -> Answer[Exported]:
    """A calendar: meetings, duties that are due, the ends of mandates and of committee seats.

    Example:
      b40 export ics --out b40.ics
    """
    from b40cli.render.exports.calendar import as_calendar

    opened = view_then(request)
    return _text(opened, "ics", as_calendar(_document(opened)), out, "ics")


@read
def popolo(request: Request, out: OutFile = None) -> Answer[Exported]:
    """Who is what in which body and how they voted, in the classes of Popolo.

    Example:
      b40 export popolo --out popolo.json
    """
    from b40cli.render.exports.document import as_document
    from b40cli.render.exports.popolo import as_popolo

    opened = view_then(request)
    return _text(opened, "popolo", as_document(as_popolo(_document(opened))), out, "json")


@read
def atom(request: Request, out: OutFile = None) -> Answer[Exported]:
    """Decisions and convened meetings as an Atom feed, the newest first.

    Example:
      b40 export atom --out decisions.xml
    """
    from b40cli.render.exports.feed import as_feed

    opened = view_then(request)
    return _text(opened, "atom", as_feed(_document(opened)), out, "xml", "atom")


def _document(opened: View) -> Published:
    from b40cli.acts.published.document import published
    from b40cli.render.exports.document import designated_document

    return designated_document(published(opened))


def _text(opened: View, form: str, text: str, out: Path | None, *endings: str) -> Answer[Exported]:
    """The text on standard output, or in a file with one of the endings."""
    from b40cli.acts.opened.view import answer

    out = to_file(out)
    refuse_ending(out, *endings, "txt")
    if out is not None:
        return _written(opened, form, {out: text.encode()})
    result: Exported = {"form": form, "written": [], "file": text}
    return answer(opened, f"export {form}", result, text)


def _written(opened: View, form: str, files: Mapping[Path, bytes]) -> Answer[Exported]:
    from b40cli.acts.handing_out import hand_out
    from b40cli.acts.opened.view import answer

    written = hand_out(files)
    result: Exported = {"form": form, "written": written}
    return answer(opened, f"export {form}", result, f"Written: {', '.join(written)}.")
