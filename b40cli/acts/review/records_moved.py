"""What a change does to single records: decisions, meetings, closed records, the statutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from b40cli.acts.votes.smallest import smallest, turning
from b40cli.model.facts.decision import ENDED, SIDES
from b40cli.model.facts.meeting import AFTER_THE_MEETING, over_on
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import ARTICLES, NETWORK, PARAMETERS, RULESETS, Registry
from b40cli.model.wording import as_told, counted
from b40cli.store.git.signers import fingerprint

if TYPE_CHECKING:
    from b40cli.model.results.reviews import Moved, RecordMoved, VotesTold
    from b40cli.model.results.shapes import RecordData


def _told(path: str, says: str, **more: Unpack[Moved]) -> RecordMoved:
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
            told: RecordMoved = _told(path, said, before=was, after=now["state"])
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
            yield _told(path, f"{now['id']} is put on record: {title}.")
        elif was != now:
            keys = keys_changed(was, now)
            yield _told(path, f"{now['id']}: {_worded(keys)} recorded.", keys=keys)


def closed_touched(
    before: Registry, after: Registry, changed: Iterable[str], on: date
) -> Iterator[RecordMoved]:
    """Records that were settled and are changed all the same, or taken away."""
    for path in changed:
        was, now = before.recorded(path), after.recorded(path)
        if was is None:
            continue
        if now is None:
            yield _told(path, f"{ref_of(path)} is taken away.", keys=[])
        elif (why := _closed(path, was, on)) is not None and was != now:
            keys = keys_changed(was, now)
            later = ref_of(path).kind == "meetings" and AFTER_THE_MEETING.issuperset(keys)
            how = "added, as may be afterwards" if later else "changed"
            yield _told(path, f"{ref_of(path)} ({why}): {_worded(keys)} {how}.", keys=keys)


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


def law_moved(before: Registry, after: Registry, changed: Iterable[str]) -> Iterator[RecordMoved]:
    """Parameters, readings, the articles themselves, the network's own record, trust."""
    for path in changed:
        was, now = before.recorded(path) or {}, after.recorded(path) or {}
        if path == PARAMETERS:
            yield from _parameters(path, was, now)
        elif ref_of(path).kind == "statutes/interpretations":
            yield from _reading(path, was, now)
        elif path == ARTICLES:
            keys = ", ".join(keys_changed(was, now))
            yield _told(path, f"The statutes' own list is changed: {keys}.")
        elif path == RULESETS:
            held = was.get("rule_sets", ())
            for taken in (each for each in now.get("rule_sets", ()) if each not in held):
                said = f"Rule set {taken['number']} is taken in, from {taken['from']}"
                yield _told(path, f"{said}, by {taken['by']}.")
        elif path == NETWORK or ref_of(path).kind == "trust":
            yield from _by_key(path, was, now)


def _parameters(path: str, was: RecordData, now: RecordData) -> Iterator[RecordMoved]:
    one, other = _by_name(was), _by_name(now)
    for name in [*one, *(name for name in other if name not in one)]:
        if one.get(name) != other.get(name):
            article = (other.get(name) or one[name])["article"].replace("art", "Art. ")
            said = _values_moved(_values(one.get(name)), _values(other.get(name)))
            yield _told(path, f"{name} ({article}): {said}.", parameter=name)


def _by_name(record: RecordData) -> dict[str, RecordData]:
    return {parameter["name"]: parameter for parameter in record.get("parameters", ())}


def _values(parameter: RecordData | None) -> list[Dated]:
    return [
        Dated(_day(value["from"]), _short(value["value"]), f"set by {value['set_by']}")
        for value in (parameter or {}).get("values", ())
    ]


class Dated(NamedTuple):
    """A value or a reading, the day from which it counts, and by whom."""

    start: str
    value: str
    by: str

    def __str__(self) -> str:
        return f"{self.value} from {self.start}, {self.by}"


