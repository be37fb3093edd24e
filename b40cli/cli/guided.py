"""Numbered choices from the register: by number, range or part of a name; asked again."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, NamedTuple

from b40cli.cli import prompt
from b40cli.model.errors import UsageError
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from b40cli.acts.opened.named import Choice
    from b40cli.cli.options import Asks

EVERYBODY, REST = "all", "rest"
SPAN = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?")
SHOWN = 60
HOW = "Numbers, or parts of names, with commas; rest for all who are left; blank for nobody."


class Option(NamedTuple):
    """One of the numbered choices: its id, its name, and what stands dim behind it."""

    id: str
    name: str
    beside: str = ""


class Picked(NamedTuple):
    """What a line names: the options in their order, and the words that name none or several."""

    options: tuple[Option, ...]
    wrong: tuple[str, ...]


def picked(text: str, options: Sequence[Option], left: Sequence[Option]) -> Picked:
    """Read numbers, ranges, ids and parts of names; numbers are those of all options."""
    found: dict[str, Option] = {}
    wrong: list[str] = []
    for word in filter(None, (part.strip() for part in text.split(","))):
        meant = _meant(word, options, left)
        if meant:
            found |= {option.id: option for option in meant}
        else:
            wrong.append(word)
    return Picked(tuple(found.values()), tuple(wrong))


def _meant(word: str, options: Sequence[Option], left: Sequence[Option]) -> Sequence[Option]:
    if word in (EVERYBODY, REST):
        return left
    span = SPAN.fullmatch(word)
    if span is not None:
        first, last = int(span[1]), int(span[2] or span[1])
        named = options[first - 1 : last] if 1 <= first <= last <= len(options) else ()
        return [option for option in named if option in left]
    return _by_name(word, left)


def _by_name(word: str, left: Sequence[Option]) -> Sequence[Option]:
    """The one whose name is so; else the one in whose name the word stands, if it is only one."""
    from b40cli.store.gazetteer import spellings

    asked = spellings(word)
    names = {o: spellings(o.name) | {o.id} for o in left}
    exact = [o for o, said in names.items() if asked & said or word == o.id]
    parts = [o for o, said in names.items() if any(a in each for a in asked for each in said)]
    found = exact or parts
    return found if len(found) == 1 else ()


def show(options: Sequence[Option]) -> None:
    """The choices in numbered columns, down and then across."""
    width = min(max(get_terminal_size().columns, 40), 160)
    numbered = [
        f"{n:>4} {visible(o.name)}{f', {visible(o.beside)}' if o.beside else ''}"
        for n, o in enumerate(options, 1)
    ]
    widest = max(map(len, numbered)) + 2
    across = max(width // widest, 1)
    down = -(-len(numbered) // across)
    for row in range(down):
        said = "".join(cell.ljust(widest) for cell in numbered[row::down])
        sys.stderr.write(f"{said.rstrip()}\n")


def one(question: str, options: Sequence[Option]) -> Option:
    """The one that is meant; where there is only one it is taken, and that is said."""
    if len(options) == 1:
        sys.stderr.write(f"{visible(question)}: {visible(options[0].name)} ({options[0].id})\n")
        return options[0]
    show(options[:SHOWN])
    while True:
        text = prompt.answered(question, "a number or a name")
        found = picked(text, options, options)
        if len(found.options) == 1 and not found.wrong:
            return found.options[0]
        _no(found.wrong or (text,))


def several(question: str, left: list[Option], options: Sequence[Option]) -> list[Option]:
    """Those that are meant, which are then left no more; a wrong part keeps the right ones."""
    taken: list[Option] = []
    asking = question
    while True:
        text = prompt.answered(asking, "numbers or names", blank="")
        found = picked(text, options, left)
        for option in found.options:
            if option in left:
                left.remove(option)
                taken.append(option)
        if found.options:
            names = ", ".join(visible(option.name) for option in found.options)
            sys.stderr.write(f"      {len(taken)}: {names}\n")
        if not found.wrong:
            return taken
        _no(found.wrong)
        asking = "and"


def _no(words: Sequence[str]) -> None:
    for word in words:
        sys.stderr.write(
            f"    ! {visible(word)} is no number here, and in no name or in several.\n"
        )


def asked_for(asked: Asks, place: str | None, question: str) -> str:
    """The id of a record that is asked for, chosen from the register."""
    from pathlib import Path

    from b40cli.acts.opened.names_kept import names_kept

    choices = names_kept(Path(place) if place else None, asked.kinds)
    options = [_option(c) for c in choices if not asked.states or c.beside in asked.states]
    if not options:
        raise UsageError(f"Nothing on record is there to be chosen: {question}.", "b40 status.")
    if not asked.several:
        return one(question, options).id
    show(options)
    return ",".join(o.id for o in several(question, list(options), options))


def _option(choice: Choice) -> Option:
    return Option(choice.id, choice.name, choice.beside)
