"""`import`: the opening record from YAML, CSV or XLSX, all or nothing, every bad row named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.documents import cannot_be_read
from b40cli.acts.change.perform import as_bytes, judged
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.imports import table
from b40cli.acts.imports.completing import additions
from b40cli.acts.imports.rows import ASKED, COLUMNS, Row, RowFault, columns_of, members_of
from b40cli.acts.imports.sources import Cited
from b40cli.acts.opened.gazetteer_match import city_id, known_as, match
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.errors import UnreadableError, UsageError
from b40cli.model.facts.member import member_of
from b40cli.model.finding import GRAVE, Finding, Place, in_order
from b40cli.model.ref import Ref, stated
from b40cli.model.state.registry import NETWORK, SECRETARIAT, SOURCES
from b40cli.model.wording import counted
from b40cli.rules.record.member_days import no_periods

if TYPE_CHECKING:
    from b40cli.model.results.trust import Imported

MOST_BYTES = 8 * 1024 * 1024
LISTS = {
    "members": ("member", "id"),
    "observers": ("observer", "id"),
    "presidencies": ("presidency", "year"),
    "committee": ("committee", "year"),
    "groups": ("group", "id"),
    "meetings": ("meeting", "id"),
}
# How each part of a file of lists is written.
SHAPES: dict[str, type] = {
    **dict.fromkeys((*LISTS, "reported"), list),
    **dict.fromkeys(("sources", "complete", "secretariat"), dict),
}
TABLES = (".csv", ".tsv", ".txt")
SHEETS = (".xlsx", ".xls", ".ods")
# Days on which something has happened; an `until`, a planned end and a meeting may lie ahead.
HAPPENED = frozenset({"since", "from", "received", "signed", "founded"})


class Content(NamedTuple):
    """What a file holds: its rows, what is wrong with its lines, and what stands beside the rows.

    `found` says how the file was read, where that was a guess; `lines` where places stand.
    """

    rows: list[Row]
    faults: list[RowFault]
    beside: Mapping[str, Any]
    found: str | None = None
    lines: Mapping[Any, tuple[int, int]] = {}


def _many(number: int, folder: str) -> str:
    """`1 member`, `24 members`, `1 term of the committee`."""
    what, _ = LISTS[folder]
    if folder == "committee":
        return f"{counted(number, 'term')} of the committee"
    return counted(number, what)


def bring_in(session: Session, file: Path, whole: Mapping[str, date]) -> Proposal[Imported]:
    """The records of a file as one proposal; UnreadableError naming every bad row, in one pass.

    What the law refuses of them stands in the proposal's refusals, by the line of the file.
    """
    data, suffix = _bytes(file), file.suffix.lower()
    told = {} if suffix in (*TABLES, *SHEETS) else _sources_in(data, file)
    cited = Cited(session.before.sources(), told)
    content = _content(session, data, file, cited)
    for row in content.rows:
        cited.in_record(row.record)
    cited.in_record([content.beside.get("secretariat"), *content.beside.get("reported", [])])
    complete = {**content.beside.get("complete", {}), **{k: str(day) for k, day in whole.items()}}
    faults, edits = _sorted_out(session, content, file)
    faults += _reported_later(content, session.on, file)
    for key, source in cited.added.items():
        if key not in session.before.sources():
            edits.append(Put(SOURCES, ("sources", key), source))
    edits += [Put(NETWORK, ("complete", key), day) for key, day in complete.items()]
    known = (session.before.recorded(NETWORK) or {}).get("reported", [])
    for count in content.beside.get("reported", []):
        edits += [] if count in known else [Append(NETWORK, ("reported",), count)]
    if "secretariat" in content.beside:
        appointed, wrong = _secretariat(session, content, file)
        edits += appointed
        faults += wrong
    against = _against(session, edits, content.rows, file)
    if faults:
        # A name may be that of a row that cannot be read; a source is none.
        sure = (f for f in against if f.rule != "references-resolve" or "source" in f.facts)
        raise _unreadable([*faults, *sure], file)
    folders = [row.folder for row in content.rows]
    said = ", ".join(_many(n, f) for f in LISTS if (n := folders.count(f))) or "no records"
    result: Imported = {
        "file": file.name,
        "records": [_path(row) for row in content.rows],
        "complete": complete,
        "read_as": content.found,
    }
    headline = f"import: {said} from {file.name}"
    body = (f"Read as {content.found}.",) if content.found else ()
    whole_proposal = Proposal("import", "network", headline, tuple(edits), result, body)
    return whole_proposal._replace(refusals=tuple(against))


def _content(session: Session, data: bytes, file: Path, cited: Cited) -> Content:
    suffix = file.suffix.lower()
    if suffix == ".xlsx":
        return _of_workbook(session, data, file, cited)
    if suffix in SHEETS:
        raise UsageError(
            f"{file} is a spreadsheet of a form that is not read.",
            "Save it as .xlsx, or its sheet as CSV, and import that.",
        )
    if suffix in TABLES:
        return _of_table(session, table.of_csv(data, file.name), file, cited)
    return _yaml(session, data, file)


def _of_workbook(session: Session, data: bytes, file: Path, cited: Cited) -> Content:
    """The sheet called members, else the first one; a sheet called sources lists what is cited."""
    from b40cli.store.spreadsheet import sheets_of

    sheets = sheets_of(data)
    named = {table.headed(title): title for title in sheets}
    title = named.get("members") or next(iter(sheets), "")
    if "sources" in named:
        listed = table.of_sheet("sources", sheets[named["sources"]])
        for _line, cells in listed.rows:
            entry = {k: cells[k] for k in ("what", "url", "read") if cells.get(k)}
            if cells.get("key") and "what" in entry:
                cited.added.setdefault(cells["key"], entry)
    return _of_table(session, table.of_sheet(title, sheets.get(title, [])), file, cited)


def _of_table(session: Session, rows: table.Table, file: Path, cited: Cited) -> Content:
    heads = columns_of(rows)
    unknown = sorted(set(heads) - set(COLUMNS))
    if twice := sorted({head for head in heads if heads.count(head) > 1}):
        raise UnreadableError(
            f"{file.name}, read as {rows.found}, has the column {twice[0]} twice "
            f"({', '.join(rows.heads)}).",
            "Keep the one that is right.",
        )
    if not {*ASKED} <= {*heads} or unknown:
        others = ", ".join(list(COLUMNS)[len(ASKED) :])
        raise UnreadableError(
            f"{file.name}, read as {rows.found}, has the columns {', '.join(rows.heads) or 'none'}"
            + (f"; nothing is known of {', '.join(unknown)}." if unknown else "."),
            f"It needs {', '.join(ASKED)}, and may have {others}. b40 import --template xlsx "
            "writes an empty one.",
        )
    found = list(members_of(session, rows, cited))
    good = [each for each in found if isinstance(each, Row)]
    bad = [each for each in found if isinstance(each, RowFault)]
    return Content(good, bad, {}, rows.found)


def _sorted_out(session: Session, content: Content, file: Path) -> tuple[list[Finding], list[Edit]]:
    """What keeps rows from becoming records, and the edits of those that can."""
    faults = [_finding(file, *fault) for fault in content.faults]
    edits: list[Edit] = []
    seen: dict[str, Row] = {}
    for row in content.rows:
        own = list(_faults(session, row, file, content.lines))
        if not own:
            path = _path(row)
            first = seen.setdefault(path, row)
            if first is not row:
                message = f"{row.record[LISTS[row.folder][1]]} stands in line {first.line} already."
                own = [_finding(file, row.line, message, "Keep one of the two rows.")]
            else:
                more, wrong = _edits_of(session, row, file)
                edits += more
                own = wrong
        faults += own
    return faults, edits


def _secretariat(
    session: Session, content: Content, file: Path
) -> tuple[list[Edit], list[Finding]]:
    """The Secretariat's record, or what the file adds to the one that is there."""
    record, held = content.beside["secretariat"], session.before.recorded(SECRETARIAT)
    if held is None:
        return [Create(SECRETARIAT, record)], []
    edits, otherwise = additions(SECRETARIAT, held, record)
    line = content.lines.get(("secretariat",), (1, 1))[0]
    remedy = "What was entered wrongly is corrected: b40 correct secretariat --at {}."
    return edits, [
        _finding(file, line, f"secretariat is on record otherwise: {at}.", remedy.format(at))
        for at in otherwise
    ]


