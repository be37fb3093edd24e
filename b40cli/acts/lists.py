"""Lists and single records: members, applications, meetings, decisions, anything by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from b40cli.acts.members import member_named
from b40cli.acts.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.decision import path_of
from b40cli.model.errors import UsageError
from b40cli.model.member import Member
from b40cli.model.registry import ROOT
from b40cli.rules.admission import missing_parts
from b40cli.rules.record import BODIES
from b40cli.rules.standing import is_suspended, membership_begins, standing_of

STANDINGS = (
    "applicant",
    "admitted",
    "member",
    "declined",
    "withdrawn",
    "leaving",
    "left",
    "removed",
    "unknown",
)
STATES = ("proposed", "open", "adopted", "rejected", "invalid", "withdrawn")
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
    begins = membership_begins(view.registry, member, law)
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
    """Applications, pending ones first of all."""
    rows = [row for m in view.registry.members() for row in _applications(view, m)]
    kept = [row for row in rows if everything or row["state"] == "pending"]
    return answer(view, "application list", {"applications": kept})


def _applications(view: View, member: Member) -> Iterator[dict[str, Any]]:
    for application in member.applications:
        decision = view.registry.decision(application.outcome) if application.outcome else None
        state = decision.state if decision else "withdrawn" if application.withdrawn else "pending"
        yield {
            "id": member.id,
            "name": member.name,
            "received": str(application.received),
            "state": state,
            "outcome": application.outcome,
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
    """The decisions on record, by id."""
    _known("--state", state, STATES)
    _known("--matter", matter, _matters(view))
    rows = [
        {
            "id": decision.id,
            "matter": decision.matter,
            "subject": decision.subject,
            "meeting": decision.meeting,
            "state": decision.state,
            "closed": str(decision.closed) if decision.closed else None,
        }
        for decision in view.registry.decisions()
        if state in (None, decision.state) and matter in (None, decision.matter)
    ]
    return answer(view, "decision list", {"decisions": rows})


def _matters(view: View) -> list[str]:
    """Every matter some body decides on, on the day, and every matter on record."""
    lawful = {matter for body in BODIES for matter in view.law.names(f"{body}-matters")}
    return sorted(lawful | {decision.matter for decision in view.registry.decisions()})


def show(view: View, reference: str) -> Answer:
    """Any record by its id or path, with the records that name it."""
    path = path_named(view, reference)
    named = [other for other in view.registry.naming(_name(path)) if other != path]
    result = {
        "path": path,
        "record": view.registry.data(path),
        "named_by": [other.removeprefix(ROOT).removesuffix(".yaml") for other in named],
    }
    return answer(view, "show", result)


def log(view: View, reference: str | None, limit: int) -> Answer:
    """The acts that made a record what it is, the newest first."""
    path = path_named(view, reference) if reference else "registry"
    acts = [
        {
            "commit": commit.oid,
            "day": commit.day,
            "author": commit.author,
            "subject": commit.subject,
            "act": commit.trailers.get("B40-Act"),
            "on": commit.trailers.get("B40-On"),
        }
        for commit in view.repository.log(path, limit)
    ]
    return answer(view, "log", {"path": path, "acts": acts})


def path_named(view: View, reference: str) -> str:
    """The path of a record named by id, by reference or by path; UsageError where none fits."""
    name = reference.removeprefix(ROOT).removesuffix(".yaml")
    folders = ("", "members/", "observers/", "meetings/", "groups/", "statutes/interpretations/")
    candidates = [f"{ROOT}{folder}{name}.yaml" for folder in folders]
    if len(name) == 11 and name[2] == "-":
        candidates.append(path_of(name))
    for path in candidates:
        if view.registry.has(path):
            return path
    raise UsageError(
        f"Nothing on record is called {reference}.",
        "Name a member, meeting, decision or INT-nn, or a path such as presidencies/2026.",
    )


def _name(path: str) -> str:
    return path.rsplit("/", 1)[1].removesuffix(".yaml")
