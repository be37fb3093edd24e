"""What a record lacks, added where it belongs in the shape that its kind asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from b40cli.model.edit import Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.correction import ABSENT, place_of, standing_at
from b40cli.model.finding import Place
from b40cli.model.state.registry import Registry
from b40cli.store.schema import explain, fits, kind_of

Places = list[tuple[str, str]]


def parted(text: str) -> list[str]:
    """Several sources as a table writes them."""
    return [part.strip() for part in text.split("|")]


def additions(registry: Registry, path: str, missing: Places) -> list[Edit]:
    """What a record lacks, in the shape its kind asks; UsageError where it has no such place.

    Places are added together: a figure may need its source, an end comes with its reason.
    """
    held, kind = dict(registry.recorded(path) or {}), kind_of(path) or ""
    chosen = _meant(held, kind, missing)
    whole = _with_all(held, chosen)
    if whole is not None and fits(kind, whole):
        new = dict.fromkeys(_first_absent(held, at) for at, _ in chosen)
        return [Put(path, at, standing_at(whole, at)) for at in new]
    raise _no_such_place(path, held, missing)


def _meant(held: Any, kind: str, missing: Places) -> list[tuple[Place, Any]]:
    """What is added where: of what each text may mean, that of which the schema complains least."""
    choices = [[(place_of(at), value) for value in _readings(text)] for at, text in missing]
    chosen = [texts[0] for texts in choices]
    for n, meanings in enumerate(choices):
        ways = [[*chosen[:n], meaning, *chosen[n + 1 :]] for meaning in meanings]
        chosen = min(ways, key=lambda way: _complaints(held, kind, way))
    return chosen


def _complaints(held: Any, kind: str, chosen: Iterable[tuple[Place, Any]]) -> int:
    return sum(1 for _ in explain(kind, _with_all(held, chosen)))


def _no_such_place(path: str, held: Any, missing: Places) -> UsageError:
    """Which place a record cannot have, or what it would lack with what is given."""
    for at, text in missing:
        *_, value = _readings(text)
        with_it = _with(held, place_of(at), value)
        if with_it is None:
            break
        held = with_it
    said = [complaint.message for complaint in explain(kind_of(path) or "", held)]
    return UsageError(
        " ".join((f"{path} has no place {at} that could hold {text}.", *said)),
        "Write keys and positions (from 0) joined by points: population.count, mayors.0.name. "
        "What belongs together is added together, with --also; an entry of a list is added by the "
        "act that makes it.",
    )


def _first_absent(held: Any, at: Place) -> Place:
    """The way to a place as far as its first step that the record does not have."""
    known = next(n for n in range(len(at) + 1) if standing_at(held, at[: n + 1]) is ABSENT)
    return at[: known + 1]


def _readings(text: str) -> Iterator[Any]:
    """What a text may mean: itself, a number, a truth, `by` a day, several sources."""
    yield text
    if text.isascii() and text.isdecimal() and len(text) < 12:
        yield int(text)
    if text in ("true", "false"):
        yield text == "true"
    if text[:3] == "by ":
        yield {"by": text[3:].strip()}
    if "|" in text:
        yield parted(text)


def _with_all(held: Any, chosen: Iterable[tuple[Place, Any]]) -> Any:
    """The record with values at places that it does not have; None where it can hold none there."""
    for at, value in chosen:
        held = _with(held, at, value)
        if held is None:
            return None
    return held


def _with(held: Any, at: Place, value: Any) -> Any:
    step, rest = at[0], at[1:]
    within = standing_at(held, at[:1])
    if not rest and within is not ABSENT:
        return None
    if isinstance(held, Mapping) and isinstance(step, str):
        inner = {} if within is ABSENT else within
        new = _with(inner, rest, value) if rest else value
        return None if new is None else {**held, step: new}
    if not isinstance(held, list) or within is ABSENT or not rest:
        return None
    new = _with(within, rest, value)
    return None if new is None else [*held[: int(step)], new, *held[int(step) + 1 :]]
