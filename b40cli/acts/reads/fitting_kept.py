"""Which cities a word typed can concern, kept until the next act or day: a shell waits for it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from b40cli.store.cache import Cache
from b40cli.store.git.repository import Repository


def fitting_at(place: Path | None, on: date, states: tuple[str, ...], of: str) -> frozenset[str]:
    """The ids of the cities that are one of these at HEAD, in the vote or meeting that is named."""
    repository = Repository.find(place or Path())
    cache = Cache(repository.cache_folder(), f"fitting-{'-'.join(states)}")
    key = f"{repository.head()}-{on}-{of}"
    if (found := cache.texts().get(key)) is None:
        from b40cli.acts.opened.view import open_view
        from b40cli.acts.reads.fitting import fitting

        found = json.dumps(sorted(fitting(open_view(place, on, "HEAD"), states, of)))
        cache.replace(key, found)
    return frozenset(json.loads(found))
