"""What a committee vote comes to and on which readings it turns, case by case, and its facts."""

from __future__ import annotations

from typing import Any

import pytest

from b40cli.model.day import Moment
from b40cli.model.facts.decision import SIDES, Votes
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.votes.bearing import COMMITTEE_POINTS, Ballot, bearing
from b40cli.rules.votes.committee_count import PaperProxy, Sitting, attendance
from b40cli.rules.votes.committee_facts import (
    frozen_sitting,
    roll_hash,
    roll_of,
    roll_record,
    sitting_at,
)
from b40cli.rules.votes.outcome import Outcome, outcome
from tests.invented import DAY, MEETING, SEATS, SEVEN, Records, meeting, records, registry

PRESIDENT, FORMER, NEXT, FIRST, SECOND, THIRD, FOURTH = SEVEN
FILED = frozenset({"filed", "sent", "received"})
SHA = {"sha256": "0" * 64}
TIMES = {"secretary": "2026-03-09T10:00:00+03:00", "president": "2026-03-09T10:00:00+03:00"}


def law(**readings: str) -> Law:
    """The law of the day, with other readings in force where named."""
    found = law_on(registry(records()), DAY)
    for point, reading in readings.items():
        found = found.varied(point.replace("_", "-"), reading)
    return found


def sitting(present: tuple[str, ...] = SEVEN, **more: Any) -> Sitting:
    """A sitting of the seven, of whom some are there."""
    seats = tuple(zip(SEATS, SEVEN, strict=True))
    return Sitting(**{"seats": seats, "present": frozenset(present), **more})


def voted(
    facts: Sitting, matter: str, under: Law | None = None, **sides: tuple[str, ...]
) -> Outcome:
    """The outcome of a vote by name: `for_`, `against`, `abstain`, `invalid`."""
    named = {side.rstrip("_"): cities for side, cities in sides.items()}
    votes = Votes({side: named.get(side, ()) for side in SIDES}, None)
    return outcome(Ballot(facts, votes, matter), under or law())


def tallied(facts: Sitting, matter: str, casting: str | None = None, /, **sides: int) -> Outcome:
    """The outcome of a vote in numbers."""
    named = {side.rstrip("_"): number for side, number in sides.items()}
    tally = {side: named.get(side, 0) for side in SIDES}
    return outcome(Ballot(facts, Votes(None, tally, casting), matter), law())


def test_what_can_bear_on_a_vote_of_seven() -> None:
    """A point that cannot is left out, and no other: each is one of those that are varied."""
    votes = Votes({"for": SEVEN}, None)
    plain = bearing(Ballot(sitting(), votes, "resolution"), law())
    assert set(plain) == {f"INT-{n:02}" for n in (3, 4, 5, 6, 13, *range(20, 23), 24, 25, 26)} | {
        *("INT-28", "INT-30", "INT-35", "INT-38"),
    }
    assert set(plain) <= set(COMMITTEE_POINTS)
    assert {point for point, bears in plain.items() if bears} == {"INT-20"}


def test_all_for() -> None:
    """Seven of seven for: no reading changes it."""
    outcome = voted(sitting(), "admission", for_=SEVEN)
    assert outcome.state == "adopted"
    assert outcome.readings == {"verdict": "robust"}
    assert outcome.counted.as_record() == {
        "quorum": {"required": 4, "counted": 7, "met": True},
        "majority": {"kind": "unanimity", "base": 7, "required": 7, "for": 7, "casting": None},
    }


def test_one_absent() -> None:
    """Six of six there: adopted, but not where every seat has to vote for it."""
    outcome = voted(sitting(SEVEN[:6]), "admission", for_=SEVEN[:6])
    assert outcome.state == "adopted"
    assert outcome.readings == {
        "verdict": "turns",
        "on": {"INT-03": {"unanimity-of-all-seats": "rejected"}},
    }


def test_one_abstains() -> None:
    """An abstention defeats an admission; two readings would have let it pass."""
    outcome = voted(sitting(), "admission", for_=SEVEN[:6], abstain=SEVEN[6:])
    assert outcome.state == "rejected"
    assert outcome.readings["on"] == {
        "INT-03": {"unanimity-of-votes-cast": "adopted", "simple-majority": "adopted"}
    }


def test_an_office_abstains() -> None:
    """Where it is a seat held by office that abstains, it also turns on whether those vote."""
    outcome = voted(sitting(), "admission", for_=SEVEN[1:], abstain=SEVEN[:1])
    assert outcome.readings["on"]["INT-20"] == {"no-but-casting": "adopted"}


def test_quorum_of_a_committee_with_vacancies() -> None:
    """Three of five filled seats: enough of those filled, too few of seven."""
    facts = sitting(SEVEN[:3], seats=tuple(zip(SEATS, SEVEN, strict=True))[:5])
    outcome = voted(facts, "suspension", for_=SEVEN[:3])
    assert outcome.state == "adopted"
    assert outcome.readings["on"]["INT-04"] == {"seven-seats": "invalid"}


