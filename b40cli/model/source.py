"""What a fact rests on: one source, or several."""

from __future__ import annotations

from collections.abc import Sequence


def sources_of(source: str | Sequence[str] | None) -> tuple[str, ...]:
    """The keys cited, one or a list of them."""
    if source is None:
        return ()
    return (source,) if isinstance(source, str) else tuple(source)


def cited(source: str | Sequence[str]) -> str:
    """The keys as a sentence names them."""
    return ", ".join(sources_of(source))


def cited_or_none(source: str | Sequence[str] | None) -> str | None:
    """The same where a fact may rest on a decision instead."""
    return None if source is None else cited(source)
