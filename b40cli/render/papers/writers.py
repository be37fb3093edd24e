"""A paper written in one of the four forms; each writer is loaded when it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from b40cli import __version__
from b40cli.model.paper import Paper

FORMS = ("md", "html", "pdf", "docx")
SHEETS = ("a4", "letter")
TEMPLATES = {"html": "paper.html", "pdf": "paper.typ", "docx": "letterhead.docx"}


class Written(NamedTuple):
    """A paper's bytes, and the writer that made them."""

    data: bytes
    made_with: str


def write(paper: Paper, form: str, template: bytes | None, sheet: str) -> Written:
    """The paper in a form; the template of the package where no other is given.

    Raises UsageError where a library is not installed, or a template is broken, UnreadableError
    where it keeps the machine busy.
    """
    if template is None:
        return _written(paper, form, None, sheet)
    from b40cli.render.papers.bounded import bounded

    return bounded(lambda: _written(paper, form, template, sheet), TEMPLATES[form])


def _written(paper: Paper, form: str, template: bytes | None, sheet: str) -> Written:
    own = f"b40 {__version__}"
    if form == "md":
        from b40cli.render.papers.md import markdown

        return Written(markdown(paper).encode(), own)
    if form == "docx":
        from b40cli.render.papers import docx

        return Written(docx.docx(paper, template, sheet), docx.made_with())
    given = _shipped(form) if template is None else template
    if form == "html":
        from b40cli.render.papers.html import html

        return Written(html(paper, given, sheet), own)
    from b40cli.render.papers import pdf

    return Written(pdf.pdf(paper, given, sheet), pdf.made_with())


def _shipped(form: str) -> bytes:
    return Path(__file__).with_name(TEMPLATES[form]).read_bytes()
