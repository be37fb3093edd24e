"""Case law: from a case a lawyer wrote in YAML to a `Case` the judge can be asked about."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from marshal import dumps
from pathlib import Path
from typing import Any, NamedTuple

from b40cli.acts.change.elections import as_closed
from b40cli.model.facts.decision import CLOSED
from b40cli.model.finding import Finding
from b40cli.rules.case.rule import Case, Rule, Undetermined
from b40cli.rules.table import judge, rule_named
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.committee_facts import COMMITTEE, roll_of, roll_record
from b40cli.rules.votes.vote import VOTED, recount
from b40cli.store.yaml.dialect import parse
from tests.invented import Records, copied, records, registry

FOLDER = Path(__file__).with_name("cases")
STOCK = FOLDER / "stock.yaml"
GONE = "gone"
KEYS = ("rule", "title", "set", "with", "given", "when", "on", "then", "also", "beside")
NOBODY: dict[str, Any] = {"entitled": [], "present": [], "represented": {}}


class Precedent(NamedTuple):
    """A case as written, and the states it puts to the judge."""

    file: Path
    rule: str
    title: str
    before: Records | None
    after: Records
    on: date
    then: list[dict[str, Any]]
    also: list[str]
    beside: list[str]
    rule_set: int = 1

    @property
    def asks(self) -> Rule | None:
        """The rule that is asked: of two of one name that of the case's set."""
        return rule_named(self.rule, self.rule_set)


def files() -> list[Path]:
    """Every case, by path."""
    return sorted(file for file in FOLDER.rglob("*.yaml") if file != STOCK)


@cache
def stock_records() -> dict[str, Any]:
    """The records that cases begin with, by name; nobody changes them."""
    found = parse(STOCK.read_bytes())
    assert isinstance(found, dict)
    return found


@cache
def precedent(file: Path) -> Precedent:
    """Read a case and build its states."""
    written = parse(file.read_bytes())
    unknown = written.keys() - set(KEYS)
    assert not unknown, f"{file}: {unknown}"
    on = date.fromisoformat(written.get("on", "2026-03-10"))
    rule_set = written.get("set", 1)
    given = records(rule_set)
    for name in written.get("with", ()):
        changed(given, stock_records()[name])
    changed(given, written.get("given", {}))
    filled(given, None, on)
    after, before = given, None
    if "when" in written:
        before, after = stripped(given), copied(given)
        changed(after, written["when"])
        filled(after, before, on)
    then = [] if written["then"] == "passes" else written["then"]
    assert isinstance(then, list)
    also, beside = written.get("also", []), written.get("beside", [])
    return Precedent(
        *(file, written["rule"], written["title"], before, stripped(after), on, then),
        *(also, beside, rule_set),
    )


def changed(content: Records, changes: Mapping[str, Any]) -> None:
    """Lay changes over records; a whole record may be new, changed key by key, or taken away."""
    for name, change in changes.items():
        path = name if name.startswith(".") else f"registry/{name}.yaml"
        if change == GONE:
            del content[path]
        else:
            content[path] = _merged(content.get(path, {}), change)


def _merged(record: Any, change: Any) -> Any:
    if not isinstance(change, Mapping) or not isinstance(record, dict):
        return deepcopy(change)
    merged = dict(record)
    for key, value in change.items():
        first, _dot, rest = key.partition(".")
        if rest:
            merged[first] = _inside(merged.get(first, {}), rest, value)
        else:
            merged[key] = _merged(merged.get(key), value)
    return merged


def _inside(value: Any, place: str, change: Any) -> Any:
    """`seats.5.city`, `parameters.region.values`: a key path through mappings and lists."""
    first, _dot, rest = place.partition(".")
    key: Any = _index(value, first) if isinstance(value, list) else first
    inner = value[key] if isinstance(value, list) else value.get(key, {})
    copy = deepcopy(value)
    copy[key] = _inside(inner, rest, change) if rest else _merged(inner, change)
    return copy


def _index(entries: list[Any], key: str) -> int:
    """An entry of a list by its number or by its name."""
    if key.isdecimal():
        return int(key)
    return next(n for n, entry in enumerate(entries) if entry.get("name") == key)


def stripped(content: Records) -> Records:
    """Without the keys that a case takes away; a record of which it takes none is the same one."""
    taken = {path for path, record in content.items() if GONE.encode() in dumps(record)}
    return {p: _stripped(record) if p in taken else record for p, record in content.items()}


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _stripped(inner) for key, inner in value.items() if inner != GONE}
    return [_stripped(inner) for inner in value] if isinstance(value, list) else value


def filled(content: Records, before: Records | None, on: date) -> None:
    """Write into votes what the tool would: the roll, the count, the readings."""
    for path, record in content.items():
        if "/decisions/" in path and record["body"] in (COMMITTEE, ASSEMBLY):
            _filled_vote(content, before, on, path, record)


def _filled_vote(
    content: Records, before: Records | None, on: date, path: str, record: dict[str, Any]
) -> None:
    wanted = ("roll", "count", "readings") if record["state"] in CLOSED else ("roll",)
    if record["state"] not in VOTED or all(key in record for key in wanted):
        return
    after = registry(stripped(content))
    case = Case(None if before is None else registry(before), after, on)
    decision = after.decision(path.rsplit("/", 1)[1][:-5]) or after.decision(record["id"])
    assert decision is not None
    found = recount(case, decision)
    if isinstance(found, Undetermined):
        record.setdefault("roll", NOBODY)
        return
    suspended = found.computed.suspended
    record.setdefault("roll", roll_record(roll_of(found.there, suspended)))
    for key, value in as_closed(found).items():
        record.setdefault(key, value)
    if record["state"] in CLOSED and found.outcome is not None:
        record.setdefault("count", found.outcome.as_record())
        record.setdefault("readings", found.outcome.readings)


def put(case: Precedent) -> Case:
    """The case as the judge is asked."""
    before = None if case.before is None else registry(case.before)
    return Case(before, registry(case.after), case.on)


def findings(case: Precedent) -> tuple[Finding, ...]:
    """What the judge says of all records before and after."""
    return judge(put(case), sorted({*case.after, *(case.before or ())}))
