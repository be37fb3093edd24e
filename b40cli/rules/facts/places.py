"""A place is its number in the gazetteer: two ids that bear one number are one city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from b40cli.model.state.registry import Registry

# The numbers of the cities that the parameters name, whatever their records are called.
NUMBERS: Mapping[str, int] = {
    "al-tirana": 3183875,
    "ba-sarajevo": 3191281,
    "bg-sofia": 727011,
    "hr-zagreb": 3186886,
    "gr-athens": 264371,
    "xk-pristina": 786714,
    "me-podgorica": 3193044,
    "mk-skopje": 785842,
    "ro-bucharest": 683506,
    "rs-belgrade": 792680,
    "si-ljubljana": 3196359,
    "tr-ankara": 323786,
    "tr-istanbul": 745044,
}


def number_of(registry: Registry, city: str) -> int | None:
    """The number in the gazetteer of a city, by its record, else as the parameters mean it."""
    member = registry.member(city)
    return member.gazetteer if member is not None else NUMBERS.get(city)


def same_place(registry: Registry, city: str, other: str) -> bool:
    """Whether two ids name one place."""
    if city == other:
        return True
    number = number_of(registry, city)
    return number is not None and number == number_of(registry, other)


def capital_among(registry: Registry, city: str, capitals: Sequence[str]) -> int | None:
    """Which of the capitals a city is, by its place; None for any other city."""
    if city in capitals:
        return capitals.index(city)
    number = number_of(registry, city)
    numbers = [NUMBERS.get(capital) for capital in capitals]
    return numbers.index(number) if number is not None and number in numbers else None


def on_record(registry: Registry, city: str) -> str:
    """The id under which a city that the parameters name stands on record; else that id."""
    number = NUMBERS.get(city)
    if number is None or registry.member(city) is not None:
        return city
    found = map(registry.member_in, registry.naming(str(number)))
    return next((m.id for m in found if m is not None and m.gazetteer == number), city)


def name_of(registry: Registry, city: str, day: date) -> str:
    """What a city was called on a day; its id where it is not on record."""
    found = registry.member(city)
    return found.name_on(day) if found else city
