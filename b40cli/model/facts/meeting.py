"""Meetings: who convened them, who came, who was represented."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from b40cli.model.day import LEGAL_ZONE, ZONES, clock_of, day_at, legal_day, time_of
from b40cli.model.facts.known import Known, known_of
from b40cli.model.finding import Basis
from b40cli.model.ref import ids, once

SECRETARY, PRESIDENT = "secretary", "president"
KINDS = ("summit", "ga", "ec", "wg", "workshop", "youth-summit", "gathering")
# To whom a notice or a dispatch goes, who convenes, and what a city may say it will not do.
ADDRESSEES = ("members", "executive-committee", "group")
CONVENERS = (
    *("president", "executive-committee", "general-assembly", "permanent-secretary"),
    *("group-leader", "mayor-of-istanbul"),
)
DECLINED = ("attendance", "proxy", "holding")


class Proxy(NamedTuple):
    """One member's authority to speak and vote for another (not a designee of the same city)."""

    principal: str
    holder: str
    document: bool
    sent: Mapping[str, str]
    received: Mapping[str, str]
    revoked: datetime | None

    def revoked_by(self, moment: str) -> bool:
        """Whether it was revoked by a moment; where that is a day only, whether at all."""
        at = time_of(moment)
        return self.revoked is not None and (at is None or self.revoked <= at)


class RollCall(NamedTuple):
    """Who answered, at which moment."""

    n: int
    at: str
    present: tuple[str, ...]


class Delegation(NamedTuple):
    """Who spoke for a city, in which capacity (mayor, acting-mayor, designee)."""

    member: str
    capacity: str
    designated: bool
    head: str = ""
    members: tuple[str, ...] = ()
    person: str | None = None


class Refusal(NamedTuple):
    """What a member said beforehand that it will not do: come, give a proxy, represent another."""

    member: str
    what: str
    until: str | None = None


class Notice(NamedTuple):
    """The convening notice: when it went out, to whom, which motions stood in it."""

    sent: str
    to: str
    motions: tuple[str, ...]


class Meeting(NamedTuple):
    """registry/meetings/<id>.yaml."""

    path: str
    id: str
    kind: str
    opens: str
    closes: str | None
    convened_by: str | None
    requested_by: tuple[str, ...]
    agenda: tuple[Mapping[str, Any], ...]
    delegations: tuple[Delegation, ...]
    proxies: tuple[Proxy, ...]
    roll_calls: tuple[RollCall, ...]
    attested: bool
    mode: str | None = None
    city: str | None = None
    ends: str | None = None
    title: str | None = None
    summit: str | None = None
    group: str | None = None
    half_days: int | None = None
    language: str | None = None
    interpretation: bool | None = None
    chair: str | None = None
    notice: Notice | None = None
    rules_announced: str | None = None
    observers: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    minutes: bool = False
    report: Mapping[str, str] = {}
    dispatches: tuple[Mapping[str, Any], ...] = ()
    consulted: Mapping[str, str] = {}
    handover: str | None = None
    convened_on: str | None = None
    known: Known | None = None
    moved: tuple[Mapping[str, str], ...] = ()
    cancelled: Mapping[str, str] | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def basis(self) -> Basis:
        """What it rests on."""
        return "attested" if self.attested else "judged"

    def declining(self, what: str) -> frozenset[str]:
        """Who declined attendance, proxy or holding, and has not taken it back."""
        return frozenset(r.member for r in self.refusals if r.what == what and r.until is None)

    @property
    def day(self) -> date:
        """The day on which it opens: the date written in `opens`."""
        return self.day_of(self.opens)

    @property
    def last_day(self) -> date:
        """The day it ends, or opens where no end is on record."""
        return self.day_of(self.ends) if self.ends else self.day

    def day_within(self, day: date | None) -> date:
        """A day on which it sits: that one, else the nearest; the first where none is known."""
        return min(max(day or self.day, self.day), max(self.last_day, self.day))

    def day_of(self, moment: str) -> date:
        """The calendar day of a moment at the meeting's place."""
        return legal_day(moment) if self._by_istanbul else day_at(moment, self.opens, self.zone)

    def hour_on(self, day: date) -> str:
        """Its opening; on a later day on which it sits, the same hour of that day."""
        opened = time_of(self.opens)
        if opened is None or not self.day < day <= self.last_day:
            return self.opens
        return datetime.combine(day, opened.time(), clock_of(opened, self.zone)).isoformat()

    @property
    def _by_istanbul(self) -> bool:
        """Whether its id bears the day in Istanbul, as ids did that were given by 0.1.0."""
        if self.opens.endswith("+03:00") or self.moved:
            return False
        written, named = self.opens[:10], self.id[:10]
        return named != written and named == str(legal_day(self.opens))

    @property
    def zone(self) -> str:
        """The zone of its place."""
        return zone_at(self.mode, self.city)

    @property
    def ended(self) -> bool:
        """Whether it was closed."""
        return self.closes is not None

    @property
    def first_roll_call(self) -> RollCall | None:
        """The roll call that decides on the quorum, once there is one."""
        return self.roll_calls[0] if self.roll_calls else None


