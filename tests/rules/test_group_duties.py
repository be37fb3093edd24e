"""The duties of a working group: its years, its meetings, what nobody knows (Art. 14, INT-19)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.facts.duty import Duty
from b40cli.model.ref import ROOT
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.groups import art14_meetings, art14_programmes
from b40cli.rules.articles.groups.art14_programmes import _place
from b40cli.rules.duties.duties import duties
from b40cli.store.shipped import shipped
from b40cli.store.yaml.dialect import parse
from tests.invented import SOURCE, Records, records, registry

GROUP = "local-climate-action"
DUTIES = (*art14_programmes.RULES, *art14_meetings.RULES)
NAMES = {rule.name for rule in DUTIES}


def network(*meetings: dict[str, Any], **group: Any) -> Records:
    """The invented network with one group and its meetings."""
    content = records()
    content[f"{ROOT}groups/{GROUP}.yaml"] = {
        "id": GROUP,
        "name": "Local Climate Action",
        "kind": "permanent",
        "since": {"by": "2024-01-31"},
        **group,
    }
    for meeting in meetings:
        content[f"{ROOT}meetings/{meeting['id']}.yaml"] = meeting
    return content


def meeting(day: str, **more: Any) -> dict[str, Any]:
    """A meeting of the group."""
    return {"id": f"{day}-wg", "kind": "wg", "opens": day, "group": GROUP, **more}


def owed(content: Records, year: int, on: str) -> dict[str, Duty]:
    """The duties of a year by rule, as they stand on a day."""
    found = duties(registry(content), year, date.fromisoformat(on), DUTIES)
    return {f"{duty.rule} {duty.of}".removesuffix(f" {year}"): duty for duty in found}


def states(content: Records, year: int, on: str) -> dict[str, str]:
    return {name: duty.state for name, duty in owed(content, year, on).items()}


@pytest.mark.parametrize(
    ("held", "on", "state"),
    [
        (0, "2027-06-01", "due"),
        (2, "2027-12-31", "due"),
        (2, "2028-01-01", "overdue"),
        (3, "2027-12-31", "met"),
        (4, "2028-01-01", "met"),
    ],
)
def test_three_meetings_in_the_calendar_year(held: int, on: str, state: str) -> None:
    days = ("2027-02-01", "2027-05-01", "2027-09-01", "2027-12-30")
    content = network(*map(meeting, days[:held]))
    assert states(content, 2027, on)["three-meetings-a-year"] == state


def test_a_meeting_still_to_come_does_not_count() -> None:
    content = network(*map(meeting, ("2027-02-01", "2027-05-01", "2027-09-01")))
    soon = owed(content, 2027, "2027-08-31")["three-meetings-a-year"]
    assert (soon.state, soon.facts["held"]) == ("due", 2)
    duty = owed(content, 2027, "2027-09-01")["three-meetings-a-year"]
    assert (duty.state, duty.evidence) == ("met", "meetings/2027-09-01-wg")


def test_another_groups_meetings_do_not_count() -> None:
    theirs = meeting("2027-09-01") | {"group": "local-democracy-and-migration"}
    content = network(meeting("2027-02-01"), meeting("2027-05-01"), theirs)
    assert states(content, 2028, "2028-06-01")["three-meetings-a-year"] == "due"
    assert owed(content, 2027, "2028-06-01")["three-meetings-a-year"].facts["held"] == 2


def test_before_the_register_opened_nobody_knows() -> None:
    """What an attested meeting shows is met all the same."""
    days = ("2025-02-01", "2025-05-01", "2025-09-01")
    assert states(network(), 2025, "2026-03-10")["three-meetings-a-year"] == "not-on-record"
    attested = network(*(meeting(day, source=SOURCE, mode="in-person") for day in days))
    found = owed(attested, 2025, "2026-03-10")
    assert found["three-meetings-a-year"].state == "met"
    assert found["three-meetings-a-year"].basis == "attested"
    assert found["minutes-filed 2025-02-01-wg"].state == "not-on-record"
    assert found["leader-hosts 2025-02-01-wg"].state == "not-on-record"


def test_where_the_list_of_meetings_is_not_whole_absence_means_nothing() -> None:
    content = network()
    content["registry/network.yaml"]["complete"]["meetings"] = None
    assert states(content, 2027, "2028-06-01")["three-meetings-a-year"] == "not-on-record"


@pytest.mark.parametrize(
    ("mode", "state"),
    [("in-person", "met"), ("online", "overdue"), ("hybrid", "overdue"), (None, "not-on-record")],
)
def test_one_meeting_in_person(mode: str | None, state: str) -> None:
    """A meeting whose mode nobody recorded may have been the one."""
    more = {"mode": mode} if mode else {}
    content = network(meeting("2027-02-01", **more), meeting("2027-05-01", mode="online"))
    assert states(content, 2027, "2028-01-01")["one-face-to-face"] == state


def test_where_no_meeting_in_person_is_asked_any_more_none_is_owed() -> None:
    content = network()
    parameters = content["registry/statutes/parameters.yaml"]["parameters"]
    [asked] = [each for each in parameters if each["name"] == "group-meetings-face-to-face"]
    asked["values"][0]["value"] = 0
    found = states(content, 2027, "2028-01-01")
    assert "one-face-to-face" not in found
    assert found["three-meetings-a-year"] == "overdue"


def test_the_year_of_the_presidency() -> None:
    """From one handover to the next; a year whose beginning is not known owes nothing."""
    content = network(*map(meeting, ("2026-02-01", "2026-06-01", "2027-01-20")))
    content["registry/statutes/interpretations/INT-19.yaml"]["adopted"][0]["reading"] = "presidency"
    content["registry/presidencies/2027.yaml"] = {
        "year": 2027,
        "city": "rs-srebrni-brod",
        "attested": {"since": "2027-01-26", "source": SOURCE},
    }
    duty = owed(content, 2026, "2027-02-01")["three-meetings-a-year"]
    assert (duty.due, duty.state) == (date(2027, 1, 25), "met")
    content["registry/presidencies/2026.yaml"]["attested"]["since"] = {"by": "2026-01-05"}
    assert "three-meetings-a-year" not in owed(content, 2026, "2027-02-01")


def test_a_special_group_owes_one_year_of_its_own() -> None:
    content = network(kind="special", since="2026-05-04", until="2027-05-04", by="PR-2026-001")
    assert owed(content, 2026, "2026-06-01")["three-meetings-a-year"].due == date(2027, 5, 3)
    assert owed(content, 2026, "2026-06-01")["programme-approved"].due == date(2026, 8, 2)
    assert states(content, 2026, "2027-05-04")["three-meetings-a-year"] == "overdue"
    assert owed(content, 2027, "2027-05-04") == {}


def test_a_permanent_group_that_begins_within_a_year_owes_the_next() -> None:
    content = network(since="2027-05-04")
    assert states(content, 2027, "2028-02-01")["three-meetings-a-year"] == "not-applicable"
    assert states(content, 2028, "2028-02-01")["three-meetings-a-year"] == "due"
    assert "three-meetings-a-year" not in owed(content, 2026, "2028-02-01")


def test_the_leader_of_the_meetings_day_hosts() -> None:
    leaders = [
        {"city": "bg-vodengrad", "from": "2027-01-01", "until": "2027-06-01", "source": SOURCE},
        {"city": "al-aldmar", "from": "2027-06-01", "source": SOURCE},
    ]
    there = {"mode": "in-person", "city": "bg-vodengrad"}
    content = network(
        meeting("2027-05-31", **there), meeting("2027-06-01", **there), leaders=leaders
    )
    found = states(content, 2027, "2027-07-01")
    assert found["leader-hosts 2027-05-31-wg"] == "met"
    assert found["leader-hosts 2027-06-01-wg"] == "overdue"
    assert states(content, 2027, "2027-05-31")["leader-hosts 2027-06-01-wg"] == "due"
    planned = owed(content, 2027, "2027-05-30")
    assert "b40" not in planned["leader-hosts 2027-05-31-wg"].remedy
    elsewhere = planned["leader-hosts 2027-06-01-wg"].remedy
    assert elsewhere.endswith("b40 meeting move 2027-06-01-wg --city al-aldmar.")


@pytest.mark.parametrize(
    ("more", "on", "state"),
    [
        ({}, "2027-03-03", "due"),
        ({}, "2027-03-04", "overdue"),
        ({"ends": "2027-02-02"}, "2027-03-04", "due"),
        ({"minutes": {"sha256": "0" * 64}}, "2027-03-04", "met"),
    ],
)
def test_minutes_within_thirty_days(more: dict[str, Any], on: str, state: str) -> None:
    content = network(meeting("2027-02-01", **more))
    assert states(content, 2027, on)["minutes-filed 2027-02-01-wg"] == state


def test_the_shipped_groups_owe_what_nobody_knows() -> None:
    """Four permanent groups and a joint meeting: nothing is missed, little is known."""
    folder = shipped("registry")
    content: Records = {
        f"registry/{file.relative_to(folder).as_posix()}": parse(file.read_bytes())
        for file in sorted(folder.rglob("*.yaml"))
    }
    opened: Registry = registry(content)
    for year in (2024, 2025, 2026):
        found = duties(opened, year, date(2026, 11, 23), DUTIES)
        assert {duty.rule for duty in found} <= NAMES
        assert len({duty.subject for duty in found}) == 4
        named = {duty.rule: duty.state for duty in found if duty.state != "not-on-record"}
        assert named == ({"one-face-to-face": "met"} if year == 2024 else {})


def test_a_permanent_group_that_ends_within_a_year_owes_nothing_in_it() -> None:
    """The year is listed, and asks for nothing; the next one is not its own."""
    ended = network(until="2027-06-01")
    assert states(ended, 2027, "2028-01-01")["three-meetings-a-year"] == "not-applicable"
    assert "three-meetings-a-year" not in states(ended, 2028, "2028-01-01")


@pytest.mark.parametrize(
    ("years", "at"),
    [((), ("id",)), ((2025, 2027), ("id",)), ((2026,), ("programmes", 0)),
     ((2025, 2026, 2026, 2027), ("programmes", 2))],
)  # fmt: skip
def test_where_a_programme_of_a_year_stands(years: tuple[int, ...], at: tuple[Any, ...]) -> None:
    """The last of that year; else at the group itself."""
    programmes = [{"year": year, "goals": ["A goal"]} for year in years]
    group = registry(network(programmes=programmes)).group(GROUP)
    assert group is not None
    assert _place(group, 2026) == at


def test_a_group_that_ends_with_a_year_owes_nothing_of_the_next() -> None:
    """Its last day is the day before: of the year that begins on the day it ends it has no part."""
    ended = network(until="2028-01-01")
    assert "three-meetings-a-year" in states(ended, 2027, "2028-06-01")
    assert "three-meetings-a-year" not in states(ended, 2028, "2029-06-01")
    assert "three-meetings-a-year" in states(network(until="2028-01-02"), 2028, "2029-06-01")
