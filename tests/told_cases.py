"""What the judge says of each case, whole: a golden page for each folder of the case law.

A case file names what matters to a lawyer; here stands every word, place, fact and reading, so
that no rule changes what it says unseen. `pytest -n0 tests/test_cases.py --bless` writes it anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from textwrap import indent

from b40cli.model.finding import Finding

BLESS = "pytest -n0 tests/test_cases.py --bless writes it anew; look at the difference"
GOLDEN = Path(__file__).parent / "golden" / "cases"


def told(findings: Iterable[Finding]) -> str:
    """Findings as a person compares them."""
    return "\n".join(sorted(map(_told, findings)))


def _told(found: Finding) -> str:
    at = ".".join(map(str, found.at))
    lines = [f"{found.kind}  {found.article}  {found.file}:{at}  {found.basis}", found.message]
    lines += [found.remedy] if found.remedy else []
    beside = {"facts": found.facts, "readings": found.readings, "refs": found.refs}
    lines += [f"{key}: {_compact(value)}" for key, value in beside.items() if value]
    return "\n  ".join(lines)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def recorded(name: str) -> str:
    """What the page says of a case."""
    return _page(_file(name)).get(name, "")


def bless(name: str, said: str) -> None:
    """Write it there; one process at a time."""
    page = {**dict(_blocks(_file(name))), name: said}
    _file(name).parent.mkdir(exist_ok=True)
    blocks = (f"{each}\n{indent(page[each], '  ')}\n" for each in sorted(page) if page[each])
    _file(name).write_text("\n".join(blocks), "utf-8")


def _file(name: str) -> Path:
    return GOLDEN / f"{name.partition('/')[0]}.txt"


@cache
def _page(file: Path) -> dict[str, str]:
    return dict(_blocks(file))


def _blocks(file: Path) -> Iterator[tuple[str, str]]:
    for block in file.read_text("utf-8").split("\n\n") if file.exists() else ():
        name, *lines = block.removesuffix("\n").split("\n")
        yield name, "\n".join(line[2:] for line in lines)
