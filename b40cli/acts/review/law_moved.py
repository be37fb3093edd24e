"""What a change does to the law, to the network's own record and to trust: before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.review.records_moved import keys_changed, record_moved
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import ARTICLES, NETWORK, PARAMETERS, RULESETS, Registry
from b40cli.model.wording import as_told, number_in_short
from b40cli.store.git.signers import fingerprint

if TYPE_CHECKING:
    from b40cli.model.results.reviews import RecordMoved
    from b40cli.model.results.shapes import RecordData


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
            yield record_moved(path, f"The statutes' own list is changed: {keys}.")
        elif path == RULESETS:
            held = was.get("rule_sets", ())
            for taken in (each for each in now.get("rule_sets", ()) if each not in held):
                said = f"Rule set {taken['number']} is taken in, from {taken['from']}"
                yield record_moved(path, f"{said}, by {taken['by']}.")
        elif path == NETWORK or ref_of(path).kind == "trust":
            yield from _by_key(path, was, now)


def _parameters(path: str, was: RecordData, now: RecordData) -> Iterator[RecordMoved]:
    one, other = _by_name(was), _by_name(now)
    for name in [*one, *(name for name in other if name not in one)]:
        if one.get(name) != other.get(name):
            article = (other.get(name) or one[name])["article"].replace("art", "Art. ")
            said = _values_moved(_values(one.get(name)), _values(other.get(name)))
            yield record_moved(path, f"{name} ({article}): {said}.", parameter=name)


def _by_name(record: RecordData) -> dict[str, RecordData]:
    return {parameter["name"]: parameter for parameter in record.get("parameters", ())}


def _values(parameter: RecordData | None) -> list[Dated]:
    return [
        Dated(_day(value["from"]), number_in_short(value["value"]), f"set by {value['set_by']}")
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
    # By their places: a hand may add one that reads as another does. The last always stands.
    new = [now[n] for n in stands if n >= len(was)]
    gone = [was[n] for n in held if n not in stands]
    before = [now[n] for n in stands if now[n].start < new[0].start]
    return "".join(
        (
            _in_turn(new),
            f", in place of {_in_turn(gone)}" if gone else "",
            f"; until then {before[-1]}" if before else "",
        )
    )


def _in_force(dated: list[Dated]) -> list[int]:
    """Where those are that are ever in force: of one day, or a later one, the last set counts."""
    return [n for n, each in enumerate(dated) if all(each.start < x.start for x in dated[n + 1 :])]


def _in_turn(dated: list[Dated]) -> str:
    return ", then ".join(map(str, dated))


def _day(day: Any) -> str:
    return f"{day['by']} at the latest" if isinstance(day, Mapping) else str(day)


def _reading(path: str, was: RecordData, now: RecordData) -> Iterator[RecordMoved]:
    point = now.get("id", was.get("id"))
    if not was or not now:
        said = f"is new, and read: {_in_turn(_taken(now))}" if now else "is taken away"
        yield record_moved(path, f"{point} {said}.", point=point)
        return
    if _taken(was) != _taken(now):
        said = _values_moved(_taken(was), _taken(now))
        yield record_moved(path, f"{point} is read: {said}.", point=point)
    for key in (key for key in keys_changed(was, now) if key != "adopted"):
        said = _moved(was[key], now[key]) if key == "readings" else "changed"
        yield record_moved(path, f"{point}: {key} {said}.", point=point)


def _taken(record: RecordData) -> list[Dated]:
    adopted = record.get("adopted", ())
    return [Dated(_day(a["from"]), a["reading"], f"by {a['by']}") for a in adopted]


def _by_key(path: str, was: RecordData, now: RecordData) -> Iterator[RecordMoved]:
    for key in keys_changed(was, now):
        if isinstance(was.get(key, {}), Mapping) and isinstance(now.get(key, {}), Mapping):
            one, other = was.get(key) or {}, now.get(key) or {}
            for inner in keys_changed(one, other):
                said = _moved(one.get(inner), other.get(inner))
                yield record_moved(path, f"{ref_of(path)}: {key}.{inner} {said}.")
        else:
            yield record_moved(path, f"{ref_of(path)}: {key} {_moved(was.get(key), now.get(key))}.")


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
