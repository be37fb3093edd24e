"""Every kind of leaf of an official register, changed in place or taken away.

It is refused, or it is free for a reason that stands in a list: that of the rule, or the one here
of what is still under way. The walk goes through the schemas (tests/leaves.py), so a new field of a
record is either settled or somebody says why it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pytest

from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.model.finding import GRAVE
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Case
from b40cli.rules.record.official_register import FREE
from b40cli.rules.table import judge_record
from b40cli.store.schema import KINDS, _judge, fits, kind_of
from tests.invented import OPENED, Records, records, registry
from tests.leaves import Place, changes, filled

ON = date(2026, 3, 30)
LAW = frozenset({"articles", "parameters", "rulesets", "interpretation"})
# What holds a record against what it was before.
COMPARING = frozenset(
    {
        *("closed-records-are-immutable", "history-is-append-only", "opening-is-kept"),
        *("two-thirds-matters", "principals-kept", "rule-set-taken-in", "closed-network"),
        "correction-names-what-it-replaces",
    }
)
# What a schema asks of a word itself: another word may be as wrong, and is a fault of its own.
OF_WORDS = frozenset({"const", "maxLength"})


class Stage(NamedTuple):
    """A record at a stage of its life, and which of its keys are free then, with the reason."""

    path: str
    holds: dict[str, Any] = {}  # noqa: RUF012 - never mutated
    without: tuple[str, ...] = ()
    free: dict[str, str] = {}  # noqa: RUF012


FORMER = {
    "former_applications": [{"received": "2025-06-01"}],
    "former_withdrawals": [{"received": "2025-07-01", "effective": "2026-01-01"}],
    "former_removals": ["GA-2025-001"],
}
UNTIL_CLOSED = (
    *(
        "announced",
        "passed_over",
        "ballots",
        "tally",
        "choices",
        "count",
        "readings",
        "edition",
        "handover",
        "closed",
    ),
    *("decided_by", "evidence", "reason", "source"),
)
COUNTED = "told by the vote itself, or worked out at its close and recounted by the judge"
HANDLE = "what a host calls them, for its review rules"
AFTERWARDS = "no part of what was done: it is kept up to date after the meeting"
# What is told anew, and the walk itself brings about: another figure, another decision.
BROUGHT_ABOUT = {"members": {"population"}, "presidencies": {"approved", "agenda"}}
STAGES = (
    Stage("network", {"status": "official", "opened": OPENED}, ("dissolution",)),
    Stage("evidence/sources"),
    Stage("statutes/articles"),
    Stage("statutes/parameters"),
    Stage("statutes/rulesets"),
    Stage("statutes/interpretations/INT-01"),
    Stage("members/bg-vodengrad", FORMER),
    Stage("observers/at-farville"),
    Stage("presidencies/2026"),
    Stage("committee/2026"),
    Stage("secretariat"),
    Stage("groups/a-word"),
    Stage("meetings/2026-01-20-ec", {"kind": "ec"}, free={"note": AFTERWARDS}),
    Stage("decisions/2026/EC-2026-001", {"body": "executive-committee", "state": "adopted"}),
    Stage(
        "decisions/2026/EC-2026-002",
        {"body": "executive-committee", "state": "open"},
        ("closed",),
        dict.fromkeys(UNTIL_CLOSED, COUNTED),
    ),
    Stage("duties/2026"),
    Stage("corrections/2026/C-2026-001"),
    Stage("forgotten/2026/F-2026-001"),
    Stage("trust/principals", free={"handle": HANDLE}),
)


OPEN = next(stage for stage in STAGES if stage.holds.get("state") == "open")


def path_of(stage: Stage) -> str:
    return f"registry/{stage.path}.yaml"


@cache
def law() -> Records:
    """An official register on the newest rule set."""
    found = records(max(KNOWN_SETS))
    found["registry/network.yaml"]["status"] = "official"
    return found


def recorded(stage: Stage) -> Any:
    """The record of a stage; the statutes' own are the shipped ones."""
    kind = kind_of(path_of(stage)) or ""
    if kind in LAW:
        return law()[path_of(stage)]
    record = filled(kind) | stage.holds
    if "id" in record:
        record["id"] = stage.path.rsplit("/", 1)[-1]
    return {key: value for key, value in record.items() if key not in stage.without}


