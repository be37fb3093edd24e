"""A line of acts kept in memory and written by one git: the same commits, at a third of the time.

Proposal, bytes, judge and message are those of every act; only git is asked once for all of them
instead of fifteen times for each. `tests/test_five_years.py` holds the commits against those of the
acts themselves, by their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from subprocess import run
from typing import Any, NamedTuple

import pytest

from b40cli.acts.change import perform
from b40cli.acts.opened.session import Session, session_on
from b40cli.model.answer import Answer
from b40cli.model.state.registry import Registry
from b40cli.store.git.guard.safe_paths import blob_oid
from b40cli.store.git.repository import Repository
from b40cli.store.snapshot import Snapshot, load
from bench.clerk import Clerk, Make
from tests.invented import acting, git, ident

# How many acts follow each other before one begins with a registry of its own.
FOLLOWING = 50


class Kept(NamedTuple):
    """An act that git was not told of yet, and the one before it."""

    parent: Kept | None
    changes: Mapping[str, bytes]
    message: str
    author: str
    committer: str


class Line(Repository):
    """A repository that keeps what is recorded; `last` is the act recorded last."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.last: Kept | None = None
        self._bytes: dict[str, bytes] = {}

    def blobs(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Of what was recorded here, and of git all else."""
        wanted = list(dict.fromkeys(oids))
        yield from ((oid, self._bytes[oid]) for oid in wanted if oid in self._bytes)
        others = [oid for oid in wanted if oid not in self._bytes]
        for oid, data in super().blobs(others) if others else ():
            self._bytes[oid] = data
            yield oid, data

    def actor(self) -> str:
        """Who acts, asked once for each."""
        return ident("AUTHOR", acting()).rsplit(" ", 2)[0]

    def record(
        self,
        changes: Mapping[str, bytes],
        message: str,
        *,
        parent: str | None,
        branch: str | None = None,
        moment: str | None = None,
        today: date | None = None,
    ) -> str:
        """Keep an act; its name is known when it is written."""
        assert branch is None and moment is None and parent and today
        who = (ident(role, acting()) for role in ("AUTHOR", "COMMITTER"))
        self.last = Kept(self.last, changes, message, *who)
        self._bytes |= {blob_oid(data, parent): data for data in changes.values()}
        return parent


class QuickClerk(Clerk):
    """A clerk whose acts are written together, by `written`."""

    def __init__(self, folder: Path, today: date) -> None:
        super().__init__(folder, today)
        self.line = Line(folder)
        self.base = self.line.resolve("HEAD")
        self.before = Registry(load(self.line, self.line.tree(self.base)))

    def session(self, day: date | None) -> Session:
        """The state as the acts before have left it."""
        snapshot = self.before.records
        assert isinstance(snapshot, Snapshot)
        return session_on(self.line, self.base, snapshot, self.before, self.today, day)

    def act(self, day: date, make: Make) -> Answer[Any]:
        """One act; Refused where the judge finds anything without effect."""
        judge, left = vars(perform)["judge_change"], list[Registry]()

        def judged(before: Registry, after: Registry, *asked: Any, **told: Any) -> Any:
            left.append(after)
            return judge(before, after, *asked, **told)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(perform, "judge_change", judged)
            answer = super().act(day, make)
        # What an act looks up, it looks up in all before it that it follows.
        alone = self.acts % FOLLOWING == 0
        self.before = Registry(left[-1].records) if alone else left[-1]
        return answer

    @property
    def stands(self) -> tuple[Kept | None, Registry]:
        """The last act and what it left, to go on from there again."""
        return self.line.last, self.before

    @stands.setter
    def stands(self, stands: tuple[Kept | None, Registry]) -> None:
        self.line.last, self.before = stands

    def written(self, branch: str = "main") -> None:
        """Commit every act, up to the last, on a branch, and lay out there what it left.

        Acts that were written on the branch before are no longer on it.
        """
        acts = [self.line.last] if self.line.last else []
        while (before := acts[-1].parent if acts else None) is not None:
            acts.append(before)
        stream = b"".join(_stream(reversed(acts), branch, self.base))
        words = ("git", "fast-import", "--quiet", "--force", "--date-format=raw")
        run(words, cwd=self.folder, input=stream, check=True)
        git(self.folder, "checkout", "-q", "--force", branch)


def _stream(acts: Iterable[Kept], branch: str, base: str) -> Iterator[bytes]:
    start = f"from {base}\n".encode()
    for act in acts:
        yield f"commit refs/heads/{branch}\n".encode()
        yield f"author {act.author}\ncommitter {act.committer}\n".encode()
        yield _data(act.message.encode()) + start
        start = b""
        for path, data in act.changes.items():
            yield f"M 100644 inline {path}\n".encode() + _data(data)


def _data(told: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(told), told)
