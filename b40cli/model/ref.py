"""How a record is named: `members/bg-rosendol` lies in registry/members/bg-rosendol.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

FOLDER = "registry"
ROOT = f"{FOLDER}/"
# What is filed by year, and where in an id the year stands: EC-2026-001, C-2026-001, F-2026-001.
FILED_BY_YEAR = {"decisions": slice(3, 7), "corrections": slice(2, 6), "forgotten": slice(2, 6)}


class Ref(NamedTuple):
    """A record by its kind, the folder it lies in (empty at the top), and its id, its file's name.

    As text it is what other records call it: `groups/local-climate-action`, `network`,
    `decisions/2026/EC-2026-001`.
    """

    kind: str
    id: str

    def __str__(self) -> str:
        if self.kind in FILED_BY_YEAR:
            return f"{self.kind}/{self.id[FILED_BY_YEAR[self.kind]]}/{self.id}"
        return f"{self.kind}/{self.id}" if self.kind else self.id

    @property
    def path(self) -> str:
        """Its file."""
        return f"{ROOT}{self}.yaml"


# Each text once: in the records of a large register the same ids and words stand a million times.
_HELD: dict[str, str] = {}
_ALIKE: dict[str, Any] = {}


def once(text: str) -> str:
    """The same text, held once for all records that say it."""
    return _HELD.setdefault(text, text)


def alike(said: Any) -> Any:
    """The same plain data, held once for all records that say it."""
    return _ALIKE.setdefault(repr(said), said)


def stated(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says of itself: nothing that nobody stated has a key."""
    return {key: value for key, value in record.items() if value is not None}


def ids(listed: Sequence[str]) -> tuple[str, ...]:
    """What a record lists, each held once."""
    return tuple(map(_HELD.setdefault, listed, listed))


@lru_cache(maxsize=1 << 16)
def ref_of(named: str) -> Ref:
    """The record at a path, or of a name as other records write it."""
    kind, _slash, name = named.removeprefix(ROOT).removesuffix(".yaml").rpartition("/")
    folder, _slash, year = kind.partition("/")
    by_year = folder in FILED_BY_YEAR and year == name[FILED_BY_YEAR[folder]]
    return Ref(folder if by_year else kind, name)