def test_no_quorum() -> None:
    """Three of seven: invalid, however they vote, under every reading."""
    outcome = voted(sitting(SEVEN[:3]), "admission", for_=SEVEN[:3])
    assert (outcome.state, outcome.readings) == ("invalid", {"verdict": "robust"})


def test_tie_with_one_absent() -> None:
    """Three to three with a seat absent: the President decides, under every reading of the tie."""
    outcome = voted(sitting(SEVEN[:6]), "suspension", for_=SEVEN[:3], against=SEVEN[3:6])
    assert outcome.state == "adopted"
    assert outcome.counted.majority.casting == "for"
    assert "INT-06" not in outcome.readings.get("on", {})


def test_tie_with_nobody_absent() -> None:
    """Three to three and an abstention: the tie stands, and turns on INT-06."""
    outcome = voted(sitting(), "suspension", for_=SEVEN[:3], against=SEVEN[3:6], abstain=SEVEN[6:])
    assert (outcome.state, outcome.counted.majority.casting) == ("rejected", None)
    assert outcome.readings["on"]["INT-06"] == {"any-tie": "adopted"}


def test_tie_with_a_vacancy() -> None:
    """A vacant seat is not an absent one: two readings of three let the President decide."""
    facts = sitting(SEVEN[:6], seats=tuple(zip(SEATS, SEVEN, strict=True))[:6])
    outcome = voted(facts, "suspension", for_=SEVEN[:3], against=SEVEN[3:6])
    assert outcome.state == "rejected"
    assert outcome.readings["on"]["INT-06"] == {
        "a-seat-absent-or-vacant": "adopted",
        "any-tie": "adopted",
    }


def test_president_represented() -> None:
    """The President's vote is given by its holder, or by nobody: that turns on INT-22."""
    facts = sitting(SEVEN[1:6], proxies=(PaperProxy(PRESIDENT, FORMER, FILED),))
    outcome = voted(facts, "suspension", for_=SEVEN[:3], against=SEVEN[3:6])
    assert (outcome.state, outcome.counted.majority.casting) == ("adopted", "for")
    assert outcome.readings["on"]["INT-22"] == {"none": "rejected"}


def test_what_does_not_bear_is_left_out() -> None:
    """A suspension turns on nothing that is about admissions; nor on what no fact raises."""
    outcome = voted(sitting(), "suspension", for_=SEVEN[:4], abstain=SEVEN[4:])
    assert outcome.readings == {"verdict": "robust"}
    admission = voted(sitting(), "admission", for_=SEVEN[:4], abstain=SEVEN[4:])
    assert set(admission.readings["on"]) == {"INT-03"}


def test_designee() -> None:
    """A designee at the table: whether it may sit decides whether there is a quorum."""
    facts = sitting(SEVEN[:4], designees=frozenset({FIRST}))
    outcome = voted(facts, "suspension", for_=SEVEN[:4])
    assert outcome.state == "adopted"
    assert outcome.readings["on"]["INT-26"] == {"no": "invalid"}


def test_leaving_and_new_mayors() -> None:
    """Offices that end with a notice or with the mayor take their votes along."""
    against, for_ = SEVEN[:3], SEVEN[3:]
    two = frozenset(SEVEN[3:5])
    leaving = voted(sitting(leaving=two), "suspension", for_=for_, against=against)
    assert leaving.state == "adopted"
    assert leaving.readings["on"]["INT-21"] == {"no": "rejected"}
    new = voted(sitting(new_mayor=two), "suspension", for_=for_, against=against)
    assert new.readings["on"]["INT-24"] == {"mayor": "rejected"}


def test_concerned() -> None:
    """The member concerned votes on its own suspension, or does not."""
    facts = sitting(SEVEN[:6], concerned=FIRST)
    outcome = voted(facts, "suspension", for_=SEVEN[:3], against=SEVEN[3:6])
    assert outcome.counted.majority.casting == "for"
    facts = sitting(concerned=FIRST)
    outcome = voted(facts, "suspension", for_=SEVEN[:3], against=SEVEN[3:6], abstain=SEVEN[6:])
    assert outcome.readings["on"]["INT-13"] == {"no": "adopted"}


def test_president_concerned_decides_no_tie() -> None:
    """Where the member concerned does not vote, it gives no casting vote either."""
    facts = sitting(SEVEN[:5], concerned=PRESIDENT)
    for_, against = (PRESIDENT, FIRST, SECOND), (FORMER, NEXT)
    outcome = voted(facts, "suspension", for_=for_, against=against)
    assert outcome.state == "adopted"
    assert outcome.readings["on"]["INT-13"] == {"no": "rejected"}


