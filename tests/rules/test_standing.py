"""Standing day by day: what a city is, derived from dated grounds and never stored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.day import Moment
from b40cli.rules.case.law import law_on
from b40cli.rules.facts.annulled import as_known, never_taken
from b40cli.rules.facts.leaving import certain_end
from b40cli.rules.facts.memberships import membership_begins
from b40cli.rules.facts.standing import is_member, membership_at, standing_of
from b40cli.rules.facts.suspensions import is_suspended
from tests.invented import (
    DAY,
    MEETING,
    OTHERS,
    SEVEN,
    Records,
    applicant,
    meeting,
    records,
    registry,
)

CITY = "bg-rosendol"
PATH = f"registry/members/{CITY}.yaml"
OLD = SEVEN[3]
OLD_PATH = f"registry/members/{OLD}.yaml"


def decision(name: str, matter: str, closed: str, state: str = "adopted", **more: Any) -> Records:
    """A closed decision, by its path."""
    bodies = {"EC": "executive-committee", "GA": "general-assembly", "PR": "president"}
    record = {"id": name, "body": bodies[name[:2]], "matter": matter, "title": "A decision"}
    record |= {"state": state, "closed": closed, **more}
    return {f"registry/decisions/{name[3:7]}/{name}.yaml": record}


def admitted(state: str = "adopted", **more: Any) -> Records:
    """The records once the committee has decided on the application, on 10 March."""
    city = applicant(CITY) | more
    city["application"] = {**city["application"], "outcome": "EC-2026-001"}
    made = decision("EC-2026-001", "admission", "2026-03-10", state, meeting=MEETING, item=2)
    return records() | {PATH: city} | made


def standing(content: Records, city: str, moment: str | Moment, **readings: str) -> str:
    """The standing of a city at a moment, under the shipped readings unless others are named."""
    asked = registry(content)
    when = Moment(date.fromisoformat(moment)) if isinstance(moment, str) else moment
    law = law_on(asked, when.day if when.day >= DAY else DAY)
    for point, reading in readings.items():
        law = law.varied(point.replace("_", "-"), reading)
    member = asked.member(city)
    assert member is not None
    return standing_of(asked, member, when, law)


def days(content: Records, city: str, *moments: str, **readings: str) -> list[str]:
    """The standings on some days."""
    return [standing(content, city, moment, **readings) for moment in moments]


def test_from_application_to_membership() -> None:
    """Unknown, applicant, admitted, member: each from the day of its ground."""
    content = admitted(declaration={"signed": "2026-04-02"})
    moments = ("2026-02-01", "2026-02-02", "2026-03-09", "2026-03-10", "2026-04-01", "2026-04-02")
    assert days(content, CITY, *moments) == [
        *("unknown", "applicant", "applicant", "admitted", "admitted", "member")
    ]


def test_declaration_before_admission() -> None:
    """Membership begins with the later of the two, whichever that is."""
    content = admitted(declaration={"signed": "2026-02-20"})
    assert days(content, CITY, "2026-03-09", "2026-03-10") == ["applicant", "member"]


def test_admission_alone_is_no_membership() -> None:
    """Without a signed Declaration the city stays admitted, however long."""
    assert days(admitted(), CITY, "2026-03-10", "2026-11-01") == ["admitted", "admitted"]


@pytest.mark.parametrize(
    ("reading", "begins"),
    [
        ("admission-and-declaration", date(2026, 4, 2)),
        ("admission", date(2026, 3, 10)),
        ("ceremony", date(2027, 1, 25)),
    ],
)
def test_membership_begins_with(reading: str, begins: date) -> None:
    """INT-14: what membership begins with."""
    summit = "2027-01-25-summit"
    content = admitted(declaration={"signed": "2026-04-02"}, ceremony=summit)
    opens = {"id": summit, "kind": "summit", "opens": "2027-01-24T23:30:00Z"}
    asked = registry(content | {f"registry/meetings/{summit}.yaml": opens})
    member = asked.member(CITY)
    assert member is not None
    assert membership_begins(asked, member, law_on(asked, DAY).varied("INT-14", reading)) == begins


def test_who_is_a_member_is_asked_by_each_reading_for_itself() -> None:
    """Of one register; what one reading gave does not answer for another."""
    asked = registry(admitted())
    moment, law = Moment(date(2026, 4, 1)), law_on(asked, DAY)
    found = [
        CITY in membership_at(asked, moment, law.varied("INT-14", reading))[0]
        for reading in ("admission-and-declaration", "admission", "admission-and-declaration")
    ]
    assert found == [False, True, False]


@pytest.mark.parametrize("state", ["rejected", "invalid"])
def test_refused(state: str) -> None:
    """An application the committee did not adopt leaves the city declined, Declaration or not."""
    content = admitted(state, declaration={"signed": "2026-04-02"})
    assert days(content, CITY, "2026-03-09", "2026-03-10", "2026-06-01") == [
        *("applicant", "declined", "declined")
    ]


def test_withdrawn_application() -> None:
    """An application taken back is withdrawn from that day on."""
    city = applicant(CITY)
    city["application"]["withdrawn"] = "2026-02-15"
    content = records() | {PATH: city}
    assert days(content, CITY, "2026-02-14", "2026-02-15") == ["applicant", "withdrawn"]


def test_applies_again() -> None:
    """A second application is looked at before the first, from the day it is received."""
    content = admitted("rejected")
    content[PATH]["former_applications"] = [content[PATH]["application"]]
    content[PATH]["application"] = {"received": "2026-05-01"}
    assert days(content, CITY, "2026-04-30", "2026-05-01") == ["declined", "applicant"]


def test_admission_binds_the_items_after_it() -> None:
    """On the day, the items before the decision still meet an applicant."""
    content = admitted(declaration={"signed": "2026-03-01"})
    at = [standing(content, CITY, Moment(DAY, MEETING, item)) for item in (1, 2, 3)]
    assert at == ["applicant", "applicant", "member"]
    assert standing(content, CITY, Moment(DAY, "2026-03-10-ga", 1)) == "member"


def test_leaving_until_the_year_ends() -> None:
    """A notice in May: leaving through 31 December, gone on 1 January."""
    content = records()
    content[OLD_PATH]["withdrawal"] = {"received": "2026-05-02", "effective": "2027-01-01"}
    moments = ("2026-05-01", "2026-05-02", "2026-12-31", "2027-01-01")
    assert days(content, OLD, *moments) == ["member", "leaving", "leaving", "left"]
    asked = registry(content)
    law = law_on(asked, DAY)
    assert is_member(asked, OLD, Moment(date(2026, 12, 31)), law)
    assert not is_member(asked, OLD, Moment(date(2027, 1, 1)), law)


def test_notice_on_the_last_day() -> None:
    """A notice received on 31 December ends the membership that night."""
    content = records()
    content[OLD_PATH]["withdrawal"] = {"received": "2026-12-31"}
    assert days(content, OLD, "2026-12-30", "2026-12-31", "2027-01-01") == [
        *("member", "leaving", "left")
    ]


def removed(state: str = "adopted") -> Records:
    """The records once the assembly has voted on the removal of a city, on 10 March, item 2."""
    content = records()
    content[OLD_PATH]["removal"] = "GA-2026-001"
    made = decision("GA-2026-001", "removal", "2026-03-10", state, meeting=MEETING, item=2)
    return content | made


def test_removal() -> None:
    """Removed at once, from the item after the vote; under the other reading when the year ends."""
    content = removed()
    assert days(content, OLD, "2026-03-09", "2026-03-10") == ["member", "removed"]
    at = [standing(content, OLD, Moment(DAY, MEETING, item)) for item in (1, 2, 3)]
    assert at == ["member", "member", "removed"]
    later = ("2026-03-10", "2026-12-31", "2027-01-01")
    assert days(content, OLD, *later, INT_28="year-end") == ["member", "member", "removed"]


@pytest.mark.parametrize(
    ("day", "state", "gone"),
    [
        ("2026-05-09", "adopted", None),
        ("2026-05-10", "adopted", date(2027, 1, 1)),
        ("2026-12-31", "adopted", date(2027, 1, 1)),
        ("2027-01-01", "adopted", None),
        ("2026-05-10", "rejected", None),
    ],
)
def test_a_removal_with_the_year_is_a_certain_end(day: str, state: str, gone: date | None) -> None:
    """From its vote on; one of an earlier year, from which the city came back, is none."""
    content = admitted(declaration={"signed": "2026-03-10"})
    content |= decision("GA-2025-001", "removal", "2025-03-10")
    content |= decision("GA-2026-001", "removal", "2026-05-10", state)
    content[PATH] |= {"former_removals": ["GA-2025-001"], "removal": "GA-2026-001"}
    asked = registry(content)
    member, law = asked.member(CITY), law_on(asked, DAY).varied("INT-28", "year-end")
    assert member is not None
    assert certain_end(asked, member, Moment(date.fromisoformat(day)), law) == gone


@pytest.mark.parametrize("state", ["rejected", "invalid"])
def test_removal_that_failed(state: str) -> None:
    """A removal that was not adopted removes nobody."""
    assert days(removed(state), OLD, "2026-03-10", "2027-03-10") == ["member", "member"]


def suspended() -> Records:
    """The records of a city the President suspended, and the committee reinstated at item 2."""
    content = records() | decision("PR-2026-001", "suspension", "2026-02-01")
    content |= decision("EC-2026-001", "reinstatement", "2026-03-10", meeting=MEETING, item=2)
    content |= {f"registry/meetings/{MEETING}.yaml": meeting()}
    content[OLD_PATH]["suspensions"] = [
        {
            "from": "2026-02-01",
            "by": "PR-2026-001",
            "until": "2026-03-10",
            "lifted_by": "EC-2026-001",
        }
    ]
    return content


def test_suspension() -> None:
    """From its first day to the eve of its lifting; a member all the while."""
    asked = registry(suspended())
    moments = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 9), date(2026, 3, 10))
    assert [is_suspended(asked, OLD, Moment(day)) for day in moments] == [False, True, True, False]
    assert is_member(asked, OLD, Moment(date(2026, 2, 1)), law_on(asked, DAY))


def test_suspension_lifted_within_a_meeting() -> None:
    """The lifting binds the items after it; the vote that lifts it is not the city's yet."""
    asked = registry(suspended())
    at = [is_suspended(asked, OLD, Moment(DAY, MEETING, item)) for item in (1, 2, 3)]
    assert at == [True, True, False]


