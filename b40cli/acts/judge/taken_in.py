"""A rule set taken in: the edits that the act proposes, and that the judge holds a change against.

One function makes them for both, so what a change holds beside them, were it a comment, is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.facts.statutes import KNOWN_SETS, RuleSet
from b40cli.model.finding import Finding
from b40cli.model.ref import ROOT
from b40cli.model.state.registry import NETWORK, RULESETS, Registry
from b40cli.rules.articles.art10_amended import newly_taken
from b40cli.rules.case.brought import brought_to, paths_brought
from b40cli.rules.case.rule import RECORD, Case
from b40cli.rules.case.rule_sets import PROVISIONAL
from b40cli.rules.record.upgrade import AGAIN, TAKEN_IN
from b40cli.store.git.guard.safe_paths import blob_oid
from b40cli.store.writing import by_path, written

Blob = Callable[[str], bytes]
"""The name of a blob -> its bytes."""


def brought(before: Registry, number: int, start: date) -> tuple[Edit, ...]:
    """What the sets up to a number change of the statutes, in force from a day."""
    return tuple(
        edit
        for path in paths_brought(number)
        for edit in _edits(
            path, before.data(path), brought_to(path, before.data(path), number, start)
        )
    )


def listed(before: Registry, number: int, taken: date) -> Edit:
    """The entry that says which set was taken in, and when."""
    entry = {
        "number": number,
        "version": KNOWN_SETS[number],
        "from": str(taken + timedelta(days=1)),
        "taken": str(taken),
        "by": PROVISIONAL,
    }
    if before.has(RULESETS):
        return Append(RULESETS, ("rule_sets",), entry)
    return Create(RULESETS, {"rule_sets": [entry]})


def _edits(path: str, was: Mapping[str, Any] | None, now: Mapping[str, Any]) -> Iterator[Edit]:
    """What makes a record of the statutes the one that the set leaves."""
    if was is None:
        yield Create(path, now)
        return
    for key, value in now.items():
        held = was.get(key)
        if isinstance(held, list) and isinstance(value, list) and value[: len(held)] == held:
            yield from (Append(path, (key,), entry) for entry in value[len(held) :])
        elif held != value:
            yield Put(path, (key,), value)


def otherwise_written(case: Case, changed: Iterable[str], blob: Blob) -> Iterator[Finding]:
    """Each file of a change that takes a set in and is not, byte for byte, what the tool writes."""
    before, paths = case.before, sorted(changed)
    taken = newly_taken(case) if RULESETS in paths else None
    if before is None or before.network is None or taken is None:
        return
    meant = _versions(before, taken, blob)
    for path in paths:
        if path not in meant:
            yield _finding(taken, path, "is changed beside it")
        elif path not in case.after.records or case.after.records.version(path) != meant[path]:
            yield _finding(taken, path, "is not byte for byte as the tool writes it")


def _versions(before: Registry, taken: RuleSet, blob: Blob) -> dict[str, str]:
    """The hash of each file as the tool leaves it."""
    records, number = before.records, taken.number
    edits = (listed(before, number, taken.taken), *brought(before, number, taken.start))
    like = records.version(NETWORK)
    return {
        path: blob_oid(
            written(path, of_path, blob(records.version(path)) if path in records else b""), like
        )
        for path, of_path in by_path(edits).items()
    }


def _finding(taken: RuleSet, path: str, what: str) -> Finding:
    said = f"Rule set {taken.number} is taken in, and {path.removeprefix(ROOT)} {what}."
    return Finding(TAKEN_IN, "validity", RECORD, said, AGAIN, path)
