"""From the desk to the register: sessions for acts, views for reads, lists typed with commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli.cli.request.options import Request, day, this_moment
from b40cli.cli.request.output import aside, talk, talk_width
from b40cli.model.answer import Answer, Result
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from b40cli.acts.change.proposal import Proposal
    from b40cli.acts.opened.session import Session
    from b40cli.acts.opened.view import View

# What a later act does not simply put right: on a terminal it is asked once.
FINAL = (
    *("decision close", "decision record", "decision annul", "trust revoke", "statutes upgrade"),
    "forget",
)


def session(request: Request) -> Session:
    """Open the register for an act."""
    from b40cli.acts.opened.session import open_session

    if request.known_at is not None:
        raise UsageError(
            "An act is recorded as things are known now.", "Leave --known-at out; it is for reads."
        )
    return open_session(request.repo, request.now(), day(request.on) if request.on else None)


def done(request: Request, session: Session, proposal: Proposal[Result]) -> Answer[Result]:
    """Judge and commit a proposal as the desk asks for it."""
    from b40cli.acts.change.perform import perform
    from b40cli.acts.judge.judging import great
    from b40cli.cli.request.prompt import guided, may_ask
    from b40cli.render.findings import within

    asking = may_ask(request) and not request.dry_run and bool(proposal.edits)
    if asking and (guided() or proposal.act in FINAL):
        planned = perform(session, proposal, dry_run=True)
        if not planned.ok:
            return planned
        with within(talk_width()):
            aside("\n".join(["", *_plan(session, proposal)]))
        _agree(request, great(planned.findings))
        asking = False
    taken = (lambda lines: _agree(request, lines)) if asking else None
    return perform(
        session,
        proposal,
        dry_run=request.dry_run,
        branch=request.branch,
        agree=taken,
        moment=this_moment,
    )


def _plan(session: Session, proposal: Proposal[Result]) -> list[str]:
    """What would be recorded; the question of each open point beside its code."""
    from b40cli.acts.opened.named import called_by, questions_of
    from b40cli.render.called import names_in
    from b40cli.render.findings import wrapped
    from b40cli.render.live.values import in_words

    asks, body = questions_of(session.before), " ".join(proposal.body)
    name = called_by(session.before)
    points = dict.fromkeys(re.findall(r"INT-[0-9]+", body))
    # A reading is named by its key in the commit, where a person reads words.
    body_of = (re.sub(READING, lambda key: in_words(key[0]), line) for line in proposal.body)
    lines = [names_in(line, name) for line in body_of] or [*_written(session, proposal)]
    lines += [f"{point}: {asks(point)}" for point in points if asks(point)]
    return [
        *wrapped(names_in(proposal.headline, name)),
        *(told for line in lines for told in wrapped(line, "    ", "  ")),
    ]


READING = "(?<=[(; ])[a-z]+(-[a-z]+)+(?=: )"
# What the act derives itself, and the record keeps.
FROZEN = ("known", "roll", "state", "count", "readings")


def _written(session: Session, proposal: Proposal[Result]) -> Iterator[str]:
    """What would stand in the records, where the act says nothing of it itself."""
    from b40cli.acts.opened.named import called_by
    from b40cli.model.edit import Append, Create, Put
    from b40cli.model.wording import begun
    from b40cli.render.live.values import head, inline

    name = called_by(session.before)
    for edit in proposal.edits:
        if isinstance(edit, Create):
            told = {key: value for key, value in edit.record.items() if key != "id"}
            yield begun(inline(told, name))
        elif isinstance(edit, Put | Append) and edit.at[0] not in FROZEN:
            what = [head(str(key)) for key in edit.at if isinstance(key, str)]
            yield f"{', '.join(what)}: {inline(edit.value, name)}"


def _agree(request: Request, taken: Sequence[str]) -> None:
    """Ask once, and say what is taken away at once; raises UsageError where nobody agrees."""
    from b40cli.cli.request.prompt import NotAgreed, agreed

    for sentence in taken:
        talk(sentence)
    if not agreed("Record it?", request):
        raise NotAgreed("Nothing was recorded.", "Run it again when it is right.")


def view(request: Request) -> View:
    """Open the register for a read, and say where it is not what is committed."""
    from b40cli.acts.judge.lawful import last_verdict
    from b40cli.acts.opened.view import open_view

    opened = open_view(request.repo, request.today(), request.known_at)
    opened = opened._replace(verdict=last_verdict(opened))
    if opened.verdict.lawful is False and not request.quiet:
        refused = opened.verdict.refused or 0
        talk(
            f"This register is not lawful: {refused} finding{'s' if refused > 1 else ''} refuse"
            f"{'' if refused > 1 else 's'} it; b40 check tells them."
        )
    if opened.uncommitted and not request.quiet:
        files = len(opened.uncommitted)
        talk(
            f"{files} working file{'s differ' if files > 1 else ' differs'} from what is committed"
        )
    return opened


def view_then(request: Request) -> View:
    """The same for a read of what is due, planned or listed: of a past day without what came after.

    What a record says in whole (`show`, a paper, a certificate) and what is judged are read whole.
    """
    opened = view(request)
    if opened.on >= request.now():
        return opened
    from b40cli.acts.opened.by_day import as_of

    return as_of(opened, request.now())


def several(values: list[str] | None) -> list[str]:
    """Options given more than once, or once with commas."""
    words = [word for value in values or [] for word in value.replace(",", " ").split()]
    if values and not words:
        raise UsageError(f"{values[0]!r} names nothing.", "Name one, or several with commas.")
    return words


def country_code(code: str) -> str:
    """Two capital letters."""
    upper = code.upper()
    if len(upper) != 2 or not upper.isascii() or not upper.isalpha():
        raise UsageError(f"--country {code} is no country code.", "Two letters, such as BG or XK.")
    return upper


def known_country(code: str) -> str:
    """The code of a country there is, or of the Union, of which an organisation may be."""
    from b40cli.store import countries

    upper = country_code(code)
    return upper if upper == "EU" else countries.known_country(upper, "--country")


def moment(text: str, option: str, zone: str) -> str:
    """An RFC 3339 time; `2026-12-15T10:00` is read as a time of the zone, and told with it."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    try:
        read = datetime.fromisoformat(text)
        if "T" not in text:
            raise ValueError
    except ValueError:
        raise UsageError(
            f"{option} {text} is no time.", "Write it like 2026-12-15T10:00:00+03:00."
        ) from None
    if read.tzinfo is None:
        read = _wall_clock(read.replace(tzinfo=ZoneInfo(zone)), f"{option} {text}")
    return read.isoformat(timespec="seconds")


def _wall_clock(read: datetime, said: str) -> datetime:
    """The time, if clocks of its zone show it once: not in the hours in which they are changed."""
    from datetime import UTC

    first, second = (read.replace(fold=n) for n in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return read
    zone = read.tzinfo
    if first.astimezone(UTC) > second.astimezone(UTC):
        raise UsageError(
            f"{said} is no time of {zone}: the clocks go forward over it.",
            "Write a time before that hour or after it.",
        )
    raise UsageError(
        f"{said} comes twice in {zone}: the clocks go back.",
        f"Write which one: {first.isoformat()} or {second.isoformat()}.",
    )


def when(text: str, option: str, zone: str) -> str:
    """A time, or a day where only the day is known."""
    return str(day(text)) if len(text) == 10 else moment(text, option, zone)


def zone(session: Session, meeting: str) -> str:
    """The zone of a meeting's place, in which its times are typed."""
    from b40cli.acts.opened.named import meeting_named

    return meeting_named(session.before, meeting).zone


def document(session: Session, file: Path | None) -> dict[str, str] | None:
    """The record of a document named on the command line."""
    from b40cli.acts.change import documents

    return None if file is None else documents.document(file, session.repository.root)
