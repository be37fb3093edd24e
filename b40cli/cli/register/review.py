"""Reviewing at the counter: what a branch would change, told to whoever has to approve it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import MEMBER
from b40cli.cli.request.opening import view
from b40cli.cli.request.options import Request, reading
from b40cli.cli.request.written import PaperAsked, asked_for, handed
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.render import REPORTS

if TYPE_CHECKING:
    from b40cli.model.results.reviews import Reviewed
    from b40cli.model.results.written import PaperWritten


@reading(*REPORTS)
def review(
    request: Request,
    asked: PaperAsked,
    range_: Annotated[
        str,
        typer.Argument(
            metavar="BASE..HEAD",
            help="The commits; BASE alone is BASE..HEAD, BASE...HEAD begins where they parted.",
        ),
    ],
    for_: Annotated[
        str | None,
        typer.Option("--for", help="A city, to be told first what moves for it."),
        MEMBER,
    ] = None,
) -> Answer[Reviewed | PaperWritten]:
    """Tell what a branch changes in the statutes' words, and judge it by the law of its base.

    As a paper it can be signed and filed with what was approved: b40 evidence file.

    Examples:
      b40 review HEAD~1..HEAD
      b40 review HEAD~1 --format markdown
      b40 review HEAD~1 --for Kamenik
      b40 review HEAD~1 --for Kamenik --out review.pdf
    """
    from b40cli.acts.review.review import review as reviewed

    if request.known_at is not None:
        raise UsageError("--known-at has no place here.", "The range names the commits itself.")
    found = reviewed(request.repo, request.today(), range_, request.now(), for_)
    return _paper(request, asked, found) if asked_for(asked) else found


def _paper(
    request: Request, asked: PaperAsked, found: Answer[Reviewed]
) -> Answer[Reviewed | PaperWritten]:
    """The review as a paper, with the exit of the verdict; what cannot be read has none."""
    from b40cli.acts.papers.review import review as paper_of
    from b40cli.render.screens.review import filled, judged_by

    result = found.result
    if "judged_by" not in result:
        return found
    told = [(part.title, part.sentences) for part in filled(result)]
    opened = view(request)
    paper = paper_of(opened, result, found.findings, told, judged_by(result))
    written = handed(opened, asked, "review", paper)
    return written._replace(ok=found.ok, exit_code=found.exit_code)
