"""The open points of rule set 2 that bear on a count in the Assembly, each reading by its words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.day import Moment
from b40cli.model.finding import Finding
from b40cli.model.state.registry import PARAMETERS
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Case
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.facts.standing import membership_at
from b40cli.rules.table import judge
from b40cli.rules.votes.assembly_count import Assembly, CountedRoll, session
from b40cli.rules.votes.assembly_facts import facts_of, frozen_facts
from b40cli.rules.votes.committee_facts import roll_of
from b40cli.rules.votes.vote import Recount, recount
from tests.caselaw import changed, stock_records
from tests.invented import OTHERS, SEVEN, SHA, Records, records, registry

DAY = date(2026, 3, 10)
NAME = "2026-03-10-ga"
EVERYBODY = (*SEVEN, *OTHERS)
BEFORE, OPENS, AFTER = (f"2026-03-10T{time}:00+03:00" for time in ("09:59", "10:00", "10:01"))
SENT = dict.fromkeys(("secretary", "president"), "2026-03-01T09:00:00+03:00")
A, C, D, E = "al-aldmar", "me-zalivgrad", "si-jezerna", "tr-camliova"
VOTE = "GA-2026-009"


def network(rule_set: int, *stock: str, **adopted: str) -> Records:
    """The invented network with an Assembly, some stock and the readings in force."""
    content = records(rule_set)
    for name in ("assembly", *stock):
        changed(content, stock_records()[name])
    for point, reading in adopted.items():
        path = f"statutes/interpretations/{point.replace('_', '-')}"
        taken = {"from": "2026-01-05", "reading": reading, "by": "provisional"}
        changed(content, {path: {"adopted": [taken]}})
    return content


def voted(content: Records, votes_for: int, matter: str = "activity-report", item: int = 9) -> None:
    """A vote of everybody who is there: so many for, the others against."""
    there = content[f"registry/meetings/{NAME}.yaml"]["roll_calls"][-1]["present"]
    sides = {"for": there[:votes_for], "against": there[votes_for:]}
    whole = {"id": VOTE, "matter": matter, "title": "A vote", "item": item, "ballots": sides}
    whole |= {"body": "general-assembly", "meeting": NAME, "state": "adopted"}
    whole |= {"proposed": str(DAY), "closed": str(DAY), "edition": "2024-01"}
    changed(content, {f"decisions/2026/{VOTE}": whole})


def counted(content: Records, name: str = VOTE) -> Recount:
    """The recount of a vote."""
    known = registry(content)
    decision = known.decision(name)
    assert decision is not None
    found = recount(Case(None, known, DAY), decision)
    assert isinstance(found, Recount)
    assert found.outcome is not None
    return found


def test_a_vote_is_counted_anew_beside_another_state_before_it() -> None:
    """By its frozen roll where it was frozen before the change, by the register's where not."""
    content = network(2)
    voted(content, 8)
    content[f"registry/decisions/2026/{VOTE}.yaml"]["roll"] = {
        "entitled": [A], "present": [A], "represented": [], "sha256": SHA,
    }  # fmt: skip
    after, before = registry(content), network(2)
    decision = after.decision(VOTE)
    assert decision is not None
    found = [recount(Case(r, after, DAY), decision) for r in (registry(before), registry(content))]
    assert [isinstance(each, Recount) and each.moved for each in found] == [False, True]
    # And by the law of each: of a merge two states are asked what was before it.
    stricter = network(2)
    (quorum,) = (p for p in stricter[PARAMETERS]["parameters"] if p["name"] == "assembly-quorum")
    quorum["values"][-1]["value"] = "9/10"
    found = [recount(Case(r, after, DAY), decision) for r in (registry(before), registry(stricter))]
    told = [str(each.law.share("assembly-quorum")) for each in found if isinstance(each, Recount)]
    assert told == ["2/3", "9/10"]


def turns(found: Recount, point: str) -> dict[str, Any]:
    """What other readings of one point come to."""
    assert found.outcome is not None
    told: dict[str, Any] = found.outcome.readings.get("on", {}).get(point, {})
    return told


def said(content: Records, rule: str) -> list[Finding]:
    """What a rule says of the records."""
    return [f for f in judge(Case(None, registry(content), DAY), sorted(content)) if f.rule == rule]


# INT-39


def given(principal: str, holder: str = A, revoked: str | None = None) -> dict[str, Any]:
    """A proxy proven in time."""
    whole = {"principal": principal, "holder": holder, "document": {"sha256": SHA}, "sent": SENT}
    return whole | ({"revoked": revoked} if revoked else {})


