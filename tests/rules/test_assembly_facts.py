"""Who is counted in the Assembly, as the registry has it, at the first roll call and the vote."""

from __future__ import annotations

import pytest

from b40cli.model.day import Moment
from b40cli.model.facts.decision import Votes, decision_of
from b40cli.model.facts.meeting import meeting_of
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.votes.assembly_count import Assembly, quorum, session
from b40cli.rules.votes.assembly_facts import assembly_at, facts_of, frozen_facts, paper_proxies
from b40cli.rules.votes.bearing import ASSEMBLY_POINTS, ELECTION_POINTS, Ballot, bearing
from b40cli.rules.votes.committee_facts import roll_of
from b40cli.rules.votes.law_of_vote import noticed_in_time
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
