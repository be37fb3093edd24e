"""Registries that follow one another: what was worked out of one is kept for the next.

A value remembered here is known by what it rests on: records, the lists of names in folders, words
that were looked for, and other remembered values. A change makes stale what rests on it, directly
or not, and nothing else: so a commit costs what it touches, not what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from b40cli.model.facts.correction import Correction
from b40cli.model.ref import ROOT
from b40cli.model.state.change import WORD, nodes_of
from b40cli.model.state.records import Records
from b40cli.model.state.registry import Registry

T = TypeVar("T")


class Listed(Records, Protocol):
    """Records that keep their folders in order."""

    def below(self, folder: str) -> list[str]:
        """The records in a folder and in the folders in it, sorted."""


class Kept(NamedTuple):
    """A key under which a value is remembered, as something others rest on."""

    key: Hashable


IN_FORCE = Kept("corrections")


class MovingRegistry(Registry):
    """The registry as history has come so far."""

    def __init__(self, records: Listed) -> None:
        super().__init__(records)
        self.kept: dict[Hashable, Any] = {}
        self.facts = self._facts
        self.resting: dict[Hashable, set[Hashable]] = {}
        self.words: set[str] = set()
        self.following: Following | None = None
        self._rests: set[Hashable] | None = None

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """Compute once, and keep it until what it rests on changes."""
        if key not in self.kept:
            self.keep(key, *self._watched(make))
        if self._rests is not None:
            self._rests.add(Kept(key))
        value: T = self.kept[key]
        return value

    def _watched(self, make: Callable[[], T]) -> tuple[T, set[Hashable]]:
        """A value, and all that was looked at to find it."""
        outer, self.looked_at = self.looked_at, set()
        others, self._rests = self._rests, set()
        try:
            value = make()
            return value, self._rests | self.looked_at
        finally:
            self.looked_at, self._rests = outer, others

    def keep(self, key: Hashable, value: Any, rests: Iterable[Hashable]) -> None:
        """Note a value under everything it rests on."""
        self.kept[key] = value
        for node in rests:
            self.resting.setdefault(node, set()).add(key)
        if self.following is not None and self.following.moves(rests):
            self.following.stale.add(key)

    def corrections(self) -> Mapping[str, tuple[Correction, ...]]:
        """Those in force: asked for at every look at a record, so they lie at hand."""
        found: Mapping[str, tuple[Correction, ...]] | None = self.kept.get(IN_FORCE.key)
        if found is None:
            return super().corrections()
        if self._rests is not None:
            self._rests.add(IN_FORCE)
        return found

    def resting_on(self, nodes: Iterable[Hashable]) -> set[Hashable]:
        """The keys of every value that rests on one of these, directly or not."""
        found: set[Hashable] = set()
        open_ = list(nodes)
        while open_:
            fresh = self.resting.get(open_.pop(), set()) - found
            found |= fresh
            open_ += map(Kept, fresh)
        return found

    def variant(self, _key: Hashable, make: Callable[[], Registry]) -> Registry:
        """Made anew each time: what it is made of moves."""
        return make()

    def paths(self, folder: str) -> tuple[str, ...]:
        """The records below a folder such as `members/`, sorted."""
        whole = ROOT + folder
        self.looked_at.add(whole)
        return self.remember(("paths", folder), lambda: self._paths(whole))

    def _paths(self, whole: str) -> tuple[str, ...]:
        self.looked_at.add(whole)
        return tuple(cast(Listed, self.records).below(whole))

    def naming(self, reference: str, folder: str = "") -> tuple[str, ...]:
        """The records whose text contains a reference, sorted."""
        if self._rests is not None:
            self.words.add(reference)
        self.looked_at.add(WORD + reference)
        below = ROOT + folder if folder else ""
        return tuple(sorted(self.records.naming(reference, below)))


class Following(MovingRegistry):
    """The registry after one change to a standing one; it shares with that all that stays.

    `nodes` are the records that changed, the folders whose lists of names did, and the words that
    came or went.
    """

    def __init__(self, before: MovingRegistry, records: Listed, nodes: Iterable[Hashable]) -> None:
        super().__init__(records)
        corrected = before.corrections()
        self.before = before
        self.words = before.words
        self.nodes = frozenset(nodes)
        self.stale = before.resting_on(self.nodes)
        self._moved: dict[Hashable, set[Hashable]] = {}
        before.following = self
        if IN_FORCE.key in self.stale:
            self._corrected(corrected)
        else:
            self.kept[IN_FORCE.key] = corrected

    def _corrected(self, was: Mapping[str, Any]) -> None:
        """A record that is corrected otherwise than before has changed, though its file has not."""
        now = self.corrections()
        reached = {path for path in {*was, *now} if was.get(path) != now.get(path)}
        self.nodes |= {*nodes_of(reached)}
        self.stale |= self.before.resting_on(nodes_of(reached))

    def moves(self, rests: Iterable[Hashable]) -> bool:
        """Whether the change bears on what rests on these."""
        return any(
            node in self.nodes or (type(node) is Kept and node.key in self.stale) for node in rests
        )

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was worked out before, where that stays true; else it is worked out anew."""
        kept = self.before.kept
        if key not in self.kept and (key in self.stale or key not in kept):
            made, rests = self._watched(make)
            if key in self.stale or self.moves(rests):
                self.stale.add(key)
                self.kept[key], self._moved[key] = made, rests
            else:
                self.before.keep(key, made, rests)
        if self._rests is not None:
            self._rests.add(Kept(key))
        value: T = self.kept[key] if key in self.kept else kept[key]
        return value

    def _fact(self, path: str, decode: Callable[[str, Mapping[str, Any]], T]) -> T | None:
        self.looked_at.add(path)
        facts = self.facts if path in self.nodes else self.before.facts
        if path not in facts:
            data = self.data(path)
            facts[path] = None if data is None else decode(path, data)
        found: T | None = facts[path]
        return found

    def settle(self) -> None:
        """Let the standing registry become this one; its records are moved by their keeper."""
        before, before.following = self.before, None
        for key in self.stale | before.resting_on(self.nodes):
            before.kept.pop(key, None)
        for node in self.nodes:
            before.facts.pop(cast(str, node), None)
        before.facts.update(self.facts)
        for key, rests in self._moved.items():
            before.keep(key, self.kept[key], rests)
        before.looked_at = set()
