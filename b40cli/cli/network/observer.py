"""Observers at the counter (Art. 6)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from b40cli.cli.request.arguments import (
    OBSERVER,
    OTHER_COUNTRY,
    PAPER,
    Gazetteer,
    Outgoing,
    People,
    Person,
    Received,
    SignedDecision,
    Why,
)
from b40cli.cli.request.asking import Asks, Wanted
from b40cli.cli.request.opening import document, done, known_country, session, several, view_then
from b40cli.cli.request.options import Request, act, day, read
from b40cli.cli.request.prompt import may_ask
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.acts.opened.session import Session
    from b40cli.acts.organisations import OrganisationDetails
    from b40cli.model.results.groups import ObserverAsked, ObserverDecided, Observers

ObserverName = Annotated[str, typer.Argument(help="Its name, or the id it has on the list.")]
ObserverId = Annotated[str, typer.Argument(help="The observer, for example at-vienna."), OBSERVER]
ObserverKind = Annotated[
    str | None,
    typer.Option(
        "--kind", help="local-government (else this), association of them, or international."
    ),
]
Country = Annotated[str | None, typer.Option("--country", help="The country: AT, DE …")]
FigureYear = Annotated[
    int | None, typer.Option("--year", min=1900, max=2199, help="The year the figure is of.")
]
Source = Annotated[
    str | None, typer.Option("--source", help="A listed source of the figure; else the request.")
]
Aims = Annotated[
    list[str] | None, typer.Option("--aims", help="An international body: its aims of Art. 3.")
]
Id = Annotated[str | None, typer.Option("--id", help="An id of your own, such as eu-rivernet.")]


class OrganisationOptions(NamedTuple):
    """What is said of a body that asks or is invited."""

    kind: ObserverKind = None
    country: Country = None
    population: People = None
    year: FigureYear = None
    source: Source = None
    gazetteer: Gazetteer = None
    aims: Aims = None
    own_id: Id = None


def _told(name: str, said: OrganisationOptions) -> OrganisationDetails:
    from b40cli.acts.organisations import OrganisationDetails

    country = known_country(said.country) if said.country else None
    aims = tuple(several(said.aims))
    return OrganisationDetails(name, **{**said._asdict(), "country": country, "aims": aims})


def _asked_of(
    request: Request, opened: Session, name: str, said: OrganisationOptions
) -> OrganisationOptions:
    """What else is told of a body that is not on the list, where nothing was said of it."""
    from b40cli.acts.organisations import known
    from b40cli.cli.sitting.guided import wanted

    if any(said) or not may_ask(request) or known(opened, name):
        return said
    country = wanted(OTHER_COUNTRY, "Its country", None, request.repo)
    people = wanted(Wanted("number"), "How many live there", None, None)
    of = wanted(Wanted("number"), "The year of that figure", None, None) if people else None
    return said._replace(
        country=country,
        population=int(people) if people else None,
        year=int(of) if of else None,
        gazetteer="none" if people else None,
    )


@act
def request(
    request: Request,
    name: ObserverName,
    said: OrganisationOptions,
    received: Received = None,
    paper: Annotated[Path | None, typer.Option("--document", help="The request."), PAPER] = None,
) -> Answer[ObserverAsked]:
    """Record a request for observer status; asked again, add the facts that were missing.

    A request of whoever cannot be an observer is recorded too, with a note.

    Examples:
      b40 observer request Graubach --country AT --year 2021 --document letter.pdf
      b40 observer request at-graubach --population 620000 --year 2024
    """
    from b40cli.acts import observers, organisations

    opened = session(request)
    told = _told(name, _asked_of(request, opened, name, said))
    came = day(received) if received else opened.on
    asking = organisations.described(opened, told)
    return done(request, opened, observers.request(opened, asking, came, document(opened, paper)))


@act
def invite(
    request: Request,
    name: ObserverName,
    to: Annotated[
        str,
        typer.Option("--to", help="To what: ga, or the id of a working group."),
        Asks(("group",), ("ga",)),
    ],
    person: Person = None,
    evidence: SignedDecision = None,
    grounds: Why = None,
    outgoing: Outgoing = None,
    *,
    said: OrganisationOptions,
) -> Answer[ObserverDecided]:
    """Record the President's invitation: a standing one, until the status is ended (Art. 6).

    Who never asked is described here as a request would, and comes on the list with it.

    Examples:
      b40 observer invite at-graubach --to ga --evidence letter.pdf
      b40 observer invite at-graubach --to local-climate-action --evidence letter.pdf
    """
    from b40cli.acts import observers, organisations
    from b40cli.acts.change import unilateral

    opened = session(request)
    told = _told(name, _asked_of(request, opened, name, said))
    invited = organisations.described(opened, told)
    signed = unilateral.SignedPaper(person, document(opened, evidence), grounds, city=outgoing)
    group = None if to == "ga" else to
    return done(request, opened, observers.invite(opened, invited, group, signed))


@act
def end(
    request: Request,
    name: ObserverId,
    person: Person = None,
    evidence: SignedDecision = None,
    grounds: Why = None,
    outgoing: Outgoing = None,
) -> Answer[ObserverDecided]:
    """Record that the President ends a status; the observer stays on the list.

    Example:
      b40 observer end at-graubach --evidence letter.pdf
    """
    from b40cli.acts import observers
    from b40cli.acts.change import unilateral

    opened = session(request)
    signed = unilateral.SignedPaper(person, document(opened, evidence), grounds, city=outgoing)
    return done(request, opened, observers.end(opened, name, signed))


@read
def list_(
    request: Request,
    state: Annotated[
        str | None, typer.Option("--state", help="Only these: requested, invited or ended.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Ended ones too.")] = False,
) -> Answer[Observers]:
    """List who asked for or received observer status, as it stands on the day.

    Example:
      b40 observer list --all
    """
    from b40cli.acts.reads import observers

    return observers.listed(view_then(request), state, everything)
