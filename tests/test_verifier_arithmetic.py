"""The verifier's arithmetic against b40's: two codes, every reading, votes of every shape.

Seeded at random within each reading; what differs by one vote in one case fails.
"""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import Any

import pytest

from b40cli.acts.votes.arithmetic import arithmetic
from b40cli.model.facts.decision import Decision, decision_of, path_of
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.votes.bearing import ASSEMBLY_POINTS, COMMITTEE_POINTS, ELECTION_POINTS
from b40cli.rules.votes.committee_facts import roll_record
from b40cli.rules.votes.vote import Recount, recount
from tests.bare import verifier
from tests.invented import OTHERS, SEVEN, SHA, Records, meeting, records, registry
from tests.many import of_many

DAY, NEWEST = date(2026, 3, 10), max(KNOWN_SETS)
TWELVE = (*SEVEN, *OTHERS)
TIMES = {"secretary": "2026-03-01T09:00:00+03:00", "president": "2026-03-01T09:00:00+03:00"}
SIDES = ("for", "for", "for", "against", "against", "abstain", "invalid")
COMMITTEE = ("EC-2026-009", "executive-committee", "2026-03-10-ec", "ec", SEVEN)
ASSEMBLY = ("GA-2026-009", "general-assembly", "2026-03-10-ga", "ga", TWELVE)
MATTERS = {
    "admission": (COMMITTEE, COMMITTEE_POINTS),
    "resolution of the committee": (COMMITTEE, COMMITTEE_POINTS),
    "resolution of a succession": (COMMITTEE, COMMITTEE_POINTS),
    "admission of the assembly": (ASSEMBLY, ASSEMBLY_POINTS),
    "activity-report": (ASSEMBLY, ASSEMBLY_POINTS),
    "amendment": (ASSEMBLY, ASSEMBLY_POINTS),
    "removal": (ASSEMBLY, ASSEMBLY_POINTS),
    "resolution": (ASSEMBLY, ASSEMBLY_POINTS),
    "interpretation": (ASSEMBLY, ASSEMBLY_POINTS),
    "committee-election": (ASSEMBLY, ELECTION_POINTS),
}
TIMES_EACH = of_many(2, 6)


def _record(matter: str) -> dict[str, Any]:
    (name, body, held, _kind, _cities), _points = MATTERS[matter]
    record: dict[str, Any] = {"id": name, "body": body, "matter": matter.split(" of ")[0]}
    if matter == "removal":
        record["subject"] = "members/tr-camliova"
    if matter == "resolution of a succession":
        record |= {"statutes_silent": True, "effect": "succession", "succeeds": [OTHERS[0]]}
    if matter in ("resolution of a succession", "admission of the assembly"):
        record["subject"] = f"members/{OTHERS[1]}"
    if matter == "interpretation":
        record |= {"subject": "statutes/interpretations/INT-05", "adopts": "more-for-than-against"}
    return {**record, "title": "A vote", "meeting": held, "item": 1, "state": "open"}


