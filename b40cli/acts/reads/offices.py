"""Who holds office on a day: the seven seats, and the Permanent Secretary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.acts.opened.named import called_by
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.day import Moment, since_of
from b40cli.model.state.registry import SECRETARIAT
from b40cli.model.wording import barred_from, counted, together
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.facts.presiding import PresidencyOfDay, presidency_of_day
from b40cli.rules.facts.running_on import leader_on, secretary_on
from b40cli.rules.facts.seats import Seated, seats_on
from b40cli.rules.facts.tenures import as_held
from b40cli.rules.votes.committee_count import attendance, quorum
from b40cli.rules.votes.committee_facts import sitting_at

if TYPE_CHECKING:
    from b40cli.model.answer import Beside
    from b40cli.model.results import offices as shape
    from b40cli.model.results.shapes import RecordData


def secretary(view: View) -> Answer[shape.Secretary]:
    """Who is Permanent Secretary on the day, and every appointment that was made by then."""
    listed = view.registry.content(SECRETARIAT).get("appointments", ())
    running = secretary_on(view.registry, view.on)
    result: shape.Secretary = {
        "on": str(view.on),
        "secretary": running.name if running else None,
        "appointments": [dict(entry) for entry in listed if _made_by(view, entry)],
    }
    return answer(view, "secretary show", result)


def _made_by(view: View, entry: RecordData) -> bool:
    """Whether an appointment had begun by the day, or was decided."""
    ground = view.registry.decision(entry.get("by"))
    days = (since_of(entry["from"]).day, ground.closed if ground else None)
    return any(day is not None and day <= view.on for day in days)


def committee(view: View) -> Answer[shape.CommitteeShown]:
    """The seven seats on a day, who presides, and on what ground."""
    held = presidency_of_day(view.registry, view.on)
    result: shape.CommitteeShown = {
        "on": str(view.on),
        "complete": view.network.whole("committee", view.on),
        "presidency": _presiding(held),
        "presidency_state": held.state,
        "stand_in": standing_in(held),
        "seats": [_told_seat(view, seat) for seat in seats_on(view.registry, view.on)],
    }
    told = answer(view, "committee show", result)
    beside: Beside = {
        **told.beside,
        "more": lambda: _more(view, result),
        "rows": lambda: list(_below(view, result)),
    }
    return told._replace(beside=beside)


def _more(view: View, result: shape.CommitteeShown) -> str:
    """How many make a quorum, and of how many countries the cities are."""
    cities = {seat["city"] for seat in result["seats"] if seat["city"]}
    members = (view.registry.member(city) for city in cities)
    countries = {member.country for member in members if member}
    whole = f"; {counted(len(countries), 'country')}"
    sitting = sitting_at(view.registry, Moment(view.on), None, None)
    if isinstance(sitting, Undetermined):
        return whole
    required = quorum(attendance(sitting, view.law), view.law).required
    return f"; {required} make a quorum{whole}"


def _below(view: View, result: shape.CommitteeShown) -> Iterator[tuple[str, str]]:
    """What the table cannot say: who leads a group, who may not sit again, what ends when."""
    from b40cli.acts.reads.plans import committee_plan

    name = called_by(view.registry)
    cities = {seat["city"] for seat in result["seats"] if seat["city"]}
    led = [
        (leader_on(view.registry, group, view.on), group.name) for group in view.registry.groups()
    ]
    leads = [f"{name(who.city)} leads {group}" for who, group in led if who and who.city in cities]
    if leads:
        yield "Leaders", "; ".join(leads)
    elected = [s for s in committee_plan(view).result["seats"] if s["by"] == "election"]
    barred = (
        (name(s["city"]), s["reason"] or "")
        for s in elected
        if s["city"] and s["may_be_elected"] is False
    )
    for reason, of in together(barred).items():
        yield "Not again", f"{barred_from(of, reason)} (Art. 13)."
    sitting = sitting_at(view.registry, Moment(view.on), None, None)
    if not isinstance(sitting, Undetermined) and view.law.reading("INT-21") == "no":
        for city in sorted(sitting.leaving & cities):
            yield (
                "No vote",
                f"{name(city)} leaves: it keeps no office, and its seat until it resigns (INT-21).",
            )
    ends = sorted({seat["ends"] for seat in elected if seat["city"]})
    if ends:
        by = " or ".join(ends)
        yield "Ends", f"The elected seats end with the next election, by {by} (Art. 13)."


def _presiding(held: PresidencyOfDay) -> shape.Presiding | None:
    if held.city is None or held.year is None:
        return None
    return {"year": held.year, "city": held.city, "since": str(held.since)}


def standing_in(held: PresidencyOfDay) -> shape.StandingIn | None:
    """Who stands in on a day, as every read tells it."""
    found = held.stand_in
    if found is None:
        return None
    until = str(found.until) if found.until else None
    return {"city": found.city, "by": found.by, "from": str(found.start), "until": until}


def _told_seat(view: View, seated: Seated) -> shape.SeatRow:
    """A seat, and from when to when it is held: who left it says nothing of a vacancy."""
    fact = None if seated.state == "vacant" else seated.fact
    start, until = (fact and as_held(view.registry, fact)) or (fact and fact.start, None)
    return {
        "seat": seated.seat,
        "state": seated.state,
        "city": seated.city,
        "since": str(start) if start else None,
        "until": str(until) if until else None,
        "ground": (fact.ground or fact.source) if fact else None,
    }
