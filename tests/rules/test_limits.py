"""Limits and the first or last of several: the very moment, the day between, what is added late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.day import Since
from b40cli.model.facts.decision import PassedOver, decision_of, path_of
from b40cli.model.facts.group import Leader
from b40cli.model.facts.meeting import meeting_of
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.model.state.registry import RULESETS
from b40cli.rules.articles.art10_amendment import of_another_kind
from b40cli.rules.case.brought import opened_with
from b40cli.rules.case.rule_sets import as_before, set_of_number, set_of_point, set_of_reading
from b40cli.rules.facts.running_on import came_between, joining, lasts
from b40cli.rules.votes.carried import _wrong_elected
from b40cli.rules.votes.committee_count import Count, Majority, Quorum
from b40cli.rules.votes.outcome import Outcome
from tests.invented import MEETING, SEVEN, meeting


@pytest.mark.parametrize(
    ("revoked", "moment", "is_revoked"),
    [
        ("2026-03-10T10:00:00+03:00", "2026-03-10T10:00:00+03:00", True),
        ("2026-03-10T10:00:01+03:00", "2026-03-10T10:00:00+03:00", False),
        ("2026-03-10T09:59:59+03:00", "2026-03-10T10:00:00+03:00", True),
        ("2026-03-10T08:00:00+01:00", "2026-03-10T10:00:00+03:00", True),
        ("2026-03-12T10:00:00+03:00", "2026-03-10", True),
        (None, "2026-03-10T10:00:00+03:00", False),
        (None, "2026-03-10", False),
    ],
)
def test_by_which_moment_a_proxy_was_revoked(
    revoked: str | None, moment: str, is_revoked: bool
) -> None:
    """The very moment counts; where the roll call has no time, whether it was revoked at all."""
    given: dict[str, Any] = {"principal": SEVEN[0], "holder": SEVEN[1], "document": {}}
    given |= {"revoked": revoked} if revoked else {}
    record = meeting(proxies=[given])
    (proxy,) = meeting_of(f"registry/meetings/{MEETING}.yaml", record).proxies
    assert proxy.revoked_by(moment) is is_revoked


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("summit-month", 1, 12),
        ("mandate-left-months", 0, 12_000),
        ("days-for-minutes", 0, 366_000),
        ("proxies-per-holder", 0, 10**9),
        ("consecutive-terms", 0, 10**9),
    ],
)
def test_a_number_lies_within_what_a_calendar_counts(name: str, least: int, most: int) -> None:
    for value, refused in ((least - 1, True), (least, False), (most, False), (most + 1, True)):
        said = of_another_kind({"parameter": name, "value": value}, 1)
        assert (said is not None) is refused
        assert said is None or f"from {least} to {most}" in said[1]


def lead(start: str, until: str | None = None, *, exact: bool = True) -> Leader:
    """A lead of a group from a day on."""
    began = Since(date.fromisoformat(start), exact)
    return Leader(SEVEN[0], began, date.fromisoformat(until) if until else None, None, None)


FIRST, SECOND, THIRD = "2026-02-01", "2026-03-01", "2026-04-01"


@pytest.mark.parametrize(
    ("held", "start", "ends", "gives_way"),
    [
        ([], SECOND, [], None),
        ([lead(FIRST)], SECOND, [0], None),
        ([lead(FIRST)], FIRST, [0], None),
        ([lead(SECOND)], FIRST, [], SECOND),
        ([lead(FIRST, THIRD)], SECOND, [], None),
        ([lead(FIRST, THIRD), lead(THIRD)], SECOND, [], THIRD),
        ([lead(THIRD), lead(SECOND)], FIRST, [], SECOND),
        ([lead(FIRST), lead(FIRST)], SECOND, [0, 1], None),
        ([lead(THIRD, THIRD)], FIRST, [], None),
        ([lead(THIRD, THIRD, exact=False)], FIRST, [], THIRD),
    ],
)
def test_whom_one_more_ends_and_to_whom_it_gives_way(
    held: list[Leader], start: str, ends: list[int], gives_way: str | None
) -> None:
    """An older one may be entered late: it ends where the next on record begins."""
    found = joining(held, date.fromisoformat(start))
    assert found == (ends, date.fromisoformat(gives_way) if gives_way else None)


@pytest.mark.parametrize(
    ("held", "n", "between"),
    [
        ([lead(FIRST, THIRD), lead(THIRD), lead(SECOND)], 2, True),
        ([lead(FIRST, THIRD), lead(SECOND)], 1, False),
        ([lead(FIRST, THIRD), lead(THIRD), lead(FIRST)], 2, False),
        ([lead(FIRST), lead(THIRD), lead(SECOND)], 2, False),
        ([lead(FIRST, THIRD), lead(SECOND), lead(THIRD)], 1, False),
    ],
)
def test_what_came_late_between_two(held: list[Leader], n: int, between: bool) -> None:
    """Behind the one that was known to end the first, and after the first began."""
    assert came_between(held, held[0], n) is between


@pytest.mark.parametrize(
    ("each", "ran"),
    [
        (lead(FIRST), True),
        (lead(FIRST, SECOND), True),
        (lead(FIRST, FIRST), False),
        (lead(FIRST, FIRST, exact=False), True),
    ],
)
def test_what_ran_at_all(each: Leader, ran: bool) -> None:
    assert lasts(each) is ran


@pytest.mark.parametrize(
    ("point", "reading", "of_point", "of_reading"),
    [
        ("INT-01", "all-members", 1, 1),
        ("INT-01", "present-at-first-roll-call", 1, 2),
        ("INT-36", "seat-only", 1, 1),
        ("INT-37", "office-sleeps", 2, 2),
        ("INT-46", "yes", 2, 2),
        ("INT-99", "none", 1, 1),
    ],
)
def test_which_set_brought_a_point_and_a_reading(
    point: str, reading: str, of_point: int, of_reading: int
) -> None:
    """Asked anew, not as it is remembered."""
    assert set_of_point.__wrapped__(point) == of_point
    assert set_of_reading.__wrapped__(point, reading) == of_reading
    assert (as_before.__wrapped__(point) is not None) is (of_point > 1)


def test_which_set_brought_a_number() -> None:
    assert {set_of_number.__wrapped__(name) for name in ("assembly-quorum", "no-such-number")} == {
        1
    }


@pytest.mark.parametrize("number", sorted(KNOWN_SETS))
def test_a_register_that_opens_on_a_set_says_which(number: int) -> None:
    """The first needs no word of it."""
    found = opened_with({}, number, date(2026, 1, 5)).get(RULESETS)
    entry = {"number": number, "version": KNOWN_SETS[number], "from": "2026-01-05"}
    assert found == (None if number == 1 else {"rule_sets": [{**entry, "by": "opening"}]})


OVER = {"city": SEVEN[2], "rule": "leader-priority"}


@pytest.mark.parametrize(
    ("said", "said_at"),
    [
        ({}, []),
        ({"state": "invalid", "count": {}}, []),
        ({"matter": "resolution", "count": {}}, []),
        ({"count": {"elected": [SEVEN[1]], "tied": [SEVEN[1]]}}, [("count", "elected")]),
        ({"count": {"tied": [SEVEN[1]]}}, [("count",)]),
        ({"count": {"elected": [SEVEN[0]], "tied": [SEVEN[0]]}}, [("count", "tied")]),
        ({"count": {"elected": [SEVEN[0]]}}, [("count",)]),
        ({"passed_over": []}, [("state",)]),
        ({"passed_over": [{**OVER, "city": SEVEN[3]}]}, [("passed_over",)]),
        ({"passed_over": [{**OVER, "rule": "no-member"}]}, [("passed_over",)]),
        ({"count": {}, "passed_over": []}, [("count",), ("count",), ("state",)]),
    ],
)
def test_who_is_elected_equal_and_passed_over_stands_in_the_record(
    said: dict[str, Any], said_at: list[tuple[str, ...]]
) -> None:
    """Told at what says otherwise, else at what should say it."""
    data: dict[str, Any] = {"id": "GA-2026-009", "body": "general-assembly"}
    data |= {"matter": "committee-election", "title": "t", "state": "adopted"}
    data |= {"count": {"elected": [SEVEN[0]], "tied": [SEVEN[1]]}, "passed_over": [OVER], **said}
    count = Count(Quorum(1, 1, 1), Majority("plurality", 1, 1, 1, None))
    over = (PassedOver(**OVER),)
    right = Outcome(count, {}, "adopted", (SEVEN[0],), passed_over=over, tied=(SEVEN[1],))
    found = [*_wrong_elected(decision_of(path_of("GA-2026-009"), data), right)]
    assert [breach.at for breach in found] == said_at
    names = {"elected": "elected", "tied": "equal", "passed_over": "passed over"}
    assert all(
        breach.at[-1] not in names or f"The {names[str(breach.at[-1])]} of" in breach.message
        for breach in found
    )


KINDS = {
    "a number": (2, "a whole number, such as 2"),
    "a share": ("2/3", "a share above 0 and of at most 1, such as 2/3"),
    "a word": ("local", "a word, such as local"),
    "a list": (["AL", "BA"], "a list, such as AL,BA,BG (of one: AL,)"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_is_amended_by_one_of_its_kind(kind: str) -> None:
    """Of every kind, by every other, and by what is none; the remedy shows one of its own."""
    current, like = KINDS[kind]
    others = {**{other: value for other, (value, _like) in KINDS.items()}, "neither": "66%"}
    for other, value in others.items():
        said = of_another_kind({"parameter": "n", "value": value}, current)
        word = "neither a number nor a share" if other == "neither" else other
        told = (f"n {value}, {word}; it is {kind}.", f"Name {like}.")
        assert said == (None if other == kind else told)
