"""Reviewing at the counter: what a branch would change, told to whoever has to approve it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.arguments import MEMBER
from b40cli.cli.options import REPORTS, Request, reading
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.reviews import Reviewed


@reading(*REPORTS)
def review(
    request: Request,
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
) -> Answer[Reviewed]:
    """Tell what a branch changes in the statutes' words, and judge it by the law of its base.

    Examples:
      b40 review HEAD~1..HEAD
      b40 review HEAD~1 --format markdown
      b40 review HEAD~1 --for Kamenik
    """
    from b40cli.acts.review.review import review as reviewed

    if request.known_at is not None:
        raise UsageError("--known-at has no place here.", "The range names the commits itself.")
    return reviewed(request.repo, request.today(), range_, request.now(), for_)
