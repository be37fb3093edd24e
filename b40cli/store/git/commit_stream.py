"""History as it was made: every commit of a range with its author, words and changes, oldest first.

`git log` tells all of it, of a long history in two halves at once; one `cat-file --batch` brings
the bytes; a merge's changes against each of its parents are asked for together. Only what lies
below registry/ is kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from b40cli.model.errors import MissingObject, UnreadableError
from b40cli.model.finding import Finding
from b40cli.model.ref import FOLDER
from b40cli.store.git.commit_form import fault, parents_of
from b40cli.store.git.guard.safe_paths import MODES, odd
from b40cli.store.git.history import Commit, istanbul_day, pairs, seconds_of
from b40cli.store.git.object_reader import Thing
from b40cli.store.git.repository_git import RAW, Call, Calls
from b40cli.store.git.repository_signatures import headers
from b40cli.store.git.trees import files_below, in_form, listed, listed_below, told_of_folders

START = b"\x01"
FIELDS = ("%x01%H", "%P", "%ct", "%an <%ae>", "%B", "%(trailers)")
FORMAT = "--format=tformat:" + "".join(f"{field}%x00" for field in FIELDS)
PLAINLY = ("--encoding=UTF-8", "--no-color", "--no-notes", "--no-mailmap", "--no-show-signature")
# A line of so many commits is read off them: that costs no more than a git of its own.
SHORT = 16
# Two gits, each with half of a line of so many, are done earlier than one.
HALVED = 600
HEAD = re.compile(rb"(?:[0-9a-f]{40,64} [0-9a-f]{40,64}\n)+")


class FileChange(NamedTuple):
    """One file a commit changed: the blob before and after, None where there is none."""

    path: str
    was: str | None
    now: str | None
    mode: str = MODES[0]

    @property
    def odd(self) -> Finding | None:
        """What makes it no file the registry can hold."""
        return None if self.now is None else odd(self.path, self.mode)


class Recorded(NamedTuple):
    """A commit with its parents and what it changed below registry/.

    `time` is the committer's, in seconds, and `changes` are against the first parent.
    """

    commit: Commit
    parents: tuple[str, ...]
    time: int
    changes: tuple[FileChange, ...]

    @property
    def oid(self) -> str:
        """Its full name."""
        return self.commit.oid

    @property
    def parent(self) -> str | None:
        """The first parent; None where history begins."""
        return self.parents[0] if self.parents else None


Meanwhile = Callable[[Sequence[Sequence[str]]], object]
"""What is done with the names of commits, each before those of its parents."""


class Past:
    """What git knows of the past, asked for many commits at once."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def commits(
        self,
        base: str | None,
        tip: str,
        meanwhile: Meanwhile = lambda _line: None,
        first: Callable[[], object] = lambda: None,
    ) -> list[Recorded]:
        """The commits of `base..tip`, or all that led to `tip`: parents before their children.

        While git lists them something else is done `first`, and with their names while it tells
        what each of them changed.
        """
        span = (tip, *([f"^{base}"] if base else []))
        if (line := self._straight(base, tip)) is None:
            order = ("--reverse", "--topo-order", "--parents")
            listed = self._calls.together(Call(("rev-list", *order, *span, "--")), meanwhile=first)
            line = [words.split() for words in listed[0].done().decode().splitlines()]
        else:
            first()
        logs = self._logs(span, len(line))
        with told_of_folders(self._calls, *span):
            ended = self._calls.together(*logs, meanwhile=lambda: meanwhile(line))
            known = {r.oid: r for log in ended for r in _recorded(log.done())}
        found = [known[oid] for oid, *_parents in line]
        if not (merges := [r for r in found if len(r.parents) > 1]):
            return found
        against = self.differences([(r.parents[0], r.oid) for r in merges])
        merged = {r.oid: changes for r, changes in zip(merges, against, strict=True)}
        return [r._replace(changes=merged.get(r.oid, r.changes)) for r in found]

    def _logs(self, span: Sequence[str], total: int) -> Iterator[Call]:
        """The calls that tell of all commits: of many in two halves, each from the newest on.

        So git finds a tree as what a newer one, which it has just read, differs in.
        """
        half = total // 2 if total >= HALVED else 0
        halves = ((f"--max-count={half}",), (f"--skip={half}",))
        for some in halves if half else ((),) if total else ():
            yield _log("--topo-order", *some, *span)

    def one(self, oid: str) -> Recorded:
        """One commit with what it changed against its first parent; nothing of a merge."""
        return next(_recorded(self._calls.together(_log("--no-walk", oid))[0].done()))

    def faults(self, oids: Sequence[str]) -> dict[str, str]:
        """The commits whose own bytes could be read in two ways, and how."""
        things = self._calls.things(oids) if oids else ()
        told = {thing.asked: fault(_of_commit(thing)) for thing in things}
        return {oid: said for oid, said in told.items() if said is not None}

    def folders(self, oids: Iterable[str]) -> dict[str, list[Finding]]:
        """What is odd of the folders of each commit, each looked at where it comes first."""
        known: set[str] = set()
        found: dict[str, list[Finding]] = {}
        for oid in oids:
            try:
                found[oid] = in_form(self._calls, oid, known)
            except UnreadableError as error:
                found[oid] = [*error.findings]
                if not error.findings:
                    raise
        return found

    def first_parents(self, base: str | None, tip: str) -> list[str]:
        """The commits of the first-parent line of a range, oldest first."""
        if (line := self._straight(base, tip)) is not None:
            return [oid for oid, *_parent in line]
        span = [tip, *([f"^{base}"] if base else [])]
        told = self._calls.run("rev-list", "--reverse", "--first-parent", *span, "--")
        return told.decode().split()

    def _straight(self, base: str | None, tip: str) -> list[list[str]] | None:
        """The commits of a range, oldest first, each with its parent, where they are a short line.

        None where one has two parents, could be read in two ways, or all do not lead to the base.
        """
        line, end = self._line(base, tip)
        return line[::-1] if end == base else None

    def _line(self, base: str | None, tip: str) -> tuple[list[list[str]], str | None]:
        """The same from the tip on, as far as they are a line, and where it ended; None: begun."""
        line: list[list[str]] = []
        here: str | None = tip
        while here is not None and here != base and len(line) < SHORT and not self.is_cut_off():
            parents = self._parents(here)
            if parents is None or len(parents) > 1:
                break
            line.append([here, *parents])
            here = parents[0] if parents else None
        return line, here

    def _parents(self, oid: str) -> list[str] | None:
        (thing,) = self._calls.few(oid)
        return parents_of(thing.data) if thing.oid == oid and thing.kind == "commit" else None

    def may_name(self, oid: str, word: str) -> bool:
        """Whether a commit's message may hold a word of ASCII letters, without a git to read it."""
        (thing,) = self._calls.few(oid)
        data = _of_commit(thing)
        return word.encode() in data or fault(data) is not None

    def time(self, oid: str | None) -> int | None:
        """When a commit says it was made, in seconds."""
        return None if oid is None else headers(self._calls, [oid])[oid].time

    def differences(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[FileChange, ...]]:
        """What lies between the two commits of each pair, below registry/."""
        if not pairs:
            return []
        trees = self._trees(dict.fromkeys(oid for pair in pairs for oid in pair))
        asked = "".join(f"{trees[one]} {trees[other]}\n" for one, other in pairs).encode()
        with told_of_folders(self._calls, "--no-walk", *trees):
            told = self._calls.run("diff-tree", "--stdin", "-r", *RAW, "--", FOLDER, stdin=asked)
        found: list[list[bytes]] = []
        for token in told.split(b"\0"):
            # The names of two trees stand, on a line of their own, before what differs in them.
            *heads, rest = token.split(b"\n") if HEAD.match(token) else [token]
            found += [[] for _ in heads]
            if rest:
                found[-1].append(rest)
        return [tuple(_changes(tokens)) for tokens in found]

    def _trees(self, oids: Iterable[str]) -> dict[str, str]:
        names = list(oids)
        things = self._calls.things(f"{oid}^{{tree}}" for oid in names)
        trees: dict[str, str] = {}
        for oid, thing in zip(names, things, strict=True):
            if thing.oid is None:
                raise MissingObject(oid)
            trees[oid] = thing.oid
        return trees

    def entries(self, oid: str) -> tuple[dict[str, str], list[FileChange]]:
        """path -> blob of every file below registry/ at a commit that the registry can hold.

        And the odd ones, as if they had come there.
        """
        if (found := files_below(self._calls, oid)) is not None:
            return found, []
        listed = listed_below(self._calls, oid)
        came = [FileChange(path, None, blob, mode.decode()) for path, mode, blob in listed]
        return plain(came), [e for e in came if e.odd is not None]

    def tree(self, oid: str) -> dict[str, str]:
        """path -> blob of every file the registry can hold at a commit; odd ones are left out."""
        return self.entries(oid)[0]

    def versions(self, oid: str, path: str) -> Iterator[FileChange]:
        """How one file changed in the history of a commit, the newest change first."""
        order = ("--no-diff-merges", "--root", "--format=")
        with told_of_folders(self._calls, oid):
            told = self._calls.run("log", *order, *RAW, oid, "--", path)
        yield from _changes(told.split(b"\0"))

    def bytes_of(self, asked: Sequence[str]) -> Iterator[bytes | None]:
        """The bytes of each blob in turn, as they come; None of one that is missing."""
        if asked:
            for thing in self._calls.things(asked):
                yield thing.data if thing.kind == "blob" else None

    def held(self, commits: Sequence[str], path: str) -> list[bytes | None]:
        """What each commit has under the path; None where it has nothing there.

        Raises MissingObject where git cannot read what is there.
        """
        found = list(self.bytes_of([f"{oid}:{path}" for oid in commits]))
        for oid, data in zip(commits, found, strict=True):
            if data is None and (lost := listed(self._calls, oid, [path]).get(path)):
                raise MissingObject(lost, (path,))
        return found

    def parting(self, parents: Sequence[str]) -> str | None:
        """The commit where two lines of a merge parted; None where they never met."""
        return self._calls.line("merge-base", *parents)

    def partings(self, one: str, other: str) -> list[str]:
        """The commits where two lines parted, the best first: each may have taken in the other."""
        if self._straight(one, other) is not None:
            return [one]
        told = self._calls.together(Call(("merge-base", "--all", one, other)))[0]
        return told.out.decode().split() if told.holds() else []

    def is_cut_off(self) -> bool:
        """Whether this clone holds only the end of the history."""
        return (self._calls.world.common / "shallow").exists()

    def refuse_cut_off(self) -> None:
        """Raise UnreadableError there: the first commit it holds seems to have made all records."""
        if self.is_cut_off():
            raise UnreadableError(
                "This clone holds only the end of the history.",
                "Fetch the rest: git fetch --unshallow",
            )

    def leads_to(self, earlier: str, later: str) -> bool:
        """Whether the later commit's history contains the earlier."""
        _line, end = self._line(earlier, later)
        if end in (earlier, None):
            return end is not None
        ended = self._calls.together(Call(("merge-base", "--is-ancestor", earlier, later)))[0]
        return ended.holds()


