"""A branch's acts made again on the base as it is now: judged anew, with new ids where they must.

Whoever does it is their actor. Nothing is written here: what would be is told first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli import __version__
from b40cli.acts.audit.merges import came_whole
from b40cli.acts.audit.undone import ACT, undone
from b40cli.acts.judge.judging import judge_change, with_places
from b40cli.acts.review.branch import day_of_act
from b40cli.model.errors import ConflictError
from b40cli.model.finding import Finding, refuses
from b40cli.model.ref import FILED_BY_YEAR, Ref, ref_of
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import edition_on
from b40cli.store.git.commit_stream import FileChange, Recorded
from b40cli.store.git.remaking import Step
from b40cli.store.git.repository import Repository
from b40cli.store.schema import kind_of, order
from b40cli.store.snapshot import Snapshot, load, overlay
from b40cli.store.yaml.carrying import Carried, carried
from b40cli.store.yaml.dialect import parse

if TYPE_CHECKING:
    from b40cli.model.results.history import ActAgain, IdMoved

ANOTHER_MEETING = (
    "If it is the same meeting, the base has it already: git branch -D lets this branch go. If it "
    "is another one on that day: b40 meeting convene KIND --opens TIME --slug WORD --branch NEW."
)
BY_HAND = "Make that act again by hand, on a branch that begins on the base: b40 … --branch NEW."


class Again(NamedTuple):
    """What making them again comes to: each act, the ids that move, what the judge refuses."""

    acts: tuple[ActAgain, ...]
    steps: tuple[Step, ...]
    ids: tuple[IdMoved, ...]
    refused: tuple[Finding, ...] = ()

    def lines(self) -> list[str]:
        """What changes, for whoever is asked."""
        told = [f"  {act['becomes']:<10}  {act['subject']}" for act in self.acts]
        for moved in self.ids:
            sent = f", though it stands in {' and '.join(moved['letters'])}"
            told.append(
                f"  new id      {moved['was']} becomes {moved['becomes']}"
                f"{sent if moved['letters'] else ''}"
            )
        return told

    @property
    def lettered(self) -> bool:
        """Whether an id moves that a letter on record bears."""
        return any(moved["letters"] for moved in self.ids)


class _Ground:
    """The base as it grows, act by act, and what the branch's ids are called there."""

    def __init__(self, repository: Repository, base: str) -> None:
        self.repository = repository
        self.snapshot: Snapshot = load(repository, repository.tree(base))
        self.written: dict[str, bytes] = {}
        self.made: dict[str, bytes] = {}
        self.names: dict[str, str] = {}

    def blob(self, oid: str) -> bytes:
        """The bytes of a blob, which the repository need not hold yet."""
        return self.made[oid] if oid in self.made else self.repository.whole(oid)

    def bytes_at(self, path: str) -> bytes:
        return self.written[path] if path in self.written else self.blob(self.snapshot.tree[path])

    def path(self, path: str) -> str:
        ref = ref_of(path)
        moved = ref.kind in FILED_BY_YEAR and ref.id in self.names
        return Ref(ref.kind, self.names[ref.id]).path if moved else path

    def renamed(self, value: Any) -> Any:
        """A value with every id in it as it is called there, in one pass."""
        if not self.names:
            return value
        if isinstance(value, str):
            ids = r"\b(?:" + "|".join(map(re.escape, self.names)) + r")\b"
            return re.sub(ids, lambda found: self.names[found[0]], value)
        if isinstance(value, dict):
            return {key: self.renamed(each) for key, each in value.items()}
        return [self.renamed(each) for each in value] if isinstance(value, list) else value


