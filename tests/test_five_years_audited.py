"""Five invented years again, commit by commit: the audit finds nothing, in whatever way it works.

What the audit keeps from commit to commit must not change what it says: every kind of finding is
held against a registry that was built afresh for that one commit, and for one like it that closes
its vote falsely.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from b40cli.acts.audit.kinds import kinds_of
from b40cli.acts.audit.replay import ChangedRecords, Read, Replay
from b40cli.acts.judge.judging import judge_change
from b40cli.model.finding import KINDS, Finding
from b40cli.model.state.incremental import Following, MovingRegistry
from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.store.git.commit_stream import Recorded
from b40cli.store.git.repository import Repository
from tests.invented import b40, git, no_bytes
from tests.test_five_years import told  # noqa: F401 - the history, told once for all

EVERY, EVERY_TOLD, EVERY_CLOSED = 25, 3, 6
TURNED = {"adopted": "rejected", "rejected": "adopted"}
# Long enough for two halves, each remembered in more than one go.
INTERRUPTED_WITHIN = 200


class Beside(NamedTuple):
    """What the judge says of one commit, with everything kept and with everything fresh."""

    r: Recorded
    kept: tuple[Finding, ...]
    fresh: tuple[Finding, ...]
    falsely: bool = False


def test_what_is_kept_between_commits_changes_nothing(
    told: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And the judge refuses nothing in any of them; the whole audit is that of the archive."""
    compared = list(_beside(told, monkeypatch))
    assert len(compared) > 20
    assert sum(len(pair.kept) for pair in compared) > 10
    for pair in compared:
        assert pair.kept == pair.fresh, pair.r.commit.subject
    falsely = [pair for pair in compared if pair.falsely]
    assert len(falsely) > 5
    for pair in falsely:
        assert any("is recorded as" in f.message for f in pair.kept), pair.r.commit.subject


def _beside(told: Path, patch: pytest.MonkeyPatch) -> Iterator[Beside]:  # noqa: F811
    found: list[Beside] = []
    asked: list[str] = []
    closed: list[str] = []
    real, findings = Replay._judged, Replay._findings

    def both(
        self: Replay,
        r: Recorded,
        kind: str,
        after: MovingRegistry,
        records: ChangedRecords,
        on: date,
    ) -> tuple[Finding, ...]:
        kept = tuple(real(self, r, kind, after, records, on))  # type: ignore[arg-type]
        asked.append(r.oid)
        if isinstance(after, Following) and len(asked) % (EVERY_TOLD if kept else EVERY) == 0:
            found.append(Beside(r, kept, _afresh(self, after, records, on)))
        return kept

    def falsely_too(self: Replay, r: Recorded, kind: str, read: Read) -> tuple[Finding, ...]:
        if r.commit.subject.startswith("decision: close"):
            closed.append(r.oid)
            if len(closed) % EVERY_CLOSED == 0:
                records, on = _turned(read.records), date.fromisoformat(r.commit.day)
                after = self._following(records)
                kept = tuple(real(self, r, "act", after, records, on))
                found.append(Beside(r, kept, _afresh(self, after, records, on), falsely=True))
        return findings(self, r, kind, read)  # type: ignore[arg-type]

    patch.setattr(Replay, "_judged", both)
    patch.setattr(Replay, "_findings", falsely_too)
    repository = Repository(told / "register")
    commits = repository.past().commits(None, "HEAD")
    kinds = kinds_of(commits)
    acts = json.loads((told / "told.json").read_text())["acts"]
    assert ([*kinds.values()].count("act"), len(commits)) == (acts, acts + 1)
    judged = Replay(repository, {}, KINDS).judged(commits, kinds)
    assert [finding for one in judged for finding in one.findings] == []
    yield from found


def _afresh(
    replay: Replay, after: MovingRegistry, records: ChangedRecords, on: date
) -> tuple[Finding, ...]:
    before, now = (Registry(PlainRecords(_plain(state))) for state in (replay.standing, after))
    return judge_change(before, now, records, on, blob=no_bytes)


def _turned(records: ChangedRecords) -> ChangedRecords:
    """The same records, the result of each vote turned over."""
    there = {path: made for path, made in records.items() if made is not None}
    held = {path: json.loads(text) for path, (_oid, text) in there.items()}
    turned = {
        path: (there[path][0], json.dumps({**record, "state": TURNED[record["state"]]}))
        for path, record in held.items()
        if record.get("state") in TURNED
    }
    assert turned
    return {**records, **turned}


def _plain(registry: Registry) -> dict[str, object]:
    return {path: registry.records[path] for path in registry.records}


def test_an_interrupted_audit_goes_on_and_says_the_same(
    told: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    register = shutil.copytree(told / "register", tmp_path / "register")
    commits = git(register, "rev-list", "--reverse", "HEAD").splitlines()
    git(register, "reset", "-q", "--hard", commits[INTERRUPTED_WITHIN])
    memory = Repository(Path(register)).cache_folder()
    shutil.rmtree(memory, ignore_errors=True)
    done = _interrupted(register)
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr
    kept = sum(len(file.read_text().split()) > 0 for file in memory.glob("audit-*.lines"))
    assert kept == 1
    resumed = b40(register, "audit", "--json")
    shutil.rmtree(memory)
    assert resumed.stdout == b40(register, "audit", "--json").stdout
    assert resumed.returncode == 0


# Ctrl-C as soon as the first commits are remembered, in the middle of both halves.
INTERRUPTED = """
import os, signal, sys
from b40cli.acts.audit.memory import Memory
from b40cli.cli.main import run

# A job in the background is told to ignore an interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
auditor, add = os.getpid(), Memory.add

def add_and_interrupt(memory, judged):
    add(memory, judged)
    if judged and os.getpid() == auditor:
        Memory.add = add
        os.kill(auditor, signal.SIGINT)

Memory.add = add_and_interrupt
sys.argv = ["b40", "audit", "--json"]
run()
"""


def _interrupted(register: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", INTERRUPTED]
    return subprocess.run(
        words, cwd=register, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
