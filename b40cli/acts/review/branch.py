"""A branch beside its base: what a merge would change, and the commits it would bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from b40cli.acts.audit.line import (
    backwards,
    beside_an_upgrade,
    from_days_to_come,
    irregular,
    odd_folders,
    programs,
)
from b40cli.acts.audit.merges import judge_merge
from b40cli.acts.audit.undone import standing_base, undone
from b40cli.acts.judge.judging import changed_paths, judge_change, with_places
from b40cli.acts.review.base_law import by_base
from b40cli.model.errors import UsageError
from b40cli.model.finding import GRAVE, Finding, refuses
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import RECORD
from b40cli.rules.record.append_only import GROWS
from b40cli.store.correcting import misshapen
from b40cli.store.git.commit_stream import FileChange, Recorded, line_of
from b40cli.store.git.repository import Repository
from b40cli.store.reading import read
from b40cli.store.snapshot import Snapshot, texts_of

# How many states follow each other before one is read for itself: what one works out is looked up
# in all that it follows.
FOLLOWING = 12
WITHOUT_END = "Write it like main..HEAD."


class Branch(NamedTuple):
    """What was asked for: commits by their full names, `parting` where the two lines parted.

    `behind` counts what the base has and the branch has not; `called`: the branch's own name.
    """

    words: str
    base: str
    head: str
    parting: str
    commits: tuple[Recorded, ...]
    behind: int
    called: str = ""


def branch_of(repository: Repository, words: str, called: str | None = None) -> Branch:
    """Read `BASE..HEAD`, `BASE...HEAD` (from where they parted) or `BASE`; raises UsageError."""
    dots = "..." if "..." in words else ".."
    base, _, head = words.partition(dots)
    if not base or ".." in head:
        raise UsageError(f"'{words}' names no base and head.", WITHOUT_END)
    oids = repository.resolve(base), repository.resolve(head or "HEAD")
    past = repository.past()
    parting, *others = past.partings(*oids) or (None,)
    if parting is None:
        raise _strangers(words, past.is_cut_off())
    if others:
        raise UsageError(
            f"The two sides of {words} parted more than once: each took in the other.",
            "Merge the base into the branch, then review it again.",
        )
    start = parting if dots == "..." else oids[0]
    if start == parting:
        start = parting = standing_base(repository, start, oids[1])
    behind = len(past.first_parents(oids[1], start)) if start != parting else 0
    commits = tuple(past.commits(start, oids[1]))
    return Branch(words, start, oids[1], parting, commits, behind, called or head)


def _strangers(words: str, cut_off: bool) -> UsageError:
    if cut_off:
        return UsageError(
            f"This clone is cut off before the two lines of {words} meet.",
            "Fetch the whole history: git fetch --unshallow.",
        )
    return UsageError(
        f"The two sides of {words} have no history in common.",
        "A branch begins on the register it changes: start it from the base.",
    )


class Merged(NamedTuple):
    """The registry as a merge would leave it, and the paths both sides changed."""

    tree: Mapping[str, str]
    contested: tuple[str, ...]


def merged(repository: Repository, branch: Branch, base: Mapping[str, str]) -> Merged:
    """The base's files with the branch's changes on top, file by file."""
    tip = repository.tree(branch.head)
    if branch.parting == branch.base:
        return Merged(tip, ())
    start = repository.tree(branch.parting)
    whole = dict(base)
    contested = []
    for path in sorted(changed_paths(start, tip)):
        if base.get(path) not in (start.get(path), tip.get(path)):
            contested.append(path)
        if path in tip:
            whole[path] = tip[path]
        else:
            whole.pop(path, None)
    return Merged(whole, tuple(contested))


def contested(paths: Iterable[str]) -> Iterator[Finding]:
    """Both sides changed the file: no merge is judged before a person has made it."""
    for path in paths:
        yield Finding(
            "both-sides-changed",
            "validity",
            RECORD,
            "The base changed this file since the branch parted from it, and so did the branch.",
            "Make its acts again on the base, then review it again: b40 sync --branch NAME "
            "--again.",
            path,
        )


def by_commit(
    repository: Repository, base: Registry, branch: Branch, on: date
) -> Iterator[Finding]:
    """What is unlawful in a commit, by the law of the base, even if a later one mends it."""
    told: set[tuple[str, str, str]] = set()
    taking_back = undone(repository, branch.commits)
    made = {r.oid for r in branch.commits}
    states = _States(repository, base, branch.commits)
    for r in branch.commits:
        before, after, defects = states.step(r)
        if taking_back.get(r.oid) in made:
            continue
        judged = by_base(base, before, after, _judged(repository, r, on))
        found = [f for f in (*defects, *judged) if refuses([f])]
        fresh = [f for f in found if (f.rule, f.file, f.message) not in told]
        told |= {(f.rule, f.file, f.message) for f in fresh}
        for f in with_places(fresh, _in_tree(repository, _held(after).tree)):
            yield f._replace(facts={**f.facts, "commit": r.oid})


def _judged(
    repository: Repository, r: Recorded, on: date
) -> Callable[[Registry, Registry], Iterable[Finding]]:
    """What puts a commit to the judge: a merge is held against each of its parents."""
    day, blob = day_of_act(r, on), repository.blob
    if len(r.parents) > 1:
        past = repository.past()
        return lambda before, after: judge_merge(past, r, before, after, day, GRAVE, blob)
    paths = [change.path for change in r.changes]
    return lambda before, after: judge_change(before, after, paths, day, GRAVE, blob=blob)


def by_the_way(finding: Finding, branch: Branch) -> bool:
    """Whether each commit beside its parent tells more surely than the branch as a whole.

    It does of a branch on the base's own tip: what a commit learnt of a record of an earlier one,
    the whole takes for known when that was made. And of what hangs on the day that is asked on, and
    of lists that grow, in which a merge may have what the branch added first.
    """
    grown = branch.parting == branch.base or finding.rule == GROWS
    return of_the_day_asked(finding) or (grown and bool(branch.commits) and refuses([finding]))


def of_the_day_asked(finding: Finding) -> bool:
    """Whether a finding hangs on the day it is asked on.

    By then the meeting was over; or nobody presided, of whom a convening without a notice says no
    day.
    """
    if ref_of(finding.file).kind != "meetings":
        return False
    convened = finding.rule == "convened-by" and "day" in finding.facts
    return convened or finding.rule == "closed-records-are-immutable"


def of_the_line(repository: Repository, branch: Branch, now: date | None) -> Iterator[Finding]:
    """What is wrong with the commits themselves: their times, and the form of their objects."""
    if not branch.commits:
        return
    past = repository.past()
    begun = past.time(line_of(branch.commits)[0].parent)
    faults = past.faults([r.oid for r in branch.commits])
    found = [*backwards(branch.commits, begun), *irregular(faults)]
    found += odd_folders(past, [r.oid for r in branch.commits])
    found += from_days_to_come(branch.commits, now) if now else ()
    found += programs(branch.commits)
    found += beside_an_upgrade(repository, branch.commits)
    yield from (f._replace(facts={**f.facts, "commit": oid}) for oid, f in found)


def day_of_act(r: Recorded, on: date) -> date:
    """The day an act says it is of, else the day of its commit; never later than the review's."""
    try:
        day = date.fromisoformat(r.commit.trailers.get("B40-On", ""))
    except ValueError:
        day = date.fromisoformat(r.commit.day)
    return min(day, on)


