"""Keys of principals: what may follow what, and from when they are trusted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.facts.trust import Key, Principal
from b40cli.rules.case.rule import Case
from b40cli.rules.record.signed.trust import _backdated, _keys_kept, _periods_of_keys
from tests.invented import DAY, records, registry


def key(
    name: str = "a", start: str = "2026-02-01", until: str = "", reason: str | None = None
) -> Key:
    """A key of these days."""
    ends = date.fromisoformat(until) if until else None
    return Key(name, date.fromisoformat(start), ends, reason)


def holder(*keys: Key) -> Principal:
    return Principal("secretary", "Ana", "permanent-secretary", None, keys)


KEPT = [("principals", 2, "keys", 0)]
GONE = [("principals", 2, "keys")]


@pytest.mark.parametrize(
    ("was", "now", "at"),
    [
        ([key()], [key()], []),
        ([key()], [key(), key("b")], []),
        ([key(), key("b")], [key()], GONE),
        ([key()], [], GONE),
        ([key()], [key("b")], KEPT),
        ([key()], [key(start="2026-02-02")], KEPT),
        ([key()], [key(until="2026-05-01")], []),
        ([key(until="2026-05-01")], [key(until="2026-05-01")], []),
        ([key(until="2026-05-01")], [key(until="2026-04-30")], []),
        ([key(until="2026-05-01")], [key(until="2026-05-02")], KEPT),
        ([key(until="2026-05-01")], [key()], KEPT),
        ([key(until="2026-05-01")], [key(until="2026-04-30", reason="stolen")], []),
        (
            [key(until="2026-05-01", reason="stolen")],
            [key(until="2026-05-01", reason="stolen")],
            [],
        ),
        (
            [key(until="2026-05-01", reason="stolen")],
            [key(until="2026-04-30", reason="stolen")],
            KEPT,
        ),
        ([key(until="2026-05-01", reason="stolen")], [key(until="2026-05-01")], KEPT),
    ],
)
def test_a_key_stays_on_record(was: list[Key], now: list[Key], at: list[tuple[Any, ...]]) -> None:
    """At most ended, or ended earlier than was planned; one that was revoked stays as it is."""
    found = [*_keys_kept(2, holder(*was), holder(*now))]
    assert [breach.at for breach in found] == at
    assert all(("changed" in b.message) is (b.at in KEPT) for b in found)
    ended = was[-1].until
    assert all(b.facts == {"until": str(ended) if ended else None} for b in found)


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        ([key()], []),
        ([key(until="2026-05-01", reason="stolen")], []),
        ([key(reason="stolen")], [("keys", 0, "reason")]),
        ([key(until="2026-05-01"), key(start="2026-05-01")], []),
        ([key(until="2026-05-01"), key(start="2026-04-30")], [("keys", 1, "from")]),
        ([key(), key(start="2026-05-01")], [("keys", 1, "from")]),
        ([key(), key("b", start="2026-05-01")], []),
        (
            [key(until="2026-04-01", reason="stolen"), key(start="2026-05-01")],
            [("keys", 1, "from")],
        ),
    ],
)
def test_the_periods_of_a_key(keys: list[Key], at: list[tuple[Any, ...]]) -> None:
    found = [*_periods_of_keys(2, holder(*keys))]
    assert [breach.at for breach in found] == [("principals", 2, *each) for each in at]


@pytest.mark.parametrize(
    ("had", "keys", "starts"),
    [
        (1, [key(start="2026-01-05")], []),
        (0, [key(start="2026-03-09")], [0]),
        (0, [key(start="2026-03-10")], []),
        (1, [key(start="2026-01-05"), key("b", start="2026-03-09")], [1]),
    ],
)
def test_trust_is_given_from_now_on(had: int, keys: list[Key], starts: list[int]) -> None:
    case = Case(registry(records()), registry(records()), DAY)
    before = (holder(*keys[:had]),) if had else ()
    found = [*_backdated(case, before, (holder(*keys),))]
    assert [breach.at for breach in found] == [("principals", 0, "keys", k, "from") for k in starts]
