"""Every name by the bytes it was read from: what a shell asks for while a word is typed.

What is kept of a kind may be dropped at any time: the names are read again from the register. After
an act only the records that it changed are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from b40cli.model.choice import Choice
from b40cli.model.ref import ROOT, ref_of
from b40cli.store.cache import Cache
from b40cli.store.git.repository import Repository

FOLDERS = {
    "member": "members/",
    "observer": "observers/",
    "meeting": "meetings/",
    "decision": "decisions/",
    "group": "groups/",
    "point": "statutes/interpretations/",
}
WHOLE = "all"


def names_kept(place: Path | None, kinds: Iterable[str]) -> list[Choice]:
    """The records of these kinds at HEAD, as they may be asked for."""
    repository = Repository.find(place or Path())
    head = repository.head()
    if head is None:
        return []
    tree = repository.tree(head)
    return [one for kind in kinds if kind in FOLDERS for one in _of_kind(repository, tree, kind)]


def _of_kind(repository: Repository, tree: Mapping[str, str], kind: str) -> Iterator[Choice]:
    folder = f"{ROOT}{FOLDERS[kind]}"
    mine = {path: oid for path, oid in tree.items() if path.startswith(folder)}
    cache = Cache(repository.cache_folder(), f"names-{kind}")
    kept: dict[str, list[Any]] = json.loads(cache.texts().get(WHOLE, "{}"))
    fresh = {path: oid for path, oid in mine.items() if f"{path} {oid}" not in kept}
    if fresh:
        found = {c.id: list(c) for c in _read(repository, fresh, kind)}
        ids = {path: ref_of(path).id for path in fresh}
        kept |= {f"{p} {o}": found[ids[p]] for p, o in fresh.items() if ids[p] in found}
        there = {f"{path} {oid}" for path, oid in mine.items()}
        kept = {key: row for key, row in kept.items() if key in there}
        cache.replace(WHOLE, json.dumps(kept, ensure_ascii=False))
    rows = (kept.get(f"{path} {oid}") for path, oid in mine.items())
    return (Choice(*row) for row in rows if row)


def _read(repository: Repository, fresh: Mapping[str, str], kind: str) -> Iterator[Choice]:
    """The records as they stand, each with its names as a typed word is compared with them."""
    from b40cli.acts.opened.named import listing
    from b40cli.model.state.registry import Registry
    from b40cli.store.gazetteer import spellings
    from b40cli.store.snapshot import load

    for choice in listing(Registry(load(repository, fresh)), (kind,)):
        folded = {each for name in choice.names for each in spellings(name)}
        yield choice._replace(folded=tuple(sorted(folded)))