def test_city_with_two_seats() -> None:
    """A city that holds two seats has one vote, and leaves one vacant or holds it (INT-35)."""
    double = (*zip(SEATS[:6], SEVEN[:6], strict=True), ("elected-4", NEXT))
    facts = sitting(SEVEN[:6], seats=tuple(double))
    left = attendance(facts, law())
    both = attendance(facts, law(INT_35="holds-both"))
    assert left.seated[NEXT] == both.seated[NEXT] == "next"
    assert len(left.voters) == len(both.voters) == 6
    assert (left.vacant, both.vacant) == (True, False)
    held = law(INT_06="a-seat-absent-or-vacant")
    outcome = voted(facts, "suspension", held, for_=SEVEN[:3], against=SEVEN[3:6])
    assert outcome.state == "adopted"
    assert outcome.readings["on"]["INT-35"] == {"holds-both": "rejected"}


def test_two_seats_and_a_vacancy() -> None:
    """Holding both fills those two seats; the seat a suspension vacates is vacant all the same."""
    double = (*zip(SEATS[:6], SEVEN[:6], strict=True), ("elected-4", NEXT))
    facts = sitting(SEVEN[:6], seats=tuple(double), suspended=frozenset({THIRD}))
    there = attendance(facts, law(INT_35="holds-both", INT_25="vacant"))
    assert there.vacant


def test_secret_and_all_for() -> None:
    """Where all voted for it, a tally hides nothing."""
    assert tallied(sitting(), "admission", for_=7).readings == {"verdict": "robust"}


def test_secret_and_no_quorum() -> None:
    """Nor where there was no quorum."""
    outcome = tallied(sitting(SEVEN[:3]), "suspension", for_=2, against=1)
    assert (outcome.state, outcome.readings) == ("invalid", {"verdict": "robust"})


def test_secret_and_divided() -> None:
    """Whose votes fall away under a reading is known, what they were is not."""
    outcome = tallied(sitting(), "suspension", for_=4, against=3)
    assert outcome.state == "adopted"
    assert outcome.readings == {
        "verdict": "not-computable",
        "on": {"INT-20": {"no-but-casting": "not-computable"}},
    }


def test_secret_and_tied() -> None:
    """How the President would have decided a tie nobody asked about is hidden too."""
    outcome = tallied(sitting(), "suspension", for_=3, against=3, abstain=1)
    assert outcome.state == "rejected"
    assert outcome.readings["on"]["INT-06"] == {"any-tie": "not-computable"}


def test_secret_and_decided() -> None:
    """A casting vote on record is known, and so is that none was given."""
    facts = sitting(SEVEN[:6])
    given = tallied(facts, "suspension", "for", for_=3, against=3)
    assert (given.state, given.counted.majority.casting) == ("adopted", "for")
    assert "INT-06" not in given.readings["on"]
    withheld = tallied(facts, "suspension", for_=3, against=3)
    assert withheld.state == "rejected"
    assert "INT-06" not in withheld.readings["on"]


def test_secret_and_turning() -> None:
    """What a tally does tell still turns where it turns."""
    outcome = tallied(sitting(), "suspension", for_=3, against=2, abstain=2)
    assert outcome.readings["verdict"] == "turns"
    assert outcome.readings["on"]["INT-05"] == {"half-of-participants-exceeded": "rejected"}


def gathered(content: Records, item: int | None = 1) -> Sitting | Undetermined:
    """The facts of a vote at the meeting, as the registry has them."""
    asked = registry(content)
    held = asked.meeting(MEETING)
    assert held is not None
    return sitting_at(asked, Moment(DAY, MEETING, item), held, held.first_roll_call)


def with_proxy(**changed: Any) -> Records:
    """Records of a meeting from which one member is away, who named another in writing."""
    proxy = {"principal": FOURTH, "holder": FIRST, "document": SHA, "sent": TIMES, **changed}
    held = meeting(SEVEN[:6], proxies=[{k: v for k, v in proxy.items() if v is not None}])
    return records() | {f"registry/meetings/{MEETING}.yaml": held}


def test_facts_from_the_registry() -> None:
    """Seats, presence and proxies, ready to be counted."""
    facts = gathered(with_proxy())
    assert isinstance(facts, Sitting)
    assert facts.seats == tuple(zip(SEATS, SEVEN, strict=True))
    there = attendance(facts, law())
    assert there.represented == {FOURTH: FIRST}
    assert there.voters == frozenset(SEVEN)


