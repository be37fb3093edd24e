"""Records stay, and the lists in them only grow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from b40cli.model.ref import ROOT
from b40cli.rules.case.rule import Breach, Case, Rule

GROWS = "history-is-append-only"
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
        if not _stays(entry, now):
            yield Breach(
                f"Entry {n + 1} of {key} is {'changed' if now is not None else 'gone'}.",
                "Entries stay as they were recorded; a new one is added behind them.",
                (key, n) if now is not None else (),
                facts={"was": entry, "is": now},
            )


def as_joined(
    mine: Mapping[str, Any], others: Sequence[Mapping[str, Any]], merged: Mapping[str, Any]
) -> Mapping[str, Any]:
    """A record of one line, with what a merge has in its growing lists of the other lines.

    Two lines each added to a list: in the merge the entries of either may stand first.
    """
    found = dict(mine)
    for key, value in mine.items():
        now, there = merged.get(key), [other[key] for other in others if key in other]
        if key == "known":
            found[key] = as_joined(value, there, now or {})
        elif (key in GROWING or key == "heads" or "source" in mine) and isinstance(now, list):
            found[key] = _entries_joined(value, there, now)
    return found


def _entries_joined(mine: Any, others: list[Any], merged: list[Any]) -> Any:
    """The entries of all lines in the order of the merge, as far as each is of one of them."""
    if not all(isinstance(each, list) for each in (mine, *others)):
        return mine
    own, joined = [*mine], []
    theirs = [entry for other in others for entry in other if entry not in mine]
    for entry in merged:
        first = next((each for each in own[:1] if _stays(each, entry)), None)
        other = next((each for each in theirs if _stays(each, entry)), None)
        if first is None and other is None:
            break
        del own[: first is not None]
        if other is not None:
            theirs.remove(other)
        joined.append(other if first is None else first)
    return joined + own


def _stays(entry: Any, now: Any) -> bool:
    return bool(entry == now) or _continues(entry, now)


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
        name=GROWS,
        norm="Records stay, and the lists in them only grow.",
        about=("*",),
        question=history_is_append_only,
        fails="A suspension taken out of a member's record.",
        cure="Restore it; a suspension that ended has an `until`.",
    ),
)
