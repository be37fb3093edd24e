"""PDF through typst: readable page and proof in one file (PDF/A-3a, PDF/UA-1).

The page is typst's work by a template; what a paper says reaches it as values. Nothing but these
two goes in: no file, no package, no font and no clock of the machine.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from b40cli.model.errors import UsageError
from b40cli.model.paper import Paper
from b40cli.render.papers.pdf_data import data_of

# No folder, so nothing lies below it: neither a file nor a package.
NOWHERE = os.devnull
NOBODY = "http://127.0.0.1:9"
PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
DIRECT = ("NO_PROXY", "no_proxy")
STANDARDS = ["a-3a", "ua-1"]
# Where typst says that it stumbled, in the template that it was given as bytes.
_PLACE = re.compile(r"\.typ:(\d+):\d+")
REMEDY = "Compare it with the one that comes with b40."


def pdf(paper: Paper, template: bytes, sheet: str) -> bytes:
    """The paper as a PDF; UsageError where typst is not installed or the template is broken."""
    typst = _typst()
    data = json.dumps(data_of(paper, sheet), ensure_ascii=False, sort_keys=True)
    midnight = datetime(paper.day.year, paper.day.month, paper.day.day, tzinfo=UTC)
    with _offline():
        try:
            made: bytes = typst.compile(
                template,
                root=NOWHERE,
                package_path=NOWHERE,
                package_cache_path=NOWHERE,
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
            "A PDF needs typst, which is not installed here.", "pip install typst"
        ) from None
    return typst


def _wrong(error: Exception) -> str:
    """Typst's own sentence, and the line of the template it is about."""
    first = " ".join(str(error).strip().splitlines()[:1])[:200]
    found = _PLACE.search(str(getattr(error, "diagnostic", "")))
    where = f"paper.typ, line {found[1]}: " if found else ""
    return f"The template of the papers makes no PDF: {where}{first}."


@contextmanager
def _offline() -> Iterator[None]:
    """Typst fetches a package that a template imports, and has no switch for that.

    Whatever it asks for meanwhile is asked of a proxy that is not there.
    """
    before = {name: os.environ.get(name) for name in (*PROXIES, *DIRECT)}
    os.environ.update(dict.fromkeys(PROXIES, NOBODY))
    for name in DIRECT:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def made_with() -> str:
    """Which typst makes the file: another one may give other bytes."""
    return f"typst {_typst().__version__}"