@pytest.mark.parametrize(
    "changed",
    [
        {"document": None},
        {"sent": {"secretary": TIMES["secretary"]}},
        {"sent": {**TIMES, "president": "2026-03-11T09:00:00+03:00"}},
        {"revoked": "2026-03-10T09:00:00+03:00"},
        {"holder": "hr-nowhere"},
    ],
    ids=["not in writing", "not to both", "too late", "revoked", "no member of the committee"],
)
def test_proxies_that_do_not_hold(changed: dict[str, Any]) -> None:
    """A principal whose proxy does not hold is absent."""
    facts = gathered(with_proxy(**changed))
    assert isinstance(facts, Sitting)
    assert attendance(facts, law()).represented == {}


def test_proxy_revoked_after_the_roll_call() -> None:
    """A revocation after the roll call comes too late for it."""
    facts = gathered(with_proxy(revoked="2026-03-10T10:30:00+03:00"))
    assert isinstance(facts, Sitting)
    assert attendance(facts, law()).represented == {FOURTH: FIRST}


@pytest.mark.parametrize(("received", "leaving"), [("2026-03-10", True), ("2026-03-11", False)])
def test_who_gave_notice_is_leaving(received: str, leaving: bool) -> None:
    """From the day of the notice on."""
    content = with_proxy()
    content[f"registry/members/{FIRST}.yaml"]["withdrawal"] = {"received": received}
    facts = gathered(content)
    assert isinstance(facts, Sitting) and facts.leaving == frozenset({FIRST} if leaving else ())


@pytest.mark.parametrize("now", [None, {"received": "2026-02-02"}], ids=["stays", "leaves again"])
def test_who_came_back_after_an_old_notice_is_not_leaving(now: dict[str, str] | None) -> None:
    """It left with the end of 2024 and was admitted again: its old notice is spent."""
    content = with_proxy()
    old = {"received": "2024-05-05"}
    city = content[f"registry/members/{FIRST}.yaml"]
    city["attested"]["since"] = "2023-01-20"
    city["application"] = {"received": "2025-02-02", "outcome": "EC-2025-001"}
    city["declaration"] = {"signed": "2025-03-03"}
    city |= {"withdrawal": old} if now is None else {"withdrawal": now, "former_withdrawals": [old]}
    content["registry/decisions/2025/EC-2025-001.yaml"] = {
        "id": "EC-2025-001",
        "body": "executive-committee",
        "matter": "admission",
        "title": "An admission",
        "city": FIRST,
        "state": "adopted",
        "closed": "2025-03-03",
    }
    facts = gathered(content)
    assert isinstance(facts, Sitting) and FIRST in dict(facts.seats).values()
    assert facts.leaving == frozenset(() if now is None else {FIRST})


def test_unknown_seat() -> None:
    """A committee of which one seat is not known cannot be counted; the answer names the seat."""
    content = with_proxy()
    content["registry/committee/2026.yaml"]["seats"][6]["city"] = "unknown"
    assert gathered(content) == Undetermined(("committee seat elected-4",))


def test_roll_is_sealed() -> None:
    """The hash is of the roll's content, not of the order it is written in."""
    roll = roll_of(attendance(sitting(SEVEN[:6]), law()))
    assert roll.present == tuple(sorted(SEVEN[:6]))
    turned = roll._replace(entitled=roll.entitled[::-1], present=roll.present[::-1])
    assert roll_hash(turned) == roll_hash(roll) == roll_record(roll)["sha256"]
    assert roll_hash(roll._replace(present=roll.present[1:])) != roll_hash(roll)


@pytest.mark.parametrize("int_20", ["yes", "no-but-casting"])
@pytest.mark.parametrize("suspended", [(), (THIRD,)])
def test_frozen_roll_gives_the_same_sitting(int_20: str, suspended: tuple[str, ...]) -> None:
    """Counted from its frozen roll a vote has the same voters, a city with two seats included."""
    double = (*zip(SEATS[:6], SEVEN[:6], strict=True), ("elected-4", NEXT))
    facts = sitting(
        SEVEN[:5],
        seats=tuple(double),
        suspended=frozenset(suspended),
        proxies=(PaperProxy(THIRD, FIRST, FILED),),
    )
    held = law(INT_20=int_20)
    there = attendance(facts, held)
    frozen = frozen_sitting(facts._replace(present=frozenset()), roll_of(there), held)
    assert frozen is not None
    assert attendance(frozen, held) == there
    assert frozen.suspended == frozenset(suspended)


@pytest.mark.parametrize(("int_13", "mute"), [("no", ()), ("yes", (FIRST,))])
def test_who_is_concerned_and_not_entitled_is_no_suspended_member(
    int_13: str, mute: tuple[str, ...]
) -> None:
    """As INT-13 is read: the frozen roll leaves it out because of the matter."""
    facts, held = sitting(concerned=FIRST), law(INT_13=int_13)
    roll = roll_of(attendance(facts, law(INT_13="no")))
    frozen = frozen_sitting(facts, roll, held)
    assert frozen is not None
    assert FIRST not in roll.entitled
    assert frozen.suspended == frozenset(mute)
