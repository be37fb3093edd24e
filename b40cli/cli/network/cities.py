"""A city at the counter: what it is called, how its office is reached, how many live there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from b40cli.cli.request.arguments import TODAY, CityId
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import done, session
from b40cli.cli.request.options import Request, act, day
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.ref import stated

if TYPE_CHECKING:
    from b40cli.model.results import members as shape

SAID = Wanted(blank="blank: as it is")


@act
def set_(
    request: Request,
    city: CityId,
    email: Annotated[
        str | None, typer.Option("--email", help="The office's address."), SAID
    ] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Its public number."), SAID] = None,
    website: Annotated[
        str | None, typer.Option("--website", help="The city's website."), SAID
    ] = None,
    address: Annotated[
        str | None, typer.Option("--address", help="Its postal address."), SAID
    ] = None,
    population: Annotated[
        int | None,
        typer.Option("--population", min=1, help="How many people live there."),
        Wanted("number", blank="blank: as it is"),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", min=1900, max=2199, help="The year of that figure."),
        Wanted("number", blank="blank: not known", when=(("population", ()),)),
    ] = None,
    source: Annotated[
        str, typer.Option("--source", help="A listed source of it; else the city's own word.")
    ] = "application",
    name: Annotated[
        str | None, typer.Option("--name", help="Its name in a language."), SAID
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", help="The language of that name: bg, sr, tr …"),
        Wanted(blank=None, when=(("name", ()),)),
    ] = None,
    script: Annotated[str | None, typer.Option("--script", help="Of that name: Cyrl …")] = None,
) -> Answer[shape.MemberTold]:
    """Tell how a city's office is reached, how many live there, what it is called in a language.

    Public office data only. A new name in English is member rename, one that was misspelt correct.

    Examples:
      b40 member set bg-rosendol --email office@example.org --phone "+359 32 000 000"
      b40 member set bg-rosendol --population 41000 --year 2021
      b40 member set bg-rosendol --name Росендол --language bg --script Cyrl
    """
    from b40cli.acts import cities

    opened = session(request)
    reached = {"email": email, "phone": phone, "website": website, "address": address}
    contact = stated(reached)
    told = cities.CityTold(
        contact, _figure(population, year, source), _spoken(name, language, script)
    )
    return done(request, opened, cities.tell(opened, city, told))


def _figure(count: int | None, year: int | None, source: str) -> dict[str, Any] | None:
    if count is None:
        return None
    return {"count": count, **({"year": year} if year else {}), "source": source}


def _spoken(name: str | None, language: str | None, script: str | None) -> dict[str, str] | None:
    if name is None:
        return None
    if language is None:
        raise UsageError("Missing --language.", "Say in which language: --language bg.")
    return {"name": name, "language": language, **({"script": script} if script else {})}


@act
def rename(
    request: Request,
    city: CityId,
    name: Annotated[str, typer.Argument(help="Its new name, in English.")],
    start: Annotated[
        str | None, typer.Option("--from", help="The first day of the new name; else today."), TODAY
    ] = None,
) -> Answer[shape.MemberRenamed]:
    """Record that a city is called otherwise: its id stays, old papers keep the name of their day.

    Cities that are merged, or begin anew, are for a resolution: --effect succession.

    Example:
      b40 member rename bg-rosendol "Novi Rosendol" --from 2026-11-20
    """
    from b40cli.acts import cities

    opened = session(request)
    since_day = day(start) if start else opened.on
    return done(request, opened, cities.rename(opened, city, name, since_day))
