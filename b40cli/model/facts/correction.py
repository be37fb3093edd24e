"""Corrections: a fact entered wrongly stays as it was written; a record of its own replaces it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, cast

from b40cli.model.finding import Place
from b40cli.model.ref import ref_of
from b40cli.model.source import cited_or_none

BY_SECRETARIAT = "secretariat"


class Absent:
    """What stands at a place that a record does not have."""


ABSENT = Absent()


class Correction(NamedTuple):
    """registry/corrections/<year>/<id>.yaml: at a place of a record, `value` instead of `was`.

    `corrects` is the path of the corrected record; `by` a decision's id, or the secretariat.
    """

    path: str
    id: str
    corrects: str
    at: Place
    was: Any
    value: Any
    why: str
    on: date
    by: str
    evidence: tuple[Mapping[str, Any], ...]
    own_slip: bool = False
    source: str | None = None

    @property
    def place(self) -> str:
        """The place as it is written: `mayors.0.name`."""
        return ".".join(map(str, self.at))


def correction_of(path: str, data: Mapping[str, Any]) -> Correction:
    """Decode a correction's record."""
    return Correction(
        path=path,
        id=data["id"],
        corrects=ref_of(data["corrects"]).path,
        at=place_of(data["at"]),
        was=data["was"],
        value=data["is"],
        why=data["why"],
        on=date.fromisoformat(data["on"]),
        by=data["by"],
        evidence=tuple(data.get("evidence", ())),
        own_slip=data.get("own_slip", False),
        source=cited_or_none(data.get("source")),
    )


def place_of(written: str) -> Place:
    """Read `mayors.0.name`: keys, and positions in lists counted from 0."""
    steps = written.split(".")
    return tuple(int(s) if s.isascii() and s.isdecimal() and len(s) < 9 else s for s in steps)


def kept_as_former(at: Place) -> tuple[str, Place]:
    """The list that keeps what stood at a place when an act gives it anew, and where in an entry.

    A name stands in `former_names`, an application in `former_applications`; a time in `moved`.
    """
    key, *rest = at
    return ("moved", ("from",)) if key == "opens" else (f"former_{key}s", tuple(rest) or (key,))


def taken_over(
    recorded: Mapping[str, Any],
    correction: Correction,
    of: Iterable[Correction],
    before: Mapping[str, Any],
) -> bool:
    """Whether a later act gave the place anew, and the record keeps as former what was right.

    `of` are the corrections of the record; `before` is the record while the place still stood, and
    what that keeps as former is no trace of a later act.
    """
    former, within = kept_as_former(correction.at)
    right = [c.value for c in of if c.at == correction.at and c.id >= correction.id]
    there = before.get(former, ())
    kept = (standing_at(each, within) for each in recorded.get(former, ()) if each not in there)
    return any(same(each, value) for each in kept for value in right)


# What is planned of a meeting, and planned anew where it is moved.
PLANNED = frozenset({"ends", "title", "chair", "city", "half_days", "language"})


def planned_anew(
    recorded: Mapping[str, Any], correction: Correction, before: Mapping[str, Any]
) -> bool:
    """Whether a meeting was moved since what was planned of it was corrected.

    `before` is the record while the place still stood: how it was moved by then is no trace.
    """
    there = before.get("moved", ())
    since = (move for move in recorded.get("moved", ()) if move not in there)
    return correction.at[0] in PLANNED and any(m["on"] >= str(correction.on) for m in since)


def standing_at(data: Any, at: Place) -> Any:
    """What a record holds at a place; ABSENT where it has no such place."""
    for step in at:
        if not _holds(data, step):
            return ABSENT
        data = data[step]
    return data


def leaves(data: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every place of a record that holds one value, and that value."""
    for key, value in data.items() if isinstance(data, Mapping) else enumerate(data):
        if isinstance(value, Mapping | list):
            yield from leaves(value, (*at, key))
        else:
            yield (*at, key), value


def _holds(data: Any, step: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, Mapping) and step in data


def same(value: Any, other: Any) -> bool:
    """Whether two plain values are one: 1 is not true."""
    return type(value) is type(other) and bool(value == other)


def corrected(data: Mapping[str, Any], corrections: Iterable[Correction]) -> Mapping[str, Any]:
    """The record as the corrections leave it; one that does not meet what it names is passed over.

    The record itself is not changed: what is on the way to a corrected place is copied.
    """
    whole: Any = data
    for correction in corrections:
        if same(standing_at(whole, correction.at), correction.was):
            whole = replaced(whole, correction.at, correction.value)
    return cast("Mapping[str, Any]", whole)


def replaced(data: Any, at: Place, value: Any) -> Any:
    """A copy with a value at a place that is there; what is not on the way is the same."""
    if not at:
        return value
    copy: Any = list(data) if isinstance(data, list) else dict(data)
    copy[at[0]] = replaced(data[at[0]], at[1:], value)
    return copy
