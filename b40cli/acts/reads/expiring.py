"""What ends by itself in the days ahead: mandates, suspensions, special groups, seats, a term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View
from b40cli.model.day import Moment, months_later
from b40cli.rules.facts.seats import presidency_on, seats_on
from b40cli.rules.facts.standing import is_member, running_suspension

if TYPE_CHECKING:
    from b40cli.model.results.duties import Item


def expiring(view: View, last: date) -> list[Item]:
    """Everything that ends after the day of the view and by a last day."""
    parts = (_mandates, _suspensions, _groups, _seats, _presidency)
    return [item for part in parts for item in part(view, last)]


def _item(what: str, on: date, who: str | None, command: str) -> Item:
    return {"what": what, "on": str(on), "who": who, "command": command}


def _mandates(view: View, last: date) -> Iterator[Item]:
    for member in view.registry.members():
        mayor = member.mayor_on(view.on)
        if mayor is not None and mayor.until is not None and mayor.until <= last:
            yield _item(
                f"mandate of {mayor.name}, {member.name}",
                mayor.until,
                member.id,
                f"b40 member mayor {member.id} NAME --from {mayor.until}",
            )


def lapsed(view: View) -> Iterator[Item]:
    """Mandates that ended with nobody on record since: who heads these cities is not known."""
    for member in view.registry.members():
        mayor = member.lapsed_on(view.on)
        if mayor is None or not is_member(view.registry, member.id, Moment(view.on), view.law):
            continue
        ended = member.end_of(mayor)
        yield _item(
            f"mandate of {mayor.name}, {member.name}, ended: no successor on record",
            ended or view.on,
            member.id,
            f"b40 member mayor {member.id} NAME --from {ended}",
        )


def _suspensions(view: View, last: date) -> Iterator[Item]:
    for member in view.registry.members():
        running = running_suspension(view.registry, member.id, Moment(view.on))
        if running is not None and running.until is not None and running.until <= last:
            yield _item(
                f"suspension of {member.name} ({running.by})",
                running.until,
                member.id,
                f"b40 member show {member.id}",
            )


def _groups(view: View, last: date) -> Iterator[Item]:
    months = view.law.number("special-group-months")
    for group in view.registry.groups():
        if group.permanent or group.start is None:
            continue
        until = group.until or months_later(group.start.day, months)
        if view.on <= until <= last:
            yield _item(f"special group {group.name}", until, "president", "b40 group list")


def _seats(view: View, last: date) -> Iterator[Item]:
    """Seats that end on a day are told together."""
    months = view.law.number("committee-term-months")
    ending: dict[date, list[str]] = {}
    for seated in seats_on(view.registry, view.on):
        fact = seated.fact
        if fact is None or seated.state != "filled":
            continue
        elected = seated.seat.startswith("elected")
        until = fact.until or (months_later(fact.start.day, months) if elected else None)
        if until is not None and view.on <= until <= last:
            ending.setdefault(until, []).append(seated.seat)
    for until, seats in ending.items():
        named = ", ".join(seats)
        yield _item(f"committee: {named}", until, "general-assembly", "b40 committee show")


def _presidency(view: View, last: date) -> Iterator[Item]:
    current = presidency_on(view.registry, view.on)
    if current is None or current.start is None:
        return
    ends = months_later(current.start.day, view.law.number("presidency-term-months"))
    if ends <= last:
        yield _item(
            f"presidency of {current.city}",
            ends,
            current.city,
            f"b40 summit plan --year {ends.year}",
        )
