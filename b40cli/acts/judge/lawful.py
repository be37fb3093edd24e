"""The last verdict on exactly this state and day: told from the cache, never by judging."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli import __version__
from b40cli.model.answer import UNKNOWN, LastVerdict
from b40cli.model.digest import sha256
from b40cli.model.finding import Finding, refuses
from b40cli.store.cache import Cache

if TYPE_CHECKING:
    from b40cli.acts.opened.view import View


def verdict_of(findings: Iterable[Finding]) -> LastVerdict:
    """Lawful where nothing is refused, else by how many findings it is not."""
    refused = sum(refuses([finding]) for finding in findings)
    return LastVerdict(refused == 0, refused)


def keep(view: View, verdict: LastVerdict) -> None:
    """Remember the verdict on a state as a whole, and what judged it."""
    cache, said = _cache(view), json.dumps({"refused": verdict.refused, "code": code_of()})
    key = _key(view)
    if cache.texts().get(key) != said:
        cache.keep_only_this("lawful-*.lines")
        cache.add([(key, said)])


def last_verdict(view: View) -> LastVerdict:
    """What was said of the same bytes on the same day; unknown where nobody asked."""
    held = _cache(view).texts()
    kept = json.loads(held.get(_key(view), "{}")) if held else {}
    known = kept.get("code") == code_of() if kept else False
    return LastVerdict(kept["refused"] == 0, kept["refused"]) if known else UNKNOWN


@cache
def code_of() -> str:
    """The rules and the facts as code, and the tool's version: as they are in this process."""
    folders = [Path(__file__).parents[2] / part for part in ("rules", "model")]
    total = sha256(__version__.encode())
    for file in sorted(file for folder in folders for file in folder.rglob("*.py")):
        stat = file.stat()
        total.update(f"{file.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    return total.hexdigest()[:20]


def _cache(view: View) -> Cache:
    return Cache(view.repository.cache_folder(), "lawful")


def _key(view: View) -> str:
    """The day, and every file with its bytes."""
    tree = view.snapshot.tree
    listed = "".join([f"{path} {tree[path]}\n" for path in sorted(tree)])
    return f"{view.on}-{sha256(listed.encode()).hexdigest()[:20]}"
