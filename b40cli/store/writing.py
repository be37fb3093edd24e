"""Edits to bytes: the one place that says what a file holds after an act."""

from __future__ import annotations

from collections.abc import Iterable

from b40cli.model.edit import Append, Create, Deposit, Edit, Put


def by_path(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    """The edits of each file, in their order."""
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.path, []).append(edit)
    return found


def written(path: str, edits: list[Edit], held: bytes) -> bytes:
    """What a file holds after its edits: what is new is dumped, what is there is spliced.

    `held` are its bytes before, where it was there: what is not edited keeps them.
    """
    from b40cli.store.schema import kind_of, order
    from b40cli.store.yaml.edit import apply
    from b40cli.store.yaml.layout import dump

    first = edits[0]
    if isinstance(first, Deposit):
        return first.data
    keys = order(kind_of(path) or "network")
    data = dump(first.record, keys) if isinstance(first, Create) else held
    further = [edit for edit in edits if isinstance(edit, Put | Append)]
    return apply(data, further, keys) if further else data
