"""`python -m bench`: measure, print the table, write it to bench/RESULTS.md.

`--part NAME` (more than once) prints some parts only and writes nothing: so are `large`, the
registry of 100,000 files, and `suite`, all tests, which take minutes. `--keep FOLDER` keeps what is
built there for the next time.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench.rows import (
    LARGE,
    SUITE,
    Row,
    Stage,
    acting,
    auditing,
    checking,
    large,
    printing,
    publishing,
    reading,
    signatures,
    starting,
    suite,
)

ALWAYS = (starting, reading, printing, publishing, acting, checking, auditing, signatures)
PARTS = {part.__name__: part for part in (*ALWAYS, large, suite)}

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# Measured

Written by `make bench`. Ratios are taken within one run, of medians of runs in turns; the
milliseconds belong to the machine and the moment. Registries are synthetic (bench/registries.py),
seeded and found clean by the judge. check-jsonschema is given our schemas with everything they
borrow from common.json written into them, and looks at schemas only. A past of 5,000 commits
(bench/past.py) is told on top of a registry; its audit remembers nothing of an earlier one, or,
where that is said, the records that were read and no finding.
"""


def main() -> int:
    """Measure; exit 1 where a bar is not met."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(asked.keep or Path(folder))
        stage.folder.mkdir(parents=True, exist_ok=True)
        parts = [PARTS[name] for name in asked.part] if asked.part else ALWAYS
        rows = [row for part in parts for row in _shown(part(stage))]
    if not asked.part:
        RESULTS.write_text(_told([*rows, LARGE, SUITE]), "utf-8")
    return 0 if all(_met(row) != "no" for row in rows) else 1


def _shown(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        print(_line(row), flush=True)
        yield row


def _told(rows: list[Row]) -> str:
    table = ["| what | beside | bar | measured | ours | theirs | met |", "|" + "---|" * 7]
    table += [_line(row) for row in rows]
    return "\n".join([HEAD, *table, "", _machine(), ""])


def _line(row: Row) -> str:
    bar = "none" if row.bar is None else f"≤ {_share(row.bar, row)}"
    ours, theirs = _number(row.ours, row), _number(row.theirs, row)
    cells = (row.what, row.beside, bar, _share(row.ratio, row), ours, theirs, _met(row))
    return f"| {' | '.join(cells)} |"


def _share(ratio: float | None, row: Row) -> str:
    if ratio is None:
        return "not measured"
    if row.unit != "ms":
        return f"{ratio:.{1 if ratio < 10 else 0}f} {row.unit}"
    return f"1/{1 / ratio:.1f}" if (row.bar or 1) < 0.2 else f"{ratio:.2f} ×"


def _number(value: float | None, row: Row) -> str:
    return "" if value is None else f"{value:.{0 if value >= 10 else 2}f} {row.unit}"


def _met(row: Row) -> str:
    if row.ratio is None or row.bar is None:
        return ""
    return "yes" if row.ratio <= row.bar else "no"


def _machine() -> str:
    """Cores and versions; nothing that tells whose machine it is."""
    git = subprocess.run(("git", "version"), capture_output=True, check=True, encoding="utf-8")
    version = git.stdout.strip().removeprefix("git version ")
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, git {version}."


if __name__ == "__main__":
    raise SystemExit(main())
