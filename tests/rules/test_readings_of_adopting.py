"""What a vote that adopts a reading turns on: whether it carries however its majority is read."""

from __future__ import annotations

from typing import Any

import pytest

from b40cli.model.facts.decision import Votes, decision_of
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.table import rule_named
from b40cli.rules.votes.assembly_count import Assembly
from b40cli.rules.votes.bearing import Ballot
from b40cli.rules.votes.committee_count import PaperProxy
from b40cli.rules.votes.outcome import Outcome, outcome
from b40cli.rules.votes.vote import recount
from tests.acts.scene import content
from tests.invented import DAY, OTHERS, SEVEN, SHA, Records, records, registry

TWELVE = (*SEVEN, *OTHERS)
SENT = frozenset({"before-opening/sent", "same-day/sent"})
VOTE = "registry/decisions/2026/GA-2026-004.yaml"


def by_proxy(fors: int, against: int, way: str = "sent") -> Outcome:
    """Twelve members, eight there, a ninth, for it, by a proxy sent in time, received late."""
    there, ninth = TWELVE[:8], TWELVE[8]
    proxy = PaperProxy(ninth, there[0], SENT)
    facts = Assembly(frozenset(TWELVE), frozenset(), frozenset(there), frozenset(there), (proxy,))
    votes = Votes({"for": (*there[: fors - 1], ninth), "against": there[8 - against :]}, None)
    law = law_on(registry(records()), DAY).varied("INT-27", way)
    return outcome(Ballot(facts, votes, "interpretation"), law)


def test_an_adopted_reading_turns_on_what_would_leave_it_short_of_all_members() -> None:
    """Seven of twelve with the proxy; six of those who cast a vote without it."""
    found = by_proxy(7, 2)
    assert found.state == "adopted"
    assert found.readings == {"verdict": "turns", "on": {"INT-27": {"received": "rejected"}}}
    assert found.plainly == {"verdict": "robust"}


def test_a_rejected_reading_does_not_turn_on_what_rejects_it_too() -> None:
    """Three of six carry no plain majority without the proxy; of all members none did with it."""
    found = by_proxy(4, 3)
    assert found.state == "rejected"
    assert "INT-27" not in found.readings["on"] and "INT-27" in (found.plainly or {})["on"]


def test_a_rejected_reading_turns_on_what_would_have_adopted_it() -> None:
    """Six and the proxy are enough of all members, where it counts; as it is read it does not."""
    found = by_proxy(7, 2, "received")
    assert found.state == "rejected" and found.readings["on"]["INT-27"] == {"sent": "adopted"}
    assert "INT-27" not in (found.plainly or {})["on"]


def recorded(sent: str = "2026-03-09", received: str = "2026-03-11") -> Records:
    """Such a vote on record, as it is told now."""
    proxy: dict[str, Any] = {
        "principal": TWELVE[8],
        "holder": TWELVE[0],
        "document": {"sha256": SHA},
    }
    in_time, late = (dict.fromkeys(("secretary", "president"), t) for t in (sent, received))
    proxy |= {"sent": in_time, "received": late}
    ballots = {"for": [*TWELVE[:6], TWELVE[8]], "against": [*TWELVE[6:8]]}
    return content(
        *("assembly", "interpretation"),
        given={
            "meetings/2026-03-10-ga": {
                "roll_calls.0.present": list(TWELVE[:8]),
                "proxies": [proxy],
            },
            "decisions/2026/GA-2026-004": {"ballots": ballots},
        },
    )


@pytest.mark.parametrize(
    ("form", "stands"), [("readings", True), ("plainly", True), ("other", False)]
)
def test_a_record_of_either_form_stands(form: str, stands: bool) -> None:
    """What was written by the plain majority is no other count; anything else is refused."""
    whole = recorded()
    found = recount(Case(None, registry(whole), DAY), decision_of(VOTE, whole[VOTE]))
    assert not isinstance(found, Undetermined) and found.outcome is not None
    blocks = {"readings": found.outcome.readings, "plainly": found.outcome.plainly}
    assert blocks["readings"] != blocks["plainly"]
    whole[VOTE]["readings"] = blocks.get(form, {"verdict": "not-computable", "on": {}})
    rule = rule_named("absolute-majority-matters")
    assert rule is not None
    still_open = registry({**whole, VOTE: {**whole[VOTE], "state": "open"}})
    for before in (None, still_open):
        said = [b.at for b in rule.question(Case(before, registry(whole), DAY), VOTE)]
        assert (("readings",) not in said) == stands


def test_a_proof_that_counted_as_late_leaves_the_record_as_it_is() -> None:
    """Sent on a day without its hour, received before the opening: it was sent in time (INT-18)."""
    whole = recorded("2026-03-10", "2026-03-10T04:30:00+03:00")
    point = "registry/statutes/interpretations/INT-18.yaml"
    whole[point]["adopted"][0]["reading"] = "same-day"
    found = recount(Case(None, registry(whole), DAY), decision_of(VOTE, whole[VOTE]))
    assert not isinstance(found, Undetermined) and found.outcome is not None
    assert "INT-18" not in found.outcome.readings.get("on", {})
    rule = rule_named("absolute-majority-matters")
    assert rule is not None
    late = {"verdict": "turns", "on": {"INT-18": {"before-opening": "rejected"}}}
    other = {"verdict": "turns", "on": {"INT-14": {"ceremony": "rejected"}}}
    told = found.outcome.readings
    assert told.get("on", {}).keys() == {"INT-31"}
    late["on"] |= told["on"]
    for block, stands in ((told, True), (late, True), (other, False)):
        whole[VOTE]["readings"] = block
        still_open = registry({**whole, VOTE: {**whole[VOTE], "state": "open"}})
        for before in (None, still_open):
            said = [b.at for b in rule.question(Case(before, registry(whole), DAY), VOTE)]
            assert (("readings",) not in said) == stands


def test_a_roll_without_a_revoked_proxy_that_counted_as_late_stands() -> None:
    """No rule asked for its proof, so such a one could be on record; another roll is refused."""
    in_time = dict.fromkeys(("secretary", "president"), "2026-03-10")
    proxy: dict[str, Any] = {"principal": TWELVE[8], "holder": TWELVE[0], "sent": in_time}
    proxy |= {"document": {"sha256": SHA}, "revoked": "2026-03-10T10:40:00+03:00"}
    called = {"roll_calls.0.present": list(TWELVE[:8]), "proxies": [proxy]}
    ballots = {"for": [*TWELVE[:7]], "against": [TWELVE[7]]}
    given: dict[str, Any] = {"meetings/2026-03-10-ga": called}
    given["decisions/2026/GA-2026-004"] = {"ballots": ballots}
    whole = content("assembly", "interpretation", given=given)
    held = "registry/meetings/2026-03-10-ga.yaml"
    proxy["received"] = dict.fromkeys(in_time, "2026-03-10T04:30:00+03:00")
    whole[held]["proxies"] = [proxy]
    rule = rule_named("quorum-at-first-roll-call")
    assert rule is not None
    before = registry({path: whole[path] for path in whole if path != VOTE})
    assert not [*rule.question(Case(before, registry(whole), DAY), VOTE)]
    whole[held]["proxies"] = [{key: proxy[key] for key in proxy if key != "revoked"}]
    before = registry({path: whole[path] for path in whole if path != VOTE})
    assert [*rule.question(Case(before, registry(whole), DAY), VOTE)]
