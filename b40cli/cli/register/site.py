"""The public site at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.opening import view_then
from b40cli.cli.request.options import Request, read
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.wording import counted

if TYPE_CHECKING:
    from b40cli.acts.opened.view import View
    from b40cli.model.results.published import Published
    from b40cli.model.results.site import SiteBuilt


@read
def build(
    request: Request,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder: new, or of an earlier build.")
    ],
    papers: Annotated[
        bool,
        typer.Option("--papers", help="Decisions, minutes and reports as PDF too; names in full."),
    ] = False,
) -> Answer[SiteBuilt]:
    """The public site: members on a map, meetings, decisions with arithmetic, statutes, data.

    Pages without JavaScript that ask for nothing elsewhere; the same register and day give the
    same bytes. A folder of an earlier build is brought up to date; what others put there stays.
    Papers tell more than pages: who headed a delegation, which grounds were put. A Final Report
    waits for the Presidency's approval, an activity report for the Assembly's.

    Examples:
      b40 site build --out site
      b40 site build --out site --papers
      b40 site build --out site --on 2026-12-31 --known-at 2026-12-31
    """
    from b40cli.acts.handing_out import replace_in
    from b40cli.acts.opened.view import answer
    from b40cli.acts.published.site import material
    from b40cli.render.exports.document import designated_document
    from b40cli.render.site.build import site_files

    opened = view_then(request)
    made = material(opened)
    made["document"] = designated_document(made["document"])
    files = site_files(made, _data(made["document"]), _papers(opened) if papers else {})
    replace_in(out, files)
    result = _built(out, files)
    pages = result["pages"]
    told = (
        f"{counted(pages, 'page')} and {counted(len(files) - pages, 'file')} to take away in "
        f"{out}; begin at {out}/index.html."
    )
    return answer(opened, "site build", result, told)


def _papers(opened: View) -> dict[str, bytes]:
    from b40cli.acts.papers.public import public_papers
    from b40cli.acts.papers.templates import template_of
    from b40cli.render.papers.writers import write

    template = template_of(opened, "pdf")
    made = public_papers(opened)
    return {f"{name}.pdf": write(paper, "pdf", template, "a4").data for name, paper in made}


def _built(out: Path, files: Mapping[str, bytes]) -> SiteBuilt:
    pages = sum(name.endswith(".html") for name in files)
    return {"out": str(out), "pages": pages, "files": len(files)}


def _data(document: Published) -> dict[str, bytes]:
    """The files to take away; workbook and calendar where their libraries are there."""
    from b40cli.model.results.published import columns
    from b40cli.render.exports.calendar import as_calendar
    from b40cli.render.exports.document import as_document
    from b40cli.render.exports.feed import as_feed
    from b40cli.render.exports.popolo import as_popolo
    from b40cli.render.exports.tables import as_csv, sheets
    from b40cli.store.spreadsheet import workbook

    texts = {
        "register.json": as_document(document),
        "popolo.json": as_document(as_popolo(document)),
        "feed.xml": as_feed(document),
        **as_csv(document, columns()),
    }
    made = {name: text.encode() for name, text in texts.items()}
    try:
        made["calendar.ics"] = as_calendar(document).encode()
        made["register.xlsx"] = workbook(sheets(document, columns()), {})
    except UsageError:
        return made
    return made
