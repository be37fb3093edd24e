"""The law of a day: what was in force, and what nobody may assume was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from b40cli.model.facts.statutes import NotInForce
from b40cli.model.share import Share
from b40cli.model.state.registry import ARTICLES, PARAMETERS
from b40cli.rules.case.law import edition_on, law_on, law_or_none
from b40cli.rules.case.rule import Case
from b40cli.rules.record.great_change import _is_lower
from tests.invented import DAY, Records, records, registry

FIRST = date(2024, 1, 31)
CHANGE = date(2026, 7, 1)
POINT = "registry/statutes/interpretations/INT-05.yaml"


def parameter(content: Records, name: str) -> dict[str, Any]:
    """A parameter's record, to be changed."""
    listed = content[PARAMETERS]["parameters"]
    return next(record for record in listed if record["name"] == name)


def softened() -> Records:
    """Records in which the quorum of the committee falls from half to a seventh."""
    content = records()
    parameter(content, "committee-quorum")["values"] = [
        {"from": {"by": "2024-01-31"}, "until": "2026-07-01", "value": "1/2", "set_by": "x"},
        {"from": "2026-07-01", "value": "1/7", "set_by": "GA-2026-001"},
    ]
    return content


def test_law_of_a_day() -> None:
    """Parameters, readings and the other readings, of the day."""
    law = law_on(registry(records()), DAY)
    assert law.edition.id == "2024-01"
    assert law.share("committee-quorum") == Share(1, 2)
    assert law.number("committee-proxies-per-holder") == 1
    assert law.names("region")[0] == "AL"
    assert law.reading("INT-05") == "more-for-than-against"
    assert law.others["INT-05"] == ("more-for-than-against", "half-of-participants-exceeded")


def test_before_the_encoded_edition() -> None:
    """A day under an edition that is not encoded has no law here, and no default stands in."""
    asked = registry(records())
    assert law_on(asked, FIRST).day == FIRST
    earlier = FIRST - timedelta(days=1)
    assert law_or_none(asked, earlier) is None
    with pytest.raises(NotInForce) as caught:
        law_on(asked, earlier)
    assert caught.value.day == earlier


def test_before_every_edition() -> None:
    """Before the first edition there is none at all."""
    asked = registry(records())
    assert edition_on(asked, date(1999, 1, 1)) is None
    with pytest.raises(NotInForce):
        law_on(asked, date(1999, 1, 1))


def test_later_edition_not_encoded() -> None:
    """An edition that comes later and is not encoded ends the law, it does not fall back."""
    content = records()
    content[ARTICLES]["editions"].append({"id": "2026-07", "from": "2026-07-01", "encoded": False})
    asked = registry(content)
    assert law_or_none(asked, CHANGE - timedelta(days=1)) is not None
    assert law_or_none(asked, CHANGE) is None


def test_parameter_changes_on_its_day() -> None:
    """The old value through the eve, the new one from the day."""
    asked = registry(softened())
    assert law_on(asked, CHANGE - timedelta(days=1)).share("committee-quorum") == Share(1, 2)
    assert law_on(asked, CHANGE).share("committee-quorum") == Share(1, 7)


def test_parameter_outside_its_dates() -> None:
    """A value that has ended, or not begun, is not in force; the rest of the law stands."""
    content = softened()
    parameter(content, "committee-quorum")["values"].pop()
    asked = registry(content)
    assert law_on(asked, CHANGE - timedelta(days=1)).share("committee-quorum") == Share(1, 2)
    law = law_on(asked, CHANGE)
    with pytest.raises(NotInForce) as caught:
        law.share("committee-quorum")
    assert caught.value.day == CHANGE
    assert law.number("committee-proxies-per-holder") == 1
    with pytest.raises(NotInForce):
        law.number("no-such-parameter")


def test_a_value_that_ends_on_its_first_day_is_never_the_next() -> None:
    """What comes later is told without it, and does not break on it."""
    content = softened()
    values = parameter(content, "committee-quorum")["values"]
    values[1]["until"] = "2026-07-01"
    eve = CHANGE - timedelta(days=1)
    assert registry(content).parameters()["committee-quorum"].after(eve) is None
    values.append({"from": "2026-07-05", "value": "1/3", "set_by": "GA-2026-002"})
    later = registry(content).parameters()["committee-quorum"].after(eve)
    assert later is not None and later.value == "1/3"


