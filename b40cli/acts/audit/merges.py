"""Merges: what came whole from one side was judged there; what was mended by hand is judged here.

A record that one side had changed, and that the merge holds otherwise than that side, is a change
to it: closed records are closed on either side. Of a record that came whole from the other side it
is only asked whether the state it makes is lawful, for its days are those of its own commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from b40cli.acts.judging import judge_change
from b40cli.model.finding import Finding
from b40cli.model.registry import Registry
from b40cli.model.succession import Standing
from b40cli.rules.rule import Case
from b40cli.rules.table import judge
from b40cli.store.reading import read
from b40cli.store.replay import Change, Past, Recorded
from b40cli.store.states import Changed, State


def merged(
    past: Past, r: Recorded, before: Standing, after: Standing, on: date, kinds: frozenset[str]
) -> Iterator[Finding]:
    """What is found in a merge: against its first parent, and what it makes of the others' work."""
    changed = {c.path for c in r.changes}
    against = past.differences([(parent, r.oid) for parent in r.parents[1:]])
    begun = _since_parting(past, r)
    whole = {
        path
        for path in changed
        if path not in begun[0] and any(path not in _paths(changes) for changes in against)
    }
    lawful = _said(judge(Case(None, after, on), whole, kinds))
    for finding in judge_change(before, after, changed, on, kinds):
        if finding.file not in whole or _same(finding) in lawful:
            yield finding
    for changes, theirs in zip(against, begun[1:], strict=True):
        yield from _unmade(past, [c for c in changes if c.path in theirs], after, on)


def _since_parting(past: Past, r: Recorded) -> list[frozenset[str]]:
    """What each side changed since they parted; all there is, where they never were one."""
    parted = past.parting(r.parents)
    if parted is None:
        return [frozenset(past.tree(parent)) for parent in r.parents]
    return [_paths(c) for c in past.differences([(parted, parent) for parent in r.parents])]


def _unmade(past: Past, changes: Iterable[Change], after: Standing, on: date) -> Iterator[Finding]:
    """What a merge does to records that the other side had changed."""
    held = {c.path: c.was for c in changes if c.was is not None}
    data = past.bytes_of(list(held.values()))
    texts = {path: read(path, next(data) or b"").text for path in held}
    records = {path: (held[path], text) for path, text in texts.items() if text is not None}
    assert isinstance(after.records, State | Changed)
    theirs = Registry(Changed(after.records, records))
    state = _said(judge(Case(None, after, on), records))
    yield from (f for f in judge(Case(theirs, after, on), records) if _same(f) not in state)


def _paths(changes: Iterable[Change]) -> frozenset[str]:
    return frozenset(change.path for change in changes)


def _said(findings: Iterable[Finding]) -> set[tuple[str, str, str]]:
    return set(map(_same, findings))


def _same(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.file, finding.message