def _edits_of(session: Session, row: Row, file: Path) -> tuple[list[Edit], list[Finding]]:
    """A new record, or what a row adds to one that is there."""
    path, name = _path(row), row.record[LISTS[row.folder][1]]
    held = session.before.recorded(path)
    if held is None:
        return [Create(path, row.record)], []
    edits, otherwise = additions(path, held, row.record)
    if otherwise:
        message = f"{name} is on record otherwise: {', '.join(otherwise)}."
        remedy = f"What was entered wrongly is corrected: b40 correct {name} --at {otherwise[0]}."
        return [], [_finding(file, row.line, message, remedy)]
    if not edits and row.folder != "groups":
        return [], [_finding(file, row.line, f"{name} is on record already.", "Take the row out.")]
    return edits, []


def _against(session: Session, edits: list[Edit], rows: Iterable[Row], file: Path) -> list[Finding]:
    """What the law has against the records, each at the line of the file that was given."""
    if not edits:
        return []
    lines = {_path(row): row.line for row in rows if LISTS[row.folder][1] in row.record}
    found = judged(session, as_bytes(session, edits))
    return [
        f._replace(file=file.name, line=lines[f.file], column=1, at=()) if f.file in lines else f
        for f in found
        if f.kind in GRAVE
    ]


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UnreadableError(f"{file} is larger than 8 MiB.", "Split it.")
        return file.read_bytes()
    except OSError as error:
        raise cannot_be_read(file, error) from error


