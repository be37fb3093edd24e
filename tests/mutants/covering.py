"""Which test goes through which place: every block of rules/ and model/ tells that it was entered.

The code of the functions that are loaded is exchanged in place, for this and for a mutant: nothing
is imported anew.
"""

from __future__ import annotations

import ast
import builtins
import gc
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple

from tests.mutants.operators import numbered

PROJECT = Path(__file__).parents[2]
HOUSE = PROJECT / "b40cli"
ROOMS = ("rules", "model")
Place = tuple[str, int]
Functions = dict[str, dict[tuple[str, int], list[FunctionType]]]
seen: set[Place] = set()


class Ran(NamedTuple):
    """What one test went through, and how long it took."""

    places: frozenset[Place]
    seconds: float


def modules() -> dict[str, str]:
    """Each module of rules/ and model/ with its text."""
    files = (file for room in ROOMS for file in sorted((HOUSE / room).rglob("*.py")))
    return {file.relative_to(HOUSE).as_posix(): file.read_text("utf-8") for file in files}


def loaded() -> Functions:
    """Every function there is, by its module, its name and its first line."""
    found: Functions = defaultdict(lambda: defaultdict(list))
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(str(HOUSE)):
            code = each.__code__
            module = Path(code.co_filename).relative_to(HOUSE).as_posix()
            found[module][code.co_qualname, code.co_firstlineno].append(each)
    return found


def exchange(functions: Functions, module: str, tree: ast.Module) -> set[str]:
    """Give the loaded functions of a module the code of this text; which of them took it."""
    fresh = compile(tree, str(HOUSE / module), "exec", dont_inherit=True)
    taken: set[str] = set()
    for code in _codes(fresh):
        for function in functions[module].get((code.co_qualname, code.co_firstlineno), ()):
            if len(code.co_freevars) == len(function.__code__.co_freevars):
                function.__code__ = code
                taken.add(code.co_qualname.split(".<locals>")[0])
    return taken


def _codes(code: CodeType) -> Iterator[CodeType]:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield const
            yield from _codes(const)


def watch(functions: Functions) -> None:
    """From here on every block that is entered is in `seen`."""
    builtins.entered_by_a_test = seen.add  # type: ignore[attr-defined]
    for module, source in modules().items():
        tree = ast.parse(source)
        for n, block in enumerate(list(_blocks(tree))):
            told = ast.parse(f"entered_by_a_test(({module!r}, {n}))").body[0]
            block.insert(_behind_docstring(block), ast.copy_location(told, block[0]))
        exchange(functions, module, ast.fix_missing_locations(tree))


def places(module: str, source: str) -> dict[int, Place]:
    """For each node that may be broken, the block it is in."""
    tree = ast.parse(source)
    where: dict[int, int] = {}
    for n, block in enumerate(_blocks(tree)):
        for statement in block:
            where.update({id(node): n for node in ast.walk(statement)})
    return {n: (module, where[id(node)]) for n, node in numbered(tree) if id(node) in where}


def _blocks(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    """Every list of statements below a function, an outer one before those in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from _below(node)


def _below(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list) and block:
            yield block
            for inner in block:
                if not isinstance(inner, ast.FunctionDef | ast.ClassDef):
                    yield from _below(inner)
    for more in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield from _below(more)


def _behind_docstring(block: list[ast.stmt]) -> int:
    first = block[0]
    says = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return 1 if says and len(block) > 1 else 0
