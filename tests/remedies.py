"""The commands that remedies name: found in a text, their placeholders filled, to be typed."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from b40cli.cli.commands import nouns, rows
from b40cli.cli.network.convening import KINDS
from b40cli.cli.network.putting import MATTERS

ROOT = Path(__file__).parents[1] / "b40cli"
STARTS = re.compile(r"\bb40 (?=[a-z])")
# Where a command in a sentence ends: at what closes a clause; prose behind it is cut by words.
ENDS = re.compile(r"[.;:,)`]+(?:\s|$)| \(|\n|$")
HOLE = "HOLE"
# Options without a value: behind them prose may begin.
FLAGS = ("--all", "--again", "--dry-run")
# A command whose words are put into a text.
OPEN = re.compile(rf"\bb40 (\w+ )?{HOLE}")
KNOWN = {row.words for row in rows()}


class Named(NamedTuple):
    """A command that a text names: its words in the table, and what stands behind them."""

    words: str
    rest: tuple[str, ...]


def named(text: str, given: Collection[str] = ()) -> Iterator[Named]:
    """Every command that a text names; prose behind it (`b40 roll lists them`) is no argument.

    `given` are words that look like prose and were put into the text.
    """
    for start in STARTS.finditer(text):
        tail = text[start.end() :]
        end = ENDS.search(tail)
        words = tail[: end.start() if end else None].replace("\\", " ").split()
        first = words[0].removesuffix(".") if words else ""
        two = " ".join(words[:2]).removesuffix(".")
        if two in KNOWN:
            yield Named(two, tuple(_arguments(words[2:], given)))
        elif first in KNOWN and first not in nouns():
            yield Named(first, tuple(_arguments(words[1:], given)))
        elif first in nouns() and HOLE not in two and "--help" not in two:
            yield Named(two, ())


def _arguments(words: list[str], given: Collection[str]) -> Iterator[str]:
    """The words up to where prose begins: a plain word that is no value of an option."""
    before = ""
    for word in words:
        prose = re.fullmatch(r"[a-z]+[.]?", word) and word not in (*MATTERS, *KINDS, *given)
        if prose and (before in FLAGS or not before.startswith("--")):
            return
        yield word
        before = word


@cache
def literals() -> tuple[tuple[str, str], ...]:
    """Every text of the package that may be printed, holes for what is put into it; docs aside."""
    return tuple(_literals())


def _literals() -> Iterator[tuple[str, str]]:
    for file in sorted(ROOT.rglob("*.py")):
        source = file.read_text("utf-8")
        if "b40 " not in source:
            continue
        nodes = list(ast.walk(ast.parse(source)))
        told = {id(n.value) for n in nodes if isinstance(n, ast.Expr)}
        inside = {id(v) for n in nodes if isinstance(n, ast.JoinedStr) for v in n.values}
        for node in nodes:
            if id(node) in told or id(node) in inside:
                continue
            text = _text(node)
            if "b40 " in text:
                yield f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", text


def templates() -> Iterator[tuple[str, str]]:
    """Every text of the package that names a command, in whole or with a hole in its words."""
    for place, text in literals():
        if any(True for _ in named(text)) or OPEN.search(text):
            yield place, text


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        parts = (v.value if isinstance(v, ast.Constant) else HOLE for v in node.values)
        return "".join(map(str, parts))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def typed(command: Named, filled: Mapping[str, str]) -> list[str]:
    """The command as a clerk types it: each placeholder with what the register or the day gives."""
    words = command.words.split()
    before = ""
    for word in shlex.split(" ".join(command.rest)):
        words.append(filled.get(f"{before} {word}", filled.get(word, word)))
        before = word
    return words
