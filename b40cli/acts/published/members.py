"""A member as it leaves the house: what it is, its names, who headed it, its suspensions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.named import countries_of
from b40cli.acts.opened.view import View
from b40cli.acts.published.decisions import text_of
from b40cli.acts.reads.lists import mandate_of, row_of_member
from b40cli.model.day import Since
from b40cli.model.facts.member import Member
from b40cli.model.source import sources_of

if TYPE_CHECKING:
    from b40cli.model.results import published as shape


def member_told(view: View, member: Member) -> shape.PublishedMember:
    """The member as it is on the day."""
    record, row = view.registry.content(member.path), row_of_member(view, member)
    mandate = mandate_of(view, member)
    running = mandate is not None and not mandate["lapsed"]
    people = record.get("population") or {}
    attested = record.get("attested") or {}
    return {
        "id": member.id,
        "name": member.name,
        "native_name": record.get("native_name"),
        "country": member.country,
        "country_name": countries_of(view.told_by)(member.country),
        "gazetteer": member.gazetteer,
        "population": people.get("count"),
        "population_year": people.get("year"),
        "standing": row["standing"],
        "suspended": row["suspended"],
        "since": row["since"],
        "basis": row["basis"],
        "succeeded_by": member.succeeded.city if member.succeeded else None,
        "declaration_signed": by_then(view.on, member.declared),
        "mayor": mandate["mayor"] if mandate and running else None,
        "capacity": mandate["capacity"] if mandate and running else None,
        "mandate_until": mandate["until"] if mandate and running else None,
        "sources": list(sources_of(attested.get("source"))),
    }


def names_told(view: View, member: Member) -> Iterator[shape.PublishedName]:
    """What it was called before, and what it is called in other languages."""
    for former in member.former_names:
        if former.until <= view.on:
            until = str(former.until)
            yield _name(member.id, former.name, until=until)
    for name in view.registry.content(member.path).get("names", ()):
        yield _name(member.id, name["name"], name.get("language"), name.get("script"))


def _name(
    city: str,
    name: str,
    language: str | None = None,
    script: str | None = None,
    *,
    until: str | None = None,
) -> shape.PublishedName:
    return {"member": city, "name": name, "language": language, "script": script, "until": until}


def mandates_told(on: date, member: Member) -> Iterator[shape.PublishedMandate]:
    """Who headed it, each mandate once."""
    begun = [m for m in member.mayors if m.start.day <= on and member.seen_before(m) is None]
    for mayor in sorted(begun, key=lambda each: (each.start.day, each.name)):
        last = member.last_seen(mayor)
        end = member.end_of(last)
        by = last.ended_by and end == last.until
        yield {
            "member": member.id,
            "person": mayor.person,
            "name": mayor.name,
            "capacity": mayor.capacity,
            "from": str(mayor.start),
            "until": str(Since(end, not by)) if end else None,
            "ended": last.ended,
        }


def suspensions_told(on: date, member: Member) -> Iterator[shape.PublishedSuspension]:
    """The times it had no vote that had begun by the day."""
    for each in member.suspensions:
        if each.start <= on:
            lifted = each.until is not None and each.until <= on
            yield {
                "member": member.id,
                "from": str(each.start),
                "until": text_of(each.until) if lifted else None,
                "by": each.by,
                "lifted_by": each.lifted_by if lifted else None,
            }


def by_then(on: date, day: date | None) -> str | None:
    """A day that had come; None for one that lay ahead."""
    return None if day is None or day > on else str(day)
