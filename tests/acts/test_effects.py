"""What a decision that carried adds to the statutes' data: from the day after, never its own."""

from __future__ import annotations

from datetime import date

import pytest

from b40cli.acts.change.effects import effect_of
from b40cli.model.edit import Append
from b40cli.model.facts.decision import Decision
from b40cli.model.state.registry import PARAMETERS, Registry
from tests.invented import Records, records, registry

POINT = "registry/statutes/interpretations/INT-01.yaml"
AMENDMENT, READING, ANNULMENT = "GA-2027-001", "GA-2027-002", "GA-2028-001"


def decided() -> Records:
    """An amendment and a reading, adopted and in force, and what annuls the amendment."""
    content = records()
    assembly = {"body": "general-assembly", "state": "adopted", "title": "A decision"}
    content[f"registry/decisions/2027/{AMENDMENT}.yaml"] = assembly | {
        "id": AMENDMENT,
        "matter": "amendment",
        "closed": "2027-12-31",
        "amends": [{"parameter": "proxies-per-holder", "value": 2}],
    }
    content[f"registry/decisions/2027/{READING}.yaml"] = assembly | {
        "id": READING,
        "matter": "interpretation",
        "closed": "2027-12-31",
        "subject": "statutes/interpretations/INT-01",
        "adopts": "all-members",
    }
    content[f"registry/decisions/2028/{ANNULMENT}.yaml"] = assembly | {
        "id": ANNULMENT,
        "matter": "annulment",
        "closed": "2028-02-28",
        "annuls": AMENDMENT,
        "effect": "ex-nunc",
    }
    named = next(p for p in content[PARAMETERS]["parameters"] if p["name"] == "proxies-per-holder")
    named["values"].append({"from": "2028-01-01", "value": 2, "set_by": AMENDMENT})
    return content


def of(asked: Registry, name: str) -> Decision:
    """A decision on record."""
    found = asked.decision(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "day", "path", "entry"),
    [
        (
            *(AMENDMENT, date(2027, 12, 31), PARAMETERS),
            {"from": "2028-01-01", "value": 2, "set_by": AMENDMENT},
        ),
        (
            *(READING, date(2027, 12, 31), POINT),
            {"from": "2028-01-01", "reading": "all-members", "by": READING},
        ),
        (
            *(ANNULMENT, date(2028, 2, 28), PARAMETERS),
            {"from": "2028-02-29", "value": 1, "set_by": ANNULMENT},
        ),
    ],
    ids=["amendment", "reading", "annulment of an amendment"],
)
def test_law_counts_from_the_day_after(
    name: str, day: date, path: str, entry: dict[str, object]
) -> None:
    """The law of a day is one law, so the day of the vote keeps the one it began with."""
    asked = registry(decided())
    (edit,) = effect_of(asked, of(asked, name), day)
    assert isinstance(edit, Append)
    assert (edit.path, edit.value) == (path, entry)
