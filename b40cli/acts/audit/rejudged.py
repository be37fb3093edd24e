"""Every commit of a range put to the judge again, in two halves at once.

What an earlier audit found is not worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from b40cli.acts.audit.kinds import CommitKind
from b40cli.acts.audit.memory import Memory
from b40cli.acts.audit.replay import Judged, Replay
from b40cli.acts.audit.signing import Watch
from b40cli.model.finding import Finding
from b40cli.store.git.commit_stream import Recorded
from b40cli.store.git.repository import Repository
from b40cli.store.snapshot import Snapshot
from b40cli.store.two_processes import MANY, side_by_side

AT_ONCE = 50
# Of what is judged at once in two processes the first half; the other begins with the way to it,
# and reads more where nothing was read before: what that way passed is known to both.
FIRST = 0.505
READING = 0.035
# To know how much was read, one commit of so many is looked at.
SAMPLE = 10


class Rejudging:
    """A history that is judged again; `tip` is the tree it ends in, path to blob.

    It may be filled in before anything is asked here.
    """

    def __init__(self, repository: Repository, tip: Mapping[str, str]) -> None:
        self._repository = repository
        self._replay = Replay(repository, tip)

    @cached_property
    def _memory(self) -> Memory:
        return Memory(self._repository)

    @cached_property
    def _known(self) -> dict[str, tuple[Finding, ...]]:
        """What was found before, and is now."""
        return self._memory.known()

    def begin(self, line: Sequence[Sequence[str]]) -> None:
        """Go to where the first commit that nobody has judged stands: each with its parents."""
        fresh = next((parents for oid, *parents in line if oid not in self._known), None)
        if fresh:
            self._replay.move(fresh[0])

    def found(
        self, commits: Sequence[Recorded], kinds: Mapping[str, CommitKind], watch: Watch
    ) -> dict[str, tuple[Finding, ...]]:
        """What is found in each commit."""
        fresh = [r for r in commits if r.oid not in self._known]
        if fresh:
            self._memory.keep_only_this()
        judged = self._judged(fresh, kinds, watch)
        self._known |= {j.oid: j.findings for j in judged}
        return {r.oid: self._known[r.oid] for r in commits}

    def _judged(
        self, commits: Sequence[Recorded], kinds: Mapping[str, CommitKind], watch: Watch
    ) -> list[Judged]:
        """The very large commits at the beginning first; then two halves of history at once."""
        large = next((n for n, r in enumerate(commits) if len(r.changes) < MANY), len(commits))
        opening, rest = commits[:large], commits[large:]
        total = len(commits)
        first = self._kept(opening, kinds, lambda done: watch(done, total))
        if len(rest) < MANY // 10:
            whole = self._kept(rest, kinds, lambda done: watch(large + done, total))
            return [*first, *whole]
        self._replay.move(rest[0].parent)
        share = FIRST + READING * self._replay.unread(rest[::SAMPLE])
        earlier, later = _halves(rest, share)
        self._replay.look_ahead(later[0].parent)

        def halfway(done: int) -> None:
            """Both are as far: what is done here tells of all."""
            watch(large + done * len(rest) // len(later), total)

        # The later half here: so this process holds the records that history ends in.
        here, there = side_by_side(
            lambda: self._kept(later, kinds, halfway),
            lambda: self._kept(earlier, kinds, lambda _done: None),
        )
        return [*first, *there, *here]

    def standing_at(self, head: str) -> Snapshot | None:
        """The records as a commit left them, where the replay came to an end there."""
        state = self._replay.state
        return Snapshot(state.tree, state.texts) if self._replay.at == head else None

    def _kept(
        self,
        commits: Sequence[Recorded],
        kinds: Mapping[str, CommitKind],
        done: Callable[[int], None],
    ) -> list[Judged]:
        """All of it, noted a few commits at a time; what an interrupt leaves is noted, too."""
        found: list[Judged] = []
        noted = 0
        try:
            for one in self._replay.judged(commits, kinds):
                found.append(one)
                if len(found) - noted >= AT_ONCE:
                    self._memory.add(found[noted:])
                    noted = len(found)
                    done(noted)
        finally:
            self._memory.add(found[noted:])
            self._replay.note()
        return found


def _halves(
    commits: Sequence[Recorded], share: float = FIRST
) -> tuple[Sequence[Recorded], Sequence[Recorded]]:
    """Two stretches that take as long: a large change is judged file by file; neither is empty."""
    weights = [3 + len(r.changes) for r in commits]
    passed, first, at = 0, sum(weights) * share, 0
    while passed < first and at < len(commits) - 1:
        passed += weights[at]
        at += 1
    return commits[:at], commits[at:]