def with_proxies(content: Records, *proxies: dict[str, Any], at: str = OPENS) -> Records:
    """The Assembly with proxies; their principals are away at its one roll call."""
    away = {proxy["principal"] for proxy in proxies}
    call = {"n": 1, "at": at, "present": [c for c in EVERYBODY if c not in away]}
    changed(content, {f"meetings/{NAME}": {"proxies": list(proxies), "roll_calls": [call]}})
    return content


EVE = "2026-03-09T12:00:00+03:00"
ENDED = (
    (EVE, True),
    (BEFORE, True),
    (OPENS, False),
    (AFTER, False),
)


@pytest.mark.parametrize(("revoked", "frees"), ENDED)
@pytest.mark.parametrize("reading", ["never-represented", "holder-stays-bound"])
def test_an_ended_proxy_binds_its_holder_or_not(reading: str, revoked: str, frees: bool) -> None:
    """Ended before the opening it frees the holder as INT-39 is read; in the meeting never."""
    content = network(2, INT_39=reading)
    with_proxies(content, given(C, revoked=revoked), given(D), at="2026-03-10T10:30:00+03:00")
    voted(content, 5)
    free = frees and reading == "never-represented"
    found = counted(content)
    assert isinstance(found.there, CountedRoll)
    assert dict(found.there.represented) == ({D: A} if free else {})
    assert bool(said(content, "one-proxy-per-holder")) != free


def test_what_int_39_turns() -> None:
    """Eleven there and one represented: 6 of 11 carry or 6 of 12 do not."""
    for reading, other in (
        ("never-represented", "holder-stays-bound"),
        ("holder-stays-bound", "never-represented"),
    ):
        content = network(2, INT_39=reading)
        with_proxies(content, given(C, revoked=EVE), given(D))
        free = reading == "never-represented"
        # Zalivgrad is there again, for it revoked its proxy.
        content[f"registry/meetings/{NAME}.yaml"]["roll_calls"][0]["present"].append(C)
        voted(content, 6)
        found = counted(content)
        assert found.outcome is not None
        assert found.outcome.counted.majority.base == (12 if free else 11)
        assert found.outcome.state == ("rejected" if free else "adopted")
        assert turns(found, "INT-39") == {other: "adopted" if free else "rejected"}
        voted(content, 7)
        assert turns(counted(content), "INT-39") == {}


def test_on_a_day_of_the_first_set_the_holder_stays_bound() -> None:
    """As in 0.1.0, and nothing is varied."""
    content = with_proxies(network(1), given(C, revoked=EVE), given(D))
    content[f"registry/meetings/{NAME}.yaml"]["roll_calls"][0]["present"].append(C)
    voted(content, 6)
    found = counted(content)
    assert isinstance(found.there, CountedRoll)
    assert dict(found.there.represented) == {}
    assert turns(found, "INT-39") == {}
    assert [f.facts["first"] for f in said(content, "one-proxy-per-holder")] == [C]


def test_the_refusal_names_the_proxy_that_binds() -> None:
    """Of three the first ended before the opening: the second stands, and bars the third."""
    content = with_proxies(network(2), given(C, revoked=EVE), given(D), given(E))
    (found,) = said(content, "one-proxy-per-holder")
    assert (found.at, found.facts["first"]) == (("proxies", 2), D)
    assert "revoked" not in found.message


# INT-40

NOTICED = (
    ("2026-03-09", True, True),
    ("2026-03-09T23:59:00+03:00", True, True),
    ("2026-03-10", False, False),
    (BEFORE, False, True),
    (OPENS, False, False),
    (AFTER, False, False),
)


@pytest.mark.parametrize(("sent", "earlier_day", "before_opening"), NOTICED)
@pytest.mark.parametrize("timing", ["before-opening", "same-day"])
def test_the_notice_of_a_removal(
    sent: str, earlier_day: bool, before_opening: bool, timing: str
) -> None:
    """On an earlier day, or before the opening by the time: whatever INT-18 says of proofs."""
    in_time = {"an-earlier-day": earlier_day, "before-opening": before_opening}
    for reading, other in (tuple(in_time), tuple(reversed(in_time))):
        content = network(2, "removal", INT_40=reading, INT_18=timing)
        changed(content, {f"meetings/{NAME}": {"notice.sent": sent}})
        assert bool(said(content, "removal-on-the-notice")) != in_time[reading], (sent, reading)
        differs = in_time[reading] != in_time[other]
        wanted = {other: "adopted" if in_time[other] else "invalid"} if differs else {}
        assert turns(counted(content, "GA-2026-002"), "INT-40") == wanted
        voted(content, 12)
        assert turns(counted(content), "INT-40") == {}, "any other business needs no notice"


