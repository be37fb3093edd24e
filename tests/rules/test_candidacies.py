"""Which determination of the candidates is the first of its term, and which one governs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.facts.decision import decision_of, path_of
from b40cli.rules.articles.presidency.art11_candidacy import _determined_again, determined
from b40cli.rules.articles.presidency.order import in_priority
from tests.invented import Records, records, registry

DAYS = ("2026-12-14", "2026-12-15", "2026-12-16")


def put(name: str, closed: str | None, **more: Any) -> Records:
    """A determination of the candidates for 2028."""
    data = {"id": name, "body": "executive-committee", "matter": "candidates", "term": 2028}
    said = {"title": "t", "state": "adopted", "closed": closed, "candidates": ["mk-planinsko"]}
    return {path_of(name): {**data, **said, **more}}


def annulled(name: str) -> Records:
    data = {"matter": "annulment", "annuls": name, "effect": "ex-nunc", "term": None}
    return put("EC-2026-009", "2026-12-15", **data)


SECOND = put("EC-2026-002", DAYS[1])
APPROVAL = {"id": "GA-2027-001", "body": "general-assembly", "matter": "presidency", "term": 2028}
APPROVAL |= {"title": "t", "state": "adopted", "closed": "2027-01-26"}


@pytest.mark.parametrize(
    ("more", "again"),
    [
        ({}, False),
        (put("EC-2026-001", DAYS[0]), True),
        (put("EC-2026-001", DAYS[1]), True),
        (put("EC-2026-003", DAYS[1]), False),
        (put("EC-2026-001", DAYS[2]), False),
        (put("EC-2026-001", DAYS[0], term=2029), False),
        (put("EC-2026-001", DAYS[0], state="rejected"), False),
        (put("EC-2026-001", None, state="open"), False),
        (put("EC-2026-001", DAYS[0]) | annulled("EC-2026-001"), False),
    ],
)
def test_whether_candidates_were_determined_before(more: Records, again: bool) -> None:
    """Of one day by their ids; what was rejected or annulled by then was none."""
    asked = registry(records(2) | SECOND | more)
    decision = asked.decision("EC-2026-002")
    assert decision is not None
    assert _determined_again(asked, decision) is again


@pytest.mark.parametrize(
    ("more", "change", "again"),
    [
        ({}, {}, False),
        (put("EC-2026-001", DAYS[0]), {}, True),
        (put("EC-2026-001", DAYS[0]), {"term": None}, False),
        (put("EC-2026-001", DAYS[0]), {"closed": None, "state": "open"}, False),
        (put("EC-2026-001", DAYS[0]), {"term": 2029}, False),
    ],
)
def test_whether_an_approval_rests_on_a_later_determination(
    more: Records, change: dict[str, Any], again: bool
) -> None:
    """On the last one by its day."""
    asked = registry(records(2) | SECOND | more)
    decision = decision_of(path_of("GA-2027-001"), {**APPROVAL, **change})
    assert _determined_again(asked, decision) is again


@pytest.mark.parametrize(
    ("more", "day", "by"),
    [
        ({}, DAYS[0], None),
        ({}, DAYS[1], "EC-2026-002"),
        (put("EC-2026-003", DAYS[2]), DAYS[1], "EC-2026-002"),
        (put("EC-2026-003", DAYS[2]), DAYS[2], "EC-2026-003"),
        (put("EC-2026-003", DAYS[1]), DAYS[1], "EC-2026-003"),
        (put("EC-2026-001", DAYS[2]), DAYS[2], "EC-2026-001"),
        (put("EC-2026-003", DAYS[2], state="rejected"), DAYS[2], "EC-2026-002"),
        (put("EC-2026-003", DAYS[2], term=2029), DAYS[2], "EC-2026-002"),
        (annulled("EC-2026-002"), DAYS[2], None),
    ],
)
def test_the_last_determination_governs(more: Records, day: str, by: str | None) -> None:
    found = determined(registry(records(2) | SECOND | more), 2028, date.fromisoformat(day))
    assert (found.id if found else None) == by


@pytest.mark.parametrize(
    ("candidates", "first", "kept"),
    [
        ((), (), True),
        (("x",), (), True),
        (("a",), ("a", "b"), True),
        (("a", "b", "x"), ("a", "b"), True),
        (("a", "x", "b"), ("a", "b"), False),
        (("b", "a"), ("a", "b"), False),
        (("b",), ("a", "b"), False),
        (("x", "a"), ("a", "b"), False),
        ((), ("a",), False),
    ],
)
def test_capitals_come_first_in_their_order(
    candidates: tuple[str, ...], first: tuple[str, ...], kept: bool
) -> None:
    """The first of them among the candidates, and the others that are right behind it."""
    assert in_priority(candidates, first) is kept
