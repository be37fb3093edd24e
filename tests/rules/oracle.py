"""A second count of a committee vote, written as a table from the statutes and their readings.

It shares nothing with the code it judges. A vote is told as the minutes would tell it, one row for
each filled seat; each open point is a table with one line for each reading, in the words of its
record in registry/statutes/interpretations; `teller` goes through the rows once and writes the
numbers down, `result` looks them up in the tables.

What no reading changes (Art. 13): a member that is represented counts as one that attends and its
vote is carried; an abstention, an invalid and a blank ballot take part without being cast; where
nothing is counted nothing carries, so nought for and nought against is no tie either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

SEVEN = 7
# More than half of 0, 1, 2 … 7.
MORE_THAN_HALF = (1, 1, 2, 2, 3, 3, 4, 4)


class Row(NamedTuple):
    """One filled seat in the minutes: `by` is the row that holds its written authority."""

    office: str  # president, ex-officio or elected
    here: bool = True
    by: int | None = None
    ballot: str | None = None  # for, against, abstain or invalid
    suspended: bool = False
    concerned: bool = False


class Sheet(NamedTuple):
    """What the teller writes down."""

    filled: int
    counted: int
    with_vote: int
    taking_part: int
    votes_for: int
    votes_against: int
    president: str  # here, represented or away
    president_says: str | None


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
    casting: str | None


class Seat(NamedTuple):
    """What a reading leaves of a seat."""

    filled: bool
    may_attend: bool
    may_vote: bool


WHOLE = Seat(filled=True, may_attend=True, may_vote=True)

# INT-25: the seat of a suspended member.
SUSPENDED = {
    "no-vote-but-in-base": Seat(filled=True, may_attend=False, may_vote=False),
    "vacant": Seat(filled=False, may_attend=False, may_vote=False),
    "kept": WHOLE,
}
# INT-20: the offices that vote.
VOTING = {
    "yes": ("president", "ex-officio", "elected"),
    "no-but-casting": ("elected",),
}
# INT-13: whether the member concerned votes.
CONCERNED = {"yes": True, "no": False}

# INT-04: the seats of which more than half must attend or be represented.
QUORUM: dict[str, Callable[[Sheet], int]] = {
    "filled-seats": lambda sheet: sheet.filled,
    "seven-seats": lambda _sheet: SEVEN,
}

# INT-03: of how many votes unanimity is asked, and what defeats it.
UNANIMITY: dict[str, tuple[Callable[[Sheet], int], Callable[[Sheet], bool]]] = {
    "unanimity-of-participants": (
        lambda sheet: sheet.taking_part,
        lambda sheet: sheet.taking_part > sheet.votes_for,
    ),
    "unanimity-of-votes-cast": (
        lambda sheet: sheet.votes_for + sheet.votes_against,
        lambda sheet: sheet.votes_against > 0,
    ),
    "unanimity-of-all-seats": (
        lambda sheet: sheet.with_vote,
        lambda sheet: sheet.with_vote > sheet.votes_for,
    ),
}

# INT-05: of how many votes the simple majority is taken, and when it is reached.
SIMPLE: dict[str, tuple[Callable[[Sheet], int], Callable[[Sheet], bool]]] = {
    "more-for-than-against": (
        lambda sheet: sheet.votes_for + sheet.votes_against,
        lambda sheet: sheet.votes_for > sheet.votes_against,
    ),
    "half-of-participants-exceeded": (
        lambda sheet: sheet.taking_part,
        lambda sheet: sheet.votes_for > sheet.taking_part - sheet.votes_for,
    ),
}

# INT-06: when the President's vote decides a tie.
TIE: dict[str, Callable[[Sheet], bool]] = {
    "a-filled-seat-absent": lambda sheet: sheet.counted < sheet.filled,
    "a-seat-absent-or-vacant": lambda sheet: sheet.counted < SEVEN,
    "any-tie": lambda _sheet: True,
}

# INT-22: whether the President's vote is given, by how the President attends.
GIVEN = {
    ("here", "holder-casts-it"): True,
    ("here", "none"): True,
    ("represented", "holder-casts-it"): True,
    ("represented", "none"): False,
    ("away", "holder-casts-it"): False,
    ("away", "none"): False,
}


def seat_of(row: Row, int_25: str) -> Seat:
    """What the reading leaves of the seat of the row."""
    return SUSPENDED[int_25] if row.suspended else WHOLE


def here(row: Row, int_25: str) -> bool:
    """Whether the seat attends in person."""
    seat = seat_of(row, int_25)
    return row.here and seat.filled and seat.may_attend


def how(rows: Sequence[Row], n: int, int_25: str) -> str:
    """How the n-th seat takes part: here, represented or away.

    Another seat represents it that is itself here and stands for none of the rows above.
    """
    row, seat = rows[n], seat_of(rows[n], int_25)
    if here(row, int_25):
        return "here"
    if row.by is None or row.by == n or not (seat.filled and seat.may_attend):
        return "away"
    taken = any(
        above.by == row.by and how(rows, m, int_25) == "represented"
        for m, above in enumerate(rows[:n])
    )
    return "represented" if here(rows[row.by], int_25) and not taken else "away"


def votes(row: Row, int_25: str, int_20: str, int_13: str) -> bool:
    """Whether the seat of the row has a vote, attending or not."""
    heard = CONCERNED[int_13] if row.concerned else True
    return seat_of(row, int_25).may_vote and row.office in VOTING[int_20] and heard


def unvoted(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The same rows before anybody voted."""
    return tuple([Row(office, here, by, None, *of) for office, here, by, _ballot, *of in rows])


