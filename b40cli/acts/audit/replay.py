"""Replaying history: each commit is put to the judge beside what its parent left.

The state moves along with the commits, so a commit costs what it changes. Records of every age are
read by the schemas the tool ships now. A file that cannot be read is a finding at its commit; what
it held before stands in for it, so that nobody slips a change in by breaking a record first and
mending it later.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice, starmap
from typing import NamedTuple

from b40cli.acts.audit.kinds import CommitKind
from b40cli.acts.audit.merges import judge_merge
from b40cli.acts.audit.trailers import ActCommit, changes_nothing, day_told, disagreeing, no_act
from b40cli.acts.judge.judging import judge_change, new_elsewhere, told_by_bytes
from b40cli.model.errors import MissingObject
from b40cli.model.finding import GRAVE, Finding, in_order
from b40cli.model.state.change import WORD, folders_above, nodes_of
from b40cli.model.state.incremental import Following, MovingRegistry
from b40cli.rules.case.rule import RECORD, Case
from b40cli.rules.record.reach import touched
from b40cli.rules.table import judge
from b40cli.store.cache import Cache
from b40cli.store.correcting import FOLDER as CORRECTIONS
from b40cli.store.correcting import misshapen
from b40cli.store.git.commit_stream import FileChange, Recorded, plain
from b40cli.store.git.repository import Repository
from b40cli.store.moving_tree import Changed, MovingTree
from b40cli.store.reading import read
from b40cli.store.snapshot import key, texts_of
from b40cli.store.two_processes import MANY, in_two

# The commits whose trailers are worked out again.
SAYING = ("act", "undo")
# So many commits are read before the first of them is judged.
AHEAD = 1000
ChangedRecords = dict[str, tuple[str, str] | None]


class Judged(NamedTuple):
    """What the audit says of one commit: only what takes an act's effect away, or breaks a file."""

    oid: str
    findings: tuple[Finding, ...]


class Read(NamedTuple):
    """What a commit made of the records: path to blob and text, or to nothing; and its defects."""

    records: ChangedRecords
    defects: tuple[Finding, ...]