def test_suspension_imposed_within_a_meeting() -> None:
    """So does the suspension itself."""
    content = suspended() | decision(
        "EC-2026-002", "suspension", "2026-03-10", meeting=MEETING, item=5
    )
    content[OLD_PATH]["suspensions"].append({"from": "2026-03-10", "by": "EC-2026-002"})
    asked = registry(content)
    at = [is_suspended(asked, OLD, Moment(DAY, MEETING, item)) for item in range(1, 8)]
    assert at == [True, True, False, False, False, True, True]
    assert is_suspended(asked, OLD, Moment(date(2026, 11, 1)))


def test_opening_record() -> None:
    """A member by the opening record is one from the day it is attested by."""
    assert days(records(), OTHERS[0], "2025-01-19", "2025-01-20") == ["unknown", "member"]


def test_nobody() -> None:
    """A city of which there is no record is neither a member nor suspended."""
    asked = registry(records())
    assert not is_member(asked, "zz-nowhere", Moment(DAY), law_on(asked, DAY))
    assert not is_suspended(asked, "zz-nowhere", Moment(DAY))


@pytest.mark.parametrize("reading", ["ceremony", "admission"])
def test_a_reading_adopted_later_moves_no_membership(reading: str) -> None:
    """INT-14 is read as it was on the day of the admission, for whoever was admitted before."""
    content = admitted(declaration={"signed": "2026-04-02"})
    adopt(content, "INT-14", "2026-03-20", reading)
    assert days(content, CITY, "2026-04-01", "2026-04-02", "2026-07-01") == [
        *("admitted", "member", "member")
    ]
    adopt(content, "INT-14", "2026-03-10", reading)
    said = {"ceremony": "admitted", "admission": "member"}[reading]
    assert days(content, CITY, "2026-03-10", "2026-07-01") == [said, said]


