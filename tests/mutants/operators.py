"""Small breaks of a program: what is compared, joined, counted, answered, one place at a time.

Sentences for people (a text with a blank in it), annotations, docstrings and what an f-string says
are left alone: the goldens hold what is said. So are the name under which something is remembered,
which may be any, and the guard of a `zip` of two that are always of one length.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
Break = Callable[[], None]


class Mutant(NamedTuple):
    """One break: where it is, what stood there, what stands there now."""

    module: str
    where: str
    was: str
    now: str
    nth: int
    node: int
    kind: int

    def __str__(self) -> str:
        more = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.module} {self.where}: {self.was}  =>  {self.now}{more}"

    @property
    def at_import(self) -> bool:
        """Whether it is read once, when the module is imported."""
        return self.where == "(module)"


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """All breaks of a module, in the order of its text."""
    seen: Counter[tuple[str, str, str]] = Counter()
    owners = _owners(ast.parse(source))
    for n, node in enumerate(_nodes(ast.parse(source))):
        for kind, (was, now) in enumerate(_told(node)):
            name = (owners[n], was, now)
            seen[name] += 1
            yield Mutant(module, *name, seen[name], n, kind)


def broken(source: str, mutant: Mutant) -> ast.Module:
    """The module with the break in it."""
    tree = ast.parse(source)
    node = _nodes(tree)[mutant.node]
    _breaks(node)[mutant.kind]()
    return ast.fix_missing_locations(tree)


def numbered(tree: ast.Module) -> Iterator[tuple[int, ast.AST]]:
    """The nodes by the number that a mutant names."""
    yield from enumerate(_nodes(tree))


def _nodes(tree: ast.Module) -> list[ast.AST]:
    """What may be broken, each time in the same order."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += reversed([child for child in ast.iter_child_nodes(node) if _counts(node, child)])
    return found


def _counts(node: ast.AST, child: ast.AST) -> bool:
    """No annotation, decorator, docstring, nor what an f-string says, nor what is but a name."""
    aside = [getattr(node, "annotation", None), getattr(node, "returns", None)]
    aside += getattr(node, "decorator_list", [])
    if isinstance(node, ast.keyword) and node.arg == "strict":
        aside.append(node.value)
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "remember":
        aside += node.args[:1]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        aside.append(node.value)  # a docstring of one word
    return child not in aside and not isinstance(child, ast.JoinedStr)


def _owners(tree: ast.Module) -> list[str]:
    """For each node the function it is in."""
    names: dict[int, str] = {}

    def visit(node: ast.AST, where: str, inside: bool) -> None:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inside = inside or isinstance(node, ast.FunctionDef)
            where = f"{where}.{node.name}" if where else node.name
        names[id(node)] = where if inside else "(module)"
        for field, value in ast.iter_fields(node):
            children = value if isinstance(value, list) else [value]
            outer = isinstance(node, ast.FunctionDef) and field == "args"
            for child in children:
                if isinstance(child, ast.AST):
                    visit(child, where, inside and not outer)

    visit(tree, "", False)
    return [names[id(node)] for node in _nodes(tree)]


def _told(node: ast.AST) -> list[tuple[str, str]]:
    """For each break of the node, its text before and after."""
    told = []
    for kind in range(len(_breaks(node))):
        fresh = ast.parse(ast.unparse(node)).body[0] if isinstance(node, ast.stmt) else None
        copy = fresh or _copied(node)
        was = _line(copy)
        _breaks(copy)[kind]()
        told.append((was, _line(copy)))
    return told


def _copied(node: ast.AST) -> ast.AST:
    from copy import deepcopy

    return deepcopy(node)


def _line(node: ast.AST) -> str:
    body = getattr(node, "test", None)
    if isinstance(node, ast.If | ast.While) and body is not None:
        return f"if {ast.unparse(body)}"
    return " ".join(ast.unparse(node).split())


def _breaks(node: ast.AST) -> list[Break]:
    """Each way in which the node can be broken, done in place."""
    match node:
        case ast.Compare():
            return [_swap(node.ops, n) for n in range(len(node.ops)) if type(node.ops[n]) in OTHER]
        case ast.BoolOp() | ast.BinOp() if type(node.op) in OTHER:
            return [lambda: setattr(node, "op", OTHER[type(node.op)]())]
        case ast.If() | ast.While() | ast.IfExp() if not isinstance(node.test, ast.Compare):
            return [lambda: setattr(node, "test", _negated(node.test))]
        case ast.comprehension():
            return [_dropped(node.ifs, n) for n in range(len(node.ifs))]
        case ast.Constant():
            return [lambda: setattr(node, "value", _other(node.value))] if _may(node) else []
        case ast.Return() if node.value is not None and not _is_nothing(node.value):
            return [lambda: setattr(node, "value", ast.Constant(None))]
        case ast.Assign():
            return [lambda: setattr(node, "value", ast.Constant(None))]
        case ast.Expr() if isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom):
            return [lambda: setattr(node, "value", ast.Constant(None))]
        case ast.Name() if node.id in NAMES and isinstance(node.ctx, ast.Load):
            return [lambda: setattr(node, "id", NAMES[node.id])]
        case _:
            return []


def _swap(ops: list[ast.cmpop], n: int) -> Break:
    return lambda: ops.__setitem__(n, OTHER[type(ops[n])]())  # type: ignore[call-overload]


def _dropped(ifs: list[ast.expr], n: int) -> Break:
    return lambda: ifs.__setitem__(n, ast.Constant(True))


def _negated(test: ast.expr) -> ast.expr:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.UnaryOp(ast.Not(), test)


def _is_nothing(node: ast.expr) -> bool:
    """What is false already, or empty: None in its place is the same answer."""
    empty = isinstance(node, ast.List | ast.Tuple | ast.Dict) and not ast.unparse(node)[1:-1]
    return empty or (isinstance(node, ast.Constant) and not node.value)


def _may(node: ast.Constant) -> bool:
    value = node.value
    return isinstance(value, bool | int) or (isinstance(value, str) and _is_word(value))


def _is_word(text: str) -> bool:
    return bool(text) and " " not in text


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"XX{value}XX"
