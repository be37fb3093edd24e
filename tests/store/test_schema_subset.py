"""The schemas keep to the keywords on which both validators agree, close every mapping and say
what every field means."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

from b40cli.store import schema
from b40cli.store.shipped import shipped
from b40cli.store.yaml.dialect import parse
from b40cli.store.yaml.layout import dump, tidy

# The catalog is none; results.json is made from types, and held to them in tests/test_results.py.
BESIDE = {"catalog.json", "results.json", "export.json"}
FILES = sorted(path for path in shipped("schemas").glob("*.json") if path.name not in BESIDE)
DRAFT = "https://json-schema.org/draft/2020-12/schema"
APPLIED = {"additionalProperties", "items", "not", "if", "then"}
APPLIED_MAPS = {"properties", "patternProperties", "$defs"}
APPLIED_LISTS = {"allOf", "anyOf", "oneOf"}
WORDS = {"$schema", "$ref", "title", "description", "examples"}
CHECKS = {"type", "enum", "const", "required", "dependentRequired", "format", "pattern"} | {
    f"{end}{what}" for end in ("min", "max") for what in ("Length", "Items", "Properties", "imum")
}
KEYWORDS = APPLIED | APPLIED_MAPS | APPLIED_LISTS | WORDS | CHECKS | {"uniqueItems"}
END = "$(?!\\n)"


class Piece(NamedTuple):
    """A subschema: its file and place, and whether it only tests (inside if, not, a presence)."""

    file: Path
    at: tuple[str | int, ...]
    schema: dict[str, Any]
    tests: bool

    def __str__(self) -> str:
        return f"{self.file.stem}:{'/'.join(map(str, self.at))}"


def pieces() -> list[Piece]:
    return [
        piece
        for file in FILES
        for piece in walk(Piece(file, (), json.loads(file.read_text()), False))
    ]


def walk(piece: Piece) -> Iterator[Piece]:
    yield piece
    for step, inner in inside(piece.schema):
        if isinstance(inner, dict):
            presence = step[0] in APPLIED_LISTS and "properties" in piece.schema
            tests = piece.tests or step[0] in ("if", "then", "not") or presence
            yield from walk(Piece(piece.file, (*piece.at, *step), inner, tests))


def inside(found: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    for word in APPLIED & found.keys():
        yield (word,), found[word]
    for word in APPLIED_MAPS & found.keys():
        yield from (((word, key), inner) for key, inner in found[word].items())
    for word in APPLIED_LISTS & found.keys():
        yield from (((word, n), inner) for n, inner in enumerate(found[word]))


ALL = pieces()
SHAPES = [piece for piece in ALL if not piece.tests]


def broken(found: list[Piece]) -> list[str]:
    return [str(piece) for piece in found]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_is_a_schema_of_the_draft_without_an_address(file: Path) -> None:
    found = json.loads(file.read_text("utf-8"))
    Draft202012Validator.check_schema(found)
    assert found["$schema"] == DRAFT
    assert not any("$id" in piece.schema for piece in ALL)


def test_only_keywords_both_validators_read_alike() -> None:
    assert not [(str(p), p.schema.keys() - KEYWORDS) for p in ALL if p.schema.keys() - KEYWORDS]
    assert {p.schema["format"] for p in ALL if "format" in p.schema} == {"date"}


def test_no_boolean_schema_but_the_closing_one() -> None:
    """jsonschema gives no place for a field that a `false` refuses; `not: {}` has one."""
    loose = [
        f"{piece}/{step}"
        for piece in ALL
        for step, inner in inside(piece.schema)
        if isinstance(inner, bool) and step != ("additionalProperties",)
    ]
    assert not loose


def test_every_mapping_is_closed() -> None:
    for piece in (p for p in SHAPES if p.schema.get("type") == "object"):
        assert "additionalProperties" in piece.schema, str(piece)
        free = piece.schema["additionalProperties"] is not False
        assert not free or piece.file.stem == "output", str(piece)
        assert free or {"properties", "patternProperties"} & piece.schema.keys(), str(piece)
    assert not broken([p for p in SHAPES if "properties" in p.schema and "type" not in p.schema])


def test_every_list_says_what_it_holds() -> None:
    assert not broken(
        [p for p in SHAPES if p.schema.get("type") == "array" and "items" not in p.schema]
    )


def test_every_text_of_a_record_is_limited() -> None:
    for piece in (p for p in SHAPES if p.schema.get("type") == "string"):
        if piece.file.stem != "output" and not {"enum", "const"} & piece.schema.keys():
            assert "maxLength" in piece.schema, str(piece)
            assert {"pattern", "not"} & piece.schema.keys(), str(piece)


def patterns() -> list[tuple[Piece, str]]:
    whole = [(p, p.schema["pattern"]) for p in ALL if "pattern" in p.schema]
    return whole + [(p, key) for p in ALL for key in p.schema.get("patternProperties", {})]


def test_patterns_read_alike_everywhere() -> None:
    """ASCII classes only; and `$` alone also stands before a final newline in Python."""
    for piece, pattern in patterns():
        re.compile(pattern)
        assert pattern.isascii(), str(piece)
        assert not re.search(r"\\[dDwWsSbBpP]", pattern), str(piece)
        assert not re.search(r"(?<!\\)\.", bare(pattern)), str(piece)
        if "$" in pattern.removesuffix(END):
            # Inside `not`, where nothing is to be excluded that a newline would hide.
            assert piece.at[-1] == "not", str(piece)
        elif not piece.tests:
            assert pattern.startswith("^"), str(piece)
            assert pattern.endswith(END), str(piece)


def bare(pattern: str) -> str:
    """The pattern without its classes, in which a point is a point."""
    return re.sub(r"\[[^\]]*\]", "", pattern)


def test_every_field_is_titled_and_explained() -> None:
    """A field's meaning is a sentence; a shape of common.json is a phrase after `expected`."""
    for piece in (p for p in SHAPES if p.at):
        holder, description = piece.at[-2:-1], piece.schema.get("description", "")
        if holder == ("properties",):
            assert piece.schema.get("title"), str(piece)
            assert description.endswith("."), str(piece)
        elif holder == ("$defs",) and piece.file.stem == "common":
            assert piece.schema.get("title"), str(piece)
            assert description, str(piece)
            assert not description.endswith("."), str(piece)


