"""PDF through typst: readable page and proof in one file (PDF/A-3a, PDF/UA-1).

The page is typst's work by a template; what a paper says reaches it as values. Nothing but these
two goes in: no file, no package, no font and no clock of the machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from b40cli.model.errors import UsageError
from b40cli.model.paper import Paper
from b40cli.render.papers.pdf_data import data_of

if TYPE_CHECKING:
    from typst import PDFStandard

STANDARDS: list[PDFStandard] = ["a-3a", "ua-1"]


def pdf(paper: Paper, template: bytes, sheet: str) -> bytes:
    """The paper as a PDF; UsageError where typst is not installed or the template is broken."""
    try:
        import typst
    except ImportError:
        raise UsageError(
            "A PDF needs typst, which is not installed here.", "pip install 'b40[papers]'"
        ) from None
    data = json.dumps(data_of(paper, sheet), ensure_ascii=False, sort_keys=True)
    midnight = datetime(paper.day.year, paper.day.month, paper.day.day, tzinfo=UTC)
    try:
        return _compiled(template, data, int(midnight.timestamp()))
    except typst.TypstError as error:
        raise UsageError(_wrong(error), "Compare it with the one that comes with b40.") from None


def _compiled(template: bytes, data: str, timestamp: int) -> bytes:
    import typst

    with _nowhere() as root:
        # Its stub wants input and root of one type; bytes and a folder are taken.
        made: bytes = typst.compile(  # type: ignore[call-overload]
            template,
            None,
            root,
            package_path=root,
            package_cache_path=root,
            ignore_system_fonts=True,
            format="pdf",
            timestamp=timestamp,
            pdf_standards=STANDARDS,
            sys_inputs={"data": data},
        )
    return made


def _wrong(error: Exception) -> str:
    """Typst's own sentence, and the line of the template it is about."""
    first = str(error).strip().splitlines()[:1]
    return f"The template of the papers makes no PDF: {' '.join(first)[:200]}."


@contextmanager
def _nowhere() -> Iterator[Path]:
    """An empty folder: what a template asks for from the disk or from a package is not there."""
    with TemporaryDirectory(prefix="b40-") as folder:
        yield Path(folder)


def made_with() -> str:
    """Which typst makes the file: another one may give other bytes."""
    return f"typst {version('typst')}"
