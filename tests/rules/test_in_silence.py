"""What a resolution names as its effect where the statutes are silent, and what that needs."""

from __future__ import annotations

from typing import Any

import pytest

from b40cli.model.facts.decision import decision_of
from b40cli.rules.case.rule import Case
from b40cli.rules.record.in_silence import effect_in_silence
from tests.invented import DAY, records, registry

COMMITTEE, ASSEMBLY = "executive-committee", "general-assembly"
CITY = "members/al-aldmar"
RESOLUTION = {
    "id": "EC-2026-001",
    "body": COMMITTEE,
    "matter": "resolution",
    "title": "t",
    "state": "proposed",
    "proposed": str(DAY),
    "subject": CITY,
    "statutes_silent": True,
    "effect": "stand-in",
}


@pytest.mark.parametrize(
    ("rule_set", "change", "said"),
    [
        (2, {}, []),
        (2, {"body": ASSEMBLY}, []),
        (2, {"effect": None}, []),
        (2, {"state": "withdrawn", "subject": None}, []),
        (1, {}, ["for which the register has a place from rule set 2 on"]),
        (2, {"statutes_silent": False}, ["does not say that the statutes are silent"]),
        (2, {"matter": "agenda"}, ["does not say that the statutes are silent"]),
        (2, {"body": "president"}, ["of the President names stand-in"]),
        (2, {"subject": None}, ["names stand-in without subject (Art. 11)"]),
        (2, {"effect": "withdrawal-retracted"}, []),
        (2, {"effect": "succession"}, ["without succeeds (Art. 5)"]),
        (2, {"effect": "succession", "subject": None}, ["without subject and succeeds (Art. 5)"]),
        (2, {"effect": "succession", "succeeds": ["al-aldmar"]}, []),
        (2, {"effect": "seat-extended", "body": ASSEMBLY}, ["without until (Art. 13)"]),
        (2, {"effect": "seat-extended", "body": ASSEMBLY, "until": "2026-06-01"}, []),
        (2, {"effect": "seat-extended"}, ["of the Executive Committee", "without until"]),
    ],
)
def test_what_an_effect_needs(rule_set: int, change: dict[str, Any], said: list[str]) -> None:
    decision = decision_of("registry/decisions/2026/EC-2026-001.yaml", RESOLUTION | change)
    found = [*effect_in_silence(Case(None, registry(records(rule_set)), DAY), decision)]
    assert len(found) == len(said)
    assert all(part in breach.message for part, breach in zip(said, found, strict=True))
    assert all(breach.at == ("effect",) and breach.remedy for breach in found)
