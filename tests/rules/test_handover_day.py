"""What binds on the day of a handover: the outgoing President's acts and the incoming one's."""

from __future__ import annotations

from datetime import date

import pytest

from b40cli.model.day import Moment
from b40cli.model.facts.duty import Duty
from b40cli.rules.articles.art09_suspension import _lifts_what_came_after
from b40cli.rules.articles.presidency.art11_duties import chairs
from b40cli.rules.case.rule import Case
from b40cli.rules.duties.duty import may_acknowledge
from b40cli.rules.facts.composition import awaits_handover
from b40cli.rules.facts.presiding import presides_on
from b40cli.rules.facts.running_on import led_then
from b40cli.rules.facts.suspensions import is_suspended
from b40cli.rules.votes.taken import leading_cities
from tests.acts.scene import PAPER, content
from tests.invented import registry

DAY = date(2027, 1, 26)
SESSION = "2027-01-26-ga"
OUT, IN = "hr-kamenik", "rs-srebrni-brod"
STOCK = ("January session", "handover")


def suspended(by: str, said: str | None = None) -> dict[str, object]:
    """A suspension that one of the two decides on the day."""
    decision = {
        "id": "PR-2027-001",
        "body": "president",
        "matter": "suspension",
        "subject": "members/xk-gurmal",
        "title": "Suspension of Gurmal",
        "state": "adopted",
        "closed": str(DAY),
        "grounds": "Statements.",
        "decided_by": {"city": by, "person": "Ana Primer", "capacity": "mayor"},
        "evidence": [PAPER],
        **({"handover": said} if said else {}),
    }
    return {
        "decisions/2027/PR-2027-001": decision,
        "members/xk-gurmal": {"suspensions": [{"from": str(DAY), "by": "PR-2027-001"}]},
    }


@pytest.mark.parametrize(
    ("rule_set", "by", "said", "first"),
    [
        (2, OUT, None, 0),
        (2, IN, None, 3),
        (2, IN, "before", 0),
        (2, OUT, "after", 3),
        (1, OUT, "before", 0),
        (1, IN, "after", 0),
    ],
)
def test_the_first_item_bound(rule_set: int, by: str, said: str | None, first: int) -> None:
    """The outgoing one binds the whole day, the incoming one what comes after item 2 (set 2)."""
    held = registry(content(*STOCK, given=suspended(by, said), rule_set=rule_set))
    bound = [n for n in range(6) if is_suspended(held, "xk-gurmal", Moment(DAY, SESSION, n))]
    assert bound == list(range(first, 6))
    assert is_suspended(held, "xk-gurmal", Moment(DAY))


@pytest.mark.parametrize(("side", "bound"), [("before", False), ("after", True)])
def test_a_committee_of_the_day(side: str, bound: bool) -> None:
    """What the incoming one decides binds a committee that meets after the handover alone."""
    meeting = {"id": "2027-01-26-ec", "kind": "ec", "opens": "2027-01-26T08:00:00+03:00"}
    given = {**suspended(IN), "meetings/2027-01-26-ec": {**meeting, "handover": side}}
    held = registry(content(*STOCK, given=given, rule_set=2))
    assert is_suspended(held, "xk-gurmal", Moment(DAY, "2027-01-26-ec", 1)) is bound


def test_who_presides_on_either_side() -> None:
    """The eve's President before the handover, the next one after it; both may chair."""
    held = registry(content(*STOCK, rule_set=2))
    assert (presides_on(held, DAY, "before"), presides_on(held, DAY)) == (OUT, IN)
    meeting = held.meeting(SESSION)
    assert meeting is not None
    assert chairs(held, meeting) == (OUT, IN)


def test_a_session_of_two_days() -> None:
    """Outgoing is who presided when the session opened, though it hands over a day later."""
    given = {"meetings/2027-01-26-ga": {"opens": "2027-01-25T10:00:00+03:00", "ends": str(DAY)}}
    held = registry(content(*STOCK, given=given, rule_set=2))
    meeting = held.meeting(SESSION)
    assert meeting is not None
    assert chairs(held, meeting) == (OUT, IN)


def led(by: str, since: str = "2026-03-01") -> dict[str, object]:
    """A group whose leader one of the two designates on the day, in place of another."""
    lead = {"from": str(DAY), "by": "PR-2027-001", "city": "xk-gurmal"}
    before = {"from": since, "until": str(DAY), "source": "statutes", "city": "al-aldmar"}
    group = {"id": "local-climate-action", "name": "Local Climate Action", "kind": "permanent"}
    decision = dict(suspended(by)["decisions/2027/PR-2027-001"])  # type: ignore[call-overload]
    decision |= {"matter": "leader", "subject": "groups/local-climate-action"}
    return {
        "decisions/2027/PR-2027-001": {**decision, "candidates": ["xk-gurmal"]},
        "groups/local-climate-action": {**group, "leaders": [before, lead]},
    }


@pytest.mark.parametrize(
    ("rule_set", "by", "first"), [(2, OUT, 0), (2, IN, 3), (1, OUT, 0), (1, IN, 0)]
)
def test_from_which_item_a_new_leader_has_priority(rule_set: int, by: str, first: int) -> None:
    """Until then it is the leader before it who has it, of that very morning or of long ago."""
    for since in ("2026-03-01", str(DAY)):
        held = registry(content(*STOCK, given=led(by, since), rule_set=rule_set))
        leading = [leading_cities(held, Moment(DAY, SESSION, n)) for n in range(6)]
        assert leading == [{"al-aldmar"}] * first + [{"xk-gurmal"}] * (6 - first)


