"""What a resolution names as its effect where the statutes are silent, and what that needs."""

from __future__ import annotations

from typing import Any

import pytest

from b40cli.model.facts.decision import decision_of
from b40cli.rules.case.rule import Case
from b40cli.rules.record.in_silence import done_in_silence, effect_in_silence
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


ALDMAR, BREZNA = "registry/members/al-aldmar.yaml", "registry/members/ba-brezna-luka.yaml"
PRESIDENCY, SEATS = "registry/presidencies/2026.yaml", "registry/committee/2026.yaml"
BY = "EC-2026-001"
STANDS_IN = {"stand_ins": [{"city": "al-aldmar", "by": BY, "from": str(DAY)}]}
RETRACTS = {"withdrawal": {"received": "2026-02-01", "retracted": BY}}
INTO = {"succeeded": {"by": BY, "city": "al-aldmar"}}


@pytest.mark.parametrize(
    ("change", "shown", "told"),
    [
        ({}, {}, True),
        ({}, {PRESIDENCY: STANDS_IN}, False),
        (
            {},
            {PRESIDENCY: {"stand_ins": [{**STANDS_IN["stand_ins"][0], "by": "EC-2026-002"}]}},
            True,
        ),
        ({}, {ALDMAR: RETRACTS}, True),
        ({"effect": "withdrawal-retracted"}, {ALDMAR: RETRACTS}, False),
        ({"effect": "withdrawal-retracted"}, {BREZNA: RETRACTS}, True),
        ({"effect": "withdrawal-retracted"}, {PRESIDENCY: STANDS_IN}, True),
        ({"effect": "withdrawal-retracted", "subject": None}, {ALDMAR: RETRACTS}, True),
        (
            {"effect": "succession", "succeeds": ["ba-brezna-luka"]},
            {ALDMAR: {"succeeds": ["ba-brezna-luka"]}, BREZNA: INTO},
            False,
        ),
        ({"effect": "succession", "succeeds": ["ba-brezna-luka"]}, {BREZNA: INTO}, True),
        (
            {"effect": "succession", "succeeds": ["ba-brezna-luka"]},
            {ALDMAR: {"succeeds": ["ba-brezna-luka"]}},
            True,
        ),
        (
            {"effect": "succession", "succeeds": ["ba-brezna-luka", "xk-gurmal"]},
            {ALDMAR: {"succeeds": ["ba-brezna-luka", "xk-gurmal"]}, BREZNA: INTO},
            True,
        ),
        ({"state": "rejected"}, {}, False),
        ({"statutes_silent": False}, {}, False),
        ({"body": "president"}, {}, False),
        ({"effect": None}, {}, False),
    ],
)
def test_an_effect_that_carried_stands_in_the_records(
    change: dict[str, Any], shown: dict[str, dict[str, Any]], told: bool
) -> None:
    """In those that it is about, under its own name."""
    content = records(2)
    for path, more in shown.items():
        content[path] |= more
    adopted = {**RESOLUTION, "state": "adopted", "closed": str(DAY), **change}
    decision = decision_of("registry/decisions/2026/EC-2026-001.yaml", adopted)
    found = [*done_in_silence(Case(None, registry(content), DAY), decision)]
    assert [breach.at for breach in found] == [("effect",)] * told
    assert all(b.refs == ((decision.subject,) if decision.subject else ()) for b in found)


@pytest.mark.parametrize(("by", "told"), [("GA-2026-001", False), ("GA-2026-002", True)])
def test_a_seat_that_is_extended_names_its_resolution(by: str, told: bool) -> None:
    content = records(2)
    content[SEATS]["seats"][4]["extended"] = {"by": by, "until": "2027-06-01"}
    said = {**RESOLUTION, "id": "GA-2026-001", "body": ASSEMBLY, "effect": "seat-extended"}
    said |= {"until": "2027-06-01", "state": "adopted", "closed": str(DAY)}
    decision = decision_of("registry/decisions/2026/GA-2026-001.yaml", said)
    assert bool([*done_in_silence(Case(None, registry(content), DAY), decision)]) is told
