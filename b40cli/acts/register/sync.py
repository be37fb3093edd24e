"""Two clerks, two clones: take in what is lawful, send what is ours, stop where both acted.

What came is judged commit by commit, each beside what its parent left, as the audit does; what goes
is judged the same way. Nothing is renumbered: an id may already stand on a letter.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli.acts.audit.kinds import kinds_of
from b40cli.acts.audit.line import backwards, from_days_to_come, irregular, odd_folders, out_of_step
from b40cli.acts.audit.rejudged import Rejudging
from b40cli.acts.audit.signing import verified
from b40cli.acts.audit.span import short
from b40cli.acts.audit.undone import sent_before, undone
from b40cli.acts.judge.judging import changed_paths, great_changes
from b40cli.acts.opened.session import open_session
from b40cli.acts.register.parted import (
    LAWLESS,
    Sides,
    SyncResult,
    acts_of,
    in_brief,
    many,
    parted,
    rewritten,
)
from b40cli.model.answer import Answer
from b40cli.model.finding import GRAVE, Finding, in_order
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.store.git.commit_stream import Recorded
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_sync import Exchange
from b40cli.store.snapshot import load

if TYPE_CHECKING:
    from b40cli.model.results.history import Synced

ACT = "sync"


def sync(place: Path | None, today: date, remote: str | None, dry_run: bool) -> Answer[Synced]:
    """Fetch, judge and fast-forward, or judge and push; stop where both sides acted (exit 4)."""
    session = open_session(place, today, None)
    repository = session.repository
    assert session.head is not None, "the register was read from it"
    repository.past().refuse_cut_off()
    exchange = repository.exchange(remote)
    theirs = exchange.fetch()
    met = Sides(repository, exchange, session.head, theirs, exchange.seen(), today)
    told = _met(met, dry_run)
    lines = "\n".join(map(_folded, (*told.lines, *_uncommitted(repository))))
    return Answer(
        ACT,
        str(today),
        session.network.status,
        told.code == 0,
        repository.head(),
        told.findings,
        _result(exchange, told),
        told.code,
        lines,
    )


def _result(exchange: Exchange, told: SyncResult) -> Synced:
    return {
        "remote": exchange.remote,
        "branch": exchange.theirs,
        "state": told.state,
        "taken": [],
        "sent": [],
        **told.result,
    }


def _folded(line: str) -> str:
    """A line for a reader, at most 80 columns; one to be typed stays whole."""
    if line.startswith(("  git ", "  b40 ")):
        return line
    hanging = " " * (len(line) - len(line.lstrip()) + 4) if line.startswith(" ") else ""
    return textwrap.fill(
        line, 80, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )


def _met(met: Sides, dry_run: bool) -> SyncResult:
    theirs, seen = met.theirs, met.seen
    past = met.repository.past()
    if seen is not None and (theirs is None or not past.leads_to(seen, theirs)):
        return rewritten(met, seen)
    if theirs == met.ours:
        return _settled(met, dry_run)
    if theirs is None or past.leads_to(theirs, met.ours):
        return _send(met, dry_run)
    if past.leads_to(met.ours, theirs):
        return _take_in(met, theirs, dry_run)
    return parted(met, theirs)


def _settled(met: Sides, dry_run: bool) -> SyncResult:
    if not dry_run:
        met.exchange.remember(met.ours)
    return SyncResult("same", (f"Nothing to do: {met.exchange.shared} and this clone agree.",), {})


def _take_in(met: Sides, theirs: str, dry_run: bool) -> SyncResult:
    came = met.repository.past().commits(met.ours, theirs)
    findings = _judged(met, met.ours, came)
    listed = in_brief(came)
    if findings:
        head = f"Refused: {many(came)} came from {met.exchange.shared}, and not all is lawful."
        way = "Nothing was taken in. Show the findings to whoever recorded it."
        return SyncResult(
            "refused", (head, *listed, way), {"came": acts_of(came)}, findings, LAWLESS
        )
    listed += _great(met.repository, met.ours, came)
    if dry_run:
        head = f"Would take in {many(came)} from {met.exchange.shared}; all of it is lawful."
        return SyncResult("behind", (head, *listed), {"came": acts_of(came)})
    met.exchange.forward(met.ours, theirs)
    met.exchange.remember(theirs)
    head = f"Took in {many(came)} from {met.exchange.shared}, judged and lawful."
    return SyncResult("taken", (head, *listed), {"taken": acts_of(came)})


def _send(met: Sides, dry_run: bool) -> SyncResult:
    going = met.repository.past().commits(met.theirs, met.ours)
    findings = _judged(met, met.theirs, going)
    listed = (*in_brief(going), *_great(met.repository, met.theirs, going))
    if findings:
        head = f"Refused: {many(going)} would go to {met.exchange.shared}, not all is lawful."
        way = _way_back(met) if met.theirs else ("Nothing was sent.",)
        return SyncResult(
            "refused", (head, *listed, *way), {"going": acts_of(going)}, findings, LAWLESS
        )
    if dry_run:
        head = f"Would send {many(going)} to {met.exchange.shared}."
        return SyncResult("ahead", (head, *listed), {"going": acts_of(going)})
    met.exchange.push(met.ours, met.theirs)
    met.exchange.remember(met.ours)
    head = f"Sent {many(going)} to {met.exchange.shared}."
    return SyncResult("sent", (head, *listed), {"sent": acts_of(going)})


def _judged(met: Sides, base: str | None, commits: Sequence[Recorded]) -> tuple[Finding, ...]:
    """What the audit refuses in the commits: each beside its parent, and who signed it."""
    if not commits:
        return ()
    repository = met.repository
    past, taking_back = repository.past(), undone(repository, commits)
    kinds = kinds_of(commits, taking_back)
    again = Rejudging(repository, past.tree(commits[-1].oid))
    found = [*again.found(commits, kinds, _silent).items()]
    found += [(oid, (f,)) for oid, f in backwards(commits, past.time(base))]
    found += [(oid, (f,)) for oid, f in from_days_to_come(commits, met.today)]
    found += [(oid, (f,)) for oid, f in sent_before(taking_back, commits)]
    found += [(oid, (f,)) for oid, f in irregular(past.faults([r.oid for r in commits]))]
    found += [(oid, (f,)) for oid, f in odd_folders(past, out_of_step(past, base, commits))]
    found += [(str(f.facts["commit"]), (f,)) for f in verified(repository, commits)]
    return in_order(
        finding._replace(
            message=f"{short(oid)}: {finding.message}", facts={**finding.facts, "commit": oid}
        )
        for oid, findings in found
        for finding in findings
        if finding.kind in GRAVE
    )


def _silent(_done: int, _of: int) -> None:
    """What comes with one sync is soon judged: nobody is told how far it is."""


def _way_back(met: Sides) -> tuple[str, ...]:
    """What nobody else has seen may still be recorded otherwise; nothing is thrown away."""
    return (
        "Nothing was sent. Set aside what is here and record it again, lawfully:",
        f"  git branch set-aside-{met.ours[:12]}",
        f"  git reset --keep {met.theirs[:12] if met.theirs else ''}",
    )


def _uncommitted(repository: Repository) -> Iterator[str]:
    files = len(repository.dirty())
    if files:
        differ = "differs" if files == 1 else "differ"
        yield f"{counted(files, 'working file')} {differ} from what is committed."


def _great(
    repository: Repository, base: str | None, commits: Sequence[Recorded]
) -> tuple[str, ...]:
    """What all that came, or goes, takes away at once."""
    if base is None or not commits:
        return ()
    was, now = (repository.tree(oid) for oid in (base, commits[-1].oid))
    before, after = (Registry(load(repository, tree)) for tree in (was, now))
    day = date.fromisoformat(commits[-1].commit.day)
    return great_changes(before, after, changed_paths(was, now), day)
