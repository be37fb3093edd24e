"""What a file for an import holds: YAML, a table, a workbook, as lists of rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from b40cli.acts.imports import table
from b40cli.acts.imports.rows import ASKED, COLUMNS, Row, RowFault, columns_of, members_of
from b40cli.acts.imports.sources import Cited
from b40cli.acts.opened.gazetteer_match import city_id, known_as, match
from b40cli.acts.opened.session import Session
from b40cli.model.errors import UnreadableError, UsageError
from b40cli.model.finding import Finding, Place, in_order
from b40cli.model.ref import stated
from b40cli.model.wording import counted
from b40cli.rules.articles.groups.art14_groups import id_of_name, official_name
from b40cli.rules.case.law import law_on, rule_set_on
from b40cli.store.countries import known_country

MOST_BYTES = 8 * 1024 * 1024
PERMANENT = "permanent"

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


class Content(NamedTuple):
    """What a file holds: its rows, what is wrong with its lines, and what stands beside the rows.

    `found` says how the file was read, where that was a guess; `lines` where places stand.
    """

    rows: list[Row]
    faults: list[RowFault]
    beside: Mapping[str, Any]
    found: str | None = None
    lines: Mapping[Any, tuple[int, int]] = {}


def content_of(session: Session, data: bytes, file: Path, cited: Cited) -> Content:
    """What the file holds, by its ending; UsageError or UnreadableError where it is none."""
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


def parsed(data: bytes, file: Path) -> dict[str, Any]:
    """The lists of a file, those that hold nothing left out; UnreadableError where one is none."""
    from b40cli.store.yaml.defect import YamlDefect
    from b40cli.store.yaml.dialect import parse

    try:
        content = parse(data)
    except YamlDefect as defect:
        found = finding_at(file, defect.line, defect.message, defect.remedy)
        raise unreadable([found], file) from defect
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
    left_out = {(key,) for key in SHAPES if content.get(key) is None}
    odd = [(at, s) for at, held, s in told if not isinstance(held, s) and at not in left_out]
    if odd:
        places = positions(data)
        raise unreadable([_misshapen(file, places[at][0], at, shape) for at, shape in odd], file)


def _misshapen(file: Path, line: int, at: tuple[str, ...], shape: type) -> Finding:
    what, form = ("list", "- …") if shape is list else ("mapping", "{key: value, …}")
    return finding_at(file, line, f"{'.'.join(at)} is no {what}.", f"Write it as {form}.")


def _yaml(session: Session, data: bytes, file: Path) -> Content:
    from b40cli.store.yaml.dialect import positions

    content = parsed(data, file)
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
    if known and len(record["country"]) == 2 and record["country"].isupper():
        known_country(record["country"])
    if folder == "members" and "id" in record and str(record.get("gazetteer")).lower() == "none":
        return {k: v for k, v in record.items() if k != "gazetteer"}
    if folder == "groups":
        return _permanent(session, record)
    if folder != "members" or "id" in record or not known:
        return record
    name, country, number = record["name"], record["country"], record.get("gazetteer")
    found = match(session, name, country, None if number is None else str(number))
    id = known_as(session.before, found) or city_id(name, country, found)
    place: dict[str, Any] = {"gazetteer": found.id} if found else {}
    if found and "population" not in record:
        place["population"] = {"count": found.population, "source": "gazetteer"}
    return {"id": id, **{k: v for k, v in record.items() if k != "gazetteer"}, **place}


def _permanent(session: Session, record: dict[str, Any]) -> dict[str, Any]:
    """A group; a permanent one is known by its name, and has it of the statutes (set 2)."""
    law = law_on(session.before, session.on)
    group = id_of_name(str(record.get("name", record.get("id"))))
    known = group in law.names("permanent-groups") and record.get("kind", PERMANENT) == PERMANENT
    if not known or rule_set_on(session.before, session.on) < 2:
        return record
    return {**record, "id": group, "name": official_name(group), "kind": PERMANENT}


def line_of(row: Row, lines: Mapping[Any, tuple[int, int]], at: Place) -> int:
    """The line of the file in which a place of a record stands."""
    if row.mandates and at[:1] == ("mayors",) and len(at) > 1:
        return row.mandates[int(at[1])]
    return lines.get((*row.at, *at), (row.line, 1))[0]


def unreadable(faults: list[Finding], file: Path) -> UnreadableError:
    """That nothing is imported, with everything that is wrong."""
    return UnreadableError(
        f"{file.name} is not imported: {counted(len(faults), 'mistake')} in its rows.",
        "Nothing was written. Mend the rows, then import the file again.",
        in_order(faults),
    )


def finding_at(file: Path, line: int, message: str, remedy: str) -> Finding:
    """What is wrong at a line of the file."""
    return Finding("import-row", "defect", "the record", message, remedy, file.name, line=line)
