"""What one change did to a record, done to the record as it stands elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from b40cli.model.edit import Append, Put
from b40cli.model.finding import Place
from b40cli.store.yaml.dialect import parse
from b40cli.store.yaml.edit import ABSENT, Splice, apply, at_place, differences
from b40cli.store.yaml.layout_tree import KeyOrder
from b40cli.store.yaml.nodes import identical

NAMES_AN_ENTRY = ("from", "n", "item", "member", "principal", "seat", "duty", "sent")
Renamed = Callable[[Any], Any]


class Carried(NamedTuple):
    """The bytes after the change, or the places where the record was changed there as well."""

    data: bytes
    clashes: tuple[str, ...]


def carried(was: bytes, now: bytes, here: bytes, order: KeyOrder, renamed: Renamed) -> Carried:
    """The change from `was` to `now` on `here`; comments of `here` stay, those of `now` are not.

    `renamed` is asked for every value: what an id in it is called there. An entry of a list that
    stands at another place there is found again; what is there already is left.
    """
    before, held = renamed(parse(was)), parse(here)
    steps: list[Splice] = []
    clashes: list[str] = []
    for edit in _fine(differences("", (), before, renamed(parse(now))), before):
        try:
            steps += _placed(edit, before, held)
        except _Clash:
            clashes.append(".".join(map(str, edit.at)) or "the whole record")
    if clashes or not steps:
        return Carried(here, tuple(clashes))
    return Carried(apply(here, steps, order), ())


def _fine(edits: Iterable[Splice], was: Any) -> Iterator[Splice]:
    """A list that is put anew, as the edits of its entries and what is added behind them."""
    for edit in edits:
        old, new = at_place(was, edit.at), edit.value
        lists = isinstance(edit, Put) and isinstance(old, list) and isinstance(new, list)
        if not lists or len(new) < len(old):
            yield edit
            continue
        for n, entry in enumerate(old):
            yield from _fine(differences(edit.path, (*edit.at, n), entry, new[n]), was)
        yield from (Append(edit.path, edit.at, entry) for entry in new[len(old) :])


class _Clash(Exception):
    """Both sides changed the place."""


def _placed(edit: Splice, was: Any, here: Any) -> list[Splice]:
    """The edit at its place there; none where it is done already."""
    at = tuple(_found_again(edit.at, was, here))
    try:
        there, stood = at_place(here, at), at_place(was, edit.at)
    except RuntimeError as error:
        raise _Clash from error
    adds = edit.value if isinstance(edit, Put) and stood is ABSENT else None
    if isinstance(edit, Append):
        adds = [edit.value]
    if isinstance(adds, list) and isinstance(there, list):
        new = [each for each in adds if not any(identical(each, one) for one in there)]
        old = stood if isinstance(stood, list) else []
        if any(_one_thing(each, one) for each in new for one in there if one not in old):
            raise _Clash
        return [Append(edit.path, at, each) for each in new]
    if identical(there, edit.value):
        return []
    if not identical(there, stood):
        raise _Clash
    return [edit._replace(at=at)]


def _one_thing(entry: Any, other: Any) -> bool:
    """Whether two entries, one added on each side, are of one day, number or city."""
    if not (isinstance(entry, dict) and isinstance(other, dict)):
        return False
    return any(key in entry and entry[key] == other.get(key) for key in NAMES_AN_ENTRY)


def _found_again(at: Place, was: Any, here: Any) -> Iterator[str | int]:
    """The same way down, by the entries that lists hold there."""
    for step in at:
        if isinstance(step, int):
            step = _index(was[step], step, here)
            was = here = here[step]
        else:
            was, here = (each.get(step) if isinstance(each, dict) else None for each in (was, here))
        yield step


def _index(entry: Any, n: int, held: Any) -> int:
    listed: Sequence[Any] = held if isinstance(held, list) else ()
    if n < len(listed) and identical(listed[n], entry):
        return n
    places = [m for m, each in enumerate(listed) if identical(each, entry)]
    if len(places) != 1:
        raise _Clash
    return places[0]
