"""The last verdict on exactly this state and day: told from the cache, never by judging."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import b40cli
from b40cli.model.answer import UNKNOWN, Verdict
from b40cli.model.finding import Finding, refuses
from b40cli.store.cache import Cache

if TYPE_CHECKING:
    from b40cli.acts.opened.view import View


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Lawful where nothing is refused, else by how many findings it is not."""
    refused = sum(refuses([finding]) for finding in findings)
    return Verdict(refused == 0, refused)


def keep(view: View, verdict: Verdict) -> None:
    """Remember the verdict on a state as a whole, and what judged it."""
    cache, said = _cache(view), json.dumps({"refused": verdict.refused, "code": code_of()})
    if cache.texts().get(_key(view)) != said:
        cache.keep_only_this("lawful-*.lines")
        cache.add([(_key(view), said)])


def last_verdict(view: View) -> Verdict:
    """What was said of the same bytes on the same day; unknown where nobody asked."""
    held = _cache(view).texts()
    kept = json.loads(held.get(_key(view), "{}")) if held else {}
    known = kept.get("code") == code_of() if kept else False
    return Verdict(kept["refused"] == 0, kept["refused"]) if known else UNKNOWN


def code_of() -> str:
    """The rules and the facts as code, and the tool's version."""
    home = Path(b40cli.__file__).parent
    total = sha256(b40cli.__version__.encode())
    for file in sorted(f for part in ("rules", "model") for f in (home / part).rglob("*.py")):
        stat = file.stat()
        total.update(f"{file.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    return total.hexdigest()[:20]


def _cache(view: View) -> Cache:
    return Cache(view.repository.cache_folder(), "lawful")


def _key(view: View) -> str:
    """The day, and every file with its bytes."""
    total = sha256()
    for path in sorted(view.snapshot.tree):
        total.update(f"{path} {view.snapshot.tree[path]}\n".encode())
    return f"{view.on}-{total.hexdigest()[:20]}"
