"""How a body voted: the options of a vote, by name, in numbers or for candidates."""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple

import typer

from b40cli.cli.request.arguments import CHOICES, VOTERS
from b40cli.cli.request.opening import several
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import SIDES

CANDIDATE = re.compile("[a-z]{2}(?:-[a-z0-9]+)+")

For = Annotated[list[str] | None, typer.Option("--for", help="Cities for, with commas."), VOTERS]
Against = Annotated[list[str] | None, typer.Option("--against", help="Cities against."), VOTERS]
Abstain = Annotated[list[str] | None, typer.Option("--abstain", help="Cities abstaining."), VOTERS]
Invalid = Annotated[
    list[str] | None, typer.Option("--invalid", help="Cities voting invalidly."), VOTERS
]
Tally = Annotated[
    str | None,
    typer.Option(
        "--tally", help="A secret vote: for=5,against=1; an election: candidate=5,…,ballots=9."
    ),
]
Choices = Annotated[
    list[str] | None,
    typer.Option("--choice", help="In an election: candidate=voter,voter; may be repeated."),
    CHOICES,
]

Announced = Annotated[
    str | None,
    typer.Option("--announced", help="Totals as read out: for=12,against=8; held to the count."),
]


class BallotOptions(NamedTuple):
    """A vote, by name or in numbers."""

    for_: For = None
    against: Against = None
    abstain: Abstain = None
    invalid: Invalid = None
    tally: Tally = None


def chosen(choices: list[str] | None) -> dict[str, list[str]] | None:
    """Who chose each candidate, as CANDIDATE=VOTER,VOTER says."""
    if not choices:
        return None
    found: dict[str, list[str]] = {}
    for word in choices:
        candidate, equals, voters = word.partition("=")
        if not equals or not candidate:
            raise UsageError(f"--choice {word} is none.", "Write candidate=voter,voter.")
        found.setdefault(candidate, []).extend(several([voters]) if voters else [])
    return found


def one_way(*given: object) -> None:
    """A vote is by name, in numbers, or for candidates."""
    if sum(value is not None and value != {} for value in given) != 1:
        raise UsageError(
            "Give ballots, a tally or choices, and only one of them.",
            "--for, --against, … or --tally for=5 or --choice candidate=voter.",
        )


def ballots_of(voted: BallotOptions) -> dict[str, list[str]]:
    """The ballots by name, side by side."""
    by_name = (voted.for_, voted.against, voted.abstain, voted.invalid)
    return {side: several(of) for side, of in zip(SIDES, by_name, strict=True) if of}


def numbers_of(tally: str, option: str = "--tally") -> dict[str, int | str]:
    """Read `for=5,against=1,casting=for`, or of an election `bg-vodengrad=5,ballots=9`."""
    numbers: dict[str, int | str] = {}
    for word in tally.replace(",", " ").split():
        side, _equals, value = word.partition("=")
        numbered = side in (*SIDES, "ballots") or CANDIDATE.fullmatch(side)
        counted = numbered and value.isdecimal() and len(value) < 10
        if not counted and not (side == "casting" and value in ("for", "against")):
            raise UsageError(
                f"{option} does not understand {word}.",
                "Write for=5,against=1,abstain=0,invalid=0 and, on a tie, casting=for; of an "
                "election the votes of each candidate, and how many ballots: bg-vodengrad=5,"
                "ballots=9.",
            )
        if side in numbers:
            raise UsageError(f"{option} says {side} twice.", "Say each side once.")
        numbers[side] = int(value) if counted else value
    return numbers


def read_out(announced: str | None) -> dict[str, int] | None:
    """The totals as they were read out; in numbers alone."""
    if announced is None:
        return None
    numbers = numbers_of(announced, "--announced")
    return {side: n for side, n in numbers.items() if isinstance(n, int)}


def cast(
    voted: BallotOptions,
) -> tuple[dict[str, list[str]] | None, dict[str, int | str] | None] | None:
    """A vote already held, by name or in numbers; None where none was given."""
    ballots = ballots_of(voted)
    if not ballots and voted.tally is None:
        return None
    one_way(ballots, voted.tally, None)
    return ballots or None, numbers_of(voted.tally) if voted.tally is not None else None
