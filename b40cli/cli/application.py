"""Applications at the counter (Art. 5)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from b40cli.cli.arguments import MEMBER, File
from b40cli.cli.opening import country_code, document, done, session, several, view
from b40cli.cli.options import Request, act, day, read
from b40cli.cli.prompt import answered, guided
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results.members import Applications, ApplicationWithdrawn, Applied


@act
def submit(
    request: Request,
    city: Annotated[str, typer.Argument(help="The city's name, in any usual spelling.")],
    country: Annotated[str, typer.Option("--country", help="Two letters: BG, HR, XK …")],
    received: Annotated[str | None, typer.Option("--received", help="The day it came in.")] = None,
    form: Annotated[File, typer.Option("--form", help="The standard form.")] = None,
    letter: Annotated[File, typer.Option("--letter", help="The mayor's letter.")] = None,
    more: Annotated[
        list[Path] | None, typer.Option("--document", help="Another document; may be repeated.")
    ] = None,
    elected: Annotated[
        File, typer.Option("--elected", help="Evidence of an elected city government.")
    ] = None,
    criteria: Annotated[
        list[str] | None, typer.Option("--criteria", help="pledge, aims or both.")
    ] = None,
    aims: Annotated[list[str] | None, typer.Option("--aims", help="Aims of Art. 3.")] = None,
    gazetteer: Annotated[
        str | None, typer.Option("--gazetteer", help="Which place: its id, or none.")
    ] = None,
    population: Annotated[
        int | None, typer.Option("--population", min=1, help="People; else the gazetteer's.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", help="The office's public address.")
    ] = None,
    city_id: Annotated[str | None, typer.Option("--id", help="An id of your own.")] = None,
) -> Answer[Applied]:
    """Record an application received. An incomplete one is recorded too, with a note.

    Given again while it is pending, it adds what was lacking; the day of receipt stays.
    Documents are recorded by name and SHA-256; they may stay outside the register.

    Example:
      b40 application submit Rosendol --country BG --form form.pdf --letter letter.pdf
    """
    from b40cli.acts import members
    from b40cli.acts.opened import gazetteer_match

    opened = session(request)
    if guided():
        form, letter, elected, criteria = _in_one_sitting(form, letter, elected, criteria)
    code = country_code(country)
    found = gazetteer_match.match(opened, city, code, gazetteer)
    came = str(day(received)) if received else None
    papers = [document(opened, file) for file in more or []]
    application: dict[str, Any] = {
        "received": came,
        "form": document(opened, form),
        "letter": document(opened, letter),
        "documents": papers or None,
        "criteria": several(criteria) or None,
        "aims": several(aims) or None,
    }
    applicant = members.Applicant(
        name=city,
        country=code,
        application={key: value for key, value in application.items() if value is not None},
        gazetteer=found.id if found else None,
        population=_population(population, found),
        elected=document(opened, elected),
        contact=contact,
        city=city_id
        or gazetteer_match.known_as(opened.before, found)
        or gazetteer_match.city_id(city, code, found),
    )
    return done(request, opened, members.submit(opened, applicant))


def _in_one_sitting(
    form: Path | None, letter: Path | None, elected: Path | None, criteria: list[str] | None
) -> tuple[Path | None, Path | None, Path | None, list[str] | None]:
    """What else an application holds (Art. 5); a blank is what has not come yet."""

    def paper(known: Path | None, question: str) -> Path | None:
        answer = "" if known else answered(f"{question}, a file; blank if it lacks", "", blank="")
        return known or (Path(answer).expanduser() if answer else None)

    form = paper(form, "The standard form")
    letter = paper(letter, "The mayor's letter")
    elected = paper(elected, "Evidence of an elected government")
    if not criteria:
        told = answered("Criteria it meets: pledge, aims or both; blank for none", "", blank="")
        criteria = [told.replace("both", "pledge,aims")] if told else None
    return form, letter, elected, criteria


def _population(given: int | None, found: Any) -> dict[str, Any] | None:
    if given is not None:
        return {"count": given, "source": "application"}
    return {"count": found.population, "source": "gazetteer"} if found else None


@act
def withdraw(
    request: Request,
    city: Annotated[str, typer.Argument(help="The applicant, e.g. bg-plovdiv."), MEMBER],
) -> Answer[ApplicationWithdrawn]:
    """Record that an application was taken back before it was decided.

    Example:
      b40 application withdraw bg-rosendol
    """
    from b40cli.acts import members

    opened = session(request)
    return done(request, opened, members.withdraw_application(opened, city))


@read
def list_(
    request: Request,
    everything: Annotated[
        bool, typer.Option("--all", help="Answered and withdrawn ones too.")
    ] = False,
) -> Answer[Applications]:
    """List the applications that are pending, with what they lack.

    Example:
      b40 application list --all
    """
    from b40cli.acts.reads import lists

    return lists.applications(view(request), everything)
