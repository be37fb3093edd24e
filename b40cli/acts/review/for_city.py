"""What of a review is about one city: for a mayor's office, told before the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.acts.opened.named import member_named
from b40cli.model.state.registry import Registry

if TYPE_CHECKING:
    from b40cli.model.results.reviews import ForCity, Reviewed


def for_city(result: Reviewed, after: Registry, word: str) -> ForCity:
    """The sentences that name a city, once each; UsageError where nobody is meant."""
    member = member_named(after, word)
    says = tuple(dict.fromkeys(_sentences(result, after, member.id)))
    return {"city": member.id, "name": member.name, "says": list(says)}


def _sentences(result: Reviewed, after: Registry, city: str) -> Iterator[str]:
    changes = result.get("changes")
    if changes is None:
        return
    yield from (moved["says"] for moved in changes["members"] if moved["city"] == city)
    member = after.member(city)
    heads = f"Mayor of {member.name}" if member else city
    for office in changes["offices"]:
        if city in (office["before"], office["after"]) or office["office"] == heads:
            yield office["says"]
    records = (*changes["decisions"], *changes["meetings"], *changes["corrections"])
    for record in (*records, *changes["closed"]):
        if _names(after, f"registry/{record['record']}.yaml", city):
            yield record["says"]
    for duty in result["duties"]:
        if duty["subject"] == f"members/{city}":
            yield duty["says"]


def _names(after: Registry, path: str, city: str) -> bool:
    """Whether a record names a city, as itself or as its file."""
    text = json.dumps(after.data(path) or {})
    return any(f'"{word}"' in text for word in (city, f"members/{city}"))
