"""What is put to a body: the options of decisions, and how they are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from b40cli.cli.request.arguments import (
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
)
from b40cli.cli.request.asking import ID_FORMS, Wanted
from b40cli.cli.request.opening import document, several
from b40cli.cli.request.options import day
from b40cli.model.errors import UsageError
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
        help="The matter: admission, suspension, removal, presidency … (b40 statutes show)."
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
