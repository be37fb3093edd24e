"""Any result as a page, by its type: words for keys, names for ids, a table for a list of rows.

What a key holds is what its type in model/results/ says it holds: a city's key is told by its name,
a seat's by its word, a country's letters by the country. A command with more to say than its result
has a description of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import UnionType
from typing import (
    Annotated,
    Any,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from b40cli.model.answer import Answer
from b40cli.model.paper import Headline, Items, Summary, Typed, Words, parts_of
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.model.wording import begun, day_in_words, seat_name
from b40cli.render.live.records import record_page
from b40cli.render.live.values import STATES, aside, head, in_words, inline, named, state

# What stands last in a row: it is there to be copied.
SMALL = 3
EMPTY = {"until": "to date"}
LAST = ("id", "record", "commit")


def described(answer: Answer[Any], kinds: Sequence[Any]) -> Iterator[ScreenPart]:
    """The result of a command in the order of its type; of several, of the one it fits."""
    found = max(kinds, key=lambda kind: _fitting(kind, answer.result))
    fields = _fields(found, answer.result)
    day = day_in_words(answer.result.get("on", answer.on))
    only = [key for key in fields if key != "on"]
    sole = answer.result[only[0]] if len(only) == 1 and _rows_of(fields[only[0]]) else None
    yield Masthead(_title(found), str(len(sole)) if sole else "", day)
    if sole is not None:
        yield from _rows(sole, _rows_of(fields[only[0]]), _Told(answer))
        return
    yield from page(answer.result, found, answer, skip=("on",))


def page(
    result: Mapping[str, Any], kind: Any, answer: Answer[Any], skip: Sequence[str] = ()
) -> Iterator[ScreenPart]:
    """The fields of a result: plain ones beside their labels, then its lists and parts."""
    told = _Told(answer)
    fields = {k: v for k, v in _fields(kind, result).items() if k not in skip}
    plain = [
        (head(key), told.value(result[key], of))
        for key, of in fields.items()
        if not _parted(of, result[key])
    ]
    if plain:
        yield Summary(tuple(plain))
    for key, of in fields.items():
        value = result[key]
        if not _parted(of, value):
            continue
        if (row := _rows_of(of)) is not None:
            yield Headline(head(key), 2, str(len(value) or "none"))
            yield from _rows(value, row, told)
        elif is_typeddict(of):
            yield Headline(head(key), 2)
            yield from page(value, of, answer)
        elif isinstance(value, Mapping):
            yield Headline(head(key), 2)
            yield from record_page(value, told.name)
        else:
            yield Headline(head(key), 2, str(len(value)))
            yield Items(tuple(inline(each, told.name) for each in value))


def _fitting(kind: Any, result: Mapping[str, Any]) -> tuple[bool, int]:
    needed = kind.__required_keys__
    return needed <= result.keys(), len(needed & result.keys())


def _title(kind: Any) -> str:
    """What the result is, in the first words of its type's own sentence."""
    return re.split("[,;:.]", str(kind.__doc__ or ""))[0]