def plain(entries: Iterable[FileChange]) -> dict[str, str]:
    """path -> blob of the files that the registry can hold."""
    return {e.path: e.now for e in entries if e.now is not None and e.odd is None}


def line_of(history: Sequence[Recorded]) -> list[Recorded]:
    """The first-parent line that ends in the last of some commits, as far as it lies among them."""
    known = {recorded.oid: recorded for recorded in history}
    line: list[Recorded] = []
    here = history[-1].oid if history else None
    while here in known:
        line.append(known[here])
        here = line[-1].parent
    return line[::-1]


def _of_commit(thing: Thing) -> bytes:
    if thing.kind != "commit":
        raise MissingObject(thing.asked)
    return thing.data


def _log(*which: str) -> Call:
    """Some commits, each with what it changed against its first parent; nothing of a merge."""
    return Call(("log", "--root", "--no-diff-merges", *RAW, *PLAINLY, FORMAT, *which, "--"))


def _recorded(told: bytes) -> Iterator[Recorded]:
    tokens = told.split(b"\0")
    at = 0
    while at + len(FIELDS) <= len(tokens):
        if not tokens[at].startswith(START):
            at += 1
            continue
        fields = [token.decode("utf-8", "replace") for token in tokens[at : at + len(FIELDS)]]
        end = at = at + len(FIELDS)
        # A path stands behind what is said of it, whatever it looks like itself.
        while end < len(tokens) and not tokens[end].startswith(START):
            end += 2 if tokens[end].lstrip(b"\n").startswith(b":") else 1
        yield _commit(fields, tuple(_changes(tokens[at:end])))
        at = end


def _commit(fields: Sequence[str], changes: tuple[FileChange, ...]) -> Recorded:
    oid, parents, seconds, author, message, trailers = fields
    subject, _, body = message.strip("\n").partition("\n")
    time, told = seconds_of(seconds), pairs(trailers, message)
    commit = Commit(oid[1:], istanbul_day(time), author, subject, body.strip("\n"), told)
    return Recorded(commit, tuple(parents.split()), time, changes)


def _changes(tokens: Sequence[bytes]) -> Iterator[FileChange]:
    """`:mode mode oid oid status` and the path, in turns; an empty diff leaves a blank."""
    here = iter(tokens)
    for about in here:
        if about.lstrip(b"\n").startswith(b":"):
            _old, mode, was, now, _status = about.lstrip(b"\n:").decode("ascii").split(" ")
            path = os.fsdecode(next(here))
            if path.startswith(f"{FOLDER}/"):
                yield FileChange(path, _blob(was), _blob(now), mode)


def _blob(oid: str) -> str | None:
    return oid if oid.strip("0") else None