class Room(NamedTuple):
    """What the teller sees before a ballot is given; seats by their rows."""

    filled: int
    counted: int
    with_vote: int
    taking_part: tuple[int, ...]
    president: str
    chair: int | None

    def opened(self, rows: tuple[Row, ...]) -> Sheet:
        """The numbers once the ballots are in: go through the rows and write them down."""
        ballots = [rows[n].ballot for n in self.taking_part]
        return Sheet(
            self.filled,
            self.counted,
            self.with_vote,
            len(ballots),
            ballots.count("for"),
            ballots.count("against"),
            self.president,
            None if self.chair is None else rows[self.chair].ballot,
        )


@lru_cache(maxsize=4096)
def room(rows: tuple[Row, ...], int_25: str, int_20: str, int_13: str) -> Room:
    """Who is there, and who of them votes, whatever their ballots."""
    filled = [n for n, row in enumerate(rows) if seat_of(row, int_25).filled]
    ways = {n: how(rows, n, int_25) for n in filled}
    counted = [n for n in filled if ways[n] != "away"]
    with_vote = [n for n in filled if votes(rows[n], int_25, int_20, int_13)]
    chair = next((n for n in counted if rows[n].office == "president"), None)
    silent = chair is None or (int_13 == "no" and rows[chair].concerned)
    return Room(
        filled=len(filled),
        counted=len(counted),
        with_vote=len(with_vote),
        taking_part=tuple(n for n in counted if n in with_vote),
        president="away" if chair is None or silent else ways[chair],
        chair=chair,
    )


@lru_cache(maxsize=4096)
def teller(rows: tuple[Row, ...], int_25: str, int_20: str, int_13: str = "yes") -> Sheet:
    """All the teller does: look at the room, then open the ballots."""
    return room(unvoted(rows), int_25, int_20, int_13).opened(rows)


@cache
def result(
    sheet: Sheet, matter: str, int_03: str, int_04: str, int_05: str, int_06: str, int_22: str
) -> Result:
    """Look the numbers up in the tables."""
    asked = int_03 if matter == "admission" else "simple-majority"
    quorum_of = QUORUM[int_04](sheet)
    casting = None
    if asked == "simple-majority":
        of, reached = SIMPLE[int_05]
        kind, required = "simple", MORE_THAN_HALF[of(sheet)]
        if sheet.votes_for == sheet.votes_against != 0 and TIE[int_06](sheet):
            given = GIVEN[sheet.president, int_22]
            cast = sheet.president_says in ("for", "against")
            casting = sheet.president_says if given and cast else None
        carried = reached(sheet) or casting == "for"
    else:
        of, defeated = UNANIMITY[asked]
        kind, required = "unanimity", of(sheet)
        carried = sheet.votes_for > 0 and not defeated(sheet)
    enough = sheet.counted >= MORE_THAN_HALF[quorum_of]
    return Result(
        state="invalid" if not enough else "adopted" if carried else "rejected",
        quorum_of=quorum_of,
        quorum_required=MORE_THAN_HALF[quorum_of],
        counted=sheet.counted,
        kind=kind,
        base=of(sheet),
        required=required,
        votes_for=sheet.votes_for,
        casting=casting,
    )
