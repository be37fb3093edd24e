"""Complaints: what a schema has against a record, in plain sentences.

Works on faults as jsonschema reports them, by shape only: the library itself stays behind
store/schema.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from b40cli.model.finding import Place

_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}
_LONGEST = 60


class Complaint(NamedTuple):
    """One thing wrong in a record: the place (of the mapping, where a field is missing), what is
    there and what is expected, and what helps."""

    at: Place
    message: str
    remedy: str


class Fault(Protocol):
    """What is used of a jsonschema.ValidationError."""

    validator: Any
    validator_value: Any
    instance: Any
    schema: Any
    context: Any

    @property
    def absolute_path(self) -> Sequence[str | int]: ...
    @property
    def path(self) -> Sequence[str | int]: ...
    @property
    def schema_path(self) -> Sequence[str | int]: ...
    @property
    def absolute_schema_path(self) -> Sequence[str | int]: ...


class Meaning(NamedTuple):
    """What the schema says about a fault: of a field by place, and of the condition it broke."""

    field: Callable[[Place], str]
    condition: Callable[[Sequence[str | int]], str]


def complaints(faults: Iterable[Fault], meaning: Meaning) -> list[Complaint]:
    """Turn faults into complaints: by place, one for each value, all for each mapping."""
    found: dict[Place | tuple[Place, str], Complaint] = {}
    for fault in faults:
        scalar = not isinstance(fault.instance, dict | list)
        for complaint in _told(fault, meaning):
            found.setdefault(
                complaint.at if scalar else (complaint.at, complaint.message), complaint
            )
    return sorted(found.values(), key=lambda one: (_sortable(one.at), one.message))


def where(at: Place) -> str:
    """Write a place as people do: mayors[0].from, or the record."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{_clean(step)}" for step in at)
    return text.removeprefix(".") or "the record"


def shown(value: object) -> str:
    """Write a value for a sentence: short, and without characters a terminal would obey."""
    if isinstance(value, str):
        return f"'{_clean(value)}'"
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    # Python refuses to write integers of thousands of digits.
    return (
        "a very large number" if isinstance(value, int) and value > 10**60 else _clean(str(value))
    )


def _clean(text: str) -> str:
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


def _sortable(at: Place) -> tuple[tuple[bool, int, str], ...]:
    return tuple(
        (False, step, "") if isinstance(step, int) else (True, 0, str(step)) for step in at
    )


def _told(fault: Fault, meaning: Meaning) -> Iterator[Complaint]:
    if fault.validator in ("anyOf", "oneOf"):
        return _union(fault, meaning)
    tell = _TELLERS.get(fault.validator, _value)
    return tell(fault, meaning)


def _union(fault: Fault, meaning: Meaning) -> Iterator[Complaint]:
    """Follow the alternative the writer meant; where none is meant, name them all."""
    if isinstance(fault.instance, dict) and "properties" in fault.schema:
        yield _presence(fault)
        return
    branches = [list(g) for _, g in groupby(fault.context, key=lambda inner: inner.schema_path[0])]
    meant = [branch for branch in branches if not any(_other_kind(inner) for inner in branch)]
    deep = [branch for branch in meant if any(inner.path for inner in branch)]
    if len(meant) == 1 or deep:
        for inner in min(deep or meant, key=len):
            yield from _told(inner, meaning)
        return
    phrases = dict.fromkeys(_expected(branch[0]) for branch in meant or branches)
    at = tuple(fault.absolute_path)
    own = _phrase(fault.schema) or ", or ".join(phrases)
    message = f"{where(at)} is {shown(fault.instance)}; expected {own}."
    yield Complaint(at, message, meaning.field(at))


def _other_kind(inner: Fault) -> bool:
    if inner.path:
        return False
    return inner.validator in ("type", "const", "enum") or (
        isinstance(inner.instance, dict) and inner.validator == "required" and inner.instance == {}
    )


def _presence(fault: Fault) -> Complaint:
    """Tell of a mapping that must have one of several fields (oneOf: not two of them)."""
    at = tuple(fault.absolute_path)
    fields = [field for branch in fault.validator_value for field in branch["required"]]
    both = all(field in fault.instance for field in fields)
    words = (" and " if both else " or ").join(fields)
    message = f"{where(at)} has both {words}." if both else f"{where(at)} needs {words}."
    return Complaint(at, message, "; ".join(b["description"] for b in fault.validator_value) + ".")


