"""A record as a tree of marked nodes: every value with the span of text it was read from.

The careful reading. `dialect.parse` reads fast and comes here only for a file that it refuses,
to say where and why; editing and layout need the marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from b40cli.store.yaml.charset import lawful_value
from b40cli.store.yaml.defect import YamlDefect, defect_at
from b40cli.store.yaml.scalars import Ambiguous, Scalar, is_unwritten, key_meaning, meaning
from b40cli.store.yaml.yamlio import fed, heard, library, stand_in

DEPTH = 32
NODES = 100_000


class Leaf(NamedTuple):
    """A scalar; `end` is one past its last character, trailing line breaks left out."""

    value: Scalar
    start: int
    end: int
    style: str


class Inner:
    """A mapping (with keys) or a list (without); `end` is one past its last character."""

    __slots__ = ("end", "flow", "is_mapping", "keys", "places", "start", "values")

    def __init__(self, is_mapping: bool, flow: bool, start: int) -> None:
        self.is_mapping = is_mapping
        self.flow = flow
        self.start = start
        self.end = start
        self.keys: list[Leaf] = []
        self.values: list[Node] = []
        # Where among the entries each key stands.
        self.places: dict[str, int] = {}


Node = Leaf | Inner


def compose(data: bytes, text: str) -> Inner:
    """Read a record into its tree; raises YamlDefect at the first breach of the dialect."""
    composition = _Composition(data, text)
    try:
        composition.run()
    except library().error as error:
        from b40cli.store.yaml.grammar import grammar_defect

        raise grammar_defect(error, text) from None
    if composition.root is None:
        raise YamlDefect(1, 1, "The file is empty.", "Write the record, or delete the file.")
    if not (isinstance(composition.root, Inner) and composition.root.is_mapping):
        raise YamlDefect(1, 1, "The record is not a mapping.", "Write `key: value` lines.")
    return composition.root


def plain_data(node: Node) -> Any:
    """Say what a tree holds, as dict, list, str, int, bool and None."""
    if isinstance(node, Leaf):
        return node.value
    if node.is_mapping:
        return {k.value: plain_data(v) for k, v in zip(node.keys, node.values, strict=True)}
    return [plain_data(value) for value in node.values]


def leaves(node: Node) -> Iterator[Leaf]:
    """Give the scalars of a tree, keys too, in the order of the text."""
    if isinstance(node, Leaf):
        yield node
    elif node.is_mapping:
        for key, value in zip(node.keys, node.values, strict=True):
            yield key
            yield from leaves(value)
    else:
        for value in node.values:
            yield from leaves(value)


def identical(one: Any, other: Any) -> bool:
    """Whether two plain values are the same, types and all (1 is not true)."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(identical(v, other[k]) for k, v in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(identical, one, other))
    return bool(one == other)


