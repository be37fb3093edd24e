"""Forgetting at the counter: which words go, and what goes on holding them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import RECORD
from b40cli.cli.request.opening import document, done, session
from b40cli.cli.request.options import Request, act
from b40cli.cli.request.prompt import needed
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.records import Forgotten

KEPT = (
    "Git keeps what is gone: earlier commits hold it, here, in every clone and at the\n"
    "host; so does what was exported, printed or mailed. Whoever must take it out\n"
    "there, too, follows docs/restore.md: the history is rewritten, and every head\n"
    "printed before no longer lies in it. This machine's cache holds words until\n"
    "it is deleted: rm -r ~/.cache/b40"
)


@act
def forget(
    request: Request,
    reference: Annotated[str, typer.Argument(help="The record, or a document."), RECORD],
    fields: Annotated[
        list[str] | None,
        typer.Argument(help="The places in a record, e.g. contact.email mayors.0.name."),
    ] = None,
    why: Annotated[
        str | None, typer.Option("--why", help="Why, without saying the words again.")
    ] = None,
    evidence: Annotated[
        list[Path] | None,
        typer.Option("--evidence", help="The request, or an authority's order; may be repeated."),
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Wherever the register holds the same.")
    ] = False,
    word: Annotated[
        str | None, typer.Option("--word", help="The secret word; else one is made up.")
    ] = None,
) -> Answer[Forgotten]:
    """Take words about a person, or a document, out; a salted hash stays in a new record.

    Names, contacts, titles, reasons and notes may go; ids, days, figures and votes stay. A document
    below evidence/ goes whole, and its own hash where records name it. Keep the secret word outside
    the register: with it anybody can show later what stood there, without it nobody can guess it.
    Git keeps what is gone in its history all the same (docs/restore.md).

    Examples:
      b40 forget bg-plovdiv contact.email --why "Asked for" --evidence request.pdf
      b40 forget bg-plovdiv mayors.0.name --everywhere --why "Court order" --evidence order.pdf
      b40 forget evidence/2026/letter.pdf --why "Asked for" --evidence request.pdf
    """
    from secrets import token_hex

    from b40cli.acts.register.forgetting import Wish
    from b40cli.acts.register.forgetting import forget as proposed

    reason = needed(why, "Why the words must go", "--why", request)
    if not evidence:
        raise UsageError("Missing --evidence.", "Name the request, or the order of an authority.")
    if word is not None and not word.strip():
        raise UsageError("A blank --word hides nothing.", "Leave it out: one is made up.")
    opened = session(request)
    papers = tuple(document(opened, file) or {} for file in evidence)
    secret = token_hex(16) if word is None else word
    answer = done(
        request,
        opened,
        proposed(opened, reference, Wish(fields or (), reason, papers, secret, everywhere)),
    )
    if answer.commit is None:
        return answer
    told = f"{answer.told}\nThe secret word is {secret}: it is written down nowhere.\n{KEPT}"
    return answer._replace(told=told)
