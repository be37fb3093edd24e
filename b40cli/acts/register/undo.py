"""`undo`: one's own last act taken back, while nobody else has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.audit.undone import ACT, UNDO, may_be_undone
from b40cli.acts.change.perform import commit_message, told_of
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.session import Session
from b40cli.model.answer import Answer
from b40cli.model.errors import Untold, UsageError, WorldError
from b40cli.model.ref import ref_of
from b40cli.store.git.commit_stream import Recorded
from b40cli.store.git.diff import unified
from b40cli.store.git.taking_back import sent_as, take_back

if TYPE_CHECKING:
    from b40cli.model.results.history import RecordRestored, Undone

KEYS = "A key is ended by b40 trust revoke; a rule set stays."
FURTHER = "What stands is corrected (b40 correct) or annulled (b40 decision annul)."


class Undoing(NamedTuple):
    """What an undo would do: the act it takes back, as a proposal, and the lines that show it."""

    act: Recorded
    proposal: Proposal[Undone]
    shown: str


def undoing(session: Session) -> Undoing:
    """The last act, and what stood before it; UsageError where it cannot be taken back."""
    act = _last(session)
    records: list[RecordRestored] = [
        {"record": str(ref_of(c.path)), "becomes": "gone" if c.was is None else "as before"}
        for c in act.changes
    ]
    said = act.commit.trailers[ACT]
    result: Undone = {
        "undoes": act.oid,
        "act": said,
        "subject": act.commit.subject,
        "records": records,
    }
    headline = f"undo: {act.commit.subject}"
    body = (f"Takes back {act.oid[:12]}: {said}, recorded on {act.commit.day}.",)
    proposal = Proposal(UNDO, records[0]["record"], headline, (), result, body, on=session.on)
    return Undoing(act, proposal, "\n".join(_shown(session, act)))


def undo(session: Session, found: Undoing, *, dry_run: bool) -> Answer[Undone]:
    """Commit what stood before the act again; nothing is judged, for nothing is made."""
    told = f"would commit: {found.proposal.headline}\n\n{found.shown}"
    oid = None
    if not dry_run:
        message = commit_message(session, found.proposal, undoes=found.act.oid)
        oid = take_back(session.repository, found.act.oid, message, session.today)
        try:
            told = told_of(session, found.proposal, [c.path for c in found.act.changes], oid)
        except (OSError, WorldError) as error:
            raise Untold(oid, error) from error
    result, status = found.proposal.result, session.network.status
    return Answer(UNDO, str(session.on), status, True, oid, (), result, 0, told)


def _last(session: Session) -> Recorded:
    repository, head = session.repository, session.head
    assert head is not None, "the register was read from it"
    act = repository.past().one(head)
    told = f"The last commit, {act.oid[:12]} ({act.commit.subject}),"
    for why, remedy in _refusals(session, act):
        raise UsageError(f"{told} {why}", remedy)
    return act


def _refusals(session: Session, act: Recorded) -> Iterator[tuple[str, str]]:
    """Why an act cannot be taken back, and what is done instead."""
    if len(act.parents) > 1:
        yield "is a merge.", FURTHER
    if not act.parents:
        session.repository.past().refuse_cut_off()
        yield "begins this register.", FURTHER
    if ACT not in act.commit.trailers:
        yield "is no act of b40.", FURTHER
    if act.commit.trailers.get(ACT) == UNDO:
        yield "has taken the one before it back already.", FURTHER
    if not may_be_undone(act) or not act.changes:
        yield "changes who may sign, or by which rule set is judged: that is not undone.", KEYS
    if act.commit.author != session.repository.actor():
        yield f"is the act of {act.commit.author}.", FURTHER
    sent = sent_as(session.repository, act.oid)
    if sent is not None:
        yield f"was sent: {sent} holds it.", FURTHER


def _shown(session: Session, act: Recorded) -> Iterator[str]:
    """What is overwritten: each record as the act left it, against what comes back."""
    wanted = [oid for change in act.changes for oid in (change.was, change.now) if oid]
    held = dict(session.repository.blobs(wanted))
    for change in act.changes:
        now = held[change.now] if change.now else None
        if change.was is None:
            yield f"{change.path} is taken away."
        else:
            yield unified(change.path, now, held[change.was]).rstrip("\n")
