"""Terms to come: who can preside and who cannot, each answer the judge's own rule's.

Nothing of the statutes is encoded here: each candidate is put as an approval of that term, to the
rules that would judge it, in a register in which the terms before went to whom they fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.ahead.minimal import nobody_is_free
from b40cli.acts.opened.view import View
from b40cli.acts.reads.plans import coming_open_term
from b40cli.model.day import Moment
from b40cli.model.facts.committee import ELECTED
from b40cli.model.facts.decision import path_of
from b40cli.model.ref import Ref
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.presidency.order import Candidacy, order_of_candidacies
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.facts.heads import head_on
from b40cli.rules.facts.leaving import not_eligible
from b40cli.rules.facts.seats import coming_term, next_on
from b40cli.rules.facts.standing import is_member
from b40cli.rules.facts.suspensions import running_suspension
from b40cli.rules.facts.terms import planned_handover
from b40cli.rules.table import rule_named

if TYPE_CHECKING:
    from b40cli.model.results.offices import CandidateAhead, TermAhead

MANDATE, CAP = "mandate-of-one-year", "two-cities-per-country"
SUPPOSED = "GA-{}-999"
# How many other choices are tried where the first that fit leave a term open.
TRIED = 24


class Obstacle(NamedTuple):
    """What stands against a city: of what sort, and in words, with the article."""

    sort: str
    says: str


def terms_ahead(
    view: View, years: int, chosen: Mapping[int, str] = MappingProxyType({})
) -> list[TermAhead]:
    """The coming terms without a President, one after the other, the first that fits taken.

    `chosen` says who is taken for a term instead.
    """
    registry = known_ahead(view)
    first = coming_open_term(registry, view.on)
    found: list[TermAhead] = []
    for year in range(first, first + years):
        day = max(planned_handover(registry, year - 1), view.on)
        rows = list(_candidates(registry, year, day, view))
        fit = chosen.get(year) or next((row["city"] for row in rows if row["can"]), None)
        reasons = [] if fit else nobody_is_free(row["against"] for row in rows)
        found.append(
            {
                "year": year,
                "approved_by": str(day),
                "first": fit,
                "candidates": rows,
                "reasons": reasons,
            }
        )
        if fit is not None:
            registry = presided(registry, year, fit, day)
    return found


def another_way(view: View, ahead: Sequence[TermAhead]) -> list[str]:
    """Whether another city in one earlier term fills all, where the first that fit do not."""
    stuck = next((n for n, term in enumerate(ahead) if term["first"] is None), 0)
    others = [
        (term["year"], row["city"])
        for term in reversed(ahead[:stuck])
        for row in term["candidates"]
        if row["can"] and row["city"] != term["first"]
    ]
    for year, city in others[:TRIED]:
        kept = {t["year"]: t["first"] for t in ahead if t["year"] < year and t["first"]}
        found = terms_ahead(view, len(ahead), {**kept, year: city})
        if all(term["first"] for term in found):
            told = ", ".join(f"{term['year']} {term['first']}" for term in found)
            return [
                f"The first that fit leave {ahead[stuck]['year']} open; this way none is: {told}."
            ]
    if not others:
        return []
    many = "" if len(others) <= TRIED else f" of the {TRIED} tried"
    return [f"No other city{many} in one earlier term fills {ahead[stuck]['year']} and all others."]


def known_ahead(view: View) -> Registry:
    """The register in which whoever holds the seat of next President has the coming term."""
    registry, year = view.registry, coming_term(view.registry, view.on)
    term, following = registry.term(year), next_on(registry, view.on)
    if following is None or (term is not None and term.city):
        return registry
    return presided(registry, year, following, view.on)


def presided(registry: Registry, year: int, city: str, day: date) -> Registry:
    """The register in which a city is approved for a term."""
    path = Ref("presidencies", str(year)).path
    known = registry.content(path) if registry.has(path) else {}
    term = {**known, "year": year, "city": city, "approved": SUPPOSED.format(day.year)}
    return registry.with_record(path, term)


def _candidates(registry: Registry, year: int, day: date, view: View) -> Iterator[CandidateAhead]:
    """In the order of candidacies of that day, by the law of today; then who is in no order."""
    ordered = order_of_candidacies(registry, year, day, view.law)
    named = {each.city for each in ordered}
    others = (
        Candidacy(m.id, m.country, False, "is not in the order of candidacies", False)
        for m in view.registry.members()
        if m.id not in named and is_member(view.registry, m.id, Moment(view.on), view.law)
    )
    free = _Room(registry, year, day)
    for each in (*ordered, *others):
        against = list(_against(registry, each.city, year, day, view.law))
        against += free.against(each.city, each.country)
        mayor = head_on(registry, each.city, day)
        yield {
            "city": each.city,
            "country": each.country,
            "priority": each.priority,
            "can": not against,
            "why": [a.says for a in against] or [f"{each.reason} (Art. 11)"],
            "against": list(dict.fromkeys(a.sort for a in against)),
            "mandate_until": str(mayor.until) if mayor and mayor.until else None,
        }


def _against(registry: Registry, city: str, year: int, day: date, law: Law) -> Iterator[Obstacle]:
    """All that stands against an approval of a city for a term on a day."""
    moment = Moment(day)
    if not is_member(registry, city, moment, law):
        yield Obstacle("membership", f"It is no member on {day} (Art. 8).")
    elif (gone := not_eligible(registry, city, year, moment, law)) is not None:
        yield Obstacle("departure", f"It is gone on {gone}, before the term begins (Art. 8).")
    if (suspension := running_suspension(registry, city, moment)) is not None:
        said = f"It is suspended since {suspension.start} by {suspension.by} (Art. 9)."
        yield Obstacle("suspension", said)
    term = registry.term(year)
    for refusal in term.declined if term else ():
        if refusal["city"] == city and date.fromisoformat(refusal["on"]) <= day:
            yield Obstacle("declined", f"It declined the term on {refusal['on']} (Art. 11).")
    name = SUPPOSED.format(day.year)
    for breach in _of_approval(registry, name, city, year, day):
        sort = "mandate not known" if "undetermined" in breach.facts else "mandate"
        said = breach.message.replace(f"{name} rests on", "It rests on")
        yield Obstacle(sort, f"{said} (Art. 11)")


class _Room:
    """Whether a country has room for one more in the seat of next President: asked once for it.

    It is one answer for all cities of a country that hold no office themselves.
    """

    def __init__(self, registry: Registry, year: int, day: date) -> None:
        self.registry, self.year, self.day = seats_ended(registry, day), year, day
        terms = (registry.term(of) for of in (year - 2, year - 1))
        self.holders = {term.city for term in terms if term}
        self.free: set[str] = set()

    def against(self, city: str, country: str) -> list[Obstacle]:
        """What the judge says of a handover in which the city becomes next President."""
        if country in self.free and city not in self.holders:
            return []
        supposed = presided(self.registry, self.year, city, self.day)
        found = _over_cap(by_office(supposed, self.year - 1, self.day), self.year - 1, self.day)
        if not found and city not in self.holders:
            self.free.add(country)
        return [Obstacle("country", f"As next President: {said} (Art. 13)") for said in found]


def _of_approval(
    registry: Registry, name: str, city: str, year: int, day: date
) -> Iterator[Breach]:
    """What the rule says of an approval, were it put on that day."""
    record = {
        "id": name,
        "body": "general-assembly",
        "matter": "presidency",
        "subject": f"members/{city}",
        "term": year,
        "title": "President",
        "proposed": str(day),
        "state": "adopted",
        "closed": str(day),
    }
    supposed = registry.with_record(path_of(name), record)
    rule = rule_named(MANDATE)
    yield from rule.question(Case(None, supposed, day), path_of(name)) if rule else ()


def over_cap(registry: Registry, year: int, day: date, *, elected_stay: bool = False) -> list[str]:
    """What the judge says of the countries once the presidency of a term is handed over."""
    return _over_cap(handed_over(registry, year, day, elected_stay=elected_stay), year, day)


def _over_cap(supposed: Registry, year: int, day: date) -> list[str]:
    rule, path = rule_named(CAP), Ref("committee", str(year)).path
    case = Case(None, supposed, day)
    return [breach.message for breach in rule.question(case, path)] if rule else []


def handed_over(
    registry: Registry, year: int, day: date, *, elected_stay: bool = False
) -> Registry:
    """The register in which a term was handed over: three by office, and no other seat is left."""
    return by_office(seats_ended(registry, day, elected_stay=elected_stay), year, day)


def seats_ended(registry: Registry, day: date, *, elected_stay: bool = False) -> Registry:
    """The register in which no seat runs on over the day, or none but the elected ones."""
    changed = {}
    for path in registry.paths("committee/"):
        record = registry.content(path)
        seats = [_ended(seat, day, elected_stay=elected_stay) for seat in record["seats"]]
        if seats != record["seats"]:
            changed[path] = {**record, "seats": seats}
    return registry.supposing(changed)


def by_office(registry: Registry, year: int, day: date) -> Registry:
    """The register in which a term was handed over to those who sit by office."""
    path = Ref("committee", str(year)).path
    own = registry.content(path)["seats"] if registry.has(path) else []
    holders = {"president": year, "former": year - 1, "next": year + 1}
    seats = [
        {"seat": seat, "city": term.city, "ground": f"presidencies/{of}", "from": str(day)}
        for seat, of in holders.items()
        if (term := registry.term(of)) is not None and term.city
    ]
    registry = registry.with_record(path, {"year": year, "seats": [*own, *seats]})
    path = Ref("presidencies", str(year)).path
    if not registry.has(path) or not registry.content(path).get("city"):
        return registry
    begun = {"at": f"{day}-ga", "item": 1, "on": str(day)}
    return registry.with_record(path, {**registry.content(path), "handover": begun})


def _ended(seat: Mapping[str, object], day: date, *, elected_stay: bool) -> Mapping[str, object]:
    """A seat that runs on ends on the day, unless it is an elected one that is to stay."""
    stays = elected_stay and seat["seat"] in ELECTED
    over = str(seat.get("until") or day) < str(day)
    return seat if stays or over or "extended" in seat else {**seat, "until": str(day)}


def supposing(view: View, terms: Iterable[TermAhead]) -> Registry:
    """The register in which each term to come goes to whom it fits."""
    registry = known_ahead(view)
    for term in terms:
        if term["first"] is not None:
            day = date.fromisoformat(term["approved_by"])
            registry = presided(registry, term["year"], term["first"], day)
    return registry


def rotations(view: View, terms: Iterable[TermAhead], years: int) -> list[str]:
    """The handovers to come that would break the limit of a country, as the judge says it."""
    registry, first = supposing(view, terms), coming_term(view.registry, view.on)
    return [
        said
        for year in range(first, first + years)
        for said in _rotation(registry, year, planned_handover(registry, year), year == first)
    ]


def _rotation(registry: Registry, year: int, day: date, coming: bool) -> Iterator[str]:
    broken = over_cap(registry, year, day)
    for said in broken:
        yield f"The handover of {year} breaks the limit: {said} (Art. 13)"
    for said in over_cap(registry, year, day, elected_stay=True) if coming and not broken else ():
        yield (
            f"The handover of {year} breaks the limit unless the seats are elected anew that day: "
            f"{said} (Art. 13)"
        )
