"""Decisions: what was put to which body, how it was voted, what came of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import day_of
from b40cli.model.facts.known import Known, known_of
from b40cli.model.ref import ROOT, alike, ids, once, ref_of

CLOSED = frozenset({"adopted", "rejected", "invalid"})
ENDED = CLOSED | {"withdrawn"}
STATES = ("proposed", "open", "adopted", "rejected", "invalid", "withdrawn")
SIDES = ("for", "against", "abstain", "invalid")


class Roll(NamedTuple):
    """Who could vote when the vote opened; frozen from then on."""

    entitled: tuple[str, ...]
    present: tuple[str, ...]
    represented: Mapping[str, str]
    sha256: str | None
    suspended: tuple[str, ...] = ()

    @property
    def voters(self) -> tuple[str, ...]:
        """Who may cast a ballot: those there, then those represented."""
        there = dict.fromkeys((*self.present, *self.represented))
        return tuple(city for city in there if city in self.entitled)


class Votes(NamedTuple):
    """What was cast: by name in `ballots`, in numbers in `tally`, for whom in `choices`.

    `numbers` are the votes of each candidate in a secret election, and `cast` how many ballots
    these were on, where that was counted.
    """

    ballots: Mapping[str, tuple[str, ...]] | None
    tally: Mapping[str, int] | None
    casting: str | None = None
    choices: Mapping[str, tuple[str, ...]] | None = None
    numbers: Mapping[str, int] | None = None
    cast: int | None = None

    def of(self, side: str) -> tuple[str, ...]:
        """Who voted that way; empty when the ballot was secret."""
        return (self.ballots or {}).get(side, ())

    def heard(self, voters: frozenset[str]) -> tuple[int, int]:
        """How many of those with a vote are for and against; of a secret vote how many counted."""
        if self.tally is not None:
            return self.tally["for"], self.tally["against"]
        held = self.ballots or {}
        there, others = held.get("for", ()), held.get("against", ())
        return len(voters.intersection(there)), len(voters.intersection(others))

    @property
    def voters(self) -> frozenset[str]:
        """Who gave a ballot by name, for a side or for a candidate."""
        return frozenset().union(*map(self.of, SIDES), *(self.choices or {}).values())

    @property
    def by_side(self) -> Mapping[str, int]:
        """How many voted each way, by name or in secret."""
        return self.tally or {side: len(self.of(side)) for side in SIDES}

    @property
    def by_candidate(self) -> Mapping[str, int]:
        """The votes of each candidate of an election, by name or in secret."""
        return self.numbers or {city: len(chosen) for city, chosen in (self.choices or {}).items()}

    @property
    def totals(self) -> Mapping[str, int]:
        """What was cast, in numbers: for each side, and in an election for each candidate."""
        return {**self.by_side, **self.by_candidate}


class FreeSeats(NamedTuple):
    """How many of the elected seats an election fills, and of which term."""

    free: int
    of: int


class PassedOver(NamedTuple):
    """A city that was elected and may not sit, and the rule that says so."""

    city: str
    rule: str


class Decision(NamedTuple):
    """registry/decisions/<year>/<id>.yaml."""

    path: str
    id: str
    body: str
    matter: str
    subject: str | None
    title: str
    meeting: str | None
    item: int | None
    proposed: date | None
    state: str
    closed: date | None
    edition: str | None
    grounds: str | None
    decided_by: Mapping[str, Any] | None
    evidence: tuple[Mapping[str, Any], ...]
    roll: Roll | None
    votes: Votes | None
    counted: Mapping[str, Any] | None
    readings: Mapping[str, Any] | None
    reason: str | None
    term: int | None = None
    candidates: tuple[str, ...] = ()
    amends: tuple[Mapping[str, Any], ...] = ()
    annuls: str | None = None
    effect: str | None = None
    adopts: str | None = None
    handover: str | None = None
    silent: bool = False
    known: Known | None = None
    succeeds: tuple[str, ...] = ()
    until: date | None = None
    text: str | None = None
    takes_effect: date | None = None
    seats: FreeSeats | None = None
    passed_over: tuple[PassedOver, ...] = ()
    announced: Mapping[str, int] = {}

    @property
    def city(self) -> str | None:
        """The member the decision is about, if it is about one."""
        if self.subject is None or not self.subject.startswith("members/"):
            return None
        return ref_of(self.subject).id

    @property
    def collegiate(self) -> bool:
        """Whether a body votes on it."""
        return self.body in ("executive-committee", "general-assembly")


def path_of(decision: str) -> str:
    """Where a decision's record lies: EC-2026-001 is in decisions/2026/."""
    return f"{ROOT}decisions/{decision[3:7]}/{decision}.yaml"


def _roll(data: Mapping[str, Any] | None) -> Roll | None:
    if data is None:
        return None
    return Roll(
        ids(data["entitled"]),
        ids(data["present"]),
        data.get("represented") or {},
        data.get("sha256"),
        tuple(data.get("suspended", ())),
    )


def _votes(data: Mapping[str, Any]) -> Votes | None:
    if "tally" in data:
        tally = data["tally"]
        numbers = {city: n for city, n in tally.items() if "-" in city} | tally.get("choices", {})
        sides = {side: tally.get(side, 0) for side in SIDES}
        by_city = {"numbers": numbers, "cast": tally.get("ballots")} if numbers else {}
        return Votes(None, sides, tally.get("casting"), **by_city)
    if "ballots" in data or "choices" in data:
        ballots = data.get("ballots", {})
        choices = {city: ids(voters) for city, voters in data.get("choices", {}).items()}
        return Votes({side: ids(ballots.get(side, ())) for side in SIDES}, None, None, choices)
    return None


def decision_of(path: str, data: Mapping[str, Any]) -> Decision:
    """Decode a decision's record."""
    return Decision(
        path=path,
        id=data["id"],
        body=once(data["body"]),
        matter=once(data["matter"]),
        subject=data.get("subject"),
        title=data["title"],
        meeting=data.get("meeting"),
        item=data.get("item"),
        proposed=day_of(data.get("proposed")),
        state=once(data["state"]),
        closed=day_of(data.get("closed")),
        edition=data.get("edition"),
        grounds=data.get("grounds"),
        decided_by=data.get("decided_by"),
        evidence=tuple(data.get("evidence", ())),
        announced=data.get("announced", {}),
        roll=_roll(data.get("roll")),
        votes=_votes(data),
        counted=alike(data.get("count")),
        readings=alike(data.get("readings")),
        reason=data.get("reason"),
        term=data.get("term"),
        candidates=tuple(data.get("candidates", ())),
        amends=tuple(data.get("amends", ())),
        annuls=data.get("annuls"),
        effect=data.get("effect"),
        adopts=data.get("adopts"),
        handover=data.get("handover"),
        silent=data.get("statutes_silent", False),
        known=known_of(data.get("known")),
        succeeds=tuple(data.get("succeeds", ())),
        until=day_of(data.get("until")),
        text=data.get("text"),
        takes_effect=day_of(data.get("takes_effect")),
        seats=FreeSeats(**data["seats"]) if "seats" in data else None,
        passed_over=tuple(PassedOver(**passed) for passed in data.get("passed_over", ())),
    )


def depth_of(annulments: Mapping[str, Decision], decision: Decision) -> int:
    """Of how many annulments, one in the other, a decision is the last."""
    passed = {decision.id}
    inner = annulments.get(decision.annuls or "")
    while inner is not None and inner.id not in passed:
        passed.add(inner.id)
        inner = annulments.get(inner.annuls or "")
    return len(passed)
