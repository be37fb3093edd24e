"""Records stay, and the lists in them only grow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.model.ref import ROOT
from b40cli.rules.case.rule import RECORD, Breach, Case, Rule

# Lists whose entries stay as they are once they are recorded; a period may still be ended.
GROWING = (
    "suspensions",
    "former_applications",
    "former_withdrawals",
    "former_removals",
    "mayors",
    "moved",
    "roll_calls",
    "proxies",
    "appointments",
    "leaders",
    "experts",
    "programmes",
    "invitations",
    "declined",
    "acknowledged",
    "seats",
    "editions",
    "adopted",
    "rule_sets",
    "reported",
    "dispatches",
    "stand_ins",
    "succeeds",
    "former_names",
)
# What a later act may add to an entry of such a list.
ENDINGS = frozenset(
    {
        *("until", "lifted_by", "ended_by", "revoked", "received", "sent", "note"),
        *("consulted", "approved", "person", "ended", "source", "extended", "document"),
    }
)


# What of a seat whose city nobody knew is told anew once somebody knows.
FOUND_OUT = frozenset({"city", "source", "note"})


def history_is_append_only(case: Case, path: str) -> Iterator[Breach]:
    """Records stay, and the lists in them only grow."""
    before = case.before.recorded(path) if case.before else None
    after = case.after.recorded(path)
    if before is None:
        return
    if after is None:
        yield Breach(
            f"{path.removeprefix(ROOT)} is taken away.",
            "Records stay; an act that ends something says so in the record.",
        )
        return
    for key in GROWING:
        if key in before and before[key] != after.get(key):
            yield from _only_grows(key, before[key], after.get(key))


def _only_grows(key: str, before: Any, after: Any) -> Iterator[Breach]:
    if not isinstance(before, list):
        return
    after = after if isinstance(after, list) else []
    for n, entry in enumerate(before):
        now = after[n] if n < len(after) else None
        if entry != now and not _continues(entry, now):
            yield Breach(
                f"Entry {n + 1} of {key} is {'changed' if now is not None else 'gone'}.",
                "Entries stay as they were recorded; a new one is added behind them.",
                (key, n) if now is not None else (),
                facts={"was": entry, "is": now},
            )


def _continues(entry: Any, now: Any) -> bool:
    """Whether an entry that is another is as it was, but for an ending it did not have yet."""
    if not isinstance(entry, Mapping) or not isinstance(now, Mapping):
        return False
    unknown = entry.get("city") == "unknown"
    kept = all(
        _kept(value, now.get(key), key)
        for key, value in entry.items()
        if not (unknown and key in FOUND_OUT)
    )
    added = now.keys() - entry.keys()
    return kept and (unknown or added <= ENDINGS)


def _kept(was: Any, now: Any, key: str) -> bool:
    """The same value; receipts and dispatches may come to two addressees one after the other."""
    if key in ("sent", "received") and isinstance(was, Mapping) and isinstance(now, Mapping):
        return was.items() <= now.items()
    return bool(was == now)


RULES = (
    Rule(
        name="history-is-append-only",
        kind="validity",
        article=RECORD,
        norm="Records stay, and the lists in them only grow.",
        about=("*",),
        question=history_is_append_only,
        fails="A suspension taken out of a member's record.",
        cure="Restore it; a suspension that ended has an `until`.",
    ),
)
