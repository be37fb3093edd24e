"""What the judge says of each case, whole: a golden page for each folder of the case law.

A case file names what matters to a lawyer; here stands every word, place, fact and reading, so
that no rule changes what it says unseen. `pytest -n0 tests/test_cases.py --bless` writes it anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from textwrap import indent

from b40cli.model.facts.duty import Duty
from b40cli.model.finding import Finding
from b40cli.model.ref import ROOT
from b40cli.rules.duties.duties import duties_of
from b40cli.rules.record.reach import touched
from tests.caselaw import Precedent
from tests.invented import registry

BLESS = "pytest -n0 tests/test_cases.py --bless writes it anew; look at the difference"
UNRECORDED = "permanent-groups"
TELLING = ("due", "overdue", "met-late")
GOLDEN = Path(__file__).parent / "golden" / "cases"


def told(findings: Iterable[Finding]) -> str:
    """Findings as a person compares them."""
    return "\n".join(sorted(map(_told, findings)))


def _told(found: Finding) -> str:
    at = ".".join(map(str, found.at))
    lines = [f"{found.kind}  {found.article}  {found.file}:{at}  {found.basis}", found.message]
    lines += [found.remedy] if found.remedy else []
    beside = {"facts": found.facts, "readings": found.readings, "refs": found.refs}
    lines += [f"{key}: {_compact(value)}" for key, value in beside.items() if value]
    return "\n  ".join(lines)


def beside(findings: Iterable[Finding]) -> str:
    """What other rules say of the case, a line each; that groups have no record is told of most."""
    return "\n".join(sorted(map(_beside, (f for f in findings if f.rule != UNRECORDED))))


def _beside(found: Finding) -> str:
    at = ".".join(map(str, found.at))
    return f"beside  {found.kind}  {found.rule}  {found.file}:{at}  {found.message}"


def owed(case: Precedent) -> str:
    """What the case's rule says is owed, if a duty: on its day, the last, and around these."""
    rule, register = case.asks, registry(case.after)
    if rule is None or rule.arising is None:
        return ""
    years = {case.on.year - 1, case.on.year}
    owing = duties_of(register, years, case.on, (rule,))
    assert {duty.rule for duty in owing} <= {rule.name}, "a duty bears the name of its rule"
    days = {case.on, *(duty.due for duty in owing if duty.due)}
    days |= {duty.due + timedelta(1) for duty in owing if duty.due}
    days |= {duty.met - timedelta(1) for duty in owing if duty.met}
    lines = (
        line
        for day in sorted(days)
        for duty in duties_of(register, years, day, (rule,))
        for line in (f"on {day}  {_owing(duty)}", *_words(duty))
    )
    return "\n".join(dict.fromkeys(lines))  # what is said again on the next day stands once


def reached(case: Precedent) -> str:
    """What else is asked again because of the case's change."""
    if case.before is None:
        return ""
    before, after = registry(case.before), registry(case.after)
    paths = {*case.before, *case.after}
    changed = {path for path in paths if case.before.get(path) != case.after.get(path)}
    found = set(touched(before, after, changed))
    beside = sorted(path.removeprefix(ROOT) for path in found - changed)
    said = "everything" if found >= set(after.paths("")) else ", ".join(beside)
    return said and f"asks again: {said}"


def _owing(duty: Duty) -> str:
    who = "  ".join(filter(None, (duty.of, duty.subject, duty.owner)))
    return f"{who}: {duty.state}, until {duty.due}, met {duty.met} by {duty.evidence}"


def _words(duty: Duty) -> tuple[str, ...]:
    return (f"  {duty.says}", f"  {duty.remedy}") if duty.state in TELLING else ()


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def recorded(name: str) -> str:
    """What the page says of a case."""
    return _page(_file(name)).get(name, "")


def bless(name: str, said: str) -> None:
    """Write it there; one process at a time."""
    page = {**dict(_blocks(_file(name))), name: said}
    _file(name).parent.mkdir(exist_ok=True)
    blocks = (f"{each}\n{indent(page[each], '  ')}\n" for each in sorted(page) if page[each])
    _file(name).write_text("\n".join(blocks), "utf-8")


def _file(name: str) -> Path:
    return GOLDEN / f"{name.partition('/')[0]}.txt"


@cache
def _page(file: Path) -> dict[str, str]:
    return dict(_blocks(file))


def _blocks(file: Path) -> Iterator[tuple[str, str]]:
    for block in file.read_text("utf-8").split("\n\n") if file.exists() else ():
        name, *lines = block.removesuffix("\n").split("\n")
        yield name, "\n".join(line[2:] for line in lines)
