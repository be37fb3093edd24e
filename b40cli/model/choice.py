"""A record that may be meant by a word."""

from __future__ import annotations

from typing import NamedTuple


class Choice(NamedTuple):
    """Its kind and id, its name, what tells it apart, all its names; these folded, where known."""

    kind: str
    id: str
    name: str
    beside: str
    names: tuple[str, ...]
    folded: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "  ".join(filter(None, (self.id, self.name, self.beside)))