def _value(fault: Fault, meaning: Meaning) -> Iterator[Complaint]:
    at = tuple(fault.absolute_path)
    condition = meaning.condition(fault.absolute_schema_path)
    message = f"{where(at)} is {shown(fault.instance)}; expected {_expected(fault)}."
    near = _near(fault.instance, fault.validator_value) if fault.validator == "enum" else ""
    yield Complaint(at, message, condition or near or meaning.field(at))


def _expected(fault: Fault) -> str:
    if fault.validator == "enum":
        known = [str(one) for one in fault.validator_value]
        return known[0] if len(known) == 1 else "one of " + ", ".join(known)
    if fault.validator == "const":
        return shown(fault.validator_value)
    return _phrase(fault.schema) or _plain(fault.validator, fault.validator_value)


def _phrase(schema: Mapping[str, Any]) -> str:
    """Give the description where it says what a value is; a field's meaning is a sentence."""
    description = str(schema.get("description", ""))
    return "" if description.endswith(".") else description


def _plain(keyword: str, limit: Any) -> str:
    match keyword:
        case "type":
            return " or ".join(_TYPES[t] for t in ([limit] if isinstance(limit, str) else limit))
        case "minimum":
            return f"{limit} or more"
        case "maximum":
            return f"{limit} or less"
        case "maxLength":
            return f"at most {limit} characters"
        case "minItems":
            return "at least one entry" if limit == 1 else f"at least {limit} entries"
        case "minProperties":
            return "at least one field in it"
        case _:
            return "another form"


def _near(value: object, known: Iterable[object]) -> str:
    close = get_close_matches(str(value), [str(one) for one in known], 1)
    return f"Did you mean {close[0]}?" if close else ""


def _missing(fault: Fault, meaning: Meaning) -> Iterator[Complaint]:
    at = tuple(fault.absolute_path)
    condition = meaning.condition(fault.absolute_schema_path)
    for field in fault.validator_value:
        if field not in fault.instance:
            message = f"{where((*at, field))} is missing."
            yield Complaint(at, message, condition or meaning.field((*at, field)))


def _missing_beside(fault: Fault, _: Meaning) -> Iterator[Complaint]:
    at = tuple(fault.absolute_path)
    for field, needed in fault.validator_value.items():
        for other in needed if field in fault.instance else ():
            if other not in fault.instance:
                message = f"{where((*at, other))} is missing."
                yield Complaint(at, message, f"Where there is {field}, there is {other} too.")


def _unknown(fault: Fault, meaning: Meaning) -> Iterator[Complaint]:
    at = tuple(fault.absolute_path)
    known = list(fault.schema.get("properties", {}))
    patterns = list(fault.schema.get("patternProperties", {}))
    for key in fault.instance:
        if key not in known and not any(re.search(p, str(key)) for p in patterns):
            here = "is not a key of the form needed here" if patterns else "is not a known field"
            fields = f"Known here: {', '.join(known)}." if known else meaning.field(at)
            yield Complaint((*at, key), f"{where((*at, key))} {here}.", _near(key, known) or fields)


def _excluded(fault: Fault, meaning: Meaning) -> Iterator[Complaint]:
    """Tell of a field where there may be none (`not: {}`), or of characters a text may not hold."""
    if fault.validator_value:
        yield from _value(fault, meaning)
        return
    at = tuple(fault.absolute_path)
    condition = meaning.condition(fault.absolute_schema_path)
    yield Complaint(at, f"{where(at)} has no place here.", condition or "Remove it.")


def _repeated(fault: Fault, _: Meaning) -> Iterator[Complaint]:
    at = tuple(fault.absolute_path)
    entries = fault.instance
    twice = next(one for n, one in enumerate(entries) if one in entries[:n])
    yield Complaint(at, f"{where(at)} names {shown(twice)} twice.", "Name each once.")


_TELLERS: dict[str, Callable[[Fault, Meaning], Iterator[Complaint]]] = {
    "required": _missing,
    "dependentRequired": _missing_beside,
    "additionalProperties": _unknown,
    "uniqueItems": _repeated,
    "not": _excluded,
}
