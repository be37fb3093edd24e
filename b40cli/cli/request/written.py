"""Papers at the counter: `--as` and `--out` of every command whose answer is one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

import typer

from b40cli.cli.request.opening import view
from b40cli.cli.request.options import Request
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.acts.opened.view import View
    from b40cli.model.paper import Paper
    from b40cli.model.results.written import PaperWritten

N = TypeVar("N", str, int)
FORMS = ("md", "html", "pdf", "docx")
SHEETS = ("a4", "letter")
TEMPLATES = ("yaml", "csv", "xlsx")
# Endings that say what a file holds.
ENDINGS = frozenset(
    {
        *("txt", "md", "markdown", "html", "htm", "pdf", "doc", "docx", "odt", "rtf", "eml"),
        *("csv", "tsv", "xls", "xlsx", "ods", "json", "yaml", "yml", "xml", "atom", "rss", "ics"),
        *("py", "sh", "zip", "gz", "tar", "png", "jpg", "jpeg", "svg", "tif", "tiff"),
    }
)


class PaperAsked(NamedTuple):
    """How a paper is to leave the house."""

    form: Annotated[
        str | None, typer.Option("--as", metavar="FORM", help="The paper as md, html, pdf or docx.")
    ] = None
    file: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the paper to this file.")
    ] = None
    sheet: Annotated[
        str | None, typer.Option("--paper", metavar="SIZE", help="a4 or letter; else a4.")
    ] = None


def asked_for(paper: PaperAsked) -> bool:
    """Whether a file or a form of the paper is asked for."""
    return any(given is not None for given in paper._replace(file=to_file(paper.file)))


def refuse_form(asked: PaperAsked, doing: str) -> None:
    """Nothing is printed where something is recorded."""
    if asked_for(asked):
        raise UsageError(f"With {doing} something is recorded, not printed.", "Leave --as out.")


def refuse_ending(file: Path | None, *endings: str) -> None:
    """A file is not named as another form than it holds; UsageError where it is.

    An ending that means no form (`register.2026`) is part of a name.
    """
    ending = file.suffix[1:].lower() if file else ""
    if file and ending in ENDINGS and ending not in endings:
        raise wrongly_named(file, endings[0])


def wrongly_named(file: Path, ending: str) -> UsageError:
    """What is said of a file that would not be what its ending says."""
    return UsageError(
        f"{file} would hold something else than its name says.",
        f"Name it {file.with_suffix(f'.{ending}').name}.",
    )


def to_file(file: Path | None) -> Path | None:
    """The file that is asked for; None for standard output, which `-` stands for, too."""
    from b40cli.acts.handing_out import OUTPUT

    return None if file == OUTPUT else file


def printed(
    request: Request,
    asked: PaperAsked,
    found: Callable[[View, N], Answer[Any]],
    compose: Callable[[View, N], Paper],
    name: N,
    opens: Callable[[Request], View] = view,
) -> Answer[Any]:
    """What is found of a name: its paper on a screen, its data in JSON, a file with --as, --out.

    What no paper is made of is refused in JSON, too.
    """
    opened = opens(request)
    told, paper = found(opened, name), compose(opened, name)
    if asked_for(asked):
        return handed(opened, asked, told.command, paper)
    if request.format == "json":
        return told
    return told._replace(beside={**told.beside, "paper": paper})


def handed(opened: View, asked: PaperAsked, command: str, paper: Paper) -> Answer[PaperWritten]:
    """The paper in the form that is asked for: in a file, or as text on standard output."""
    from b40cli.acts.handing_out import hand_out
    from b40cli.acts.opened.view import answer

    asked = asked._replace(file=to_file(asked.file))
    form, sheet = form_of(asked), _sheet(asked)
    result, data = _written(opened, paper, form, sheet, command)
    if asked.file is not None:
        files = hand_out({asked.file: data})
        told = f"Written: {', '.join(files)}."
        return answer(opened, command, {**result, "written": files}, told)
    text = data.decode()
    return answer(opened, command, {**result, "file": text}, text)


def form_of(asked: PaperAsked) -> str:
    """As --as says, else as the file's name does; a binary form needs a file."""
    suffix = asked.file.suffix.lower().removeprefix(".") if asked.file else ""
    suffix = {"markdown": "md", "htm": "html"}.get(suffix, suffix)
    form = asked.form or suffix
    if not form:
        raise UsageError("As what is the paper wanted?", f"Give --as, one of {', '.join(FORMS)}.")
    if form not in FORMS:
        raise UsageError(f"{form} is no form of a paper.", f"One of {', '.join(FORMS)}.")
    if asked.form and suffix in FORMS and suffix != asked.form:
        raise UsageError(f"--as {form} and {asked.file} contradict each other.", "Give one.")
    if asked.file is None and form in ("pdf", "docx"):
        raise UsageError(f"A {form} is no text for a terminal.", f"Add --out FILE.{form}.")
    return form


def _sheet(asked: PaperAsked) -> str:
    if asked.sheet not in (None, *SHEETS):
        raise UsageError(f"--paper {asked.sheet} is no size.", f"One of {', '.join(SHEETS)}.")
    return asked.sheet or "a4"


def _written(
    opened: View, paper: Paper, form: str, sheet: str, command: str
) -> tuple[PaperWritten, bytes]:
    import json
    from hashlib import sha256

    from b40cli.acts.papers.templates import template_of
    from b40cli.render.papers.writers import write

    made = write(paper, form, template_of(opened, form), sheet)
    data = json.dumps(paper, default=str, ensure_ascii=False)
    result: Any = {
        "paper": command,
        "as": form,
        "written": [],
        "sha256": sha256(made.data).hexdigest(),
        "data": sha256(data.encode()).hexdigest(),
        "made_with": made.made_with,
    }
    return result, made.data
