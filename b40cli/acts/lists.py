"""Lists and single records: members, applications, meetings, decisions, anything by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, get_args

from b40cli.acts.members import member_named
from b40cli.acts.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.decision import Decision, path_of
from b40cli.model.errors import UsageError
from b40cli.model.member import Member
from b40cli.model.registry import ROOT, Registry
from b40cli.rules.admission import missing_parts
from b40cli.rules.record import BODIES
from b40cli.rules.references import mappings, references
from b40cli.rules.standing import Standing, is_suspended, membership_begins, standing_of

STANDINGS: tuple[str, ...] = get_args(Standing)
STATES = ("proposed", "open", "adopted", "rejected", "invalid", "withdrawn")
# The records whose facts rest on decisions; others name them as what was on an agenda.
RESTING = tuple(
    f"{ROOT}{place}"
    for place in ("members/", "observers/", "presidencies/", "committee/", "groups/", "secretariat")
)
KINDS = ("summit", "ga", "ec", "wg", "workshop", "youth-summit")


def _known(option: str, value: str | None, known: Collection[str]) -> None:
    """A misspelt choice is an error: an empty list would pass for an answer."""
    if value is not None and value not in known:
        raise UsageError(f"{option} {value} is none.", f"One of {', '.join(known)}.")


def members(view: View, standing: str | None, country: str | None) -> Answer:
    """Every local government on record with its standing on the day."""
    _known("--standing", standing, STANDINGS)
    rows = [_row(view, member) for member in view.registry.members()]
    kept = [
        row
        for row in rows
        if standing in (None, row["standing"]) and country in (None, row["country"])
    ]
    return answer(view, "member list", {"members": kept})


def _row(view: View, member: Member) -> dict[str, Any]:
    law, moment = view.law, Moment(view.on)
    begins = membership_begins(view.registry, member, law, view.on)
    attested = member.attested is not None and begins == member.attested.start.day
    exact = member.attested.start.exact if member.attested and attested else True
    return {
        "id": member.id,
        "name": member.name,
        "country": member.country,
        "standing": standing_of(view.registry, member, moment, law),
        "since": None if begins is None else str(begins) if exact else f"by {begins}",
        "basis": "attested" if attested else "judged",
        "suspended": is_suspended(view.registry, member.id, moment),
    }


def member(view: View, city: str) -> Answer:
    """One member: its standing on the day, its mayor, and its record."""
    found = member_named(view.registry, city)
    mayor = found.mayor_on(view.on)
    result = {
        **_row(view, found),
        "mayor": {"name": mayor.name, "capacity": mayor.capacity} if mayor else None,
        "record": view.registry.data(found.path),
    }
    return answer(view, "member show", result)


def applications(view: View, everything: bool) -> Answer:
    """Applications received by the day, with what had come of them; the pending ones first."""
    rows = [row for m in view.registry.members() for row in _applications(view, m)]
    kept = [row for row in rows if everything or row["state"] == "pending"]
    return answer(view, "application list", {"applications": kept})


def _applications(view: View, member: Member) -> Iterator[dict[str, Any]]:
    for application in member.applications:
        decision = view.registry.decision(application.outcome) if application.outcome else None
        if application.received > view.on:
            continue
        if decision is not None and decision.closed is not None and decision.closed > view.on:
            decision = None
        withdrawn = application.withdrawn is not None and application.withdrawn <= view.on
        state = decision.state if decision else "withdrawn" if withdrawn else "pending"
        if decision and annulment_of(view, decision.id):
            state = "annulled"
        yield {
            "id": member.id,
            "name": member.name,
            "received": str(application.received),
            "state": state,
            "outcome": decision.id if decision else None,
            "missing": list(missing_parts(application)),
        }


def meetings(view: View, kind: str | None) -> Answer:
    """The meetings on record, by day."""
    _known("--kind", kind, KINDS)
    rows = [
        {
            "id": meeting.id,
            "kind": meeting.kind,
            "opens": meeting.opens,
            "basis": "attested" if meeting.attested else "judged",
            "roll_calls": len(meeting.roll_calls),
        }
        for meeting in view.registry.meetings()
        if kind in (None, meeting.kind)
    ]
    return answer(view, "meeting list", {"meetings": rows})


def decisions(view: View, state: str | None, matter: str | None) -> Answer:
    """The decisions proposed by the day, with the state each was in, by id."""
    _known("--state", state, STATES)
    _known("--matter", matter, _matters(view))
    then = (_as_it_was(decision, view.on) for decision in view.registry.decisions())
    rows = [
        {
            "id": decision.id,
            "matter": decision.matter,
            "subject": decision.subject,
            "meeting": decision.meeting,
            "state": decision.state,
            "closed": str(decision.closed) if decision.closed else None,
            "annulled": annulment_of(view, decision.id),
        }
        for decision in then
        if decision is not None
        and state in (None, decision.state)
        and matter in (None, decision.matter)
    ]
    return answer(view, "decision list", {"decisions": rows})


def _as_it_was(decision: Decision, day: date) -> Decision | None:
    """A decision on a day: not there before it was proposed, not decided before it closed."""
    if decision.proposed is not None and decision.proposed > day:
        return None
    if decision.closed is not None and decision.closed > day:
        return decision._replace(state="proposed", closed=None)
    return decision


def _matters(view: View) -> list[str]:
    """Every matter some body decides on, on the day, and every matter on record."""
    lawful = {matter for body in BODIES for matter in view.law.names(f"{body}-matters")}
    return sorted(lawful | {decision.matter for decision in view.registry.decisions()})


def show(view: View, reference: str) -> Answer:
    """Any record by its id or path, with the records that name it."""
    path = record_named(view.registry, reference)
    named = [other for other in _naming(view.registry, path) if other != path]
    result: dict[str, Any] = {
        "path": path,
        "record": view.registry.data(path),
        "named_by": [other.removeprefix(ROOT).removesuffix(".yaml") for other in named],
    }
    corrections = corrections_of(view.registry, path)
    if corrections:
        result["corrections"] = corrections
    annulled = annulment_of(view, path.rsplit("/", 1)[-1].removesuffix(".yaml"))
    if annulled:
        result["annulled"] = annulled
    void = list(_grounds_annulled(view, path))
    if void:
        result["rests_on_annulled"] = void
    return answer(view, "show", result)


def _grounds_annulled(view: View, path: str) -> Iterator[dict[str, Any]]:
    """The decisions a record names as what it rests on that are annulled; its file stays."""
    found = references(path, mappings(view.registry.data(path) or {}))
    for at, target in found if path.startswith(RESTING) else ():
        annulled = annulment_of(view, _name(target)) if "/decisions/" in target else None
        if annulled:
            yield {"at": ".".join(map(str, at)), "names": _name(target), **annulled}


# Folders and files whose name is a year or a word: only the whole reference means them.
LISTS = ("committee/", "duties/", "presidencies/")
FILES = ("evidence/sources", "statutes/articles", "statutes/parameters", "trust/principals")


def _naming(registry: Registry, path: str) -> Iterator[str]:
    """The records in which the record's id or reference stands by itself, not in a sentence."""
    whole = path.removeprefix(ROOT).removesuffix(".yaml")
    by_id = "/" in whole and not whole.startswith((*LISTS, *FILES))
    names = {whole, _name(path)} if by_id else {whole}
    found = registry.naming(_name(path) if by_id else whole)
    return (other for other in found if _holds(registry.data(other), names))