def unrefused(stage: Stage) -> Iterator[tuple[str, Place]]:
    """What may be changed, or taken away, without being told that it was recorded otherwise."""
    path, record = path_of(stage), recorded(stage)
    kind = kind_of(path) or ""
    content = {**law(), path: record}
    before = registry(content)
    shapeless = set() if fits(kind, record) else shape(kind, record)
    known = set(refusals(before, before, path))
    for how, at, changed in once_each(changes(record, kind)):
        if not fits(kind, changed) and not (shapeless and shape(kind, changed) <= shapeless):
            continue
        after = registry({**content, path: changed})
        if not set(refusals(before, after, path)) - known:
            yield how, at


def refusals(before: Registry, after: Registry, path: str) -> Iterator[tuple[str, str]]:
    for found in judge_record(Case(before, after, ON), path, GRAVE):
        if found.kind in GRAVE and found.rule in COMPARING:
            yield found.rule, found.message


def shape(kind: str, record: Any) -> set[tuple[Place, Place, Any]]:
    """What its schema has against a record: where it stands here and there, and of words which."""
    return {
        (tuple(fault.instance_path), (*_, last), fault.instance if last in OF_WORDS else None)
        for fault in _judge(kind).iter_errors(record)
        for *_, last in [fault.schema_path]
    }


def once_each(made: Iterator[tuple[str, Place, Any]]) -> Iterator[tuple[str, Place, Any]]:
    """Of like places in a list the first: the others are asked in the same words."""
    asked = set()
    for how, at, changed in made:
        like = (how, *("*" if isinstance(step, int) else step for step in at))
        if like not in asked:
            asked.add(like)
            yield how, at, changed


def folder_of(stage: Stage) -> str:
    """As the lists name it: `members`, `network.yaml`."""
    return path_of(stage).removeprefix("registry/").partition("/")[0]


def is_listed(stage: Stage, at: Place) -> bool:
    folder = folder_of(stage)
    free = {*FREE.get(folder, ()), *BROUGHT_ABOUT.get(folder, ())}
    return at[0] in {*free, *stage.free} or at[-1] in stage.free


FOLDERS = sorted({*map(folder_of, STAGES), *FREE})


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_leaf_is_refused_or_listed_as_free(folder: str) -> None:
    """And what is listed is free, and has a reason."""
    stages = [stage for stage in STAGES if folder_of(stage) == folder]
    free = [(stage, how, at) for stage in stages for how, at in unrefused(stage)]
    told = [(stage.path, how, at) for stage, how, at in free if not is_listed(stage, at)]
    assert told == []
    listed = FREE.get(folder, {})
    assert all(listed.values())
    assert listed.keys() <= {str(at[0]) for _stage, _how, at in free}


def test_every_kind_of_record_is_walked() -> None:
    assert {kind_of(path_of(stage)) for stage in STAGES} == {kind for kind, _, _ in KINDS}


@pytest.mark.parametrize("path", [path_of(stage) for stage in STAGES])
def test_a_record_taken_away_is_told(path: str) -> None:
    before = registry({**law(), path: recorded(next(s for s in STAGES if path_of(s) == path))})
    after = registry({p: r for p, r in law().items() if p != path})
    assert "history-is-append-only" in {f.rule for f in judge_record(Case(before, after, ON), path)}


def test_nothing_is_added_to_what_is_put_to_the_vote() -> None:
    """A vote that is open gets its ballots and its result, and no other word."""
    path, whole = path_of(OPEN), recorded(OPEN)
    after, shapeless = registry({**law(), path: whole}), shape("decision", whole)
    free = []
    for key in whole:
        fewer = {name: value for name, value in whole.items() if name != key}
        if shape("decision", fewer) - shapeless:
            continue
        before = registry({**law(), path: fewer})
        known = set(refusals(after, after, path))
        if not set(refusals(before, after, path)) - known:
            free.append(key)
    told = {*UNTIL_CLOSED, "roll"}  # that of an open vote is asked of by rules of its own
    assert set(free) == told & whole.keys()
