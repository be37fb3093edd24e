"""`review`: what a branch would change, in the statutes' words, and whether it may be merged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b40cli import __version__
from b40cli.acts.ahead.duties_moved import duties_moved
from b40cli.acts.judge.judging import changed_paths, great, with_places
from b40cli.acts.opened.view import View, names
from b40cli.acts.reads.desk.status import owed_duties
from b40cli.acts.reads.norms import norms
from b40cli.acts.review.base_law import changes_the_law, judge_by_base, under_its_own
from b40cli.acts.review.branch import (
    Branch,
    branch_of,
    by_commit,
    by_the_way,
    contested,
    in_commit,
    merged,
    of_the_line,
)
from b40cli.acts.review.for_city import for_city
from b40cli.acts.review.law_moved import law_moved
from b40cli.acts.review.mergeable import mergeable
from b40cli.acts.review.offices_moved import offices_moved
from b40cli.acts.review.open_branches import open_beside
from b40cli.acts.review.records_moved import (
    closed_touched,
    corrections_moved,
    decisions_moved,
    meetings_moved,
)
from b40cli.acts.review.roll_moved import differences, members_moved, moves, numbers_moved
from b40cli.model.answer import Answer
from b40cli.model.day import year_after
from b40cli.model.errors import UnreadableError, UsageError
from b40cli.model.facts.network import Network
from b40cli.model.finding import Finding, in_order, refuses
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.case.law import edition_on
from b40cli.store.git.repository import Repository
from b40cli.store.snapshot import Snapshot, load

if TYPE_CHECKING:
    from b40cli.model.results import reviews as shape

MOST_DAYS = 12
_DAY = re.compile(r'"((?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2})[T"]')
# What a branch may bring beside records that this review takes no notice of, and says so.
BESIDE = {
    "schemas/": "The branch changes schemas/: its records are judged with the schemas of the "
    f"installed b40 {__version__}.",
    "b40cli/": "The branch changes the code of the tool: what judges here is the installed b40 "
    f"{__version__}, not the branch's own.",
    ".github/": "The branch changes the workflows that run on the host: nothing here judges them.",
}
LOUD = (
    "THE LAW CHANGES: this branch changes the statutes' data. It is judged by the law of the "
    "base, not by its own; what rests on the new law comes after the merge."
)
WHOLE = (
    "THE LISTS CHANGE: this branch changes from which day lists are whole. A vote that needs a "
    "list that is not whole cannot be counted, and is refused."
)


def review(
    place: Path | None,
    on: date,
    words: str,
    now: date | None = None,
    city: str | None = None,
    called: str | None = None,
) -> Answer[shape.Reviewed]:
    """Tell what `BASE..HEAD` changes and judge it by the law of the base.

    `now` is the day no commit may be later than; `city` is told first what moves for it; `called`
    is the branch's name, where HEAD does not say it.

    Raises UsageError where the words name no range of one history, UnreadableError for the base.
    """
    repository = Repository.find(place or Path())
    branch = branch_of(repository, words, called)
    base = load(repository, repository.tree(branch.base))
    network = Registry(base).network
    if network is None:
        raise UsageError(
            f"The base of {words} holds no register.", "b40 check judges a first register whole."
        )
    try:
        return _reviewed(repository, branch, base, network, on, now, city)
    except UnreadableError as error:
        if not error.findings:
            raise
        return _unreadable(repository, branch, network, on, error)


def _reviewed(
    repository: Repository,
    branch: Branch,
    base: Snapshot,
    network: Network,
    on: date,
    now: date | None,
    city: str | None,
) -> Answer[shape.Reviewed]:
    result_of_merge = merged(repository, branch, base.tree)
    head = load(repository, result_of_merge.tree)
    law = Registry(base)
    held, changed = under_its_own(law), sorted(changed_paths(base.tree, head.tree))
    before = View(repository, branch.base, base, held, network, on, ())
    after = before._replace(
        commit=branch.head, snapshot=head, registry=held.followed(head, changed)
    )
    line = tuple(map(in_commit, of_the_line(repository, branch, now)))
    findings = _findings(law, before, after, branch, changed, result_of_merge.contested)
    findings = in_order((*findings, *line))
    edition = edition_on(law, on)
    result: shape.Reviewed = {
        "range": branch.words,
        "base": branch.base,
        "head": branch.head,
        "parting": branch.parting,
        "behind": branch.behind,
        "commits": len(branch.commits),
        "judged_by": {
            "law_of": branch.base,
            "edition": edition.id if edition else None,
            "version": __version__,
        },
        "changes": _changes(before, after, changed),
        "numbers": _numbers(before, after, changed),
        "duties": duties_moved(owed_duties(before), owed_duties(after)),
        "records": _records(base.tree, head.tree, changed),
        "warnings": [*_warnings(before, after, branch), *great(findings)],
        "verdict": mergeable(findings, bool(changed)),
    }
    if city is not None:
        result["for_city"] = for_city(result, after.registry, city)
    answer = _answer(branch, network, on, findings, result)
    return answer._replace(beside={**answer.beside, **names(after)})


def _answer(
    branch: Branch,
    network: Network,
    on: date,
    findings: tuple[Finding, ...],
    result: shape.Reviewed,
    code: int | None = None,
) -> Answer[shape.Reviewed]:
    refused = refuses(findings)
    exit_code = int(refused) if code is None else code
    return Answer(
        "review",
        str(on),
        network.status,
        not refused,
        branch.head,
        findings,
        result,
        exit_code,
        None,
        {"rules": norms(findings)},
    )


def _unreadable(
    repository: Repository, branch: Branch, network: Network, on: date, error: UnreadableError
) -> Answer[shape.Reviewed]:
    result: shape.Reviewed = {
        "range": branch.words,
        "base": branch.base,
        "head": branch.head,
        "warnings": _beside(repository, branch),
        "verdict": mergeable(error.findings, True, unread=True),
    }
    return _answer(branch, network, on, in_order(error.findings), result, error.exit_code)


def _findings(
    law: Registry,
    before: View,
    after: View,
    branch: Branch,
    changed: Iterable[str],
    both: Iterable[str],
) -> tuple[Finding, ...]:
    repository, on = after.repository, after.on
    was, now = before.registry, after.registry
    each = tuple(by_commit(repository, law, branch, on))
    late = {(f.rule, f.file) for f in each}
    judged = judge_by_base(law, was, now, changed, on, blob=repository.blob)
    # What is wrong with a file that both sides changed is known once a person has merged it.
    own = (f for f in judged if f.file not in both or (f.rule, f.file) in late)
    told = [f for f in own if (f.rule, f.file) in late or not by_the_way(f, branch)]
    whole = with_places((*told, *contested(both)), lambda path: _bytes(before, after, path))
    known = {(f.rule, f.file, f.message) for f in whole}
    fresh = (in_commit(f) for f in each if (f.rule, f.file, f.message) not in known)
    return in_order((*whole, *fresh))


def _bytes(before: View, after: View, path: str) -> bytes | None:
    oid = after.snapshot.tree.get(path) or before.snapshot.tree.get(path)
    return None if oid is None else dict(after.repository.blobs([oid]))[oid]


def _changes(before: View, after: View, changed: Iterable[str]) -> shape.Changes:
    was, now = before.registry, after.registry
    days = turning_days(before, after, changed)
    return {
        "members": list(members_moved(before, after, days)),
        "offices": list(offices_moved(before, after, days)),
        "decisions": list(decisions_moved(was, now, changed)),
        "meetings": list(meetings_moved(was, now, changed)),
        "corrections": list(corrections_moved(was, now, changed)),
        "closed": list(closed_touched(was, now, changed, after.on)),
        "law": list(law_moved(was, now, changed)),
    }


def turning_days(before: View, after: View, changed: Iterable[str]) -> tuple[date, ...]:
    """The day of the review, and every later one that a changed record names or that a year ends.

    Whoever leaves is a member until 31 December: what follows shows on the day after.
    """
    on = after.on
    named: set[date] = set()
    for path in changed:
        for snapshot in (before.snapshot, after.snapshot):
            named |= set(_days_in(snapshot[path])) if path in snapshot else set()
    ends = {year_after(day) for day in named if day.year >= on.year - 1}
    later = sorted(day for day in named | ends if day > on)
    return (on, *later[:MOST_DAYS])


def _days_in(record: Any) -> Iterable[date]:
    for found in _DAY.findall(json.dumps(record)):
        try:
            yield date.fromisoformat(found)
        except ValueError:
            continue


def _numbers(before: View, after: View, changed: Iterable[str]) -> list[shape.Numbers]:
    """Roll, quorum and majorities on the day of the review, and on later days that move them."""
    first, *later = (
        numbers_moved(before, after, day) for day in turning_days(before, after, changed)
    )
    told = [first]
    for numbers in later:
        if moves(numbers) and differences(numbers) != differences(told[-1]):
            told.append(numbers)
    return told


def _records(
    before: Mapping[str, str], after: Mapping[str, str], changed: Iterable[str]
) -> shape.Files:
    return {
        "added": [path for path in changed if path not in before],
        "changed": [path for path in changed if path in before and path in after],
        "removed": [path for path in changed if path not in after],
    }


def _warnings(before: View, after: View, branch: Branch) -> list[str]:
    """What a reader must not overlook, in whole sentences."""
    told = [LOUD] if changes_the_law(before.registry, after.registry) else []
    whole = [(view.registry.network or before.network).complete for view in (before, after)]
    told += [WHOLE] if whole[0] != whole[1] else []
    told += _beside(after.repository, branch)
    told += open_beside(after.repository, branch)
    if branch.behind:
        told.append(
            f"The base has {counted(branch.behind, 'commit')} that the branch has "
            "not: this is what a merge would come to."
        )
    return told


def _beside(repository: Repository, branch: Branch) -> list[str]:
    files = repository.changed_beside(branch.parting, branch.head)
    return [says for folder, says in BESIDE.items() if any(f.startswith(folder) for f in files)]
