"""Working groups: setting one up, its leader, experts and programmes, the list (Art. 14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.acts.proposal import Proposal
from b40cli.acts.session import Session
from b40cli.acts.unilateral import Order, Signed, by_president
from b40cli.acts.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.day import covers, months_later
from b40cli.model.decision import Decision
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.group import Expert, Group, Programme
from b40cli.model.registry import ROOT, Registry
from b40cli.rules.groups import LEAD, SPECIAL
from b40cli.rules.law import law_on


class Draft(NamedTuple):
    """An Annual Work Programme as the group's leader submits it."""

    year: int
    goals: tuple[str, ...] = ()
    consulted: date | None = None
    document: Mapping[str, Any] | None = None


def group_named(registry: Registry, name: str) -> Group:
    """The working group of that id; UsageError where there is none."""
    plain = name.isascii() and name.replace("-", "").isalnum()
    group = registry.group(name) if plain else None
    if group is None:
        raise UsageError(f"No working group {name} is on record.", "b40 group list names them.")
    return group


def group_id(name: str) -> str:
    """flood-response for Flood Response."""
    from b40cli.store.gazetteer import fold

    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(name)).split()
    if not words:
        raise UsageError(f"No id can be made from {name!r}.", "Name it in Latin letters.")
    return "-".join(words)


def open_(session: Session, name: str, slug: str | None, signed: Signed) -> Proposal:
    """The President sets up a special group for one year: one decision with its effect."""
    group = slug or group_id(name)
    subject, path = f"groups/{group}", f"{ROOT}groups/{group}.yaml"
    known = session.before.group(group)
    if known is not None and known.start and (known.name, known.start.day) == (name, session.on):
        told = f"{name} is set up already, by {known.by}"
        return Proposal("group open", subject, told, (), {"group": group})
    if known is not None:
        raise UsageError(
            f"A group {group} is on record.", "An id is never given twice: choose another name."
        )
    months = law_on(session.before, session.on).number("special-group-months")
    until = months_later(session.on, months)
    decision = by_president(session, Order(SPECIAL, subject, name), signed)
    record = {
        "id": group,
        "name": name,
        "kind": "special",
        "since": str(session.on),
        "until": str(until),
        "by": decision.record["id"],
    }
    headline = f"group: open {name} until {until}, {decision.record['id']} of the President"
    return _by_decision("group open", decision, (Create(path, record),), headline, signed)


def lead(session: Session, name: str, city: str, signed: Signed) -> Proposal:
    """The President designates the leader; the lead before ends on that day."""
    group = group_named(session.before, name)
    current = group.leader_on(session.on)
    if current is not None and current.city == city:
        told = f"{city} leads {group.name} already, since {current.start}"
        return Proposal("group lead", f"groups/{name}", told, (), {"group": name, "leader": city})
    title = f"Lead of {group.name}: {city}"
    order = Order(LEAD, f"groups/{name}", title[:120], (city,))
    decision = by_president(session, order, signed)
    entry = {"city": city, "from": str(session.on), "by": decision.record["id"]}
    ending: list[Edit] = [
        Put(group.path, ("leaders", n, "until"), str(session.on))
        for n, leader in enumerate(group.leaders)
        if leader.until is None and covers(leader.start, None, session.on)
    ]
    effect = (*ending, Append(group.path, ("leaders",), entry))
    headline = f"group: {city} leads {group.name}, {decision.record['id']} of the President"
    return _by_decision("group lead", decision, effect, headline, signed)


def _by_decision(
    act: str, decision: Create, effect: tuple[Edit, ...], headline: str, signed: Signed
) -> Proposal:
    record = decision.record
    group = str(record["subject"]).removeprefix("groups/")
    result = {"id": record["id"], "state": "adopted", "matter": record["matter"], "group": group}
    body = (f"Grounds: {signed.grounds}",) if signed.grounds else ()
    edits = (decision, *effect)
    return Proposal(act, record["subject"], headline, edits, result, body, record["id"])


def expert(
    session: Session, name: str, person: str, city: str, start: date, until: date | None
) -> Proposal:
    """Record an expert of a member city, or the end of one who is on record."""
    group = group_named(session.before, name)
    entry = {"name": person, "city": city, "from": str(start)}
    entry |= {"until": str(until)} if until else {}
    n = _serving(group, person, city)
    edits: tuple[Edit, ...] = ()
    if n is None:
        edits = (Append(group.path, ("experts",), entry),)
    elif until is not None:
        edits = (Put(group.path, ("experts", n, "until"), str(until)),)
    verb = "leaves" if n is not None and until else "joins"
    headline = f"group: {person} of {city} {verb} {group.name}"
    result = {"group": name, "expert": entry}
    return Proposal("group expert", f"groups/{name}", headline, edits, result)