def _path(row: Row) -> str:
    return Ref(row.folder, str(row.record[LISTS[row.folder][1]])).path


def _sources_in(data: bytes, file: Path) -> Mapping[str, Any]:
    told: Mapping[str, Any] = _parsed(data, file).get("sources", {})
    return told


def _parsed(data: bytes, file: Path) -> dict[str, Any]:
    """The lists of a file, those that hold nothing left out; UnreadableError where one is none."""
    from b40cli.store.yaml.defect import YamlDefect
    from b40cli.store.yaml.dialect import parse

    try:
        content = parse(data)
    except YamlDefect as defect:
        found = _finding(file, defect.line, defect.message, defect.remedy)
        raise _unreadable([found], file) from defect
    if not isinstance(content, dict):
        raise UnreadableError(
            f"{file.name} holds no lists of records.",
            f"It may hold sources, complete, reported, secretariat and {', '.join(LISTS)}.",
        )
    _require_shapes(content, data, file)
    return stated(content)


def _require_shapes(content: Mapping[str, Any], data: bytes, file: Path) -> None:
    from b40cli.store.yaml.dialect import positions

    sources = content.get("sources")
    of_each = sources if isinstance(sources, Mapping) else {}
    told: list[tuple[tuple[str, ...], Any, type]] = [
        *(((key,), content.get(key), shape) for key, shape in SHAPES.items()),
        *((("sources", key), value, dict) for key, value in of_each.items()),
    ]
    odd = [(at, shape) for at, held, shape in told if not isinstance(held, shape | None)]
    if odd:
        places = positions(data)
        raise _unreadable([_misshapen(file, places[at][0], at, shape) for at, shape in odd], file)


def _misshapen(file: Path, line: int, at: tuple[str, ...], shape: type) -> Finding:
    what, form = ("list", "- …") if shape is list else ("mapping", "{key: value, …}")
    return _finding(file, line, f"{'.'.join(at)} is no {what}.", f"Write it as {form}.")


