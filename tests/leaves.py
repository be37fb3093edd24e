"""Every kind of leaf that a record can have, as the schemas tell it: filled, changed, taken away.

What is made of a schema has all its keys and one entry in each list, whatever the law says of it:
enough to ask which leaves stay as they were recorded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from b40cli.store.schema import KINDS
from b40cli.store.shipped import shipped
from tests.edits import inside

Schema = dict[str, Any]
Place = tuple[str | int, ...]
# Two values of each scalar that the schemas name: what stands there, and what somebody puts there.
SAMPLES: dict[str, tuple[Any, Any]] = {
    "day": ("2026-01-20", "2026-01-21"),
    "time": ("2026-01-20T10:00:00+03:00", "2026-01-20T11:00:00+03:00"),
    "year": (2026, 2025),
    "item": (1, 2),
    "number": (7, 8),
    "name": ("A name", "Another name"),
    "text": ("Some words", "Other words"),
    "slug": ("a-word", "another-word"),
    "country": ("BG", "RO"),
    "city": ("bg-vodengrad", "hr-kamenik"),
    "meeting": ("2026-01-20-ga", "2026-01-20-summit"),
    "decision": ("GA-2026-001", "GA-2026-002"),
    "decision_ga": ("GA-2026-001", "GA-2026-002"),
    "decision_ec": ("EC-2026-001", "EC-2026-002"),
    "decision_pr": ("PR-2026-001", "PR-2026-002"),
    "decision_mi": ("MI-2026-001", "MI-2026-002"),
    "interpretation": ("INT-01", "INT-02"),
    "reading": ("one-reading", "another-reading"),
    "edition": ("2024-01", "2022-02"),
    "article": ("art5", "art6"),
    "sentence": ("art5.1", "art5.2"),
    "source_key": ("founding-list", "statutes"),
    "person": ("ana-primer", "ivo-primer"),
    "record": ("members/bg-vodengrad", "members/hr-kamenik"),
    "sha256": ("0" * 64, "1" * 64),
    "url": ("https://example.org/a", "https://example.org/b"),
    "email": ("a@example.org", "b@example.org"),
    "path": ("evidence/a.pdf", "evidence/b.pdf"),
    "phone": ("+90 1", "+90 2"),
    "language": ("bg", "ro"),
    "key": ("ssh-ed25519 AAAA", "ssh-ed25519 BBBB"),
    "handle": ("@one", "@two"),
}
ANY_KEY = "founding-list"


def filled(kind: str) -> Any:
    """A record of a kind that has every key its schema knows."""
    schema, file = _of_kind(kind)
    return _value(schema, file, ())


def changes(record: Any, kind: str) -> Iterator[tuple[str, Place, Any]]:
    """The record with each leaf once changed and each key once taken away, and the place."""
    schema, file = _of_kind(kind)
    for at, other in _leaves(schema, file, (), ()):
        if _has(record, at) and inside(record, at)[at[-1]] != other:
            changed = deepcopy(record)
            inside(changed, at)[at[-1]] = other
            yield "changed", at, changed
    for at in _places(record, ()):
        fewer = deepcopy(record)
        del inside(fewer, at)[at[-1]]
        yield "removed", at, fewer


def _places(value: Any, at: Place) -> Iterator[Place]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*at, key)
        if isinstance(inner, dict | list):
            yield from _places(inner, (*at, key))


def _has(record: Any, at: Place) -> bool:
    try:
        held = inside(record, at)[at[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return not isinstance(held, dict | list)


def _value(schema: Schema, file: str, names: tuple[str, ...]) -> Any:
    schema, file, names = _followed(schema, file, names)
    if branches := _branches(schema):
        return _value(branches[0], file, names)
    if "properties" in schema or schema.get("type") == "object":
        return {key: _value(inner, file, ()) for key, inner in _properties(schema)}
    if schema.get("type") == "array":
        return [_value(schema["items"], file, ())]
    return _samples(schema, names)[0]


def _leaves(
    schema: Schema, file: str, names: tuple[str, ...], at: Place
) -> Iterator[tuple[Place, Any]]:
    """Each place of a scalar, with another value for it."""
    schema, file, names = _followed(schema, file, names)
    if branches := _branches(schema):
        yield from _leaves(branches[0], file, names, at)
    elif "properties" in schema or schema.get("type") == "object":
        for key, inner in _properties(schema):
            yield from _leaves(inner, file, (), (*at, key))
    elif schema.get("type") == "array":
        yield from _leaves(schema["items"], file, (), (*at, 0))
    else:
        yield at, _samples(schema, names)[1]


def _branches(schema: Schema) -> list[Schema]:
    """The values it may be; what only says which keys are needed is none."""
    return [b for b in schema.get("anyOf", ()) if b.keys() - {"required", "title", "description"}]


def _properties(schema: Schema) -> Iterator[tuple[str, Schema]]:
    yield from schema.get("properties", {}).items()
    free = [*schema.get("patternProperties", {}).values()]
    further = schema.get("additionalProperties")
    for inner in [*free, *([further] if isinstance(further, dict) else [])]:
        yield ANY_KEY, inner


def _samples(schema: Schema, names: tuple[str, ...]) -> tuple[Any, Any]:
    named = next((SAMPLES[name] for name in names if name in SAMPLES), None)
    if named is not None:
        return named
    if "enum" in schema:
        first, *others = schema["enum"]
        return first, others[0] if others else "other"
    by_type = {"boolean": (True, False), "integer": (7, 8), "null": (None, "2026-01-20")}
    return by_type.get(schema.get("type", ""), ("a-word", "another-word"))


def _followed(
    schema: Schema, file: str, names: tuple[str, ...]
) -> tuple[Schema, str, tuple[str, ...]]:
    while "$ref" in schema:
        where, _, way = schema["$ref"].partition("#")
        file = where or file
        found: Any = _schemas()[file]
        steps = [step for step in way.split("/") if step]
        for step in steps:
            found = found[step]
        schema, names = found, (*names, *steps[-1:])
    return schema, file, names


def _of_kind(kind: str) -> tuple[Schema, str]:
    file = next(file for name, _, file in KINDS if name == kind)
    return _schemas()[file], file


@cache
def _schemas() -> dict[str, Any]:
    return {file.name: json.loads(file.read_text()) for file in shipped("schemas").glob("*.json")}
