"""Who is who in a paper: cities, countries, people, offices, on the day it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from b40cli.acts.opened.named import countries_of
from b40cli.acts.opened.view import View
from b40cli.acts.papers.wording import capacity
from b40cli.model.designation import starred
from b40cli.model.facts.meeting import Meeting
from b40cli.rules.facts.places import name_of
from b40cli.rules.facts.presiding import presidency_of_day
from b40cli.rules.facts.running_on import leader_on, secretary_on


class Head(NamedTuple):
    """Who spoke for a city, in which capacity."""

    name: str
    capacity: str


def city(view: View, key: str | None) -> str:
    """What a city was called on the day; its id where nothing is on record, else nothing."""
    return name_of(view.registry, key, view.on) if key else ""


def cities(view: View, keys: Iterable[str]) -> list[str]:
    """The names of cities, in the order of their countries and names."""
    return [city(view, key) for key in in_order(view, keys)]


def in_order(view: View, keys: Iterable[str]) -> list[str]:
    """Cities by country, then by name, letters folded."""
    return sorted(keys, key=lambda key: (country(view, key), folded(city(view, key)), key))


def folded(name: str) -> str:
    """A name as a list sorts it: Çamlıova beside Camp."""
    from unicodedata import combining, normalize

    plain = normalize("NFD", name.casefold().replace("ı", "i"))
    return "".join(sign for sign in plain if not combining(sign))


def country(view: View, key: str | None) -> str:
    """The English name of a city's country."""
    member = view.registry.member(key)
    observer = view.registry.observer(key) if key and member is None else None
    code = member.country if member else observer.country if observer else ""
    return starred(countries_of(view.told_by)(code)) if code else ""


def observer(view: View, key: str) -> str:
    """An observer's name with its country."""
    found = view.registry.observer(key)
    if found is None:
        return key
    where = country(view, key)
    return f"{found.name} ({where})" if where else found.name


def head_at(view: View, meeting: Meeting, key: str) -> Head | None:
    """Who headed a city's delegation: as recorded, else as it was known, else as is on record."""
    for delegation in meeting.delegations:
        if delegation.member == key and delegation.head:
            return Head(delegation.head, delegation.capacity)
    told = meeting.known.head_of(key) if meeting.known else None
    return Head(told.name, told.capacity) if told else head_on(view, key, meeting.day)


def head_on(view: View, key: str | None, day: date) -> Head | None:
    """Who heads a city that day, where the record says."""
    member = view.registry.member(key)
    mayor = member.mayor_on(day) if member else None
    return Head(mayor.name, mayor.capacity) if mayor else None


def office_of(head: Head | None, name: str) -> str:
    """`Ivo Uzorak, Mayor of Kamenik`; the city alone where nobody is on record."""
    if head is None:
        return name
    if head.capacity == "designee":
        return f"{head.name}, designee of {name}"
    return f"{head.name}, {capacity(head.capacity)} of {name}"


def signatory(view: View, key: str | None, day: date, office: str) -> tuple[str, str]:
    """A line for a city's head to sign, under an office: `President, Mayor of Srebrni Brod`."""
    head = head_on(view, key, day)
    if head is None:
        return "", f"{office}, {city(view, key)}" if key else office
    return (head.name, f"{office}, {capacity(head.capacity)} of {city(view, key)}")


def leader(view: View, meeting: Meeting) -> tuple[str, str] | None:
    """The line on which the leader of a working group signs; None where the group has none."""
    group = view.registry.group(meeting.group)
    found = leader_on(view.registry, group, meeting.day) if group else None
    office = "Leader of the working group"
    return signatory(view, found.city, meeting.day, office) if found else None


def president(view: View, day: date) -> tuple[str, str]:
    """The line on which the President of a day signs, or who stands in by a resolution."""
    held = presidency_of_day(view.registry, day)
    if held.stand_in is not None:
        return signatory(view, held.stand_in.city, day, "standing in as President")
    return signatory(view, held.city, day, "President")


def secretary(view: View, day: date) -> tuple[str, str]:
    """The line on which the Permanent Secretary of a day signs."""
    found = secretary_on(view.registry, day)
    return (found.name if found else ""), "Permanent Secretary"
