"""The reference of the manual: commands out of their help, kinds of record out of the schemas.

`pytest -n0 tests/test_manual.py --bless` writes both anew; a test holds them to what they are of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from b40cli.cli.commands import DESK, CommandRow
from b40cli.cli.main import main
from b40cli.render.kosovo import designated
from b40cli.store.schema import KINDS, order
from b40cli.store.shipped import shipped
from b40cli.store.yaml.layout import dump

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
MADE = "<!-- Made by `pytest -n0 tests/test_manual.py --bless`; do not edit. -->\n"
EVERYWHERE = "\n\nEverywhere:"
DEEP = 3


def commands() -> str:
    """Every command as its help has it, in the order of the desk; what all share comes once."""
    lines = ["# Commands", "", "Made from the help: `b40 COMMAND --help` says the same.", ""]
    shared = ""
    for heading in DESK:
        lines += [f"## {heading.title}", ""]
        for row in heading.rows:
            own, _everywhere, shared = _help(row).partition(EVERYWHERE)
            lines += [f"### b40 {row.words}", "", "```text", own.strip(), "```", ""]
    lines += ["## Everywhere", "", "```text", shared.strip("\n"), "```", ""]
    return "\n".join(lines)


def _help(row: CommandRow) -> str:
    told = StringIO()
    with redirect_stdout(told):
        assert main([*row.words.split(), "--help"]) == 0
    return told.getvalue()


def records() -> str:
    """Every kind of record with its fields, as the schemas describe them, and an example."""
    head = (
        "Made from the schemas in `schemas/`, which an editor can use too (`schemas/catalog.json`)."
    )
    lines = ["# Kinds of record", "", head, ""]
    for kind, _place, file in KINDS:
        schema = json.loads((shipped("schemas") / file).read_text("utf-8"))
        lines += [f"## {kind}", "", schema.get("description", ""), "", f"Schema: `{file}`.", ""]
        lines += ["| field | | what it is |", "|---|---|---|"]
        lines += [f"| {name} | {need} | {says} |" for name, need, says in _fields(schema, schema)]
        (example,) = schema["examples"]
        lines += ["", "```yaml", dump(example, order(kind)).decode().strip(), "```", ""]
    return "\n".join(lines)


def _fields(
    schema: Any, root: Any, under: str = "", deep: int = 1
) -> Iterator[tuple[str, str, str]]:
    """The fields of an object: name, whether needed, description; those within it indented."""
    for name, field in schema.get("properties", {}).items():
        need = "needed" if name in schema.get("required", ()) else ""
        says = str(field.get("description", "")).replace("|", "\\|")
        yield f"`{under}{name}`", need, says
        inner = _resolved(field.get("items", field), root)
        if deep < DEEP and inner.get("properties"):
            step = "[]." if "items" in field else "."
            yield from _fields(inner, root, f"{under}{name}{step}", deep + 1)


def _resolved(schema: Any, root: Any) -> Any:
    """What a reference within the same file leads to."""
    reference = schema.get("$ref", "") if isinstance(schema, dict) else ""
    if not reference.startswith("#/"):
        return schema if isinstance(schema, dict) else {}
    for step in reference[2:].split("/"):
        root = root[step]
    return root


PAGES: dict[str, Callable[[], str]] = {"commands.md": commands, "records.md": records}


def page(name: str) -> str:
    """A page as it lies in docs/reference/."""
    return designated(f"{MADE}{PAGES[name]()}", "\\")
