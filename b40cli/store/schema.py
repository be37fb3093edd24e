"""The only door to JSON Schema: which kind a path is, and whether a record has its shape.

jsonschema-rs gives the verdict, jsonschema explains it; the schemas keep to the keywords on which
both agree (tests/store/test_schema.py holds that). Neither ever fetches anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.store.shipped import shipped

if TYPE_CHECKING:
    import jsonschema
    import jsonschema_rs

    from b40cli.model.finding import Place
    from b40cli.store.complaint import Complaint
    from b40cli.store.yaml.layout import KeyOrder

_CITY = r"[a-z]{2}(?:-[a-z0-9]+)+"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"

KINDS: tuple[tuple[str, str, str], ...] = (
    ("network", r"network\.yaml", "network.json"),
    ("sources", r"evidence/sources\.yaml", "sources.json"),
    ("articles", r"statutes/articles\.yaml", "articles.json"),
    ("parameters", r"statutes/parameters\.yaml", "parameters.json"),
    ("rulesets", r"statutes/rulesets\.yaml", "rulesets.json"),
    ("interpretation", r"statutes/interpretations/INT-[0-9]{2}\.yaml", "interpretation.json"),
    ("member", rf"members/{_CITY}\.yaml", "member.json"),
    ("observer", rf"observers/{_CITY}\.yaml", "observer.json"),
    ("presidency", r"presidencies/[0-9]{4}\.yaml", "presidency.json"),
    ("committee", r"committee/[0-9]{4}\.yaml", "committee.json"),
    ("secretariat", r"secretariat\.yaml", "secretariat.json"),
    ("group", rf"groups/{_SLUG}\.yaml", "group.json"),
    ("meeting", rf"meetings/[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}-{_SLUG}\.yaml", "meeting.json"),
    ("decision", r"decisions/([0-9]{4})/(?:GA|EC|PR|MI)-\1-[0-9]{3}\.yaml", "decision.json"),
    ("duties", r"duties/[0-9]{4}\.yaml", "duties.json"),
    ("correction", r"corrections/([0-9]{4})/C-\1-[0-9]{3}\.yaml", "correction.json"),
    ("forgotten", r"forgotten/([0-9]{4})/F-\1-[0-9]{3}\.yaml", "forgotten.json"),
    ("principals", r"trust/principals\.yaml", "principals.json"),
)
"""Each kind of record: its name, the pattern of its paths below registry/, its schema's file."""

TEMPLATES = frozenset({"papers/paper.typ", "papers/paper.html", "papers/letterhead.docx"})
"""Below registry/: an office's own templates of the papers."""

_BASE = "b40:///schemas/"
_FILES = {kind: file for kind, _, file in KINDS}
_FILES |= {"output": "output.json", "export": "export.json"}


def kind_of(path: str) -> str | None:
    """Tell the kind of the record at a path such as registry/members/bg-plovdiv.yaml.

    Any other file under registry/evidence/ and the templates in registry/papers/ are a 'document'
    (opaque bytes); None: no record.
    """
    root, _, below = path.partition("/")
    if root != "registry":
        return None
    for kind, pattern in _patterns().get(below.partition("/")[0], ()):
        if pattern.fullmatch(below):
            return kind
    return "document" if _is_document(below) else None


@cache
def _patterns() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The kinds by the folder, or the file, that their patterns begin with."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for kind, pattern, _ in KINDS:
        first = pattern.partition("/")[0].replace("\\.", ".")
        found.setdefault(first, []).append((kind, re.compile(pattern)))
    return found


def _is_document(below: str) -> bool:
    if below in TEMPLATES:
        return True
    folder, *steps = below.split("/")
    if below.lower() == "evidence/sources.yaml":
        return False  # the list of sources itself, on a machine that folds case
    return folder == "evidence" and bool(steps) and not {"", ".", ".."} & set(steps)


def fits(kind: str, record: object) -> bool:
    """Tell whether a record has the shape of its kind ('output': the answer of
    --json; 'export': what `export json` writes).

    A record is what the YAML door gives: dict, list and scalars; a tuple would pass for a list.
    """
    try:
        return _judge(kind).is_valid(record)
    except ValueError:
        # jsonschema-rs refuses what JSON cannot hold: other keys than texts, lone surrogates.
        return False


def explain(kind: str, record: object) -> list[Complaint]:
    """List everything the schema of a kind has against a record, by place; empty: nothing."""
    from b40cli.store.complaint import Complaint, Meaning, complaints, where

    foreign = [
        Complaint(at, f"{where(at)} holds {what}, which no record can hold.", "Write plain text.")
        for at, what in _foreign(record, ())
    ]
    if foreign:
        return foreign
    meaning = Meaning(lambda at: _field(kind, at), lambda path: _condition(kind, path))
    return complaints(_explainer(kind).iter_errors(record), meaning)


@cache
def order(kind: str) -> KeyOrder:
    """Give the canonical key order of a kind: that of the properties in its schema.

    A mapping with free keys has no keys here; `items` is then the order of each of its values.
    """
    found = _order_of([_whole(kind)])
    assert found is not None, f"{kind} has no properties"
    return found