@pytest.mark.parametrize(("sent", "earlier_day", "_before_opening"), NOTICED)
def test_the_notice_on_a_day_of_the_first_set(
    sent: str, earlier_day: bool, _before_opening: bool
) -> None:
    """An earlier day, as in 0.1.0, and nothing is varied."""
    content = network(1, "removal")
    changed(content, {f"meetings/{NAME}": {"notice.sent": sent}})
    assert bool(said(content, "removal-on-the-notice")) != earlier_day
    assert turns(counted(content, "GA-2026-002"), "INT-40") == {}


def test_a_motion_that_stands_in_no_notice_turns_on_no_day() -> None:
    """The notice went out in time by one reading only, but does not name the removal."""
    content = network(2, "removal")
    changed(content, {f"meetings/{NAME}": {"notice.sent": BEFORE, "notice.motions": []}})
    assert said(content, "removal-on-the-notice")
    assert turns(counted(content, "GA-2026-002"), "INT-40") == {}


# INT-41


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("item", [3, 9])
def test_an_adopted_reading_binds_the_later_items_or_the_next_day(at_once: bool, item: int) -> None:
    """Item 4 adopts `all members`: 6 of 11 there carry what 6 of 12 do not, in item 9 alone."""
    reading = "the-items-after-it" if at_once else "from-the-next-day"
    content = network(2, "interpretation", INT_41=reading)
    content[f"registry/meetings/{NAME}.yaml"]["roll_calls"][0]["present"].remove(E)
    voted(content, 6, item=item)
    found = counted(content)
    assert found.outcome is not None
    binds = at_once and item == 9
    assert found.outcome.counted.majority.base == (12 if binds else 11)
    assert found.outcome.state == ("rejected" if binds else "adopted")
    other = {"from-the-next-day": "adopted"} if at_once else {"the-items-after-it": "rejected"}
    assert turns(found, "INT-41") == (other if item == 9 else {})


def test_an_amended_number_binds_the_later_items() -> None:
    """Item 3 lets a member represent two: the second principal counts in item 9, by one reading."""
    for at_once in (False, True):
        reading = "the-items-after-it" if at_once else "from-the-next-day"
        content = with_proxies(network(2, "amendment", INT_41=reading), given(D), given(E))
        voted(content, 6)
        found = counted(content)
        assert found.outcome is not None
        assert found.outcome.counted.majority.base == (12 if at_once else 11)
        state = {True: "rejected", False: "adopted"}
        other = "from-the-next-day" if at_once else "the-items-after-it"
        assert found.outcome.state == state[at_once]
        assert turns(found, "INT-41") == {other: state[not at_once]}


@pytest.mark.parametrize("in_force", ["from-the-next-day", "the-items-after-it"])
def test_a_reading_of_the_point_itself_binds_from_the_next_day(in_force: str) -> None:
    """It is neither applied to a later item nor varied by what was adopted."""
    content = network(2, "interpretation", INT_41=in_force)
    adopts = ("from-the-next-day", "the-items-after-it")[in_force == "from-the-next-day"]
    name = "statutes/interpretations/INT-41"
    changed(content, {"decisions/2026/GA-2026-004": {"subject": name, "adopts": adopts}})
    content[f"registry/meetings/{NAME}.yaml"]["roll_calls"][0]["present"].remove(E)
    voted(content, 6)
    found = counted(content)
    assert found.law.reading("INT-41") == in_force
    assert turns(found, "INT-41") == {}


def test_what_was_rejected_or_decided_elsewhere_binds_no_item() -> None:
    """Only what the same meeting adopted."""
    for change in ({"state": "rejected"}, {"meeting": "2026-03-09-ga"}):
        content = network(2, "interpretation", INT_41="the-items-after-it")
        changed(content, {"decisions/2026/GA-2026-004": change})
        voted(content, 7)
        found = counted(content)
        assert found.law.reading("INT-01") == "present-or-represented"
        assert turns(found, "INT-41") == {}


