"""A screen read aloud: its text in order, and which facts of the answer are not in it.

A reader who hears a screen has its words alone, one after the other. What a result says must be
among them: as it stands, by its name, or in words; what a screen says otherwise is listed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from b40cli.cli.telling import live
from b40cli.model.answer import Answer
from b40cli.model.designation import starred
from b40cli.model.wording import begun, day_in_words, seat_name
from b40cli.render.live.sheet import cells
from b40cli.render.live.values import in_words, named
from b40cli.render.visible import visible

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
# Wide enough that nothing is folded.
WHOLE = 4_000
# What a screen says in other words or leaves out, by the command and the key of the result.
OTHERWISE: dict[str, set[str]] = {
    # The standing is that of the day asked about; a presidency that is held as usual says no more.
    "city": {"on", "presidency_state"},
    "audit": {"records", "found.author"},  # of the cache; of the commit
    "committee show": {"seats.state"},  # `not on record` for unknown
    "decision what-if": {"readings.on"},  # b40 explain
    # In words of their own, and what helps stands behind b40 do.
    "duty list": {"duties.duty", "duties.basis", "duties.cure", "duties.evidence", "duties.says"},
    "explain": {"since", "set_by"},  # b40 statutes show NAME
    "log": {"acts.day", "acts.author", "acts.act"},  # the legal day, the name alone, the subject
    "meeting list": {"basis"},  # where it is judged, nothing is said
    "meeting prepare": {
        "pieces.state",
        "pieces.owes",
        "pieces.due",
        "pieces.command",
    },  # of the done
    "member list": {"basis"},  # how many are attested is told once
    "member show": {"basis"},  # the same
    "presidency show": {"presidency_state"},  # as of a city
    "review": {"before.standing", "records.added", "records.changed"},  # in sentences, without root
    "show": {"path", "corrections.by"},  # without root and ending; the correction's id
    # `title` says it, b40 do N does it; of the presidency as above.
    "status": {"what", "command", "presidency_state"},
    "statutes readings": {"since"},  # b40 explain
    "statutes show": {
        "value",
        "set_by",
        "edition.since",
        "parameters.since",
    },  # of one: by its name
}
# Where a screen has an order of its own: by country, by what hurts, the newest first.
ORDERED = (
    *("decision list", "duty list", "meeting list", "meeting prepare"),
    *("member list", "review", "roll", "status"),
)


def aloud(answer: Answer[Any], width: int = WHOLE) -> str:
    """The words of a screen in order: no colour, no columns."""
    return " ".join(ESCAPE.sub("", live(answer, width, colour=True)).split())


def unsaid(answer: Answer[Any]) -> list[str]:
    """The facts of a result that its screen does not say, and rows that it says out of order."""
    text = aloud(answer).casefold()
    skipped = OTHERWISE.get(answer.command, set())
    wrong = [
        f"{key}: {value}"
        for key, value in _facts(answer.result)
        if not any(f".{key}".endswith(f".{each}") or f".{each}." in f".{key}." for each in skipped)
        and not any(form.casefold() in text for form in _forms(value, answer))
    ]
    return wrong if answer.command in ORDERED else [*wrong, *_out_of_order(text, answer)]


def _out_of_order(text: str, answer: Answer[Any]) -> Iterator[str]:
    for key, rows in answer.result.items():
        firsts = [next(_facts(row), ("", ""))[1] for row in rows] if _is_table(rows) else []
        at = 0
        for first in firsts:
            found = [text.find(form.casefold(), at) for form in _forms(first, answer) if form]
            if not any(place >= 0 for place in found):
                yield f"{key}: {first} out of order"
            at = min((place for place in found if place >= 0), default=at)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _facts(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _facts(each, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _facts(each, key)
    elif value and not isinstance(value, bool):
        yield key, value


def _forms(value: Any, answer: Answer[Any]) -> Iterator[str]:
    """How a value may be said."""
    said = str(value)
    tell: tuple[Callable[[str], str], ...] = (
        str,
        lambda v: named(v, answer.beside.get("name", str)),
        answer.beside.get("country", str),
        day_in_words,
        lambda v: begun(seat_name(v)),
        in_words,
        lambda v: v[:10],
        lambda v: v.replace("-", " "),
        lambda v: v.replace("art", "Art. "),
        lambda v: v.removeprefix("registry/"),
        lambda v: v.rsplit("/", 1)[-1],
    )
    for form in tell:
        yield " ".join(starred(visible(form(said))).split())


def overwide(answer: Answer[Any], width: int) -> list[str]:
    """The lines of a screen that are wider than the terminal."""
    rows = ESCAPE.sub("", live(answer, width, colour=True)).split("\n")
    return [row for row in rows if cells(row) > width]
