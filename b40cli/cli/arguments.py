"""Arguments and options that several commands share, in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from b40cli.cli.options import Asks
from b40cli.model.errors import UsageError

# What an argument asks for, by an id or a name.
MEMBER = Asks(("member",))
MEMBERS = Asks(("member",), several=True)
VOTERS = Asks(("member",), ("all", "rest"), several=True)
SUBJECT = Asks(("member", "group", "record"), ref=True)
CHOICES = Asks(("member",), several=True, pairs=True)
PRESENT = Asks(("member",), ("all",), several=True)
OBSERVER = Asks(("observer",))
OBSERVERS = Asks(("observer",), several=True)
MEETING = Asks(("meeting",))
DECISION = Asks(("decision",))
OPEN = Asks(("decision",), states=("open",))
PROPOSED = Asks(("decision",), states=("proposed",))
UNDECIDED = Asks(("decision",), states=("proposed", "open"))
DECISIONS = Asks(("decision",), several=True)
GROUP = Asks(("group",))
CITY = Asks(("member", "observer"))
OWNER = Asks(
    ("member",),
    (
        *("president", "permanent-secretary", "executive-committee", "general-assembly"),
        "group-leader",
    ),
)
RECORD = Asks(
    ("member", "observer", "meeting", "decision", "group", "record"),
    ("network", "secretariat"),
    ref=True,
)
File = Path | None
AnyMeeting = Annotated[str, typer.Argument(help="The meeting, for example 2026-12-15-ec."), MEETING]
AssemblyMeeting = Annotated[
    str, typer.Argument(help="The meeting, for example 2027-01-26-ga."), MEETING
]
Person = Annotated[
    str | None, typer.Option("--person", help="Who decided; else the President's mayor on record.")
]
SignedDecision = Annotated[
    File, typer.Option("--evidence", help="The President's signed decision.")
]
Why = Annotated[str | None, typer.Option("--grounds", help="Why.")]
Outgoing = Annotated[
    str | None,
    typer.Option("--city", help="On a handover's day: the outgoing President's, who decided."),
    MEMBER,
]
YearsAhead = Annotated[
    int | None, typer.Option("--years", min=1, max=20, help="The coming terms too, so many.")
]


def place(text: str) -> Path:
    """A file or folder to write; a blank is a variable somebody forgot to set, not this folder."""
    if not text.strip():
        raise UsageError("A blank was given for out.", "Give a value, or leave it out.")
    return Path(text)
