"""Numbered choices: by number, range or part of a name; asked again until they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from typing import NamedTuple

from b40cli.cli.request import answers, prompt
from b40cli.model.wording import counted
from b40cli.render.visible import visible

EVERYBODY, REST, MORE = "all", "rest", "more"

SPAN = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?")

# How many choices a screen shows at once, and how many a word that is in several names.
SHOWN, FEW = 60, 12

HOW = "Numbers, or parts of names, with commas; rest for all who are left; blank for nobody."

ONE = "A number, or a part of a name."


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
    found = _called(word, left)
    return found if len(found) == 1 else ()


def _called(word: str, left: Sequence[Option]) -> Sequence[Option]:
    """Those whose name is so, else those in whose names the word stands."""
    asked = _spelt(word)
    return _exact(word, left) or [
        o for o in left if any(a in each for a in asked for each in _spelt(o.name, o.id))
    ]


def _exact(word: str, options: Sequence[Option]) -> Sequence[Option]:
    asked = _spelt(word)
    return [o for o in options if asked & _spelt(o.name, o.id)]


def _spelt(*words: str) -> frozenset[str]:
    from b40cli.store.gazetteer import spellings

    return frozenset().union(*map(spellings, words))


def show(options: Sequence[Option]) -> None:
    """The choices of the next question in numbered columns; of a long list the first ones."""
    prompt.offer([o.id for o in options], "\n".join((*_screen(options, 0), "")))


def _screen(options: Sequence[Option], begin: int) -> Iterator[str]:
    """As many as a screen shows, down and then across; and how the others are found."""
    from b40cli.render.live.sheet import cells

    width = min(max(get_terminal_size().columns, 40), 160)
    numbered = [*enumerate(options, 1)][begin : begin + SHOWN]
    said = [f"{n:>4} {visible(o.name)}{_beside(o)}" for n, o in numbered]
    rooms = _columns([*map(cells, said)], width)
    down = -(-len(said) // len(rooms))
    for row in range(down):
        across = [*zip(said, numbered, strict=True)][row::down]
        if cells(across[0][0]) > width:
            yield _long(across[0][0], width)
            continue
        line = (
            f"{_toned(*each)}{' ' * (room - cells(text))}"
            for room, (text, each) in zip(rooms, across, strict=False)
        )
        yield "".join(line).rstrip()
    further = len(options) - begin - SHOWN
    if further > 0:
        told = f"and {further} more: {MORE} shows them, a part of a name finds one."
        yield prompt.styled(prompt.folded(f"     {told}", "     "), prompt.DIM)


def _columns(wide: Sequence[int], width: int) -> list[int]:
    """How wide each of as many columns is as fit beside one another; down, and then across."""
    for across in range(max(len(wide), 1), 0, -1):
        down = -(-len(wide) // across) or 1
        rooms = [max(wide[at : at + down]) + 2 for at in range(0, len(wide), down)]
        if sum(rooms) - 2 <= width:
            return rooms
    return [width]


def _long(said: str, width: int) -> str:
    """A choice longer than a line, folded between words under its first one."""
    from textwrap import fill

    whole = {"break_long_words": False, "break_on_hyphens": False}
    told = fill(said[4:], width - 4, subsequent_indent=" " * 5, **whole)  # type: ignore[arg-type]
    return f"{prompt.styled(said[:4], prompt.DIM)}{told}"


def _beside(option: Option) -> str:
    between = " " if option.name.endswith((".", "?")) else ", "
    return f"{between}{visible(option.beside)}" if option.beside else ""


def _toned(number: int, option: Option) -> str:
    n, beside = (prompt.styled(text, prompt.DIM) for text in (f"{number:>4}", _beside(option)))
    return f"{n} {visible(option.name)}{beside}"


def line_of(
    question: str, options: Sequence[Option], blank: str | None, hint: str = "", help: str = ONE
) -> str:
    """A line that chooses; before it as much of a long list as is asked for."""
    shown, offered = SHOWN, [o.id for o in options]
    while True:
        text = prompt.answered(question, "a number or a name", blank, hint, help)
        if text != MORE or len(options) <= SHOWN:
            return text
        answers.wrong()
        shown = 0 if shown >= len(options) else shown
        prompt.offer(offered, "\n".join((*_screen(options, shown), "")))
        shown += SHOWN


def one(question: str, options: Sequence[Option], others: Sequence[Option] = ()) -> Option:
    """The one that is meant; where there is only one it is taken, and that is said."""
    if len(options) == 1:
        prompt.once(question)
        only = f"{visible(options[0].name)} {prompt.styled(options[0].id, prompt.DIM)}"
        prompt.tell(f"{prompt.styled(visible(question), prompt.BOLD)} {prompt.SIGN} {only}")
        return options[0]
    found = one_or_none(question, options, None, others)
    assert found is not None
    return found


def several(question: str, left: list[Option], options: Sequence[Option]) -> list[Option]:
    """Those that are meant, which are then left no more; a wrong part keeps the right ones."""
    taken: list[Option] = []
    prompt.offer([o.id for o in left], "")
    text = line_of(question, options, "", help=HOW)
    while True:
        found = picked(text, options, left)
        for option in found.options:
            if option in left:
                left.remove(option)
                taken.append(option)
        if found.options:
            names = ", ".join(visible(option.name) for option in found.options)
            say(f"{len(taken)}: {names}", prompt.DIM)
        answers.meant(f"{len(taken)}: {', '.join(o.name for o in taken)}" if taken else "nobody")
        if not found.wrong:
            return taken
        for word in found.wrong:
            say(f"! {why_not(word, options, left)}", prompt.YELLOW)
        text = prompt.further()


def why_not(word: str, options: Sequence[Option], left: Sequence[Option]) -> str:
    """Why a word chooses nothing, and what may be meant."""
    from difflib import get_close_matches

    said, number = visible(word), {o: n for n, o in enumerate(options, 1)}
    if SPAN.fullmatch(word):
        none = not any(str(n) == word for n in number.values())
        return f"{said} is no number here: 1 to {len(options)}." if none else f"{said} is taken."
    found = _called(word, left)
    if found:
        listed = ", ".join(f"{number[o]} {o.name}" for o in found[:FEW] if o in number)
        rest = f" and {len(found) - FEW} more" if len(found) > FEW else ""
        return f"{said} is in {counted(len(found), 'name')}: {visible(listed)}{rest}."
    names = {o.name.casefold(): o for o in left}
    near = [names[name] for name in get_close_matches(word.casefold(), names, 1, 0.5)]
    perhaps = "".join(f" Perhaps {number[o]} {visible(o.name)}?" for o in near if o in number)
    taken = " that is left" if len(left) < len(options) else ""
    return f"{said} is in no name{taken}.{perhaps}"


def say(text: str, style: str) -> None:
    """Something about an answer, folded under it."""
    from textwrap import wrap

    room = max(min(get_terminal_size().columns, 160), 40)
    how = {"break_long_words": False, "break_on_hyphens": False}
    lines = wrap(text, room, initial_indent="    ", subsequent_indent="      ", **how)  # type: ignore[arg-type]
    prompt.tell("\n".join(prompt.styled(each, style) for each in lines))


def one_or_none(
    question: str, options: Sequence[Option], blank: str | None, others: Sequence[Option] = ()
) -> Option | None:
    """The one that is meant, or none; one of the others where it is named whole."""
    show(options)
    while True:
        text = line_of(question, options, "" if blank else None, blank or "")
        if not text:
            return None
        found = picked(text, options, options)
        if len(found.options) == 1 and not found.wrong:
            answers.meant(found.options[0].name)
            return found.options[0]
        beyond = _exact(text, others)
        if len(beyond) == 1:
            answers.meant(beyond[0].name)
            return beyond[0]
        why = why_not(found.wrong[0], options, options) if found.wrong else ""
        prompt.refused(why or f"{text} names {len(found.options)}; one is asked for.")
        prompt.offer([o.id for o in options], "")
