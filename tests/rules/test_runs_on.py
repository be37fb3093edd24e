"""A seat whose end was never taken runs on to what ends it otherwise, the first that comes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.rules.facts.annulled import (
    is_ended_by_nothing,
    is_further,
    is_void,
    refilled_on,
    runs_on_until,
)
from tests.invented import OTHERS, SEVEN, Records, records, registry

FROM, ENDS = "2027-01-26", "2027-05-02"
TERM = "registry/presidencies/2027.yaml"
ELECTION = {"matter": "committee-election", "subject": "committee/2028"}


def decided(name: str, closed: str, **more: Any) -> Records:
    """A decision of the Assembly that carried."""
    data = {"id": name, "body": "general-assembly", "matter": "resolution", "title": "t"}
    said = {**data, "state": "adopted", "closed": closed, **more}
    return {f"registry/decisions/{name[3:7]}/{name}.yaml": said}


def never(name: str, of: str) -> Records:
    """An annulment of it from the beginning."""
    return decided(of, "2027-08-01", matter="annulment", annuls=name, effect="ex-tunc")


def filled(day: str, **more: Any) -> dict[str, Any]:
    """The same seat, of another city, from a day on."""
    return {"seat": "elected-1", "city": OTHERS[0], "ground": "GA-2028-002", "from": day, **more}


def handed(year: int, day: str, approved: str = "GA-2027-003") -> Records:
    term = {"year": year, "city": SEVEN[1], "approved": approved, "handover": {"on": day}}
    return {f"registry/presidencies/{year}.yaml": term}


def elected(day: str, **more: Any) -> Records:
    return decided("GA-2028-009", day, **{**ELECTION, **more})


VOID = decided("GA-2027-009", FROM) | never("GA-2027-009", "GA-2027-019")
PRESIDENT = {"seat": "president", "ground": "presidencies/2027"}
AGAIN = {"seat": "elected-1", "city": SEVEN[3], "ground": "GA-2027-002", "from": FROM}


@pytest.mark.parametrize(
    ("said", "others", "more", "until"),
    [
        ({}, [], {}, None),
        ({}, [filled("2028-03-01")], {}, "2028-03-01"),
        ({}, [filled("2028-03-01"), filled("2028-02-01")], {}, "2028-02-01"),
        ({}, [filled(ENDS)], {}, ENDS),
        ({}, [filled("2027-05-01")], {}, None),
        ({}, [filled("2028-03-01", seat="elected-2")], {}, None),
        ({}, [filled("2028-03-01", ground="GA-2027-009")], {}, None),
        ({}, [], elected("2028-01-20"), "2028-01-20"),
        ({}, [filled("2028-03-01")], elected("2028-01-20"), "2028-01-20"),
        ({}, [filled("2028-03-01")], elected("2028-05-01"), "2028-03-01"),
        ({}, [], elected(FROM), None),
        ({}, [], elected("2028-01-20", statutes_silent=True), None),
        ({}, [], elected("2028-01-20", state="rejected"), None),
        ({}, [], elected("2028-01-20", matter="resolution"), None),
        ({}, [], elected("2028-01-20") | never("GA-2028-009", "GA-2028-010"), None),
        ({}, [], handed(2028, "2028-01-25"), None),
        (PRESIDENT, [], handed(2028, "2028-01-25"), "2028-01-25"),
        (
            PRESIDENT,
            [],
            handed(2028, "2028-01-25") | handed(2029, "2029-01-25"),
            "2028-01-25",
        ),
        (PRESIDENT, [], handed(2028, FROM), None),
        (PRESIDENT, [], handed(2028, "2028-01-25", approved="GA-2027-009"), None),
        (PRESIDENT, [], elected("2028-01-20"), None),
        ({}, [{**AGAIN, "until": "2027-09-01"}], elected("2027-08-20"), "2027-09-01"),
        (
            {},
            [{**AGAIN, "until": "2027-09-01", "ended_by": "GA-2027-009"}],
            elected("2027-08-20"),
            "2027-08-20",
        ),
        ({}, [{**AGAIN, "until": "2027-09-01", "ground": "GA-2027-005"}], {}, None),
        ({}, [{**AGAIN, "until": "2027-09-01", "city": SEVEN[4]}], {}, None),
    ],
)
def test_until_when_a_seat_runs_on(
    said: dict[str, Any], others: list[dict[str, Any]], more: Records, until: str | None
) -> None:
    """Filled again, or with its term; a further entry of the same seat ends it as it says."""
    content = records(2) | VOID | more
    del content["registry/committee/2026.yaml"]
    seat = {**AGAIN, "until": ENDS, "ended_by": "GA-2027-009", **said}
    content["registry/committee/2027.yaml"] = {"year": 2027, "seats": [seat, *others]}
    asked = registry(content)
    assert is_ended_by_nothing(asked, asked.seats()[0])
    assert runs_on_until(asked, asked.seats()[0]) == (date.fromisoformat(until) if until else None)
    assert [is_further(asked, s) for s in asked.seats()] == [
        False,
        *((each["ground"], each["city"]) == ("GA-2027-002", SEVEN[3]) for each in others),
    ]


@pytest.mark.parametrize(
    ("said", "more", "nothing"),
    [
        ({"until": ENDS, "ended_by": "GA-2027-009"}, VOID, True),
        ({"until": ENDS, "ended_by": "GA-2027-009"}, {}, False),
        ({"until": ENDS, "ended_by": "GA-2027-008"}, VOID, False),
        ({"ended_by": "GA-2027-009"}, VOID, False),
        ({"until": ENDS, "ended_by": {"resigned": ENDS}}, VOID, False),
        ({"until": ENDS, "ended_by": "presidencies/2028"}, VOID, False),
        (
            {"until": ENDS, "ended_by": "presidencies/2028"},
            VOID | handed(2028, ENDS, approved="GA-2027-009"),
            True,
        ),
        ({"until": ENDS}, VOID | handed(2028, ENDS, approved="GA-2027-009"), False),
        (
            {**PRESIDENT, "until": ENDS},
            VOID | handed(2028, ENDS, approved="GA-2027-009"),
            True,
        ),
        (
            {**PRESIDENT, "until": "2027-05-01"},
            VOID | handed(2028, ENDS, approved="GA-2027-009"),
            False,
        ),
        ({**PRESIDENT, "until": ENDS}, VOID | handed(2028, ENDS), False),
        (
            {**PRESIDENT, "until": ENDS},
            VOID | handed(2027, FROM) | handed(2028, ENDS, approved="GA-2027-009"),
            True,
        ),
    ],
)
def test_what_was_never_taken_ends_nothing(
    said: dict[str, Any], more: Records, nothing: bool
) -> None:
    content = records(2) | more
    del content["registry/committee/2026.yaml"]
    content["registry/committee/2027.yaml"] = {"year": 2027, "seats": [{**AGAIN, **said}]}
    asked = registry(content)
    assert is_ended_by_nothing(asked, asked.seats()[0]) is nothing


@pytest.mark.parametrize(
    ("said", "more", "void"),
    [
        ({"ground": "GA-2027-009"}, VOID, True),
        ({"ground": "GA-2027-009"}, {}, False),
        ({}, VOID | handed(2027, FROM, approved="GA-2027-009"), False),
        (PRESIDENT, VOID | handed(2027, FROM, approved="GA-2027-009"), True),
        (PRESIDENT, VOID | handed(2027, "2027-01-25", approved="GA-2027-009"), True),
        (PRESIDENT, VOID | handed(2027, "2027-01-27", approved="GA-2027-009"), False),
        (PRESIDENT, VOID | handed(2027, FROM), False),
        (PRESIDENT, VOID | handed(2028, FROM, approved="GA-2027-009"), False),
        (PRESIDENT, handed(2027, FROM, approved="GA-2027-009"), False),
        (PRESIDENT, VOID | {TERM: {"year": 2027, "city": "", "approved": "GA-2027-009"}}, False),
    ],
)
def test_a_seat_rests_on_what_was_never_taken(
    said: dict[str, Any], more: Records, void: bool
) -> None:
    """On an election, or by office on a handover to a term that nobody approved."""
    content = records(2) | more
    del content["registry/committee/2026.yaml"]
    content["registry/committee/2027.yaml"] = {"year": 2027, "seats": [{**AGAIN, **said}]}
    asked = registry(content)
    assert is_void(asked, asked.seats()[0]) is void


NUNC = decided(
    "GA-2027-019", "2027-08-01", matter="annulment", annuls="GA-2027-002", effect="ex-nunc"
)
TUNC = never("GA-2027-002", "GA-2027-019")


@pytest.mark.parametrize(
    ("others", "more", "day"),
    [
        ([], TUNC, None),
        ([filled("2027-09-01")], TUNC, "2027-09-01"),
        ([filled("2027-09-01"), filled("2027-08-20")], TUNC, "2027-08-20"),
        ([filled("2027-09-01")], {}, None),
        ([filled("2027-09-01")], NUNC, None),
        ([filled("2027-09-01", seat="elected-2")], TUNC, None),
        ([filled("2027-09-01", ground="GA-2027-002")], TUNC, None),
        ([filled("2027-09-01", ground="GA-2027-009")], TUNC | VOID, None),
        ([filled(FROM)], TUNC, None),
        ([filled("2027-01-27")], TUNC, "2027-01-27"),
    ],
)
def test_a_seat_that_was_refilled_meanwhile_stays_with_who_fills_it(
    others: list[dict[str, Any]], more: Records, day: str | None
) -> None:
    content = records(2) | decided("GA-2027-002", FROM) | more
    del content["registry/committee/2026.yaml"]
    content["registry/committee/2027.yaml"] = {"year": 2027, "seats": [AGAIN, *others]}
    asked = registry(content)
    assert refilled_on(asked, asked.seats()[0]) == (date.fromisoformat(day) if day else None)