def _holds(data: Any, names: Collection[str]) -> bool:
    if isinstance(data, Mapping):
        return any(key in names or _holds(value, names) for key, value in data.items())
    if isinstance(data, list | tuple):
        return any(_holds(value, names) for value in data)
    return isinstance(data, str) and data in names


def annulment_of(view: View, name: str) -> dict[str, Any] | None:
    """The decision that annuls this one and stands on the day, or None."""
    found = view.registry.annulments().get(name)
    if found is None or found.closed is None or found.closed > view.on:
        return None
    return {"by": found.id, "effect": found.effect, "on": str(found.closed)}


def corrections_of(registry: Registry, path: str) -> list[dict[str, Any]]:
    """The corrections of a record in force, as they stand in their own records."""
    return [
        {
            "id": correction.id,
            "at": correction.place,
            "was": correction.was,
            "is": correction.value,
            "why": correction.why,
            "on": str(correction.on),
            "by": correction.by,
        }
        for correction in registry.corrections().get(path, ())
    ]


def log(view: View, reference: str | None, limit: int) -> Answer:
    """The acts that made a record what it is, the newest first."""
    path = record_named(view.registry, reference) if reference else "registry"
    correcting = [c.path for c in view.registry.corrections().get(path, ())]
    acts = [
        {
            "commit": commit.oid,
            "day": commit.day,
            "author": commit.author,
            "subject": commit.subject,
            "act": commit.trailers.get("B40-Act"),
            "on": commit.trailers.get("B40-On"),
        }
        for commit in view.repository.log(path, limit, view.known, correcting)
    ]
    return answer(view, "log", {"path": path, "acts": acts})


def record_named(registry: Registry, reference: str) -> str:
    """The path of a record named by id, by reference or by path; UsageError where none fits."""
    name = reference.removeprefix(ROOT).removesuffix(".yaml")
    folders = ("", "members/", "observers/", "meetings/", "groups/", "statutes/interpretations/")
    candidates = [f"{ROOT}{folder}{name}.yaml" for folder in folders]
    if len(name) == 11 and name[2] == "-":
        candidates.append(path_of(name))
    if name.startswith("C-"):
        candidates.append(f"{ROOT}corrections/{name[2:6]}/{name}.yaml")
    for path in candidates:
        if registry.has(path):
            return path
    raise UsageError(
        f"Nothing on record is called {reference}.",
        "Name a member, meeting, decision or INT-nn, or a path such as presidencies/2026.",
    )


def _name(path: str) -> str:
    return path.rsplit("/", 1)[1].removesuffix(".yaml")
