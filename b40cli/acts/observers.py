"""Observers: requests, the President's invitations, the end of a status, the list (Art. 6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.documents import filed_later
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.unilateral import SignedPaper, UnilateralOrder, by_president
from b40cli.acts.opened.named import observer_named, on_list
from b40cli.acts.opened.session import Session
from b40cli.acts.organisations import Organisation
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.facts.observer import Invitation, Observer
from b40cli.model.ref import Ref, ref_of, stated
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art06_invitations import END, INVITATION
from b40cli.rules.facts.observing import invited

if TYPE_CHECKING:
    from b40cli.model.results.groups import ObserverAsked, ObserverDecided

# What may be added to a record later, because the request did not tell it.
ADDED_LATER = ("country", "population", "aims")


def request(
    session: Session, asking: Organisation, received: date, document: Mapping[str, Any] | None
) -> Proposal[ObserverAsked]:
    """Record a request for observer status; asked again, add the facts that were missing."""
    observer = on_list(session.before, asking.id)
    entry = stated({"received": str(received), "document": document})
    if observer is None:
        edits: tuple[Edit, ...] = (Create(_path(asking), {**_record(asking), "request": entry}),)
    else:
        edits = (*_added(session.before, observer, asking), *_asked(session, observer, entry))
    asked = observer is None or observer.requested is None
    headline = f"observer: request of {asking.name}, received {received}"
    if not asked:
        headline = f"observer: what the request of {asking.name} did not tell"
    result: ObserverAsked = {"id": asking.id, "name": asking.name, "kind": asking.kind}
    if asked:
        result["request"] = entry
    return Proposal("observer request", f"observers/{asking.id}", headline, edits, result)


def _path(organisation: Organisation) -> str:
    return Ref("observers", organisation.id).path


def _record(organisation: Organisation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": organisation.id,
        "name": organisation.name,
        "kind": organisation.kind,
        "country": organisation.country,
        "population": dict(organisation.population) if organisation.population else None,
        "aims": list(organisation.aims) or None,
    }
    return stated(told)


def _added(registry: Registry, observer: Observer, told: Organisation) -> tuple[Edit, ...]:
    """Facts the record lacks; one that an invitation rests on is not exchanged (the judge says)."""
    data, now = registry.content(observer.path), _record(told)
    changed = [key for key in ADDED_LATER if key in now and now[key] != data.get(key)]
    return tuple(Put(observer.path, (key,), now[key]) for key in changed)


def _asked(session: Session, observer: Observer, entry: Mapping[str, Any]) -> tuple[Edit, ...]:
    if observer.requested is None:
        return (Put(observer.path, ("request",), dict(entry)),)
    held = session.before.content(observer.path)["request"]
    return filed_later(observer.path, ("request",), held, entry.get("document"))


def invite(
    session: Session, organisation: Organisation, group: str | None, signed: SignedPaper
) -> Proposal[ObserverDecided]:
    """The President invites, to the General Assembly or a working group: one act (Art. 6)."""
    observer = on_list(session.before, organisation.id)
    name, subject = organisation.name, f"observers/{organisation.id}"
    where = f"the group {group}" if group else "the General Assembly"
    if observer is not None and _holds(session, observer, group):
        told = f"{name} is invited to {where} already"
        return Proposal("observer invite", subject, told, (), {"id": organisation.id})
    order = UnilateralOrder(INVITATION, subject, _short(f"Invitation of {name} to {where}"))
    decision = by_president(session, order, signed)
    to, by = "wg" if group else "ga", decision.record["id"]
    entry = stated({"by": by, "to": to, "on": str(session.on), "group": group or None})
    if observer is None:
        listed = {**_record(organisation), "invitations": [entry]}
        effect: tuple[Edit, ...] = (Create(_path(organisation), listed),)
    else:
        effect = (
            *_added(session.before, observer, organisation),
            Append(observer.path, ("invitations",), entry),
        )
    headline = f"observer: invite {name} to {where}, {decision.record['id']} of the President"
    return _by_decision("observer invite", decision, effect, headline, signed)


def _holds(session: Session, observer: Observer, group: str | None) -> bool:
    holding = invited(session.before, observer, session.on)
    return any(i.group == group if group else i.to == "ga" for i in holding)


def _short(title: str) -> str:
    """A decision's title holds 120 characters."""
    return title if len(title) <= 120 else f"{title[:119]}…"


def _by_decision(
    act: str, decision: Create, effect: tuple[Edit, ...], headline: str, signed: SignedPaper
) -> Proposal[ObserverDecided]:
    name, subject = decision.record["id"], decision.record["subject"]
    result: ObserverDecided = {
        "id": name,
        "state": "adopted",
        "matter": decision.record["matter"],
        "observer": ref_of(subject).id,
    }
    edits = (decision, *effect)
    return Proposal(act, subject, headline, edits, result, signed.told, name)


def end(session: Session, name: str, signed: SignedPaper) -> Proposal[ObserverDecided]:
    """The President ends a status; the record stays on the list."""
    observer = observer_named(session.before, name)
    subject = f"observers/{name}"
    holding = invited(session.before, observer, session.on)
    if observer.ended is not None and not holding:
        told = f"{observer.name} is no observer since {observer.ended.on}"
        return Proposal("observer end", subject, told, (), {"id": name})
    order = UnilateralOrder(END, subject, _short(f"End of the observer status of {observer.name}"))
    decision = by_president(session, order, signed)
    effect = _ended(observer, holding, session.on, str(decision.record["id"]))
    headline = f"observer: end the status of {observer.name}, {decision.record['id']}"
    return _by_decision("observer end", decision, effect, headline, signed)


def _ended(
    observer: Observer, holding: Collection[Invitation], day: date, by: str
) -> tuple[Edit, ...]:
    """`ended` the first time; an invitation it does not reach is ended by itself."""
    first = observer.ended is None
    edits: list[Edit] = [Put(observer.path, ("ended",), {"on": str(day), "by": by})] * first
    for n, invitation in enumerate(observer.invitations):
        if invitation in holding and not (first and invitation.on < day):
            edits.append(Put(observer.path, ("invitations", n, "until"), str(day)))
            edits.append(Put(observer.path, ("invitations", n, "ended_by"), by))
    return tuple(edits)
