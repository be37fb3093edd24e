"""The peers: what others do with the same files, or the least that such a command has to do."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from b40cli.store.schema import KINDS, kind_of
from b40cli.store.shipped import shipped
from bench.measure import Contest, run

ONE_COMMAND = '''import typer
app = typer.Typer()
@app.command()
def main(name: str = "you") -> None:
    """Say hello."""
if __name__ == "__main__":
    app()
'''


def typer_help(folder: Path) -> Contest:
    """The help of a Typer application with one command."""
    file = folder / "one_command.py"
    file.write_text(ONE_COMMAND)
    return Contest((sys.executable, str(file), "--help"), folder)


TWO_PAGES = """from datetime import date
from b40cli.model.paper import Headline, Paper, Paragraph, Tabular
from b40cli.render.papers.writers import write
rows = tuple((f"City {n}", "Bosnia and Herzegovina", "Ana Primer", "Mayor") for n in range(50))
roll = Tabular(("Member", "Country", "Headed by", "Capacity"), rows, (0, 0, 0, 1))
said = [Paragraph("It was said, and put to the vote. " * 12) for _ in range(6)]
parts = (Headline("Present"), roll, Headline("Decisions"), *said)
paper = Paper("Network", "Minutes", "Aldmar", "2026-01-24-ga", "GA", date(2026, 1, 24), "", parts)
write(paper, "pdf", None, "a4")
"""


def two_pages(folder: Path) -> Contest:
    """Python that has a paper of two pages and writes its PDF."""
    return Contest((sys.executable, "-c", TWO_PAGES), folder)


def empty_page(folder: Path) -> Contest:
    """Python that imports typst and makes a PDF of an empty page."""
    words = "import typst; typst.compile(b'', format='pdf', ignore_system_fonts=True)"
    return Contest((sys.executable, "-c", words), folder)


def check_jsonschema(registry: Path, folder: Path) -> float | None:
    """Milliseconds of check-jsonschema over the same files, once for each kind; None: not here.

    Its schemas are ours, each with what it borrows from common.json written into it: given the
    references between the files it takes twenty times as long, which would flatter us.
    """
    program = Path(sys.executable).with_name("check-jsonschema")
    found = str(program) if program.exists() else shutil.which("check-jsonschema")
    if found is None:
        return None
    total = 0.0
    for schema, files in _by_kind(registry, folder):
        words = (found, "--schemafile", str(schema), *files)
        total += run(Contest(words, registry)).ms
    return total


def _by_kind(registry: Path, folder: Path) -> Iterator[tuple[Path, list[str]]]:
    below = (registry / "registry").rglob("*.yaml")
    files = sorted(path.relative_to(registry).as_posix() for path in below)
    for kind, _pattern, file in KINDS:
        if named := [path for path in files if kind_of(path) == kind]:
            yield bundled(file, folder), named


def bundled(file: str, folder: Path) -> Path:
    """A schema that borrows nothing from another file, and says the same."""
    common = json.loads((shipped("schemas") / "common.json").read_text("utf-8"))
    schema = _moved(json.loads((shipped("schemas") / file).read_text("utf-8")), "#/$defs/")
    shared = {f"common-{name}": _moved(inner) for name, inner in common["$defs"].items()}
    schema["$defs"] = {**schema.get("$defs", {}), **shared}
    target = folder / file
    target.write_text(json.dumps(schema), "utf-8")
    return target


def _moved(node: Any, own: str = "#/$defs/common-") -> Any:
    if isinstance(node, list):
        return [_moved(inner, own) for inner in node]
    if not isinstance(node, dict):
        return node
    return {
        key: inner.replace("#/$defs/", own, 1).replace(f"common.json{own}", "#/$defs/common-")
        if key == "$ref" and isinstance(inner, str)
        else _moved(inner, own)
        for key, inner in node.items()
    }
