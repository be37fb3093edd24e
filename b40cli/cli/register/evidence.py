"""Documents at the counter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.opening import done, session
from b40cli.cli.request.options import Request, act
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results.records import EvidenceFiled


@act
def file(
    request: Request,
    document: Annotated[Path, typer.Argument(help="The document's file.")],
    name: Annotated[
        str | None, typer.Option("--as", help="Where below evidence/; else YEAR/its name.")
    ] = None,
) -> Answer[EvidenceFiled]:
    """Put a document below registry/evidence/, in a commit, with its SHA-256; then name it there.

    Git is permanent and everybody reads a register: no private letter, no signature card. Such a
    document stays outside; the commands that name it record its SHA-256 alone.

    Examples:
      b40 evidence file application.pdf
      b40 evidence file scan.pdf --as 2026/EC-2026-001/minutes.pdf
    """
    from b40cli.acts.register.evidence import file_document

    opened = session(request)
    return done(request, opened, file_document(opened, document, name))
