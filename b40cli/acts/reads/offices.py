"""Who holds office on a day: the seven seats, and the Permanent Secretary."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.committee import Presidency
from b40cli.model.registry import SECRETARIAT, Registry
from b40cli.model.secretariat import Appointment
from b40cli.model.wording import counted
from b40cli.rules.facts.seats import Seated, presidency_on, seats_on

if TYPE_CHECKING:
    from b40cli.model.results.offices import CommitteeShown, Presiding, SeatRow, Secretary


def serving(registry: Registry, day: date) -> Appointment | None:
    """The appointment of the Permanent Secretary that runs on a day, or None."""
    return next((a for a in reversed(registry.appointments()) if a.runs_on(day)), None)


def secretary(view: View) -> Answer[Secretary]:
    """Who is Permanent Secretary on the day, and every appointment."""
    listed = view.registry.content(SECRETARIAT).get("appointments", ())
    running = serving(view.registry, view.on)
    result: Secretary = {
        "on": str(view.on),
        "secretary": running.name if running else None,
        "appointments": [dict(entry) for entry in listed],
    }
    return answer(view, "secretary show", result)


def committee(view: View) -> Answer[CommitteeShown]:
    """The seven seats on a day, who presides, and on what ground."""
    presidency = presidency_on(view.registry, view.on)
    result: CommitteeShown = {
        "on": str(view.on),
        "complete": view.network.whole("committee", view.on),
        "presidency": _told_presidency(presidency) if presidency else None,
        "seats": [_told_seat(seat) for seat in seats_on(view.registry, view.on)],
    }
    told = answer(view, "committee show", result)
    return told._replace(beside={**told.beside, "more": lambda: _more(view, result)})


def _more(view: View, result: CommitteeShown) -> str:
    """How many make a quorum, and of how many countries the cities are."""
    cities = {seat["city"] for seat in result["seats"] if seat["city"]}
    members = (view.registry.member(city) for city in cities)
    countries = {member.country for member in members if member}
    return f"; {counted(len(countries), 'country')}"


def _told_presidency(presidency: Presidency) -> Presiding:
    return {"year": presidency.year, "city": presidency.city, "since": str(presidency.start)}


def _told_seat(seated: Seated) -> SeatRow:
    fact = seated.fact
    return {
        "seat": seated.seat,
        "state": seated.state,
        "city": seated.city,
        "since": str(fact.start) if fact else None,
        "until": str(fact.until) if fact and fact.until else None,
        "ground": (fact.ground or fact.source) if fact else None,
    }
