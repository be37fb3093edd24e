"""To which entry of a record each comment belongs.

A comment on lines of its own belongs to the entry below it; indented deeper than that, to the
end of the list or mapping above. A comment beside a value belongs to that value's entry. What
stands at the top of the file, parted by an empty line from the first entry, heads the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from b40cli.store.yaml.layout_tree import Block, Entry, KeyOrder, in_order, without_blank_ends
from b40cli.store.yaml.nodes import Inner, Leaf, Node, uncommented
from b40cli.store.yaml.positions import Comment, comments, gaps

_BLANK_LINE = re.compile(r"(?<=\n) *(?=\n)")


class _Standing(NamedTuple):
    """An entry where it stands; `around` are the branches that hold it, the outermost first."""

    start: int
    entry: Entry
    around: tuple[Inner, ...]
    value: Node


class _Page:
    """A record's text with its entries in the order of the text."""

    def __init__(self, text: str, root: Inner) -> None:
        self.text = text
        self.bodies: dict[int, Block] = {}
        self.owners: dict[int, Entry] = {}
        self.standing: list[_Standing] = []
        self.root = self.body(root, ())
        self.starts = [standing.start for standing in self.standing]

    def body(self, branch: Inner, around: tuple[Inner, ...]) -> Block:
        body = self.bodies[id(branch)] = Block(branch.is_mapping, [])
        for index, value in enumerate(branch.values):
            key = str(branch.keys[index].value) if branch.is_mapping else None
            entry = Entry(key, None)
            body.entries.append(entry)
            start = entry_start(self.text, branch, index)
            self.standing.append(_Standing(start, entry, (*around, branch), value))
            entry.value = self.value(value, entry, (*around, branch))
        return body

    def value(self, node: Node, owner: Entry, around: tuple[Inner, ...]) -> Any:
        if isinstance(node, Leaf):
            return node.value
        self.owners[id(node)] = owner
        return self.body(node, around)

    def column(self, index: int) -> int:
        return index - self.text.rfind("\n", 0, index) - 1

    def beside(self, at: int) -> list[str]:
        """Give the notes beside the entry that a comment stands beside."""
        position = bisect_left(self.starts, at) - 1
        if position < 0:
            return self.root.foot
        standing = self.standing[position]
        entry: Entry | None = standing.entry
        for branch in reversed(standing.around):
            if branch.flow and branch.end <= at:
                entry = self.owners.get(id(branch))
        return self.root.foot if entry is None else entry.side

    def above_or_below(self, at: int) -> list[str]:
        """Give the notes above the next entry, or below the last one of what ends here."""
        position = bisect_left(self.starts, at)
        after = self.standing[position] if position < len(self.standing) else None
        within = after.around if after else ()
        ended = [b for b in self.branches_before(position) if b not in within]
        deepest = next((b for b in reversed(ended) if self.takes(b, at, after)), None)
        if deepest is not None:
            return self.bodies[id(deepest)].foot
        return after.entry.lead if after else self.root.foot

    def branches_before(self, position: int) -> tuple[Inner, ...]:
        if position == 0:
            return ()
        before = self.standing[position - 1]
        own = (before.value,) if isinstance(before.value, Inner) else ()
        return (*before.around, *own)

    def takes(self, branch: Inner, at: int, after: _Standing | None) -> bool:
        if branch.flow:
            return branch.start < at < branch.end
        indent = self.column(branch.start)
        return indent <= self.column(at) and (after is None or indent > self.column(after.start))


def annotated(text: str, root: Inner, order: KeyOrder) -> tuple[list[str], Block]:
    """Give the comments that head the file, and the record with its comments in order."""
    page = _Page(text, root)
    notes = sorted([*comments(text, root), *_blank_lines(text, root)])
    for index, note in enumerate(notes):
        if note.text and not note.alone:
            page.beside(note.start).append(note.text)
        else:
            _notes_at(page, notes, index).append(note.text)
    head = _split_head(page.root)
    _sort(page.root, order)
    return head, page.root


def entry_start(text: str, branch: Inner, index: int) -> int:
    """Say where an entry begins: at its key, its dash, or in a flow list its value."""
    value = branch.values[index]
    if branch.is_mapping:
        return branch.keys[index].start
    if branch.flow:
        return value.start
    low = branch.values[index - 1].end if index else branch.start
    return low + uncommented(text[low : value.start]).rfind("-")


def _notes_at(page: _Page, notes: list[Comment], index: int) -> list[str]:
    """An empty line goes where the comment below it goes, if one stands before the next entry."""
    at = notes[index].start
    for note in notes[index:]:
        if note.text:
            same_gap = bisect_left(page.starts, note.start) == bisect_left(page.starts, at)
            at = note.start if note.alone and same_gap else at
            break
    return page.above_or_below(at)


def _blank_lines(text: str, root: Inner) -> Iterator[Comment]:
    for low, high in gaps(text, root):
        for match in _BLANK_LINE.finditer(text, low, high):
            yield Comment(match.start(), "", True)


def _split_head(root: Block) -> list[str]:
    if not root.entries:
        return []
    first = root.entries[0]
    parting = max((i for i, line in enumerate(first.lead) if not line), default=0)
    head, first.lead = first.lead[:parting], without_blank_ends(first.lead[parting:])
    return head


def _sort(body: Block, order: KeyOrder) -> None:
    for index, entry in enumerate(body.entries):
        if isinstance(entry.value, Block):
            _sort(entry.value, order.below(entry.key if entry.key is not None else index))
    if body.is_mapping:
        body.entries = in_order(body.entries, order)
