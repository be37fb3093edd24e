"""As many pairs as there can be: Kuhn's matching, one holder for one principal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def matching(edges: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Principal to holder, as many as possible; the first named are preferred."""
    held: dict[str, str] = {}

    def placed(principal: str, seen: set[str]) -> bool:
        for holder in edges[principal]:
            if holder in seen:
                continue
            seen.add(holder)
            if holder not in held or placed(held[holder], seen):
                held[holder] = principal
                return True
        return False

    for principal in edges:
        placed(principal, set())
    return {principal: holder for holder, principal in sorted(held.items(), key=lambda e: e[1])}
