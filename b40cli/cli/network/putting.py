"""What is put to a body and how it voted: the options of decisions, and how they are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from b40cli.cli.request.arguments import (
    CHOICES,
    DECISION,
    MEMBERS,
    OPEN,
    PROPOSED,
    RECORD,
    SITTING,
    STANDING,
    SUBJECT,
    TO_SIT,
    UNDECIDED,
    VOTERS,
)
from b40cli.cli.request.asking import ID_FORMS, Wanted
from b40cli.cli.request.opening import document, several
from b40cli.cli.request.options import day
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import SIDES
from b40cli.model.ref import Ref

if TYPE_CHECKING:
    from b40cli.acts.change.questions import Question
    from b40cli.acts.opened.session import Session

# The kind of record that a plain id is of: a group's is a word, a city's begins with its country.
KINDS_OF_SUBJECT = {
    "statutes/interpretations": "INT-.*",
    "decisions": ID_FORMS["decision"],
    "meetings": ID_FORMS["meeting"],
    "groups": "(?![a-z]{2}-)[a-z][a-z0-9-]*",
    "members": ".*",
}
CANDIDATE = re.compile("[a-z]{2}(?:-[a-z0-9]+)+")

MATTERS = (
    *("admission", "agenda", "activity-report", "amendment", "annulment", "candidates"),
    *("committee-dismissal", "committee-election", "dissolution", "interpretation", "presidency"),
    *("reinstatement", "removal", "resolution", "suspension", "work-programme"),
)
# Which matters each part of a question is asked of.
OF = {
    "subject": (
        *("admission", "suspension", "reinstatement", "removal", "presidency"),
        *("work-programme", "interpretation"),
    ),
    "grounds": ("suspension", "removal"),
    "term": ("candidates", "presidency", "committee-election", "work-programme"),
    "candidate": ("candidates", "committee-election"),
    "annuls": ("annulment",),
    "amend": ("amendment",),
    "adopts": ("interpretation",),
    "title": ("resolution", "agenda", "activity-report", "amendment"),
}


def about(part: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Where a sitting asks for a part of a question."""
    return (("matter", OF[part]),)


EFFECT = Wanted(
    words=(("ex-tunc", "from the beginning (ex tunc)"), ("ex-nunc", "from now on (ex nunc)")),
    blank=None,
)
TITLE = Wanted(blank="blank: as usual", when=about("title"))
DecisionId = Annotated[str, typer.Argument(help="The decision, for example EC-2026-001."), DECISION]
OpenId = Annotated[str, typer.Argument(help="The decision, for example EC-2026-001."), OPEN]
ProposedId = Annotated[str, typer.Argument(help="The decision, for example EC-2026-001."), PROPOSED]
UndecidedId = Annotated[
    str, typer.Argument(help="The decision, for example EC-2026-001."), UNDECIDED
]
Matter = Annotated[
    str,
    typer.Argument(
        help="The matter: admission, suspension, removal, presidency … (b40 statutes show).",
    ),
    Wanted(words=tuple((matter, matter.replace("-", " ")) for matter in MATTERS), blank=None),
]
Subject = Annotated[
    str | None,
    typer.Option("--subject", help="What it is about, e.g. bg-plovdiv or INT-01."),
    SUBJECT,
    Wanted(blank=None, when=about("subject")),
]
MeetingId = Annotated[
    str, typer.Option("--meeting", help="The meeting whose body decides."), TO_SIT
]
HeldId = Annotated[str, typer.Option("--meeting", help="The meeting whose body decided."), SITTING]
Title = Annotated[str | None, typer.Option("--title", help="A title of your own."), TITLE]
ItemNumber = Annotated[
    int | None, typer.Option("--item", min=1, help="Agenda item; else the next.")
]
NeededGrounds = Annotated[
    str | None,
    typer.Option("--grounds", help="Why: needed to suspend or remove (Art. 9)."),
    Wanted(blank=None, when=about("grounds")),
]
Documents = Annotated[
    list[Path] | None, typer.Option("--evidence", help="A document it rests on; may be repeated.")
]
ForTerm = Annotated[
    int | None,
    typer.Option("--term", min=1900, max=2199, help="The year of the term it is for."),
    Wanted("number", blank=None, when=about("term")),
]
Candidates = Annotated[
    list[str] | None,
    typer.Option("--candidate", help="The cities that stand, with commas."),
    MEMBERS,
    Wanted(blank="blank: everybody may be chosen", when=about("candidate")),
]
Amend = Annotated[
    list[str] | None,
    typer.Option("--amend", help="parameter=value of an amendment; may be repeated."),
    Wanted(blank="blank: no number changes", when=about("amend")),
]
Annuls = Annotated[
    str | None,
    typer.Option("--annuls", help="The decision to annul."),
    STANDING,
    Wanted(blank=None, when=about("annuls")),
]
EffectOption = Annotated[
    str | None,
    typer.Option(
        "--effect",
        help="Effect: ex-tunc or ex-nunc; with --statutes-silent: withdrawal-retracted, "
        "succession, stand-in, seat-extended.",
    ),
    EFFECT._replace(when=about("annuls")),
]
Adopts = Annotated[
    str | None,
    typer.Option("--adopts", help="The reading to adopt."),
    Wanted("reading", blank=None, when=about("adopts")),
]
Handover = Annotated[
    str | None, typer.Option("--handover", help="before or after, on the day of a handover.")
]
Silent = Annotated[
    bool, typer.Option("--statutes-silent", help="The text is silent: this decision says so.")
]
Succeeds = Annotated[
    list[str] | None,
    typer.Option("--succeeds", help="The cities merged or renamed into it, with commas."),
    MEMBERS,
]
Text = Annotated[
    str | None,
    typer.Option("--text", help="What an amendment puts into the statutes."),
    Wanted(blank="blank: none", when=about("amend")),
]
TakesEffect = Annotated[
    str | None,
    typer.Option("--takes-effect", help="An amendment's or a reading's day; else the next one."),
]
Until = Annotated[
    str | None, typer.Option("--until", help="First day after a stand-in or an extended seat.")
]
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
# The options that are days.
DAYS = ("until", "takes_effect")


