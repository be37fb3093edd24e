"""Results about duties, and the desk that gathers what waits."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from b40cli.model.facts.duty import DutyState
from b40cli.model.finding import Basis
from b40cli.model.results.offices import PresidencyWord
from b40cli.model.results.shapes import CityKey, DayText, DecisionKey, RecordData, SinceText

Acknowledged = Annotated[RecordData, "duties.json#/properties/acknowledged/items"]


class DutyRow(TypedDict):
    """A duty with its state on a day."""

    duty: str
    article: str
    of: str
    subject: str | None
    owner: str
    due: DayText | None
    met: DayText | None
    state: DutyState
    evidence: str | None
    provisional: bool
    basis: Basis
    says: str
    cure: str


class LineDone(TypedDict):
    """A line of the desk whose command lacks words that nobody can be asked for."""

    line: int
    command: str


class Duties(TypedDict):
    """The duties of a year, the gravest state first; of one that owes them, where asked for."""

    year: int
    of: NotRequired[str]
    on: DayText
    duties: list[DutyRow]


class Item(TypedDict):
    """One line of the desk: what waits, for whom, and the command of the next step.

    `title` says it in words, `owes` names whom it waits for.
    """

    what: str
    on: DayText | None
    who: str | None
    command: str
    title: str
    owes: str | None


class NetworkCounted(TypedDict):
    """The network in numbers."""

    name: str
    complete: bool
    reported: int | None
    members: int
    voting: int
    suspended: int
    observers: int


class PresidesNow(TypedDict):
    """The city that presides, since when, by whom."""

    city: CityKey
    since: SinceText | None
    mayor: str | None


class PresidesNext(TypedDict):
    """The city that presides next."""

    city: CityKey | None
    year: int | None
    approved: DecisionKey | None


class SecretaryNow(TypedDict):
    """The Permanent Secretary."""

    name: str
    since: SinceText


class DeskShown(TypedDict):
    """The network today, and what is overdue, due, expiring and pending."""

    on: DayText
    network: NetworkCounted
    presides: PresidesNow | None
    presidency_state: PresidencyWord
    next: PresidesNext | None
    secretary: SecretaryNow | None
    overdue: list[Item]
    lapsed: list[Item]
    vacant: list[Item]
    due: list[Item]
    expiring: list[Item]
    pending: list[Item]