@pytest.mark.parametrize(("by", "may"), [(OUT, True), (IN, True), ("al-aldmar", False)])
def test_either_president_acknowledges_what_was_due_that_day(by: str, may: bool) -> None:
    held = registry(content(*STOCK, rule_set=2))
    owed = Duty("summit-in-january", "Art. 10", "2027", None, "president", DAY, "overdue", None)
    entry = {"duty": owed.rule, "of": 2027, "by": by, "on": str(DAY), "reason": "Snow."}
    assert may_acknowledge(Case(None, held, DAY), owed, entry) is may


def test_a_session_awaits_its_handover_until_it_is_recorded() -> None:
    planned, recorded = (registry(content(*stock)) for stock in (STOCK[:1], STOCK))
    assert [awaits_handover(planned, day) for day in (DAY, date(2027, 1, 27))] == [True, False]
    assert not awaits_handover(recorded, DAY)


@pytest.mark.parametrize(
    ("kind", "item", "waits"),
    [
        ("ga", "handover", True),
        ("summit", "handover", True),
        ("ec", "handover", False),
        ("ga", "vote", False),
    ],
)
def test_which_sessions_wait_for_their_handover(kind: str, item: str, waits: bool) -> None:
    """An Assembly or a Summit with it on the agenda, while the day has none on record."""
    session = {"kind": kind, "opens": f"{DAY}T10:00:00+03:00", "agenda": [{"n": 1, "kind": item}]}
    held = {f"meetings/{DAY}-{kind}": {"id": f"{DAY}-{kind}", "title": "t", **session}}
    assert awaits_handover(registry(content(given=held)), DAY) is waits


@pytest.mark.parametrize(
    ("rule_set", "imposer", "lifter", "change", "told"),
    [
        (2, IN, OUT, {}, True),
        (2, OUT, IN, {}, False),
        (2, IN, IN, {}, False),
        (2, OUT, OUT, {}, False),
        (1, IN, OUT, {}, False),
        (2, IN, OUT, {"closed": None}, False),
        (2, IN, OUT, {"closed": "2027-01-27"}, False),
        (2, IN, OUT, {"body": "executive-committee"}, False),
    ],
)
def test_the_outgoing_president_lifts_nothing_that_the_incoming_one_imposed(
    rule_set: int, imposer: str, lifter: str, change: dict[str, object], told: bool
) -> None:
    """That day: its acts stand before those of the city that takes over."""
    lifts = suspended(lifter)["decisions/2027/PR-2027-001"]
    assert isinstance(lifts, dict)
    lifts |= {"id": "PR-2027-002", "matter": "reinstatement", **change}
    given = {**suspended(imposer), "decisions/2027/PR-2027-002": lifts}
    asked = registry(content(*STOCK, given=given, rule_set=rule_set))
    decision, member = asked.decision("PR-2027-002"), asked.member("xk-gurmal")
    assert decision is not None and member is not None
    found = [*_lifts_what_came_after(Case(None, asked, DAY), decision, member.suspensions[0])]
    assert [(b.at, b.refs) for b in found] == [(("decided_by", "city"), ("PR-2027-001",))] * told


FIRST, SECOND = "gr-lykonisi", "bg-vodengrad"
ENDS = {"city": FIRST, "from": "2026-02-01", "until": str(DAY), "source": "founding-list"}
JOINS = {"city": SECOND, "from": str(DAY), "by": "PR-2027-001"}
EARLIER = {**JOINS, "from": "2026-06-01", "until": "2026-07-01", "by": "PR-2026-005"}
RUNS = {key: value for key, value in ENDS.items() if key != "until"}


@pytest.mark.parametrize(
    ("leaders", "by", "item", "leads"),
    [
        ([RUNS], IN, 1, FIRST),
        ([ENDS], IN, 1, None),
        ([ENDS, JOINS], OUT, 1, SECOND),
        ([ENDS, JOINS], IN, 1, FIRST),
        ([ENDS, JOINS], IN, 2, FIRST),
        ([ENDS, JOINS], IN, 3, SECOND),
        ([{**ENDS, "until": "2027-01-25"}, JOINS], IN, 1, None),
        ([{**ENDS, "from": "2027-01-27", "until": None}, JOINS], IN, 1, None),
        ([], IN, 1, None),
        ([ENDS, {**JOINS, "from": "2027-01-28"}], IN, 1, None),
        # Annulled since from the beginning, it led then; what it had ended ran on.
        ([ENDS, {**JOINS, "by": "PR-2027-005"}], OUT, 1, SECOND),
        ([{**ENDS, "until": "2026-06-01"}, EARLIER], OUT, 1, FIRST),
    ],
)
def test_who_led_a_group_on_the_day_of_a_handover(
    leaders: list[dict[str, object]], by: str, item: int, leads: str | None
) -> None:
    """Whom the incoming President designates leads from the items after it, who led until then."""
    designates = suspended(by)["decisions/2027/PR-2027-001"]
    assert isinstance(designates, dict)
    designates |= {"matter": "leader", "subject": "groups/climate", "candidates": [SECOND]}
    group = {"id": "climate", "name": "Climate", "kind": "permanent", "leaders": leaders}
    given = {"decisions/2027/PR-2027-001": designates, "groups/climate": group}
    for year, day in ((2026, "2026-07-01"), (2027, "2027-02-01")):
        annuls = {"matter": "annulment", "annuls": f"PR-{year}-005", "effect": "ex-tunc"}
        annuls |= {"id": f"PR-{year}-006", "closed": day}
        given[f"decisions/{year}/PR-{year}-006"] = {**designates, **annuls}
    asked = registry(content(*STOCK, given=given, rule_set=2))
    held = asked.group("climate")
    assert held is not None
    found = led_then(asked, held, Moment(DAY, SESSION, item))
    assert (found.city if found else None) == leads
