"""Taking in a rule set: what the tool writes for it, whole and dated.

That nothing else is changed beside it, bytes tell (acts/judge/taken_in.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from b40cli.model.facts.statutes import KNOWN_SETS, RuleSet
from b40cli.model.ref import ROOT
from b40cli.model.state.registry import RULESETS, Registry
from b40cli.rules.articles.art10_amended import newly_taken
from b40cli.rules.case.brought import brought_to, paths_brought
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.duties.future_days import ahead

AGAIN = "Undo it, and let the tool do it: b40 statutes upgrade."
OPENING = "opening"
TAKEN_IN = "rule-set-taken-in"


def rule_set_taken_in(case: Case, path: str) -> Iterator[Breach]:
    """Each set in its order, from the day after it was taken in, whole, not backdated."""
    record = case.after.recorded(path)
    if path != RULESETS or record is None:
        return
    entries = case.after.rule_sets()
    for n, entry in enumerate(entries):
        yield from _misdated(case, n, entry)
        yield from ahead(case, path, ("rule_sets", n, "taken"), entry.taken)
    for n, (earlier, later) in enumerate(pairwise(entries), 1):
        if later.number < earlier.number or later.start < earlier.start:
            yield _wrong("The rule sets do not follow one another.", n, "number")
    for n, listed in enumerate(record["rule_sets"]):
        if listed["version"] != KNOWN_SETS.get(listed["number"]):
            yield _wrong(f"Version {listed['version']} did not bring that set.", n, "version")
    yield from _taken_now(case)


def _wrong(message: str, n: int, key: str = "") -> Breach:
    return Breach(message, AGAIN, ("rule_sets", n, *([key] if key else [])))


def _misdated(case: Case, n: int, entry: RuleSet) -> Iterator[Breach]:
    network = case.after.network
    if entry.by == OPENING:
        if n or (network and entry.start != network.opened):
            yield _wrong("A register opens with one rule set, from its first day.", n, "by")
    elif entry.start != entry.taken + timedelta(days=1):
        yield _wrong(
            f"Rule set {entry.number} was taken in on {entry.taken} and is in force from "
            f"{entry.start}; it is from the next day.",
            *(n, "from"),
        )


def _taken_now(case: Case) -> Iterator[Breach]:
    """What a change takes in: one set, whole, before anything was done under it."""
    before, taken = case.before, newly_taken(case)
    if before is None or before.network is None or taken is None:
        return
    n = len(case.after.rule_sets()) - 1
    if n > len(before.rule_sets()) or taken.by == OPENING:
        yield _wrong("One rule set is taken in at a time, by an upgrade.", n)
    if (late := _done_since(before, taken.start)) is not None:
        yield _wrong(f"{late} is of a day on which the set would have been in force.", n, "from")
    yield from _not_whole(case, before, taken, n)


def _done_since(before: Registry, day: date) -> str | None:
    """A decision that was closed, or a meeting that was held, on a day or later."""
    closed = (d.id for d in before.decisions() if d.closed is not None and d.closed >= day)
    held = (m.id for m in before.meetings() if m.roll_calls and m.day >= day)
    return next(closed, None) or next(held, None)


def _not_whole(case: Case, before: Registry, taken: RuleSet, n: int) -> Iterator[Breach]:
    brings = {
        path: brought_to(path, before.data(path), taken.number, taken.start)
        for path in paths_brought(taken.number)
    }
    new = [path for path, record in brings.items() if record != before.data(path)]
    numbers = [earlier.number for earlier in before.rule_sets()]
    if taken.number in numbers and not new:
        yield _wrong(f"Rule set {taken.number} is on record, whole.", n, "number")
    otherwise = [path for path in new if case.after.data(path) != brings[path]]
    if otherwise:
        further = f" and {len(otherwise) - 1} more" if len(otherwise) > 1 else ""
        yield _wrong(
            f"Rule set {taken.number} is taken in, but {otherwise[0].removeprefix(ROOT)}{further} "
            "is not as the tool writes it.",
            *(n, "number"),
        )


RULES = (
    Rule(
        name=TAKEN_IN,
        norm="A rule set is taken in whole and by itself, and is in force from the next day.",
        about=("statutes",),
        question=rule_set_taken_in,
        fails="A rule set entered by hand with a day of last year.",
        cure="Undo it; b40 statutes upgrade takes in the newest set.",
    ),
)
