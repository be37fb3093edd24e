"""A state in which a few records are other than they are: what else there is, is as it was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from b40cli.model.ref import ROOT
from b40cli.model.state.records import Overlaid
from b40cli.model.state.registry import CORRECTIONS, Registry

T = TypeVar("T")
# Whether a correction is in force is asked of these alone.
CORRECTING = (CORRECTIONS, ROOT + "decisions/")


class SupposedRegistry(Registry):
    """A registry on top of another, for who supposes much and often.

    It shares lists, facts, searches and the law with the one below: no verdict that is kept may be
    asked of it, for it does not note all that they rest on, and it supposes no other statutes.
    """

    def __init__(self, below: Registry, changed: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__(Overlaid(below.records, changed), below.law or below)
        self.below = below
        self.changed = changed
        self._named: dict[tuple[str, str], tuple[str, ...]] = {}

    def with_record(self, path: str, data: Mapping[str, Any]) -> Registry:
        """The same state if one record more were another."""
        return SupposedRegistry(self, {path: data})

    @cached_property
    def _corrected_alike(self) -> bool:
        moved = any(path.startswith(CORRECTING) for path in self.changed)
        return not moved or super().corrections() == self.below.corrections()

    def corrections(self) -> Mapping[str, Any]:
        """See Registry."""
        return self.below.corrections() if self._corrected_alike else super().corrections()

    def paths(self, folder: str) -> tuple[str, ...]:
        """See Registry."""
        listed = self.below.paths(folder)
        within = (path for path in self.changed if path.startswith(ROOT + folder))
        new = [path for path in within if not self.below.has(path)]
        return tuple(sorted((*listed, *new))) if new else listed

    def naming(self, reference: str, folder: str = "") -> tuple[str, ...]:
        """See Registry."""
        key, whole = (reference, folder), ROOT + folder
        if key not in self._named:
            below = self.below.naming(reference, folder)
            kept = (path for path in below if path not in self.changed)
            here = (path for path in self.changed if path.startswith(whole))
            new = (path for path in here if reference in self.records.text(path))
            self._named[key] = tuple(sorted((*kept, *new)))
        return self._named[key]

    def _fact(self, path: str, decode: Callable[[str, Mapping[str, Any]], T]) -> T | None:
        own = path in self.changed or not self._corrected_alike
        return super()._fact(path, decode) if own else self.below._fact(path, decode)
