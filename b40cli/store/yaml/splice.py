"""Where an edit cuts into a record's text, and what it puts there."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from b40cli.model.finding import Place
from b40cli.store.yaml.attachment import entry_start
from b40cli.store.yaml.layout_tree import Block, Entry, KeyOrder, entry_lines, settle, sheet
from b40cli.store.yaml.nodes import Inner, Leaf, Node
from b40cli.store.yaml.positions import comments
from b40cli.store.yaml.quoting import spell, spell_key

_REMARK_LINE = re.compile(r" *(?:#[^\n]*)?(?:\n|\Z)")


class _Spot(NamedTuple):
    """A value in its branch, and the order of the branch's keys."""

    branch: Inner
    place: int
    order: KeyOrder


def put_value(text: str, root: Inner, at: Place, value: Any, order: KeyOrder) -> str:
    """Set the value at a place, making the mappings on the way to it that are missing."""
    spots, missing = _follow(root, at, order)
    if not missing:
        return _replace(text, root, spots, value)
    for step in reversed(missing[1:]):
        value = {_key(step): value}
    branch: Node = spots[-1].branch.values[spots[-1].place] if spots else root
    below = order_at(order, at[: len(at) - len(missing)])
    if isinstance(branch, Leaf) or (spots and not branch.values):
        return _replace(text, root, spots, {_key(missing[0]): value})
    if branch.flow:
        return _insert_in_flow(text, branch, _key(missing[0]), value, below)
    return _insert_in_block(text, branch, _key(missing[0]), value, below)


def append_item(text: str, root: Inner, at: Place, value: Any, order: KeyOrder) -> str:
    """Add an entry to a list that has entries."""
    spots, _ = _follow(root, at, order)
    branch = spots[-1].branch.values[spots[-1].place]
    if not isinstance(branch, Inner) or branch.is_mapping or not branch.values:
        raise RuntimeError(f"no list with entries at {at!r}")
    if branch.flow:
        return _insert(text, branch.values[-1].end, f", {spell(value, True)}")
    lines = _lines(None, value, column(text, branch.start), order_at(order, at).below(0))
    return _insert_lines(text, _line_after(text, branch.end, column(text, branch.start)), lines)


def order_at(order: KeyOrder, at: Place) -> KeyOrder:
    """Give the order of what stands at a place."""
    for step in at:
        order = order.below(step)
    return order


def column(text: str, index: int) -> int:
    """Say how many characters stand before a place on its line."""
    return index - text.rfind("\n", 0, index) - 1


def _key(step: str | int) -> str:
    if isinstance(step, int):
        raise RuntimeError(f"no list entry {step}")
    return step


def _follow(root: Inner, at: Place, order: KeyOrder) -> tuple[list[_Spot], Place]:
    """Walk along a place as far as it exists; give the spots passed and the steps missing."""
    spots: list[_Spot] = []
    node: Node = root
    for depth, step in enumerate(at):
        index = _index(node, step)
        if index is None or not isinstance(node, Inner):
            return spots, at[depth:]
        spots.append(_Spot(node, index, order))
        node, order = node.values[index], order.below(step)
    return spots, ()


def _index(node: Node, step: str | int) -> int | None:
    if not isinstance(node, Inner):
        return None
    if node.is_mapping:
        return node.places.get(_key(step))
    return step if isinstance(step, int) and 0 <= step < len(node.values) else None


def _lines(key: str | None, value: Any, indent: int, order: KeyOrder) -> list[str]:
    entry = Entry(key, sheet(value, order))
    settle(Block(key is not None, [entry]))
    return entry_lines(entry, indent)


def _insert(text: str, index: int, piece: str) -> str:
    return text[:index] + piece + text[index:]


def _insert_lines(text: str, index: int, lines: list[str]) -> str:
    piece = "\n".join([*lines, ""])
    if index and text[index - 1] != "\n":
        piece = "\n" + piece
    return _insert(text, index, piece)


