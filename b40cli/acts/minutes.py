"""What the Secretariat files on a meeting: its closing, minutes, consultations (Art. 12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Edit, Put

if TYPE_CHECKING:
    from b40cli.model.results.meetings import Consulted, MeetingClosed, MinutesFiled


def close(session: Session, name: str, at: str) -> Proposal[MeetingClosed]:
    """Record when a meeting closed; on its day, for a held meeting stays as it is."""
    meeting = meeting_named(session.before, name)
    edits: tuple[Edit, ...] = () if meeting.closes == at else (Put(meeting.path, ("closes",), at),)
    result: MeetingClosed = {"meeting": name, "closes": at}
    return Proposal(
        "meeting close", f"meetings/{name}", f"meeting: close {name}, {at}", edits, result
    )


def file_minutes(
    session: Session, name: str, document: Mapping[str, Any]
) -> Proposal[MinutesFiled]:
    """File the minutes of a meeting."""
    meeting = meeting_named(session.before, name)
    same = session.before.content(meeting.path).get("minutes") == document
    edits: tuple[Edit, ...] = () if same else (Put(meeting.path, ("minutes",), dict(document)),)
    result: MinutesFiled = {"meeting": name, "minutes": dict(document)}
    headline = f"meeting: minutes of {name} filed"
    return Proposal("meeting minutes", f"meetings/{name}", headline, edits, result)


def consult(session: Session, name: str, days: Mapping[str, str]) -> Proposal[Consulted]:
    """Record when the Secretariat consulted the current and the next President on a Summit."""
    meeting = meeting_named(session.before, name)
    new = {who: day for who, day in days.items() if meeting.consulted.get(who) != day}
    edits = tuple(Put(meeting.path, ("consulted", who), day) for who, day in new.items())
    headline = f"meeting: {' and '.join(days)} consulted on {name}"
    result: Consulted = {"meeting": name, "consulted": {**meeting.consulted, **days}}
    return Proposal("meeting consult", f"meetings/{name}", headline, edits, result)
