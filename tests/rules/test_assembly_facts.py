"""Who is counted in the Assembly, as the registry has it, at the first roll call and the vote."""

from __future__ import annotations

import pytest

from b40cli.model.day import Moment
from b40cli.model.facts.decision import Votes, decision_of
from b40cli.model.facts.meeting import meeting_of
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.votes.assembly_count import Assembly, quorum, session
from b40cli.rules.votes.assembly_facts import (
    assembly_at,
    expected,
    facts_of,
    frozen_facts,
    paper_proxies,
    represented,
)
from b40cli.rules.votes.bearing import ASSEMBLY_POINTS, ELECTION_POINTS, Ballot, bearing
from b40cli.rules.votes.committee_facts import _with_new_mayors, roll_of
from b40cli.rules.votes.law_of_vote import _is_before, noticed_in_time
from tests.invented import DAY, OTHERS, SEVEN, SHA, Records, meeting, records, registry

GA = "2026-03-10-ga"
GONE = OTHERS[:3]
EIGHT = (*SEVEN, OTHERS[4])


def removing_three() -> Records:
    """An Assembly of twelve, eight of them there, whose items 2 to 4 remove three who are not."""
    content = records()
    content[f"registry/meetings/{GA}.yaml"] = meeting(EIGHT) | {"id": GA, "kind": "ga"}
    for item, city in enumerate(GONE, 2):
        name = f"GA-2026-00{item}"
        content[f"registry/members/{city}.yaml"]["removal"] = name
        content[f"registry/decisions/2026/{name}.yaml"] = {
            "id": name,
            "body": "general-assembly",
            "matter": "removal",
            "city": city,
            "title": "A removal",
            "meeting": GA,
            "item": item,
            "state": "adopted",
            "closed": str(DAY),
        }
    return content


def gathered(item: int) -> tuple[Assembly, Law]:
    """The facts of a vote on an item of that Assembly."""
    asked = registry(removing_three())
    held, law = asked.meeting(GA), law_on(asked, DAY)
    assert held is not None
    facts = assembly_at(asked, Moment(DAY, GA, item), held, held.first_roll_call, law)
    assert isinstance(facts, Assembly)
    return facts, law


def test_what_earlier_items_decided_moves_the_vote_and_not_the_quorum() -> None:
    """Nine are left when item 5 is voted on; the quorum stays that of the twelve called first."""
    for item, members in ((1, 12), (3, 11), (5, 9)):
        facts, law = gathered(item)
        assert len(session(facts, law).entitled) == members
        assert quorum(facts, law)[:2] == (12, 8)


def test_a_frozen_roll_is_counted_on_the_same_base() -> None:
    """Who counts an old vote again has its roll, and the base of the first call."""
    facts, law = gathered(5)
    frozen = frozen_facts(facts, roll_of(session(facts, law)), law)
    assert isinstance(frozen, Assembly) and quorum(frozen, law) == quorum(facts, law)


def test_before_a_roll_is_called_nobody_is_represented() -> None:
    content = removing_three()
    proxy = {"principal": OTHERS[3], "holder": SEVEN[0], "document": {"sha256": SHA}}
    content[f"registry/meetings/{GA}.yaml"]["proxies"] = [proxy]
    held = registry(content).meeting(GA)
    assert held is not None and held.first_roll_call is not None
    assert [p.principal for p in paper_proxies(held, held.first_roll_call)] == [OTHERS[3]]
    assert paper_proxies(held, None) == paper_proxies(None, held.first_roll_call) == ()


def test_a_vote_of_no_meeting_on_record_is_undetermined() -> None:
    asked = registry(records())
    vote = {"id": "GA-2026-001", "body": "general-assembly", "matter": "removal", "title": "t"}
    decision = decision_of("registry/decisions/2026/GA-2026-001.yaml", {**vote, "state": "open"})
    found = facts_of(asked, decision, law_on(asked, DAY))
    assert found == Undetermined(("the meeting of GA-2026-001",))


@pytest.mark.parametrize(
    ("sent", "in_time"),
    [
        ("2026-03-09T23:59:00+03:00", {"an-earlier-day", "before-opening"}),
        ("2026-03-10T00:00:00+03:00", {"before-opening"}),
        ("2026-03-10T09:59:59+03:00", {"before-opening"}),
        ("2026-03-10T10:00:00+03:00", set()),
    ],
)
def test_by_which_readings_a_removal_was_noticed_in_time(sent: str, in_time: set[str]) -> None:
    """INT-40; nothing is read where the notice names another motion, or went to others."""
    law = law_on(registry(records(2)), DAY)
    notice = {"sent": sent, "to": "members", "motions": ["GA-2026-002"]}
    removal = decision_of("", removing_three()["registry/decisions/2026/GA-2026-002.yaml"])
    for more, found in (({}, in_time), ({"motions": []}, None), ({"to": "observers"}, None)):
        held = meeting_of("", meeting(EIGHT, kind="ga", id=GA, notice=notice | more))
        assert noticed_in_time(held, removal, law) == found
    assert noticed_in_time(held, removal._replace(matter="resolution"), law) is None


