"""What is said of an election beside its count: free seats, slates, who is suspended."""

from __future__ import annotations

from typing import Any

import pytest

from b40cli.model.facts.decision import Decision, decision_of, path_of
from b40cli.rules.articles.committee.art13_election import (
    _no_slate,
    _nothing_free,
    _otherwise_free,
    _suspended,
)
from b40cli.rules.articles.committee.art13_offices import _extends_a_seat
from b40cli.rules.case.rule import Case
from b40cli.rules.votes.contest import Race
from tests.invented import DAY, OTHERS, SEVEN, records, registry

X, Y = OTHERS[:2]


def put(**more: Any) -> Decision:
    """An election that is put to the Assembly."""
    data = {"id": "GA-2026-009", "body": "general-assembly", "matter": "committee-election"}
    said = {"title": "t", "state": "open", "term": 2026, **more}
    return decision_of(path_of("GA-2026-009"), {**data, **said})


def race(free: int) -> Race:
    return Race(2026, free, True, (), {}, {}, {})


@pytest.mark.parametrize(
    ("free", "said", "at", "kind"),
    [
        (1, {}, None, None),
        (0, {}, ("matter",), None),
        (0, {"seats": {"free": 1, "of": 2026}}, ("seats",), None),
        (0, {"state": "proposed"}, ("matter",), "note"),
        (0, {"state": "adopted"}, ("matter",), None),
    ],
)
def test_an_election_with_nothing_to_fill(
    free: int, said: dict[str, Any], at: tuple[str, ...] | None, kind: str | None
) -> None:
    """Told of what is proposed, refused where the vote is opened."""
    found = [*_nothing_free(put(**said), race(free))]
    assert [(b.at, b.kind, b.facts) for b in found] == (
        [(at, kind, {"free": 0, "of": 2026})] if at else []
    )


@pytest.mark.parametrize(
    ("seats", "at"),
    [
        ({"free": 2, "of": 2026}, None),
        ({"free": 1, "of": 2026}, ("seats",)),
        ({"free": 2, "of": 2027}, ("seats",)),
        (None, ("matter",)),
    ],
)
def test_an_election_says_how_many_seats_it_fills(
    seats: dict[str, int] | None, at: tuple[str, ...] | None
) -> None:
    said = {"seats": seats} if seats else {}
    found = [*_otherwise_free(put(**said), race(2))]
    facts = {"recorded": seats, "computed": {"free": 2, "of": 2026}}
    assert [(b.at, b.facts, b.unwritten) for b in found] == ([(at, facts, True)] if at else [])
    assert all(f"recorded is {seats['free'] if seats else 'nothing'}." in b.message for b in found)


@pytest.mark.parametrize(
    ("named", "free", "told"),
    [(1, 1, False), (2, 1, True), (0, 1, True), (2, 2, False), (4, 4, False), (3, 2, True)],
)
@pytest.mark.parametrize("secret", [False, True])
def test_a_slate_names_at_most_as_many_as_are_free(
    named: int, free: int, told: bool, secret: bool
) -> None:
    cities = [*OTHERS][:named]
    votes = {"secret": True, "tally": {"for": 3}} if secret else {"ballots": {"for": list(SEVEN)}}
    found = [*_no_slate(put(candidates=cities, **votes), race(free))]
    at = ("tally",) if secret else ("ballots",)
    assert [(b.at, b.facts) for b in found] == [(at, {"candidates": cities, "free": free})] * told
    chosen = put(candidates=cities, choices={X: list(SEVEN)})
    assert not [*_no_slate(chosen, race(free))]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"candidates": [X, Y], "choices": {X: [SEVEN[0]], Y: [SEVEN[1]]}}, [("matter",)]),
        ({"candidates": [Y], "choices": {Y: [SEVEN[1]]}}, []),
        ({"state": "adopted", "count": {"elected": [X]}}, [("count", "elected")]),
        ({"state": "adopted", "count": {"elected": [Y]}}, []),
        ({"state": "adopted", "count": {"elected": []}, "choices": {X: [SEVEN[0]]}}, []),
    ],
)
def test_a_suspended_city_that_stands_or_is_elected(
    said: dict[str, Any], told: list[tuple[str, ...]]
) -> None:
    """It may be elected; that it is suspended is told."""
    content = records(2)
    content[f"registry/members/{X}.yaml"]["suspensions"] = [{"from": "2026-02-01", "by": "EC-1"}]
    found = [*_suspended(registry(content), put(**said), DAY)]
    assert [b.at for b in found] == told
    assert all((b.kind, b.facts, b.refs) == ("note", {"city": X}, (f"members/{X}",)) for b in found)


@pytest.mark.parametrize(
    ("city", "until", "at"),
    [
        (SEVEN[3], "2027-06-01", None),
        (SEVEN[3], "2026-03-11", None),
        (SEVEN[3], "2026-03-10", ("until",)),
        (SEVEN[3], None, None),
        (SEVEN[0], "2027-06-01", ("subject",)),
        (X, "2026-03-10", ("subject",)),
    ],
)
def test_a_seat_that_is_to_be_extended(
    city: str, until: str | None, at: tuple[str, ...] | None
) -> None:
    """One of the four, to a day that is still to come."""
    said = {"id": "GA-2026-009", "body": "general-assembly", "matter": "resolution", "title": "t"}
    said |= {"state": "adopted", "closed": str(DAY), "effect": "seat-extended"}
    more = {"subject": f"members/{city}", **({"until": until} if until else {})}
    decision = decision_of(path_of("GA-2026-009"), {**said, **more})
    found = [*_extends_a_seat(Case(None, registry(records(2)), DAY), decision)]
    assert [b.at for b in found] == ([at] if at else [])
    assert all(b.refs == ((decision.subject,) if at == ("subject",) else ()) for b in found)
