"""Merges: what came whole from one side was judged there; what was mended by hand is judged here.

A record that one side had changed, and that the merge holds otherwise than that side, is a change
to it: closed records are closed on either side. Of a record that came whole from the other side it
is only asked whether the state it makes is lawful, for its days are those of its own commits. So it
is of what a record that both had changed holds as the other side had it: what either line added to
a list that only grows may stand there in any order, and nothing of either is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from b40cli.acts.judge.judging import judge_change, same
from b40cli.acts.judge.taken_in import Blob
from b40cli.model.finding import Finding
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Case
from b40cli.rules.record.append_only import as_joined
from b40cli.rules.table import judge
from b40cli.store.git.commit_stream import FileChange, Past, Recorded
from b40cli.store.reading import read


def judge_merge(
    past: Past,
    r: Recorded,
    before: Registry,
    after: Registry,
    on: date,
    kinds: frozenset[str],
    blob: Blob,
) -> Iterator[Finding]:
    """What is found in a merge: against its first parent, and what it makes of the others' work."""
    sides = _sides(past, r)
    whole = _whole(r, sides)
    theirs = [_theirs(past, side, after) for side in sides]
    both = frozenset(path for _registry, paths in theirs for path in paths) - whole
    held = _said(f for there, paths in theirs for f in judge(Case(None, there, on), paths))
    state = {same(found): found for found in judge(Case(None, after, on), whole | both, kinds)}
    lines = [before, *(there for there, _paths in theirs)]
    ours, *others = (_joined(line, lines, after, both) for line in lines)
    for finding in judge_change(ours, after, _paths(r.changes), on, kinds, blob=blob):
        theirs_too = same(finding) in held and same(finding) in state
        if finding.file not in whole and not theirs_too:
            yield finding
        elif same(finding) in state:
            yield finding._replace(kind=state[same(finding)].kind)
    for there, (_registry, paths) in zip(others, theirs, strict=True):
        yield from _unmade(there, paths, after, on)


class Side(NamedTuple):
    """A further parent: what the merge holds otherwise than it, and what came since they parted."""

    against: tuple[FileChange, ...]
    ours: frozenset[str]
    theirs: frozenset[str]


def came_whole(past: Past, r: Recorded) -> frozenset[str]:
    """What a merge has from another parent, and its own line had not changed since they parted."""
    return _whole(r, _sides(past, r))


def _whole(r: Recorded, sides: Iterable[Side]) -> frozenset[str]:
    changed = _paths(r.changes)
    return frozenset().union(*(changed - side.ours - _paths(side.against) for side in sides))


def _sides(past: Past, r: Recorded) -> list[Side]:
    """Each further parent beside the first: of three lines, any two parted somewhere else."""
    others = r.parents[1:]
    against = past.differences([(parent, r.oid) for parent in others])
    return [
        Side(changes, *_since_parting(past, r.parents[0], parent))
        for parent, changes in zip(others, against, strict=True)
    ]


def _since_parting(past: Past, ours: str, theirs: str) -> tuple[frozenset[str], frozenset[str]]:
    """What either side changed since they parted.

    Where they never were one, all there is, and nothing comes whole: a line that begins by itself
    was judged beside nothing.
    """
    parted = past.parting((ours, theirs))
    if parted is None:
        strange = frozenset(past.tree(theirs))
        return strange.union(past.tree(ours)), strange
    here, there = past.differences([(parted, ours), (parted, theirs)])
    return _paths(here), _paths(there)


def _joined(
    line: Registry, lines: Iterable[Registry], after: Registry, both: Iterable[str]
) -> Registry:
    """The state of a line, its lists with what the merge has in them from the other lines."""
    joined = {}
    for path in both:
        mine, merged = line.recorded(path), after.recorded(path)
        others = [there for each in lines if each is not line and (there := each.recorded(path))]
        if mine and merged and (whole := as_joined(mine, others, merged)) != mine:
            joined[path] = whole
    return line.supposing(joined) if joined else line


def _theirs(past: Past, side: Side, after: Registry) -> tuple[Registry, tuple[str, ...]]:
    """The merged state with the records that a side had changed as that side had them."""
    changed = (c for c in side.against if c.path in side.theirs)
    held = {c.path: c.was for c in changed if c.was is not None}
    data = past.bytes_of(list(held.values()))
    texts = {path: read(path, next(data) or b"").text for path in held}
    records = {path: json.loads(text) for path, text in texts.items() if text is not None}
    return after.supposing(records), tuple(records)


def _unmade(theirs: Registry, paths: Iterable[str], after: Registry, on: date) -> Iterator[Finding]:
    """What a merge does to records that the other side had changed."""
    state = _said(judge(Case(None, after, on), paths))
    yield from (f for f in judge(Case(theirs, after, on), paths) if same(f) not in state)


def _paths(changes: Iterable[FileChange]) -> frozenset[str]:
    return frozenset(change.path for change in changes)


def _said(findings: Iterable[Finding]) -> set[tuple[str, str, str]]:
    return set(map(same, findings))
