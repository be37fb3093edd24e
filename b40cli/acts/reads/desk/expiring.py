"""What ends by itself in the days ahead: mandates, suspensions, special groups, seats, a term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.named import called_by
from b40cli.acts.opened.view import View
from b40cli.model.day import Moment, months_later
from b40cli.model.wording import SEAT_NAMES, begun, counted, listed
from b40cli.rules.facts.leaving import certain_end
from b40cli.rules.facts.seats import presidency_on, president_on, seats_on
from b40cli.rules.facts.standing import is_member, standing_of
from b40cli.rules.facts.suspensions import running_suspension
from b40cli.rules.facts.tenures import as_held

if TYPE_CHECKING:
    from b40cli.model.results.duties import Item

# How the elected seats are filled: by a question to the Assembly.
ELECT = "b40 decision propose committee-election --meeting …"


def expiring(view: View, last: date) -> list[Item]:
    """Everything that ends after the day of the view and by a last day."""
    parts = (_mandates, _suspensions, _groups, _seats, _presidency)
    leaving = [item for item in departures(view) if str(item["on"]) <= str(last)]
    return [*(item for part in parts for item in part(view, last)), *leaving]


def item(
    what: str, on: date | str | None, who: str | None, command: str = "", title: str = ""
) -> Item:
    """One line of the desk; `title` says it in other words than the id's.

    Without a command nothing is to be done here: it ends by itself.
    """
    return {
        "what": what,
        "on": None if on is None else str(on),
        "who": who,
        "command": command,
        "title": title or begun(what),
        "owes": None,
    }


def _mandates(view: View, last: date) -> Iterator[Item]:
    for member in view.registry.members():
        mayor = member.mayor_on(view.on)
        if mayor is None or mayor.until is None or mayor.until > last:
            continue
        if member.mayor_on(mayor.until) is None:
            yield item(
                f"mandate of {mayor.name}, {member.name}",
                mayor.until,
                member.id,
                f"b40 member mayor {member.id} NAME --from {mayor.until}",
                f"{member.name}: mandate of {mayor.name}",
            )


def lapsed(view: View) -> Iterator[Item]:
    """Mandates that ended with nobody on record since: who heads these cities is not known."""
    for member in view.registry.members():
        mayor = member.lapsed_on(view.on)
        if mayor is None or not is_member(view.registry, member.id, Moment(view.on), view.law):
            continue
        ended = member.end_of(mayor)
        yield item(
            f"mandate of {mayor.name}, {member.name}, ended: no successor on record",
            ended or view.on,
            member.id,
            f"b40 member mayor {member.id} NAME --from {ended}",
            f"{member.name}: mandate of {mayor.name}",
        )


def _suspensions(view: View, last: date) -> Iterator[Item]:
    for member in view.registry.members():
        running = running_suspension(view.registry, member.id, Moment(view.on))
        if running is not None and running.until is not None and running.until <= last:
            yield item(f"suspension of {member.name} ({running.by})", running.until, member.id)


def _groups(view: View, last: date) -> Iterator[Item]:
    months = view.law.number("special-group-months")
    for group in view.registry.groups():
        if group.permanent or group.start is None:
            continue
        until = group.until or months_later(group.start.day, months)
        if view.on < until <= last:
            yield item(f"special group {group.name}", until, "president")


def _seats(view: View, last: date) -> Iterator[Item]:
    """Seats that end on a day are told together."""
    for until, seats in _seats_ending(view):
        if view.on < until <= last:
            yield _of_seats(seats, until, until.year)


def _seats_ending(view: View) -> Iterator[tuple[date, list[str]]]:
    """The seats that are held, by the day on which they end, or their year is or was over."""
    months = view.law.number("committee-term-months")
    ending: dict[date, list[str]] = {}
    for seated in seats_on(view.registry, view.on):
        fact = seated.fact
        if fact is None or seated.state != "filled":
            continue
        elected = seated.seat.startswith("elected")
        held = as_held(view.registry, fact)
        until = held and held[1]
        until = until or (months_later(fact.start.day, months) if elected else None)
        if until is not None:
            ending.setdefault(until, []).append(seated.seat)
    yield from ending.items()


def _of_seats(seats: list[str], until: date, term: int, why: str = "") -> Item:
    elected = any(seat.startswith("elected") for seat in seats)
    step = f"{ELECT} --term {term}" if elected else ""
    said, title = f"committee: {', '.join(seats)}{why}", f"Committee: {_in_words(seats)}{why}"
    return item(said, until, "general-assembly", step, title)


def _in_words(seats: list[str]) -> str:
    """The seats that end on one day, the elected ones counted."""
    elected = [seat for seat in seats if seat.startswith("elected")]
    others = [SEAT_NAMES[seat] for seat in seats if seat not in elected]
    many = {1: "an elected seat", 4: "the four elected seats"}
    told = [many.get(len(elected), counted(len(elected), "elected seat"))] if elected else []
    office = [f"the seat{'s' * bool(others[1:])} of the {listed(others)}"] if others else []
    return ", and ".join([*office, *told])


def departures(view: View) -> Iterator[Item]:
    """Members whose notice of leaving runs: they go at the end of the year (Art. 9)."""
    for member in view.registry.members():
        if standing_of(view.registry, member, Moment(view.on), view.law) == "leaving":
            yield item(
                f"membership of {member.name}: it gave notice",
                certain_end(view.registry, member, Moment(view.on), view.law),
                member.id,
            )


def _presidency(view: View, last: date) -> Iterator[Item]:
    for city, ends in _term_ending(view):
        if view.on < ends <= last:
            title = f"Presidency of {called_by(view.registry)(city)}"
            plan = f"b40 summit plan --year {ends.year}"
            yield item(f"presidency of {city}", ends, city, plan, title)


def running_on(view: View) -> Iterator[Item]:
    """A presidency, and elected seats, whose year is over, and that last until they are filled."""
    for city, ended in _term_ending(view):
        if ended <= view.on:
            why = "its year is over, and it runs on until the handover (INT-30)"
            title = f"Presidency of {called_by(view.registry)(city)}: {why}"
            plan = f"b40 summit plan --year {view.on.year}"
            yield item(f"presidency of {city}: {why}", ended, city, plan, title)
    for ended, seats in _seats_ending(view):
        if ended <= view.on:
            why = ": the year is over, held until the next election"
            yield _of_seats(seats, ended, view.on.year, why)


def _term_ending(view: View) -> Iterator[tuple[str, date]]:
    """Who presides by a term on record, and the day its year ends or ended."""
    current = presidency_on(view.registry, view.on)
    if current is None or current.start is None:
        return
    if president_on(view.registry, view.on) == current.city:  # Else it is told as vacant.
        months = view.law.number("presidency-term-months")
        yield current.city, months_later(current.start.day, months)