def _line_after(text: str, end: int, indent: int) -> int:
    """Say where the line after an entry begins, past remarks indented deeper than the entry."""
    index = _next_line(text, end)
    stop = index
    while index < len(text) and (match := _REMARK_LINE.match(text, index)):
        remark = match.group().lstrip(" ")
        depth = len(match.group()) - len(remark)
        if remark.startswith("#") and depth <= indent:
            break
        index = match.end()
        stop = index if remark.startswith("#") else stop
    return stop


def _next_line(text: str, index: int) -> int:
    # A text with `|+` ends past its last line break.
    if index and text[index - 1] == "\n":
        return index
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _insert_in_block(text: str, branch: Inner, key: str, value: Any, order: KeyOrder) -> str:
    indent = column(text, branch.start)
    lines = _lines(key, value, indent, order.below(key))
    index = _index_before(branch, key, order)
    opens_line = not text[text.rfind("\n", 0, branch.start) + 1 : branch.start].strip(" ")
    if index is None and opens_line:
        return _insert_lines(text, _above_remarks(text, branch.start), lines)
    end = branch.values[index or 0].end
    return _insert_lines(text, _line_after(text, end, indent), lines)


def _index_before(branch: Inner, key: str, order: KeyOrder) -> int | None:
    """Say after which entry a new key stands: the last one of those that rank before it."""
    rank = order.rank(key)
    ranks = [order.rank(str(leaf.value)) for leaf in branch.keys]
    return max((i for i, other in enumerate(ranks) if other <= rank), default=None)


def _above_remarks(text: str, start: int) -> int:
    """Say where the comments that belong to the entry of a line begin."""
    index = start - column(text, start)
    while index:
        before = text.rfind("\n", 0, index - 1) + 1
        if not text[before:index].lstrip(" ").startswith("#"):
            break
        index = before
    return index


def _insert_in_flow(text: str, branch: Inner, key: str, value: Any, order: KeyOrder) -> str:
    piece = f"{spell_key(key, True)}: {spell(value, True)}"
    if not branch.values:
        # A comment between the braces stays there.
        inside = text[branch.start + 1 : branch.end - 1]
        rest = f" {inside}" if inside.strip() else ""
        return text[: branch.start] + "{" + piece + rest + "}" + text[branch.end :]
    index = _index_before(branch, key, order)
    if index is None:
        return _insert(text, branch.keys[0].start, f"{piece}, ")
    return _insert(text, branch.values[index].end, f", {piece}")


def _replace(text: str, root: Inner, spots: list[_Spot], value: Any) -> str:
    """Write another value at a spot; comments inside the old one go above its entry."""
    branch, index, order = spots[-1]
    old = branch.values[index]
    if branch.flow:
        return _swap(text, root, spots, old.start, old.end, spell(value, True))
    key = None if not branch.is_mapping else str(branch.keys[index].value)
    start = entry_start(text, branch, index)
    # Past the colon of the key, or the dash of the item.
    low = start + 1 if key is None else text.index(":", branch.keys[index].end) + 1
    lines = _lines(key, value, column(text, start), order.below(index if key is None else key))
    head = column(text, start) + (0 if key is None else len(spell_key(key, False))) + 1
    lines[0] = lines[0][head:]
    if len(lines) > 1:
        high = _next_line(text, max(low, old.end))
        return _swap(text, root, spots, low, high, "\n".join([*lines, ""]))
    if old.end > old.start and "\n" not in text[low : old.start]:
        return _swap(text, root, spots, old.start, old.end, lines[0].lstrip(" "))
    return _swap(text, root, spots, low, max(low, old.end), lines[0])


def _swap(text: str, root: Inner, spots: list[_Spot], low: int, high: int, piece: str) -> str:
    notes = comments(text, root, low, high)
    line = _line_of_block_entry(text, spots)
    indent = len(text[line:]) - len(text[line:].lstrip(" "))
    above = "".join(" " * indent + note.text + "\n" for note in notes)
    return text[:line] + above + text[line:low] + piece + text[high:]


def _line_of_block_entry(text: str, spots: list[_Spot]) -> int:
    """Say where the line of the innermost entry in block style begins."""
    for branch, index, _ in reversed(spots):
        if not branch.flow:
            start = entry_start(text, branch, index)
            return start - column(text, start)
    return 0
