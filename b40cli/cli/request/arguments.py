"""Arguments and options that several commands share, in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from b40cli.cli.request.asking import Asks, Wanted

# What an argument asks for, by an id or a name.
MEMBER = Asks(("member",))
MEMBERS = Asks(("member",), several=True)
OF_THE_NETWORK = Asks(("member",), states=("members",))
VOTING = Asks(("member",), states=("voting",))
SUSPENDED = Asks(("member",), states=("suspended",))
APPLICANT = Asks(("member",), states=("applying",))
ADMITTED = Asks(("member",), states=("admitted",))
SEATED = Asks(("member",), states=("seated",))
VOTERS = Asks(
    ("member",), ("all", "rest"), several=True, states=("voters",), about=("decision", "meeting")
)
RECORD = Asks(
    ("member", "observer", "meeting", "decision", "group", "record"),
    ("network", "secretariat"),
    ref=True,
)
SUBJECT = Asks(
    ("member", "group", "record"),
    ref=True,
    by=(
        "matter",
        {
            "work-programme": Asks(("group",), ref=True),
            "interpretation": Asks(("point",), ref=True),
            "admission": APPLICANT._replace(ref=True),
            "suspension": VOTING._replace(ref=True),
            "reinstatement": SUSPENDED._replace(ref=True),
            "removal": OF_THE_NETWORK._replace(ref=True),
            "presidency": VOTING._replace(ref=True),
            "resolution": RECORD,
        },
    ),
)
CHOICES = Asks(("member",), several=True, pairs=True)
PRESENT = Asks(("member",), ("all",), several=True, states=("sitting",), about=("meeting",))
OBSERVER = Asks(("observer",))
OBSERVERS = Asks(("observer",), several=True)
MEETING = Asks(("meeting",))
SUMMIT = Asks(("meeting",), states=("summit",), coming=True)
COMING = Asks(("meeting",), coming=True)
ASSEMBLY = Asks(("meeting",), states=("ga",))
HELD = Asks(("meeting",), states=("ga", "summit"))
SITTING = Asks(("meeting",), states=("ga", "ec"))
PROXIED = Asks(("meeting",), states=("ga", "ec"), coming=True)
TO_SIT = SITTING._replace(coming=True)
DECISION = Asks(("decision",))
OPEN = Asks(("decision",), states=("open",))
PROPOSED = Asks(("decision",), states=("proposed",))
UNDECIDED = Asks(("decision",), states=("proposed", "open"))
STANDING = Asks(("decision",), states=("adopted",))
DECISIONS = Asks(("decision",), several=True)
MOTIONS = Asks(("decision",), several=True, states=("proposed", "open"))
GROUP = Asks(("group",))
CITY = Asks(("member", "observer"))
OWNER = Asks(
    ("member",),
    (
        *("president", "permanent-secretary", "executive-committee", "general-assembly"),
        "group-leader",
    ),
)
PERIOD = Asks(("meeting", "decision"), tuple(map(str, range(1990, 2200))))
ACKNOWLEDGED_BY = Asks(("decision", "member"), OWNER.words)
# How a sitting asks for the rest.
PAPER = Wanted("file", blank="blank if it has not come")
NEEDED_PAPER = Wanted("file", blank=None)
TODAY = Wanted("day", blank="blank: today")
DAY = Wanted("day", blank="blank: not known")
SINCE_TODAY = Wanted("since", blank="blank: today")
SINCE = Wanted("since", blank="blank: not known")
NOW = Wanted("moment", blank="blank: today")
MOMENT = Wanted("moment", blank="blank: not yet")
REASON = Wanted(blank="blank: none is given")
COUNTRY = Wanted("country", blank=None)
OTHER_COUNTRY = Wanted("country", blank="blank: none")
File = Path | None
CITY_ID = typer.Argument(help="The city's id, for example bg-plovdiv.")
CityId = Annotated[str, CITY_ID, MEMBER]
AnyMeeting = Annotated[str, typer.Argument(help="The meeting, for example 2026-12-15-ec."), MEETING]
AssemblyMeeting = Annotated[
    str, typer.Argument(help="The meeting, for example 2027-01-26-ga."), MEETING
]
ComingMeeting = Annotated[
    str, typer.Argument(help="The meeting, for example 2027-01-26-ga."), COMING
]
Person = Annotated[
    str | None, typer.Option("--person", help="Who decided; else the President's mayor on record.")
]
SignedDecision = Annotated[
    File, typer.Option("--evidence", help="The President's signed decision."), NEEDED_PAPER
]
Why = Annotated[str | None, typer.Option("--grounds", help="Why."), REASON]
Outgoing = Annotated[
    str | None,
    typer.Option("--city", help="On a handover's day: the outgoing President's, who decided."),
    MEMBER,
]
YearOf = Annotated[
    int | None, typer.Option("--year", min=1900, max=2199, help="Of this year; else today's.")
]
People = Annotated[
    int | None, typer.Option("--population", min=1, help="People; else the gazetteer's.")
]
Gazetteer = Annotated[str | None, typer.Option("--gazetteer", help="Which place: its id, or none.")]
Received = Annotated[str | None, typer.Option("--received", help="The day it came in."), TODAY]
YearsAhead = Annotated[
    int | None, typer.Option("--years", min=1, max=20, help="The coming terms too, so many.")
]