def in_commit(finding: Finding) -> Finding:
    """A finding of `by_commit`, with the commit named in its sentence."""
    return finding._replace(message=f"In commit {finding.facts['commit'][:10]}: {finding.message}")


def _in_tree(repository: Repository, tree: Mapping[str, str]) -> Callable[[str], bytes | None]:
    def bytes_of(path: str) -> bytes | None:
        oid = tree.get(path)
        return None if oid is None else repository.blob(oid)

    return bytes_of


class _States:
    """The registry after each commit of a range, kept as long as a child still needs it.

    Under the law of the base; each follows the one before it, some of them one read for itself.
    """

    def __init__(self, repository: Repository, base: Registry, commits: Iterable[Recorded]) -> None:
        self.repository = repository
        self.base = base
        self.kept: dict[str, Registry] = {}
        self.followed: dict[str | None, int] = {}
        self.waiting: dict[str | None, int] = {}
        for r in commits:
            self.waiting[r.parent] = self.waiting.get(r.parent, 0) + 1

    def step(self, r: Recorded) -> tuple[Registry, Registry, tuple[Finding, ...]]:
        """Before and after a commit, and what of it cannot be read: that stays as it was."""
        before = self._at(r.parent)
        snapshot, findings = _stepped(self.repository, _held(before), r.changes)
        since = self.followed.get(r.parent, 0) + 1
        self.followed[r.oid] = since % FOLLOWING
        paths = [change.path for change in r.changes]
        after = before.followed(snapshot, paths) if since % FOLLOWING else self._read(snapshot)
        if self.waiting.get(r.oid):
            self.kept[r.oid] = after
        return before, after, findings

    def _read(self, snapshot: Snapshot) -> Registry:
        """Of a base that holds no register there is no law: then each has its own."""
        found = Registry(snapshot)
        return found.under(self.base) if self.base.network else found

    def _at(self, parent: str | None) -> Registry:
        if parent is None:
            return self._read(Snapshot({}, {}))
        if parent not in self.kept:
            self.kept[parent] = self._read(self._standing(parent))
        self.waiting[parent] -= 1
        return self.kept[parent] if self.waiting[parent] else self.kept.pop(parent)

    def _standing(self, oid: str) -> Snapshot:
        """What stands at a commit; what of it cannot be read is as the base has it."""
        base, tree = _held(self.base), self.repository.past().tree(oid)
        texts, _findings = texts_of(self.repository, tree)
        lost = {path: base.tree.get(path) for path in tree.keys() - texts.keys()}
        texts |= {path: base.texts[path] for path, there in lost.items() if there}
        whole = {**tree, **lost}
        return Snapshot({path: there for path, there in whole.items() if there}, texts)


def _held(registry: Registry) -> Snapshot:
    assert isinstance(registry.records, Snapshot)
    return registry.records


def _stepped(
    repository: Repository, before: Snapshot, changes: Iterable[FileChange]
) -> tuple[Snapshot, tuple[Finding, ...]]:
    tree, texts = dict(before.tree), dict(before.texts)
    findings: list[Finding] = []
    changes = tuple(changes)
    data = dict(repository.blobs(c.now for c in changes if c.now and c.odd is None))
    for change in changes:
        if change.now is None:
            tree.pop(change.path, None)
            texts.pop(change.path, None)
        elif (odd := change.odd) is not None:
            findings.append(odd)
        else:
            found = read(change.path, data[change.now])
            findings += found.findings
            if found.text is not None:
                tree[change.path], texts[change.path] = change.now, found.text
    return before.with_changes(tree, texts), (*findings, *misshapen(texts))