def _values_moved(was: list[Dated], now: list[Dated]) -> str:
    """What is added behind the values there were, or both lists where those are changed."""
    if not was or now[: len(was)] != was or now == was:
        return f"{_in_turn(was) or 'none'} → {_in_turn(now) or 'none'}"
    held, stands = _in_force(was), _in_force(now)
    new = [each for each in stands if each not in was]
    gone, before = (
        [each for each in held if each not in stands],
        [each for each in stands if each.start < new[0].start],
    )
    return "".join(
        (
            _in_turn(new),
            f", in place of {_in_turn(gone)}" if gone else "",
            f"; until then {before[-1]}" if before else "",
        )
    )


def _in_force(dated: list[Dated]) -> list[Dated]:
    """Those that are ever in force: of one day, and of a later one, the last to be set counts."""
    return [
        each for n, each in enumerate(dated) if all(each.start < x.start for x in dated[n + 1 :])
    ]


def _in_turn(dated: list[Dated]) -> str:
    return ", then ".join(map(str, dated))


def _short(value: Any) -> str:
    return counted(len(value), "name") if isinstance(value, list) else str(value)


def _day(day: Any) -> str:
    return f"{day['by']} at the latest" if isinstance(day, Mapping) else str(day)


def _reading(path: str, was: RecordData, now: RecordData) -> Iterator[RecordMoved]:
    point = now.get("id", was.get("id"))
    if not was or not now:
        said = f"is new, and read: {_in_turn(_taken(now))}" if now else "is taken away"
        yield _told(path, f"{point} {said}.", point=point)
        return
    if _taken(was) != _taken(now):
        said = _values_moved(_taken(was), _taken(now))
        yield _told(path, f"{point} is read: {said}.", point=point)
    for key in (key for key in keys_changed(was, now) if key != "adopted"):
        said = _moved(was[key], now[key]) if key == "readings" else "changed"
        yield _told(path, f"{point}: {key} {said}.", point=point)


def _taken(record: RecordData) -> list[Dated]:
    adopted = record.get("adopted", ())
    return [Dated(_day(a["from"]), a["reading"], f"by {a['by']}") for a in adopted]


def _by_key(path: str, was: RecordData, now: RecordData) -> Iterator[RecordMoved]:
    for key in keys_changed(was, now):
        if isinstance(was.get(key, {}), Mapping) and isinstance(now.get(key, {}), Mapping):
            one, other = was.get(key) or {}, now.get(key) or {}
            for inner in keys_changed(one, other):
                said = _moved(one.get(inner), other.get(inner))
                yield _told(path, f"{ref_of(path)}: {key}.{inner} {said}.")
        else:
            yield _told(path, f"{ref_of(path)}: {key} {_moved(was.get(key), now.get(key))}.")


def _moved(was: Any, now: Any) -> str:
    """A field before and after; of a list what is new, other or gone, each by its name."""
    if not isinstance(was or now, list):
        one, other = ("none" if value is None else as_told(value) for value in (was, now))
        return f"{one} → {other}"
    before, after = ({_entry(each): each for each in held or ()} for held in (was, now))
    said = [
        f"{name} added"
        if name not in before
        else f"{name} changed ({_entry_moved(before[name], each)})"
        for name, each in after.items()
        if before.get(name) != each
    ]
    said += [f"{name} taken away" for name in before if name not in after]
    return ", ".join(said) or "in another order"


def _entry(each: Any) -> str:
    """What an entry is known by: its id, its key's fingerprint, else all of it."""
    if not isinstance(each, Mapping):
        return str(each)
    return str(each.get("id") or fingerprint(str(each.get("key"))) or as_told(each))


def _entry_moved(was: RecordData, now: RecordData) -> str:
    keys = keys_changed(was, now)
    return ", ".join(f"{key} {_moved(was.get(key), now.get(key))}" for key in keys)


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
            yield _told(path, says)
        gone = after.recorded(path) if ref_of(path).kind == "forgotten" else None
        if gone is not None and not before.has(path):
            for each in gone["places"]:
                where = each.get("document") or f"{each['record']} at {each['at']}"
                yield _told(path, f"{gone['id']} forgets {where} ({gone['why']}).")
