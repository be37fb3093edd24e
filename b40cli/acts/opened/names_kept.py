"""Every name by the commit it was read at: what a shell asks for while a word is typed.

It may be dropped at any time: the names are read again from the register.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from b40cli.acts.opened.named import EVERY_KIND, Choice, listing
from b40cli.model.registry import Registry
from b40cli.store.cache import Cache
from b40cli.store.git.repository import Repository
from b40cli.store.snapshot import load

NAME = "names"


def names_kept(place: Path | None, kinds: Iterable[str]) -> list[Choice]:
    """The records of these kinds at HEAD, as they may be asked for."""
    repository = Repository.find(place or Path())
    head = repository.head()
    if head is None:
        return []
    cache = Cache(repository.cache_folder(), NAME)
    text = cache.texts().get(head)
    if text is None:
        text = _read(repository, head)
        cache.add([(head, text)])
    wanted = set(kinds)
    choices = (Choice(*row) for row in json.loads(text))
    return [choice for choice in choices if choice.kind in wanted]


def _read(repository: Repository, head: str) -> str:
    registry = Registry(load(repository, repository.tree(head)))
    return json.dumps(list(listing(registry, (*EVERY_KIND, "point"))), ensure_ascii=False)
