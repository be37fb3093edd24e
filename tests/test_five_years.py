"""Five invented years: every act is lawful, and one altered fact is caught by its rule."""

from __future__ import annotations

import fcntl
import json
import shutil
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.judging import judge_change
from b40cli.model.registry import Plain, Registry
from b40cli.store.dialect import parse
from b40cli.store.layout import dump
from b40cli.store.schema import kind_of, order
from bench.histories import history
from tests.alterations import ALTERATIONS, Alteration
from tests.invented import b40

LAST_DAY = date(2025, 12, 31)
YEARS = 5
THROUGH_FILES = ("a voter doubled", "a suspension moved", "a seat doubled")


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the history; whichever process comes first tells it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "five-years"
    with (shared / "five-years.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "told.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            (folder / "register").mkdir(parents=True)
            story = history(folder / "register", YEARS)
            numbers = {"acts": story.clerk.acts, "members": len(story.members)}
            (folder / "told.json").write_text(json.dumps(numbers))
    return folder


@pytest.fixture(scope="session")
def records(told: Path) -> dict[str, Any]:
    """The final state as plain records."""
    root = told / "register"
    files = sorted((root / "registry").rglob("*.yaml"))
    return {file.relative_to(root).as_posix(): parse(file.read_bytes()) for file in files}


def test_a_history_is_long_and_of_every_kind(told: Path, records: dict[str, Any]) -> None:
    numbers = json.loads((told / "told.json").read_text())
    voted = [r for p, r in records.items() if "/decisions/" in p]
    collegiate = [r for r in voted if r["body"] in ("general-assembly", "executive-committee")]
    summits = [p for p in records if p.endswith("-summit.yaml") and "youth" not in p]
    assert numbers["members"] >= 24
    assert numbers["acts"] >= 400
    assert len(summits) == YEARS
    assert len(collegiate) >= 60
    assert {r["state"] for r in collegiate} >= {"adopted", "rejected"}
    assert {r["matter"] for r in voted} >= {
        *("admission", "suspension", "reinstatement", "work-programme", "candidates"),
        *("presidency", "agenda", "activity-report", "removal", "amendment", "interpretation"),
        *("committee-election", "observer-invitation", "leader", "special-group", "secretary"),
    }


def test_what_was_told_is_lawful_as_a_whole(told: Path) -> None:
    done = b40(told / "register", "check", "--json")
    findings = json.loads(done.stdout)["findings"]
    assert done.returncode == 0
    assert not [f for f in findings if f["kind"] in ("validity", "defect")]


def test_there_are_at_least_forty_kinds_of_alteration() -> None:
    assert len({a.name for a in ALTERATIONS}) == len(ALTERATIONS) >= 40
    assert len({a.change for a in ALTERATIONS}) == len(ALTERATIONS)


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=lambda a: a.name)
def test_one_altered_fact_is_caught(alteration: Alteration, records: dict[str, Any]) -> None:
    after = deepcopy(records)
    alteration.change(after)
    changed = {p for p in {**records, **after} if records.get(p) != after.get(p)}
    assert changed
    findings = judge_change(Registry(Plain(records)), Registry(Plain(after)), changed, LAST_DAY)
    refused = {f.rule for f in findings if f.kind == "validity"}
    assert alteration.rule in refused, refused


@pytest.mark.parametrize("name", THROUGH_FILES)
def test_check_finds_it_in_the_files(
    name: str, told: Path, records: dict[str, Any], tmp_path: Path
) -> None:
    register = tmp_path / "register"
    shutil.copytree(told / "register", register)
    alteration = next(a for a in ALTERATIONS if a.name == name)
    after = deepcopy(records)
    alteration.change(after)
    for path in (p for p in after if records[p] != after[p]):
        (register / path).write_bytes(dump(after[path], order(kind_of(path) or "")))
    done = b40(register, "check", "--base", "HEAD", "--json")
    assert done.returncode == 1
    assert alteration.rule in {f["rule"] for f in json.loads(done.stdout)["findings"]}
