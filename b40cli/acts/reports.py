"""The steps of a Final Report, and the letters that tell members what was decided (Art. 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.errors import UsageError, refuse_unknown
from b40cli.model.facts.meeting import ADDRESSEES
from b40cli.model.ref import stated
from b40cli.rules.articles.art12_reporting import STEPS

if TYPE_CHECKING:
    from b40cli.model.results.meetings import Dispatched, ReportTaken


def step(
    session: Session, name: str, days: Mapping[str, date], document: Mapping[str, Any] | None
) -> Proposal[ReportTaken]:
    """Record that a Final Report was prepared, approved or shared, each on its day."""
    meeting = meeting_named(session.before, name)
    if meeting.kind != "ga":
        raise UsageError(
            f"{name} is a meeting of kind {meeting.kind}.",
            "A Final Report is of a General Assembly: b40 meeting list --kind ga.",
        )
    taken = {key: str(days[key]) for key in STEPS if key in days}
    report = {**meeting.report, **taken, **stated({"document": document})}
    edits: tuple[Edit, ...] = (
        () if report == meeting.report else (Put(meeting.path, ("report",), report),)
    )
    said = ", ".join(f"{key} {day}" for key, day in taken.items())
    headline = f"report: Final Report of {name} {said}"
    return Proposal("report final", f"meetings/{name}", headline, edits, dict(report))


def dispatch(
    session: Session,
    name: str,
    sent: str,
    to: str,
    decisions: Sequence[str],
    document: Mapping[str, Any] | None,
) -> Proposal[Dispatched]:
    """Record a letter about a meeting's decisions: to whom, when, about which."""
    meeting = meeting_named(session.before, name)
    refuse_unknown("--to", to, ADDRESSEES)
    listed = list(decisions) or None
    entry = stated({"sent": sent, "to": to, "decisions": listed, "document": document})
    stands = any(dict(known) == entry for known in meeting.dispatches)
    edits: tuple[Edit, ...] = () if stands else (Append(meeting.path, ("dispatches",), entry),)
    about = f" of {', '.join(decisions)}" if decisions else ""
    headline = f"meeting: {to.replace('-', ' ')} told{about}, {name}"
    return Proposal("meeting dispatch", f"meetings/{name}", headline, edits, entry)
