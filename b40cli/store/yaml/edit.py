"""Edits of a record's text: what is not edited keeps its bytes, comments and order.

The text is spliced at the marks of the C parser. A record whose every byte follows from what it
says is laid out anew, which gives the same bytes. The result is read back and must say what the
same edits make of the plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from b40cli.model.edit import Append, Put
from b40cli.model.finding import Place
from b40cli.store.yaml.charset import lawful_text
from b40cli.store.yaml.dialect import parse
from b40cli.store.yaml.layout import UNORDERED, KeyOrder, dump, tidy
from b40cli.store.yaml.nodes import compose, identical

Splice = Put | Append


def apply(data: bytes, edits: Sequence[Splice], order: KeyOrder | None = None) -> bytes:
    """Apply edits to a record's bytes; a record in canonical layout stays in it.

    Raises YamlDefect where the record cannot be read, UsageError for a text that no record may
    hold, RuntimeError for an edit that has no meaning there (a defect of the tool).
    """
    record = expected = parse(data)
    steps: list[Splice] = []
    for edit in edits:
        for step in _smallest(edit, expected):
            if not step.at:
                raise RuntimeError("a record is not replaced as a whole")
            steps.append(step)
            expected = _with(expected, step)
    if order is not None and _is_all_layout(data, record, order):
        after = dump(expected, order)
    else:
        after = _spliced(data, steps, order)
    if not identical(parse(after), expected):
        raise RuntimeError(f"the edits {edits!r} did not come out as meant")
    return after


def _is_all_layout(data: bytes, record: Any, order: KeyOrder) -> bool:
    """Whether every byte follows from the record: no comment, the canonical layout."""
    return b"#" not in data and dump(record, order) == data


def _spliced(data: bytes, steps: Iterable[Splice], order: KeyOrder | None) -> bytes:
    text = lawful_text(data)
    for step in steps:
        text = _applied(text, step, order or UNORDERED)
    after = text.encode()
    return tidy(after, order) if order is not None and tidy(data, order) == data else after


def _applied(text: str, step: Splice, order: KeyOrder) -> str:
    from b40cli.store.yaml.splice import append_item, put_value

    root = compose(text.encode(), text)
    if isinstance(step, Append):
        return append_item(text, root, step.at, step.value, order)
    return put_value(text, root, step.at, step.value, order)


def _smallest(edit: Splice, data: Any) -> Iterator[Splice]:
    """Break an edit of a collection into edits of what differs, so that the rest stays as it is."""
    value = _plain(edit.value)
    if isinstance(edit, Append):
        yield from _append_or_put(edit, value, at_place(data, edit.at))
        return
    yield from differences(edit.path, edit.at, at_place(data, edit.at), value)


def _append_or_put(edit: Append, value: Any, old: Any) -> Iterator[Splice]:
    if old is ABSENT or old is None or old == []:
        yield Put(edit.path, edit.at, [value])
    elif isinstance(old, list):
        yield Append(edit.path, edit.at, value)
    else:
        raise RuntimeError(f"no list at {edit.at!r}")


def differences(path: str, at: Place, old: Any, new: Any) -> Iterator[Splice]:
    """The smallest edits that make one plain value of another."""
    if identical(old, new):
        return
    if old and isinstance(old, dict) and isinstance(new, dict) and old.keys() <= new.keys():
        for key, value in new.items():
            yield from differences(path, (*at, key), old.get(key, ABSENT), value)
    elif (
        old and isinstance(old, list) and isinstance(new, list) and identical(old, new[: len(old)])
    ):
        yield from (Append(path, at, value) for value in new[len(old) :])
    else:
        yield Put(path, at, new)


class _Absent:
    """Stands for a value that is not there."""


ABSENT = _Absent()


def at_place(data: Any, at: Place) -> Any:
    """The value at a place; ABSENT where nothing stands, RuntimeError where nothing can stand."""
    for step in at:
        if isinstance(step, int):
            data = _item(data, step)
        elif isinstance(data, dict):
            data = data.get(step, ABSENT)
        elif data is not None and data is not ABSENT:
            raise RuntimeError(f"no mapping at {at!r}")
    return data


def _item(data: Any, step: int) -> Any:
    if isinstance(data, list) and 0 <= step < len(data):
        return data[step]
    raise RuntimeError(f"no list entry {step}")


def _with(data: Any, step: Splice) -> Any:
    """Give the plain data after an edit."""
    if not step.at:
        return [*data, step.value] if isinstance(step, Append) else step.value
    first, below = step.at[0], step._replace(at=step.at[1:])
    if isinstance(first, int):
        return [*data[:first], _with(data[first], below), *data[first + 1 :]]
    return {**(data or {}), first: _with((data or {}).get(first), below)}


def _plain(value: Any) -> Any:
    """Copy a value as the dialect would read it back: dict and list only."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
