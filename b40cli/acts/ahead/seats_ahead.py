"""Elected seats to come: who may take one, whom a rotation would seat, and every reason if short.

The race of an election (rules/votes/contest) is asked, as the count asks it: in a register in which
the presidency was handed over to whom it fits, and those planned before sit in their terms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.ahead.foresight import handed_over, supposing
from b40cli.acts.ahead.minimal import minimal_reasons
from b40cli.acts.opened.named import countries_of
from b40cli.acts.opened.view import View
from b40cli.model.day import Moment
from b40cli.model.facts.committee import ELECTED
from b40cli.model.facts.decision import decision_of, path_of
from b40cli.model.ref import Ref
from b40cli.model.state.registry import Registry
from b40cli.model.wording import begun
from b40cli.rules.articles.committee.art13_terms import may_be_elected
from b40cli.rules.case.law import Law
from b40cli.rules.facts.running_on import leader_on
from b40cli.rules.facts.seats import coming_term
from b40cli.rules.facts.standing import is_member
from b40cli.rules.facts.suspensions import is_suspended
from b40cli.rules.facts.terms import ELECTION, country_of, planned_handover
from b40cli.rules.votes.contest import Race, bars_of, race_of

if TYPE_CHECKING:
    from b40cli.model.results.offices import SeatAhead, TermAhead, YearAhead

# Who is supposed to sit in a term of which nothing else is known: none of the members.
NOBODY = "zz-nobody"
SUPPOSED = "GA-{}-998"
COUNTRY, OFFICE = "country", "office"
ARTICLES = {"membership": "Art. 8", "departure": "Art. 8"}


class ElectionAhead(NamedTuple):
    """The election of a term to come: its day, the register then, and the race."""

    year: int
    day: date
    registry: Registry
    race: Race

    @property
    def free(self) -> int:
        """How many seats it fills."""
        return min(self.race.free, len(ELECTED))


def seats_ahead(view: View, terms: Sequence[TermAhead], years: int) -> list[YearAhead]:
    """Each term: every member with what stands against it, and four who fit, leaders first.

    `cities` supposes that a city sits in none of the terms before; `fits` goes on from the fits
    before it. `terms` are the presidencies to come.
    """
    free = planned = supposing(view, terms)
    found: list[YearAhead] = []
    first = coming_term(view.registry, view.on)
    for year in range(first, first + years):
        session = _session(view, free, year)
        then = session if planned is free else _session(view, planned, year)
        rows = list(_rows(view, session))
        fits = _fits(then, rows if then is session else _rows(view, then))
        short = len(_fits(session, rows)) < session.free
        found.append(
            {
                "year": year,
                "elected_on": str(session.day),
                "free": session.free,
                "cities": rows,
                "fits": fits,
                "reasons": reasons(rows, session) if short else [],
                "full": sorted(c for c, room in session.race.room.items() if room <= 0),
            }
        )
        free, planned = _seated(session, [NOBODY]), _seated(then, fits or [NOBODY])
    return found


def _session(view: View, registry: Registry, year: int) -> ElectionAhead:
    """The day's election, once its handover is done; who sits in that term already stays."""
    day = max(planned_handover(registry, year), view.on)
    after = handed_over(registry, year, day)
    name = SUPPOSED.format(day.year)
    record = {
        "id": name,
        "body": "general-assembly",
        "matter": ELECTION,
        "title": "Election",
        "term": year,
        "proposed": str(day),
        "state": "proposed",
    }
    everybody = [member.id for member in registry.members()]
    decision = decision_of(path_of(name), record)
    return ElectionAhead(
        year, day, after, race_of(after, decision, day, view.law, cities=everybody)
    )


def _seated(session: ElectionAhead, cities: Sequence[str]) -> Registry:
    """The register in which these were elected that day."""
    path = Ref("committee", str(session.year)).path
    record = session.registry.content(path)
    seats = [
        {
            "seat": seat,
            "city": city,
            "ground": SUPPOSED.format(session.year),
            "from": str(session.day),
        }
        for seat, city in zip(ELECTED, cities, strict=False)
    ]
    return session.registry.with_record(path, {**record, "seats": [*record["seats"], *seats]})


def _rows(view: View, session: ElectionAhead) -> Iterator[SeatAhead]:
    """Every member of today, in the register of that day."""
    leading = {
        leader.city
        for group in view.registry.groups()
        if (leader := leader_on(view.registry, group, view.on))
    }
    for member in view.registry.members():
        if is_member(view.registry, member.id, Moment(view.on), view.law):
            against = dict(_against(session, member.id, view.law))
            suspended = is_suspended(session.registry, member.id, Moment(session.day))
            yield {
                "city": member.id,
                "can": not against,
                "why": " ".join(against.values()) or None,
                "leads": member.id in leading,
                "against": list(against),
                "suspended": suspended,
            }


def _against(session: ElectionAhead, city: str, law: Law) -> Iterator[tuple[str, str]]:
    """All that bars a city there, by sort."""
    registry, race, day = session.registry, session.race, session.day
    for bar in bars_of(registry, city, race, Moment(day), law):
        yield bar.sort, f"{begun(bar.why)} ({ARTICLES.get(bar.sort, 'Art. 13')})."
    country = country_of(registry, city)
    if country is not None and race.room.get(country, 1) <= 0:
        yield COUNTRY, f"{countries_of(law)(country)} has its seats by office already (Art. 13)."
    unknown = may_be_elected(registry, city, session.year, day, law)
    if unknown is not None and unknown.startswith("undetermined"):
        yield "terms not known", f"{begun(unknown)} (Art. 13)."


def _fits(session: ElectionAhead, rows: Iterable[SeatAhead]) -> list[str]:
    """Those whom a rotation seats: leaders first, then who never sat; a country has its limit.

    As many as can be: the limits part the cities by country, so that the order loses no seat.
    """
    sat = {seat.city for seat in session.registry.seats() if seat.seat in ELECTED}
    able = (row for row in rows if row["can"])
    ordered = sorted(
        able, key=lambda row: (row["suspended"], not row["leads"], row["city"] in sat, row["city"])
    )
    room, found = dict(session.race.room), list[str]()
    for row in ordered:
        country = session.race.countries.get(row["city"], "")
        if len(found) < session.free and room.get(country, 1) > 0:
            room[country] = room.get(country, 1) - 1
            found.append(row["city"])
    return found


def reasons(rows: Collection[SeatAhead], session: ElectionAhead) -> list[list[str]]:
    """Every smallest set of conditions under which the free seats cannot be filled.

    Who sits by office is no candidate under any.
    """
    others = [row for row in rows if OFFICE not in row["against"]]
    sorts = {sort for row in others for sort in row["against"]} | {COUNTRY}

    def fits(asked: frozenset[str]) -> bool:
        able = [row["city"] for row in others if not {*row["against"]} & (asked - {COUNTRY})]
        of = Counter(session.race.countries.get(city, "") for city in able)
        room = session.race.room if COUNTRY in asked else {}
        return sum(min(n, max(0, room.get(c, n))) for c, n in of.items()) >= session.free

    return minimal_reasons(sorts, fits)
