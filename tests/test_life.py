"""Life goes on: after any accepted act nothing refuses (tests/life.py; `make life` asks for more).

A script is what a random life came to once, cut down to the acts that it took.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shlex import split

import pytest

from tests.life import Done, lived, replayed
from tests.many import of_many

pytestmark = pytest.mark.usefixtures("asked")

SCRIPTS = {
    "what-was-missing-is-added": (
        "2026-01-20 correct me-zalivgrad --at mayors.0.person --is ana-primer",
    ),
    "a-holder-s-suspension-learnt-after-an-assembly-without-a-vote": (
        "2026-02-03 meeting convene ga --opens 2026-02-05T10:00",
        "2026-02-03 meeting notice 2026-02-05-ga --sent 2026-02-03T09:00 --document letter.txt",
        "2026-02-03 proxy give 2026-02-05-ga --from si-jezerna --to ro-valea-alba "
        "--document letter.txt --sent-secretary 2026-02-03T09:00 --sent-president 2026-02-03T09:00",
        "2026-02-05 meeting roll-call 2026-02-05-ga --present all",
        "2026-02-09 member suspend ro-valea-alba --grounds Silence --evidence decision.txt "
        "--on 2026-01-20",
    ),
    "a-seat-and-a-suspension-learnt-after-a-meeting-of-the-committee": (
        "2026-02-03 meeting convene ec --opens 2026-02-05T10:00",
        "2026-02-03 proxy give 2026-02-05-ec --from si-jezerna --to al-aldmar "
        "--document letter.txt --sent-secretary 2026-02-03T09:00 --sent-president 2026-02-03T09:00",
        "2026-02-05 meeting roll-call 2026-02-05-ec --present all",
        "2026-02-09 member suspend al-aldmar --grounds Silence --evidence decision.txt "
        "--on 2026-01-20",
        "2026-02-09 committee resign si-jezerna --to president,permanent-secretary "
        "--document letter.txt --on 2026-01-22",
    ),
    "a-correction-is-undone": (
        "2026-02-02 correct gr-lykonisi --at mayors.0.from --is 2026-01-30 --own-slip --why So",
        "2026-02-07 undo",
    ),
    "convened-before-the-presidency-lapsed": (
        "2026-01-20 meeting convene ga --opens 2026-01-20T10:00",
        "2026-01-20 meeting notice 2026-01-20-ga --sent 2026-01-19T09:00 --document letter.txt",
        "2026-01-20 meeting roll-call 2026-01-20-ga --present all",
        "2026-01-20 decision record interpretation --subject INT-30 --adopts anniversary "
        "--meeting 2026-01-20-ga --for all",
        "2027-01-02 meeting convene ec --opens 2027-01-20T10:00",
        "2027-01-07 member sign ro-valea-alba --signed 2026-11-17",
    ),
    "several-places-by-ones-own-slip": (
        "2026-02-02 correct gr-lykonisi --at mayors.0.name --is 'Eva Pokus' "
        "--also mayors.0.from=2024-05-02 --own-slip --why Misread",
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


@pytest.mark.parametrize("seed", [2, 3][: of_many(1, 2)])
def test_a_random_life_is_sound(seed: int, tmp_path: Path) -> None:
    life, wrong = lived(tmp_path, seed, 32)
    assert wrong is None, "\n".join(map(str, (*life.done, wrong)))
    assert len(life.done) > 12
