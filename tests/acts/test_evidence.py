"""The bytes of evidence are judged wherever a record is: changed alone, and changed back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.acts.scene import scene
from tests.invented import MEETING, git
from tests.scenario import ask, pinned

PAPER = "registry/evidence/minutes.txt"


@pytest.fixture(autouse=True)
def times() -> Iterator[None]:
    with pinned():
        yield


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A meeting whose minutes lie in the register, hashed."""
    root = scene(tmp_path, "meeting")
    (root / PAPER).parent.mkdir(exist_ok=True)
    (root / PAPER).write_text("Minutes.\n")
    hashed = sha256(b"Minutes.\n").hexdigest()
    with (root / f"registry/meetings/{MEETING}.yaml").open("a") as file:
        file.write(f"minutes: {{path: evidence/minutes.txt, sha256: {hashed}}}\n")
    _commit(root, "minutes")
    return root


def _commit(root: Path, said: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", said)


Words = tuple[str, ...]


def refusals(root: Path, *words: str) -> tuple[int, set[str]]:
    heard = ask(root, *words, "--json")
    told: dict[str, Any] = json.loads(heard.out)
    return heard.code, {f["rule"] for f in told["findings"] if f["kind"] == "validity"}


def test_as_recorded_nothing_is_refused(register: Path) -> None:
    for words in (("check",), ("check", "--base", "HEAD~1"), ("review", "HEAD~1..HEAD")):
        assert refusals(register, *words) == (0, set()), words


def test_a_changed_document_is_refused_wherever_a_record_is(register: Path) -> None:
    """No record changes with it; `sync` judges as `review` does."""
    shared = register.parent / "shared.git"
    git(register.parent, "clone", "-q", "--bare", str(register), str(shared))
    git(register, "remote", "add", "origin", str(shared))
    assert ask(register, "sync").code == 0
    (register / PAPER).write_text("Other minutes.\n")
    now: tuple[Words, ...] = (("check",), ("check", "--base", "HEAD"))
    for words in now:
        assert refusals(register, *words) == (1, {"evidence-as-recorded"}), words
    _commit(register, "exchanged")
    whole: tuple[Words, ...] = (
        ("check",),
        ("review", "HEAD~1..HEAD"),
        ("audit", "HEAD~1..HEAD"),
        ("sync",),
    )
    for words in whole:
        code, rules = refusals(register, *words)
        assert (code, "evidence-as-recorded" in rules) == (1, True), words
    (register / PAPER).write_text("Minutes.\n")
    _commit(register, "restored")
    assert refusals(register, "check")[0] == 0
    later: tuple[Words, ...] = (("review", "HEAD~2..HEAD"), ("audit", "HEAD~2..HEAD"), ("sync",))
    for words in later:
        code, rules = refusals(register, *words)
        assert (code, "evidence-as-recorded" in rules) == (1, True), words
