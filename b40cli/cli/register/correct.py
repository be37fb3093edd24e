"""Corrections at the counter: what was entered wrongly, what is right, and what shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import DECISION, RECORD
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import document, done, session
from b40cli.cli.request.options import Request, act
from b40cli.cli.request.prompt import answered, guided, may_ask, needed
from b40cli.cli.sitting.completing import places
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.acts.opened.session import Session
    from b40cli.model.results.records import CorrectAlready, Corrected, CorrectedSeveral


@act
def correct(
    request: Request,
    reference: Annotated[str, typer.Argument(help="The record, e.g. bg-plovdiv."), RECORD],
    at: Annotated[
        str | None,
        typer.Option("--at", help="The place in it, e.g. population.count.", autocompletion=places),
    ] = None,
    right: Annotated[str | None, typer.Option("--is", help="What is right.")] = None,
    why: Annotated[str | None, typer.Option("--why", help="Why the record is wrong.")] = None,
    also: Annotated[
        list[str] | None,
        typer.Option("--also", help="A further place, PLACE=VALUE; may be repeated."),
    ] = None,
    evidence: Annotated[
        list[Path] | None, typer.Option("--evidence", help="What shows it; may be repeated.")
    ] = None,
    own_slip: Annotated[
        bool, typer.Option("--own-slip", help="Your own slip of the pen: no paper shows it.")
    ] = False,
    source: Annotated[
        str | None,
        typer.Option("--source", help="A listed source that shows it; in an unofficial register."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help="The resolution it rests on; else the secretariat."),
        DECISION,
    ] = None,
) -> Answer[Corrected | CorrectAlready | CorrectedSeveral]:
    """Correct a fact that was entered wrongly. The old entry stays; a new record replaces it.

    Names, figures, contacts and mistyped days are corrected by the Secretariat on evidence; more
    than that by a resolution about the record (--by). What was decided is annulled, not corrected.
    What a record lacks is added to it: no reason and no evidence is asked for that.
    Several sources of a fact are parted by |.

    Example:
      b40 correct bg-rosendol --at population.count --is 346000 --why Misread --evidence census.pdf
      b40 correct bg-rosendol --at contact.email --is office@example.org
    """
    from b40cli.acts.register import corrections

    opened = session(request)
    if at is None and may_ask(request):
        at = _asked_place(opened, reference)
    place = needed(at, "Which place of the record is wrong", "--at", request)
    value = needed(right, "What is right", "--is", request)
    places = ((place, value), *map(_placed, also or ()))
    if why is None and guided() and corrections.holds(opened, reference, place):
        why, evidence, own_slip = _asked_why(evidence, own_slip)
    papers = tuple(document(opened, file) or {} for file in evidence or ())
    told = corrections.Right(places, why, papers, by, own_slip, source)
    return done(request, opened, corrections.correct(opened, reference, told))


def _asked_place(opened: Session, reference: str) -> str:
    """A place of the record, by its number or as it is written; one that lacks is typed."""
    from b40cli.acts.register import corrections
    from b40cli.cli.sitting import choices

    held = corrections.places_of(opened, reference)
    options = [choices.Option(at, at, said) for at, said in held]
    choices.show(options)
    text = answered("Which place is wrong or lacks", "--at")
    found = choices.picked(text, options, options)
    return found.options[0].id if len(found.options) == 1 and not found.wrong else text


def _asked_why(evidence: list[Path] | None, own_slip: bool) -> tuple[str, list[Path] | None, bool]:
    """Why the record is wrong, and what shows it; without a paper it is one's own slip."""
    from b40cli.cli.sitting.guided import wanted

    why = answered("Why is the record wrong", "--why")
    if evidence or own_slip:
        return why, evidence, own_slip
    how = Wanted("file", blank="blank: your own slip of the pen, no paper shows it")
    paper = wanted(how, "What shows it", None, None)
    return (why, [Path(paper)], False) if paper else (why, None, True)


def _placed(text: str) -> tuple[str, str]:
    place, equals, value = text.partition("=")
    if not equals or not place.strip() or not value.strip():
        raise UsageError(f"--also {text} is no PLACE=VALUE.", "Write population.year=2025.")
    return place.strip(), value.strip()
