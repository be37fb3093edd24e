"""Invented cities of an invented network: names that no gazetteer lists, each given once."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

COUNTRIES = ("al", "ba", "bg", "hr", "gr", "xk", "me", "mk", "ro", "rs", "si", "tr")
FIRST = ("Bel", "Cer", "Dol", "Gor", "Kam", "Lip", "Mar", "Nov", "Ore", "Pol", "Ros", "Sre", "Vod")
MIDDLE = ("a", "an", "e", "en", "i", "in", "o", "ov", "u", "ur")
LAST = ("brod", "dol", "gora", "grad", "hisar", "kale", "luka", "mir", "nisi", "polje", "vas", "za")
PERSONS = ("Ana", "Boro", "Ciler", "Dafina", "Eleni", "Goran", "Ilinca", "Jona", "Mira", "Vesna")
FAMILIES = ("Primer", "Beispil", "Ornek", "Sablon", "Paradigma", "Shembull", "Model", "Uzorak")


def cities(random: Random) -> Iterator[tuple[str, str]]:
    """Id and name of one invented city after another; the ids never repeat."""
    given: set[str] = set()
    while True:
        name = random.choice(FIRST) + random.choice(MIDDLE) + random.choice(LAST)
        plain = f"{random.choice(COUNTRIES)}-{name.lower()}"
        city, n = plain, 2
        while city in given:
            city, n = f"{plain}-{n}", n + 1
        given.add(city)
        yield city, name if city == plain else f"{name} {n - 1}"


def mayors(random: Random, until: int) -> list[dict[str, Any]]:
    """One to three mandates of four years; the last of them ends no sooner than a year."""
    count = random.randint(1, 3)
    begins = [until - 4 * n for n in range(count, 0, -1)]
    found: list[dict[str, Any]] = [
        {"name": person(random), "capacity": "mayor", "from": f"{year}-11-06"} for year in begins
    ]
    for mandate, following in zip(found, begins[1:], strict=False):
        mandate["until"] = f"{following}-11-06"
    return found


def person(random: Random) -> str:
    """The name of a mayor who does not exist."""
    return f"{random.choice(PERSONS)} {random.choice(FAMILIES)}"
