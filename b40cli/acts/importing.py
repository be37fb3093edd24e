"""`import`: the opening record from YAML or CSV, all or nothing, every bad row named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.gazetteer_match import city_id, known_as, match
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Create, Edit, Put
from b40cli.model.errors import UnreadableError, UsageError
from b40cli.model.finding import Finding, Place, in_order
from b40cli.model.ref import Ref
from b40cli.model.registry import NETWORK, SECRETARIAT, SOURCES
from b40cli.model.wording import counted

if TYPE_CHECKING:
    from b40cli.model.results.trust import Imported

MOST_BYTES = 8 * 1024 * 1024
SHEETS = (".xlsx", ".xls", ".ods")
LISTS = {
    "members": ("member", "id"),
    "observers": ("observer", "id"),
    "presidencies": ("presidency", "year"),
    "committee": ("committee", "year"),
    "groups": ("group", "id"),
    "meetings": ("meeting", "id"),
}
COLUMNS = ("name", "country", "since", "source", "id", "gazetteer", "population", "note")


class Row(NamedTuple):
    """One record to come, and where in the file it stands."""

    folder: str
    record: dict[str, Any]
    at: Place
    line: int


def _many(number: int, folder: str) -> str:
    """`1 member`, `24 members`, `1 term of the committee`."""
    what, _ = LISTS[folder]
    if folder == "committee":
        return f"{counted(number, 'term')} of the committee"
    return counted(number, what)


def bring_in(session: Session, file: Path, whole: Mapping[str, date]) -> Proposal[Imported]:
    """The records of a file as one proposal; UnreadableError naming every bad row."""
    if file.suffix.lower() in SHEETS:
        raise UsageError(
            f"{file} is a spreadsheet, and YAML or CSV is read.",
            "Save its sheet as CSV, in UTF-8, and import that.",
        )
    data = _bytes(file)
    content, rows = _csv(session, data, file) if file.suffix == ".csv" else _yaml(data, file)
    complete = {**content.get("complete", {}), **{k: str(day) for k, day in whole.items()}}
    faults = [f for row in rows for f in _faults(session, row, file)]
    _refuse([*faults, *_given_twice(rows, file)], file)
    edits: list[Edit] = [Create(_path(row), row.record) for row in rows]
    for key, source in content.get("sources", {}).items():
        if key not in session.before.sources():
            edits.append(Put(SOURCES, ("sources", key), source))
    edits += [Put(NETWORK, ("complete", key), day) for key, day in complete.items()]
    if "secretariat" in content:
        edits.append(Create(SECRETARIAT, content["secretariat"]))
    counts = {folder: sum(row.folder == folder for row in rows) for folder in LISTS}
    said = ", ".join(_many(n, folder) for folder, n in counts.items() if n) or "no records"
    paths = [_path(row) for row in rows]
    result: Imported = {"file": file.name, "records": paths, "complete": complete}
    headline = f"import: {said} from {file.name}"
    return Proposal("import", "network", headline, tuple(edits), result)


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UnreadableError(f"{file} is larger than 8 MiB.", "Split it.")
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Check its name.") from error


def _path(row: Row) -> str:
    return Ref(row.folder, str(row.record[LISTS[row.folder][1]])).path


def _yaml(data: bytes, file: Path) -> tuple[dict[str, Any], list[Row]]:
    from b40cli.store.yaml.defect import YamlDefect
    from b40cli.store.yaml.dialect import parse, positions

    try:
        content = parse(data)
    except YamlDefect as defect:
        found = _finding(file, defect.line, defect.message, defect.remedy)
        raise _unreadable([found], file) from defect
    unknown = set(content) - {*LISTS, "sources", "complete", "secretariat"}
    if unknown:
        raise UnreadableError(
            f"{file.name} holds {', '.join(sorted(unknown))}, which cannot be imported.",
            f"It may hold sources, complete, secretariat and {', '.join(LISTS)}.",
        )
    places = positions(data)
    rows = [
        Row(folder, record, (folder, n), places[(folder, n)][0])
        for folder in LISTS
        for n, record in enumerate(content.get(folder) or [])
    ]
    return content, rows


def _csv(session: Session, data: bytes, file: Path) -> tuple[dict[str, Any], list[Row]]:
    import csv
    from io import StringIO

    try:
        reader = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        lines = [(reader.line_num, cells) for cells in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError(f"{file.name} is no CSV in UTF-8: {error}.", "Save it so.") from error
    heads = set(reader.fieldnames or ())
    if not {"name", "country", "since", "source"} <= heads or heads - set(COLUMNS):
        raise UnreadableError(
            f"{file.name} has the columns {', '.join(sorted(heads)) or 'none'}.",
            f"It needs name, country, since, source, and may have {', '.join(COLUMNS[4:])}.",
        )
    rows, faults = [], []
    for line, cells in lines:
        try:
            record = _member(session, {k: (v or "").strip() for k, v in cells.items() if k})
            rows.append(Row("members", record, (), line))
        except UsageError as error:
            faults.append(_finding(file, line, error.message, error.remedy))
        if None in cells:
            faults.append(_finding(file, line, "The row has too many cells.", "Quote commas."))
    faults += [f for row in rows for f in _faults(session, row, file)]
    _refuse(faults, file)
    return {}, rows


def _member(session: Session, cells: Mapping[str, str]) -> dict[str, Any]:
    name, country = cells["name"], cells["country"].upper()
    found = match(session, name, country, cells.get("gazetteer") or None)
    count = cells.get("population", "")
    if count and not (count.isdecimal() and len(count) < 10):
        raise UsageError(f"population {count} is no number.", "Write digits only.")
    population = {"count": int(count), "source": cells["source"]} if count else None
    if population is None and found is not None:
        population = {"count": found.population, "source": "gazetteer"}
    since = cells["since"]
    record = {
        "id": cells.get("id") or known_as(session.before, found) or city_id(name, country, found),
        "name": name,
        "country": country,
        "gazetteer": found.id if found else None,
        "population": population,
        "note": cells.get("note") or None,
        "attested": {
            "since": {"by": since[3:]} if since.startswith("by ") else since,
            "source": cells["source"],
        },
    }
    return {key: value for key, value in record.items() if value is not None}


def _faults(session: Session, row: Row, file: Path) -> Iterator[Finding]:
    """What keeps one row from becoming a record."""
    from b40cli.store.schema import explain, kind_of

    kind, key = LISTS[row.folder]
    complaints = explain(kind, row.record)
    for complaint in complaints:
        yield _finding(file, row.line, complaint.message, complaint.remedy)
    if complaints:
        return
    if kind_of(_path(row)) != kind:
        yield _finding(file, row.line, f"{row.record[key]} names no file.", "Correct the id.")
    elif _path(row) in session.snapshot:
        yield _finding(
            file, row.line, f"{row.record[key]} is on record already.", "Take the row out."
        )


def _given_twice(rows: list[Row], file: Path) -> Iterator[Finding]:
    """A record that an earlier row of the same file holds already."""
    seen: dict[str, Row] = {}
    for row in rows:
        name = row.record.get(LISTS[row.folder][1])
        first = seen.setdefault(f"{row.folder}/{name}", row)
        if first is not row and name is not None:
            message = f"{name} stands in line {first.line} already."
            yield _finding(file, row.line, message, "Keep one of the two rows.")


def _refuse(faults: list[Finding], file: Path) -> None:
    if faults:
        raise _unreadable(faults, file)


def _unreadable(faults: list[Finding], file: Path) -> UnreadableError:
    return UnreadableError(
        f"{file.name} is not imported: {len(faults)} of its rows cannot be read."
        if len(faults) > 1
        else f"{file.name} is not imported: a row of it cannot be read.",
        "Nothing was written. Mend the rows, then import the file again.",
        in_order(faults),
    )


def _finding(file: Path, line: int, message: str, remedy: str) -> Finding:
    return Finding("import-row", "defect", "the record", message, remedy, file.name, line=line)
