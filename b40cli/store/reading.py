"""Bytes to a record: the dialect, then the schema; what is wrong comes back as findings."""

from __future__ import annotations

import json
from typing import NamedTuple

from b40cli.model.finding import Finding
from b40cli.model.size import DOCUMENT, RECORD, said
from b40cli.store.git.guard.cut import Cut, size_of
from b40cli.store.schema import explain, fits, kind_of


class Reading(NamedTuple):
    """A record as compact JSON text, or the findings that say why it is none."""

    text: str | None
    findings: tuple[Finding, ...]


def read(path: str, data: bytes) -> Reading:
    """Read one file of the registry by the kind its path says."""
    kind = kind_of(path)
    if kind is None:
        return Reading(None, (_no_kind(path),))
    most = DOCUMENT if kind == "document" else RECORD
    if size_of(data) > most:
        return Reading(None, (_too_large(path, kind, most),))
    if kind == "document":
        return Reading(_document(data), ())
    from b40cli.store.yaml.defect import YamlDefect
    from b40cli.store.yaml.dialect import parsed

    try:
        record, text = parsed(data)
    except YamlDefect as defect:
        found = _finding("yaml-dialect", path, defect.message, defect.remedy)
        return Reading(None, (found._replace(line=defect.line, column=defect.column),))
    if fits(kind, record):
        return Reading(text, ())
    return Reading(None, tuple(_complaints(path, kind, data, record)))


def _complaints(path: str, kind: str, data: bytes, record: object) -> list[Finding]:
    from b40cli.store.yaml.dialect import positions

    places = positions(data)
    found = [
        located(_finding("record-shape", path, c.message, c.remedy)._replace(at=c.at), places)
        for c in explain(kind, record)
    ]
    unsaid = "The record does not have the shape of its kind."
    return found or [_finding("record-shape", path, unsaid, "See its schema in schemas/.")]


def located(found: Finding, places: dict[tuple[str | int, ...], tuple[int, int]]) -> Finding:
    """Fill in line and column from the nearest place of the file that exists."""
    at = found.at
    while at and at not in places:
        at = at[:-1]
    line, column = places.get(at, (1, 1))
    return found._replace(line=line, column=column)


def _too_large(path: str, kind: str, most: int) -> Finding:
    document = "Keep it elsewhere; its SHA-256 in the record proves it."
    remedy = document if kind == "document" else "Split the record."
    rule = "plain-files" if kind == "document" else "yaml-dialect"
    return _finding(rule, path, f"The file is larger than {said(most)}.", remedy)


def _document(data: bytes) -> str:
    from hashlib import sha256

    known = data.sha256 if isinstance(data, Cut) else None
    return json.dumps({"sha256": known or sha256(data).hexdigest()})


def _no_kind(path: str) -> Finding:
    return _finding(
        "unknown-path",
        path,
        "No kind of record lies at this path.",
        "Move it to where its kind lies (docs/architecture.md), or documents to evidence/.",
    )


def _finding(rule: str, path: str, message: str, remedy: str) -> Finding:
    return Finding(rule, "defect", "the record", message, remedy, path)
