"""Other branches that are open: what they took or edited that this one did as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from b40cli.acts.review.branch import Branch
from b40cli.model.ref import ref_of
from b40cli.store.git.commit_stream import FileChange, Past
from b40cli.store.git.repository import Repository

MOST_NAMED = 5


def open_beside(repository: Repository, branch: Branch) -> Iterator[str]:
    """A sentence for each open branch that meets this one in a record."""
    from b40cli.store.git.remaking import open_branches

    past = repository.past()
    called = repository.branch() if branch.called in ("", "HEAD") else branch.called
    others = open_branches(repository, branch.base, branch.head, called or "")
    mine = _changed(past, branch.parting, branch.head) if others else {}
    for name, tip in others.items():
        both = mine.keys() & _own(past, tip, branch.base, branch.head).keys()
        both = both and both & _own(past, branch.head, branch.base, tip).keys()
        if both:
            yield (
                f"{name} is open too, and {_said(mine, sorted(both))}. Whoever is merged "
                "second makes its acts again: b40 sync --branch NAME --again."
            )


def _own(past: Past, tip: str, base: str, other: str) -> Mapping[str, FileChange]:
    """What a branch did by itself: an act that both of them hold is one act, not made twice."""
    start = past.parting((tip, base, other))
    return _changed(past, start, tip) if start else {}


def _changed(past: Past, start: str, tip: str) -> Mapping[str, FileChange]:
    """What lies between two commits, by path."""
    return {change.path: change for change in past.differences([(start, tip)])[0]}


def _said(mine: Mapping[str, FileChange], both: list[str]) -> str:
    """What both did, by record: made under one id, or edited."""
    told = [
        f"{'took' if mine[path].was is None else 'edits'} {ref_of(path)}"
        for path in both[:MOST_NAMED]
    ]
    more = len(both) - len(told)
    return ", ".join(told) + (f" and {more} more" if more else "") + " as this one does"
