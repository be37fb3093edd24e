"""What a change does to single records: decisions, meetings, closed records, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Unpack

from b40cli.acts.votes.smallest import smallest, turning
from b40cli.model.facts.decision import ENDED, SIDES
from b40cli.model.facts.meeting import AFTER_THE_MEETING, over_on
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import Registry
from b40cli.model.wording import as_told

if TYPE_CHECKING:
    from b40cli.model.results.reviews import Moved, RecordMoved, VotesTold
    from b40cli.model.results.shapes import RecordData


def record_moved(path: str, says: str, **more: Unpack[Moved]) -> RecordMoved:
    """What changed in the record at a path, and what it says."""
    return {"record": str(ref_of(path)), "says": says, **more}


def keys_changed(was: RecordData, now: RecordData) -> list[str]:
    """The keys of a record whose content differs."""
    return [key for key in {**was, **now} if was.get(key) != now.get(key)]


def decisions_moved(
    before: Registry, after: Registry, changed: Iterable[str]
) -> Iterator[RecordMoved]:
    """Every decision that is new or stands otherwise, with its count."""
    for path in changed:
        now = after.recorded(path) if ref_of(path).kind == "decisions" else None
        if now is None:
            continue
        was = (before.recorded(path) or {}).get("state")
        if was != now["state"]:
            step = f"{was} → {now['state']}" if was else now["state"]
            said = f"{now['id']}, {now['title']}: {step}{_count_said(now)}."
            said = " ".join(filter(None, (said, _turned(after, path))))
            told: RecordMoved = record_moved(path, said, before=was, after=now["state"])
            if votes := _votes(after, path):
                told["votes"] = votes
            yield told


def _votes(after: Registry, path: str) -> VotesTold | None:
    """The ballots of a vote that is closed, to be drawn; None of an election, or without one."""
    decision = after.decision_in(path)
    if decision is None or decision.closed is None or decision.votes is None:
        return None
    majority = (decision.counted or {}).get("majority") or {}
    if decision.votes.by_candidate or not majority.get("required"):
        return None
    yes, against, abstain = (decision.votes.by_side.get(side, 0) for side in SIDES[:3])
    required = majority["required"]
    return {"yes": yes, "against": against, "abstain": abstain, "required": required}


def _turned(after: Registry, path: str) -> str | None:
    """The fewest ballots that would have turned a vote that is closed."""
    decision = after.decision_in(path)
    if decision is None or decision.closed is None:
        return None
    return turning(smallest(after, decision, decision.closed))


def _count_said(decision: RecordData) -> str:
    if decision.get("decided_by"):
        by = decision["decided_by"]
        return f", decided by {by.get('person', 'nobody named')} of {by.get('city')}"
    count = decision.get("count") or {}
    quorum, majority = count.get("quorum"), count.get("majority")
    if not quorum or not majority:
        return ""
    met = "met" if quorum["met"] else "not met"
    turns = (decision.get("readings") or {}).get("verdict") == "turns"
    return (
        f" ({majority['for']} for, {majority['required']} required, {majority['kind']} of "
        f"{majority['base']}; quorum {met}, {quorum['counted']} of {quorum['required']} required"
        f"{'; the result turns on how the text is read' if turns else ''})"
    )


def meetings_moved(
    before: Registry, after: Registry, changed: Iterable[str]
) -> Iterator[RecordMoved]:
    """Meetings that are new, and what was added to others."""
    for path in changed:
        now = after.recorded(path) if ref_of(path).kind == "meetings" else None
        if now is None:
            continue
        was = before.recorded(path)
        if was is None:
            title = now.get("title", now["kind"])
            yield record_moved(path, f"{now['id']} is put on record: {title}.")
        elif was != now:
            keys = keys_changed(was, now)
            yield record_moved(path, f"{now['id']}: {_worded(keys)} recorded.", keys=keys)


def closed_touched(
    before: Registry, after: Registry, changed: Iterable[str], on: date
) -> Iterator[RecordMoved]:
    """Records that were settled and are changed all the same, or taken away."""
    for path in changed:
        was, now = before.recorded(path), after.recorded(path)
        if was is None:
            continue
        if now is None:
            yield record_moved(path, f"{ref_of(path)} is taken away.", keys=[])
        elif (why := _closed(path, was, on)) is not None and was != now:
            keys = keys_changed(was, now)
            later = ref_of(path).kind == "meetings" and AFTER_THE_MEETING.issuperset(keys)
            how = "added, as may be afterwards" if later else "changed"
            yield record_moved(path, f"{ref_of(path)} ({why}): {_worded(keys)} {how}.", keys=keys)


def _worded(keys: Iterable[str]) -> str:
    """The fields as a reader says them."""
    said = {"opens": "opening time", "closes": "closing time"}
    return ", ".join(said.get(key, key.replace("_", " ")) for key in keys)


def _closed(path: str, record: RecordData, on: date) -> str | None:
    if ref_of(path).kind == "decisions" and record["state"] in ENDED:
        return f"{record['state']} on {record['closed']}" if "closed" in record else record["state"]
    if ref_of(path).kind == "meetings":
        ended = over_on(path, record)
        return f"held on {ended}" if ended < on else None
    return "recorded" if ref_of(path).kind == "corrections" else None


def corrections_moved(
    before: Registry, after: Registry, changed: Iterable[str]
) -> Iterator[RecordMoved]:
    """What is corrected: the old stays in its record, the new replaces it."""
    for path in changed:
        now = after.recorded(path) if ref_of(path).kind == "corrections" else None
        if now is not None and not before.has(path):
            says = (
                f"{now['id']} corrects {now['corrects']} at {now['at']}: {as_told(now['was'])} → "
                f"{as_told(now['is'])} ({now['why']})."
            )
            yield record_moved(path, says)
        gone = after.recorded(path) if ref_of(path).kind == "forgotten" else None
        if gone is not None and not before.has(path):
            for each in gone["places"]:
                where = each.get("document") or f"{each['record']} at {each['at']}"
                yield record_moved(path, f"{gone['id']} forgets {where} ({gone['why']}).")