def test_parameter_gap() -> None:
    """Between two values there is neither the one nor the other."""
    content = softened()
    parameter(content, "committee-quorum")["values"][1]["from"] = "2026-07-03"
    asked = registry(content)
    for day in (CHANGE, CHANGE + timedelta(days=1)):
        with pytest.raises(NotInForce):
            law_on(asked, day).share("committee-quorum")
    assert law_on(asked, CHANGE + timedelta(days=2)).share("committee-quorum") == Share(1, 7)


def test_reading_changes_on_its_day() -> None:
    """A reading holds from its adoption; before the first there is none."""
    content = records()
    content[POINT]["adopted"] = [
        {"from": "2026-02-01", "reading": "more-for-than-against", "by": "provisional"},
        {"from": "2026-07-01", "reading": "half-of-participants-exceeded", "by": "GA-2026-001"},
    ]
    asked = registry(content)
    assert law_on(asked, CHANGE - timedelta(days=1)).reading("INT-05") == "more-for-than-against"
    assert law_on(asked, CHANGE).reading("INT-05") == "half-of-participants-exceeded"
    with pytest.raises(NotInForce):
        law_on(asked, date(2026, 1, 31)).reading("INT-05")


def test_days_asked_in_any_order() -> None:
    """What is remembered of one stretch of days never answers for another."""
    days = [CHANGE - timedelta(days=1), CHANGE, FIRST, CHANGE + timedelta(days=400)]
    expected = {day: Share(1, 7) if day >= CHANGE else Share(1, 2) for day in days}
    for order in (days, days[::-1]):
        asked = registry(softened())
        assert {day: law_on(asked, day).share("committee-quorum") for day in order} == expected


def test_varied() -> None:
    """One reading exchanged, the law itself untouched."""
    law = law_on(registry(records()), DAY)
    other = law.varied("INT-05", "half-of-participants-exceeded")
    assert other.reading("INT-05") == "half-of-participants-exceeded"
    assert law.reading("INT-05") == "more-for-than-against"
    assert {k: v for k, v in other.readings.items() if k != "INT-05"} == {
        k: v for k, v in law.readings.items() if k != "INT-05"
    }


def test_change_never_judges_itself() -> None:
    """A change that softens a threshold is judged by the threshold it softens."""
    after = softened()
    parameter(after, "committee-quorum")["values"] = [
        {"from": {"by": "2024-01-31"}, "value": "1/7", "set_by": "GA-2026-001"}
    ]
    case = Case(registry(records()), registry(after), DAY)
    assert case.law(DAY).share("committee-quorum") == Share(1, 2)


def test_change_of_a_reading_never_judges_itself() -> None:
    """Nor is it judged by the reading it adopts."""
    after = records()
    after[POINT]["adopted"] = [
        {"from": "2024-01-31", "reading": "half-of-participants-exceeded", "by": "GA-2026-001"}
    ]
    case = Case(registry(records()), registry(after), DAY)
    assert case.law(DAY).reading("INT-05") == "more-for-than-against"


def test_first_state_judges_itself() -> None:
    """Where there was no network before, its own law is all there is."""
    after = registry(softened())
    assert Case(None, after, CHANGE).law(CHANGE).share("committee-quorum") == Share(1, 7)
    assert Case(registry({}), after, CHANGE).law(CHANGE).share("committee-quorum") == Share(1, 7)


@pytest.mark.parametrize(
    ("name", "was", "now", "lower"),
    [
        ("quorum", "2/3", "1/2", True),
        ("quorum", "1/2", "2/3", False),
        ("quorum", "2/4", "1/2", False),
        ("removal-majority", "absolute", "simple", True),
        ("removal-majority", "absolute", "unanimity", False),
        ("observer-population", 100000, 99999, True),
        ("observer-population", 9, 10, False),
        ("days-of-notice", 30, 14, False),
        # Written by hand with another kind of value: that is refused by its own rule.
        ("quorum", "2/3", 1, False),
        ("quorum", ["2/3"], "1/2", False),
    ],
)
def test_which_threshold_is_lowered(name: str, was: object, now: object, lower: bool) -> None:
    assert _is_lower(name, was, now) is lower
