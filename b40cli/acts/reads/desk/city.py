"""`city`: one page for the telephone, in the order in which a mayor's office asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from b40cli.acts.opened.named import called_by, member_on_record, observer_named
from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.desk.status import DAYS_AHEAD, SECTIONS, owed_duties, status
from b40cli.acts.reads.duties import in_states, owes
from b40cli.acts.reads.lists import mandate_of, row_of_member
from b40cli.acts.reads.offices import standing_in
from b40cli.acts.reads.participation import attended_by, votes_of
from b40cli.acts.reads.plans import coming_open_term
from b40cli.acts.reads.titles import sources_told, title_of
from b40cli.model.answer import Answer
from b40cli.model.day import Moment, covers
from b40cli.model.facts.member import VOID, Member
from b40cli.model.source import sources_of
from b40cli.rules.articles.presidency.order import order_of_candidacies
from b40cli.rules.case.law import law_or_none
from b40cli.rules.facts.leaving import certain_end
from b40cli.rules.facts.observing import observers_on
from b40cli.rules.facts.presiding import presidency_of_day
from b40cli.rules.facts.running_on import leader_on
from b40cli.rules.facts.seats import coming_term, next_on, seats_on
from b40cli.rules.facts.suspensions import running_suspension

if TYPE_CHECKING:
    from b40cli.model.results import cities as shape
    from b40cli.model.results.duties import Item
    from b40cli.model.results.offices import StandingIn

LISTS = ("terms", "seats", "groups", "meetings", "owes", "waiting", "sources")
VOTING = ("member", "leaving")


def city(view: View, name: str) -> Answer[shape.CityShown]:
    """Since when it is a member, its vote, who represents it, what it owes, its turn."""
    member = member_on_record(view.registry, name)
    result = _observer(view, name) if member is None else _member(view, member)
    return answer(view, "city", result)


def _member(view: View, member: Member) -> shape.CityShown:
    registry, name = view.registry, member.id
    row, lawful = row_of_member(view, member), law_or_none(registry, view.on) is not None
    desk: Mapping[str, Any] = status(view).result if lawful else dict.fromkeys(SECTIONS, ())
    plain = _nobody(view, name, member.name, member.country)
    held = presidency_of_day(registry, view.on)
    return {
        **plain,
        "standing": row["standing"],
        "since": row["since"],
        "until": _until(view, member),
        "vote": row["standing"] in VOTING and not row["suspended"],
        "suspended": row["suspended"],
        "suspension": _suspension(view, name),
        "represented_by": mandate_of(view, member),
        "presides": held.city == name,
        "presidency_state": held.state if held.city == name else None,
        "stands_in": _stands_in(view, name),
        "terms": [term.year for term in registry.presidencies() if term.city == name],
        "seats": [seat.seat for seat in seats_on(registry, view.on) if seat.city == name],
        "groups": list(_groups(view, name)),
        "meetings": list(attended_by(registry, name)),
        "votes": votes_of(registry, name),
        "owes": list(_owed(view, name)),
        "turn": _turn(view, name) if lawful and row["standing"] in VOTING else None,
        "waiting": [i for section in SECTIONS[1:] for i in desk[section] if _about(view, name, i)],
        "sources": _sources(view, member),
    }


def _observer(view: View, name: str) -> shape.CityShown:
    """An observer has no vote, no office and no turn."""
    observer = observer_named(view.registry, name)
    invited = observer.id in observers_on(view.registry, view.on)
    return {
        **_nobody(view, observer.id, observer.name, observer.country),
        "standing": "observer" if invited else "observer, not invited",
        "since": min((str(each.on) for each in observer.invitations), default=None),
        "meetings": list(attended_by(view.registry, observer.id)),
        "sources": [observer.source] if observer.source else [],
    }


def _nobody(view: View, name: str, called: str, country: str | None) -> shape.CityShown:
    """The page of one that holds nothing, votes on nothing and owes nothing."""
    empty: dict[str, Any] = {key: [] for key in LISTS}
    blank = {"on": str(view.on), "id": name, "name": called, "country": country, **empty}
    none: dict[str, Any] = {"since": None, "represented_by": None, "turn": None, "votes": {}}
    none |= dict.fromkeys(("stands_in", "until", "suspension", "presidency_state"))
    no = dict.fromkeys(("vote", "suspended", "presides"), False)
    return cast("shape.CityShown", {**blank, **none, **no, "standing": ""})


def _about(view: View, name: str, line: Item) -> bool:
    """Whether a line of the desk waits for the city, or is its application or a vote on it."""
    words = line["command"].split()
    decisions = filter(None, map(view.registry.decision, words))
    return name in (line["who"], *words) or any(d.city == name for d in decisions)


def _until(view: View, member: Member) -> str | None:
    """The first day on which it is no member any more, where that is certain."""
    end = certain_end(view.registry, member, Moment(view.on), view.told_by)
    return str(end) if end else None


def _suspension(view: View, name: str) -> shape.SuspendedNow | None:
    running = running_suspension(view.registry, name, Moment(view.on))
    if running is None:
        return None
    until = str(running.until) if running.until else None
    return {"since": str(running.start), "by": running.by, "until": until}


def _stands_in(view: View, name: str) -> StandingIn | None:
    """Whether it exercises a presidency that is vacant or sleeps, and by which resolution."""
    found = standing_in(presidency_of_day(view.registry, view.on))
    return found if found is not None and found["city"] == name else None


def _groups(view: View, name: str) -> Iterator[shape.GroupPart]:
    for group in view.registry.groups():
        leader = leader_on(view.registry, group, view.on)
        if not group.exists_on(view.on):
            continue
        if leader is not None and leader.city == name:
            yield {"group": group.id, "name": group.name, "part": "leader", "person": None}
        for expert in group.experts:
            if expert.city == name and covers(expert.start, expert.until, view.on):
                part = expert.name
                yield {"group": group.id, "name": group.name, "part": "expert", "person": part}


def _owed(view: View, name: str) -> Iterator[shape.CityDuty]:
    last = view.on + timedelta(days=DAYS_AHEAD)
    for duty in in_states(owed_duties(view), "overdue", "due"):
        if owes(view, name, duty) and (duty.due is None or duty.due <= last):
            yield {
                "duty": duty.rule,
                "title": title_of(view.registry, duty),
                "due": str(duty.due) if duty.due else None,
                "state": duty.state,
            }


def _turn(view: View, name: str) -> shape.CityTurn:
    """Its place for the first term that is free, and why not sooner."""
    given = list(_given(view))
    term = given[-1]["term"] + 1 if given else coming_term(view.registry, view.on)
    order = order_of_candidacies(view.registry, term, view.on, view.law)
    place = next((n for n, each in enumerate(order, 1) if each.city == name), None)
    own = order[place - 1] if place else None
    ahead = order[: place - 1] if place else order
    return {
        "term": term,
        "given": given,
        "place": place,
        "of": len(order),
        "priority": own is not None and own.priority,
        "first": sum(each.priority for each in ahead),
        "reason": own.reason if own else "suspended: it stands for no office meanwhile",
    }


def _given(view: View) -> Iterator[shape.GivenTerm]:
    """The terms to come that a city has already, by approval or by the seat of next President."""
    coming = coming_term(view.registry, view.on)
    for year in range(coming, coming_open_term(view.registry, view.on) + 1):
        term = view.registry.term(year)
        seated = next_on(view.registry, view.on) if year == coming else None
        city = (term.city if term else None) or seated
        if city:
            yield {"term": year, "city": city, "name": called_by(view.registry)(city)}


def _sources(view: View, member: Member) -> list[str]:
    """What its attested facts rest on, in words."""
    record = view.registry.content(member.path)
    heads = (m for m in record.get("mayors", ()) if m["capacity"] != VOID)
    entries = [record.get("attested") or {}, *heads]
    cited = [entry["source"] for entry in entries if "source" in entry]
    return sources_told(view.registry, (key for source in cited for key in sources_of(source)))
