"""The law of the base: a branch is judged by what stood before it, never by what it brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from b40cli.acts.judge.judging import LATE, judge_change
from b40cli.acts.judge.taken_in import Blob
from b40cli.model.finding import Finding, refuses
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import RECORD

RULE = "law-of-the-base"
STATUTES = "statutes/"


def judge_by_base(
    base: Registry,
    before: Registry,
    after: Registry,
    changed: Iterable[str],
    on: date,
    *,
    blob: Blob,
) -> tuple[Finding, ...]:
    """What a change brings by the law of the base; what only its own law allows is named so."""
    names = set(changed)
    return by_base(
        base, before, after, lambda was, now: judge_change(was, now, names, on, blob=blob)
    )


def by_base(
    base: Registry,
    before: Registry,
    after: Registry,
    judged: Callable[[Registry, Registry], Iterable[Finding]],
) -> tuple[Finding, ...]:
    """The same of whatever two states are judged for."""
    if base.network is None:
        return tuple(judged(before, after))
    findings = tuple(judged(before.under(base), after.under(base)))
    if not changes_the_law(base, after):
        return findings
    own = judged(before.under(after), after.under(after))
    return (*findings, *_owed_to_its_own(findings, own))


def under_its_own(base: Registry) -> Registry:
    """The base under its own law: whatever follows it is judged by that law as well."""
    return Registry(base.records, base, base)


def changes_the_law(base: Registry, after: Registry) -> bool:
    """Whether the statutes as data, or how they are read, differ."""
    paths = base.paths(STATUTES)
    if paths != after.paths(STATUTES):
        return True
    return any(base.records.version(path) != after.records.version(path) for path in paths)


def _owed_to_its_own(findings: Iterable[Finding], own: Iterable[Finding]) -> Iterator[Finding]:
    """What the base's law refuses and the branch's own would allow, once a file.

    What is told as refused by a law that came late is not: that law is the branch's own.
    """
    findings = [found for found in findings if found.remedy != LATE]
    there = {(f.rule, f.file) for f in own if refuses([f])}
    told: set[str] = set()
    for found in findings:
        if refuses([found]) and (found.rule, found.file) not in there and found.file not in told:
            told.add(found.file)
            yield _owed(found)


def _owed(found: Finding) -> Finding:
    return Finding(
        RULE,
        "validity",
        RECORD,
        f"Only the statutes as this change leaves them would allow this ({found.rule}); it is "
        "judged by those of the base.",
        "Merge the amendment first, by itself, in a request of its own; what rests on it comes "
        "after that: b40 sync --branch NAME --again makes those acts anew on the base.",
        found.file,
        found.at,
        facts={"rule": found.rule},
    )
