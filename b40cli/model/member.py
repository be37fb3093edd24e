"""Members: every local government that applied, was admitted, left or was removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import Since, day_of, since_of


class Attested(NamedTuple):
    """Membership of the opening record: it rests on a source, not on a judged act."""

    start: Since
    source: str


class Application(NamedTuple):
    """A request for membership; `outcome` names the decision that answered it."""

    received: date
    form: Mapping[str, Any] | None
    letter: Mapping[str, Any] | None
    documents: tuple[Mapping[str, Any], ...]
    criteria: tuple[str, ...]
    outcome: str | None
    withdrawn: date | None


class Suspension(NamedTuple):
    """A time without vote, from a decision to the decision that lifted it."""

    start: date
    by: str
    until: date | None
    lifted_by: str | None


class Mayor(NamedTuple):
    """Who heads the city, in which capacity, from when to when."""

    name: str
    capacity: str
    start: Since
    until: date | None


class Withdrawal(NamedTuple):
    """A notice of leaving; membership lasts until `effective`."""

    received: date
    effective: date | None


class Member(NamedTuple):
    """registry/members/<id>.yaml."""

    path: str
    id: str
    name: str
    country: str
    elected: bool
    attested: Attested | None
    application: Application | None
    former_applications: tuple[Application, ...]
    declared: date | None
    ceremony: str | None
    withdrawal: Withdrawal | None
    removal: str | None
    mayors: tuple[Mayor, ...]
    suspensions: tuple[Suspension, ...]
    former_withdrawals: tuple[Withdrawal, ...] = ()
    former_removals: tuple[str, ...] = ()
    gazetteer: int | None = None

    @property
    def applications(self) -> tuple[Application, ...]:
        """Every application, the earlier ones first."""
        last = () if self.application is None else (self.application,)
        return (*self.former_applications, *last)

    @property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Every notice of leaving, the earlier ones first."""
        last = () if self.withdrawal is None else (self.withdrawal,)
        return (*self.former_withdrawals, *last)

    @property
    def removals(self) -> tuple[str, ...]:
        """Every decision that removed it, the earlier ones first."""
        last = () if self.removal is None else (self.removal,)
        return (*self.former_removals, *last)

    def mayor_on(self, day: date) -> Mayor | None:
        """Who heads the city that day, where the record says."""
        for mayor in reversed(self.mayors):
            if mayor.start.day <= day and (mayor.until is None or day < mayor.until):
                return mayor
        return None


def _application(data: Mapping[str, Any]) -> Application:
    return Application(
        received=date.fromisoformat(data["received"]),
        form=data.get("form"),
        letter=data.get("letter"),
        documents=tuple(data.get("documents", ())),
        criteria=tuple(data.get("criteria", ())),
        outcome=data.get("outcome"),
        withdrawn=day_of(data.get("withdrawn")),
    )


def _suspension(data: Mapping[str, Any]) -> Suspension:
    return Suspension(
        date.fromisoformat(data["from"]),
        data["by"],
        day_of(data.get("until")),
        data.get("lifted_by"),
    )


def _mayor(data: Mapping[str, Any]) -> Mayor:
    return Mayor(data["name"], data["capacity"], since_of(data["from"]), day_of(data.get("until")))


def _withdrawal(data: Mapping[str, Any]) -> Withdrawal:
    return Withdrawal(date.fromisoformat(data["received"]), day_of(data.get("effective")))


def _attested(data: Mapping[str, Any] | None) -> Attested | None:
    return None if data is None else Attested(since_of(data["since"]), data["source"])


def _removal(data: Any) -> str:
    return str(data["by"] if isinstance(data, Mapping) else data)


def member_of(path: str, data: Mapping[str, Any]) -> Member:
    """Decode a member's record."""
    application, withdrawal = data.get("application"), data.get("withdrawal")
    removal = data.get("removal")
    elected = (data.get("government") or {}).get("elected") or {}
    return Member(
        path=path,
        id=data["id"],
        name=data["name"],
        country=data["country"],
        elected=bool(elected.get("evidence")),
        attested=_attested(data.get("attested")),
        application=None if application is None else _application(application),
        former_applications=tuple(map(_application, data.get("former_applications", ()))),
        declared=day_of((data.get("declaration") or {}).get("signed")),
        ceremony=data.get("ceremony"),
        withdrawal=None if withdrawal is None else _withdrawal(withdrawal),
        removal=None if removal is None else _removal(removal),
        mayors=tuple(map(_mayor, data.get("mayors", ()))),
        suspensions=tuple(map(_suspension, data.get("suspensions", ()))),
        former_withdrawals=tuple(map(_withdrawal, data.get("former_withdrawals", ()))),
        former_removals=tuple(map(_removal, data.get("former_removals", ()))),
        gazetteer=data.get("gazetteer"),
    )
