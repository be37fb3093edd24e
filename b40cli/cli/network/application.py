"""Applications at the counter (Art. 5)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from b40cli.cli.request.arguments import (
    APPLICANT,
    COUNTRY,
    PAPER,
    File,
    Gazetteer,
    People,
    Received,
)
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import country_code, document, done, session, several, view
from b40cli.cli.request.options import Request, act, day, read
from b40cli.cli.request.prompt import may_ask, tell
from b40cli.cli.sitting.guided import wanted
from b40cli.model.answer import Answer
from b40cli.model.ref import stated
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from b40cli.acts.opened.session import Session
    from b40cli.model.results.members import Applications, ApplicationWithdrawn, Applied

CRITERIA = Wanted(
    "several",
    (("pledge", "It pledged to keep the Declaration"), ("aims", "It shares the aims of Art. 3")),
)


@act
def submit(
    request: Request,
    city: Annotated[str, typer.Argument(help="The city's name, in any usual spelling.")],
    country: Annotated[str, typer.Option("--country", help="The country: BG, HR, XK …"), COUNTRY],
    received: Received = None,
    form: Annotated[File, typer.Option("--form", help="The standard form."), PAPER] = None,
    letter: Annotated[File, typer.Option("--letter", help="The mayor's letter."), PAPER] = None,
    more: Annotated[
        list[Path] | None, typer.Option("--document", help="Another document; may be repeated.")
    ] = None,
    elected: Annotated[
        File, typer.Option("--elected", help="Evidence of an elected city government."), PAPER
    ] = None,
    criteria: Annotated[
        list[str] | None,
        typer.Option("--criteria", help="Criteria weighed: pledge, aims or both."),
        CRITERIA,
    ] = None,
    aims: Annotated[list[str] | None, typer.Option("--aims", help="Aims of Art. 3.")] = None,
    gazetteer: Gazetteer = None,
    population: People = None,
    contact: Annotated[
        str | None,
        typer.Option("--contact", help="The office's public address."),
        Wanted(blank="blank: not known"),
    ] = None,
    city_id: Annotated[str | None, typer.Option("--id", help="An id of your own.")] = None,
) -> Answer[Applied]:
    """Record an application received. An incomplete one is recorded too, with a note.

    Given again while it is pending, it adds what was lacking; the day of receipt stays.
    Documents are recorded by name and SHA-256; they may stay outside the register.

    Example:
      b40 application submit Rosendol --country BG --form form.pdf --letter letter.pdf
    """
    from b40cli.acts import applications
    from b40cli.acts.opened import gazetteer_match

    opened = session(request)
    city, code = " ".join(city.split()), country_code(country)
    if gazetteer is None and may_ask(request):
        gazetteer = asked_place(opened, city, code)
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
    applicant = applications.Applicant(
        name=city,
        country=code,
        application=stated(application),
        gazetteer=found.id if found else None,
        population=_population(population, found),
        elected=document(opened, elected),
        contact=contact,
        city=city_id
        or gazetteer_match.known_as(opened.before, found)
        or gazetteer_match.city_id(city, code, found),
    )
    return done(request, opened, applications.submit(opened, applicant))


def asked_place(opened: Session, city: str, code: str) -> str | None:
    """Which place of the gazetteer is meant, where its name alone does not say it."""
    from b40cli.acts.opened import gazetteer_match

    offered = gazetteer_match.offered(opened, city, code)
    if offered is None:
        return None
    if not offered:
        tell(f"    The gazetteer knows no {visible(city)} there: it is entered without.")
        return gazetteer_match.NONE
    words = tuple((str(p.id), gazetteer_match.told(p)) for p in offered)
    none = (gazetteer_match.NONE, "none of these: it is entered without")
    return wanted(Wanted(words=(*words, none), blank=None), f"Which place is {city}", None, None)


def _population(given: int | None, found: Any) -> dict[str, Any] | None:
    if given is not None:
        return {"count": given, "source": "application"}
    return {"count": found.population, "source": "gazetteer"} if found else None


@act
def withdraw(
    request: Request,
    city: Annotated[str, typer.Argument(help="The applicant, e.g. bg-plovdiv."), APPLICANT],
) -> Answer[ApplicationWithdrawn]:
    """Record that an application was taken back before it was decided.

    Example:
      b40 application withdraw bg-rosendol
    """
    from b40cli.acts import applications

    opened = session(request)
    return done(request, opened, applications.withdraw_application(opened, city))


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
