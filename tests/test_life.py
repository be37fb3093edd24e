"""Life goes on: after any accepted act nothing refuses (tests/life.py; `make life` asks for more).

A script is what a random life came to once, cut down to the acts that it took.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shlex import split

import pytest

from tests.life import Done, lived, replayed

SCRIPTS = {
    "what-was-missing-is-added": (
        "2026-01-20 correct me-zalivgrad --at mayors.0.person --is ana-primer",
    ),
    "entered-on-a-later-day": (
        "2026-02-03 meeting convene ga --opens 2026-02-05T10:00 --on 2026-02-03",
        "2026-02-12 meeting agenda 2026-02-05-ga --item activity-report --on 2026-02-05",
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_once_went_wrong(name: str, tmp_path: Path) -> None:
    lines = (line.partition(" ") for line in SCRIPTS[name])
    script = [Done(date.fromisoformat(day), tuple(split(words))) for day, _, words in lines]
    assert replayed(tmp_path, script) == (len(script), None)


@pytest.mark.parametrize("seed", [2, 5])
def test_a_random_life_is_sound(seed: int, tmp_path: Path) -> None:
    life, wrong = lived(tmp_path, seed, 32)
    assert wrong is None, "\n".join(map(str, (*life.done, wrong)))
    assert len(life.done) > 12
