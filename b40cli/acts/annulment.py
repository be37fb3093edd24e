"""Annulling a decision: put to the body, recorded as already voted, or signed by the President."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.consequences import consequences
from b40cli.acts.change.effects import effect_of
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.questions import Question, propose
from b40cli.acts.change.unilateral import SignedPaper, UnilateralOrder, by_president, with_readings
from b40cli.acts.decisions import record
from b40cli.acts.opened.named import decision_named
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Create
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import Decision, decision_of
from b40cli.model.ref import Ref

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Annulled, Proposed, VoteRecorded

ACT = "decision annul"
MATTER = "annulment"


class Cast(NamedTuple):
    """A vote already held: ballots by name, or the numbers of a secret one."""

    ballots: Mapping[str, Sequence[str]] | None
    numbers: Mapping[str, Any] | None


class Agenda(NamedTuple):
    """Where a body takes it up: its meeting, and the item where it is not the next."""

    meeting: str
    item: int | None = None


def annul(
    session: Session,
    name: str,
    effect: str,
    at: Agenda | None,
    cast: Cast | None,
    signed: SignedPaper,
    evidence: tuple[Mapping[str, Any], ...] = (),
) -> Proposal[Annulled | Proposed | VoteRecorded]:
    """Annul a decision: by the body whose meeting is named, else by the President alone."""
    annulled = decision_named(session.before, name)
    earlier = session.before.annulments().get(name)
    if earlier is not None:
        result: Annulled = {
            "id": earlier.id,
            "annuls": name,
            "effect": earlier.effect,
            "state": "adopted",
        }
        return Proposal(ACT, _about(annulled), f"{name} is annulled by {earlier.id}", (), result)
    if at is not None:
        return _by_a_body(session, annulled, effect, at, cast, signed, evidence)
    if annulled.body != "president":
        raise UsageError(
            f"{name} was decided by the {annulled.body.replace('-', ' ')}.",
            "Name the meeting of the body that annuls it, the same or the General Assembly: "
            "--meeting 2027-01-26-ga.",
        )
    return _by_the_president(session, annulled, effect, signed)


def _by_a_body(
    session: Session,
    annulled: Decision,
    effect: str,
    at: Agenda,
    cast: Cast | None,
    signed: SignedPaper,
    evidence: tuple[Mapping[str, Any], ...],
) -> Proposal[Proposed | VoteRecorded]:
    question = Question(
        matter=MATTER,
        subject=annulled.subject,
        meeting=at.meeting,
        item=at.item,
        grounds=signed.grounds,
        evidence=evidence,
        annuls=annulled.id,
        effect=effect,
        handover=signed.handover,
    )
    if cast is None:
        return propose(session, question)._replace(act=ACT)
    return record(session, question, cast.ballots, cast.numbers)._replace(act=ACT)


def _by_the_president(
    session: Session, annulled: Decision, effect: str, signed: SignedPaper
) -> Proposal[Annulled]:
    order = UnilateralOrder(MATTER, annulled.subject or "", f"Annulment of {annulled.id}")
    plain = by_president(session, order, signed)
    whole = {**plain.record, "annuls": annulled.id, "effect": effect}
    if annulled.subject is None:
        del whole["subject"]
    whole = with_readings(session, plain.path, whole)
    created = Create(plain.path, whole)
    decision = decision_of(created.path, whole)
    edits = (created, *effect_of(session.before, decision, session.on))
    result: Annulled = {
        "id": decision.id,
        "annuls": annulled.id,
        "effect": effect,
        "state": "adopted",
    }
    body = (*signed.told, *consequences(session.before, decision, session.on))
    headline = f"decision: annul {annulled.id}, {decision.id} of the President, {effect}"
    return Proposal(ACT, _about(annulled), headline, edits, result, body, decision.id)


def _about(annulled: Decision) -> str:
    return annulled.subject or str(Ref("decisions", annulled.id))
