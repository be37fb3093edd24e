"""What was forgotten: in a record a mark instead of words, and a record that says why.

The mark is made of a salted hash: whoever is given the salt can show later what stood there, and
nobody can guess it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from b40cli.model.facts.correction import place_of, standing_at
from b40cli.model.finding import Place
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.records import Overlaid
from b40cli.model.state.registry import Registry

FORGOTTEN = ROOT + "forgotten/"
MARKED = "forgotten-"
MARK = re.compile(rf"{MARKED}[0-9a-f]{{16}}")
# What holds words about people and nothing that is counted or dated; `*` is one key or position.
FORGETTABLE: dict[str, tuple[str, ...]] = {
    "members": ("contact.*", "mayors.*.name", "mayors.*.person"),
    "presidencies": ("mayor", "departure.reason"),
    "secretariat": ("appointments.*.name",),
    "groups": ("experts.*.name", "programmes.*.goals.*"),
    "meetings": (
        *("title", "agenda.*.title", "cancelled.reason", "delegations.*.members.*"),
        *("delegations.*.head.name", "delegations.*.head.person"),
        *("known.heads.*.name", "known.heads.*.person"),
    ),
    "decisions": (
        *("title", "grounds", "reason", "decided_by.person"),
        *("known.heads.*.name", "known.heads.*.person"),
    ),
    "duties": ("acknowledged.*.reason",),
    "network": ("founding_president.name",),
    "corrections": ("was", "is", "why"),
    "forgotten": ("why",),
}
# A note is for the reader, wherever it stands.
NOTE = "note"


class Gone(NamedTuple):
    """One place whose words are gone: the record's path, the place in it, the salted hash."""

    path: str
    at: Place
    sha256: str

    @property
    def mark(self) -> str:
        """What stands there now."""
        return f"{MARKED}{self.sha256[:16]}"


def gone_in(data: Mapping[str, Any]) -> tuple[Gone, ...]:
    """The places that one record of registry/forgotten/ names."""
    return tuple(
        Gone(ref_of(each["record"]).path, place_of(each["at"]), each["sha256"])
        for each in data["places"]
    )


def salted(salt: str, words: str) -> str:
    """The SHA-256 of the salt and the words behind it, as `printf %s "$SALT$WORDS"` gives it."""
    return sha256(f"{salt}{words}".encode()).hexdigest()


def may_go(path: str, at: Place) -> bool:
    """Whether a place holds words that may be forgotten."""
    if at and at[-1] == NOTE:
        return True
    folder = str(ref_of(path)).partition("/")[0]
    return any(_lies_at(at, place.split(".")) for place in FORGETTABLE.get(folder, ()))


def _lies_at(at: Place, steps: list[str]) -> bool:
    return len(steps) == len(at) and all(
        step in ("*", str(key)) for step, key in zip(steps, at, strict=True)
    )


def words_in(path: str, data: Any, at: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every place of a record that holds words which may be forgotten, with the words."""
    entries = data.items() if isinstance(data, Mapping) else enumerate(data)
    for key, value in entries:
        if isinstance(value, Mapping | list):
            yield from words_in(path, value, (*at, key))
        elif isinstance(value, str) and may_go(path, (*at, key)):
            yield (*at, key), value


def marks_in(data: Any, at: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every place of a record that holds a mark."""
    entries = data.items() if isinstance(data, Mapping) else enumerate(data)
    for key, value in entries:
        if isinstance(value, Mapping | list):
            yield from marks_in(value, (*at, key))
        elif isinstance(value, str) and value.startswith(MARKED) and MARK.fullmatch(value):
            yield (*at, key), value


def all_marks(registry: Registry) -> frozenset[str]:
    """The marks that the records of registry/forgotten/ name."""

    def found() -> frozenset[str]:
        records = (registry.recorded(path) for path in registry.paths("forgotten/"))
        return frozenset(each.mark for record in records if record for each in gone_in(record))

    return registry.remember("marks", found)


def forgetting(before: Registry, after: Registry) -> Registry:
    """The state before, as it would be had it forgotten what the state after forgets anew.

    So whatever compares the two finds what else was changed, and nothing of the forgetting.
    """
    fresh = [path for path in after.paths("forgotten/") if not before.has(path)]
    gone = [each for path in fresh for each in gone_in(after.recorded(path) or {"places": ()})]
    told = {path: [each for each in gone if each.path == path] for path in {g.path for g in gone}}
    changed = {
        path: marked(before.records[path], of_path)
        for path, of_path in told.items()
        if path in before.records
    }
    return Registry(Overlaid(before.records, changed), before.law) if changed else before


def marked(data: Mapping[str, Any], gone: list[Gone]) -> Mapping[str, Any]:
    """A record with marks at the places whose words may go; other places stay."""
    for each in gone:
        if may_go(each.path, each.at) and isinstance(standing_at(data, each.at), str):
            data = _with(data, each.at, each.mark)
    return data


def _with(data: Any, at: Place, value: str) -> Any:
    if not at:
        return value
    copy: Any = list(data) if isinstance(data, list) else dict(data)
    copy[at[0]] = _with(data[at[0]], at[1:], value)
    return copy
