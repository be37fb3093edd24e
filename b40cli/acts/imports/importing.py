"""`import`: the opening record from YAML, CSV or XLSX, all or nothing, every bad row named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.documents import bytes_of
from b40cli.acts.change.perform import as_bytes, judged
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.imports.completing import additions
from b40cli.acts.imports.content import (
    LISTS,
    MOST_BYTES,
    SHEETS,
    TABLES,
    Content,
    content_of,
    finding_at,
    line_of,
    parsed,
    unreadable,
)
from b40cli.acts.imports.rows import Row
from b40cli.acts.imports.sources import Cited
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.errors import UnreadableError
from b40cli.model.facts.member import member_of
from b40cli.model.finding import GRAVE, Finding
from b40cli.model.ref import Ref
from b40cli.model.state.registry import NETWORK, SECRETARIAT, SOURCES
from b40cli.model.wording import counted
from b40cli.rules.record.member_days import no_periods
from b40cli.store.schema import explain, fits, kind_of

if TYPE_CHECKING:
    from b40cli.model.results.trust import Imported

# Days on which something has happened; an `until`, a planned end and a meeting may lie ahead.
HAPPENED = frozenset({"since", "from", "received", "signed", "founded"})


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
    data = bytes_of(file, MOST_BYTES, "Split it.", UnreadableError)
    suffix = file.suffix.lower()
    told = {} if suffix in (*TABLES, *SHEETS) else _sources_in(data, file)
    cited = Cited(session.before.sources(), told)
    content = content_of(session, data, file, cited)
    for row in content.rows:
        cited.in_record(row.record)
    cited.in_record([content.beside.get("secretariat"), *content.beside.get("reported", [])])
    complete = {**content.beside.get("complete", {}), **{k: str(day) for k, day in whole.items()}}
    faults, edits = _sorted_out(session, content, file)
    faults += _told_ahead(content, session.on, file)
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
        raise unreadable([*faults, *sure], file)
    said = ", ".join(_listed(content)) or "no records"
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


def _listed(content: Content) -> Iterator[str]:
    """What a file holds, in words."""
    folders = [row.folder for row in content.rows]
    yield from (_many(n, folder) for folder in LISTS if (n := folders.count(folder)))
    yield from ["the Secretariat"] if "secretariat" in content.beside else []
    yield from ["reported counts"] if "reported" in content.beside else []


def _sorted_out(session: Session, content: Content, file: Path) -> tuple[list[Finding], list[Edit]]:
    """What keeps rows from becoming records, and the edits of those that can."""
    faults = [finding_at(file, *fault) for fault in content.faults]
    edits: list[Edit] = []
    seen: dict[str, Row] = {}
    for row in content.rows:
        own = list(_faults(session, row, file, content.lines))
        if not own:
            path = _path(row)
            first = seen.setdefault(path, row)
            if first is not row:
                message = f"{row.record[LISTS[row.folder][1]]} stands in line {first.line} already."
                own = [finding_at(file, row.line, message, "Keep one of the two rows.")]
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
    return edits, [_recorded_otherwise(file, line, "secretariat", [at]) for at in otherwise]


def _recorded_otherwise(file: Path, line: int, name: str, otherwise: list[str]) -> Finding:
    return finding_at(
        file,
        line,
        f"{name} is on record otherwise: {', '.join(otherwise)}.",
        f"What was entered wrongly is corrected: b40 correct {name} --at {otherwise[0]}.",
    )


def _edits_of(session: Session, row: Row, file: Path) -> tuple[list[Edit], list[Finding]]:
    """A new record, or what a row adds to one that is there."""
    path, name = _path(row), row.record[LISTS[row.folder][1]]
    held = session.before.recorded(path)
    if held is None:
        return [Create(path, row.record)], []
    edits, otherwise = additions(path, held, row.record)
    if otherwise:
        return [], [_recorded_otherwise(file, row.line, name, otherwise)]
    if not edits and row.folder != "groups":
        return [], [
            finding_at(file, row.line, f"{name} is on record already.", "Take the row out.")
        ]
    return edits, []


def _against(session: Session, edits: list[Edit], rows: Iterable[Row], file: Path) -> list[Finding]:
    """What the law has against the records, each at the line of the file that was given."""
    if not edits:
        return []
    lines = {_path(row): row.line for row in rows if LISTS[row.folder][1] in row.record}
    told = judged(session, as_bytes(session, edits))
    found = (f._replace(remedy=OWN_WORDS) if "source" in f.facts else f for f in told)
    return [
        f._replace(file=file.name, line=lines[f.file], column=1, at=()) if f.file in lines else f
        for f in found
        if f.kind in GRAVE
    ]


OWN_WORDS = (
    "Write a key of evidence/sources.yaml, or plain words, two or more: they become a listed "
    "source."
)


def _path(row: Row) -> str:
    return Ref(row.folder, str(row.record[LISTS[row.folder][1]])).path


def _sources_in(data: bytes, file: Path) -> Mapping[str, Any]:
    told: Mapping[str, Any] = parsed(data, file).get("sources", {})
    return told


def _faults(
    session: Session, row: Row, file: Path, lines: Mapping[Any, tuple[int, int]]
) -> Iterator[Finding]:
    """What keeps one row from becoming a record."""
    kind, key = LISTS[row.folder]
    complaints = [] if fits(kind, row.record) else explain(kind, row.record)
    for complaint in complaints:
        line = line_of(row, lines, complaint.at)
        yield finding_at(file, line, complaint.message, complaint.remedy)
    if complaints:
        return
    if kind_of(_path(row)) != kind:
        yield finding_at(file, row.line, f"{row.record[key]} names no file.", "Correct the id.")
    for at, day in _to_come(row.record, session.on):
        line = line_of(row, lines, at)
        where = ".".join(map(str, at))
        ahead = "A term to come is entered as a `next` seat of the committee that sits."
        yield finding_at(
            file,
            line,
            f"{where} is {day}, which has not come yet.",
            ahead if row.folder in ("committee", "presidencies") else "Correct the day.",
        )
    if row.folder == "members":
        member = member_of(_path(row), row.record)
        for at, fault in no_periods(member):
            yield finding_at(file, line_of(row, lines, at), fault.message, fault.remedy)


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


def _told_ahead(content: Content, today: date, file: Path) -> Iterator[Finding]:
    """The days to come of what stands beside the rows: reported counts, and what is whole."""
    beside = content.beside
    counts = enumerate(beside.get("reported", []))
    told: list[tuple[Any, str, Mapping[str, Any]]] = [
        (("reported", n), "on", count) for n, count in counts if isinstance(count, Mapping)
    ]
    told += [(("complete",), name, beside["complete"]) for name in beside.get("complete", {})]
    for at, key, held in told:
        day = held.get(key)
        if isinstance(day, str) and day > str(today):
            line, said = content.lines[at][0], ".".join(map(str, (*at, key)))
            remedy = "Correct the day."
            yield finding_at(file, line, f"{said} is {day}, which has not come yet.", remedy)