def _serving(group: Group, person: str, city: str) -> int | None:
    for n, each in enumerate(group.experts):
        if (each.name, each.city, each.until) == (person, city, None):
            return n
    return None


def programme(session: Session, name: str, draft: Draft) -> Proposal:
    """Submit the programme of a year; the committee approves it (b40 decision propose)."""
    group = group_named(session.before, name)
    entry: dict[str, Any] = {
        "year": draft.year,
        "consulted": str(draft.consulted) if draft.consulted else None,
        "goals": list(draft.goals) or None,
        "document": dict(draft.document) if draft.document else None,
    }
    whole = {key: value for key, value in entry.items() if value is not None}
    edits = _submitted(session.before, group, whole)
    headline = f"group: programme of {group.name} for {draft.year}"
    result = {"group": name, "programme": whole}
    body = (f"Next: b40 decision propose work-programme --subject groups/{name} --meeting …",)
    return Proposal("group programme", f"groups/{name}", headline, edits, result, body)


def _submitted(registry: Registry, group: Group, whole: dict[str, Any]) -> tuple[Edit, ...]:
    """A new version stands behind the earlier one; a consultation told later is added to it."""
    listed = (registry.data(group.path) or {}).get("programmes", [])
    same = [n for n, each in enumerate(listed) if each["year"] == whole["year"]]
    last = listed[same[-1]] if same else {}
    if same and whole.items() <= last.items() and not _taken_back(registry, last.get("approved")):
        return ()
    if same and "consulted" not in last and whole.keys() == {"year", "consulted"}:
        return (Put(group.path, ("programmes", same[-1], "consulted"), whole["consulted"]),)
    return (Append(group.path, ("programmes",), whole),)


def approved(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """What an adopted work programme does: the group's programme names the decision."""
    subject = decision.subject or ""
    group = registry.group(subject.removeprefix("groups/")) if "groups/" in subject else None
    if group is None:
        return []
    for n in reversed(range(len(group.programmes))):
        if _awaits(group.programmes[n], decision):
            return [Put(group.path, ("programmes", n, "approved"), decision.id)]
    entry = {**_last_version(registry, group, decision.term or day.year), "approved": decision.id}
    return [Append(group.path, ("programmes",), entry)]


def _last_version(registry: Registry, group: Group, year: int) -> dict[str, Any]:
    """The programme of a year as it was approved before, where that approval was annulled."""
    listed = (registry.data(group.path) or {}).get("programmes", ())
    same = [dict(each) for each in listed if each["year"] == year]
    void = same and _taken_back(registry, same[-1].get("approved"))
    return same[-1] if void else {"year": year}


def _taken_back(registry: Registry, approval: str | None) -> bool:
    """Whether a programme names an approval that was annulled: it is as if only submitted."""
    return approval in registry.annulments()


def _awaits(programme: Programme, decision: Decision) -> bool:
    return programme.approved is None and decision.term in (None, programme.year)


def listed(view: View, everything: bool) -> Answer:
    """The working groups with their leader, experts and programme on the day."""
    rows = [
        _row(view, group)
        for group in view.registry.groups()
        if everything or group.exists_on(view.on)
    ]
    return answer(view, "group list", {"groups": rows})


def _row(view: View, group: Group) -> dict[str, Any]:
    from b40cli.rules.group_duties import approval_of, meetings_of, years_of
    from b40cli.rules.rule import Case

    case = Case(None, view.registry, view.on)
    year = next((y for y in years_of(case, group) if y.begins <= view.on < y.ends), None)
    leader = group.leader_on(view.on)
    approval = approval_of(view.registry, group, year.of, view.on) if year else None
    return {
        "id": group.id,
        "name": group.name,
        "kind": group.kind,
        "since": str(group.start) if group.start else None,
        "until": str(group.until) if group.until else None,
        "leader": leader.city if leader else None,
        "experts": [_told(e) for e in group.experts if covers(e.start, e.until, view.on)],
        "programme": approval.id if approval else None,
        "submitted": year is not None and any(p.year == year.of for p in group.programmes),
        "year": year.of if year else None,
        "meetings": len(meetings_of(case, group, year)) if year else None,
    }


def _told(expert: Expert) -> dict[str, str]:
    return {"name": expert.name, "city": expert.city}
