"""Put a change, or a whole state, to the judge, and place what it says in the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from b40cli.acts.judge.taken_in import Blob, otherwise_written
from b40cli.model.finding import GRAVE, KINDS, Finding, in_order
from b40cli.model.state.registry import RULESETS, Registry
from b40cli.rules.case.rule import Case
from b40cli.rules.record.reach import touched
from b40cli.rules.record.upgrade import TAKEN_IN, rule_set_taken_in
from b40cli.rules.table import forgetful, judge, rule_named

GREAT = "great-change"
Bytes = Callable[[str], bytes | None]
LATE = (
    "It was on record before this law was. Votes and meetings are named in the law's own record as "
    "it is closed (known: on_record), and stand by the law known then; anything else is taken back "
    "(b40 undo; once it was sent, b40 decision annul, from the beginning), and recorded again "
    "after the law."
)


def judge_change(
    before: Registry,
    after: Registry,
    changed: Iterable[str],
    on: date,
    kinds: frozenset[str] = KINDS,
    *,
    blob: Blob,
) -> tuple[Finding, ...]:
    """What a change brings: everything about the records it changes, and what is new elsewhere.

    `blob` gives the bytes of what stood before, for what only bytes can tell.
    """
    changed = set(changed)
    case = Case(before, after, on)
    elsewhere = set(touched(before, after, changed, kinds)) - changed
    found = judge(case, changed, kinds)
    by_bytes = told_by_bytes(case, changed, found, blob)
    refused = {f.file for f in found if f.kind in GRAVE}
    own = by_the_new_law(forgetful(case), changed - refused)
    return in_order([*found, *by_bytes, *own, *new_elsewhere(case, elsewhere, kinds)])


def told_by_bytes(
    case: Case, changed: Iterable[str], found: Iterable[Finding], blob: Blob
) -> tuple[Finding, ...]:
    """What the records as data do not show of an upgrade; nothing where they refuse it already."""
    known = any(finding.rule == TAKEN_IN for finding in found)
    return () if known else tuple(otherwise_written(case, changed, blob))


def great_changes(
    before: Registry, after: Registry, changed: Iterable[str], on: date
) -> tuple[str, ...]:
    """What a change takes away at once, in sentences."""
    rule, changed = rule_named(GREAT), set(changed)
    case = Case(before, after, on)
    paths = sorted(changed | set(touched(before, after, changed, frozenset({"note"}))))
    found = (b for path in paths for b in rule.question(case, path)) if rule else ()
    return tuple(dict.fromkeys(f"GREAT CHANGE: {breach.message}" for breach in found))


def great(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The same, of what the judge has said."""
    told = (f"GREAT CHANGE: {f.message}" for f in findings if f.rule == GREAT)
    return tuple(dict.fromkeys(told))


def new_elsewhere(
    case: Case, paths: Iterable[str], kinds: frozenset[str] = KINDS
) -> tuple[Finding, ...]:
    """What a change brings about in records it leaves alone; what was wrong before is not new."""
    case = forgetful(case)
    findings = judge(case, paths, kinds)
    if case.before is None:
        return findings
    told = {same(f) for f in findings}
    findings += tuple(f for f in by_the_new_law(case, paths) if same(f) not in told)
    if not findings:
        return findings
    earlier = Case(None, case.before, case.on)
    known = {same(f) for f in judge(earlier, {f.file for f in findings}, kinds)}
    return tuple(f for f in findings if same(f) not in known)


def by_the_new_law(case: Case, paths: Iterable[str]) -> Iterator[Finding]:
    """What a law that is entered late refuses of what was recorded since its day.

    A change never judges itself; but what it leaves behind is judged by all of the law on record,
    its own, whatever a branch is judged by. A set that was not taken in as the tool does it is
    refused for that alone.
    """
    before, after = case.before, case.after
    if before is None or before.network is None:
        return
    laws = [(r.parameters(), r.interpretations(), r.rule_sets()) for r in (before, after)]
    taken = laws[0][2] != laws[1][2]
    if laws[0] == laws[1] or (taken and any(rule_set_taken_in(case, RULESETS))):
        return
    left = Case(None, after.under(after), case.on)
    for found in judge(left, paths, GRAVE):
        yield found if found.kind == "note" else found._replace(remedy=LATE)


def same(finding: Finding) -> tuple[str, str, str]:
    """What makes two findings one, wherever in the file they show."""
    return finding.rule, finding.file, finding.message


def changed_paths(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The paths whose bytes differ between two trees."""
    return {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}


def with_places(findings: Iterable[Finding], bytes_of: Bytes) -> tuple[Finding, ...]:
    """Findings with line and column; only the files that need it are read again."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    return in_order(f for file, found in by_file.items() for f in _placed(found, bytes_of(file)))


def _placed(findings: list[Finding], data: bytes | None) -> list[Finding]:
    from b40cli.store.reading import located
    from b40cli.store.yaml.defect import YamlDefect
    from b40cli.store.yaml.dialect import positions

    if data is None or not any(f.at for f in findings):
        return findings
    try:
        places = positions(data)
    except YamlDefect:  # What the record held when it could last be read was judged.
        return findings
    return [located(f, places) if f.at else f for f in findings]
