"""Who acts and when, for every test of the acts: pinned, whatever the machine's git says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acts.scene import IDENTITY
from tests.asked_before import asked_before
from tests.written_here import written_here


@pytest.fixture(autouse=True, scope="package")
def asked() -> Iterator[None]:
    """Of what git says of its settings and objects, and how it writes, nothing is tested here."""
    with asked_before(), written_here():
        yield


@pytest.fixture(autouse=True)
def pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """One identity, one instant, no configuration from outside."""
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("B40_REPO", raising=False)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Documents that stay outside the register."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("form", "letter", "elections", "decision", "proxy"):
        (folder / f"{name}.txt").write_text(f"{name} of an invented city\n")
    return folder
