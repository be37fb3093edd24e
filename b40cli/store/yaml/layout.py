"""The canonical layout of a record: key order, indentation, quotes; what `b40 fmt` writes.

A value that is a collection stands on its key's line where that fits, else as a block; a list of
mappings is a block with a line for each entry that fits. Quotes stand only where they must.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from b40cli.store.yaml.charset import lawful_text
from b40cli.store.yaml.defect import YamlDefect
from b40cli.store.yaml.layout_tree import (
    UNORDERED,
    Block,
    KeyOrder,
    body_lines,
    settle,
    sheet,
    without_blank_ends,
)

if TYPE_CHECKING:
    from b40cli.store.yaml.nodes import Inner

__all__ = ["UNORDERED", "KeyOrder", "dump", "tidy"]


def dump(record: Mapping[str, Any], order: KeyOrder) -> bytes:
    """Write a new record.

    Raises UsageError for a text that no record may hold, TypeError for what is no plain data.
    """
    return _written([], sheet(record, order))


def tidy(data: bytes, order: KeyOrder) -> bytes:
    """Write a record anew in canonical order and layout, with every comment.

    Raises YamlDefect where the record cannot be read, or a comment has no place in the layout.
    """
    from b40cli.store.yaml.attachment import annotated
    from b40cli.store.yaml.positions import marked

    text = lawful_text(data)
    root = marked(data, text)
    tidied = _written(*annotated(text, root, order))
    _require_same(text, root, tidied)
    return tidied


def _written(head: list[str], root: Block) -> bytes:
    lines = body_lines(settle(root), 0) if root.entries else ["{}", *root.foot]
    head = without_blank_ends(head)
    parting = [""] if head else []
    return "\n".join([*head, *parting, *without_blank_ends(lines), ""]).encode()


def _require_same(text: str, root: Inner, tidied: bytes) -> None:
    from b40cli.store.yaml.nodes import identical, plain_data
    from b40cli.store.yaml.positions import marked

    after = tidied.decode()
    after_root = marked(tidied, after)
    if not identical(plain_data(root), plain_data(after_root)):
        raise RuntimeError("the canonical layout changed what the record says")
    if _remarks(text, root) != _remarks(after, after_root):
        raise YamlDefect(
            1,
            1,
            "A comment stands where the canonical layout has no place for it.",
            "Put each comment on a line of its own above its entry.",
        )


def _remarks(text: str, root: Inner) -> list[str]:
    from b40cli.store.yaml.positions import comments

    return sorted(comment.text for comment in comments(text, root))
