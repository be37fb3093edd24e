"""`check`: the whole register as it stands, or what changed since a commit; `fmt`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli.acts.audit.engine import at_the_end
from b40cli.acts.audit.line import beside_an_upgrade
from b40cli.acts.audit.undone import standing_base
from b40cli.acts.judge.judging import changed_paths, judge_change, with_places
from b40cli.acts.judge.lawful import keep, last_verdict, verdict_of
from b40cli.acts.judge.verdicts import judge_state
from b40cli.acts.opened.view import View, names, open_view
from b40cli.acts.reads.norms import norms
from b40cli.acts.review.base_law import judge_by_base
from b40cli.acts.review.branch import (
    Branch,
    branch_of,
    by_commit,
    by_the_way,
    in_commit,
    of_the_day_asked,
)
from b40cli.model.answer import Answer
from b40cli.model.errors import ConflictError, UsageError
from b40cli.model.facts.committee import SEATS
from b40cli.model.facts.network import ROSTERS
from b40cli.model.finding import Finding, in_order, refuses
from b40cli.model.state.registry import RULESETS, Registry
from b40cli.model.wording import counted
from b40cli.rules.case.law import rule_set_on
from b40cli.rules.facts.seats import seats_on
from b40cli.store.git.guard.safe_paths import marked_as_program, real
from b40cli.store.git.repository import Repository
from b40cli.store.git.trees import folders, in_form
from b40cli.store.schema import kind_of, order
from b40cli.store.snapshot import load

if TYPE_CHECKING:
    from b40cli.model.results.history import AttestedCounts, Checked, Tidied


def check(
    place: Path | None,
    on: date,
    base: str | None,
    strict: bool,
    known_at: str | None = None,
    now: date | None = None,
) -> Answer[Checked]:
    """Judge the working files: all of them, or what changed since `base` by the law of `base`.

    With `known_at`, the state as it was known then instead of the working files. `now` is the day
    it is: of a day of the past it is asked what was due, not whether later facts had come.
    """
    view = open_view(place, on, known_at)
    odd = _in_form(view)
    findings = _changed(view, base) if base else at_the_end(view, judge_state(view, now))
    if not base and view.uncommitted and known_at is None:
        findings = in_order(_with_what_is_brought(findings, tuple(_by_hand(view))))
    findings = in_order((*findings, *odd, *map(marked_as_program, view.programs)))
    verdict = last_verdict(view) if base else verdict_of(findings)
    if not base:
        keep(view, verdict)
    findings = with_places(findings, _contents(view, findings).get)
    told_kinds = {"validity", "defect"} | ({"duty"} if strict else set())
    refused = any(f.kind in told_kinds for f in findings)
    return Answer(
        "check",
        str(on),
        view.network.status,
        not refused,
        view.commit,
        findings,
        _result(view, findings, base),
        1 if refused else 0,
        None,
        {**names(view), "rules": norms(findings)},
        verdict=verdict,
    )


def _in_form(view: View) -> list[Finding]:
    """What is odd of the folders of the commit; raises UnreadableError where they cannot be read.

    Git does not look for the folders of HEAD where its index says that nothing changed.
    """
    commit = view.known or view.repository.head()
    odd = in_form(view.repository.calls, commit) if commit else []
    tree = view.snapshot.tree
    above = {path.rpartition("/")[0] for path in tree} if view.commit else set()
    known = folders(f"{folder}/" for folder in above) if above else []
    view.repository.nothing_lost(tree, [f"{view.commit}:{folder}" for folder in known])
    return odd


def _contents(view: View, findings: Iterable[Finding]) -> dict[str, bytes]:
    """The bytes of the records in which findings have a place, read in one pass."""
    tree = view.snapshot.tree
    records = {f.file for f in findings if f.at and f.file in tree and f.file.endswith(".yaml")}
    data = dict(view.repository.blobs(sorted(tree[path] for path in records)))
    return {path: data[tree[path]] for path in records}


# What is asked of the change that brings a number, a name, a key or a source, not of a state.
OF_A_CHANGE = frozenset(
    {"one-place-one-record", "place-perhaps-twice", "person-key", "references-resolve"}
)


def _with_what_is_brought(
    state: Iterable[Finding], brought: tuple[Finding, ...]
) -> Iterator[Finding]:
    """What is told of a state; where a change is asked for the same, what is told of that."""
    asked = {(found.rule, found.file) for found in brought}
    yield from (found for found in state if (found.rule, found.file) not in asked)
    yield from brought


def _by_hand(view: View) -> Iterator[Finding]:
    """What a hand edit that is not committed yet brings of places, keys and sources."""
    repository = view.repository
    head = repository.head()
    if head is None:
        return
    before = load(repository, repository.tree(head), view.snapshot)
    changed = changed_paths(before.tree, view.snapshot.tree)
    found = judge_change(Registry(before), view.registry, changed, view.on, blob=repository.blob)
    yield from (f for f in found if f.rule in OF_A_CHANGE)


def _changed(view: View, base: str) -> tuple[Finding, ...]:
    repository = view.repository
    asked = standing_base(repository, repository.resolve(base), repository.head())
    before = load(repository, repository.tree(asked), view.snapshot)
    changed = changed_paths(before.tree, view.snapshot.tree)
    law = Registry(before)
    found = judge_by_base(law, law, view.registry, changed, view.on, blob=repository.blob)
    committed = repository.tree(repository.resolve("HEAD"))
    unchanged = committed == view.snapshot.tree
    by_acts = [
        f
        for f in found
        if (unchanged and refuses([f]))
        or (of_the_day_asked(f) and _is_as_in(committed, view.snapshot.tree, f))
    ]
    found = (*found, *_by_merges(view, asked, law, found))
    if RULESETS in changed:
        commits = branch_of(repository, f"{base}..HEAD").commits
        found = (*found, *(f for _oid, f in beside_an_upgrade(repository, commits)))
    if not by_acts:
        return found
    # What came by acts was lawful when each was done, by what was known and on its own day.
    branch = branch_of(repository, f"{base}..HEAD")
    by_acts = [f for f in by_acts if by_the_way(f, branch)]
    late = {(f.rule, f.file) for f in by_commit(repository, law, branch, view.on)}
    return tuple(f for f in found if f not in by_acts or (f.rule, f.file) in late)


def _by_merges(view: View, base: str, law: Registry, found: Iterable[Finding]) -> Iterator[Finding]:
    """What a merge since the base took otherwise than both its sides have it."""
    repository, head = view.repository, view.repository.head() or base
    commits = repository.past().commits(base, head) if head != base else ()
    merges = tuple(r for r in commits if len(r.parents) > 1)
    told = {(f.rule, f.file) for f in found}
    for each in by_commit(repository, law, Branch(base, base, head, base, merges, 0), view.on):
        if (each.rule, each.file) not in told:
            yield in_commit(each)


def _is_as_in(committed: Mapping[str, str], tree: Mapping[str, str], finding: Finding) -> bool:
    return committed.get(finding.file) == tree.get(finding.file)


def _result(view: View, findings: tuple[Finding, ...], base: str | None) -> Checked:
    kinds = [finding.kind for finding in findings]
    return {
        "base": base,
        "rule_set": rule_set_on(view.registry, view.on),
        "records": len(view.snapshot.tree),
        "counts": {
            "validity": kinds.count("validity"),
            "duty": kinds.count("duty"),
            "note": kinds.count("note"),
        },
        "attested": _attested(view),
        "undetermined": _undetermined(view),
    }


def _attested(view: View) -> AttestedCounts:
    """How many facts of the opening record rest on a source, not on a judged act.

    Of members and meetings those alone are read whose text may say so.
    """
    registry = view.registry
    corrected = registry.corrections()
    members = map(registry.member_in, {*registry.naming("attested"), *corrected})
    meetings = map(registry.meeting_in, {*registry.naming("source"), *corrected})
    return {
        "members": sum(m is not None and m.attested is not None for m in members),
        "presidencies": sum(p.source is not None for p in registry.presidencies()),
        "meetings": sum(m is not None and m.attested for m in meetings),
        "seats": sum(s.source is not None for s in registry.seats()),
    }


def _undetermined(view: View) -> list[str]:
    """What cannot be answered on the day, and for want of which fact."""
    missing = [
        f"{roster}: the list is not whole"
        for roster in ROSTERS
        if not view.network.whole(roster, view.on)
    ]
    unknown = [s.seat for s in seats_on(view.registry, view.on) if s.state == "unknown"]
    if unknown:
        seats = counted(len(SEATS), "seat")
        missing.append(f"committee: {len(unknown)} of {seats} ({', '.join(unknown)})")
    return missing


def tidied(place: Path | None, on: date, paths: list[Path], checking: bool) -> Answer[Tidied]:
    """The answer of `fmt`: which files were, or would be, put into canonical layout."""
    view = open_view(place, on)
    untidy, seen = tidy_files(view, paths, checking)
    refused = checking and bool(untidy)
    verb = "to be put" if checking else "put"
    looked = f"{counted(seen, 'file')} looked at, {len(untidy)} {verb} into layout."
    told = "\n".join([*untidy, looked])
    result: Tidied = {"files": seen, "untidy": untidy, "written": not checking}
    status, code = view.network.status, 1 if refused else 0
    return Answer("fmt", str(on), status, not refused, view.commit, (), result, code, told)


def tidy_files(view: View, paths: list[Path], checking: bool) -> tuple[list[str], int]:
    """Put records into canonical layout; returns the paths that were not, and how many were seen.

    With `checking` nothing is written. A file that changed meanwhile is left as it is.
    """
    from b40cli.store.yaml.layout import tidy

    repository = view.repository
    wanted = [_wanted(repository, path) for path in paths] or [lambda _path: True]
    untidy = []
    records = [p for p in sorted(view.snapshot) if p.endswith(".yaml")]
    for named, is_there in zip(paths, wanted, strict=False):
        if not any(map(is_there, records)):
            raise UsageError(f"No record lies at {named}.", "Name a file or folder of registry/.")
    chosen = [path for path in records if any(is_there(path) for is_there in wanted)]
    for path in chosen:
        data = repository.read_working(path)
        neat = tidy(data, order(kind_of(path) or "network"))
        if neat != data:
            untidy.append(path)
            if not checking:
                _write(repository, path, data, neat)
    return untidy, len(chosen)


def _wanted(repository: Repository, place: Path) -> Callable[[str], bool]:
    asked = real(place)
    return lambda path: (repository.root / path).is_relative_to(asked)


def _write(repository: Repository, path: str, read: bytes, neat: bytes) -> None:
    """Save a file only if it is still the one that was read, and never half."""
    target = repository.root / path
    draft = target.with_name(f".{target.name}.b40-fmt")
    try:
        draft.write_bytes(neat)
        if target.read_bytes() != read:
            raise ConflictError(f"{path} changed while it was read.", "Repeat the command.")
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
