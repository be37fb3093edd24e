"""What each rule set brings: open points, readings of old points, provisional numbers.

The rules of a set say so themselves (`Rule.since`). A set that a released version knows stays as it
is; what is found later is the next set's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

PROVISIONAL = "provisional"
ReadAs = tuple[str, str]


class Point(NamedTuple):
    """An open point: its readings in order (the first is taken provisionally).

    `before` is the reading by which the days of earlier sets were, and are, judged.
    """

    id: str
    question: str
    articles: tuple[str, ...]
    readings: tuple[ReadAs, ...]
    before: str


class Number(NamedTuple):
    """A provisional parameter: `value` is a whole number, a share, a word or a list of words."""

    name: str
    article: str
    what: str
    value: Any


class Contents(NamedTuple):
    """What a set adds to the statutes as data; `readings` are further ones of older points."""

    points: tuple[Point, ...] = ()
    readings: Mapping[str, tuple[ReadAs, ...]] = {}  # never mutated
    numbers: tuple[Number, ...] = ()


_SECOND = Contents(
    points=(
        Point(
            "INT-37",
            "Which powers of its offices does a suspended member keep?",
            ("art9", "art11", "art14"),
            (
                (
                    "exercises-but-not-in-own-matter",
                    "It exercises them, presides and leads; alone it decides nothing about its own "
                    "suspension. A note tells of each act.",
                ),
                (
                    "office-sleeps",
                    "While the suspension lasts its offices are as if vacant: somebody stands in "
                    "by a resolution.",
                ),
                ("exercises", "It exercises them like any other member."),
            ),
            before="exercises",
        ),
        Point(
            "INT-38",
            "May a member whose end is certain take a presidency that begins after that end?",
            ("art9", "art11", "art13"),
            (
                (
                    "not-eligible",
                    "No: neither as a candidate, nor for approval, nor for the seat of next "
                    "President. The day is the one INT-07 counts from under `handover`.",
                ),
                ("eligible-with-note", "Yes, and a note tells of it."),
            ),
            before="eligible-with-note",
        ),
        Point(
            "INT-39",
            "Does a proxy that ended before the meeting opened still bind its holder?",
            ("art8",),
            (
                (
                    "never-represented",
                    "No: it represented nobody, and its holder may represent another member.",
                ),
                (
                    "holder-stays-bound",
                    "Yes: whoever was given one proxy for a meeting takes no other for it.",
                ),
            ),
            before="holder-stays-bound",
        ),
        Point(
            "INT-40",
            "How long before the General Assembly is the notice sent that proposes a removal?",
            ("art9", "art10"),
            (
                ("an-earlier-day", "On a day before the day on which the meeting opens."),
                (
                    "before-opening",
                    "Before the meeting opens, as INT-18 reads these words for a proof of proxy.",
                ),
            ),
            before="an-earlier-day",
        ),
        Point(
            "INT-41",
            "From when does an amendment, or a reading that was adopted, bind?",
            ("art10",),
            (
                (
                    "from-the-next-day",
                    "From the day after the vote, or a later one that was decided.",
                ),
                (
                    "the-items-after-it",
                    "In the same meeting from the next item on, everywhere else from the next day. "
                    "A reading of this point itself binds from the next day.",
                ),
            ),
            before="from-the-next-day",
        ),
        Point(
            "INT-42",
            "What becomes of an election won by a city that may not take the seat?",
            ("art13",),
            (
                ("passed-over", "The city alone is passed over: the next in votes takes the seat."),
                ("election-void", "The election has no effect and is held again."),
            ),
            before="election-void",
        ),
        Point(
            "INT-43",
            "Who is passed over where more cities of one country win than may sit?",
            ("art13",),
            (
                (
                    "last-in-the-order-elected",
                    "Whoever was elected last; a group's leader that had priority was elected "
                    "before the others. Of two that are equal in that neither sits.",
                ),
                (
                    "fewest-votes",
                    "Whoever has fewest votes, a leader too. Of two that are equal neither sits.",
                ),
            ),
            before="last-in-the-order-elected",
        ),
        Point(
            "INT-44",
            "What does the removal of a member end?",
            ("art9", "art10"),
            (
                ("membership-ends", "Its membership, with all that goes with it."),
                (
                    "participation-ends",
                    "Its participation: it stays a member without vote and office, counted as "
                    "INT-02 counts one that is suspended.",
                ),
            ),
            before="membership-ends",
        ),
        Point(
            "INT-45",
            "Which presidency hosts the Annual Summit?",
            ("art10", "art11"),
            (
                ("next-presidency", "The city that takes over at it."),
                ("president-of-the-year", "The city that presides when it opens."),
            ),
            before="next-presidency",
        ),
        Point(
            "INT-46",
            "Does a part of a term, after a by-election, count as one of two consecutive terms?",
            ("art13",),
            (
                ("yes", "It counts as a term."),
                (
                    "under-half-does-not",
                    "Not where the seat was held for less than half of the days between the two "
                    "handovers that bound the term; who left early has served the term.",
                ),
            ),
            before="yes",
        ),
    ),
    readings={
        "INT-01": (
            (
                "present-at-first-roll-call",
                "More than half of the members with a vote that were present or represented at "
                "the first roll call vote in favour, whoever came or left later.",
            ),
        )
    },
)

CONTENTS: dict[int, Contents] = {1: Contents(), 2: _SECOND}

# The open points of the first set: they came with the statutes as data.
FIRST_POINTS = tuple(f"INT-{n:02}" for n in range(1, 37))


@cache
def points_up_to(number: int) -> tuple[str, ...]:
    """The open points of the sets up to a number."""
    return FIRST_POINTS + tuple(p.id for n in range(2, number + 1) for p in CONTENTS[n].points)


@cache
def set_of_point(point: str) -> int:
    """The set that brought an open point; what no set brought was there from the first."""
    return next((n for n, c in CONTENTS.items() if point in {p.id for p in c.points}), 1)


@cache
def set_of_reading(point: str, reading: str) -> int:
    """The set that brought a reading: its point's, or a later one."""
    for number, contents in CONTENTS.items():
        if reading in {name for name, _means in contents.readings.get(point, ())}:
            return number
    return set_of_point(point)


@cache
def set_of_number(name: str) -> int:
    """The set that brought a provisional number; what no set brought was there from the first."""
    return next((n for n, c in CONTENTS.items() if name in {x.name for x in c.numbers}), 1)


def numbers_to_come(held: int, asked: int) -> Mapping[str, Any]:
    """The provisional numbers that the sets after one bring, up to another, by name."""
    return {x.name: x.value for n in range(held + 1, asked + 1) for x in CONTENTS[n].numbers}


@cache
def as_before(point: str) -> str | None:
    """How an open point was read before the set that brought it; None for those of the first."""
    points = (p for contents in CONTENTS.values() for p in contents.points)
    return next((p.before for p in points if p.id == point), None)