def test_every_condition_says_why() -> None:
    assert not broken([p for p in ALL if p.at[-1:] == ("then",) and not why(p).endswith(".")])


def why(piece: Piece) -> str:
    return str(piece.schema.get("description", ""))


def test_references_resolve_beside_the_file_and_every_definition_is_used() -> None:
    used = set()
    for piece in (p for p in ALL if "$ref" in p.schema):
        target = schema._target(schema._Node(piece.file.name, piece.schema))
        assert target.schema, str(piece)
        name, _, pointer = piece.schema["$ref"].partition("#")
        used.add((name or piece.file.name, pointer))
    defined = {(p.file.name, f"/$defs/{p.at[1]}") for p in ALL if p.at[:1] == ("$defs",)}
    assert defined <= used, defined - used


def test_what_is_required_is_declared() -> None:
    for piece in (p for p in SHAPES if "properties" in p.schema):
        beside = [*piece.schema.get("dependentRequired", {}).values()]
        named = {
            *piece.schema.get("required", ()),
            *(field for fields in beside for field in fields),
        }
        assert named <= piece.schema["properties"].keys(), str(piece)


def test_conditions_speak_of_declared_fields() -> None:
    """A misspelt field in a condition would never hold, and nobody would notice."""
    for piece in (p for p in SHAPES if "allOf" in p.schema and p.file.stem != "output"):
        named = set(fields_named(piece.schema["allOf"]))
        assert named <= piece.schema["properties"].keys(), (str(piece), named)


def fields_named(conditions: Any) -> Iterator[str]:
    for condition in conditions:
        for part in (condition["if"], condition["if"].get("not", {}), condition["then"]):
            yield from part.get("required", ())
            yield from part.get("properties", {})


def test_growing_lists_come_last() -> None:
    """So an append never moves a comment that stands above the next field."""
    for kind in ("network", "member", "observer", "presidency", "committee", "group"):
        found = schema._schema(f"{kind}.json")["properties"]
        lists = [field.get("type") == "array" for field in found.values()]
        assert lists == sorted(lists), kind


@pytest.mark.parametrize(("kind", "file"), [(kind, file) for kind, _, file in schema.KINDS])
def test_every_kind_has_an_example_that_is_one(kind: str, file: str) -> None:
    """What an editor offers and the reference shows: in canonical layout, and of its own kind."""
    (example,) = json.loads((shipped("schemas") / file).read_text("utf-8"))["examples"]
    assert schema.explain(kind, example) == []
    written = dump(example, schema.order(kind))
    assert parse(written) == example and tidy(written, schema.order(kind)) == written


def test_catalog_leads_every_kind_to_its_schema() -> None:
    catalog = json.loads((shipped("schemas") / "catalog.json").read_text("utf-8"))
    entries = {entry["url"]: entry["fileMatch"] for entry in catalog["schemas"]}
    assert set(entries) == {file for _, _, file in schema.KINDS}
    assert {file.name for file in FILES} == {*entries, "common.json", "output.json"}
    for path, file in EXAMPLES.items():
        matching = [url for url, globs in entries.items() if fnmatch.filter([path], globs[0])]
        assert matching == [file], path
        assert f"{schema.kind_of(path)}.json" == file


EXAMPLES = {
    "registry/network.yaml": "network.json",
    "registry/evidence/sources.yaml": "sources.json",
    "registry/statutes/articles.yaml": "articles.json",
    "registry/statutes/parameters.yaml": "parameters.json",
    "registry/statutes/interpretations/INT-01.yaml": "interpretation.json",
    "registry/members/bg-plovdiv.yaml": "member.json",
    "registry/observers/at-vienna.yaml": "observer.json",
    "registry/presidencies/2026.yaml": "presidency.json",
    "registry/committee/2026.yaml": "committee.json",
    "registry/secretariat.yaml": "secretariat.json",
    "registry/groups/local-climate-action.yaml": "group.json",
    "registry/meetings/2026-12-15-ec.yaml": "meeting.json",
    "registry/decisions/2026/EC-2026-001.yaml": "decision.json",
    "registry/duties/2025.yaml": "duties.json",
    "registry/corrections/2027/C-2027-001.yaml": "correction.json",
    "registry/trust/principals.yaml": "principals.json",
}
