"""`meeting prepare`: every piece of a meeting to come, done or missing, who owes it, by when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.acts.opened.by_day import decision_by_day, meeting_by_day
from b40cli.acts.opened.named import OFFICES, called_by
from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.desk.missing import lacking, proof_step
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
    view, meeting = meeting_by_day(view, name)
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


def _piece(meeting: Meeting, what: str, lacks: str, done: object, owes: str, command: str) -> Piece:
    """A piece that is due before the meeting opens: what is done, or what is lacking."""
    return {
        "what": what if done else lacks,
        "state": "done" if done else "missing",
        "due": str(meeting.day),
        "owes": owes,
        "command": command,
    }


def _is(meeting: Meeting, what: str, state: str, done: object, command: str) -> Piece:
    """A piece of the Secretary's that is in a state, or is not in it yet."""
    lacks = f"{what} is not {state} yet"
    return _piece(meeting, f"{what} is {state}", lacks, done, THE_SECRETARY, command)


def _papers(_view: View, meeting: Meeting) -> Iterator[Piece]:
    name = meeting.id
    say = f"b40 meeting agenda {name} --item …"
    yield _is(meeting, "the agenda", "written", meeting.agenda, say)
    say = f"b40 meeting notice {name} --sent …"
    yield _is(meeting, "the convening notice", "sent", meeting.notice, say)
    if meeting.kind in BODIES:
        say = f"b40 meeting rules {name} --announced …"
        told = meeting.rules_announced
        rules = "the rules of participation are"
        done, lacks = f"{rules} announced", f"{rules} not announced yet"
        yield _piece(meeting, done, lacks, told, THE_PRESIDENT, say)


def _motions(view: View, meeting: Meeting) -> Iterator[Piece]:
    """What is to be decided there: on the agenda, and in the notice."""
    listed = {entry.get("decision") for entry in meeting.agenda}
    noticed = set(meeting.notice.motions) if meeting.notice else set()
    named = filter(None, map(view.registry.decision_in, view.registry.naming(meeting.id)))
    for decision in filter(None, (decision_by_day(each, view.on) for each in named)):
        if decision.meeting != meeting.id or decision.state not in ("proposed", "open"):
            continue
        say = f"b40 meeting agenda {meeting.id} --add --item {decision.matter}={decision.id}"
        what = f"{decision.title} ({decision.id})"
        yield _is(meeting, what, "on the agenda", decision.id in listed, say)
        if decision.matter == "removal":
            say = f"b40 meeting notice {meeting.id} --sent … --motion {decision.id}"
            yield _is(meeting, what, "in the notice", decision.id in noticed, say)


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
    what = "everybody has said who comes"
    lacks = f"{len(open_)} of {len(sitting)} {'has' if len(open_) == 1 else 'have'}"
    lacks += " not said who comes"
    name = called_by(view.registry)
    owes = ", ".join(map(name, open_[:3])) + (f" and {len(open_) - 3} more" if open_[3:] else "")
    say = f"b40 meeting delegation {meeting.id} {open_[0] if open_ else '…'}"
    yield _piece(meeting, what, lacks, not open_, owes or "nobody", say)


def _proxies(view: View, meeting: Meeting) -> Iterator[Piece]:
    name = called_by(view.registry)
    for proxy in meeting.proxies:
        if proxy.revoked is None:
            what = f"the proxy of {name(proxy.principal)} to {name(proxy.holder)}"
            lacks = f"{what}: {next(lacking(proxy), '')}"
            done, say = not any(lacking(proxy)), proof_step(meeting, proxy)
            owes = name(proxy.principal)
            yield _piece(meeting, f"{what} is proved", lacks, done, owes, say)
    if meeting.kind in BODIES and not meeting.roll_calls:
        yield _quorum(view, meeting)


def _quorum(view: View, meeting: Meeting) -> Piece:
    """Whether delegations and proxies on record make a quorum, before the roll is called."""
    result = quorum(view, meeting.id, None).result
    foreseen, required = result["foreseen"], result["required"]
    say = f"b40 quorum {meeting.id}" if meeting.kind == "ec" else f"b40 proxy solve {meeting.id}"
    if foreseen is None or required is None:
        what = "the quorum cannot be foreseen: the list is not whole"
        return _piece(meeting, "", what, None, THE_SECRETARY, say)
    told = f"quorum is promised: {foreseen['counted']} counted of {required} required"
    lacks = f"no {told}, {foreseen['missing']} missing"
    return _piece(meeting, f"a {told}", lacks, not foreseen["missing"], THE_SECRETARY, say)


def _after(view: View, meeting: Meeting) -> Iterator[Piece]:
    """What comes once it was held."""
    if meeting.day > view.on:
        return
    say = f"b40 meeting roll-call {meeting.id} --present …"
    if meeting.kind in BODIES:
        yield _is(meeting, "the roll", "called", meeting.roll_calls, say)
    say = f"b40 meeting close {meeting.id} --at …"
    yield _is(meeting, "it", "closed", meeting.ended, say)
    say = f"b40 meeting minutes {meeting.id} --document FILE"
    lacks = "its minutes are not filed yet"
    yield _piece(meeting, "its minutes are filed", lacks, meeting.minutes, THE_SECRETARY, say)
