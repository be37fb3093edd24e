"""What the pictures of a paper say, for readers that do not see them and for plain text."""

from __future__ import annotations

from b40cli.model.paper import Ballots, Bars, Paper
from b40cli.model.wording import UNOFFICIAL

SIDES = ("for", "against", "abstained")
SQUARES = ("■", "□", "◌")
MOST_SQUARES = 60


def foot(paper: Paper) -> str:
    """What stands at the foot of each page: the state it was written from, and of what register."""
    return f"{paper.basis} · {UNOFFICIAL}" if paper.unofficial else paper.basis


def votes_said(ballots: Ballots) -> str:
    """`10 for, 8 against, 3 abstained; 11 needed`."""
    said = ", ".join(f"{n} {side}" for n, side in zip(ballots.votes, SIDES, strict=True))
    return f"{said}; {ballots.needed} needed"


def squares(ballots: Ballots) -> str:
    """One square a ballot, above sixty one for several: full, empty, dotted."""
    per = max(1, -(-sum(ballots.votes) // MOST_SQUARES))
    drawn = (sign * -(-n // per) for sign, n in zip(SQUARES, ballots.votes, strict=True))
    return " ".join(filter(None, drawn))


def missing(ballots: Ballots) -> str:
    """Which vote was missing: `the 11th, which was missing`; empty where none was."""
    if ballots.votes[0] >= ballots.needed:
        return ""
    return f"the {ordinal(ballots.needed)}, which was missing"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`."""
    tail = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{tail or 'th'}"


def bars_said(bars: Bars) -> str:
    """The title, then every line with its number."""
    return f"{bars.title}: " + "; ".join(f"{bar.label} {bar.said}" for bar in bars.bars)
