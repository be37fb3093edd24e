"""A duty that is only due: nothing of it lies in the past, and none of what it says does."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from b40cli.model.facts.duty import Duty
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Rule
from b40cli.rules.duties.duties import duties_of
from b40cli.rules.table import RULES
from tests.caselaw import changed, files, precedent
from tests.invented import records, registry

# What is past for certain: the record that a duty follows from.
FOLLOWS = re.compile(r"\b(was admitted|was adopted|was rejected|has resigned|has (not )?met)\b")
PAST = re.compile(r"\b(was|were|had|lasted|met|opened|took)\b")
RULE = re.compile(r"^rule: (\S+)$", re.MULTILINE)
OWING = {rule.name: rule for rule in RULES if rule.arising}


def due(state: Registry, on: date, *rules: Rule) -> list[Duty]:
    """What is due on a day, of the years about it."""
    found = duties_of(state, (on.year - 1, on.year, on.year + 1), on, rules)
    return [duty for duty in found if duty.state == "due"]


def of_a_duty(file: Path) -> bool:
    """Whether a case is on a duty; most are not, and need not be laid out for this."""
    return bool(OWING.keys() & RULE.findall(file.read_text()))


def in_the_past(duty: Duty) -> bool:
    return bool(PAST.search(FOLLOWS.sub("", duty.says))) or "None" in duty.says


def test_what_is_due_does_not_speak_of_the_past() -> None:
    """Of every case on a duty, on the days before, on and after its meetings."""
    told, wrong = set[str](), set[str]()
    for case in map(precedent, filter(of_a_duty, files())):
        state = registry(case.after)
        days = {
            case.on,
            case.on - timedelta(15),
            *(m.day + timedelta(n) for m in state.meetings() for n in (-9, 0)),
        }
        for on in (day for day in days if day.year > 2025):
            found = due(state, on, OWING[case.rule])
            told |= {duty.rule for duty in found}
            wrong |= {duty.says for duty in found if in_the_past(duty)}
    assert not sorted(wrong)
    # But for what is judged at the vote itself, nothing escapes the question.
    assert OWING.keys() - told <= {"capital-priority", "leader-priority", "publication-approved"}


SUMMIT: dict[str, Any] = {
    "id": "2027-01-25-summit",
    "kind": "summit",
    "opens": "2027-01-25",
    "ends": "2027-01-26",
}


def test_what_is_convened_is_not_told_as_missing() -> None:
    """It was told as not on record, and one in January as not in January."""
    within = {"summit": SUMMIT["id"], "opens": "2027-01-25T10:00:00+03:00"}
    content = records()
    given = {f"meetings/{SUMMIT['id']}": SUMMIT}
    for kind in ("ga", "ec"):
        name = f"2027-01-25-{kind}"
        given[f"meetings/{name}"] = {"id": name, "kind": kind, **within}
    changed(content, given)
    told = {duty.rule: duty for duty in due(registry(content), date(2026, 12, 1), *RULES)}
    for rule, meeting in (
        ("summit-once-a-year", "2027-01-25-summit"),
        ("summit-in-january", "2027-01-25-summit"),
        ("assembly-once-a-year", "2027-01-25-ga"),
    ):
        assert told[rule].says == f"{meeting} is convened for 2027-01-25."
        assert told[rule].remedy == "Hold it, and record it."
    assert told["committee-at-summit"].says == "2027-01-25-ec is convened within 2027-01-25-summit."