class Replay:
    """History as far as it was replayed: the state of the commit `at`.

    `tip` is the tree history ends in, path to blob: every command reads these records, and looks
    for them among those of a state; those of the past have a place of their own.
    `asked` are the kinds of findings the judge is asked for.
    """

    def __init__(
        self, repository: Repository, tip: Mapping[str, str], asked: frozenset[str] = GRAVE
    ) -> None:
        self.repository = repository
        self.asked = asked
        self._tip = tip
        self._fresh: dict[str, str] = {}
        self._ways: dict[tuple[str | None, str | None], ChangedRecords] = {}
        self.past = repository.past()
        self.state = MovingTree({}, {})
        self.standing = MovingRegistry(self.state)
        self.at: str | None = None
        # What refers to itself is not taken apart record by record when a command ends.
        self._itself = self

    def judged(
        self, commits: Sequence[Recorded], kinds: Mapping[str, CommitKind]
    ) -> Iterator[Judged]:
        """What is found in each commit, in turn."""
        for r, found in zip(commits, self._readings(commits), strict=True):
            kind = kinds[r.oid]
            if len(r.parents) < 2 and all(c.was == c.now and c.odd is None for c in r.changes):
                yield Judged(r.oid, tuple(changes_nothing(r, kind)))
                continue
            self.move(r.parent)
            yield Judged(r.oid, self._findings(r, kind, found))
            self.at = r.oid

    def look_ahead(self, ahead: str | None) -> None:
        """Read what a later commit left, in two processes: who goes on from there need not."""
        if ahead is not None and self.at is not None:
            way = self._ways[self.at, ahead] = self._way(ahead)
            self._known |= {key(path, x[0]): x[1] for path, x in way.items() if x}

    def unread(self, commits: Iterable[Recorded]) -> float:
        """The share of the records that commits made which nobody has read."""
        made = [key(c.path, c.now) for r in commits for c in r.changes if c.now]
        return sum(each not in self._known for each in made) / max(len(made), 1)

    @cached_property
    def _known(self) -> dict[str, str]:
        """What an earlier audit read, or any command: by path and blob."""
        return {k: text for cache in self._caches() for k, text in cache.texts().items()}

    def _caches(self) -> tuple[Cache, Cache]:
        folder = self.repository.cache_folder()
        return Cache(folder, "records"), Cache(folder, "versions")

    def note(self) -> None:
        """Keep what was read, each record at every age."""
        at_tip = self._fresh and self._fresh.keys() & set(starmap(key, self._tip.items()))
        last, earlier = self._caches()
        last.add((k, self._fresh[k]) for k in at_tip)
        earlier.add((k, text) for k, text in self._fresh.items() if k not in at_tip)
        self._fresh = {}

    def _readings(self, commits: Iterable[Recorded]) -> Iterator[Read]:
        """The records each commit made, their bytes streamed; many at once in two processes."""
        few = [c for r in commits if len(r.changes) < MANY for c in r.changes]
        asked = [
            c.now for c in few if c.now and c.odd is None and key(c.path, c.now) not in self._known
        ]
        streamed = self.past.bytes_of(asked)
        here = iter(commits)
        # Many at once: read and judged in turns, each would cost an eighth more.
        while some := list(islice(here, AHEAD)):
            yield from [
                self._read_many(r.changes)
                if len(r.changes) >= MANY
                else self._read(r.changes, streamed)
                for r in some
            ]

    def _read(self, changes: Sequence[FileChange], streamed: Iterator[bytes | None]) -> Read:
        records: ChangedRecords = {}
        defects: list[Finding] = []
        for c in changes:
            if (odd := c.odd) is not None:
                defects.append(odd)
            elif c.now is None:
                records[c.path] = None
            elif (text := self._known.get(key(c.path, c.now))) is not None:
                records[c.path] = c.now, text
            elif (data := next(streamed)) is None:
                lost = MissingObject(c.now)
                defects.append(
                    Finding("object-missing", "defect", RECORD, lost.message, lost.remedy, c.path)
                )
            else:
                reading = read(c.path, data)
                defects += reading.findings
                if reading.text is not None:
                    records[c.path] = c.now, reading.text
                    self._fresh[key(c.path, c.now)] = reading.text
        return Read(records, tuple(defects))

    def _read_many(self, changes: Sequence[FileChange]) -> Read:
        odd = [finding for c in changes if (finding := c.odd) is not None]
        records, findings = self._read_tree(plain(changes))
        records |= {c.path: None for c in changes if c.now is None}
        return Read(records, (*odd, *findings))

    def _read_tree(self, tree: Mapping[str, str]) -> Read:
        texts = {p: t for p, oid in tree.items() if (t := self._known.get(key(p, oid)))}
        unread = {path: oid for path, oid in tree.items() if path not in texts}
        fresh, findings = texts_of(self.repository, unread) if unread else ({}, ())
        texts |= fresh
        return Read({path: (tree[path], text) for path, text in texts.items()}, findings)

    def _findings(self, r: Recorded, kind: CommitKind, found: Read) -> tuple[Finding, ...]:
        broken = _misshapen(self.standing, self.state, found.records)
        records = _without(found.records, broken)
        on = (day_told(r) if kind in SAYING else None) or date.fromisoformat(r.commit.day)
        many = len(records) >= MANY
        after = self._afresh(records) if many else self._following(records)
        judged = self._judged(r, kind, after, records, on)
        trailers = disagreeing(ActCommit(r, self.standing, after)) if kind in SAYING else ()
        whole = (*found.defects, *broken, *judged, *trailers, *no_act(r, kind))
        self._settle(after)
        return in_order(f for f in whole if f.kind in GRAVE)

    def _judged(
        self,
        r: Recorded,
        kind: CommitKind,
        after: MovingRegistry,
        records: ChangedRecords,
        on: date,
    ) -> Iterable[Finding]:
        if kind == "undo":
            return ()
        blob = self.repository.blob
        if kind == "merge":
            return judge_merge(self.past, r, self.standing, after, on, self.asked, blob)
        if isinstance(after, Following):
            return judge_change(self.standing, after, records, on, self.asked, blob=blob)
        return self._judge_many(after, records, on)

    def _judge_many(
        self, after: MovingRegistry, records: ChangedRecords, on: date
    ) -> tuple[Finding, ...]:
        """The judge of a very large change, in two processes."""
        case = Case(self.standing, after, on)
        found = in_two(lambda some: list(judge(case, some, self.asked)), sorted(records))
        begun = self.standing.paths("")
        rest = set(touched(self.standing, after, records, self.asked) if begun else ())
        by_bytes = told_by_bytes(case, records, found, self.repository.blob)
        return (*found, *by_bytes, *new_elsewhere(case, rest - records.keys(), self.asked))

    def _afresh(self, records: ChangedRecords) -> MovingRegistry:
        """The registry after a very large change: nothing of before is worth keeping."""
        tree, texts = dict(self.state.tree), dict(self.state.texts)
        for path, record in records.items():
            tree.pop(path, None)
            texts.pop(path, None)
            if record is not None:
                tree[path], texts[path] = record
        return MovingRegistry(MovingTree(tree, texts))

    def _overwrite(self, records: ChangedRecords) -> None:
        """Put in very many records at once, where nobody asks what was before."""
        for path, record in records.items():
            self.state.put(path, *(record or (None, None)))
        self.standing = MovingRegistry(self.state)

    def _following(self, records: ChangedRecords) -> Following:
        changed = Changed(self.state, records)
        return Following(self.standing, changed, _nodes(self.standing, self.state, records))

    def _settle(self, after: MovingRegistry) -> None:
        """Let the state become the one after a change."""
        if isinstance(after, Following):
            after.settle()
            assert isinstance(after.records, Changed)
            after.records.settle()
        else:
            assert isinstance(after.records, MovingTree)
            self.state, self.standing = after.records, after

    def move(self, to: str | None) -> None:
        """Let the state be the one another commit left; nothing is judged on the way."""
        if to == self.at:
            return
        records = self._ways.get((self.at, to)) or self._way(to)
        if self.at is None:
            self._settle(self._afresh(records))
        elif len(records) < MANY:
            self._settle(self._following(records))
        else:
            self._overwrite(records)
        self.at = to

    def _way(self, to: str | None) -> ChangedRecords:
        """What lies between the state here and the one another commit left."""
        if to is None:
            return dict.fromkeys(self.state.tree)
        if self.at is None:
            held, odd = self.past.entries(to)
            records, came = self._read_tree(held).records, [*held, *(e.path for e in odd)]
        else:
            changes = self.past.differences([(self.at, to)])[0]
            records, came = self._read_many(changes).records, [c.path for c in changes if c.now]
        unread = [path for path in came if path not in records]
        records |= {path: self._last_read(to, path) for path in unread}
        return _without(records, _misshapen(self.standing, self.state, records))

    def _last_read(self, at: str, path: str) -> tuple[str, str] | None:
        """What a file that cannot be read held when it last could be."""
        for change in self.past.versions(at, path):
            if change.now is None:
                return None
            data = next(self.past.bytes_of([change.now]))
            if data is not None and change.odd is None and (text := read(path, data).text):
                return change.now, text
        return None


def _misshapen(
    standing: MovingRegistry, state: MovingTree, records: ChangedRecords
) -> tuple[Finding, ...]:
    """Corrections that leave a record without its shape: they are as good as unreadable."""
    corrected = standing.corrections()
    if not any(path.startswith(CORRECTIONS) or path in corrected for path in records):
        return ()
    texts = {**state.texts, **{p: x[1] if x else "" for p, x in records.items()}}
    return misshapen(texts, records)


def _without(records: ChangedRecords, broken: Iterable[Finding]) -> ChangedRecords:
    files = {finding.file for finding in broken}
    return {path: record for path, record in records.items() if path not in files}


def _nodes(
    standing: MovingRegistry, state: MovingTree, records: ChangedRecords
) -> Iterator[Hashable]:
    """What a change bears on: records, the folders whose lists it moves, words that come or go."""
    yield from nodes_of(records)
    for path, record in records.items():
        old, new = state.texts.get(path, ""), record[1] if record else ""
        yield from (WORD + word for word in standing.words if word in old or word in new)
        if bool(old) != bool(new):
            yield from folders_above((path,))
