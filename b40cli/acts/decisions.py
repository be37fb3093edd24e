"""Decisions of the bodies that vote: open, vote, close, record, withdraw (Art. 5, 9, 10, 13)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.closing import (
    arithmetic,
    came_late,
    closing_of,
    counted_now,
    result_of,
    seats_known,
)
from b40cli.acts.change.consequences import consequences
from b40cli.acts.change.effects import effect_of
from b40cli.acts.change.elections import as_put
from b40cli.acts.change.perform import as_bytes, judged
from b40cli.acts.change.proposal import Proposal, on_decision
from b40cli.acts.change.questions import Question, body_of, lower, next_id, question_record
from b40cli.acts.opened.named import decision_named
from b40cli.acts.opened.session import Session
from b40cli.acts.votes.smallest import smallest, turning
from b40cli.acts.votes.what_if import NOT_VOID, readings_of_void
from b40cli.acts.voting import WORDS, over, spelt_out
from b40cli.model.edit import Create, Edit, Put
from b40cli.model.facts.decision import ENDED, SIDES, Decision, Roll, decision_of, path_of
from b40cli.model.finding import Finding, refuses
from b40cli.model.ref import Ref
from b40cli.rules.case.rule import RECORD, Case, Undetermined
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.table import rule_named
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.committee_facts import roll_record
from b40cli.rules.votes.vote import Recount, recount

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Closed, Opened, Stated, VoteRecorded

NO_ROLL: dict[str, Any] = {"entitled": [], "present": [], "represented": {}}


def open_(session: Session, name: str) -> Proposal[Opened | Closed]:
    """Open the vote: the roll is frozen as seats, roll call and proxies give it now."""
    decision = decision_named(session.before, name)
    if decision.state == "open":
        return _already("decision open", decision)
    if decision.state in ENDED:
        return _closed_before("decision open", decision, "not opened after that")
    day = _day(session, decision)
    found = recount(Case(None, session.before, session.on), decision._replace(roll=None))
    roll = NO_ROLL if isinstance(found, Undetermined) else roll_record(found.computed)
    ahead = as_put(session.before, session.before.content(decision.path), day)
    opened = {"state": "open", **seats_known(decision.body, found), "roll": roll, **ahead}
    edits = tuple(Put(decision.path, (key,), value) for key, value in opened.items())
    headline = f"decision: open {name}, {lower(decision.title)}"
    result: Opened = {"id": name, "state": "open", "roll": roll}
    return on_decision("decision open", decision, headline, edits, result, on=day)


def close(
    session: Session, name: str, announced: Mapping[str, int] | None = None
) -> Proposal[Closed]:
    """Count the vote and apply what it decides; the judge counts again.

    `announced` are the totals as they were read out, to be held against the count.
    """
    decision = decision_named(session.before, name)
    if decision.state in ENDED:
        return _closed_before("decision close", decision, "closed once")
    if decision.state == "proposed":
        return _never_opened(decision)
    day = _day(session, decision)
    found = counted_now(session.before, decision, day)
    closing = closing_of(session, decision.body, found, day)
    closing |= {"announced": dict(announced)} if announced else {}
    closing |= came_late(session.before, decision, closing, day)
    edits: list[Edit] = [Put(decision.path, (key,), value) for key, value in closing.items()]
    closed = decision._replace(state=closing["state"], closed=day, counted=closing.get("count"))
    edits += effect_of(session.before, closed, day)
    result = result_of(name, closing)
    headline = f"decision: close {name}, {lower(decision.title)} {closing['state']}"
    turned = turning(smallest(session.before, decision, day))
    body = (*arithmetic(decision, found, turned), *consequences(session.before, closed, day))
    return on_decision("decision close", decision, headline, tuple(edits), result, body, day)


def record(
    session: Session,
    question: Question,
    ballots: Mapping[str, Sequence[str]] | None,
    numbers: Mapping[str, Any] | None,
    choices: Mapping[str, Sequence[str]] | None = None,
    announced: Mapping[str, int] | None = None,
) -> Proposal[VoteRecorded]:
    """Record a vote already held: adopted, rejected, or invalid with the reason."""
    meeting = session.before.meeting(question.meeting)
    day = session.day_in(meeting)
    name = next_id(session.before, body_of(session.before, question), day.year)
    whole = question_record(session, name, question) | {"proposed": str(day)}
    if ballots and {*WORDS} & {word for side in ballots.values() for word in side}:
        roll = _roll_of(session, _as_open(name, whole))
        first = f"Call the roll first: b40 meeting roll-call {question.meeting} --present …"
        ballots = spelt_out(ballots, roll.voters if roll else (), (), first)
    whole |= _cast(ballots, numbers, choices)
    whole |= {"announced": dict(announced)} if announced else {}
    found, record = _with_count(session, name, whole, day)
    proposal = _recorded(session, record, found, day)
    findings = judged(session, as_bytes(session, proposal.edits))
    reasons = _reasons(findings, {edit.path for edit in proposal.edits})
    counted = "readings" in record and record["state"] != "invalid"
    if not (refuses(findings) and counted and reasons):
        return proposal
    as_elected = ("known", "passed_over") if record["matter"] == ELECTION else ()
    kept = {key: value for key, value in record.items() if key not in as_elected}
    void = {**kept, "state": "invalid", "reason": reasons}
    void["readings"] = readings_of_void(session.before, void, day)
    invalid = _recorded(session, void, found, day)
    # What later records alone stand against is no void vote: those are told, then.
    again = judged(session, as_bytes(session, invalid.edits))
    return proposal if any(refuses([f]) and f.rule == NOT_VOID for f in again) else invalid


def as_open(session: Session, question: Question) -> tuple[Decision, Roll | None]:
    """A vote that was held, as it was while it was open: what was asked, and its roll."""
    meeting = session.before.meeting(question.meeting)
    day = session.day_in(meeting)
    name = next_id(session.before, body_of(session.before, question), day.year)
    opened = _as_open(name, question_record(session, name, question) | {"proposed": str(day)})
    return opened, _roll_of(session, opened)


def _as_open(name: str, whole: Mapping[str, Any]) -> Decision:
    """The decision of these words, its vote open and no ballot cast."""
    return decision_of(path_of(name), {**whole, "state": "open", **_cast(None, None, None)})


def _roll_of(session: Session, opened: Decision) -> Roll | None:
    """The roll that the vote would have, were it open."""
    found = recount(Case(None, session.before, session.on), opened)
    return None if isinstance(found, Undetermined) else found.computed


# A void vote has no effect on record: that follows from its being void and is no reason for it.
WITHOUT_EFFECT = "standing-rests-on-a-decision"


def _reasons(findings: Sequence[Finding], written: Collection[str]) -> str:
    """Why a vote had no effect: what is wrong in its record, or in those its effect is written to.

    That another record stands against it is told as a refusal, and is no flaw of the vote.

    What breaks the law of the record, wherever, is no reason, but an error.
    """
    breaches = [f for f in findings if f.kind == "validity" and f.rule != WITHOUT_EFFECT]
    if any(f.article == RECORD or rule_named(f.rule) is None for f in breaches):
        return ""
    return " ".join(f"{f.message} ({f.article}, {f.rule})" for f in breaches if f.file in written)


def _cast(
    ballots: Mapping[str, Sequence[str]] | None,
    numbers: Mapping[str, Any] | None,
    choices: Mapping[str, Sequence[str]] | None,
) -> dict[str, Any]:
    if choices is not None:
        return {"choices": {city: list(voters) for city, voters in choices.items()}}
    if numbers is not None:
        return {"secret": True, "tally": dict(numbers)}
    return {"ballots": {side: list((ballots or {}).get(side, ())) for side in SIDES}}


def _with_count(
    session: Session, name: str, whole: dict[str, Any], day: date
) -> tuple[Recount | None, dict[str, Any]]:
    opened = decision_of(path_of(name), {**whole, "state": "open"})
    found = counted_now(session.before, opened, day)
    roll = roll_record(found.computed) if found else NO_ROLL
    frozen = {**seats_known(whole["body"], found), "roll": roll}
    closing = closing_of(session, whole["body"], found, day)
    late = came_late(session.before, opened, closing, day)
    return found, {**whole, **frozen, **closing, **late}


def _recorded(
    session: Session, counted: dict[str, Any], found: Recount | None, day: date
) -> Proposal[VoteRecorded]:
    name, state = counted["id"], counted["state"]
    decision = decision_of(path_of(name), counted)
    edits = (Create(decision.path, counted), *effect_of(session.before, decision, day))
    turned = turning(smallest(session.before, decision, day))
    result: VoteRecorded = {**result_of(name, counted), "reason": counted.get("reason")}
    return Proposal(
        "decision record",
        decision.subject or str(Ref("decisions", name)),
        f"decision: record {name}, {lower(counted['title'])} {state}",
        edits,
        result,
        (
            *filter(None, [counted.get("reason")]),
            *arithmetic(decision, found, turned),
            *consequences(session.before, decision, day),
        ),
        name,
        day,
    )


def withdraw(session: Session, name: str) -> Proposal[Stated | Closed]:
    """Take a proposal back before it is decided."""
    decision = decision_named(session.before, name)
    if decision.state == "withdrawn":
        return _already("decision withdraw", decision)
    edits = (
        Put(decision.path, ("state",), "withdrawn"),
        Put(decision.path, ("closed",), str(session.on)),
    )
    headline = f"decision: withdraw {name}, {lower(decision.title)}"
    result: Stated = {"id": name, "state": "withdrawn"}
    return on_decision("decision withdraw", decision, headline, edits, result)


def _never_opened(decision: Decision) -> Proposal[Closed]:
    """Without a roll there is nobody whose votes could be counted; the judge says the same."""
    of_all = decision.body == ASSEMBLY
    found = Finding(
        "quorum-at-first-roll-call" if of_all else "committee-quorum",
        "validity",
        "Art. 10" if of_all else "Art. 13",
        f"{decision.id} was never opened: no roll was frozen for it, and no vote was cast on it.",
        f"First b40 decision open {decision.id}, then b40 decision vote {decision.id}.",
        decision.path,
        at=("state",),
        facts={"state": decision.state},
    )
    told = _already("decision close", decision)
    return told._replace(headline=f"decision: close {decision.id}", refusals=(found,))


def _closed_before(act: str, decision: Decision, told: str) -> Proposal[Closed]:
    """A vote is opened and closed once."""
    headline = f"decision: {act.removeprefix('decision ')} {decision.id}"
    return _already(act, decision)._replace(headline=headline, refusals=(over(decision, told),))


def _already(act: str, decision: Decision) -> Proposal[Closed]:
    result: Closed = {
        "id": decision.id,
        "state": decision.state,
        "count": decision.counted,
        "readings": decision.readings,
    }
    return on_decision(act, decision, f"{decision.id} is {decision.state}", (), result)


def _day(session: Session, decision: Decision) -> date:
    """The legal day of a vote: the day asked for, else a day of its meeting once that came."""
    meeting = session.before.meeting(decision.meeting)
    return session.day_in(meeting)