def zone_at(mode: str | None, city: str | None) -> str:
    """The zone of a meeting's place: its city's; online, nowhere or elsewhere the network's."""
    return LEGAL_ZONE if mode == "online" else ZONES.get((city or "")[:2], LEGAL_ZONE)


SPOKEN = {
    "closing-declaration": "Closing Declaration",
    "president-speech": "speech of the President",
    "mayors-floor": "floor to the mayors",
}


def spoken(kind: str) -> str:
    """An item of the agenda as a chair announces it."""
    return SPOKEN.get(kind, kind.replace("-", " "))


def _proxy(data: Mapping[str, Any]) -> Proxy:
    return Proxy(
        principal=data["principal"],
        holder=data["holder"],
        document=bool(data.get("document")),
        sent=data.get("sent") or {},
        received=data.get("received") or {},
        revoked=_instant(data.get("revoked")),
    )


def _instant(value: str | None) -> datetime | None:
    """A moment of which only the day is known counts from that day's beginning."""
    return time_of(f"{value}T00:00:00+03:00" if value and len(value) == 10 else value)


def _delegation(data: Mapping[str, Any]) -> Delegation:
    head = data.get("head") or {}
    return Delegation(
        member=once(data["member"]),
        capacity=head.get("capacity", "mayor"),
        designated=bool(head.get("designation")),
        head=head.get("name", ""),
        members=tuple(data.get("members", ())),
        person=head.get("person"),
    )


def _notice(data: Mapping[str, Any] | None) -> Notice | None:
    return (
        None if data is None else Notice(data["sent"], data["to"], tuple(data.get("motions", ())))
    )


def meeting_of(path: str, data: Mapping[str, Any]) -> Meeting:
    """Decode a meeting's record."""
    convened = data.get("convened") or {}
    return Meeting(
        path=path,
        id=data["id"],
        kind=once(data["kind"]),
        opens=data["opens"],
        closes=data.get("closes"),
        convened_by=convened.get("by"),
        requested_by=tuple(convened.get("requested_by", ())),
        agenda=tuple(data.get("agenda", ())),
        delegations=tuple(map(_delegation, data.get("delegations", ()))),
        proxies=tuple(map(_proxy, data.get("proxies", ()))),
        roll_calls=tuple(
            RollCall(call["n"], call["at"], ids(call["present"]))
            for call in data.get("roll_calls", ())
        ),
        attested="source" in data,
        mode=data.get("mode"),
        city=data.get("city"),
        ends=data.get("ends") or data.get("closes"),
        title=data.get("title"),
        summit=data.get("summit"),
        group=data.get("group"),
        half_days=data.get("half_days"),
        language=data.get("language"),
        interpretation=data.get("interpretation"),
        chair=data.get("chair"),
        notice=_notice(data.get("notice")),
        rules_announced=(data.get("participation_rules") or {}).get("announced"),
        observers=tuple(data.get("observers", ())),
        signed_by=tuple((data.get("closing_declaration") or {}).get("signed_by", ())),
        minutes="minutes" in data,
        consulted=data.get("consulted") or {},
        handover=data.get("handover"),
        convened_on=convened.get("decision"),
        known=known_of(data.get("known")),
        **_afterwards(data),
    )


def _afterwards(data: Mapping[str, Any]) -> dict[str, Any]:
    """What became of a meeting that was convened, and what was sent after it."""
    return {
        "moved": tuple(data.get("moved", ())),
        "cancelled": data.get("cancelled"),
        "refusals": tuple(
            Refusal(each["member"], each["what"], each.get("until"))
            for each in data.get("declined", ())
        ),
        "report": data.get("report") or {},
        "dispatches": tuple(data.get("dispatches", ())),
    }


def over_on(path: str, data: Mapping[str, Any]) -> date:
    """The day on which what a record says of a meeting is over: it closed, ends or opened."""
    ended = data.get("closes") or data.get("ends") or data["opens"]
    return meeting_of(path, data).day_of(ended)


AFTER_THE_MEETING = frozenset({"minutes", "dispatches", "report", "note", "closing_declaration"})