class PutOptions(NamedTuple):
    """What a question says beside its matter and its meeting."""

    subject: Subject = None
    title: Title = None
    item: ItemNumber = None
    grounds: NeededGrounds = None
    evidence: Documents = None
    term: ForTerm = None
    candidate: Candidates = None
    amend: Amend = None
    annuls: Annuls = None
    effect: EffectOption = None
    adopts: Adopts = None
    handover: Handover = None
    silent: Silent = False
    succeeds: Succeeds = None
    until: Until = None
    text: Text = None
    takes_effect: TakesEffect = None


class BallotOptions(NamedTuple):
    """A vote, by name or in numbers."""

    for_: For = None
    against: Against = None
    abstain: Abstain = None
    invalid: Invalid = None
    tally: Tally = None


def _reference(opened: Session, matter: str, subject: str | None) -> str | None:
    """What is asked about as records name it; a resolution may be about an observer, too."""
    if subject is None or "/" in subject or subject in RECORD.words:
        return subject
    kind = next(kind for kind, form in KINDS_OF_SUBJECT.items() if re.fullmatch(form, subject))
    plain, observer = Ref(kind, subject), Ref("observers", subject)
    known = opened.before.has(plain.path) or not opened.before.has(observer.path)
    return str(plain if known or matter != "resolution" else observer)


def changes(amend: list[str] | None) -> tuple[dict[str, Any], ...]:
    """Read `assembly-quorum=3/4`, `proxies-per-holder=2`, `region=AL,BA`, or `region=AL,`."""
    changes: list[dict[str, Any]] = []
    for word in amend or []:
        name, equals, value = word.partition("=")
        if not equals or not name or not value.strip(","):
            raise UsageError(f"--amend {word} is no change.", "Write parameter=value.")
        plain: Any = list(filter(None, value.split(","))) if "," in value else value
        number = value.isascii() and value.isdecimal() and len(value) < 10
        changes.append({"parameter": name, "value": int(value) if number else plain})
    return tuple(changes)


def question_of(opened: Session, matter: str, meeting: str, put: PutOptions) -> Question:
    """What is put or was put to a body."""
    from b40cli.acts.change.questions import Question

    said = put._asdict()
    read_first = ("subject", "evidence", "candidate", "amend", "succeeds", *DAYS)
    for name in read_first:
        del said[name]
    return Question(
        matter,
        _reference(opened, matter, put.subject),
        meeting,
        evidence=tuple(document(opened, file) or {} for file in put.evidence or []),
        candidates=tuple(several(put.candidate)),
        amends=changes(put.amend),
        succeeds=tuple(several(put.succeeds)),
        until=str(day(put.until)) if put.until else None,
        takes_effect=str(day(put.takes_effect)) if put.takes_effect else None,
        **said,
    )


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
