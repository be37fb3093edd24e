"""A state of the registry that moves along history: only what a commit changed is put in.

`State` is where history stands; `Changed` is the same with one commit's changes on top, so that
both sides of a commit can be looked at before the state moves on. Nothing here costs more where
the registry is larger: folders once asked for are kept in order, and words lead to the records they
stand in.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

# Words that may be asked for: ids, years, keys. Hashes and plain days never are.
RUN = re.compile(r"[A-Za-z0-9-]{2,}")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,62}|[0-9]{4}(?:-[0-9]{2}-[0-9]{2}-[a-z][a-z0-9-]*)?")
# The runs that are such words, found in one go.
WORDS = re.compile(rf"(?<![A-Za-z0-9-])(?:{WORD.pattern})(?![A-Za-z0-9-])")
# Texts whose content was looked at last are kept read; a few hundred records bear on a commit.
MOST_READ = 2_000
NOWHERE: set[str] = set()


class MovingTree:
    """Records by path, as JSON text until somebody looks; see `model/state/records.py`."""

    def __init__(self, tree: Mapping[str, str], texts: Mapping[str, str]) -> None:
        self.tree = dict(tree)
        self.texts = dict(texts)
        self._read: dict[str, Any] = {}
        self._listed: dict[str, list[str]] = {}
        # Made at once: what is forked from here on need not make it again.
        self._words = _words(self.texts)

    def __contains__(self, path: object) -> bool:
        return path in self.texts

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __getitem__(self, path: str) -> Any:
        found = self._read.get(path)
        if found is None:
            if len(self._read) > MOST_READ:
                self._read.clear()
            found = self._read[path] = json.loads(self.texts[path])
        return found

    def version(self, path: str) -> str:
        """The hash of the record's bytes."""
        return self.tree[path]

    def text(self, path: str) -> str:
        """The record as JSON."""
        return self.texts[path]

    def below(self, folder: str) -> list[str]:
        """The records in a folder, given with its slash, and in the folders in it; sorted."""
        if folder not in self._listed:
            self._listed[folder] = sorted(path for path in self.texts if path.startswith(folder))
        return self._listed[folder].copy()

    def naming(self, reference: str, folder: str = "") -> Iterator[str]:
        """The records whose text contains the reference as a word, or as part of a path."""
        words = list(filter(WORD.fullmatch, RUN.findall(reference)))
        held = [self._words.get(word, NOWHERE) for word in words]
        # Who asks thousands of times must not list everything for those few that have no word.
        below = [p for p in (min(held, key=len) if held else self.texts) if p.startswith(folder)]
        if words == [reference]:
            return iter(below)
        return (path for path in below if reference in self.texts[path])

    def put(self, path: str, oid: str | None, text: str | None) -> None:
        """Let a record be what a commit made it; no text takes it away."""
        old = self.texts.get(path)
        self._read.pop(path, None)
        _reword(self._words, path, old or "", text or "")
        if text is None or oid is None:
            self.tree.pop(path, None)
            self.texts.pop(path, None)
        else:
            self.tree[path], self.texts[path] = oid, text
        if (old is None) != (text is None):
            self._relist(path, gone=text is None)

    def recall(self, read: Mapping[str, Any]) -> None:
        """Take over what was read of records already."""
        self._read.update(read)

    def _relist(self, path: str, *, gone: bool) -> None:
        for paths in (paths for above, paths in self._listed.items() if path.startswith(above)):
            if gone:
                del paths[bisect_left(paths, path)]
            else:
                insort(paths, path)


class Changed:
    """A state with the changes of one commit on top: path to blob and text, or to nothing."""

    def __init__(
        self, state: MovingTree | Changed, changes: Mapping[str, tuple[str, str] | None]
    ) -> None:
        self.state = state
        self.changes = changes
        self._read: dict[str, Any] = {}

    def __contains__(self, path: object) -> bool:
        if path in self.changes:
            return self.changes[str(path)] is not None
        return path in self.state

    def __iter__(self) -> Iterator[str]:
        yield from (path for path in self.state if path not in self.changes)
        yield from (path for path, change in self.changes.items() if change is not None)

    def __getitem__(self, path: str) -> Any:
        if path not in self.changes:
            return self.state[path]
        if path not in self._read:
            change = self.changes[path]
            if change is None:
                raise KeyError(path)
            self._read[path] = json.loads(change[1])
        return self._read[path]

    def version(self, path: str) -> str:
        """The hash of the record's bytes."""
        change = self.changes.get(path)
        return self.state.version(path) if change is None else change[0]

    def text(self, path: str) -> str:
        """The record as JSON."""
        change = self.changes.get(path)
        return self.state.text(path) if change is None else change[1]

    def below(self, folder: str) -> list[str]:
        """See MovingTree."""
        found = self.state.below(folder)
        for path, change in self.changes.items():
            there = path in self.state
            if path.startswith(folder) and there != (change is not None):
                at = bisect_left(found, path)
                found[at : at + there] = [] if there else [path]
        return found

    def naming(self, reference: str, folder: str = "") -> Iterator[str]:
        """See MovingTree."""
        found = self.state.naming(reference, folder)
        yield from (path for path in found if path not in self.changes)
        for path, change in self.changes.items():
            if change is not None and path.startswith(folder) and reference in change[1]:
                yield path

    def settle(self) -> None:
        """Let the state become this one."""
        assert isinstance(self.state, MovingTree)
        for path, change in self.changes.items():
            self.state.put(path, *(change or (None, None)))
        self.state.recall(self._read)


def _words(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """The records each word stands in; what many records have in common is taken apart once."""
    standing: defaultdict[str, list[str]] = defaultdict(list)
    for path, text in texts.items():
        for part in set(text.split('"')):
            standing[part].append(path)
    words: dict[str, set[str]] = {}
    for part, paths in standing.items():
        for word in WORDS.findall(part):
            words.setdefault(word, set()).update(paths)
    return words


def _reword(words: dict[str, set[str]], path: str, old: str, new: str) -> None:
    # No word reaches over a quotation mark: what stands between two of them comes or goes whole.
    old_parts, new_parts = _differing(old, new)
    was, now = set(old_parts.split('"')), set(new_parts.split('"'))
    gone = {word for word in RUN.findall(" ".join(was - now)) if word in words}
    still = {*RUN.findall(new)} if any(word in new for word in gone) else gone - gone
    for word in gone - still:
        words[word].discard(path)
    for word in filter(WORD.fullmatch, set(RUN.findall(" ".join(now - was)))):
        words.setdefault(word, set()).add(path)


def _differing(old: str, new: str) -> tuple[str, str]:
    """The middles of two texts, from a quotation mark that both share to another."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if new.startswith(old[:middle]) else (low, middle - 1)
    begin = old.rfind('"', 0, low) + 1
    low, high = 0, min(len(old), len(new)) - begin
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if new.endswith(old[-middle:]) else (low, middle - 1)
    mark = old.find('"', len(old) - low) if low else -1
    end = mark - len(old) if mark >= 0 else 0
    return old[begin : end or None], new[begin : end or None]
