"""The statutes' data as the rule sets leave it: what a set adds, and what a register opens with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import INTERPRETATIONS, PARAMETERS, RULESETS
from b40cli.rules.case.rule_sets import (
    CONTENTS,
    PROVISIONAL,
    Point,
    ReadAs,
    set_of_number,
    set_of_point,
    set_of_reading,
)


def brought_to(path: str, before: Mapping[str, Any] | None, upto: int, start: date) -> Any:
    """A record of the statutes as the sets up to a number leave it, in force from a day.

    What of them is there stays as it is. The act proposes what this gives, and the judge compares
    with it: one function, and so nothing beside it gets in.
    """
    if path == PARAMETERS and before is not None:
        return _with_numbers(before, upto, start)
    if path.startswith(INTERPRETATIONS):
        return _with_point(ref_of(path).id, before, upto, start)
    return before


def paths_brought(upto: int) -> tuple[str, ...]:
    """The records that the sets up to a number add to, or that they add."""
    contents = [CONTENTS[number] for number in range(2, upto + 1)]
    points = {p.id for c in contents for p in c.points} | {p for c in contents for p in c.readings}
    numbers = [PARAMETERS] if any(c.numbers for c in contents) else []
    return (*numbers, *(f"{INTERPRETATIONS}{point}.yaml" for point in sorted(points)))


def _with_numbers(before: Mapping[str, Any], upto: int, start: date) -> dict[str, Any]:
    held = {parameter["name"] for parameter in before["parameters"]}
    further = [
        {
            "name": number.name,
            "article": number.article,
            "what": number.what,
            "values": [{"from": str(start), "value": number.value, "set_by": PROVISIONAL}],
        }
        for n in range(2, upto + 1)
        for number in CONTENTS[n].numbers
        if number.name not in held
    ]
    return {**before, "parameters": [*before["parameters"], *further]}


def _with_point(name: str, before: Mapping[str, Any] | None, upto: int, start: date) -> Any:
    points = (p for n in range(2, upto + 1) for p in CONTENTS[n].points if p.id == name)
    record = before
    if (point := next(points, None)) is not None and not _is_of(before, point):
        taken = {"from": str(start), "reading": point.readings[0][0], "by": PROVISIONAL}
        record = {
            "id": point.id,
            "question": point.question,
            "articles": list(point.articles),
            "readings": [_reading(reading) for reading in point.readings],
            "adopted": [*((before or {}).get("adopted", ())), taken],
        }
    if record is None:
        return None
    held = {reading["id"] for reading in record["readings"]}
    later = (r for n in range(2, upto + 1) for r in CONTENTS[n].readings.get(name, ()))
    further = [_reading(reading) for reading in later if reading[0] not in held]
    return {**record, "readings": [*record["readings"], *further]}


def _is_of(record: Mapping[str, Any] | None, point: Point) -> bool:
    """Whether a record is the point's, and not another that somebody gave its name before."""
    own = [_reading(reading) for reading in point.readings]
    return record is not None and list(record["readings"])[: len(own)] == own


def _reading(reading: ReadAs) -> dict[str, str]:
    return dict(zip(("id", "means"), reading, strict=True))


def opened_with(statutes: Mapping[str, Any], number: int, opened: date) -> dict[str, Any]:
    """The statutes' records, by path, of a register that opens on a rule set.

    Whatever sets these records have come to meanwhile is left out first.
    """
    first = {path: _of_the_first(path, record) for path, record in statutes.items()}
    found = {path: record for path, record in first.items() if record is not None}
    for path in paths_brought(number):
        found[path] = brought_to(path, found.get(path), number, opened)
    if number > 1:
        entry = {"number": number, "version": KNOWN_SETS[number], "from": str(opened)}
        found[RULESETS] = {"rule_sets": [entry | {"by": "opening"}]}
    return found


def _of_the_first(path: str, record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """A record as the first set had it; None where it had none."""
    if path == PARAMETERS:
        kept = [p for p in record["parameters"] if set_of_number(p["name"]) == 1]
        return {**record, "parameters": kept}
    if path.startswith(INTERPRETATIONS):
        name = record["id"]
        kept = [r for r in record["readings"] if set_of_reading(name, r["id"]) == 1]
        return {**record, "readings": kept} if set_of_point(name) == 1 else None
    return None if path == RULESETS else record