def test_a_reading_adopted_later_brings_nobody_back() -> None:
    """INT-28 is read as it was on the day of the removal; varied, it bears on every removal."""
    content = records() | decision("GA-2026-001", "removal", "2026-03-10")
    content[OLD_PATH]["removal"] = "GA-2026-001"
    adopt(content, "INT-28", "2026-06-01", "year-end")
    assert days(content, OLD, "2026-03-09", "2026-03-10", "2026-07-01") == [
        *("member", "removed", "removed")
    ]
    assert standing(content, OLD, "2026-05-01", INT_28="year-end") == "member"


def adopt(content: Records, point: str, since: str, reading: str) -> None:
    """A reading of an open point, in force from a day on."""
    path = f"registry/statutes/interpretations/{point}.yaml"
    first = content[path]["adopted"][0]
    content[path]["adopted"] = [first, {"from": since, "reading": reading, "by": "GA-2026-009"}]


@pytest.mark.parametrize(("item", "known"), [(0, False), (1, False), (2, True), (None, True)])
def test_an_annulment_is_later_than_the_opening_of_its_meeting(
    item: int | None, known: bool
) -> None:
    """The opening is item 0; without an item it is the end of the day."""
    where: dict[str, Any] = {"annuls": "PR-2026-001", "effect": "ex-tunc"}
    where |= {"meeting": MEETING, "item": 2}
    held = records() | decision("PR-2026-001", "suspension", "2026-02-16")
    held |= decision("EC-2026-001", "annulment", str(DAY), **where)
    then = as_known(registry(held), Moment(DAY, MEETING, item))
    assert ("PR-2026-001" in then.annulments()) is known


@pytest.mark.parametrize(("effect", "never"), [("ex-tunc", True), ("ex-nunc", False)])
def test_an_admission_that_was_annulled(effect: str, never: bool) -> None:
    """From then on nobody is a member by it; as if it had never been by `ex-tunc` alone."""
    content = admitted(declaration={"signed": "2026-04-02"}) | opened_on_set_two()
    content |= decision(
        "EC-2026-002", "annulment", "2026-05-01", annuls="EC-2026-001", effect=effect
    )
    held = ["applicant", "applicant"] if never else ["member", "removed"]
    assert days(content, CITY, "2026-04-30", "2026-05-01") == held
    assert ("EC-2026-001" in never_taken(registry(content))) is never


def opened_on_set_two() -> Records:
    return {p: r for p, r in records(2).items() if p.startswith("registry/statutes/")}
