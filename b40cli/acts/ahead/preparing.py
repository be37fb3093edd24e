"""`meeting prepare`: every piece of a meeting to come, done or missing, who owes it, by when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.acts.opened.named import OFFICES, called_by, meeting_named
from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.missing import lacking, proof_step
from b40cli.acts.votes.quorum import quorum
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.facts.meeting import Meeting
from b40cli.rules.case.law import law_on
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.facts.standing import membership_at

if TYPE_CHECKING:
    from b40cli.model.results.meetings import Piece, Prepared

BODIES = ("ga", "ec")
THE_SECRETARY, THE_PRESIDENT = OFFICES["permanent-secretary"], OFFICES["president"]


def prepare(view: View, name: str) -> Answer[Prepared]:
    """What is done for a meeting and what is missing, each piece with its command."""
    meeting = meeting_named(view.registry, name)
    parts = () if meeting.cancelled else (_papers, _motions, _delegations, _proxies, _after)
    pieces = [piece for part in parts for piece in part(view, meeting)]
    result: Prepared = {
        "meeting": name,
        "title": meeting.title or name,
        "opens": meeting.opens,
        "pieces": pieces,
        "missing": sum(piece["state"] == "missing" for piece in pieces),
    }
    return answer(view, "meeting prepare", result)


def _piece(meeting: Meeting, what: str, done: object, owes: str, command: str) -> Piece:
    """A piece that is due before the meeting opens."""
    return {
        "what": what,
        "state": "done" if done else "missing",
        "due": str(meeting.day),
        "owes": owes,
        "command": command,
    }


def _papers(_view: View, meeting: Meeting) -> Iterator[Piece]:
    name = meeting.id
    say = f"b40 meeting agenda {name} --item …"
    yield _piece(meeting, "the agenda is written", meeting.agenda, THE_SECRETARY, say)
    say = f"b40 meeting notice {name} --sent …"
    yield _piece(meeting, "the convening notice is sent", meeting.notice, THE_SECRETARY, say)
    if meeting.kind in BODIES:
        say = f"b40 meeting rules {name} --announced …"
        told = meeting.rules_announced
        yield _piece(meeting, "the rules of participation are announced", told, THE_PRESIDENT, say)


def _motions(view: View, meeting: Meeting) -> Iterator[Piece]:
    """What is to be decided there: on the agenda, and in the notice."""
    listed = {entry.get("decision") for entry in meeting.agenda}
    noticed = set(meeting.notice.motions) if meeting.notice else set()
    for decision in filter(None, map(view.registry.decision_in, view.registry.naming(meeting.id))):
        if decision.meeting != meeting.id or decision.state not in ("proposed", "open"):
            continue
        say = f"b40 meeting agenda {meeting.id} --add --item {decision.matter}={decision.id}"
        what = f"{decision.title} ({decision.id}) is on the agenda"
        yield _piece(meeting, what, decision.id in listed, THE_SECRETARY, say)
        if decision.matter == "removal":
            say = f"b40 meeting notice {meeting.id} --sent … --motion {decision.id}"
            what = f"{decision.title} ({decision.id}) stands in the notice"
            yield _piece(meeting, what, decision.id in noticed, THE_SECRETARY, say)


def _delegations(view: View, meeting: Meeting) -> Iterator[Piece]:
    """Who may come and of whom no delegation is on record."""
    if meeting.kind not in BODIES:
        return
    sitting = {seat.city for seat in seats_on(view.registry, meeting.day) if seat.city}
    if meeting.kind == "ga":
        law = law_on(view.registry, meeting.day)
        members, silent = membership_at(view.registry, Moment(meeting.day, meeting.id, 0), law)
        sitting = set(members - silent)
    known = {delegation.member for delegation in meeting.delegations}
    known |= meeting.declining("attendance")
    known |= {proxy.principal for proxy in meeting.proxies if proxy.revoked is None}
    open_ = sorted(city for city in sitting if city and city not in known)
    what = f"{len(sitting) - len(open_)} of {len(sitting)} have said who comes"
    name = called_by(view.registry)
    owes = ", ".join(map(name, open_[:3])) + (f" and {len(open_) - 3} more" if open_[3:] else "")
    say = f"b40 meeting delegation {meeting.id} {open_[0] if open_ else '…'}"
    yield _piece(meeting, what, not open_, owes or "nobody", say)


def _proxies(view: View, meeting: Meeting) -> Iterator[Piece]:
    name = called_by(view.registry)
    for proxy in meeting.proxies:
        if proxy.revoked is None:
            lacks = list(lacking(proxy))
            said = f": {lacks[0]}" if lacks else " is proved"
            what = f"the proxy of {name(proxy.principal)} to {name(proxy.holder)}{said}"
            say = proof_step(meeting, proxy)
            yield _piece(meeting, what, not lacks, name(proxy.principal), say)
    if meeting.kind in BODIES and not meeting.roll_calls:
        yield _quorum(view, meeting)


def _quorum(view: View, meeting: Meeting) -> Piece:
    """Whether delegations and proxies on record make a quorum, before the roll is called."""
    told = quorum(view, meeting.id, None).result
    foreseen, required = told["foreseen"], told["required"]
    say = f"b40 quorum {meeting.id}" if meeting.kind == "ec" else f"b40 proxy solve {meeting.id}"
    if foreseen is None or required is None:
        what = "the quorum cannot be foreseen: the list is not whole"
        return _piece(meeting, what, None, THE_SECRETARY, say)
    short = f", {foreseen['missing']} missing" if foreseen["missing"] else ""
    what = f"a quorum is promised: {foreseen['counted']} counted of {required} required{short}"
    return _piece(meeting, what, not foreseen["missing"], THE_SECRETARY, say)


def _after(view: View, meeting: Meeting) -> Iterator[Piece]:
    """What comes once it was held."""
    if meeting.day > view.on:
        return
    say = f"b40 meeting roll-call {meeting.id} --present …"
    if meeting.kind in BODIES:
        yield _piece(meeting, "the roll is called", meeting.roll_calls, THE_SECRETARY, say)
    say = f"b40 meeting close {meeting.id} --at …"
    yield _piece(meeting, "it is closed", meeting.ended, THE_SECRETARY, say)
    say = f"b40 meeting minutes {meeting.id} --document FILE"
    yield _piece(meeting, "its minutes are filed", meeting.minutes, THE_SECRETARY, say)
