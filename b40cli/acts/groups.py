"""Working groups: setting one up, its leader, experts and programmes, the list (Art. 14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.programmes import approval_annulled
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.unilateral import SignedPaper, UnilateralOrder, by_president
from b40cli.acts.opened.named import called_by, group_named
from b40cli.acts.opened.session import Session
from b40cli.model.day import months_later
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.group import Group
from b40cli.model.finding import Place
from b40cli.model.ref import Ref, stated
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.groups.art14_groups import SPECIAL, official_name
from b40cli.rules.articles.groups.art14_people import LEAD
from b40cli.rules.case.law import law_on
from b40cli.rules.facts.running_on import designated_on, joining

if TYPE_CHECKING:
    from b40cli.model.results.groups import ExpertRecorded, GroupDecided, ProgrammeSubmitted


class Draft(NamedTuple):
    """An Annual Work Programme as the group's leader submits it."""

    year: int
    goals: tuple[str, ...] = ()
    consulted: date | None = None
    document: Mapping[str, Any] | None = None


def group_id(name: str) -> str:
    """flood-response for Flood Response; an & is an and."""
    from b40cli.store.gazetteer import fold

    folded = fold(name.replace("&", " and "))
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in folded).split()
    if not words:
        raise UsageError(f"No id can be made from {name!r}.", "Name it in Latin letters.")
    return "-".join(words)


def open_(
    session: Session, name: str, slug: str | None, signed: SignedPaper
) -> Proposal[GroupDecided]:
    """The President sets up a special group for one year: one decision with its effect."""
    group = slug or group_id(name)
    subject, path = f"groups/{group}", Ref("groups", group).path
    known = session.before.group(group)
    named = law_on(session.before, session.on).names("permanent-groups")
    if known is None and group in named and signed.evidence is None:
        return _permanent(session, group)
    if known is not None and known.start and (known.name, known.start.day) == (name, session.on):
        told = f"{name} is set up already, by {known.by}"
        return Proposal("group open", subject, told, (), {"group": group})
    if known is not None:
        raise UsageError(
            f"A group {group} is on record.", "An id is never given twice: choose another name."
        )
    months = law_on(session.before, session.on).number("special-group-months")
    until = months_later(session.on, months)
    decision = by_president(session, UnilateralOrder(SPECIAL, subject, name), signed)
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


def _permanent(session: Session, group: str) -> Proposal[GroupDecided]:
    """A permanent group that has no record yet: the statutes set it up and name it."""
    name = official_name(group)
    record = {"id": group, "name": name, "kind": "permanent", "since": str(session.on)}
    headline = f"group: {name} is on record, a permanent group of the statutes"
    edits = (Create(Ref("groups", group).path, record),)
    return Proposal("group open", f"groups/{group}", headline, edits, {"group": group})


def lead(session: Session, name: str, city: str, signed: SignedPaper) -> Proposal[GroupDecided]:
    """The President designates the leader; the lead before ends on that day."""
    group = group_named(session.before, name)
    current = designated_on(session.before, group, session.on)
    if current is not None and current.city == city:
        told = f"{city} leads {group.name} already, since {current.start}"
        return Proposal("group lead", f"groups/{name}", told, (), {"group": name, "leader": city})
    title = f"Lead of {group.name}: {called_by(session.before)(city)}"
    order = UnilateralOrder(LEAD, f"groups/{name}", title[:120], (city,))
    decision = by_president(session, order, signed)
    ends, until = joining(group.leaders, session.on)
    days = {"from": str(session.on), "until": until and str(until)}
    entry = stated({"city": city, **days, "by": decision.record["id"]})
    places: list[Place] = [("leaders", n, "until") for n in ends]
    ending: list[Edit] = [Put(group.path, place, str(session.on)) for place in places]
    effect = (*ending, Append(group.path, ("leaders",), entry))
    headline = f"group: {city} leads {group.name}, {decision.record['id']} of the President"
    return _by_decision("group lead", decision, effect, headline, signed)


def _by_decision(
    act: str, decision: Create, effect: tuple[Edit, ...], headline: str, signed: SignedPaper
) -> Proposal[GroupDecided]:
    record = decision.record
    group = str(record["subject"]).removeprefix("groups/")
    result: GroupDecided = {
        "id": record["id"],
        "state": "adopted",
        "matter": record["matter"],
        "group": group,
    }
    body = signed.told
    edits = (decision, *effect)
    return Proposal(act, record["subject"], headline, edits, result, body, record["id"])


def expert(
    session: Session, name: str, person: str, city: str, start: date, until: date | None
) -> Proposal[ExpertRecorded]:
    """Record an expert of a member city, or the end of one who is on record."""
    group = group_named(session.before, name)
    ends = str(until) if until else None
    entry = stated({"name": person, "city": city, "from": str(start), "until": ends})
    n = _serving(group, person, city)
    edits: tuple[Edit, ...] = ()
    if n is None:
        edits = (Append(group.path, ("experts",), entry),)
    elif until is not None:
        edits = (Put(group.path, ("experts", n, "until"), str(until)),)
    verb = "leaves" if n is not None and until else "joins"
    headline = f"group: {person} of {city} {verb} {group.name}"
    result: ExpertRecorded = {"group": name, "expert": entry}
    return Proposal("group expert", f"groups/{name}", headline, edits, result)


def _serving(group: Group, person: str, city: str) -> int | None:
    for n, each in enumerate(group.experts):
        if (each.name, each.city, each.until) == (person, city, None):
            return n
    return None


def programme(session: Session, name: str, draft: Draft) -> Proposal[ProgrammeSubmitted]:
    """Submit the programme of a year; the committee approves it (b40 decision propose)."""
    group = group_named(session.before, name)
    told: dict[str, Any] = {
        "year": draft.year,
        "consulted": str(draft.consulted) if draft.consulted else None,
        "goals": list(draft.goals) or None,
        "document": dict(draft.document) if draft.document else None,
    }
    whole = stated(told)
    edits = _submitted(session.before, group, whole)
    headline = f"group: programme of {group.name} for {draft.year}"
    result: ProgrammeSubmitted = {"group": name, "programme": whole}
    body = (f"Next: b40 decision propose work-programme --subject groups/{name} --meeting …",)
    return Proposal("group programme", f"groups/{name}", headline, edits, result, body)


def _submitted(registry: Registry, group: Group, whole: dict[str, Any]) -> tuple[Edit, ...]:
    """A new version stands behind the earlier one; a consultation told later is added to it."""
    listed = registry.content(group.path).get("programmes", [])
    same = [n for n, each in enumerate(listed) if each["year"] == whole["year"]]
    last = listed[same[-1]] if same else {}
    stands = not approval_annulled(registry, last.get("approved"))
    if same and whole.items() <= last.items() and stands:
        return ()
    if same and "consulted" not in last and whole.keys() == {"year", "consulted"}:
        return (Put(group.path, ("programmes", same[-1], "consulted"), whole["consulted"]),)
    return (Append(group.path, ("programmes",), whole),)
