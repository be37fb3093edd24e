"""Which open points of the text can bear on a vote: those that its count is varied by."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from b40cli.model.facts.committee import EX_OFFICIO, SEATS
from b40cli.model.facts.decision import Votes
from b40cli.rules.case.law import Law
from b40cli.rules.facts.standing import FEEDING_THE_ROLL
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.assembly_count import Assembly
from b40cli.rules.votes.committee_count import Sitting, attendance
from b40cli.rules.votes.election import Contest

COMMITTEE_POINTS = (
    *("INT-03", "INT-04", "INT-05", "INT-06", "INT-13", "INT-20", "INT-21", "INT-22", "INT-24"),
    *("INT-25", "INT-26", "INT-28", "INT-30", "INT-35", "INT-38"),
)
_OF_EVERY_ASSEMBLY = (
    *("INT-01", "INT-02", "INT-14", "INT-18", "INT-27", "INT-28", "INT-31", "INT-39", "INT-41"),
    "INT-44",
)
ASSEMBLY_POINTS = tuple(sorted((*_OF_EVERY_ASSEMBLY, "INT-13", "INT-17", "INT-38", "INT-40")))
# Who sits, who may sit and for how long: on these an election's contest rests. Not on INT-35:
# that a seat by office ended an elected one is an entry on record, as it was read on its day.
OF_THE_SEATS = ("INT-10", "INT-11", "INT-21", "INT-28", "INT-30", "INT-36", "INT-38", "INT-46")
OF_THE_CONTEST = (*(p for p in OF_THE_SEATS if p != "INT-28"), "INT-42", "INT-43")
_OF_WHO_IS_ELECTED = ("INT-16", "INT-17", "INT-23", "INT-42", "INT-43", *OF_THE_SEATS)
ELECTION_POINTS = tuple(sorted({*_OF_EVERY_ASSEMBLY, *_OF_WHO_IS_ELECTED}))
# Under these the facts are gathered again: who is a member at all, and in the committee who holds
# a seat: a presidency that lapsed, a removed city.
GATHERED_AGAIN = FEEDING_THE_ROLL | {"INT-30", "INT-41"}
Facts = Sitting | Assembly
Gather = Callable[[Law], Facts]


class Ballot(NamedTuple):
    """A vote to be counted: its facts, what was cast, on which matter, who leads a group.

    `gather` gives the facts anew where a reading bears on who is a member. `bound` is the law by
    the other reading of INT-41, where an earlier item of the meeting changed it; `in_time` are the
    readings of INT-40 by which a removal stood in the notice in time. `contest` says of an election
    how many seats it fills and who may not sit. `gone`: a city that it names for a presidency is no
    member any more when that begins (INT-38).
    """

    facts: Facts
    votes: Votes
    matter: str
    leaders: Collection[str] = ()
    gather: Gather | None = None
    bound: Law | None = None
    in_time: frozenset[str] | None = None
    contest: Callable[[Law], Contest] | None = None
    gone: bool = False


def contest_of(ballot: Ballot, law: Law) -> Contest:
    """What an election is held on: as it was put, else the seats of the statutes."""
    if ballot.contest is None:
        return Contest(law.number("committee-seats-elected"))
    return ballot.contest(law)


def bearing(ballot: Ballot, law: Law) -> dict[str, object]:
    """What decides whether a point can bear on this vote; one that cannot is left out."""
    if isinstance(ballot.facts, Assembly):
        return _bearing_in_the_assembly(ballot, ballot.facts, law)
    return _bearing_in_the_committee(ballot, ballot.facts, law)


def _bearing_in_the_assembly(ballot: Ballot, facts: Assembly, law: Law) -> dict[str, object]:
    return {
        "INT-02": facts.suspended,
        "INT-13": facts.concerned in facts.members,
        "INT-18": facts.proxies,
        "INT-27": facts.proxies,
        "INT-14": ballot.gather,
        "INT-17": ballot.matter != ELECTION or contest_of(ballot, law).slate is not None,
        "INT-28": ballot.gather,
        "INT-31": facts.outside,
        "INT-39": any(
            len(set(p.after)) > 1 for p in (*facts.proxies, *(facts.first_proxies or ()))
        ),
        "INT-40": ballot.in_time is not None,
        "INT-41": ballot.bound,
        "INT-44": ballot.gather,
        **dict.fromkeys(OF_THE_CONTEST, ballot.contest),
        "INT-38": ballot.contest or ballot.gone,
    }


def _bearing_in_the_committee(ballot: Ballot, facts: Sitting, law: Law) -> dict[str, object]:
    seats, there = dict(facts.seats), attendance(facts, law)
    votes_for, against = ballot.votes.heard(there.voters)
    simple = ballot.matter != "admission" or law.readings["INT-03"] == "simple-majority"
    return {
        "INT-03": ballot.matter == "admission",
        "INT-04": len(there.seated) < len(SEATS),
        "INT-05": simple and votes_for + against != len(there.voters),
        "INT-06": simple and votes_for == against,
        "INT-13": facts.concerned in seats.values(),
        "INT-20": not seats.keys().isdisjoint(EX_OFFICIO),
        "INT-21": facts.leaving,
        "INT-22": facts.proxies,
        "INT-24": facts.new_mayor,
        "INT-25": facts.suspended,
        "INT-26": facts.designees,
        "INT-28": ballot.gather,
        "INT-30": ballot.gather,
        "INT-35": len(set(seats.values())) < len(seats),
        "INT-38": ballot.gone,
    }
