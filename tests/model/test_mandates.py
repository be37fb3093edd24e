"""Mandates: an entry that says again what an open one said is one mandate with it; names by day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.facts.member import Member, member_of
from b40cli.model.facts.network import network_of
from tests.invented import SEVEN, member, records

BY = {"by": "2026-02-01"}
FIRST = {"name": "Ana Primer", "capacity": "mayor", "from": "2025-01-01"}


def city(*mayors: dict[str, Any], **more: Any) -> Member:
    """A city with these mayors."""
    data = {**member(SEVEN[0]), "mayors": list(mayors), **more}
    return member_of(f"registry/members/{SEVEN[0]}.yaml", data)


@pytest.mark.parametrize(
    ("first", "again", "one"),
    [
        ({}, {}, True),
        ({"until": BY}, {}, True),
        ({"until": "2026-02-01"}, {}, False),
        ({"until": {"by": "2026-01-31"}}, {}, False),
        ({"ended": "resigned", "until": BY}, {}, False),
        ({}, {"from": "2026-02-01"}, False),
        ({}, {"capacity": "acting-mayor"}, False),
        ({}, {"name": "Iva Obrazets"}, False),
        ({"person": "ana"}, {"person": "ana", "name": "Iva Obrazets"}, True),
        ({"person": "ana"}, {"person": "iva"}, False),
        ({"person": "ana"}, {}, True),
        ({"from": "2026-02-01"}, {}, False),
        ({"from": "2026-03-01"}, {}, False),
    ],
)
def test_an_entry_that_is_seen_again(
    first: dict[str, Any], again: dict[str, Any], one: bool
) -> None:
    found = city({**FIRST, **first}, {**FIRST, "from": BY, **again})
    earlier, later = found.mayors
    assert found.seen_before(later) == (earlier if one else None)
    assert found.seen_before(earlier) is None
    assert found.began(later) == (earlier if one else later).start
    assert found.last_seen(earlier) == (later if one else earlier)
    assert found.last_seen(later) == later


def test_what_is_seen_thrice_began_with_the_first_and_follows_the_last_before() -> None:
    found = city(FIRST, {**FIRST, "from": BY}, {**FIRST, "from": {"by": "2026-03-01"}})
    first, second, third = found.mayors
    assert [found.seen_before(m) for m in found.mayors] == [None, first, second]
    assert (found.began(third), found.last_seen(first)) == (first.start, third)
    turned = city(FIRST, {**FIRST, "name": "Iva", "from": "2025-06-01"}, {**FIRST, "from": BY})
    assert turned.seen_before(turned.mayors[2]) is None


@pytest.mark.parametrize(
    ("capacity", "other", "since", "until", "end"),
    [
        ("mayor", "mayor", "2026-02-01", None, "2026-02-01"),
        ("mayor", "mayor", "2026-02-01", "2026-01-15", "2026-01-15"),
        ("mayor", "mayor", "2026-02-01", "2026-02-15", "2026-02-01"),
        ("mayor", "mayor", "2025-01-01", None, None),
        ("mayor", "acting-mayor", "2026-02-01", None, None),
        ("acting-mayor", "mayor", "2026-02-01", None, "2026-02-01"),
        ("acting-mayor", "acting-mayor", "2026-02-01", None, "2026-02-01"),
        ("acting-mayor", "mayor", "2026-02-01", "2026-02-15", "2026-02-15"),
    ],
)
def test_when_a_mandate_ends(
    capacity: str, other: str, since: str, until: str | None, end: str | None
) -> None:
    """As recorded, or where the next mayor begins; who acts ends with the next of any kind."""
    ended = {"until": until} if until else {}
    next_one = {**FIRST, "name": "Iva", "capacity": other, "from": since}
    found = city({**FIRST, "capacity": capacity, **ended}, next_one)
    assert found.end_of(found.mayors[0]) == (date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2024-12-31", "Oldest"),
        ("2025-01-01", "Older"),
        ("2026-01-31", "Older"),
        ("2026-02-01", "Kamenik"),
    ],
)
def test_what_a_city_was_called_on_a_day(day: str, name: str) -> None:
    former = [{"name": "Older", "until": "2026-02-01"}, {"name": "Oldest", "until": "2025-01-01"}]
    assert city(former_names=former).name_on(date.fromisoformat(day)) == name


@pytest.mark.parametrize(
    ("day", "members"), [("2025-01-31", None), ("2025-02-01", 70), ("2026-02-01", 76)]
)
def test_the_members_that_a_source_counts_by_a_day(day: str, members: int | None) -> None:
    data = records()["registry/network.yaml"]
    counts = (("2025-02-01", 70), ("2026-02-01", 76))
    data["reported"] = [{"on": on, "members": n, "source": "founding-list"} for on, n in counts]
    found = network_of(data)
    assert found.reported_on(date.fromisoformat(day)) == members
