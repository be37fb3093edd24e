"""A second count of a vote in the General Assembly, written as a table from the readings' words.

It shares nothing with the code it judges. A vote is told as the minutes would tell it, one row for
each member; `teller` goes through the rows once and writes numbers down, and each open point is a
table with one line for each reading, in the words of its record in
registry/statutes/interpretations. A share is never computed: the smallest number that is enough is
looked for among all there are.

What no reading changes (Art. 8, 10): a proxy counts as presence and carries the vote; an
abstention, an invalid and a blank ballot take part without being cast; the suspended never vote;
where nothing is counted nothing carries.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple


class Row(NamedTuple):
    """One member in the minutes: `by` is the row that holds its proxy."""

    here: bool = False
    by: int | None = None
    ballot: str | None = None  # for, against, abstain or invalid
    suspended: bool = False
    concerned: bool = False


class Sheet(NamedTuple):
    """What the teller writes down."""

    members: int
    suspended: int
    counted: int
    with_vote: int
    votes_for: int
    votes_against: int
    silent: int  # members that INT-13 leaves out of the bases of majorities, not suspended
    silent_suspended: int
    first: int = 0  # with a vote at the first roll call


class Result(NamedTuple):
    """What the vote comes to, and the arithmetic the record of the decision has to show."""

    state: str
    quorum_of: int
    quorum_required: int
    counted: int
    kind: str
    base: int
    required: int
    votes_for: int


# INT-02: whether the suspended are in the base of the quorum, and in `all members`.
SUSPENDED_IN: dict[str, tuple[bool, bool]] = {
    "out-of-quorum-in-all": (False, True),
    "out-of-both": (False, False),
    "in-both": (True, True),
}
# INT-13: whether the member concerned votes.
CONCERNED = {"yes": True, "no": False}
# INT-01: of whom more than half is asked.
OF_WHOM: dict[str, Callable[[Sheet, str], int]] = {
    "present-or-represented": lambda sheet, _int_02: sheet.with_vote,
    "all-members": lambda sheet, int_02: all_members(sheet, int_02),
    "votes-cast": lambda sheet, _int_02: sheet.votes_for + sheet.votes_against,
    "present-at-first-roll-call": lambda sheet, _int_02: sheet.first,
}
# What the first rule set had of it.
OF_WHOM_AT_FIRST = ("present-or-represented", "all-members", "votes-cast")
# INT-17: whether a matter for which the text names no majority takes the absolute one.
UNNAMED = {"votes-cast-majority": False, "absolute-majority": True}
NAMED_ABSOLUTE = ("presidency", "agenda", "activity-report", "removal")
OF_ALL = ("amendment", "dissolution")
VARIED = {
    "INT-01": OF_WHOM_AT_FIRST,
    "INT-02": tuple(SUSPENDED_IN),
    "INT-13": tuple(CONCERNED),
    "INT-17": tuple(UNNAMED),
}


@cache
def two_thirds(whole: int) -> int:
    """The smallest number of which three make at least two of the whole."""
    return next(k for k in range(whole + 1) if k + k + k >= whole + whole)


@cache
def more_than_half(whole: int) -> int:
    """The smallest number that is more than what is left of the whole beside it."""
    return next(k for k in range(whole + 2) if k > whole - k)


def stands(row: Row) -> bool:
    """Whether a member is there in person; a suspended one takes no part."""
    return row.here and not row.suspended


def taking_part(rows: Sequence[Row]) -> list[int]:
    """Who is there or represented; of those who name one holder only the first may be."""
    first: dict[int | None, int] = {}
    for n, row in enumerate(rows):
        first.setdefault(row.by, n)
    return [n for n, row in enumerate(rows) if stands(row) or represented(rows, n, first)]


def represented(rows: Sequence[Row], n: int, first: Mapping[int | None, int]) -> bool:
    """Whether another member that is there in person stands for this one."""
    row = rows[n]
    if row.suspended or row.by is None or row.by == n:
        return False
    return first[row.by] == n and stands(rows[row.by])


@lru_cache(maxsize=256)
def teller(rows: tuple[Row, ...], int_13: str) -> Sheet:
    """Go through the rows and write the numbers down."""
    there = taking_part(rows)
    heard = [n for n in there if CONCERNED[int_13] or not rows[n].concerned]
    ballots = [rows[n].ballot for n in heard]
    mute = [row for row in rows if row.concerned and not CONCERNED[int_13]]
    return Sheet(
        members=len(rows),
        suspended=sum(row.suspended for row in rows),
        counted=len(there),
        with_vote=len(heard),
        votes_for=ballots.count("for"),
        votes_against=ballots.count("against"),
        silent=sum(not row.suspended for row in mute),
        silent_suspended=sum(row.suspended for row in mute),
    )


def all_members(sheet: Sheet, int_02: str) -> int:
    """All members: with or without the suspended; never with one that is left out of the base."""
    good = sheet.members - sheet.suspended - sheet.silent
    return good + (sheet.suspended - sheet.silent_suspended if SUSPENDED_IN[int_02][1] else 0)


def result(sheet: Sheet, matter: str, readings: Mapping[str, str]) -> Result:
    """Look the numbers up in the tables."""
    int_02 = readings["INT-02"]
    quorum_of = sheet.members - (0 if SUSPENDED_IN[int_02][0] else sheet.suspended)
    if matter in OF_ALL:
        kind, base = "two-thirds", all_members(sheet, int_02)
        required = two_thirds(base)
    else:
        absolute = matter in NAMED_ABSOLUTE or UNNAMED[readings["INT-17"]]
        kind = "absolute" if absolute else "votes-cast"
        base = OF_WHOM[readings["INT-01"] if absolute else "votes-cast"](sheet, int_02)
        required = more_than_half(base)
    enough = quorum_of > 0 and sheet.counted >= two_thirds(quorum_of)
    carried = base > 0 and sheet.votes_for >= required
    return Result(
        state="invalid" if not enough else "adopted" if carried else "rejected",
        quorum_of=quorum_of,
        quorum_required=two_thirds(quorum_of),
        counted=sheet.counted,
        kind=kind,
        base=base,
        required=required,
        votes_for=sheet.votes_for,
    )


class Stands(NamedTuple):
    """One candidate of an election."""

    name: str
    votes: int
    leader: bool


# INT-16: whether a candidate needs an absolute majority to be elected.
NEEDS_MAJORITY = {"plurality": False, "absolute-majority": True}


def fits(one: Stands, among: Collection[Stands], seats: int, leaders_before: bool) -> bool:
    """Whether all at least as well placed find a seat: else there is a tie over the last."""

    def at_least_as_well(other: Stands) -> bool:
        before = leaders_before and (other.leader, one.leader) == (False, True)
        return other.votes > one.votes or (other.votes == one.votes and not before)

    return one.votes > 0 and sum(map(at_least_as_well, among)) <= seats


def elected(
    candidates: Collection[Stands], seats: int, cast: int, needed: int, int_16: str, int_23: str
) -> tuple[set[str], set[str]]:
    """Who takes a seat first as a leader's city, and who takes the others."""
    leaders = [c for c in candidates if c.leader]
    first: list[Stands] = []
    if int_23 == "leaders-first-with-majority":
        may = [c for c in leaders if c.votes > cast - c.votes]
        first = [c for c in may if fits(c, may, seats, False)]
    if int_23 == "leaders-fill-seats-first":
        first = [c for c in leaders if fits(c, leaders, seats, False)]
    left = [c for c in candidates if c not in first]
    if NEEDS_MAJORITY[int_16]:
        left = [c for c in left if c.votes >= needed]
    ties = int_23 == "leaders-win-ties"
    others = [c for c in left if fits(c, left, seats - len(first), ties)]
    return {c.name for c in first}, {c.name for c in others}