def made_again(repository: Repository, base: str, tip: str, on: date) -> Again:
    """Every act of `base..tip` on `base`; ConflictError where both sides changed one place."""
    commits = repository.past().commits(base, tip)
    pairs = undone(repository, commits)
    out = {*pairs, *pairs.values()}
    ground = _Ground(repository, base)
    acts: list[ActAgain] = []
    steps: list[Step] = []
    for r in commits:
        if r.oid in out or _brings_the_base(repository, r):
            acts.append(_told(r, "left out" if r.oid not in out else "taken back"))
            continue
        before = Registry(ground.snapshot)
        changes = dict(_changes(ground, r))
        acts.append(_told(r, "again" if changes else "already so"))
        if changes:
            refused = _judged(ground, before, r, changes, on)
            if refused:
                return Again((*acts[:-1], _told(r, "refused")), (), _ids(ground, tip), refused)
            steps.append(Step(changes, _message(ground, before, r)))
    return Again(tuple(acts), tuple(steps), _ids(ground, tip))


def _brings_the_base(repository: Repository, r: Recorded) -> bool:
    """Whether a commit is a merge that changes nothing of its own; ConflictError for another."""
    if len(r.parents) < 2:
        return not r.changes
    both = {change.path for change in r.changes} - came_whole(repository.past(), r)
    if not all(_says_what_both_say(repository, r, path) for path in both):
        raise ConflictError(f"{_named(r)} is a merge with something of its own.", BY_HAND)
    return True


def _says_what_both_say(repository: Repository, r: Recorded, path: str) -> bool:
    """Whether a record of a merge is what one line's change makes of the other's, in any order."""
    parted, kind = repository.past().parting(r.parents[:2]), kind_of(path)
    if parted is None or len(r.parents) > 2 or kind in (None, "document"):
        return False
    oids = [repository.tree(each).get(path) for each in (parted, *r.parents, r.oid)]
    was, ours, theirs, merged = (repository.whole(oid) if oid else b"" for oid in oids)
    if not all((was, ours, theirs, merged)):
        return False
    found = carried(was, ours, theirs, order(kind or ""), lambda value: value)
    return not found.clashes and _unordered(parse(found.data)) == _unordered(parse(merged))


def _unordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unordered(each) for key, each in value.items()}
    return sorted(repr(_unordered(each)) for each in value) if isinstance(value, list) else value


def _changes(ground: _Ground, r: Recorded) -> Iterator[tuple[str, bytes]]:
    """The bytes that an act leaves there, by path; nothing where it is so already."""
    made = [change for change in r.changes if change.was is None and change.now is not None]
    for change in made:
        _take_id(ground, change, made)
    for change in r.changes:
        if change.now is None or change.odd is not None:
            raise ConflictError(f"{_named(r)} takes {change.path} away.", BY_HAND)
        path = ground.path(change.path)
        data = _created(ground, r, path, change) if change in made else _edited(ground, r, change)
        if path not in ground.snapshot or data != ground.bytes_at(path):
            yield path, data


def _take_id(ground: _Ground, change: FileChange, made: Sequence[FileChange]) -> None:
    """The next free number of a series, where another record has the id by now.

    An act may make several records of a series: what it makes beside is taken as well.
    """
    ref, tree = ref_of(change.path), ground.snapshot.tree
    if ref.kind not in FILED_BY_YEAR or tree.get(change.path, change.now) == change.now:
        return
    series = ref.id[:-3]
    ids = (*(ref_of(path).id for path in (*tree, *(c.path for c in made))), *ground.names.values())
    taken = max(int(each[-3:]) for each in ids if each.startswith(series))
    ground.names[ref.id] = f"{series}{taken + 1:03d}"


def _created(ground: _Ground, r: Recorded, path: str, change: FileChange) -> bytes:
    data = ground.blob(change.now or "")
    if path in ground.snapshot and ground.bytes_at(path) != data:
        raise ConflictError(
            f"{_named(r)} begins {ref_of(path)}, which the base has by now.",
            ANOTHER_MEETING if ref_of(path).kind == "meetings" else BY_HAND,
        )
    return data if kind_of(path) == "document" else str(ground.renamed(data.decode())).encode()


