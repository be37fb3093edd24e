"""`audit`: history from the first commit, each commit judged again; nothing and nobody is trusted.

Every commit is judged against its parent by the law of its legal day, its trailers are worked out
again, and the line of history itself is looked at; at the end stands the state everybody sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.audit.engine import at_the_end, both_verdicts
from b40cli.acts.audit.kinds import KINDS, CommitKind, kinds_of
from b40cli.acts.audit.line import (
    backwards,
    beside_an_upgrade,
    from_days_to_come,
    irregular,
    notes,
    odd_folders,
    out_of_step,
    programs,
    reused,
)
from b40cli.acts.audit.rejudged import Rejudging
from b40cli.acts.audit.signing import Watch, verified
from b40cli.acts.audit.span import Span, short, span_of, span_since
from b40cli.acts.audit.undone import undone
from b40cli.acts.judge.judging import with_places
from b40cli.acts.judge.verdicts import judge_state
from b40cli.acts.opened.view import View
from b40cli.model.answer import Answer
from b40cli.model.errors import UnreadableError, UsageError
from b40cli.model.finding import GRAVE, ORDER, Finding
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import RECORD
from b40cli.store.git.commit_stream import FileChange, Recorded
from b40cli.store.git.guard.safe_paths import is_plain
from b40cli.store.git.repository import Repository
from b40cli.store.snapshot import Snapshot, load, refuse_newer
from b40cli.store.two_processes import not_collecting

if TYPE_CHECKING:
    from b40cli.model.results.history import AllCounts, Audited, CommitFound

FoundIn = tuple[str, Finding]


class End(NamedTuple):
    """The state history ends in: whether it can be read, what kind of register it is."""

    readable: bool
    status: str
    records: int
    findings: tuple[Finding, ...]


def audit(
    place: Path | None,
    on: date,
    asked: str | None,
    since: str | None,
    watch: Watch,
    now: date | None = None,
) -> Answer[Audited]:
    """Replay a range of history, or all of it, and say commit by commit what is not lawful.

    `on` is the day the state at the end is judged on, `now` the day no commit may be later than.

    Raises UsageError for what is no range, UnreadableError where the history is not whole.
    """
    repository = Repository.find(place or Path())
    if repository.head() is None:
        return Answer("audit", str(on), "unofficial", True, None, (), _result(None, since, [], {}))
    repository.past().refuse_cut_off()
    span = span_of(repository, asked)
    if since is not None:
        known = _since(repository, span, since)
        if known is None:
            return _rewritten(span, on, since)
        span = known
    with not_collecting():
        return _audited(repository, span, on, now or on, since, watch)


def _since(repository: Repository, span: Span, since: str) -> Span | None:
    if span.base is not None:
        raise UsageError("--since and a range say two beginnings.", "Give one of them.")
    return span_since(repository, since, span.head)


def _rewritten(span: Span, on: date, since: str) -> Answer[Audited]:
    finding = Finding(
        "history-contains-since",
        "validity",
        RECORD,
        f"The history of {short(span.head)} does not contain {since}: it was rewritten, or this is "
        "another register.",
        "Find a clone that holds the commit that was published, and compare the two.",
        "",
        facts={"commit": span.head, "since": since},
    )
    result = _result(span, since, [], {})
    return Answer("audit", str(on), "unofficial", False, span.head, (finding,), result, 1)


def _audited(
    repository: Repository, span: Span, on: date, now: date, since: str | None, watch: Watch
) -> Answer[Audited]:
    past = repository.past()
    tip: dict[str, str] = {}
    odd_ones: list[FileChange] = []
    again = Rejudging(repository, tip)
    faults: dict[str, str] = {}
    at_end: list[FoundIn] = []

    def first() -> None:
        held, odd = past.entries(span.head)
        refuse_newer(repository, held)
        repository.nothing_lost(held)
        tip.update(held)
        odd_ones.extend(odd)

    def meanwhile(line: Sequence[Sequence[str]]) -> None:
        again.begin(line)
        faults.update(past.faults([oid for oid, *_parents in line]))
        at_end.extend(odd_folders(past, (span.head,)))

    commits = past.commits(span.base, span.head, meanwhile, first)
    if not commits:
        span.refuse_reversed()
    kinds = kinds_of(commits, undone(repository, commits))
    judged = again.found(commits, kinds, watch)
    found = [*_found(repository, span, commits, kinds, judged, watch), *irregular(faults)]
    odd = dict.fromkeys(out_of_step(past, span.base, commits))
    found += odd_folders(past, {**odd, span.head: None}) if odd else at_end
    found += from_days_to_come(commits, now)
    told = {(f.rule, f.file, f.message) for _oid, f in found}
    whole = None if odd_ones else tip
    end = _end(repository, span, whole, again.standing_at(span.head), (on, now), told)
    found += [(span.head, finding) for finding in end.findings]
    findings = _in_order(_placed(repository, found), commits)
    refused = any(f.kind in GRAVE for f in findings)
    code = 3 if not end.readable else 1 if refused else 0
    result = _result(span, since, commits, kinds)
    result["counts"] = _counts(findings)
    result["found"] = _commits_of(findings, commits, kinds)
    result["records"] = end.records
    return Answer("audit", str(on), end.status, not code, span.head, findings, result, code)


def _found(
    repository: Repository,
    span: Span,
    commits: Sequence[Recorded],
    kinds: dict[str, CommitKind],
    judged: Mapping[str, tuple[Finding, ...]],
    watch: Watch,
) -> Iterator[FoundIn]:
    """Everything that is to be said, each with its commit."""
    made = {r.oid: r.commit for r in commits}
    for oid, findings in judged.items():
        yield from ((oid, both_verdicts(f, made[oid].trailers, made[oid].day)) for f in findings)
    yield from backwards(commits, repository.past().time(span.base))
    yield from reused([r for r in commits if kinds[r.oid] != "undo"])
    yield from notes(commits, kinds)
    yield from programs(commits)
    yield from beside_an_upgrade(repository, commits)
    yield from ((f.facts["commit"], f) for f in verified(repository, commits, watch))


def _end(
    repository: Repository,
    span: Span,
    tip: Mapping[str, str] | None,
    replayed: Snapshot | None,
    days: tuple[date, date],
    told: set[tuple[str, str, str]],
) -> End:
    """The state at the end: whether it can be read, and what no single commit showed.

    What a range changed, and what rests on that, was judged commit by commit; only with all of
    history the end is judged as a whole, as `check` does, on the day asked about and the day it is.
    `tip` is its tree, where every file in it is one that the registry can hold, and `replayed` the
    records of the replay, where that came to the end.
    """
    try:
        tree = repository.tree(span.head) if tip is None else tip
        snapshot = load(repository, tree, replayed)
    except UnreadableError as error:
        fresh = [f for f in error.findings if (f.rule, f.file, f.message) not in told]
        return End(False, "unofficial", 0, tuple(fresh))
    registry = Registry(snapshot)
    network = registry.network
    if network is None:
        # Whoever took it away is named by the commit that did.
        return End(False, "unofficial", len(snapshot.tree), ())
    on, now = days
    view = View(repository, span.head, snapshot, registry, network, on, ())
    fresh = [
        finding._replace(message=f"In the state at the end: {finding.message}")
        for finding in (at_the_end(view, judge_state(view, now)) if span.base is None else ())
        if finding.kind in GRAVE and (finding.rule, finding.file, finding.message) not in told
    ]
    return End(True, network.status, len(snapshot.tree), tuple(fresh))


def _placed(repository: Repository, found: Iterable[FoundIn]) -> Iterator[Finding]:
    """Findings with line and column in the file as their commit left it, and with its name."""
    by_commit: dict[str, list[Finding]] = {}
    for oid, finding in found:
        by_commit.setdefault(oid, []).append(finding)
    files = [
        f"{oid}:{f.file}"
        for oid, findings in by_commit.items()
        for f in findings
        if f.at and is_plain(f.file)
    ]
    held = dict(zip(files, repository.past().bytes_of(files), strict=True))
    for oid, findings in by_commit.items():
        data = {f.file: held.get(f"{oid}:{f.file}") for f in findings}
        for finding in with_places(findings, data.get):
            yield finding._replace(
                message=f"{short(oid)}: {finding.message}", facts={**finding.facts, "commit": oid}
            )


def _in_order(findings: Iterable[Finding], commits: Sequence[Recorded]) -> tuple[Finding, ...]:
    """The gravest first, then as history went."""
    place = {r.oid: n for n, r in enumerate(commits)}
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                *(ORDER[f.kind], place.get(f.facts["commit"], len(place))),
                *(f.file, f.line, f.column, f.rule, f.message),
            ),
        )
    )


def _result(
    span: Span | None,
    since: str | None,
    commits: Sequence[Recorded],
    kinds: Mapping[str, CommitKind],
) -> Audited:
    return {
        "base": span.base if span else None,
        "head": span.head if span else None,
        "since": since,
        "commits": len(commits),
        "kinds": {kind: list(kinds.values()).count(kind) for kind in KINDS},
        "counts": _counts(()),
        "found": [],
        "records": 0,
    }


def _counts(findings: Iterable[Finding]) -> AllCounts:
    kinds = [finding.kind for finding in findings]
    return {
        "defect": kinds.count("defect"),
        "validity": kinds.count("validity"),
        "duty": kinds.count("duty"),
        "note": kinds.count("note"),
    }


def _commits_of(
    findings: Iterable[Finding], commits: Iterable[Recorded], kinds: Mapping[str, CommitKind]
) -> list[CommitFound]:
    """The commits anything was found in, as history went."""
    named = {finding.facts["commit"] for finding in findings}
    return [
        {
            "commit": r.oid,
            "day": r.commit.day,
            "on": r.commit.trailers.get("B40-On", ""),
            "kind": kinds[r.oid],
            "author": r.commit.author,
            "subject": r.commit.subject,
        }
        for r in commits
        if r.oid in named
    ]