def _scene(matter: str, random: Random) -> Records:
    """A meeting with absences, a proxy, perhaps a vacancy, a suspension, a notice to leave."""
    (_name, _body, held, kind, cities), _points = MATTERS[matter]
    whole = records(NEWEST)
    absent = random.sample(cities, random.randrange(len(cities) // 2 + 1))
    present = tuple(city for city in cities if city not in absent)
    proxies = [
        {
            "principal": one,
            "holder": random.choice(present),
            "document": {"sha256": SHA},
            "sent": TIMES,
        }
        for one in absent[:1]
        if random.random() < 0.7
    ]
    told = {"id": held, "kind": kind, "title": "A meeting"}
    whole[f"registry/meetings/{held}.yaml"] = meeting(present, **told, proxies=proxies)
    if random.random() < 0.4:
        city = random.choice(cities[1:])
        period = {"from": "2026-02-01", "by": "PR-2026-001"}
        whole[f"registry/members/{city}.yaml"]["suspensions"] = [period]
    if random.random() < 0.3:
        notice = {"received": "2026-02-01", "effective": "2027-01-01"}
        whole[f"registry/members/{random.choice(cities[1:])}.yaml"]["withdrawal"] = notice
    if random.random() < 0.3:
        whole["registry/committee/2026.yaml"]["seats"].pop()
    if matter == "committee-election":
        seats = whole["registry/committee/2026.yaml"]["seats"]
        left = random.randrange(5)
        elected = [seat for seat in seats if seat["seat"].startswith("elected")]
        whole["registry/committee/2026.yaml"]["seats"] = [
            seat for seat in seats if seat not in elected[left:]
        ]
    if random.random() < 0.5:
        leader = {"city": random.choice(cities), "from": "2026-01-06", "by": "PR-2026-002"}
        group = {"id": "flood", "name": "Flood", "kind": "permanent", "leaders": [leader]}
        whole["registry/groups/flood.yaml"] = group
    return whole


def _votes(matter: str, roll: dict[str, Any], random: Random) -> dict[str, Any]:
    came = sorted({*roll["present"], *roll["represented"]} & {*roll["entitled"]})
    if matter == "committee-election":
        stand, zeal = random.sample(TWELVE, 6), random.choice((0.0, 0.3, 0.5, 1.0))
        if random.random() < 0.3:
            numbers = {city: random.randrange(len(came) + 1) for city in stand}
            ballots = {"ballots": random.randrange(max(numbers.values()), len(came) + 1)}
            return {"secret": True, "tally": numbers | random.choice(({}, ballots))}
        if random.random() < 0.3:
            voted = {voter: random.choice(("for", "for", "against")) for voter in came}
            by = {side: [v for v in came if voted[v] == side] for side in ("for", "against")}
            return {"candidates": stand[:1], "ballots": by}
        return {"choices": {c: [v for v in came if random.random() < zeal] for c in stand}}
    if random.random() < 0.3:
        numbers = dict.fromkeys(SIDES, 0)
        for _voter in came:
            numbers[random.choice(SIDES)] += 1
        casting = {"casting": "for"} if numbers["for"] == numbers["against"] > 0 else {}
        return {"secret": True, "tally": {**numbers, **casting}}
    cast: dict[str, list[str]] = {side: [] for side in dict.fromkeys(SIDES)}
    sides = random.choice((SIDES, SIDES, ("for",), ("for", "against")))
    for voter in came:
        cast[random.choice(sides)].append(voter)
    return {"ballots": cast}


def _counted(whole: Registry, record: dict[str, Any]) -> tuple[Recount | Undetermined, Decision]:
    path = path_of(record["id"])
    facts = whole.with_record(path, json.loads(json.dumps(record)))
    decision = facts.decision(record["id"]) or decision_of(path, record)
    return recount(Case(None, facts, DAY), decision), decision


def _compared(matter: str, point: str, reading: str, random: Random) -> str:
    """One vote, counted by both; its state."""
    scene = _scene(matter, random)
    adopted = [{"from": "2024-01-31", "reading": reading, "by": "provisional"}]
    scene[f"registry/statutes/interpretations/{point}.yaml"]["adopted"] = adopted
    whole = registry(scene)
    record = _record(matter)
    found, _decision = _counted(whole, record)
    assert isinstance(found, Recount)
    record |= {"roll": roll_record(found.computed), "closed": str(DAY)}
    record |= _votes(matter, record["roll"], random)
    found, _decision = _counted(whole, record)
    assert isinstance(found, Recount) and found.outcome is not None
    record |= {"state": found.outcome.state, "count": found.outcome.as_record()}
    record |= {"reason": "No quorum."} if record["state"] == "invalid" else {}
    if found.race and not found.race.free:
        record["state"] = "invalid"  # b40 records it as nothing else
    if found.outcome.passed_over and record["state"] != "invalid":
        record["passed_over"] = [passed._asdict() for passed in found.outcome.passed_over]
    facts = whole.with_record(path_of(record["id"]), record)
    how = arithmetic(facts, decision_of(path_of(record["id"]), record))
    plain = json.loads(json.dumps([record, how]))
    claim, state = verifier.count(*plain)
    # An election may be void for more than its votes (INT-42).
    assert claim == plain[0]["count"] and found.outcome.state in (state, "invalid"), plain
    assert len({*how["quorum"]["of"]}) == found.outcome.counted.quorum.base
    assert how["majority"]["kind"] in verifier.kinds_of(record)
    # What is void for another reason says nobody as passed over.
    void = {key: plain[0][key] for key in plain[0] if key != "passed_over"} | {"state": "invalid"}
    assert verifier.count(void, plain[1])[0] == void["count"]
    return state if isinstance(state, str) else ""


@pytest.mark.parametrize("matter", MATTERS)
def test_both_count_alike(matter: str) -> None:
    """Under each reading of each open point that bears on the matter."""
    random, states = Random(matter), set[str]()
    interpretations = registry(records(NEWEST)).interpretations()
    for point in MATTERS[matter][1]:
        for reading in interpretations[point].readings:
            states |= {_compared(matter, point, reading, random) for _n in range(TIMES_EACH)}
    assert states >= {"adopted", "rejected"}


NOBODY: dict[str, Any] = {"elected": []}
EQUAL: dict[str, Any] = {"elected": [], "tied": [*SEVEN[:5]]}


@pytest.mark.parametrize(
    ("stand", "seats", "said", "state", "holds"),
    [
        (SEVEN[:4], 4, NOBODY, "rejected", False),
        (SEVEN[:4], 4, {**NOBODY, "tied": [*SEVEN[:4]]}, "rejected", False),
        (SEVEN[:4], 0, NOBODY, "rejected", False),
        (SEVEN[:4], 0, NOBODY, "invalid", True),
        (SEVEN[:5], 4, EQUAL, "rejected", True),
        ((), 4, NOBODY, "rejected", True),
    ],
)
@pytest.mark.parametrize("secret", [False, True])
def test_that_nobody_was_elected_has_to_be_so(
    stand: tuple[str, ...], seats: int, said: dict[str, Any], state: str, holds: bool, secret: bool
) -> None:
    """Whom all chose is elected, where a seat is free and no more than that are equal."""
    part: dict[str, Any] = {
        "kind": "plurality",
        "share": "at least 0/1",
        "of": "those with a vote who came",
    }
    quorum: dict[str, Any] = {"share": "at least 2/3", "of": [*TWELVE], "came": [*TWELVE]}
    majority: dict[str, Any] = {
        "kind": "plurality",
        "base": 12,
        "required": 1,
        "for": 12 * bool(stand),
    }
    counted: dict[str, Any] = {"quorum": {"required": 8, "counted": 12, "met": True}}
    counted |= {"majority": {**majority, "casting": None}, **said}
    votes: dict[str, Any] = {"choices": {city: [*TWELVE] for city in stand}}
    if secret:
        votes = {"tally": {city: len(TWELVE) for city in stand} | {"ballots": len(TWELVE)}}
    roll = {"entitled": [*TWELVE], "present": [*TWELVE], "represented": {}}
    record: dict[str, Any] = {
        "body": "general-assembly",
        "matter": "committee-election",
        "state": state,
    }
    how: dict[str, Any] = {
        "quorum": quorum,
        "majority": {**part, "members": [*TWELVE]},
        "casting vote of": None,
    }
    how["election"] = {"seats": seats, "leaders": []}
    record |= {"roll": roll, "count": counted, **votes}
    for free, right in ((seats, holds), (seats + 1, False)):
        record["seats"] = {"free": free, "of": "2027"}
        assert (verifier.count(record, how)[0] == counted) == right
