"""What an audit has found already, by commit: it may be dropped at any time, whole or in part.

A commit's name is a hash of all that led to it, so what was found in it stays true for as long as
what judges is the same: the version, the rules, the schemas and this audit itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from b40cli import __version__
from b40cli.acts.audit.replay import Judged
from b40cli.model.digest import sha256
from b40cli.model.finding import Finding, finding_of
from b40cli.store.cache import Cache
from b40cli.store.git.repository import Repository

PACKAGE = Path(__file__).parents[2]
JUDGING = (
    *(
        "rules/**/*.py",
        "model/*.py",
        "model/facts/*.py",
        "model/state/*.py",
        "acts/audit/*.py",
        "acts/judge/*.py",
    ),
    *("store/reading.py", "store/writing.py", "store/git/commit_stream.py"),
)


class Memory:
    """The findings of every commit that was audited before by the same judge."""

    def __init__(self, repository: Repository) -> None:
        self._cache = Cache(repository.cache_folder(), f"audit-{_judge()}")

    def known(self) -> dict[str, tuple[Finding, ...]]:
        """What was found, by commit."""
        return {
            oid: tuple(map(finding_of, json.loads(t))) for oid, t in self._cache.texts().items()
        }

    def add(self, judged: Iterable[Judged]) -> None:
        """Note what was found; an interrupted audit goes on from there."""
        self._cache.add((j.oid, json.dumps([f._asdict() for f in j.findings])) for j in judged)

    def keep_only_this(self) -> None:
        """Forget what another judge found."""
        self._cache.keep_only_this("audit-*.lines")


@cache
def _judge() -> str:
    files = sorted(file for pattern in JUDGING for file in PACKAGE.glob(pattern))
    told = (f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files)
    return sha256("\0".join((__version__, *told)).encode()).hexdigest()[:20]
