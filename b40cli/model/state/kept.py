"""What a state keeps of what it was asked; what a change leaves as it was the next takes over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable
from functools import cached_property, wraps
from typing import Any, Protocol, TypeVar, TypeVarTuple

from b40cli.model.ref import ROOT
from b40cli.model.state.change import Change
from b40cli.model.state.records import Records

T = TypeVar("T")
Questions = TypeVarTuple("Questions")
Of = TypeVar("Of", bound="Remembering")
# Behind every letter a path can have.
LAST = "\U0010ffff"


class Remembering(Protocol):
    """A state that keeps what was worked out of it."""

    def remember(self, key: Hashable, make: Callable[[], T]) -> T: ...


def remembered(make: Callable[[Of, *Questions], T]) -> Callable[[Of, *Questions], T]:
    """What is worked out of a state once for each question; noted at every use what it rests on."""

    @wraps(make)
    def at_hand(state: Of, *asked: *Questions) -> T:
        return state.remember((make, *asked), lambda: make(state, *asked))

    return at_hand


class WorkedOut(dict[Hashable, "tuple[Any, tuple[str, ...]] | None"]):
    """Values that were worked out, each with all that it rests on; None where there is none."""

    def __init__(self, before: WorkedOut | None, change: Change) -> None:
        super().__init__()
        self._before = before
        self._change = change
        # Of the seats on a thousand days, and of the votes of a term, most rest on the same.
        self._alike: dict[tuple[str, ...], tuple[str, ...]] = before._alike if before else {}

    def __missing__(self, key: Hashable) -> tuple[Any, tuple[str, ...]] | None:
        """That of the state before, where the change leaves all that it rests on."""
        kept = self._before[key] if self._before is not None else None
        if kept is None or self._change.bears_on(kept[1]):
            return None
        self[key] = kept
        return kept

    def keep(self, key: Hashable, value: Any, looked_at: set[str]) -> tuple[Any, tuple[str, ...]]:
        """Note a value, and what was looked at to find it."""
        rests = tuple(looked_at)
        kept = self[key] = value, self._alike.setdefault(rests, rests)
        return kept


class NamedRecords(Protocol):
    """Who tells the names of a state's records."""

    def paths(self, folder: str) -> tuple[str, ...]: ...
    def naming(self, reference: str, folder: str = "") -> tuple[str, ...]: ...


class Names:
    """Which records lie in a folder, and which name a word; each is looked for once."""

    def __init__(self, records: Records, before: NamedRecords | None, change: Change) -> None:
        self._records = records
        self._before = before
        self._change = change
        self._below: dict[str, tuple[str, ...]] = {}
        self._naming: dict[tuple[str, str], tuple[str, ...]] = {}

    def below(self, folder: str) -> tuple[str, ...]:
        """The records below a folder such as `members/`, sorted; all of them below none."""
        if folder not in self._below:
            self._below[folder] = self._listed(folder)
        return self._below[folder]

    def _listed(self, folder: str) -> tuple[str, ...]:
        whole = ROOT + folder
        if self._before is not None:
            return self._change.listed(self._before.paths(folder), whole)
        begin, end = (bisect_left(self._all, whole + last) for last in ("", LAST))
        return self._all[begin:end]

    @cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(sorted(self._records))

    def naming(self, reference: str, folder: str) -> tuple[str, ...]:
        """The records whose text contains a reference, sorted: all, or those below a folder."""
        key = reference, folder
        if key not in self._naming:
            self._naming[key] = self._looked_for(reference, folder)
        return self._naming[key]

    def _looked_for(self, reference: str, folder: str) -> tuple[str, ...]:
        below = ROOT + folder if folder else ""
        if self._before is None:
            return tuple(sorted(self._records.naming(reference, below)))
        return self._change.named(self._before.naming(reference, folder), reference, below)