def _fields(kind: Any, result: Mapping[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {key: _bare(of) for key, of in hints.items() if key in result}


def _bare(of: Any) -> Any:
    """The type of what is there: without null, and without whether it need be there."""
    if get_origin(of) is NotRequired:
        return _bare(get_args(of)[0])
    if get_origin(of) in (UnionType, Union):
        rest = [each for each in get_args(of) if each is not type(None)]
        return _bare(rest[0]) if len(rest) == 1 else of
    return of


def _rows_of(of: Any) -> Any:
    """The type of the rows of a list; None where it is no list of them."""
    inner = get_args(of)[0] if get_origin(of) is list else None
    return inner if is_typeddict(inner) else None


def _parted(of: Any, value: Any) -> bool:
    """Whether a value needs a heading of its own."""
    if not value:
        return False
    if is_typeddict(of):
        return any(isinstance(each, Mapping | list) for each in value.values())
    if isinstance(value, Mapping):
        return any(isinstance(each, Mapping) for each in value.values())
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)


def _rows(rows: Sequence[Mapping[str, Any]], kind: Any, told: _Told) -> Iterator[ScreenPart]:
    """A table of what differs; rows with a command, or with lists in them, one after the other."""
    if not rows:
        yield Items(("none on record",))
        return
    fields = _fields(kind, {key: None for row in rows for key in row})
    shown = [
        key for key in fields if any(row.get(key) not in (None, False, [], {}, "") for row in rows)
    ]
    shown = [
        key for key in shown if key != "basis" or any(row.get(key) != "judged" for row in rows)
    ]
    shown.sort(key=lambda key: (key in LAST, key != "name"))
    if "command" in shown or any(_large(fields[key]) for key in shown):
        for row in rows:
            yield from _item(row, {key: fields[key] for key in shown}, told)
        return
    yield listing(
        tuple(map(head, shown)),
        ([_cell(row.get(key), fields[key], key, told) for key in shown] for row in rows),
    )


def _large(of: Any) -> bool:
    """Whether a list in a row has rows too large for a cell."""
    row = _rows_of(of)
    return row is not None and len(get_type_hints(row)) > SMALL


def _cell(value: Any, of: Any, key: str, told: _Told) -> Words:
    if value in (None, [], {}, ""):
        return aside(EMPTY.get(key, "none"))
    return aside(str(value)) if key in LAST else told.value(value, of)


def _item(row: Mapping[str, Any], fields: Mapping[str, Any], told: _Told) -> Iterator[ScreenPart]:
    """A row in one sentence, its state before it, its command and its parts beneath."""
    first = next((key for key in ("state",) if row.get(key)), None)
    said: list[Any] = []
    if first is not None:
        sign = state(row[first])
        said += [*parts_of(sign), ": "]
    for key, of in fields.items():
        value = row.get(key)
        if key in ("command", first) or value in (None, False, [], {}, "") or _large(of):
            continue
        words = told.value(value, of)
        lead = "" if said[-1:] in ([": "], []) else "; "
        label = "" if not lead else f"{in_words(key)} "
        said += [lead + label, *parts_of(words)]
    yield Items((tuple(said),))
    if row.get("command") and not (row.get("state") == "done" or row.get("done")):
        yield Typed(str(row["command"]))
    for key, of in fields.items():
        if _large(of) and (inner := _rows_of(of)) and row.get(key):
            yield from _rows(row[key], inner, told)


class _Told:
    """How the values of an answer are told."""

    def __init__(self, answer: Answer[Any]) -> None:
        beside = answer.beside
        self.name: Callable[[str], str] = beside.get("name", str)
        self.country: Callable[[str], str] = beside.get("country", str)

    def value(self, value: Any, of: Any) -> Words:
        """A value by its type."""
        of = _bare(of)
        if value is None:
            return "not on record"
        if value in ([], {}, ""):
            return "none"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if get_origin(of) is Annotated and isinstance(value, str):
            return self._key(value, str(get_args(of)[1]))
        if is_typeddict(of) and isinstance(value, Mapping):
            return self._together(value, of)
        if isinstance(value, list):
            inner = get_args(of)[0] if get_args(of) else str
            between = "; " if is_typeddict(inner) else ", "
            return between.join(_plain(self.value(each, inner)) for each in value)
        if isinstance(value, Mapping):
            inner = get_args(of)[1] if get_origin(of) is dict else Any
            return "; ".join(
                f"{self._of(str(k))}: {_plain(self.value(each, inner))}"
                for k, each in value.items()
            )
        if isinstance(value, str) and value in STATES:
            return state(value)
        return named(value, self.name) if isinstance(value, str) else str(value)

    def _of(self, key: str) -> str:
        """The key of a map: a country, a city, a word."""
        said = self.country(key)
        return said if said != key else named(key, self.name)

    def _key(self, value: str, place: str) -> Words:
        kind = place.rsplit("/", 1)[-1]
        if kind == "seat":
            return begun(seat_name(value))
        if kind == "country":
            return self.country(value)
        return state(value) if value in STATES else named(value, self.name)

    def _together(self, value: Mapping[str, Any], of: Any) -> str:
        """A small part in one sentence: what it is first, then the rest with its labels."""
        said: list[str] = []
        for key, inner in _fields(of, value).items():
            if value[key] in (None, False, [], {}):
                continue
            word = _plain(self.value(value[key], inner))
            plain = key in ("name", "city", "mayor", "capacity", "at", "id")
            said.append(word if plain else f"{in_words(key)} {word}")
        return ", ".join(said) or "none"


def _plain(words: Words) -> str:
    if isinstance(words, str):
        return words
    return "".join(each if isinstance(each, str) else each.text for each in words)
