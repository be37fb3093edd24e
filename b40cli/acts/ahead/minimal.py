"""Why nothing fits: every smallest set of conditions that cannot be met together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import combinations

# All subsets of more sorts are not gone through: none of the plans has as many.
MOST_SORTS = 8


def minimal_reasons(
    sorts: Collection[str], fits: Callable[[frozenset[str]], bool]
) -> list[list[str]]:
    """The smallest sets of sorts under which nothing fits, where `fits` is asked of a set alone.

    Whoever lifts one of them meets the next; all of them are told. An empty set among them says
    that nothing would fit under no condition at all.
    """
    assert len(sorts) <= MOST_SORTS
    found: list[frozenset[str]] = []
    for size in range(len(sorts) + 1):
        for some in map(frozenset, combinations(sorted(sorts), size)):
            if not any(reason <= some for reason in found) and not fits(some):
                found.append(some)
    return [sorted(reason) for reason in found]


def nobody_is_free(against: Iterable[Collection[str]]) -> list[list[str]]:
    """The same for one office, of the sorts that stand against each candidate."""
    each = [frozenset(sorts) for sorts in against]
    every = frozenset().union(*each)
    return minimal_reasons(every, lambda asked: any(not sorts & asked for sorts in each))
