"""Judging a whole state: record by record, in two processes, and only what is new since last time.

A record's verdict is kept with a digest of everything it was seen to rest on. It is used again only
while that digest is the same, so dropping the cache never changes an answer.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from b40cli.acts.judge.lawful import code_of
from b40cli.acts.opened.view import View
from b40cli.model.finding import Finding, finding_of, in_order
from b40cli.model.ref import ROOT
from b40cli.model.state.change import EACH, WORD
from b40cli.model.state.correcting import CORRECTIONS
from b40cli.model.state.kept import LAST
from b40cli.model.state.registry import NETWORK, Registry
from b40cli.rules.case.rule import Case
from b40cli.rules.table import judge_record
from b40cli.store.cache import AT_ONCE, Cache
from b40cli.store.snapshot import Snapshot
from b40cli.store.two_processes import in_two

STATUTES = ROOT + "statutes/"
# A line of the cache: a digest, what it is of, what was found.
APART, BETWEEN = "\t", "|"
# What is worked out of so many neighbours is asked again by few behind them.
REMEMBERED = 1_000
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Verdict(NamedTuple):
    """What the rules say of one record, and the line of the cache that keeps it."""

    path: str
    findings: tuple[Finding, ...]
    entry: str


def judge_state(view: View, now: date | None = None) -> tuple[Finding, ...]:
    """Every finding about every record of a state, in order.

    `now` is the day it is, where the view is of a day of the past.
    """
    case = Case(None, view.registry, view.on, now)
    versions = Versions(view.snapshot)
    law = law_of(view.registry, versions)
    cache = Cache(view.repository.cache_folder(), f"verdicts-{case.on}-{case.today}-{law}")
    known = cache.texts()
    findings: list[Finding] = []
    fresh: list[str] = []
    for path in versions.paths:
        verdict = kept(known.get(path), versions, path)
        if verdict is None:
            fresh.append(path)
        else:
            findings += verdict
    if fresh:
        cache.keep_only_this("verdicts-*.lines")
    findings += in_two(lambda paths: list(_kept_in(cache, judged(case, versions, paths))), fresh)
    return in_order(findings)


def _kept_in(cache: Cache, verdicts: Iterator[Verdict]) -> Iterator[Finding]:
    """The findings of verdicts; who judged a half keeps it, for all of them together are large."""
    while some := list(islice(verdicts, AT_ONCE)):
        cache.add((v.path, v.entry) for v in some)
        yield from (f for v in some for f in v.findings)


def judged(case: Case, versions: Versions, paths: Iterable[str]) -> Iterator[Verdict]:
    """The verdict on each of these records; what was worked out for some is let go of in time."""
    always = {CORRECTIONS, *_bearing_on_all(versions)}
    for n, path in enumerate(paths, 1):
        case.after.looked_at = set()
        findings = tuple(judge_record(case, path))
        rests_on = sorted(case.after.looked_at - always)
        yield Verdict(path, findings, _entry(path, findings, rests_on, versions))
        if n % REMEMBERED == 0:
            case = case._replace(after=Registry(case.after.records, case.after.law))


def _bearing_on_all(versions: Versions) -> list[str]:
    """The statutes, the network and corrections: they name the cache."""
    return [path for node in (CORRECTIONS, NETWORK, STATUTES) for path in versions.below(node)]


class Versions(dict[str, str]):
    """The version of each record, of each folder's list of names, of where a word stands.

    It changes when the record, or the list of names, does. A dict, for a `check` asks it of half a
    million nodes.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot.tree)
        self.snapshot = snapshot
        self.paths = sorted(snapshot.tree)

    def __missing__(self, node: str) -> str:
        listed = node.endswith(("/", EACH)) or node.startswith(WORD)
        self[node] = found = _digest(self._listed(node)) if listed else ""
        return found

    def _listed(self, node: str) -> list[str]:
        if node.startswith(WORD):
            return sorted(self.snapshot.naming(node.removeprefix(WORD)))
        below = self.below(node.removesuffix(EACH))
        return [*below, *map(self.__getitem__, below)] if node.endswith(EACH) else below

    def below(self, node: str) -> list[str]:
        """The record, or all records in a folder, in order."""
        return self.paths[bisect_left(self.paths, node) : bisect_left(self.paths, node + LAST)]

    def digest(self, nodes: Iterable[str]) -> str:
        """One hash over the versions of many."""
        return _digest(map(self.__getitem__, nodes))


def _digest(words: Iterable[str]) -> str:
    return sha256("\0".join(words).encode()).hexdigest()[:20]


def _entry(
    path: str, findings: Iterable[Finding], rests_on: Iterable[str], versions: Versions
) -> str:
    told = _COMPACT.encode([finding._asdict() for finding in findings])
    nodes = BETWEEN.join(rests_on)
    # A word that was looked for may hold anything: such a verdict is found again each time.
    plain = nodes.split(BETWEEN) == [*rests_on] and not {APART, "\n"} & {*nodes}
    digest = versions.digest((path, *rests_on)) if plain else ""
    return f"{digest}{APART}{nodes if plain else ''}{APART}{told}"


def kept(text: str | None, versions: Versions, path: str) -> list[Finding] | None:
    """What a line of the cache says of a record; None where something it rests on changed."""
    if text is None:
        return None
    digest, nodes, told = text.split(APART, 2)
    if digest != versions.digest((path, *nodes.split(BETWEEN))):
        return None
    return [] if told == "[]" else [finding_of(data) for data in json.loads(told)]


def law_of(registry: Registry, versions: Versions) -> str:
    """What judges: the statutes and the network as data, and the rules as code.

    And what is corrected: which corrections are in force may hang on decisions, too.
    """
    in_force = sorted(c.id for found in registry.corrections().values() for c in found)
    data = _bearing_on_all(versions)
    return _digest([*map(versions.__getitem__, data), *data, code_of(), *in_force])
