"""What leaves the house as data: the register as anybody may read it, on a day.

The keys of these types are the list of what is published; whatever a record holds beside them
(contacts, forms, letters, documents, designations) stays in the register. Each list is a table:
`export csv` and `export xlsx` write the same rows.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict, get_args, get_type_hints

from b40cli.model.finding import Basis
from b40cli.model.results.shapes import (
    CityKey,
    CountryCode,
    DayText,
    DecisionKey,
    MeetingKey,
    PointKey,
    SinceText,
)

# A day, or an RFC 3339 time.
DayOrTime = str


class PublishedNetwork(TypedDict):
    """The network, and how far its lists are whole (null: not known to be)."""

    name: str
    status: Literal["unofficial", "official"]
    opened: DayText
    rule_set: int
    edition: str | None
    reported_members: int | None
    complete: dict[str, DayText | None]


class PublishedMember(TypedDict):
    """A local government on record, with its standing and who heads it on the day."""

    id: CityKey
    name: str
    native_name: str | None
    country: CountryCode
    country_name: str
    gazetteer: int | None
    population: int | None
    population_year: int | None
    standing: str
    suspended: bool
    since: SinceText | None
    basis: Basis
    succeeded_by: CityKey | None
    declaration_signed: DayText | None
    mayor: str | None
    capacity: str | None
    mandate_until: SinceText | None
    sources: list[str]


class PublishedName(TypedDict):
    """What a city is called in a language, or was called until a day."""

    member: CityKey
    name: str
    language: str | None
    script: str | None
    until: DayText | None


PublishedMandate = TypedDict(
    "PublishedMandate",
    {
        "member": CityKey,
        "person": str | None,
        "name": str,
        "capacity": str,
        "from": SinceText,
        "until": SinceText | None,
        "ended": str | None,
    },
)
PublishedMandate.__doc__ = "Who headed a city, from when to when."

PublishedSuspension = TypedDict(
    "PublishedSuspension",
    {
        "member": CityKey,
        "from": DayText,
        "until": DayText | None,
        "by": DecisionKey,
        "lifted_by": DecisionKey | None,
    },
)
PublishedSuspension.__doc__ = "A time without vote."


class PublishedObserver(TypedDict):
    """Who asked for observer status, and where it is invited to."""

    id: str
    name: str
    kind: str
    country: CountryCode | None
    requested: DayText | None
    invited_to: list[str]
    ended: DayText | None


class PublishedPresidency(TypedDict):
    """A presidency: which city, since when."""

    year: int
    city: CityKey
    mayor: str | None
    since: SinceText | None
    approved: DecisionKey | None
    handover: MeetingKey | None
    basis: Basis


PublishedStandIn = TypedDict(
    "PublishedStandIn",
    {"year": int, "city": CityKey, "by": DecisionKey, "from": DayText, "until": DayText | None},
)
PublishedStandIn.__doc__ = "Who stands in while a presidency is vacant."

PublishedSeat = TypedDict(
    "PublishedSeat",
    {
        "term": int,
        "seat": str,
        "city": str,
        "from": SinceText,
        "until": DayText | None,
        "ground": str | None,
    },
)
PublishedSeat.__doc__ = "A seat in the Executive Committee; the city is `unknown` where none says."

PublishedSecretary = TypedDict(
    "PublishedSecretary", {"name": str, "from": SinceText, "until": DayText | None}
)
PublishedSecretary.__doc__ = "A Permanent Secretary."


class PublishedGroup(TypedDict):
    """A working group, and the city that leads it on the day."""

    id: str
    name: str
    kind: str
    since: SinceText | None
    until: DayText | None
    leader: CityKey | None


class PublishedMeeting(TypedDict):
    """A meeting, held or to come; the report is named once the Presidency approved it."""

    id: MeetingKey
    kind: str
    title: str | None
    mode: str | None
    city: str | None
    opens: DayOrTime
    ends: DayOrTime | None
    summit: MeetingKey | None
    group: str | None
    chair: str | None
    basis: Basis
    minutes_filed: bool
    report_approved: DayText | None
    moved_from: list[DayOrTime]
    cancelled: DayText | None


class PublishedAttendance(TypedDict):
    """Who was at a meeting's first roll call, in person or by whom represented."""

    meeting: MeetingKey
    member: CityKey
    part: Literal["present", "represented"]
    holder: CityKey | None


PublishedCount = TypedDict(
    "PublishedCount",
    {
        "secret": bool,
        "for": int | None,
        "against": int | None,
        "abstain": int | None,
        "invalid": int | None,
        "required": int | None,
        "majority": str | None,
        "elected": list[str],
        "verdict": str | None,
        "turns_on": list[PointKey],
    },
)
PublishedCount.__doc__ = "How a decision was counted; nulls while its vote is open."


class PublishedMatter(TypedDict):
    """What was decided, by whom, when, and what came of it."""

    id: DecisionKey
    body: str
    matter: str
    subject: str | None
    title: str
    meeting: MeetingKey | None
    item: int | None
    proposed: DayText | None
    closed: DayText | None
    state: str
    annulled_by: DecisionKey | None


class PublishedDecision(PublishedMatter, PublishedCount):
    """A decision with its count."""


class PublishedVote(TypedDict):
    """A ballot by name: a side, or in an election a candidate."""

    decision: DecisionKey
    member: CityKey
    vote: str
    cast_by: CityKey | None


class PublishedCandidate(TypedDict):
    """A candidate of an election: its votes, by name or in secret, and what came of them."""

    decision: DecisionKey
    city: CityKey
    votes: int
    elected: bool
    passed_over: str | None


class PublishedDuty(TypedDict):
    """A duty of the years since the register opened, with its state on the day."""

    duty: str
    article: str
    of: str
    subject: str | None
    owner: str
    due: DayText | None
    met: DayText | None
    state: str
    basis: Basis


class PublishedReading(TypedDict):
    """An open point, the reading in force, and one taken already that is so from a later day."""

    id: PointKey
    question: str
    reading: str | None
    readings: list[str]
    later: str | None
    later_since: DayText | None


class PublishedSource(TypedDict):
    """A cited source."""

    key: str
    title: str | None
    address: str | None


class Published(TypedDict):
    """The register as anybody may read it, on a day; `b40_export` is the version of this shape."""

    b40_export: int
    on: DayText
    commit: str | None
    network: PublishedNetwork
    members: list[PublishedMember]
    names: list[PublishedName]
    mandates: list[PublishedMandate]
    suspensions: list[PublishedSuspension]
    observers: list[PublishedObserver]
    presidencies: list[PublishedPresidency]
    stand_ins: list[PublishedStandIn]
    seats: list[PublishedSeat]
    secretaries: list[PublishedSecretary]
    groups: list[PublishedGroup]
    meetings: list[PublishedMeeting]
    attendance: list[PublishedAttendance]
    decisions: list[PublishedDecision]
    votes: list[PublishedVote]
    candidates: list[PublishedCandidate]
    duties: list[PublishedDuty]
    readings: list[PublishedReading]
    sources: list[PublishedSource]
    designation_note: NotRequired[str]


class Exported(TypedDict):
    """What was written, and to which files; without a file, the text itself."""

    form: str
    written: list[str]
    file: NotRequired[str]


def columns() -> dict[str, tuple[str, ...]]:
    """The columns of each table, in order."""
    hints = get_type_hints(Published)
    rows = {name: get_args(kind)[0] for name, kind in hints.items() if get_args(kind)}
    return {name: tuple(vars(row).get("__annotations__", ())) for name, row in rows.items()}
