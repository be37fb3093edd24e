"""The one path of change: proposal, bytes, overlay, schema, facts, judge, commit."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from b40cli import __version__
from b40cli.acts.change.documents import lying_there
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.judge.judging import great, judge_change, with_places
from b40cli.acts.opened.named import called_by, questions_of
from b40cli.acts.opened.session import Session
from b40cli.model.answer import Answer, Result
from b40cli.model.designation import starred
from b40cli.model.edit import Create, Deposit, Edit
from b40cli.model.errors import ConflictError, Untold, UsageError, WorldError
from b40cli.model.finding import Finding, gravity, refuses
from b40cli.model.state.registry import Registry
from b40cli.model.wording import begun
from b40cli.rules.case.law import edition_on, rule_set_on
from b40cli.rules.case.rule import RECORD
from b40cli.rules.record.member_days import mandates_made_none
from b40cli.store.git.guard.safe_paths import is_reserved
from b40cli.store.snapshot import Snapshot, keep, overlay
from b40cli.store.writing import by_path, written


def perform(
    session: Session,
    proposal: Proposal[Result],
    *,
    dry_run: bool = False,
    branch: str | None = None,
    agree: Callable[[tuple[str, ...]], None] | None = None,
    moment: Callable[[], str] | None = None,
) -> Answer[Result]:
    """Judge a proposal and commit it whole, or refuse it and write nothing (exit 1).

    `agree` is asked where it takes much away at once; the commit is of the `moment` that
    it is then. Raises UsageError where the result would
    break a schema, or nobody agrees; ConflictError on a lost race.
    """
    if proposal.refusals:
        found = with_places(proposal.refusals, lambda path: _committed(session, path))
        return _answer(session, proposal, found, None, None)
    if not proposal.edits:
        return _answer(session, proposal, (), None, "already so: nothing to do")
    changes = as_bytes(session, (*proposal.edits, *lying_there(session, proposal.edits)))
    held = overlay(session.snapshot, changes)
    findings = _judged(session, held, changes)
    if refuses(findings):
        return _answer(session, proposal, findings, None, None)
    if dry_run:
        return _answer(session, proposal, findings, None, _plan(session, proposal, changes))
    if agree and (taken := great(findings)):
        agree(taken)
    oid = _recorded(session, proposal, changes, branch, moment)
    try:
        keep(session.repository, held, changes)
        told = told_of(session, proposal, changes, oid, branch)
    except (OSError, WorldError) as error:
        raise Untold(oid, error) from error
    return _answer(session, proposal, findings, oid, told)


def _recorded(
    session: Session,
    proposal: Proposal[Any],
    changes: Mapping[str, bytes],
    branch: str | None,
    moment: Callable[[], str] | None,
) -> str:
    return session.repository.record(
        changes,
        commit_message(session, proposal),
        parent=session.head,
        branch=branch,
        moment=moment and moment(),
        today=session.today,
    )


def _plan(session: Session, proposal: Proposal[Any], changes: Mapping[str, bytes]) -> str:
    plan = f"would commit: {proposal.headline}\n\n{session.repository.diff(changes)}"
    preview = [*(fill(line, "") for line in proposal.preview), ""] if proposal.preview else []
    return "\n".join((*preview, plan))


def told_of(
    session: Session,
    proposal: Proposal[Any],
    changes: Collection[str],
    oid: str,
    branch: str | None = None,
) -> str:
    """What an act tells of its commit: what it did, and what the audit still asks of it."""
    where = f" on the new branch {branch}" if branch else ""
    second = _unconfirmed(session, changes, oid, branch)
    signing = _unsigned(session, changes, oid, branch, alone=not second)
    lines = (*proposal.body, f"Commit {oid[:12]}{where}.", *signing, *second)
    return "\n".join((fill(proposal.headline, ""), *(fill(line, "  ") for line in lines)))


def _unsigned(
    session: Session, changes: Iterable[str], oid: str, branch: str | None, *, alone: bool
) -> tuple[str, ...]:
    """Where keys are on record the audit asks each commit's signature; unsent, it can be added.

    On a branch who merges it answers for it, where one signs `alone`.
    """
    trusted = session.before.principals()
    if not trusted:
        return ()
    if branch and alone:
        refused = "by itself the audit refuses it"
        cure = again = f"Who may sign it answers for it: git merge --no-ff -S {branch}."
    else:
        refused, later = "the audit refuses it", "git config --global commit.gpgsign true"
        sign = f"sign it on {branch}" if branch else "git commit --amend --no-edit -S"
        cure = f"Before you send it: {sign}; for what follows: {later}."
        again = f"Before you send it, who may sign it does: {sign}."
    if not session.repository.headers([oid])[oid].kind:
        return (f"Not signed: {refused}, keys are on record. {cure}",)
    from b40cli.acts.change.signer import refused_signature

    try:
        told = tuple(refused_signature(session.repository, trusted, oid, tuple(changes)))
    except UsageError as error:  # who signs need not have what checks a signature
        return (f"Signed; if the audit takes it is not known here: {error.message}",)
    return tuple(f"{begun(refused)}: {said} {again}" for said in told)


def _unconfirmed(
    session: Session, changes: Iterable[str], oid: str, branch: str | None
) -> tuple[str, ...]:
    """What two principals sign, where there are two: the audit asks it of this commit."""
    if sum(principal.in_force(session.on) for principal in session.before.principals()) < 2:
        return ()
    from b40cli.rules.record.signed.signatures import two_sign

    asking = two_sign(changes)
    if not asking:
        return ()
    cure = (
        f"git merge --no-ff -S {branch}"
        if branch
        else f"git commit -S --allow-empty -m confirmed --trailer B40-Confirms={oid}"
    )
    told = asking[0].removeprefix("registry/")
    return (f"Two principals sign for {told}. The other one confirms this commit: {cure}",)


def fill(text: str, indent: str = "") -> str:
    """A line for a reader, folded at 80 columns between words."""
    return textwrap.fill(
        text,
        80,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_bytes(session: Session, edits: Iterable[Edit]) -> dict[str, bytes]:
    """The exact bytes of every file the edits touch; other bytes of a file stay as they are."""
    return {path: _bytes_of(session, path, its) for path, its in by_path(edits).items()}


def _bytes_of(session: Session, path: str, edits: list[Edit]) -> bytes:
    there = path in session.snapshot
    if not there and is_reserved(path):
        raise UsageError(
            f"{path} is no name for a file on Windows.", "Choose another name, such as one longer."
        )
    if isinstance(edits[0], Deposit):
        return edits[0].data
    if isinstance(edits[0], Create) and there:
        raise ConflictError(f"{path} exists already.", "Choose another name; ids stay.")
    held = session.repository.blob(session.snapshot.tree[path]) if there else b""
    if path in session.before.corrections():
        from b40cli.acts.change.corrected import as_filed

        edits = as_filed(session.before, path, edits)
    return written(path, edits, held)


def judged(session: Session, changes: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """What the judge says of the overlay: HEAD with exactly these bytes."""
    return _judged(session, overlay(session.snapshot, changes), changes)


def state_after(session: Session, edits: Iterable[Edit]) -> Registry:
    """The register as the edits leave it; UsageError where they make no record."""
    changes = as_bytes(session, edits)
    return session.before.followed(overlay(session.snapshot, changes), changes)


def _judged(session: Session, held: Snapshot, changes: Mapping[str, bytes]) -> tuple[Finding, ...]:
    # An act's legal day may lie before the day it is recorded, never after it.
    before, blob = session.before, session.repository.blob
    after = before.followed(held, changes)
    findings = judge_change(before, after, changes, session.on, blob=blob)
    findings += tuple(_no_mandates(session, after, changes))
    told = with_places(findings, lambda path: changes.get(path) or _committed(session, path))
    # What is wrong with the records the act writes comes before what follows from it elsewhere.
    return tuple(sorted(told, key=lambda found: (*gravity(found), found.file not in changes)))


def _no_mandates(session: Session, after: Registry, changes: Collection[str]) -> Iterator[Finding]:
    """Of an act under rule set 1, what the judge says from set 2 on of mandates made none."""
    if rule_set_on(session.before, session.on) > 1:
        return
    corrections = (each for of in after.corrections().values() for each in of)
    corrected = {each.corrects for each in corrections if each.path in changes}
    for path in {*changes, *corrected}:
        was, now = session.before.member_in(path), after.member_in(path)
        if was and now and was.mayors != now.mayors:
            for b in mandates_made_none(was, now, session.on):
                told = (RECORD, b.message, b.remedy, path, b.at)
                yield Finding("dates-in-order", "validity", *told, facts=b.facts)


def _committed(session: Session, path: str) -> bytes | None:
    """The bytes at HEAD of a record the act leaves alone: findings can lie there, too."""
    oid = session.snapshot.tree.get(path)
    return None if oid is None else session.repository.blob(oid)


def commit_message(session: Session, proposal: Proposal[Any], undoes: str | None = None) -> str:
    """Subject, a body a person can read, and the trailers that help searching."""
    on = proposal.on or session.on
    edition = edition_on(session.before, on)
    trailers = {
        "B40-Act": proposal.act,
        "B40-Subject": proposal.subject,
        "B40-Decision": proposal.decision,
        "B40-Undoes": undoes,
        "B40-On": str(on),
        "B40-Edition": edition.id if edition else None,
        "B40-Actor": session.repository.actor(),
        "B40-Version": __version__,
    }
    lines = [f"{name}: {value}" for name, value in trailers.items() if value]
    told = starred(proposal.headline), starred("\n".join(proposal.body))
    paragraphs = [*told, "\n".join(lines)]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _answer(
    session: Session,
    proposal: Proposal[Result],
    findings: tuple[Finding, ...],
    commit: str | None,
    told: str | None,
) -> Answer[Result]:
    refused = refuses(findings)
    return Answer(
        command=proposal.act,
        on=str(proposal.on or session.on),
        status=session.network.status,
        ok=not refused,
        commit=commit,
        findings=findings,
        result=proposal.result,
        exit_code=1 if refused else 0,
        told=told if told is not None else f"refused: {proposal.headline}",
        beside={"name": called_by(session.before), "point": questions_of(session.before)},
    )
