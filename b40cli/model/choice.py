"""A record that may be meant by a word."""

from __future__ import annotations

from typing import NamedTuple

from b40cli.model.ref import Ref


class Choice(NamedTuple):
    """Its kind and id, its name, what tells it apart, all its names; these folded, where known."""

    kind: str
    id: str
    name: str
    beside: str
    names: tuple[str, ...]
    folded: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where the record lies."""
        return Ref(f"{self.kind}s", self.id).path

    def __str__(self) -> str:
        return "  ".join(filter(None, (self.id, self.name, self.beside)))