def test_on_a_day_of_the_first_set_the_next_day_it_is() -> None:
    """As in 0.1.0, and nothing is varied."""
    content = network(1, "interpretation")
    content[f"registry/meetings/{NAME}.yaml"]["roll_calls"][0]["present"].remove(E)
    voted(content, 6)
    found = counted(content)
    assert found.outcome is not None
    assert (found.outcome.state, turns(found, "INT-41")) == ("adopted", {})


# INT-44

GONE = "ro-valea-alba"
BASES = {
    "out-of-quorum-in-all": (11, 12),
    "out-of-both": (11, 11),
    "in-both": (12, 12),
}


@pytest.mark.parametrize("int_02", BASES)
@pytest.mark.parametrize("reading", ["membership-ends", "participation-ends"])
def test_a_removed_member_counts_as_suspended_or_not_at_all(reading: str, int_02: str) -> None:
    """On the day after: in which bases it is, by INT-02; a vote it has by neither reading."""
    content = network(2, "removal", INT_44=reading, INT_02=int_02)
    known, moment = registry(content), Moment(date(2026, 3, 11))
    members, without_vote = membership_at(known, moment, law_on(known, moment.day))
    kept = reading == "participation-ends"
    assert (GONE in members, GONE in without_vote) == (kept, kept)
    assert len(members - without_vote) == 11
    voted(content, 11, "dissolution")
    found = counted(content)
    assert found.outcome is not None
    of_all = BASES[int_02][1] if kept else 11
    assert found.outcome.counted.majority.base == of_all
    # The first roll call is before the removal: all twelve are asked.
    assert found.quorum.base == 12
    assert isinstance(found.there, CountedRoll)
    assert GONE not in found.there.entitled


def test_what_int_44_turns() -> None:
    """6 votes of all 11 carry, 6 of all 12 do not."""
    states = {"membership-ends": "adopted", "participation-ends": "rejected"}
    for reading, other in (tuple(states), tuple(reversed(states))):
        content = network(2, "removal", INT_44=reading, INT_01="all-members")
        voted(content, 6)
        found = counted(content)
        assert found.outcome is not None
        assert found.outcome.state == states[reading]
        assert turns(found, "INT-44") == {other: states[other]}
    content = network(1, "removal", INT_01="all-members")
    voted(content, 6)
    assert turns(counted(content), "INT-44") == {}


@pytest.mark.parametrize("reading", ["membership-ends", "participation-ends"])
def test_who_was_removed_holds_no_office(reading: str) -> None:
    """The seat of a member that was removed is vacant by either reading."""
    content = network(2, "removal", INT_44=reading)
    changed(content, {"decisions/2026/GA-2026-002": {"subject": f"members/{A}"}})
    content[f"registry/members/{A}.yaml"]["removal"] = "GA-2026-002"
    del content[f"registry/members/{GONE}.yaml"]["removal"]
    seats = seats_on(registry(content), date(2026, 3, 11))
    assert A in SEVEN
    assert [s.seat for s in seats if s.state == "vacant"] == ["elected-2"]


def test_a_notice_of_leaving_ends_what_a_removal_left() -> None:
    """Who gave notice and was removed is gone with the year, as who left."""
    content = network(2, "removal", INT_44="participation-ends")
    notice = {"received": "2026-02-01", "to": "executive-committee"}
    content[f"registry/members/{GONE}.yaml"]["withdrawal"] = notice
    known = registry(content)
    for day, kept in ((date(2026, 12, 31), True), (date(2027, 1, 1), False)):
        members, _without_vote = membership_at(known, Moment(day), law_on(known, day))
        assert (GONE in members) == kept


def test_a_frozen_roll_keeps_who_was_represented_at_the_first_roll_call() -> None:
    """Its principal came before the vote: the frozen roll says nothing of the proxy by then."""
    content = with_proxies(network(2, INT_01="present-at-first-roll-call"), given(C))
    calls = content[f"registry/meetings/{NAME}.yaml"]["roll_calls"]
    calls.append({"n": 2, "at": "2026-03-10T11:00:00+03:00", "present": list(EVERYBODY)})
    voted(content, 7)
    known = registry(content)
    law, decision = law_on(known, DAY), known.decision(VOTE)
    assert decision is not None
    facts = facts_of(known, decision, law)
    assert isinstance(facts, Assembly)
    frozen = frozen_facts(facts, roll_of(session(facts, law)), law)
    assert isinstance(frozen, Assembly)
    assert len(session(facts.at_first(), law).voters) == 12
    assert session(frozen.at_first(), law).voters == session(facts.at_first(), law).voters
