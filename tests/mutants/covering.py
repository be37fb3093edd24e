"""Which test goes through which place: every block of the house tells that it was entered.

The code of the functions that are loaded is exchanged in place, for this and for a mutant: nothing
is imported anew.
"""

from __future__ import annotations

import ast
import builtins
import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import _lru_cache_wrapper
from hashlib import sha256
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
    """What one test went through (a bit for each place of `Places`), and how long it took."""

    places: int
    seconds: float


def modules(rooms: Iterable[str] = ROOMS) -> dict[str, str]:
    """Each module of rules/ and model/ (or of other rooms) with its text."""
    files = (file for room in rooms for file in sorted((HOUSE / room).rglob("*.py")))
    return {file.relative_to(HOUSE).as_posix(): file.read_text("utf-8") for file in files}


class Places:
    """Every block of the house has a bit, so that what a test goes through is a number."""

    def __init__(self) -> None:
        self.bits: dict[Place, int] = {}
        self.module: dict[str, int] = {}
        self.users: dict[str, int] = {}
        house = modules((".",))
        self.digest = sha256(repr(house).encode()).hexdigest()
        for name, text in house.items():
            first = len(self.bits)
            self.bits |= {(name, n): first + n for n, _ in enumerate(_blocks(ast.parse(text)))}
            self.module[name] = (1 << len(self.bits)) - (1 << first)
        for name, text in house.items():
            for used in _imported(ast.parse(text)):
                self.users[used] = self.users.get(used, 0) | self.module[name]

    def number(self, places: Iterable[Place]) -> int:
        """These places as a number."""
        return sum(1 << self.bits[place] for place in set(places) if place in self.bits)


def _imported(tree: ast.Module) -> Iterator[str]:
    """The modules of the house that this one imports by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("b40cli"):
            here = node.module.replace(".", "/").removeprefix("b40cli").lstrip("/")
            for name in (here, *(f"{here}/{alias.name}".lstrip("/") for alias in node.names)):
                yield from (
                    file
                    for file in (f"{name}.py", f"{name}/__init__.py")
                    if (HOUSE / file).is_file()
                )


def loaded() -> Functions:
    """Every function there is, by its module, its name and its first line."""
    found: Functions = defaultdict(lambda: defaultdict(list))
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(str(HOUSE)):
            code = each.__code__
            module = Path(code.co_filename).relative_to(HOUSE).as_posix()
            found[module][code.co_qualname, code.co_firstlineno].append(each)
    return found


def remembering() -> list[_lru_cache_wrapper[object]]:
    """What keeps answers of earlier calls: of a broken function they would be no answers."""
    kept = (each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper))
    return [each for each in kept if str(each.__module__).startswith("b40cli.")]


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
    for module, source in modules((".",)).items():
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