def _edited(ground: _Ground, r: Recorded, change: FileChange) -> bytes:
    path = ground.path(change.path)
    if path not in ground.snapshot:
        raise ConflictError(f"{_named(r)} changes {ref_of(path)}, which the base has not.", BY_HAND)
    kind, here = kind_of(path), ground.snapshot.tree[path]
    was, now = ground.blob(change.was or ""), ground.blob(change.now or "")
    if here == change.was and not ground.names:
        return now
    if kind == "document":  # No id in it moves, and no part of it is a change of its own.
        found = Carried(now, () if here in (change.was, change.now) else ("all",))
    else:
        keys = order(kind or "network")
        found = carried(was, now, ground.bytes_at(path), keys, ground.renamed)
    if found.clashes:
        where = ", ".join(found.clashes)
        raise ConflictError(
            f"{_named(r)} changes {where} of {ref_of(path)}, and so did the base.", BY_HAND
        )
    return found.data


def _judged(
    ground: _Ground, before: Registry, r: Recorded, changes: Mapping[str, bytes], on: date
) -> tuple[Finding, ...]:
    """What the judge refuses of the act there; the ground has grown by it."""
    ground.snapshot = overlay(ground.snapshot, changes)
    ground.written |= changes
    ground.made |= {ground.snapshot.tree[path]: data for path, data in changes.items()}
    day, blob = day_of_act(r, on), ground.blob
    found = judge_change(before, Registry(ground.snapshot), changes, day, blob=blob)
    refusing = [finding for finding in found if refuses([finding])]
    return with_places(refusing, ground.written.get)


def _message(ground: _Ground, before: Registry, r: Recorded) -> str:
    """The act's words with the ids they have there; whoever makes it again is its actor."""
    said = str(ground.renamed(f"{r.commit.subject}\n\n{r.commit.body}")).rstrip()
    note = f"Made again; first recorded as {r.oid[:12]} by {r.commit.author}."
    if ACT not in r.commit.trailers:
        return f"{said}\n\n{note}\n"
    text, _gap, trailers = said.rpartition("\n\n")
    edition = edition_on(before, day_of_act(r, date.max))
    renewed = {
        "B40-Actor": ground.repository.actor(),
        "B40-Version": __version__,
        "B40-Edition": edition.id if edition else "",
    }
    lines = (line.partition(": ") for line in trailers.splitlines())
    said_now = ((key, renewed.get(key, value)) for key, _colon, value in lines)
    told = (f"{key}: {value}" for key, value in said_now if value)
    return "\n\n".join((text, note, "\n".join(told))) + "\n"


def _ids(ground: _Ground, tip: str) -> tuple[IdMoved, ...]:
    """The ids that move, each with the letters on record in the branch that name it."""
    if not ground.names:
        return ()
    repository = ground.repository
    registry = Registry(load(repository, repository.tree(tip)))
    return tuple(
        {"was": was, "becomes": new, "letters": list(_letters(registry, was))}
        for was, new in ground.names.items()
    )


def _letters(registry: Registry, name: str) -> Iterator[str]:
    """What was sent, or filed, under an id."""
    decision = registry.decision(name)
    data = registry.data(Ref("decisions", name).path) or registry.data(
        Ref("corrections", name).path
    )
    if data and data.get("evidence"):
        yield "its own paper"
    for meeting in registry.meetings():
        listed = {entry.get("decision") for entry in meeting.agenda}
        if meeting.notice and name in {*meeting.notice.motions, *listed}:
            yield f"the notice of {meeting.id}"
        if meeting.minutes and decision is not None and decision.meeting == meeting.id:
            yield f"the minutes of {meeting.id}"
        if any(name in letter.get("decisions", ()) for letter in meeting.dispatches):
            yield f"a dispatch of {meeting.id}"


def _named(r: Recorded) -> str:
    return f"{r.oid[:12]} ({r.commit.subject})"


def _told(r: Recorded, becomes: Any) -> ActAgain:
    return {"commit": r.oid, "subject": r.commit.subject, "becomes": becomes}