class _Composition:
    """The state of one careful reading."""

    def __init__(self, data: bytes, text: str) -> None:
        self.data = data
        self.text = text
        self.root: Node | None = None
        self.open: list[Inner] = []
        self.count = 0
        self.has_marks = "?" in text
        self.colon = stand_in(text) or ""
        if not self.colon:
            raise self.refuse(0, "Every character of private use.", "Remove them.")
        # Where the last scalar or bracket ended: what lies between it and the next is punctuation.
        self.last = 0

    def run(self) -> None:
        kinds = library()
        handlers = {
            kinds.scalar: self.scalar,
            kinds.mapping_start: self.start,
            kinds.sequence_start: self.start,
            kinds.mapping_end: self.end,
            kinds.sequence_end: self.end,
            kinds.alias: self.alias,
            kinds.document_start: self.document,
            kinds.document_end: self.document,
        }
        next_event = kinds.parser(fed(self.data, self.colon)).get_event
        event = next_event()
        while type(event) is not kinds.stream_end:
            if handler := handlers.get(type(event)):
                handler(event)
            event = next_event()

    def refuse(self, index: int, message: str, remedy: str) -> YamlDefect:
        return defect_at(self.text, index, message, remedy)

    def document(self, event: Any) -> None:
        at = event.start_mark.index
        if event.explicit:
            raise self.refuse(
                at, "A document mark (`---` or `...`) or a directive.", "Delete the line."
            )
        if self.root is not None and type(event) is library().document_start:
            raise self.refuse(at, "A second document.", "One record to a file.")

    def alias(self, event: Any) -> None:
        raise self.refuse(event.start_mark.index, "An alias (`*`).", "Write the value out.")

    def admit(self, event: Any) -> int:
        self.count += 1
        at: int = event.start_mark.index
        if self.count > NODES:
            raise self.refuse(at, f"More than {NODES} values.", "Split the record.")
        if event.anchor is not None:
            raise self.refuse(at, "An anchor (`&`).", "Delete it; write values out.")
        if event.ctag is not None:
            raise self.refuse(at, "A tag (`!`).", "Delete it; quote a value that is a text.")
        return at

    def awaits_key(self) -> bool:
        if not self.open:
            return False
        parent = self.open[-1]
        return parent.is_mapping and len(parent.keys) == len(parent.values)

    def scalar(self, event: Any) -> None:
        at = self.admit(event)
        if self.awaits_key():
            self.key(event, at)
            return
        style = event.style or ""
        if not style and not event.value and is_unwritten(self.text, at):
            raise self.refuse(at, "A key without a colon, or without a value.", "Write `null`.")
        self.place(Leaf(self.resolved(event, at, meaning), at, self.leaf_end(event), style))

    def key(self, event: Any, at: int) -> None:
        parent = self.open[-1]
        if self.has_marks and "?" in uncommented(self.text[self.last : at]):
            raise self.refuse(at, "A key marked with `?`.", "Write `key: value`.")
        value = self.resolved(event, at, key_meaning)
        if value in parent.places:
            raise self.refuse(at, f"The key `{value}` stands twice.", "Keep one of them.")
        parent.places[value] = len(parent.keys)
        parent.keys.append(Leaf(value, at, self.leaf_end(event), event.style or ""))

    def resolved(self, event: Any, at: int, read: Any) -> Any:
        if not event.style:
            try:
                return read(heard(event.value, self.colon))
            except Ambiguous as found:
                raise self.refuse(at, found.message, found.remedy) from None
        if event.style == '"' and not lawful_value(event.value):
            raise self.refuse(
                at, "An escape for a control or invisible character.", "Remove the character."
            )
        return heard(event.value, self.colon)

    def leaf_end(self, event: Any) -> int:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            header = self.text[start : self.text.find("\n", start)].split("#")[0]
            if "+" not in header:
                end = start + len(self.text[start:end].rstrip("\n "))
        self.last = end
        return int(end)

    def start(self, event: Any) -> None:
        at = self.admit(event)
        if self.awaits_key():
            raise self.refuse(at, "A key that is a list or a mapping.", "Name the key in a word.")
        if len(self.open) >= DEPTH:
            raise self.refuse(at, f"More than {DEPTH} levels.", "Make the record flatter.")
        is_mapping = type(event) is library().mapping_start
        flow = bool(event.flow_style)
        if flow and is_mapping and self.text[at] != "{":
            raise self.refuse(at, "A `key: value` pair bare in a list.", "Write `{key: value}`.")
        branch = Inner(is_mapping, flow, at)
        self.last = at + 1 if flow else self.last
        self.place(branch)
        self.open.append(branch)

    def end(self, event: Any) -> None:
        branch = self.open.pop()
        if branch.flow:
            branch.end = self.last = event.end_mark.index
        else:
            branch.end = branch.values[-1].end

    def place(self, node: Node) -> None:
        if self.open:
            self.open[-1].values.append(node)
        elif self.root is None:
            self.root = node


def uncommented(gap: str) -> str:
    """Blank the comments of a text between scalars; what is left is spaces and punctuation."""
    if "#" not in gap:
        return gap
    import re

    return re.sub("#[^\n]*", lambda found: " " * len(found.group()), gap)
