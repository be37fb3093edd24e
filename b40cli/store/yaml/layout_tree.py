"""A record as it is laid out: entries with the comments that belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from b40cli.store.yaml.quoting import as_literal, spell, spell_key

WIDTH = 100
STEP = 2


class KeyOrder(NamedTuple):
    """The order of a mapping's keys, and of what lies below.

    `children` orders the values of known keys, `items` the entries of a list and the values of
    keys that `children` does not know. Unknown keys stand last, as they came.
    """

    keys: tuple[str, ...] = ()
    children: Mapping[str, KeyOrder] = {}
    items: KeyOrder | None = None

    def below(self, step: str | int) -> KeyOrder:
        """Give the order of the value at a key or a list position."""
        known = self.children.get(step) if isinstance(step, str) else None
        return known or self.items or UNORDERED

    def rank(self, key: str) -> int:
        """Say where a key stands; all unknown keys share the last place."""
        return self.keys.index(key) if key in self.keys else len(self.keys)


UNORDERED = KeyOrder()


class Entry:
    """A key with its value, or a list item: `lead` stands above it, `side` beside it."""

    __slots__ = ("key", "lead", "side", "value")

    def __init__(self, key: str | None, value: Any) -> None:
        self.key = key
        self.value = value
        self.lead: list[str] = []
        self.side: list[str] = []


class Block:
    """A mapping or a list; `foot` are the comments below its last entry."""

    __slots__ = ("entries", "foot", "is_mapping")

    def __init__(self, is_mapping: bool, entries: list[Entry]) -> None:
        self.is_mapping = is_mapping
        self.entries = entries
        self.foot: list[str] = []


def sheet(value: Any, order: KeyOrder) -> Any:
    """Lay plain data out in canonical order: Body for collections, scalars as they are."""
    if isinstance(value, Mapping):
        entries = [Entry(key, sheet(item, order.below(key))) for key, item in value.items()]
        return Block(True, in_order(entries, order))
    if isinstance(value, list | tuple):
        return Block(False, [Entry(None, sheet(item, order.below(0))) for item in value])
    return value


def in_order(entries: list[Entry], order: KeyOrder) -> list[Entry]:
    """Sort a mapping's entries by the order of their keys."""
    return sorted(entries, key=lambda entry: order.rank(entry.key or ""))


def data_of(value: Any) -> Any:
    """Give the plain data of a sheet."""
    if not isinstance(value, Block):
        return value
    if value.is_mapping:
        return {entry.key: data_of(entry.value) for entry in value.entries}
    return [data_of(entry.value) for entry in value.entries]


def body_lines(body: Block, indent: int) -> list[str]:
    """Write a body in block style; its sheet must be settled."""
    lines = [line for entry in body.entries for line in entry_lines(entry, indent)]
    return lines + _above(body.foot, indent)


def entry_lines(entry: Entry, indent: int) -> list[str]:
    """Write an entry: on one line if it fits, else as a block; its comments with it."""
    head = " " * indent + ("-" if entry.key is None else f"{spell_key(entry.key, False)}:")
    lines, is_block = _value_lines(entry, head, indent)
    # Beside a dash that opens a block there is no room for a comment, elsewhere for one.
    room = 0 if is_block and entry.key is None else 1
    if entry.side[:room]:
        lines[0] += f"  {entry.side[0]}"
    notes = list(takewhile(lambda line: line.startswith("#"), lines))
    above = entry.lead + entry.side[room:] + notes
    return _above(above, indent) + lines[len(notes) :]


def settle(body: Block) -> Block:
    """Move comments to where block style has room for them, from the leaves to the root."""
    for entry in body.entries:
        if isinstance(entry.value, Block):
            _settle_entry(entry, settle(entry.value))
    return body


def _settle_entry(entry: Entry, body: Block) -> None:
    if not body.entries:
        entry.lead += body.foot
        body.foot = []
        return
    first = body.entries[0]
    lead, first.lead = first.lead, []
    if entry.key is not None:
        first.lead = without_blank_ends(lead)
    elif lead := without_blank_ends(lead):
        entry.lead += entry.side + lead
        entry.side = []


def without_blank_ends(lines: list[str]) -> list[str]:
    """Drop blank lines at both ends."""
    while lines and not lines[0]:
        lines = lines[1:]
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def _above(notes: list[str], indent: int) -> list[str]:
    pad = " " * indent
    lines = [pad + note if note else "" for note in notes]
    return [line for i, line in enumerate(lines) if line or i == 0 or lines[i - 1]]


def _value_lines(entry: Entry, head: str, indent: int) -> tuple[list[str], bool]:
    value = entry.value
    if isinstance(value, Block):
        line = _flow_line(value, head, entry.key is None)
        return ([line], False) if line is not None else (_block_lines(entry, head, indent), True)
    if literal := as_literal(value):
        pad = " " * (indent + STEP)
        return [
            f"{head} {literal[0]}",
            *(pad + line if line else "" for line in literal[1:]),
        ], False
    return [f"{head} {spell(value, False)}"], False


def _flow_line(body: Block, head: str, in_list: bool) -> str | None:
    """Write a body on its key's line, or say None where it does not fit or may not."""
    line = f"{head} {spell(data_of(body), True)}"
    if not body.entries:
        return line
    may = (in_list or not _holds_mappings(body)) and not _needs_block(body)
    return line if may and len(line) <= WIDTH else None


def _block_lines(entry: Entry, head: str, indent: int) -> list[str]:
    lines = body_lines(entry.value, indent + STEP)
    if entry.key is not None:
        return [head, *lines]
    # What an inner dash had no room for has none behind this one either.
    notes = list(takewhile(lambda line: line.startswith("#"), map(str.lstrip, lines)))
    first, *rest = lines[len(notes) :]
    return [*notes, f"{head} {first.lstrip(' ')}", *rest]


def _holds_mappings(body: Block) -> bool:
    kinds = (entry.value for entry in body.entries if isinstance(entry.value, Block))
    return not body.is_mapping and any(kind.is_mapping and kind.entries for kind in kinds)


def _needs_block(body: Block) -> bool:
    """Whether a comment or a text of several lines stands inside."""
    return any(body.foot) or any(_entry_needs_block(entry) for entry in body.entries)


def _entry_needs_block(entry: Entry) -> bool:
    if any(entry.lead) or entry.side or as_literal(entry.value):
        return True
    return isinstance(entry.value, Block) and _needs_block(entry.value)
