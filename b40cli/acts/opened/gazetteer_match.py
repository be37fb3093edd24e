"""Which place an applicant is: looked up in the gazetteer, ambiguities shown, never guessed."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from b40cli.acts.opened.session import Session
from b40cli.model.errors import UsageError
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.case.law import law_on
from b40cli.store.gazetteer import find, fold, near, place_of, standard

NONE = "none"
ID = re.compile("[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*")


class GazetteerMatch(NamedTuple):
    """What the gazetteer says of a city: a proposal with a source, not the law's last word."""

    id: int
    name: str
    population: int
    standard: str


def city_id(name: str, country: str, found: GazetteerMatch | None = None) -> str:
    """bg-stara-zagora for Stara Zagora in Bulgaria; made of the standard name of a place known."""
    folded = fold(found.standard if found else name)
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in folded).split()
    if not words:
        raise UsageError(f"No id can be made from {name!r}.", "Name it in Latin letters.")
    return f"{country.lower()}-{'-'.join(words)}"


def id_called(word: str, option: str) -> str:
    """The id of a city that need not be on record: as it was typed, or of the one place called so.

    Raises UsageError with the ids that may be meant.
    """
    from b40cli.store.countries import known_country

    if ID.fullmatch(word):
        known_country(word[:2].upper(), option)
        return word
    found = find(word) or near(word)
    ids = dict.fromkeys(city_id(standard(place), place.country) for place in found)
    if len(ids) == 1 and find(word):
        return next(iter(ids))
    perhaps = f" Did you mean {' or '.join(ids)}?" if ids else ""
    raise UsageError(
        f"{option} {word} is no city's id.", f"Give its id, such as tr-istanbul.{perhaps}"
    )


def known_as(registry: Registry, found: GazetteerMatch | None) -> str | None:
    """The id of the record that bears the place's number, whatever spelling it was made of."""
    naming = registry.naming(str(found.id)) if found else ()
    known = (member for path in naming if (member := registry.member_in(path)))
    return next((m.id for m in known if found and m.gazetteer == found.id), None)


def match(session: Session, name: str, country: str, chosen: str | None) -> GazetteerMatch | None:
    """The one place meant; UsageError with the candidates where it is not exactly one.

    None where the person says `none`, of a city that is on record without a number, and outside
    the region, where the law answers first.
    """
    if country not in law_on(session.before, session.on).names("region"):
        return None
    without = chosen is None and _without_number(session.before, name, country)
    return anywhere(name, country, NONE if without else chosen)


def _without_number(registry: Registry, name: str, country: str) -> bool:
    """Whether a place that the gazetteer does not know is on record."""
    return not find(name, country) and registry.member(city_id(name, country)) is not None


def offered(session: Session, name: str, country: str) -> list[Any] | None:
    """The places among which a person must choose; None where there is no choice to make."""
    if country not in law_on(session.before, session.on).names("region"):
        return None
    matches = find(name, country)
    return None if len(matches) == 1 else list(matches) or _nearest(name, country)


def anywhere(name: str, country: str, chosen: str | None) -> GazetteerMatch | None:
    """The one place meant, in any country; None where the person says `none`."""
    if chosen is not None and chosen.lower() == NONE:
        return None
    if chosen is not None:
        found = place_of(int(chosen)) if chosen.isdecimal() and len(chosen) < 12 else None
        if found is None or found.country != country:
            raise UsageError(
                f"The gazetteer has no place {chosen} in {country}.",
                "Give an id of the gazetteer, or --gazetteer none.",
            )
        return GazetteerMatch(found.id, found.name, found.population, standard(found))
    matches = find(name, country)
    if len(matches) == 1:
        one = matches[0]
        return GazetteerMatch(one.id, one.name, one.population, standard(one))
    raise _ambiguous(name, country, matches) if matches else _unknown(name, country)


def told(place: Any) -> str:
    """A place of the gazetteer, for a person to choose: `Plovdiv, BG, 346893 people`."""
    return f"{place.name}, {place.country}, {counted(place.population, 'person')}"


def _ambiguous(name: str, country: str, matches: list[Any]) -> UsageError:
    listed = "\n".join(f"{p.id}  {told(p)}" for p in matches)
    return UsageError(
        f"The gazetteer has {counted(len(matches), 'place')} called {name} in {country}.",
        f"Say which one with --gazetteer ID:\n{listed}",
    )


def _unknown(name: str, country: str) -> UsageError:
    close = _nearest(name, country)
    listed = "".join(f"\n{p.id}  {told(p)}" for p in close)
    return UsageError(
        f"The gazetteer has no place called {name} in {country}.",
        "Check the name and the country, or enter it without: --gazetteer none."
        + (f" Nearest:{listed}" if close else ""),
    )


def _nearest(name: str, country: str) -> list[Any]:
    return [*find(name), *near(name, country)][:5]
