"""schemas/results.json, made from the types of b40cli/model/results/.

A command's function says what it answers (`-> Answer[RollShown]`); a key's type becomes its schema,
and the text beside an `Annotated` one is a place in schemas/ that says more.
"""

from __future__ import annotations

import json
import pkgutil
import types
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from importlib import import_module
from operator import or_
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from b40cli.cli.commands import CommandRow, rows
from b40cli.cli.telling import kinds_of
from b40cli.model import results
from b40cli.model.results.published import Published
from b40cli.store.shipped import shipped

FILE = shipped("schemas") / "results.json"
EXPORT = shipped("schemas") / "export.json"
PLAIN = {str: "string", int: "integer", bool: "boolean", type(None): "null"}
NOTE = {
    "title": "Note",
    "description": "The note of Art. 1; only where something names Kosovo*.",
    "type": "string",
}
STOPPED = {
    "title": "Stopped",
    "description": "A command that stopped has no result; the note of Art. 1 may stand there.",
    "required": ["ok", "result"],
    "properties": {
        "ok": {"const": False},
        "result": {"additionalProperties": False, "properties": {"designation_note": NOTE}},
    },
}
EXPORT_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Export",
    "description": "The register as of a day, as `b40 export json` writes it.",
}
Schema = dict[str, Any]


def names() -> dict[str, Any]:
    """Every type of the room by its name: no two share one (tests/test_architecture.py)."""
    modules = [import_module(f"{results.__name__}.{m.name}") for m in _modules()]
    return {name: kind for module in modules for name, kind in vars(module).items()}


def _modules() -> list[pkgutil.ModuleInfo]:
    return list(pkgutil.iter_modules(results.__path__))


def result_of(row: CommandRow) -> Any:
    """The type of what a command answers."""
    return reduce(or_, kinds_of(row))


def whole() -> Schema:
    """The file: one condition a command, one definition a type."""
    made: dict[str, Schema] = {"stopped": STOPPED}
    conditions = [_condition(row, made) for row in rows()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Results",
        "description": "What each command answers; made from the types of b40cli/model/results/.",
        "type": "object",
        "allOf": conditions,
        "$defs": dict(sorted(made.items())),
    }


def text() -> str:
    """The file as it lies in schemas/."""
    return f"{_laid_out(whole(), 0)}\n"


def export_text() -> str:
    """schemas/export.json, of the document that `export json` writes."""
    made: dict[str, Schema] = {}
    return f"{_laid_out({**EXPORT_HEAD, **of(Published, made), '$defs': made}, 0)}\n"


def _laid_out(value: Any, depth: int) -> str:
    """On one line what fits there, as in the other schemas."""
    short = json.dumps(value, ensure_ascii=False)
    if len(short) + 2 * depth < 98 or not isinstance(value, dict | list):
        return short
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, list):
        lines = [_laid_out(item, depth + 1) for item in value]
        return "[\n" + ",\n".join(f"{inner}{line}" for line in lines) + f"\n{outer}]"
    lines = [f"{json.dumps(key)}: {_laid_out(item, depth + 1)}" for key, item in value.items()]
    return "{\n" + ",\n".join(f"{inner}{line}" for line in lines) + f"\n{outer}}}"


def _condition(row: CommandRow, made: dict[str, Schema]) -> Schema:
    """An answer that stopped before it had a result has none of its shape."""
    asked = {"required": ["command"], "properties": {"command": {"const": row.words}}}
    return {
        "if": {**asked, "not": {"$ref": "#/$defs/stopped"}},
        "then": {
            "description": f"What b40 {row.words} answers.",
            "properties": {"result": _noted(result_of(row), made)},
        },
    }


def _noted(kind: Any, made: dict[str, Schema]) -> Schema:
    """A result, with the note of Art. 1 where it names Kosovo*."""
    found = [_noted_one(each, made) for each in _alternatives(kind)]
    return found[0] if len(found) == 1 else {"anyOf": found}


def _alternatives(kind: Any) -> Sequence[Any]:
    return get_args(kind) if get_origin(kind) in (types.UnionType, Union) else (kind,)


def _noted_one(kind: Any, made: dict[str, Schema]) -> Schema:
    schema = of(kind, made)
    if is_typeddict(kind):
        made[kind.__name__]["properties"]["designation_note"] = NOTE
        return schema
    marked = {"type": "object", "required": ["designation_note"], "additionalProperties": True}
    return {"anyOf": [schema, {**marked, "properties": {"designation_note": NOTE}}]}


def of(kind: Any, made: dict[str, Schema]) -> Schema:
    """The schema of a type; those with keys are put into `made` under their names."""
    origin, args = get_origin(kind), get_args(kind)
    if is_typeddict(kind):
        if kind.__name__ not in made:
            made[kind.__name__] = {}
            made[kind.__name__].update(_keyed(kind, made))
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if kind is Any:
        return {}
    if kind in PLAIN:
        return {"type": PLAIN[kind]}
    if origin is Annotated:
        return {"$ref": args[1]}
    if origin is Literal:
        return {"type": "string", "enum": list(args)}
    if origin in (types.UnionType, Union):
        return {"anyOf": [of(each, made) for each in args]}
    if origin in (list, Sequence):
        return {"type": "array", "items": of(args[0], made)}
    assert origin in (dict, Mapping), kind
    free = args[1] is Any
    return {"type": "object", "additionalProperties": True if free else of(args[1], made)}


def _keyed(kind: Any, made: dict[str, Schema]) -> Schema:
    keys = dict(_keys(kind))
    return {
        "title": kind.__name__,
        "description": kind.__doc__,
        "type": "object",
        "required": [key for key, (_type, needed) in keys.items() if needed],
        "additionalProperties": False,
        "properties": {
            key: {"title": key.replace("_", " ").capitalize(), **of(found, made)}
            for key, (found, _needed) in keys.items()
        },
    }


def _keys(kind: Any) -> Iterator[tuple[str, tuple[Any, bool]]]:
    """Each key with its type, and whether it is always there."""
    for key, found in get_type_hints(kind, localns=names(), include_extras=True).items():
        left_out = get_origin(found) is NotRequired
        inner = get_args(found)[0] if left_out else found
        yield key, (inner, not left_out and key not in kind.__optional_keys__)
