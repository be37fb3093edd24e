"""Where things stand in a record's text: values, document marks, comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from b40cli.store.yaml.defect import defect_at
from b40cli.store.yaml.nodes import Inner, Leaf, Node, compose, leaves

_DOCUMENT_MARK = re.compile(r"^(?:(?:---|\.\.\.)(?=[ \n]|\Z)|%)", re.MULTILINE)
_COMMENT = re.compile("#[^\n]*")


class Comment(NamedTuple):
    """A comment: where its `#` stands, what it says, and whether it has its line to itself."""

    start: int
    text: str
    alone: bool


def marked(data: bytes, text: str) -> Inner:
    """Read a record into its tree; raises YamlDefect."""
    _refuse_document_marks(text)
    return compose(data, text)


def _refuse_document_marks(text: str) -> None:
    """Refuse a line that begins or ends a document; the C parser passes some in silence."""
    if found := _DOCUMENT_MARK.search(text):
        kind = "directive" if found.group() == "%" else f"document mark `{found.group()}`"
        raise defect_at(text, found.start(), f"A {kind}.", "Delete the line.")


def places(data: bytes, text: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Give line and column of every value of a record."""
    lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(index: int) -> tuple[int, int]:
        line = bisect_right(lines, index)
        return line, index - lines[line - 1] + 1

    found = {at: place(index) for at, index in _starts(marked(data, text), ())}
    return {(): (1, 1), **found}


def _starts(node: Node, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], int]]:
    if isinstance(node, Leaf):
        return
    for index, value in enumerate(node.values):
        here = (*at, str(node.keys[index].value) if node.is_mapping else index)
        yield here, node.keys[index].start if node.is_mapping else value.start
        yield from _starts(value, here)


def comments(text: str, root: Inner, start: int = 0, end: int | None = None) -> list[Comment]:
    """Give the comments of a record that begin in a stretch of its text."""
    found = []
    for low, high in gaps(text, root):
        for match in _COMMENT.finditer(text, low, high):
            line = text.rfind("\n", 0, match.start()) + 1
            alone = not text[line : match.start()].strip(" ")
            found.append(Comment(match.start(), match.group().rstrip(" "), alone))
    stop = len(text) if end is None else end
    return [comment for comment in found if start <= comment.start < stop]


def gaps(text: str, root: Inner) -> Iterator[tuple[int, int]]:
    """Give the stretches between scalars; the header line of a block scalar is one too."""
    low = 0
    for leaf in leaves(root):
        yield low, leaf.start
        if leaf.style in ("|", ">"):
            yield leaf.start, min(leaf.end, text.find("\n", leaf.start))
        low = leaf.end
    yield low, len(text)
