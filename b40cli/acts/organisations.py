"""Who asks to be an observer: described on the command line, placed by the gazetteer (Art. 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from b40cli.acts.opened.gazetteer_match import anywhere, city_id
from b40cli.acts.opened.named import called, on_list
from b40cli.acts.opened.session import Session
from b40cli.model.errors import UsageError, refuse_unknown
from b40cli.model.facts.observer import KINDS, Observer
from b40cli.model.ref import stated

LOCAL = KINDS[0]


class Organisation(NamedTuple):
    """Who asks or is invited, as the record will say it."""

    id: str
    name: str
    kind: str
    country: str | None = None
    population: Mapping[str, Any] | None = None
    aims: tuple[str, ...] = ()


class OrganisationDetails(NamedTuple):
    """What the person said of an organisation; None is what was left out."""

    name: str
    kind: str | None = None
    country: str | None = None
    population: int | None = None
    year: int | None = None
    source: str | None = None
    gazetteer: str | None = None
    aims: tuple[str, ...] = ()
    own_id: str | None = None


def described(session: Session, told: OrganisationDetails) -> Organisation:
    """The organisation that is meant: one on the list by its id, or a new one by its name."""
    refuse_unknown("--kind", told.kind, KINDS)
    found = on_list(session.before, told.own_id or told.name)
    if found is None and told.own_id is None and told.country is not None:
        found = on_list(session.before, organisation_id(told.name, told.country))
    found = found or _called_so(session, told)
    return _new(told) if found is None else _again(found, told)


def known(session: Session, name: str) -> bool:
    """Whether a body of this id or name is on the list."""
    found = called(session.before, ("observer",), name)
    return on_list(session.before, name) is not None or len(found) == 1


def _called_so(session: Session, told: OrganisationDetails) -> Observer | None:
    """The one on the list that bears this name, where no other country is said."""
    found = called(session.before, ("observer",), told.name)
    one = session.before.observer(found[0].id) if len(found) == 1 else None
    return one if one and told.country in (None, one.country) else None


def _again(observer: Observer, told: OrganisationDetails) -> Organisation:
    if told.kind not in (None, observer.kind):
        raise UsageError(
            f"{observer.name} is on the list as {observer.kind}.", "What is on the list stays."
        )
    return Organisation(
        observer.id,
        observer.name,
        observer.kind,
        told.country or observer.country,
        _figure_again(observer, told),
        told.aims or observer.aims,
    )


def _figure_again(observer: Observer, told: OrganisationDetails) -> Mapping[str, Any] | None:
    """The figure on record with what it lacked, or a new one."""
    was = observer.population
    if was is None or told.population is not None:
        return _figure(told) if told.population is not None else None
    return _population(was.people, told.year or was.year, told.source or was.source)


def _new(told: OrganisationDetails) -> Organisation:
    kind = told.kind or LOCAL
    country = told.country
    if kind == LOCAL and country is None:
        raise UsageError("A local government names its country.", "--country AT, for example.")
    return Organisation(
        told.own_id or organisation_id(told.name, country),
        told.name,
        kind,
        country,
        _found(told, country) if kind == LOCAL and country else None,
        told.aims,
    )


def _found(told: OrganisationDetails, country: str) -> Mapping[str, Any] | None:
    if told.population is not None:
        return _figure(told)
    place = anywhere(told.name, country, told.gazetteer)
    return None if place is None else _population(place.population, told.year, "gazetteer")


def _figure(told: OrganisationDetails) -> Mapping[str, Any]:
    return _population(told.population, told.year, told.source or "request")


def _population(people: int | None, year: int | None, source: str) -> Mapping[str, Any]:
    return stated({"count": people, "year": year, "source": source})


def organisation_id(name: str, country: str | None) -> str:
    """at-vienna for Vienna in Austria; a body of no country is given an id by hand."""
    if country is None:
        raise UsageError(
            "The id of an observer begins with its country.",
            "Name the country of its seat (--country), or an id of your own (--id).",
        )
    return city_id(name, country)