def _yaml(session: Session, data: bytes, file: Path) -> Content:
    from b40cli.store.yaml.dialect import positions

    content = _parsed(data, file)
    unknown = set(content) - {*LISTS, "sources", "complete", "secretariat", "reported"}
    if unknown:
        raise UnreadableError(
            f"{file.name} holds {', '.join(sorted(unknown))}, which cannot be imported.",
            f"It may hold sources, complete, reported, secretariat and {', '.join(LISTS)}.",
        )
    places = positions(data)
    rows, faults = list[Row](), list[RowFault]()
    for folder in LISTS:
        for n, record in enumerate(content.get(folder, [])):
            line = places[(folder, n)][0]
            try:
                rows.append(Row(folder, _named(session, folder, record), (folder, n), line, []))
            except UsageError as error:
                faults.append(RowFault(line, error.message, error.remedy))
    return Content(rows, faults, content, None, places)


def _named(session: Session, folder: str, record: Any) -> dict[str, Any]:
    """A record; a city without an id is looked up as in a table."""
    if not isinstance(record, dict):
        raise UsageError(f"An entry of {folder} is no record.", "Write {key: value, …}.")
    known = isinstance(record.get("name"), str) and isinstance(record.get("country"), str)
    if folder == "members" and "id" in record and record.get("gazetteer") == "none":
        return {k: v for k, v in record.items() if k != "gazetteer"}
    if folder != "members" or "id" in record or not known:
        return record
    name, country, number = record["name"], record["country"], record.get("gazetteer")
    found = match(session, name, country, None if number is None else str(number))
    id = known_as(session.before, found) or city_id(name, country, found)
    place: dict[str, Any] = {"gazetteer": found.id} if found else {}
    if found and "population" not in record:
        place["population"] = {"count": found.population, "source": "gazetteer"}
    return {"id": id, **{k: v for k, v in record.items() if k != "gazetteer"}, **place}


def _faults(
    session: Session, row: Row, file: Path, lines: Mapping[Any, tuple[int, int]]
) -> Iterator[Finding]:
    """What keeps one row from becoming a record."""
    from b40cli.store.schema import explain, kind_of

    kind, key = LISTS[row.folder]
    complaints = explain(kind, row.record)
    for complaint in complaints:
        line = _line(row, lines, complaint.at)
        yield _finding(file, line, complaint.message, complaint.remedy)
    if complaints:
        return
    if kind_of(_path(row)) != kind:
        yield _finding(file, row.line, f"{row.record[key]} names no file.", "Correct the id.")
    for at, day in _to_come(row.record, session.on):
        line = _line(row, lines, at)
        where = ".".join(map(str, at))
        ahead = "A term to come is entered as a `next` seat of the committee that sits."
        yield _finding(
            file,
            line,
            f"{where} is {day}, which has not come yet.",
            ahead if row.folder in ("committee", "presidencies") else "Correct the day.",
        )
    if row.folder == "members":
        member = member_of(_path(row), row.record)
        for at, fault in no_periods(member):
            yield _finding(file, _line(row, lines, at), fault.message, fault.remedy)


def _line(row: Row, lines: Mapping[Any, tuple[int, int]], at: Place) -> int:
    """The line of the file in which a place of a record stands."""
    if row.mandates and at[:1] == ("mayors",) and len(at) > 1:
        return row.mandates[int(at[1])]
    return lines.get((*row.at, *at), (row.line, 1))[0]


def _to_come(value: Any, today: date, at: Any = ()) -> Iterator[tuple[Any, str]]:
    """The days after today on which something is said to have happened, with their places."""
    entries = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, inner in entries:
        day = inner.get("by") if isinstance(inner, Mapping) else inner
        if key in HAPPENED and isinstance(day, str) and day > str(today):
            yield (*at, key), day
        elif key == "year" and at[-1:] == ("population",) and inner > today.year:
            yield (*at, key), str(inner)
        elif isinstance(inner, Mapping | list):
            yield from _to_come(inner, today, (*at, key))


def _reported_later(content: Content, today: date, file: Path) -> Iterator[Finding]:
    """The counts that the network would have reported on a day to come."""
    for n, count in enumerate(content.beside.get("reported", [])):
        day = count.get("on") if isinstance(count, Mapping) else None
        if isinstance(day, str) and day > str(today):
            line, said = content.lines[("reported", n)][0], f"reported.{n}.on is {day}"
            yield _finding(file, line, f"{said}, which has not come yet.", "Correct the day.")


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
