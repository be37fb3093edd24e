"""What one change did to a record, done to the record as it stands elsewhere."""

from __future__ import annotations

import pytest

from b40cli.store.yaml.carrying import Carried, carried
from b40cli.store.yaml.layout_tree import UNORDERED

BASE = b"id: x\nmayors:\n  - {name: A, from: 2024-01-01}\n"
MORE = BASE + b"  - {name: B, from: 2025-01-01}\n"


def on(here: bytes, was: bytes, now: bytes) -> Carried:
    return carried(was, now, here, UNORDERED, lambda value: value)


@pytest.mark.parametrize(
    ("here", "was", "now", "becomes"),
    [
        (b"id: x\nc: 1 # kept\n", b"id: x\n", b"id: x\nd: 2\n", b"id: x\nc: 1 # kept\nd: 2\n"),
        (b"id: x\nd: 2\n", b"id: x\n", b"id: x\nd: 2\n", b"id: x\nd: 2\n"),
        (MORE, MORE, MORE, MORE),
        (b"l: [1, 2]\n", b"l: [1]\n", b"l: [1, 3]\n", b"l: [1, 2, 3]\n"),
        (b"l: [2]\na: 1\n", b"a: 1\n", b"a: 1\nl: [3]\n", b"l: [2, 3]\na: 1\n"),
    ],
)
def test_what_was_done_here_is_done_there(
    here: bytes, was: bytes, now: bytes, becomes: bytes
) -> None:
    assert on(here, was, now) == Carried(becomes, ())


def test_an_entry_is_found_where_it_stands_there() -> None:
    """It was the second of two; there another came before it."""
    ended = MORE.replace(b"2025-01-01}", b"2025-01-01, ended: died}")
    other = b"  - {name: C, from: 2025-02-01}\n"
    here = BASE + other + b"  - {name: B, from: 2025-01-01}\n"
    found = on(here, MORE, ended).data.decode()
    assert "C, from: 2025-02-01}" in found and "2025-01-01, ended: died}" in found
    assert on(BASE + other, MORE, ended).clashes == ("mayors.1.ended",)


@pytest.mark.parametrize(
    ("here", "was", "now", "place"),
    [
        (b"a: 2\n", b"a: 1\n", b"a: 3\n", "a"),
        (b"a: 1\nb: 1\n", b"a: 1\n", b"a: 1\nb: 2\n", "b"),
        (b"a: 1\n", b"a: 1\nb: {c: 1}\n", b"a: 1\nb: {c: 2}\n", "b.c"),
        (b"a: x\n", b"a: [1]\n", b"a: [1, 2]\n", "a"),
        (MORE, BASE, BASE + b"  - {name: D, from: 2025-01-01}\n", "mayors"),
    ],
)
def test_what_both_sides_changed_is_named_and_left(
    here: bytes, was: bytes, now: bytes, place: str
) -> None:
    assert on(here, was, now) == Carried(here, (place,))
