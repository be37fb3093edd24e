"""The seeded part of `make hostile`: keys of git's own list one by one, state that means harm."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests import traps
from tests.invented import repository
from tests.scenario import ask, pinned, whole
from tests.stranger import READ_ANYWHERE, STATES

KNOWN = ("core.pager", "core.fsmonitor", "filter.trap.clean", "diff.external", "gpg.program")


def test_the_traps_are_git_s_own_documented_ones() -> None:
    """Hundreds of keys, and the ones everybody knows among them."""
    assert len(traps.documented()) > 500
    assert set(KNOWN) <= set(traps.documented())


def test_a_key_at_a_time_runs_nothing(tmp_path: Path) -> None:
    random, ran = Random(40), tmp_path / "ran"
    ran.mkdir()
    (tmp_path / "one").mkdir()
    with pinned():
        register = repository(tmp_path / "one", whole())
        config = register / ".git/config"
        base = config.read_text()
        for key in random.sample(traps.documented(), 8):
            said = traps.setting(key, traps.value(random, ran, key))
            config.write_text(base + said)
            assert ask(register, *random.choice(READ_ANYWHERE).split()).code in (0, 1), said
            assert list(traps.marks(ran)) == [], said


@pytest.mark.parametrize("name", STATES)
def test_a_hostile_state_folder_touches_nothing_outside(tmp_path: Path, name: str) -> None:
    (tmp_path / "one").mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("of somebody else")
    with pinned():
        register = repository(tmp_path / "one", whole())
        (register / ".git/b40").mkdir()
        STATES[name](register / ".git/b40", outside)
        for words in ("roll", "member set hr-kamenik --phone +35932656701 --on 2026-04-20"):
            assert ask(register, *words.split()).code in (0, 3, 4)
    assert [p.name for p in outside.iterdir()] == ["precious"]
    assert (outside / "precious").read_text() == "of somebody else"
