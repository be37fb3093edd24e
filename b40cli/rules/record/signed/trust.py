"""Who may sign as what: the principals' record is in order, and nothing in it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from b40cli.model.state.registry import PRINCIPALS
from b40cli.rules.case.rule import Breach, Case, Rule

if TYPE_CHECKING:
    from b40cli.model.facts.trust import Key, Principal


def principals_in_order(case: Case, path: str) -> Iterator[Breach]:
    """Each id and each handle once, a key with one principal, its periods apart."""
    if path != PRINCIPALS:
        return
    principals = case.after.principals()
    for n, principal in enumerate(principals):
        earlier = principals[:n]
        for name in ("id", "handle"):
            given = getattr(principal, name)
            if given is not None and given in {getattr(other, name) for other in earlier}:
                yield Breach(
                    f"Two principals have the {name} {given}.",
                    f"Give each principal a {name} of its own.",
                    ("principals", n, name),
                    facts={name: given},
                )
        yield from _held_by_another(earlier, n, principal)
        yield from _periods_of_keys(n, principal)


def _held_by_another(
    earlier: tuple[Principal, ...], n: int, principal: Principal
) -> Iterator[Breach]:
    for k, key in enumerate(principal.keys):
        other = next((p for p in earlier if p.holding(key.key)), None)
        if other is not None:
            yield Breach(
                f"{principal.id} and {other.id} hold one key: nobody could tell who signed.",
                "Every principal signs with a key of its own.",
                ("principals", n, "keys", k, "key"),
                facts={"principals": [other.id, principal.id]},
            )


def _periods_of_keys(n: int, principal: Principal) -> Iterator[Breach]:
    for k, key in enumerate(principal.keys):
        at = ("principals", n, "keys", k)
        if key.reason is not None and key.until is None:
            yield Breach(
                f"A key of {principal.id} has a reason for its end, and no end.",
                "Say from which day it may no longer sign: until.",
                (*at, "reason"),
            )
    for (_i, first), (k, second) in combinations(enumerate(principal.keys), 2):
        if first.key == second.key and _may_not_follow(first, second):
            yield Breach(
                f"{principal.id} is given a key again from {second.start} that {_end(first)}.",
                "Make a new key; one that was revoked is never trusted again.",
                ("principals", n, "keys", k, "from"),
                facts={"from": str(second.start), "until": str(first.until)},
            )


def _may_not_follow(first: Key, second: Key) -> bool:
    ended = first.until is not None and first.until <= second.start
    return not ended or first.reason is not None


def _end(key: Key) -> str:
    if key.reason is not None:
        return f"was revoked on {key.until} ({key.reason})"
    return f"is in force until {key.until}" if key.until else "is in force"


def principals_kept(case: Case, path: str) -> Iterator[Breach]:
    """A principal and a key stay on record; a key is ended, and begins on the day or later."""
    if path != PRINCIPALS or case.before is None:
        return
    before, after = case.before.principals(), case.after.principals()
    yield from _kept(before, after)
    yield from _backdated(case, before, after)


def continues(before: tuple[Principal, ...], after: tuple[Principal, ...]) -> bool:
    """Whether one state of trust/ may have come of another: nothing in it was taken back."""
    return not any(_kept(before, after))


def _kept(before: tuple[Principal, ...], after: tuple[Principal, ...]) -> Iterator[Breach]:
    for n, was in enumerate(before):
        now = after[n] if n < len(after) else None
        if now is None or (now.id, now.name, now.office) != (was.id, was.name, was.office):
            yield Breach(
                f"{was.id} is {'changed' if now else 'taken away'}.",
                "Principals stay as they were recorded; another person or office is another one.",
                ("principals", n) if now else (),
                facts={"was": was.id, "is": now.id if now else None},
            )
        else:
            yield from _keys_kept(n, was, now)


def _keys_kept(n: int, was: Principal, now: Principal) -> Iterator[Breach]:
    for k, key in enumerate(was.keys):
        kept = now.keys[k] if k < len(now.keys) else None
        if kept is None or not _continues(key, kept):
            yield Breach(
                f"Key {k + 1} of {was.id} is {'changed' if kept else 'taken away'}.",
                "A key stays on record; it may only be ended, or ended earlier: b40 trust revoke.",
                ("principals", n, "keys", k) if kept else ("principals", n, "keys"),
                facts={"until": str(key.until) if key.until else None},
            )


def _continues(was: Key, now: Key) -> bool:
    """The same key from the same day, at most ended, or ended earlier than was planned."""
    if (was.key, was.start) != (now.key, now.start):
        return False
    if was.reason is not None and (was.until, was.reason) != (now.until, now.reason):
        return False
    return was.until is None or (now.until is not None and now.until <= was.until)


def _backdated(
    case: Case, before: tuple[Principal, ...], after: tuple[Principal, ...]
) -> Iterator[Breach]:
    """Trust is given from now on: a key that begins earlier would cover what is signed already."""
    had = {principal.id: len(principal.keys) for principal in before}
    for n, principal in enumerate(after):
        for k in range(had.get(principal.id, 0), len(principal.keys)):
            start = principal.keys[k].start
            if start < case.on:
                yield Breach(
                    f"A key of {principal.id} begins on {start}, before the day it is recorded.",
                    f"Let it begin on {case.on} or later.",
                    ("principals", n, "keys", k, "from"),
                    facts={"from": str(start), "recorded": str(case.on)},
                )


RULES = (
    Rule(
        name="principals-in-order",
        norm="A key belongs to one principal, in periods that do not overlap.",
        about=("trust",),
        question=principals_in_order,
        fails="The President's key entered a second time, for the secretariat.",
        cure="Give each principal a key of its own: b40 trust add.",
    ),
    Rule(
        name="principals-kept",
        norm="Principals and keys stay on record; a key is ended, and none begins in the past.",
        about=("trust",),
        question=principals_kept,
        fails="A lost key taken out of trust/principals.yaml.",
        cure="Restore it and end it: b40 trust revoke.",
    ),
)