@cache
def schemas_digest() -> str:
    """Give the SHA-256 of all schemas, for the keys of caches."""
    from b40cli.model.digest import sha256

    total = sha256()
    for file in sorted(shipped("schemas").glob("*.json")):
        total.update(f"{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return total.hexdigest()


def _shared(kind: str) -> tuple[str, ...]:
    """Name the files that the schema of a kind refers to."""
    if kind == "output":
        return tuple(sorted(file.name for file in shipped("schemas").glob("*.json")))
    return ("common.json",)


@cache
def _schema(file: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((shipped("schemas") / file).read_bytes())
    return schema


@cache
def _judge(kind: str) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    registry = jsonschema_rs.Registry(
        [(_BASE + file, _schema(file)) for file in _shared(kind)],
        draft=jsonschema_rs.Draft202012,
        retriever=_refuse,
    )
    return jsonschema_rs.Draft202012Validator(
        _schema(_FILES[kind]),
        validate_formats=True,
        registry=registry,
        base_uri=_BASE + _FILES[kind],
    )


def _refuse(address: str) -> Any:
    raise LookupError(f"a schema asks for {address}; nothing is ever fetched")


@cache
def _explainer(kind: str) -> jsonschema.Draft202012Validator:
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    shared = [(file, DRAFT202012.create_resource(_schema(file))) for file in _shared(kind)]
    # A registry without a retriever refuses every other address.
    registry: Registry[Any] = Registry().with_resources(shared)
    return Draft202012Validator(
        _schema(_FILES[kind]), registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def _foreign(value: object, at: Place) -> Iterator[tuple[Place, str]]:
    """Find what the two validators read differently because JSON cannot hold it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                yield at, f"the key {key!r:.60} that is not a text"
            else:
                yield from _foreign(key, at)
                yield from _foreign(inner, (*at, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _foreign(inner, (*at, n))
    elif isinstance(value, str):
        if any("\ud800" <= c <= "\udfff" for c in value):
            yield at, "half a character (a lone surrogate)"
    elif not (value is None or isinstance(value, bool | int | float)):
        yield at, f"a {type(value).__name__}"


class _Node(NamedTuple):
    """A piece of a schema and the file it stands in, from which its references are read."""

    file: str
    schema: Mapping[str, Any]


def _whole(kind: str) -> _Node:
    return _Node(_FILES[kind], _schema(_FILES[kind]))


def _target(node: _Node) -> _Node:
    while "$ref" in node.schema:
        file, _, pointer = node.schema["$ref"].partition("#")
        node = _Node(file or node.file, _schema(file or node.file))
        for step in pointer.split("/")[1:]:
            node = _Node(node.file, node.schema[step])
    return node


def _shapes(node: _Node) -> Iterator[_Node]:
    """Give what a value may be: the piece itself and every alternative in it."""
    target = _target(node)
    yield target
    for keyword in ("anyOf", "oneOf"):
        for alternative in target.schema.get(keyword, ()):
            yield from _shapes(_Node(target.file, alternative))


def _fields(shapes: Sequence[_Node]) -> dict[str, list[_Node]]:
    fields: dict[str, list[_Node]] = {}
    for shape in shapes:
        for key, schema in shape.schema.get("properties", {}).items():
            fields.setdefault(key, []).append(_Node(shape.file, schema))
    return fields


def _entries(shapes: Sequence[_Node]) -> list[_Node]:
    found = []
    for shape in shapes:
        inner = [*shape.schema.get("patternProperties", {}).values()]
        inner += [shape.schema["items"]] if "items" in shape.schema else []
        found += [_Node(shape.file, schema) for schema in inner]
    return found


def _order_of(nodes: Sequence[_Node]) -> KeyOrder | None:
    """Merge the orders of all alternatives; None where the value is no mapping and no list."""
    from b40cli.store.yaml.layout import KeyOrder

    shapes = [shape for node in nodes for shape in _shapes(node)]
    fields, entries = _fields(shapes), _entries(shapes)
    if not fields and not entries:
        return None
    children = {key: _order_of(inner) for key, inner in fields.items()}
    known = {key: child for key, child in children.items() if child is not None}
    return KeyOrder(tuple(fields), known, _order_of(entries) if entries else None)


def _field(kind: str, at: Place) -> str:
    """Say what the field at a place means, in the words of its schema; or nothing."""
    nodes = [_whole(kind)]
    said = str(nodes[0].schema["description"])
    for step in at:
        shapes = [shape for node in nodes for shape in _shapes(node)]
        fields = _fields(shapes).get(step, []) if isinstance(step, str) else []
        nodes = fields or _entries(shapes)
        said = next((n.schema["description"] for n in fields if "description" in n.schema), said)
    return said if said.endswith(".") else ""


def _condition(kind: str, path: Sequence[str | int]) -> str:
    """Say why a condition asks what it asks: the description of the innermost `then` on a path."""
    node, said = _whole(kind), ""
    for step in path:
        # jsonschema leaves `$ref` and `if` out of the paths it gives.
        node = _target(node)
        inner = node.schema[step]  # type: ignore[index]  # a step into a list is its position
        said = inner["description"] if step == "then" else said
        node = _Node(node.file, inner)
    return said