def test_every_point_that_can_bear_on_a_vote_of_the_assembly_is_varied() -> None:
    facts, law = gathered(1)
    found = bearing(Ballot(facts, Votes({}, None), "removal"), law)
    assert found.keys() <= {*ASSEMBLY_POINTS, *ELECTION_POINTS}


@pytest.mark.parametrize(
    ("kind", "whole", "frozen", "found"),
    [
        ("ga", True, False, {"al-aldmar": "hr-kamenik"}),
        ("ga", True, True, {"al-aldmar": "hr-kamenik", "xk-gurmal": "ro-valea-alba"}),
        ("ga", False, False, None),
        ("ga", False, True, {"xk-gurmal": "ro-valea-alba"}),
        ("wg", True, False, None),
        ("wg", True, True, {"xk-gurmal": "ro-valea-alba"}),
    ],
)
def test_who_is_represented_as_a_roll_or_a_call_tells_it(
    kind: str, whole: bool, frozen: bool, found: dict[str, str] | None
) -> None:
    """Where nobody can count them the frozen roll of a vote tells it; else it is not known."""
    content, sent = records(), "2026-03-08T09:00:00+03:00"
    if not whole:
        content["registry/network.yaml"]["complete"]["members"] = None
    held = meeting(("hr-kamenik",)) | {"id": GA, "kind": kind}
    held["proxies"] = [
        {
            "principal": "al-aldmar",
            "holder": "hr-kamenik",
            "document": {"sha256": SHA},
            "sent": {"secretary": sent, "president": sent},
        }
    ]
    content[f"registry/meetings/{GA}.yaml"] = held
    roll = {"entitled": [], "present": [], "represented": {"xk-gurmal": "ro-valea-alba"}}
    vote = {"id": "GA-2026-001", "body": "general-assembly", "matter": "resolution", "title": "t"}
    content["registry/decisions/2026/GA-2026-001.yaml"] = {
        **vote, "meeting": GA, "state": "open", **({"roll": roll} if frozen else {}),
    }  # fmt: skip
    asked = registry(content)
    met = asked.meeting(GA)
    assert met is not None
    assert represented(asked, met) == found


def test_who_is_expected_is_whoever_was_announced_and_did_not_decline() -> None:
    """A refusal to give a proxy is none to come; one that was taken back is none."""
    delegations = [
        {"member": city, "head": {"name": "A B", "capacity": "mayor"}} for city in SEVEN[:4]
    ]
    refusals = [
        {"member": SEVEN[0], "what": "attendance"},
        {"member": SEVEN[1], "what": "proxy"},
        {"member": SEVEN[2], "what": "attendance", "until": "2026-03-01T09:00:00+03:00"},
    ]
    data = meeting() | {"delegations": delegations, "declined": refusals}
    assert expected(meeting_of(f"registry/meetings/{GA}.yaml", data)).present == SEVEN[1:4]


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [(1, 2, True), (2, 2, False), (3, 2, False), (None, 2, False), (1, None, False)],
)
def test_what_is_before_an_item(one: int | None, other: int | None, before: bool) -> None:
    data = {"id": "GA-2026-001", "body": "general-assembly", "matter": "resolution", "title": "t"}
    both = (decision_of("", {**data, "state": "open", "item": item}) for item in (one, other))
    assert _is_before(*both) is before


@pytest.mark.parametrize(
    ("mayors", "new"),
    [
        ([], False),
        ([("Ana", "2025-01-01", None)], False),
        ([("Ana", "2025-01-01", "2026-02-01"), ("Iva", "2026-02-01", None)], True),
        ([("Ana", "2025-01-01", "2026-02-01"), ("Ana", "2026-02-01", None)], False),
        ([("Ana", "2025-01-01", "2026-02-01"), ("Iva", "2026-03-11", None)], False),
        ([("Ana", "2026-02-01", None)], False),
    ],
)
def test_a_new_mayor_is_another_than_when_the_seat_began(
    mayors: list[tuple[str, str, str | None]], new: bool
) -> None:
    """Whom nobody knows, then or now, is no other."""
    content = records()
    content[f"registry/members/{SEVEN[3]}.yaml"]["mayors"] = [
        {"name": f"{name} Primer", "capacity": "mayor", "from": since, "until": until}
        for name, since, until in mayors
    ]
    asked = registry(content)
    assert [*_with_new_mayors(asked, seats_on(asked, DAY), DAY)] == ([SEVEN[3]] if new else [])
