"""The opening record of an invented network: statutes, member cities, offices, working groups."""

from __future__ import annotations

import hashlib
from random import Random
from typing import Any, NamedTuple

from b40cli.model.facts.committee import SEATS
from bench.cities import COUNTRIES, FAMILIES, FIRST, LAST, MIDDLE, PERSONS
from bench.surroundings import SOURCE, network, sources, statutes

GROUPS = {
    "local-climate-action": "Local Climate Action",
    "local-democracy-and-migration": "Local Democracy and Migration",
    "smart-cities-and-digital-transformation": "Smart Cities and Digital Transformation",
    "local-economic-and-cultural-cooperation": "Local Economic and Cultural Cooperation",
}
TERM = 4
CAPITALS = 4


class City(NamedTuple):
    """An invented city: its mayors' mandates begin in `elects` and every four years after it."""

    id: str
    name: str
    elects: int

    @property
    def country(self) -> str:
        """The code in its id."""
        return self.id[:2].upper()


def document(random: Random) -> dict[str, str]:
    """A document nobody wrote, by its hash."""
    return {"sha256": hashlib.sha256(random.randbytes(8)).hexdigest()}


def mayor(city: City, year: int) -> dict[str, str]:
    """Who is elected in a year: a name of its own for each city and mandate."""
    n = int(hashlib.sha256(f"{city.id} {year}".encode()).hexdigest(), 16)
    name = f"{PERSONS[n % len(PERSONS)]} {FAMILIES[n // 16 % len(FAMILIES)]} of {city.name}"
    days = {"from": f"{year}-11-06", "until": f"{year + TERM}-11-06"}
    return {"name": name, "capacity": "mayor", **days}


def cities_of(random: Random, first: int) -> list[City]:
    """Every city a history can tell of, two or more of each country by turns."""
    names = [a + b + c for a in FIRST for b in MIDDLE for c in LAST]
    random.shuffle(names)
    return [
        City(f"{COUNTRIES[n % 12]}-{name.lower()}", name, first - 1 - n * 7 % TERM)
        for n, name in enumerate(names[:60])
    ]


def opening(first: int, members: list[City]) -> dict[str, Any]:
    """The records of the opening day; the first seven of the members hold the seats."""
    headquarters = next(city for city in members if city.country == "TR")
    whole: dict[str, Any] = statutes(first)
    _invented(whole["registry/statutes/parameters.yaml"], headquarters.id, capitals_of(members))
    since = f"{first - 1}-01-28"
    attested = {"since": since, "source": SOURCE}
    record = network(first)
    whole["registry/network.yaml"] = record | {
        "founded": {"on": since, "place": members[0].name},
        "headquarters": {"city": headquarters.id},
    }
    whole["registry/evidence/sources.yaml"] = {"sources": sources()}
    for city in members:
        whole[f"registry/members/{city.id}.yaml"] = {
            "id": city.id,
            "name": city.name,
            "country": city.country,
            "attested": attested,
            "mayors": [mayor(city, city.elects) | {"source": SOURCE}],
        }
    whole |= _offices(first, [city.id for city in members[: len(SEATS)]], attested)
    for group, name in GROUPS.items():
        whole[f"registry/groups/{group}.yaml"] = {
            "id": group,
            "name": name,
            "kind": "permanent",
            "since": since,
            "source": SOURCE,
        }
    return whole


def capitals_of(members: list[City]) -> list[str]:
    """Four members without a seat pass for capitals, in the order of their countries."""
    return sorted(city.id for city in members[len(SEATS) : len(SEATS) + CAPITALS])


def _invented(parameters: dict[str, Any], headquarters: str, capitals: list[str]) -> None:
    """The mayor who appoints the Secretary and the capitals are invented ones."""
    values = {"appointing-city": headquarters, "capitals": capitals}
    for parameter in parameters["parameters"]:
        if parameter["name"] in values:
            parameter["values"][0]["value"] = values[parameter["name"]]


def _offices(first: int, seven: list[str], attested: dict[str, Any]) -> dict[str, Any]:
    """President, former and next President and the four elected, as a source attests them."""
    since, year = attested["since"], first - 1
    former = {"since": f"{first - 2}-01-28", "source": SOURCE}
    return {
        f"registry/presidencies/{year - 1}.yaml": {
            "year": year - 1,
            "city": seven[1],
            "attested": former,
        },
        f"registry/presidencies/{year}.yaml": {
            "year": year,
            "city": seven[0],
            "attested": attested,
        },
        f"registry/committee/{year}.yaml": {
            "year": year,
            "seats": [
                {"seat": seat, "city": city, "source": SOURCE, "from": since}
                for seat, city in zip(SEATS, seven, strict=True)
            ],
        },
    }
