"""The lists of the public document as tables: CSV with datapackage.json, and the sheets of XLSX."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.render.exports.document import as_document

if TYPE_CHECKING:
    from b40cli.model.results.published import Published

PublicRow = Mapping[str, Any]


class PublicTable(NamedTuple):
    """A list of the document: what it is called by people, its key, what its columns lead to."""

    name: str
    title: str
    key: tuple[str, ...]
    leads_to: Mapping[str, str] = {}


TABLES = (
    PublicTable("members", "Members", ("id",)),
    PublicTable("names", "Names", (), {"member": "members"}),
    PublicTable("mandates", "Mandates", (), {"member": "members"}),
    PublicTable("suspensions", "Suspensions", ("member", "from"), {"member": "members"}),
    PublicTable("observers", "Observers", ("id",)),
    PublicTable("presidencies", "Presidencies", ("year",), {"city": "members"}),
    PublicTable("stand_ins", "Stand-ins", (), {"city": "members"}),
    PublicTable("seats", "Committee seats", ()),
    PublicTable("secretaries", "Permanent Secretaries", ()),
    PublicTable("groups", "Working groups", ("id",)),
    PublicTable("meetings", "Meetings", ("id",)),
    PublicTable("attendance", "Attendance", ("meeting", "member"), {"meeting": "meetings"}),
    PublicTable("decisions", "Decisions", ("id",)),
    PublicTable("votes", "Votes", (), {"decision": "decisions"}),
    PublicTable("candidates", "Candidates", ("decision", "city"), {"decision": "decisions"}),
    PublicTable("duties", "Duties", ()),
    PublicTable("readings", "Readings", ("id",)),
    PublicTable("sources", "Sources", ("key",)),
)
# How a column that is neither text nor a list is described.
WHOLE = frozenset(
    {
        *("gazetteer", "population", "population_year", "year", "term", "item", "votes"),
        *("for", "against", "abstain", "invalid", "required"),
    }
)
TRUTHS = frozenset({"suspended", "minutes_filed", "secret"})


def rows_of(document: Published, table: PublicTable) -> list[PublicRow]:
    """The rows of one table."""
    lists: Mapping[str, Any] = document
    return list(lists[table.name])


def as_csv(document: Published, columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Each table as CSV by its file name, and `datapackage.json`, which describes them.

    `columns` are those of each table, so that an empty one has its head too.
    """
    files = {
        f"{table.name}.csv": _csv(rows_of(document, table), columns[table.name]) for table in TABLES
    }
    return {**files, "datapackage.json": as_document(_package(document, columns))}


def _csv(rows: Sequence[PublicRow], columns: Sequence[str]) -> str:
    written = StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(columns)
    lines.writerows([cell(row[column]) for column in columns] for row in rows)
    return written.getvalue()


def cell(value: Any) -> str:
    """A value as text: nothing is empty, truths are words, lists are parted by semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value)


def _package(document: Published, columns: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    network = document["network"]
    note = document.get("designation_note")
    standing = "" if network["status"] == "official" else " Unofficial: nobody has adopted it."
    about = f"The register of {network['name']} on {document['on']}.{standing}"
    return {
        "name": "b40-register",
        "title": network["name"],
        "description": f"{about} {note}" if note else about,
        "profile": "tabular-data-package",
        "resources": [_resource(table, columns[table.name]) for table in TABLES],
    }


def _resource(table: PublicTable, columns: Sequence[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [{"name": column, "type": _type(column)} for column in columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.leads_to:
        schema["foreignKeys"] = list(_foreign(table))
    return {
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "schema": schema,
    }


def _foreign(table: PublicTable) -> Iterator[dict[str, Any]]:
    for column, other in table.leads_to.items():
        yield {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}


def _type(column: str) -> str:
    if column in WHOLE:
        return "integer"
    return "boolean" if column in TRUTHS else "string"


def sheets(document: Published, columns: Mapping[str, Sequence[str]]) -> dict[str, list[list[Any]]]:
    """Each table as a sheet by its title, the heads in words; numbers stay numbers."""
    made: dict[str, list[list[Any]]] = {"About": _about(document)}
    for table in TABLES:
        named = columns[table.name]
        heads = [head(column) for column in named]
        rows = [[_shown(row[column]) for column in named] for row in rows_of(document, table)]
        made[table.title] = [heads, *rows]
    return made


def head(column: str) -> str:
    """A column as people call it."""
    return column.replace("_", " ").capitalize()


def _about(document: Published) -> list[list[Any]]:
    network = document["network"]
    lines: list[list[Any]] = [
        ["What", "Is"],
        ["Network", network["name"]],
        ["Status", network["status"]],
        ["As of", document["on"]],
        ["Commit", document["commit"] or "not committed"],
    ]
    note = document.get("designation_note")
    return [*lines, ["Note", note]] if note else lines


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, int) else cell(value)
