"""Members: every local government that applied, was admitted, left or was removed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from b40cli.model.day import Since, covers, day_of, since_of
from b40cli.model.source import cited

MAYOR = "mayor"
Standing = Literal[
    "applicant",
    "admitted",
    "member",
    "declined",
    "withdrawn",
    "leaving",
    "left",
    "removed",
    "unknown",
]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
# What a correction writes where an entry, or its end, is none.
VOID = "void"


class Attested(NamedTuple):
    """Membership of the opening record: it rests on a source, not on a judged act.

    Where `ended_by` is true, `until` is a day by which it had ended.
    """

    start: Since
    source: str
    until: date | None = None
    ended_by: bool = False


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
    """Who heads the city, in which capacity, from when to when.

    `person` is the key of the person, `spelt` every name the entry bore before it was corrected.
    Where `ended_by` is true, `until` is a day by which it had ended, and when is not known. `n` is
    its place in the record's list.
    """

    name: str
    capacity: str
    start: Since
    until: date | None
    person: str | None = None
    ended: str | None = None
    ended_by: bool = False
    spelt: tuple[str, ...] = ()
    n: int = 0


class Vacancy(NamedTuple):
    """A time in which nobody heads the city."""

    start: Since
    until: date | None


class FormerName(NamedTuple):
    """What a city was called before; `until` is the first day on which it was called otherwise."""

    name: str
    until: date


class Withdrawal(NamedTuple):
    """A notice of leaving; membership lasts until `effective`, or on where a resolution took it
    back. `after` are the records that it came on record after, though they rest on membership."""

    received: date
    effective: date | None
    retracted: str | None = None
    after: tuple[str, ...] = ()


class Succeeded(NamedTuple):
    """The city into which another was merged or renamed, and the decision that says so."""

    city: str
    by: str


class Member(NamedTuple):
    """registry/members/<id>.yaml; `never_there` are the entries of mayors that are void."""

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
    vacancies: tuple[Vacancy, ...] = ()
    succeeds: tuple[str, ...] = ()
    succeeded: Succeeded | None = None
    former_names: tuple[FormerName, ...] = ()
    never_there: tuple[Mayor, ...] = ()

    def name_on(self, day: date) -> str:
        """What the city was called on a day: papers keep the name of their day."""
        later = (former for former in self.former_names if former.until > day)
        former = min(later, key=lambda each: each.until, default=None)
        return former.name if former else self.name

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
        """Who heads the city that day, where the record says: the latest start, not the last line.

        A mandate lasts at most until the next mayor's begins; an acting mayor leaves it standing.
        """
        if self.vacancies and self._vacant_on(day):
            return None
        left = self.mayors
        while latest := _latest(left, day):
            end = self.end_of(latest)
            if end is None or day < end:
                return latest
            left = tuple(m for m in left if m is not latest)
        return None

    def _vacant_on(self, day: date) -> bool:
        return any(covers(v.start, v.until, day) for v in self.vacancies)

    def end_of(self, mayor: Mayor) -> date | None:
        """The first day no longer in office: as recorded, or where the next mayor begins."""
        if mayor.capacity != MAYOR and mayor.until is not None:
            return mayor.until
        acting = mayor.capacity != MAYOR
        begun, end = mayor.start.day, mayor.until
        for m in self.mayors:
            later = m.start.day > begun and (acting or m.capacity == MAYOR)
            if later and (end is None or m.start.day < end):
                end = m.start.day
        return end

    def seen_before(self, mayor: Mayor) -> Mayor | None:
        """The open entry of the same person that an attestation `by` a later day says again.

        Such an entry has no beginning of its own: both are one mandate.
        """
        of_one = (m for m in self.mayors if m.capacity == mayor.capacity)
        begun = [m for m in of_one if m.start.day < mayor.start.day]
        last = max(begun, key=lambda m: m.start.day, default=None)
        if mayor.start.exact or last is None or last.ended is not None:
            return None
        if last.until is not None and (last.until, last.ended_by) != (mayor.start.day, True):
            return None
        keyed = last.person is not None and mayor.person is not None
        named = not self.labels_of(last).isdisjoint(self.labels_of(mayor))
        return last if (last.person == mayor.person if keyed else named) else None

    def began(self, mayor: Mayor) -> Since:
        """When a mandate began, by the first entry that says so."""
        earlier = self.seen_before(mayor)
        return self.began(earlier) if earlier else mayor.start

    def last_seen(self, mayor: Mayor) -> Mayor:
        """The last entry of the mandate that an entry begins."""
        again = next((m for m in self.mayors if self.seen_before(m) is mayor), None)
        return self.last_seen(again) if again else mayor

    def lapsed_on(self, day: date) -> Mayor | None:
        """The mandate that ended last, by a day on which nobody is on record since."""
        begun = [m for m in self.mayors if m.start.day <= day]
        ended = {id(m): (self.end_of(m) or date.max, m.start.day) for m in begun}
        last = max(reversed(begun), key=lambda m: ended[id(m)], default=None)
        told = self._vacant_on(day)
        return None if last is None or told or self.mayor_on(day) is not None else last

    def labels_of(self, mayor: Mayor) -> frozenset[str]:
        """Every name on record of the person of an entry: by key, and as it was corrected."""
        keyed = (m for m in self.mayors if mayor.person and m.person == mayor.person)
        return frozenset(name for m in (mayor, *keyed) for name in (m.name, *m.spelt))

    @property
    def labels(self) -> frozenset[str]:
        """Every name that anybody in office here ever bore, in the record or in a correction."""
        ever = (*self.mayors, *self.never_there)
        return frozenset(name for m in ever for name in (m.name, *m.spelt))


def _latest(mayors: Iterable[Mayor], day: date) -> Mayor | None:
    """Who began last by a day; of two that began at once the later line."""
    latest = None
    for mayor in mayors:
        begun = mayor.start.day
        if begun <= day and (latest is None or begun >= latest.start.day):
            latest = mayor
    return latest


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


def _mayor(data: Mapping[str, Any], spelt: tuple[str, ...], n: int) -> Mayor:
    until = data.get("until")
    end = None if until in (None, VOID) else since_of(until)
    return Mayor(
        data["name"],
        data["capacity"],
        since_of(data["from"]),
        end.day if end else None,
        data.get("person"),
        data.get("ended"),
        end is not None and not end.exact,
        spelt,
        n,
    )


def _vacancy(data: Mapping[str, Any]) -> Vacancy:
    return Vacancy(since_of(data["from"]), day_of(data.get("until")))


def _withdrawal(data: Mapping[str, Any]) -> Withdrawal:
    effective, retracted = day_of(data.get("effective")), data.get("retracted")
    after = tuple(data.get("known", {}).get("on_record", ()))
    return Withdrawal(date.fromisoformat(data["received"]), effective, retracted, after)


def _former_name(data: Mapping[str, str]) -> FormerName:
    return FormerName(data["name"], date.fromisoformat(data["until"]))


def _succeeded(data: Mapping[str, Any] | None) -> Succeeded | None:
    return None if data is None else Succeeded(data["city"], data["by"])


def _attested(data: Mapping[str, Any] | None) -> Attested | None:
    if data is None:
        return None
    end = since_of(data["until"]) if "until" in data else None
    return Attested(
        since_of(data["since"]),
        cited(data["source"]),
        end.day if end else None,
        end is not None and not end.exact,
    )


def _removal(data: Any) -> str:
    return str(data["by"] if isinstance(data, Mapping) else data)


def member_of(
    path: str, data: Mapping[str, Any], spelt: Mapping[int, tuple[str, ...]] | None = None
) -> Member:
    """Decode a member's record; `spelt` are the former names of its mayors, by position."""
    application, withdrawal = data.get("application"), data.get("withdrawal")
    removal = data.get("removal")
    listed, labels = data.get("mayors", ()), spelt or {}
    mayors = [_mayor(mayor, labels.get(n, ()), n) for n, mayor in enumerate(listed)]
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
        mayors=tuple(m for m in mayors if m.capacity != VOID),
        suspensions=tuple(map(_suspension, data.get("suspensions", ()))),
        former_withdrawals=tuple(map(_withdrawal, data.get("former_withdrawals", ()))),
        former_removals=tuple(map(_removal, data.get("former_removals", ()))),
        gazetteer=data.get("gazetteer"),
        vacancies=tuple(map(_vacancy, data.get("vacancies", ()))),
        succeeds=tuple(data.get("succeeds", ())),
        succeeded=_succeeded(data.get("succeeded")),
        former_names=tuple(map(_former_name, data.get("former_names", ()))),
        never_there=tuple(m for m in mayors if m.capacity == VOID),
    )
