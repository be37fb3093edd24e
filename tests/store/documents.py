"""Random records, and random ways of writing them by hand: flow, block, comments anywhere."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from b40cli.store.yaml.charset import lawful_value
from b40cli.store.yaml.quoting import spell, spell_key

TRAPS = (
    "no", "on", "y", "N", "true", "False", "null", "~", "", "0123", "1_000", "0x1f", "0b11",
    "1.5", ".inf", "-.nan", "1e3", "12:30:45", "10:30", "2026-02-30", "2026-1-5", "-", "--", "---",
    "...", "... x", "--- x", "- x", "-x", "?", "? x", "a: b", "a:", ":a", "a #b", "#a", "a#b",
    " a", "a ", "[bold]", "{a}", "a, b", "a]", "!t", "&a", "*a", "|", ">", "%Y", "@a", "`a`",
    "'", '"', "it's", "\\", "\\n", "a\nb", "a\nb\n", "a\n\nb", "a\n b", " a\nb", "a\nb\n\n",
    "\n", "a\tb", "a \nb", "<<", "=", "+1", "-0", "-5", "00", "1" * 19, "e\u0301"[:1], "Пловдив",
    "🏛", "2026-01-01", "2026-12-15T10:00:00+03:00", "a\n# b", "x: |", "\u00a0", "2/3", "a:b",
    "12e5", "1.2.3", "9" * 70, "12345678e" + "1" * 55,
)  # fmt: skip

WILD = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
TEXTS = st.sampled_from(TRAPS) | st.from_regex(r"[a-z]{1,8}", fullmatch=True)
LAWFUL_TEXTS = TEXTS | WILD.filter(lawful_value)
SCALARS = LAWFUL_TEXTS | st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1)
DATA: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(LAWFUL_TEXTS, below, max_size=4),
    max_leaves=14,
)
RECORDS = st.dictionaries(LAWFUL_TEXTS, DATA, max_size=6)


class Hand:
    """Writes a record as some hand might: every choice is drawn."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.notes = 0

    def number(self, low: int, high: int) -> int:
        return int(self.draw(st.integers(low, high)))

    def chance(self, one_in: int) -> bool:
        return self.number(1, one_in) == one_in

    def note(self) -> str:
        self.notes += 1
        return f"# n{self.notes} - x: [y"

    def beside(self) -> str:
        return " " * self.number(1, 3) + self.note() if self.chance(5) else ""

    def above(self, indent: int) -> list[str]:
        lines = []
        while self.chance(5):
            lines.append("" if self.chance(2) else " " * indent + self.note())
        return lines

    def record(self, data: dict[str, Any]) -> str:
        lines = self.above(0) + self.block(data, 0) + self.above(self.number(0, 3))
        return "\n".join([*lines, ""] if self.chance(2) else lines)

    def block(self, data: Any, indent: int) -> list[str]:
        if not data:
            return [" " * indent + self.flow(data, indent)]
        pairs = data.items() if isinstance(data, dict) else ((None, item) for item in data)
        lines: list[str] = []
        for key, value in pairs:
            lines += self.above(indent) + self.entry(key, value, indent)
        step = self.number(0, 2)
        return lines + ([" " * (indent + step) + self.note()] if self.chance(8) else [])

    def entry(self, key: str | None, value: Any, indent: int) -> list[str]:
        head = " " * indent + ("-" if key is None else spell_key(key, False) + ":")
        if isinstance(value, dict | list) and value and self.chance(2):
            below = indent + self.number(1, 4)
            return [head + self.beside(), *self.block(value, below)]
        if isinstance(value, dict | list):
            return [f"{head} {self.flow(value, indent)}{self.beside()}"]
        if value is None and self.chance(2):
            return [head + self.beside()]
        return [f"{head} {spell(value, False)}{self.beside()}"]

    def flow(self, value: Any, indent: int) -> str:
        if not isinstance(value, dict | list):
            return spell(value, True)
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        parts = [
            self.gap(indent)
            + (f"{spell_key(item, True)}: {self.flow(value[item], indent)}"
               if isinstance(value, dict) else self.flow(item, indent))
            for item in value
        ]  # fmt: skip
        return opening + ",".join(parts) + self.gap(indent) + closing

    def gap(self, indent: int) -> str:
        if self.chance(6):
            pad = "\n" + " " * (indent + self.number(1, 4))
            inner = pad + self.note() if self.chance(3) else ""
            return self.beside() + inner + pad
        return " " * self.number(0, 1)


@st.composite
def handwritten(draw: Any) -> tuple[dict[str, Any], str, int]:
    """Draw a record, a text of it, and how many comments stand in that."""
    data = draw(RECORDS)
    hand = Hand(draw)
    return data, hand.record(data), hand.notes
