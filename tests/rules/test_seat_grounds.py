"""What a seat rests on and what ends it, asked row by row: presidencies, elections, resolutions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.state.registry import Registry
from b40cli.rules.articles.committee.art13_offices import (
    _doubly_held,
    _ended_by_nothing,
    _extended_by_nothing,
    _not_by_election,
    _not_by_presidency,
    seat_to_extend,
)
from b40cli.rules.case.rule import Case
from tests.invented import OTHERS, SEVEN, Records, records, registry

CITY, OTHER = f"members/{SEVEN[3]}", f"members/{SEVEN[4]}"
FROM, BEFORE, SINCE = "2027-01-26", "2027-01-25", "2027-01-27"
TERM = "presidencies/2027"


def decided(name: str, **more: Any) -> Records:
    """A decision of the day on which the seat begins."""
    body = {"GA": "general-assembly", "EC": "executive-committee"}[name[:2]]
    data = {"id": name, "body": body, "state": "adopted", "closed": FROM, "title": "t", **more}
    return {f"registry/decisions/{name[3:7]}/{name}.yaml": data}


APPROVAL = decided("GA-2027-002", matter="presidency", subject=CITY)


def seated(seat: str, /, *more: Records, term: Records | None = None, **said: Any) -> Registry:
    """A seat of a city that it takes on the day, and the presidency of the year."""
    content: Records = records(2)
    del content["registry/committee/2026.yaml"]
    held = {"seat": seat, "city": SEVEN[3], "ground": TERM, "from": FROM, **said}
    content["registry/committee/2027.yaml"] = {"year": 2027, "seats": [held]}
    content["registry/presidencies/2027.yaml"] = {"year": 2027, "city": SEVEN[3], **(term or {})}
    for each in more:
        content |= each
    return registry(content)


def of_the_year(asked: Registry) -> Any:
    return next(seat for seat in asked.seats() if seat.term == 2027)


ANOTHER = {"city": SEVEN[4]}
HANDED = {"handover": {"on": FROM}}
ENDED = {"ended_by": TERM}


@pytest.mark.parametrize(
    ("seat", "said", "term", "decision", "fault"),
    [
        ("president", {}, HANDED, {}, None),
        ("president", {}, {}, {}, "does not begin"),
        ("president", {}, {"handover": {"on": BEFORE}}, {}, "does not begin"),
        ("president", {}, HANDED | ANOTHER, {}, "no presidency of that city"),
        ("president", {"ground": "presidencies/2030"}, HANDED, {}, "no presidency of that city"),
        ("president", {"ground": "2027"}, HANDED, {}, "no presidency of that city"),
        ("president", {"ground": None}, HANDED, {}, "rests on nothing"),
        ("former", {}, {"handover": {"on": BEFORE}}, {}, None),
        ("former", {}, HANDED, {}, "is not over"),
        ("former", {}, {"handover": {"on": SINCE}}, {}, "is not over"),
        ("former", {}, {}, {}, "is not over"),
        ("next", {}, {"approved": "GA-2027-002"}, APPROVAL, None),
        ("next", {}, {}, APPROVAL, "nobody approved it"),
        # Its presidency was another's before it began: that ended the seat, once it was approved.
        ("next", ENDED, ANOTHER, APPROVAL, None),
        ("next", {}, ANOTHER, APPROVAL, "no presidency of that city"),
        ("next", {"ended_by": "GA-2027-009"}, ANOTHER, APPROVAL, "no presidency of that city"),
        ("former", ENDED, ANOTHER, APPROVAL, "no presidency of that city"),
        ("next", ENDED, ANOTHER, {}, "no presidency of that city"),
        *(
            ("next", ENDED, ANOTHER, decided("GA-2027-002", **wrong), "no presidency of that city")
            for wrong in (
                {"matter": "presidency", "subject": OTHER},
                {"matter": "resolution", "subject": CITY},
                {"matter": "presidency", "subject": CITY, "closed": BEFORE},
                {"matter": "presidency", "subject": CITY, "state": "rejected"},
            )
        ),
    ],
)
def test_a_seat_by_office_rests_on_a_presidency(
    seat: str, said: dict[str, Any], term: Records, decision: Records, fault: str | None
) -> None:
    """One that its own presidency ended rested on the approval of the day it began."""
    asked = seated(seat, decision, term=term, **said)
    faults = list(_not_by_presidency(Case(None, asked, date(2027, 3, 1)), of_the_year(asked)))
    assert [fault in f for f in faults] == [True] if fault else not faults


ELECTION = {"matter": "committee-election", "subject": "committee/2027"}
CHOICES = {"choices": {SEVEN[3]: list(SEVEN)}, "count": {"elected": [SEVEN[3]]}}


@pytest.mark.parametrize(
    ("ground", "decision", "fault"),
    [
        ("GA-2027-002", decided("GA-2027-002", **ELECTION, **CHOICES), None),
        ("GA-2027-003", decided("GA-2027-002", **ELECTION, **CHOICES), "no election that carried"),
        (TERM, decided("GA-2027-002", **ELECTION, **CHOICES), "no election that carried"),
        (None, {}, "rests on nothing"),
        (
            "GA-2027-002",
            decided("GA-2027-002", **{**ELECTION, "matter": "resolution"}, **CHOICES),
            "no election that carried",
        ),
        (
            "GA-2027-002",
            decided("GA-2027-002", **ELECTION, **CHOICES, state="rejected"),
            "no election that carried",
        ),
        (
            "GA-2027-002",
            decided("GA-2027-002", **ELECTION, **CHOICES, closed=BEFORE),
            "not on 2027-01-26",
        ),
        (
            "GA-2027-002",
            decided("GA-2027-002", **ELECTION, count={"elected": [OTHERS[0]]}),
            "did not elect it",
        ),
    ],
)
def test_an_elected_seat_rests_on_its_election(
    ground: str | None, decision: Records, fault: str | None
) -> None:
    asked = seated("elected-1", decision, ground=ground)
    faults = list(_not_by_election(asked, of_the_year(asked)))
    assert [fault in f for f in faults] == [True] if fault else not faults


@pytest.mark.parametrize(
    ("seat", "said", "told"),
    [
        ("elected-1", {}, False),
        ("elected-1", {"until": "2028-01-25"}, True),
        ("elected-1", {"until": "2028-01-25", "ended_by": "GA-2028-001"}, False),
        ("elected-1", {"until": "2028-01-25", "city": "unknown"}, False),
        ("elected-1", {"until": "2026-01-05"}, False),
        ("elected-1", {"until": "2026-01-06"}, True),
        ("president", {"until": "2028-01-25"}, False),
        ("former", {"until": "2028-01-25"}, False),
        ("president", {"until": "2028-01-24"}, True),
    ],
)
def test_a_seat_ends_by_something(seat: str, said: dict[str, Any], told: bool) -> None:
    """A handover of that day ends those by office; before the register opened nothing is asked."""
    later = {"year": 2028, "city": SEVEN[4], "handover": {"on": "2028-01-25"}}
    asked = seated(seat, {"registry/presidencies/2028.yaml": later}, **said)
    case = Case(None, asked, date(2028, 3, 1))
    assert bool(list(_ended_by_nothing(case, of_the_year(asked)))) is told


EXTENDS = {"matter": "resolution", "effect": "seat-extended", "subject": CITY}


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ({}, False),
        ({"state": "rejected"}, True),
        ({"subject": OTHER}, True),
        ({"until": "2028-05-01"}, True),
        ({"effect": "stand-in"}, True),
        ({"statutes_silent": False}, True),
        (None, True),
    ],
)
def test_a_seat_is_extended_by_what_says_so(decision: dict[str, Any] | None, told: bool) -> None:
    said = {**EXTENDS, "until": "2028-06-01", "statutes_silent": True, **(decision or {})}
    made = decided("GA-2028-001", **said) if decision is not None else {}
    asked = seated("elected-1", made, extended={"by": "GA-2028-001", "until": "2028-06-01"})
    case = Case(None, asked, date(2028, 3, 1))
    assert bool(list(_extended_by_nothing(case, of_the_year(asked)))) is told


@pytest.mark.parametrize(
    ("said", "silent", "found"),
    [
        ({}, {}, True),
        ({"from": "2028-01-02"}, {}, False),
        ({"until": "2028-01-01"}, {}, False),
        ({"until": "2028-01-02"}, {}, True),
        ({"until": "2028-06-01", "ended_by": {"resigned": "2028-01-01"}}, {}, False),
        ({"city": SEVEN[4]}, {}, False),
        ({"seat": "next"}, {}, False),
        (
            {"until": "2028-01-01", "extended": {"by": "GA-2028-001", "until": "2028-06-01"}},
            {},
            True,
        ),
        (
            {"until": "2027-03-01", "extended": {"by": "GA-2028-002", "until": "2027-06-01"}},
            {},
            False,
        ),
        ({}, {"subject": OTHER}, False),
        ({}, {"subject": "members/al-nowhere"}, False),
    ],
)
def test_which_seat_a_resolution_extends(
    said: dict[str, Any], silent: dict[str, Any], found: bool
) -> None:
    """One of the four, held on the day, or that names the resolution already."""
    made = decided("GA-2028-001", **{**EXTENDS, **silent})
    asked = seated("elected-1", made, **said)
    decision = asked.decision("GA-2028-001")
    assert decision is not None
    seat = seat_to_extend(asked, decision, date(2028, 1, 1))
    assert (seat is not None) is found


@pytest.mark.parametrize(
    ("first", "second", "on"),
    [
        ({}, {}, "2028-01-25"),
        ({"until": "2028-01-26"}, {}, "2028-01-25"),
        ({"until": "2028-01-25"}, {}, None),
        ({}, {"city": SEVEN[3]}, None),
        ({}, {"seat": "elected-2"}, None),
        ({"city": "unknown"}, {}, None),
        ({}, {"city": "unknown"}, None),
        ({}, {"until": FROM}, None),
        ({}, {"from": FROM, "until": SINCE}, FROM),
        ({"ground": "GA-2027-009"}, {}, None),
        ({}, {"ground": "GA-2027-009"}, None),
        # Further entries that only end again what stands before them.
        ({"until": "2027-06-01"}, {"copy": True}, None),
    ],
)
def test_a_seat_is_held_by_one(
    first: dict[str, Any], second: dict[str, Any], on: str | None
) -> None:
    """Told of the later of two that meet; what was annulled from the beginning leaves it free."""
    held = {"seat": "elected-1", "city": SEVEN[3], "ground": "GA-2027-002", "from": FROM, **first}
    other = {"seat": "elected-1", "city": OTHERS[4], "ground": "GA-2028-002", "from": "2028-01-25"}
    never = {"annuls": "GA-2027-009", "effect": "ex-tunc", "matter": "annulment"}
    content = records(2) | decided("GA-2027-009") | decided("GA-2027-010", **never)
    del content["registry/committee/2026.yaml"]
    entries = [held, other | second] if "copy" not in second else [held, held | {"until": None}]
    content["registry/committee/2027.yaml"] = {"year": 2027, "seats": entries}
    asked = registry(content)
    case = Case(None, asked, date(2028, 3, 1))
    told = [[b.message for b in _doubly_held(case, seat)] for seat in asked.seats()]
    assert [[message.endswith(f"on {on}.") for message in each] for each in told] == (
        [[True], [True]] if on else [[], []]
    )


LEAVING = {"received": "2027-01-05", "document": {"sha256": "0" * 64}}


@pytest.mark.parametrize(
    ("rule_set", "reading", "notice", "was_seated", "told"),
    [
        (2, "not-eligible", LEAVING, False, True),
        (2, "not-eligible", LEAVING, True, False),
        (2, "not-eligible", {**LEAVING, "received": "2028-01-05"}, False, False),
        (2, "not-eligible", None, False, False),
        (2, "eligible-with-note", LEAVING, False, False),
        (1, "not-eligible", LEAVING, False, False),
    ],
)
def test_a_seat_of_the_next_president_is_of_a_city_that_stays(
    rule_set: int, reading: str, notice: dict[str, Any] | None, was_seated: bool, told: bool
) -> None:
    """Asked of a seat that comes on record; what was there before is left alone."""

    def held(seats: list[dict[str, Any]]) -> Registry:
        content = records(rule_set)
        content[f"registry/members/{SEVEN[3]}.yaml"] |= {"withdrawal": notice} if notice else {}
        if rule_set == 2:
            adopted = [{"from": "2026-01-05", "reading": reading, "by": "provisional"}]
            content["registry/statutes/interpretations/INT-38.yaml"]["adopted"] = adopted
        content["registry/presidencies/2028.yaml"] = {
            "year": 2028, "city": SEVEN[3], "approved": "GA-2027-002",
        }  # fmt: skip
        content["registry/committee/2027.yaml"] = {"year": 2027, "seats": seats}
        return registry(content)

    seat = {"seat": "next", "city": SEVEN[3], "ground": "presidencies/2028", "from": FROM}
    case = Case(held([seat] if was_seated else []), held([seat]), date.fromisoformat(FROM))
    faults = list(_not_by_presidency(case, of_the_year(case.after)))
    assert ["gone on 2028-01-01, before the term of 2028" in f for f in faults] == [True] * told
