"""Meetings of the Executive Committee: convening, proxies, the roll call (Art. 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from b40cli.acts.proposal import Proposal
from b40cli.acts.questions import meeting_named
from b40cli.acts.session import Session
from b40cli.model.day import legal_day
from b40cli.model.edit import Append, Create, Edit
from b40cli.model.registry import ROOT
from b40cli.rules.counting import attendance, quorum
from b40cli.rules.law import law_on
from b40cli.rules.rule import Undetermined
from b40cli.rules.seats import president_on
from b40cli.rules.sitting import sitting_at

TITLES = {"ec": "Executive Committee"}


class Convening(NamedTuple):
    """What a meeting is convened with."""

    kind: str
    opens: str
    mode: str
    title: str | None = None
    city: str | None = None
    requested_by: tuple[str, ...] = ()
    slug: str | None = None


def convene(session: Session, asked: Convening) -> Proposal:
    """Convene a meeting of the committee: by the President, or at the request of two members."""
    day = legal_day(asked.opens)
    name = f"{day}-{asked.kind}" + (f"-{asked.slug}" if asked.slug else "")
    chair = president_on(session.before, day)
    record: dict[str, Any] = {
        "id": name,
        "kind": asked.kind,
        "title": asked.title or f"Meeting of the {TITLES[asked.kind]}, {day}",
        "mode": asked.mode,
        "city": asked.city,
        "opens": asked.opens,
        "convened": _convened(asked),
        "chair": chair,
    }
    whole = {key: value for key, value in record.items() if value is not None}
    path = f"{ROOT}meetings/{name}.yaml"
    same = session.before.data(path) == whole
    edits: tuple[Edit, ...] = () if same else (Create(path, whole),)
    headline = f"meeting: convene {name}"
    return Proposal("meeting convene", f"meetings/{name}", headline, edits, {"id": name, **whole})


def _convened(asked: Convening) -> dict[str, Any]:
    if asked.requested_by:
        return {"by": "executive-committee", "requested_by": list(asked.requested_by)}
    return {"by": "president"}


def roll_call(session: Session, name: str, at: str, present: Sequence[str]) -> Proposal:
    """Record who answers; the quorum follows from it at once."""
    meeting = meeting_named(session.before, name)
    last = meeting.roll_calls[-1] if meeting.roll_calls else None
    if last is not None and (last.at, set(last.present)) == (at, set(present)):
        return Proposal("meeting roll-call", f"meetings/{name}", f"{name} roll called", (), {})
    entry = {"n": len(meeting.roll_calls) + 1, "at": at, "present": list(present)}
    edit = Append(meeting.path, ("roll_calls",), entry)
    result = {"meeting": name, "roll_call": entry, "quorum": _quorum(session, name, entry)}
    headline = f"meeting: roll call {entry['n']} of {name}, {len(present)} present"
    body = (f"Present: {', '.join(present)}.",)
    return Proposal("meeting roll-call", f"meetings/{name}", headline, (edit,), result, body)


def _quorum(session: Session, name: str, entry: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the roll call means for the quorum of the committee."""
    from b40cli.model.day import Moment
    from b40cli.model.meeting import RollCall

    meeting = meeting_named(session.before, name)
    if meeting.kind != "ec":
        return None
    call = RollCall(entry["n"], entry["at"], tuple(entry["present"]))
    sitting = sitting_at(session.before, Moment(meeting.day, name, 0), meeting, call)
    if isinstance(sitting, Undetermined):
        return {"required": None, "counted": None, "met": None}
    law = law_on(session.before, meeting.day)
    found = quorum(attendance(sitting, law), law)
    return {"required": found.required, "counted": found.counted, "met": found.met}


def give_proxy(
    session: Session,
    name: str,
    principal: str,
    holder: str,
    document: Mapping[str, Any] | None,
    sent: Mapping[str, str],
) -> Proposal:
    """Record one member's written proxy to another for a meeting (Art. 13)."""
    meeting = meeting_named(session.before, name)
    entry: dict[str, Any] = {"principal": principal, "holder": holder}
    entry |= {"document": dict(document)} if document else {}
    entry |= {"sent": dict(sent)} if sent else {}
    given = any(
        (p.principal, p.holder, p.revoked) == (principal, holder, None) for p in meeting.proxies
    )
    edits: tuple[Edit, ...] = () if given else (Append(meeting.path, ("proxies",), entry),)
    headline = f"proxy: {principal} to {holder} for {name}"
    return Proposal("proxy give", f"meetings/{name}", headline, edits, {"meeting": name, **entry})
