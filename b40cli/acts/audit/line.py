"""What is asked of the line of history itself: its times, its ids, and where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from b40cli.acts.audit.kinds import NOTED, CommitKind
from b40cli.acts.audit.span import short
from b40cli.model.finding import Finding
from b40cli.model.ref import ref_of
from b40cli.model.state.forgotten import FORGOTTEN
from b40cli.model.state.registry import NETWORK, RULESETS
from b40cli.model.wording import counted
from b40cli.rules.case.rule import RECORD
from b40cli.rules.record.upgrade import AGAIN, TAKEN_IN
from b40cli.store.git.commit_stream import Past, Recorded, line_of
from b40cli.store.git.guard.safe_paths import PROGRAM, marked_as_program
from b40cli.store.git.repository import Repository


def backwards(commits: Sequence[Recorded], begun: int | None) -> Iterator[tuple[str, Finding]]:
    """Commits made before the one they stand on: an expired key could have signed such a one.

    `begun` is the time of the commit the line stands on. A merge stands on all its parents, or the
    register could be merged into a line that ends before a key did.
    """
    by_oid = {r.oid: r for r in commits}
    earlier = begun
    for r in line_of(commits):
        times = {p: by_oid[p].time for p in r.parents[1:] if p in by_oid}
        times |= {r.parent or "": earlier} if earlier is not None else {}
        latest = max(times, key=lambda parent: times[parent], default="")
        if times and r.time < times[latest]:
            yield r.oid, _backwards(r, latest, times[latest])
        earlier = r.time


def _backwards(r: Recorded, parent: str, earlier: int) -> Finding:
    return Finding(
        "times-run-backwards",
        "validity",
        RECORD,
        f"It says it was made {counted(earlier - r.time, 'second')} before the commit it stands "
        f"on, {short(parent)}.",
        "Nobody can vouch for a backdated commit: a key that has expired since would pass. Ask who "
        "made it, and when.",
        "",
        facts={"time": r.time, "earlier": earlier, "parent": parent},
    )


def from_days_to_come(commits: Sequence[Recorded], now: date) -> Iterator[tuple[str, Finding]]:
    """Commits of days to come: what is signed today would be judged by the law of another day."""
    today = str(now)
    for r in commits:
        if r.commit.day > today:
            yield (
                r.oid,
                Finding(
                    "times-run-ahead",
                    "validity",
                    RECORD,
                    f"It says it was made on {r.commit.day}; today is {today}.",
                    "Ask who made it, and set that clock right: whatever is recorded after it "
                    "would seem to run backwards.",
                    "",
                    facts={"day": r.commit.day, "today": today},
                ),
            )


def irregular(faults: Mapping[str, str]) -> Iterator[tuple[str, Finding]]:
    """Commits whose own bytes could show one reader one day, and another reader another."""
    for oid, said in faults.items():
        yield (
            oid,
            Finding(
                "commit-in-form",
                "validity",
                RECORD,
                f"The commit {said}: it could be read in two ways.",
                "No git writes such a commit by itself. Ask who made it; what it holds is recorded "
                "again by b40.",
                "",
                facts={"fault": said},
            ),
        )


def odd_folders(past: Past, oids: Iterable[str]) -> Iterator[tuple[str, Finding]]:
    """What is odd of the folders of these commits: one that git does not write, or a mode."""
    for oid, found in past.folders(oids).items():
        yield from ((oid, finding) for finding in found)


def out_of_step(past: Past, base: str | None, commits: Sequence[Recorded]) -> Iterator[str]:
    """Commits that change what was not there as they say, or one file twice, and their parents.

    What git writes does neither: there a folder has a name twice, or out of its place.
    """
    states: dict[str | None, dict[str, str | None]] = {None: {}}
    if base is not None:
        held, odd_ones = past.entries(base)
        states[base] = {**held, **{e.path: e.now for e in odd_ones}}
    waiting = Counter(r.parent for r in commits)
    for r in commits:
        waiting[r.parent] -= 1
        if r.parent not in states:
            continue  # it stands on a line that this range does not show
        last = not waiting[r.parent]
        state = states[r.oid] = states.pop(r.parent) if last else states[r.parent].copy()
        odd = len({c.path for c in r.changes}) < len(r.changes)
        for change in r.changes:
            odd = odd or state.get(change.path) != change.was
            state[change.path] = change.now
        if odd:
            yield from (*r.parents, r.oid)


def reused(commits: Sequence[Recorded]) -> Iterator[tuple[str, Finding]]:
    """Records that were taken away and given anew with other content under the same id."""
    gone: dict[str, tuple[str | None, str]] = {}
    for r in commits:
        for change in r.changes if len(r.parents) < 2 else ():
            if change.now is None:
                gone.setdefault(change.path, (change.was, r.oid))
            elif change.was is None and change.path in gone:
                blob, oid = gone[change.path]
                if blob != change.now:
                    yield r.oid, _reused(change.path, oid)


def _reused(path: str, taken_away: str) -> Finding:
    return Finding(
        "ids-never-reused",
        "validity",
        RECORD,
        f"{path.removeprefix('registry/')} was taken away in {short(taken_away)} and is given anew "
        "with other content.",
        "An id is never given twice: restore the first record, and give the new one its own id.",
        path,
        facts={"taken_away": taken_away},
    )


def programs(commits: Sequence[Recorded]) -> Iterator[tuple[str, Finding]]:
    """Files that a commit marks as programs: a record is read, never run."""
    for r in commits:
        for change in r.changes:
            if change.now is not None and change.mode == PROGRAM:
                yield r.oid, marked_as_program(change.path)


def beside_an_upgrade(
    repository: Repository, commits: Iterable[Recorded]
) -> Iterator[tuple[str, Finding]]:
    """Files outside the registry in a commit that takes a rule set in: no record shows them."""
    for r in commits:
        was = {c.path: c.was for c in r.changes if c.now is not None}
        opens = was.get(NETWORK, "") is None
        if RULESETS not in was or opens or r.parent is None or len(r.parents) > 1:
            continue
        for path in repository.changed_beside(r.parent, r.oid):
            said = f"A rule set is taken in, and {path!r} is changed beside it."
            yield r.oid, Finding(TAKEN_IN, "validity", RECORD, said, AGAIN, RULESETS)


def notes(
    commits: Sequence[Recorded], kinds: dict[str, CommitKind]
) -> Iterator[tuple[str, Finding]]:
    """A word about every commit that is no act of the tool."""
    for r in commits:
        if kinds[r.oid] in NOTED:
            message, remedy = NOTED[kinds[r.oid]]
            name = f"{kinds[r.oid]}-commit"
            yield r.oid, Finding(name, "note", RECORD, f"It {message}", remedy, "")
        for change in r.changes:
            if change.path.startswith(FORGOTTEN) and change.was is None:
                others = sorted(str(ref_of(c.path)) for c in r.changes if c is not change)
                yield (
                    r.oid,
                    Finding(
                        "words-forgotten",
                        "note",
                        RECORD,
                        f"It takes words out of {', '.join(others)}; their salted hash stays.",
                        "The words stand in earlier commits: see docs/restore.md.",
                        change.path,
                    ),
                )
