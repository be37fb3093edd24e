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
from typing import Any

from b40cli.model.errors import UsageError
from b40cli.model.paper import Paper
from b40cli.render.papers.pdf_data import data_of

STANDARDS = ["a-3a", "ua-1"]
REMEDY = "Compare it with the one that comes with b40."


def pdf(paper: Paper, template: bytes, sheet: str) -> bytes:
    """The paper as a PDF; UsageError where typst is not installed or the template is broken."""
    typst = _typst()
    data = json.dumps(data_of(paper, sheet), ensure_ascii=False, sort_keys=True)
    midnight = datetime(paper.day.year, paper.day.month, paper.day.day, tzinfo=UTC)
    with _nowhere() as root:
        try:
            made: bytes = typst.compile(
                template,
                root=root,
                package_path=root,
                package_cache_path=root,
                ignore_system_fonts=True,
                format="pdf",
                timestamp=int(midnight.timestamp()),
                pdf_standards=STANDARDS,
                sys_inputs={"data": data},
            )
        # TypstError is one; a template that is no text is another.
        except RuntimeError as error:
            raise UsageError(_wrong(error), REMEDY) from None
    return made


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise UsageError(
            "A PDF needs typst, which is not installed here.", "pip install 'b40[papers]'"
        ) from None
    return typst


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
