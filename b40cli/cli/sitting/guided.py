"""Numbered choices from the register: by number, range or part of a name; asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, NamedTuple

from b40cli.cli.request import answers, prompt
from b40cli.model.errors import UsageError
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from pathlib import Path

    from b40cli.cli.request.asking import Asks, Wanted
    from b40cli.model.choice import Choice

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
    from b40cli.store.gazetteer import spellings

    asked = spellings(word)
    names = {o: spellings(o.name) | {o.id} for o in left}
    exact = [o for o, said in names.items() if asked & said or word == o.id]
    parts = [o for o, said in names.items() if any(a in each for a in asked for each in said)]
    return exact or parts


def show(options: Sequence[Option]) -> None:
    """The choices of the next question in numbered columns; of a long list the first ones."""
    prompt.offer([o.id for o in options], "\n".join(_screen(options, 0)))


def _screen(options: Sequence[Option], begin: int) -> Iterator[str]:
    """As many as a screen shows, down and then across; and how the others are found."""
    from b40cli.render.live.sheet import cells

    width = min(max(get_terminal_size().columns, 40), 160)
    numbered = [*enumerate(options, 1)][begin : begin + SHOWN]
    said = [f"{n:>4} {visible(o.name)}{_beside(o)}" for n, o in numbered]
    widest = max(map(cells, said), default=0) + 2
    down = -(-len(said) // max(width // widest, 1))
    for row in range(down):
        across = [*zip(said, numbered, strict=True)][row::down]
        line = [f"{_toned(*each)}{' ' * (widest - cells(text))}" for text, each in across]
        yield "".join(line).rstrip()
    further = len(options) - begin - SHOWN
    if further > 0:
        told = f"     and {further} more: {MORE} shows them, a part of a name finds one."
        yield prompt.styled(told, prompt.DIM)


def _beside(option: Option) -> str:
    return f", {visible(option.beside)}" if option.beside else ""


def _toned(number: int, option: Option) -> str:
    n, beside = (prompt.styled(text, prompt.DIM) for text in (f"{number:>4}", _beside(option)))
    return f"{n} {visible(option.name)}{beside}"


def _line(
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
        prompt.offer(offered, "\n".join(_screen(options, shown)))
        shown += SHOWN


def one(question: str, options: Sequence[Option]) -> Option:
    """The one that is meant; where there is only one it is taken, and that is said."""
    if len(options) == 1:
        prompt.once(question)
        only = f"{visible(options[0].name)} {prompt.styled(options[0].id, prompt.DIM)}"
        prompt.tell(f"{prompt.styled(visible(question), prompt.BOLD)} {prompt.SIGN} {only}")
        return options[0]
    found = _one_or_none(question, options, None)
    assert found is not None
    return found


def several(question: str, left: list[Option], options: Sequence[Option]) -> list[Option]:
    """Those that are meant, which are then left no more; a wrong part keeps the right ones."""
    taken: list[Option] = []
    prompt.offer([o.id for o in left], "")
    text = _line(question, options, "", help=HOW)
    while True:
        found = picked(text, options, left)
        for option in found.options:
            if option in left:
                left.remove(option)
                taken.append(option)
        if found.options:
            names = ", ".join(visible(option.name) for option in found.options)
            _say(f"{len(taken)}: {names}", prompt.DIM)
        answers.meant(f"{len(taken)}: {', '.join(o.name for o in taken)}" if taken else "nobody")
        if not found.wrong:
            return taken
        for word in found.wrong:
            _say(f"! {_why_not(word, options, left)}", prompt.YELLOW)
        text = prompt.further("numbers or names")


def _why_not(word: str, options: Sequence[Option], left: Sequence[Option]) -> str:
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
        return f"{said} is in {len(found)} names: {visible(listed)}{rest}."
    names = {o.name.casefold(): o for o in left}
    near = [names[name] for name in get_close_matches(word.casefold(), names, 1, 0.5)]
    perhaps = "".join(f" Perhaps {number[o]} {visible(o.name)}?" for o in near if o in number)
    taken = " that is left" if len(left) < len(options) else ""
    return f"{said} is in no name{taken}.{perhaps}"


def wanted(how: Wanted, question: str, asked: Asks | None, place: Path | None) -> str | None:
    """One answer of a sitting, asked again until it is one; None where it was left blank."""
    if how.words:
        options = [
            Option(k, told, "" if k.replace("-", " ") == told else k) for k, told in how.words
        ]
        return _several_words(how, question, options)
    if asked is not None:
        return asked_for(asked, place, question, how.blank)
    if how.kind == "country":
        return _country(how, question, place)
    if how.kind == "file":
        return _file(how, question)
    lacking = how.blank if how.blank and how.kind != "yes" else ""
    hint = "; ".join(filter(None, (HINTS.get(how.kind), lacking)))
    while True:
        text = prompt.answered(question, "an answer", _blank(how), hint, EXPECTED.get(how.kind, ""))
        said = _read(how.kind, text) if text else ""
        if said is not None:
            return said or None
        prompt.refused(f"{text} is none. {EXPECTED[how.kind]}")


HINTS = {
    "day": "YYYY-MM-DD",
    "time": "YYYY-MM-DDTHH:MM",
    "moment": "YYYY-MM-DDTHH:MM",
    "since": "YYYY-MM-DD, or by YYYY-MM-DD",
    "yes": "y/N",
}
EXPECTED = {
    "day": "Write a day like 2026-12-15.",
    "since": "Write a day like 2026-12-15, or by 2026-12-15.",
    "time": "Write a day and an hour like 2026-12-15T10:00.",
    "moment": "Write a day and an hour like 2026-12-15T10:00, or a day.",
    "number": "Write a number in digits.",
    "yes": "y or n.",
    "country": "Two letters, such as BG or XK.",
}


def _blank(how: Wanted) -> str | None:
    return "" if how.blank is not None else None


def _read(kind: str, text: str) -> str | None:
    """The answer as the option takes it; None where it is no such thing."""
    from b40cli.cli.request import opening, options

    try:
        if kind == "yes":
            return {"y": "yes", "n": ""}.get(text.casefold()[:1])
        if kind == "number":
            return text if text.isascii() and text.isdecimal() and len(text) < 10 else None
        if kind == "day":
            return str(options.day(text))
        if kind == "since":
            return text if options.since(text) else None
        if kind == "country":
            return opening.country_code(text)
        if kind in ("time", "moment"):
            typed = text.replace(" ", "T", 1)
            plain = kind == "moment" and len(typed) == 10
            return typed if (options.day(typed) if plain else _hour(typed)) else None
    except UsageError:
        return None
    return text


def _hour(text: str) -> str:
    from b40cli.cli.request.opening import moment
    from b40cli.model.day import LEGAL_ZONE

    return moment(text, "It", LEGAL_ZONE)


def _say(text: str, style: str) -> None:
    """Something about an answer, folded under it."""
    from textwrap import wrap

    room = max(min(get_terminal_size().columns, 160), 40)
    how = {"break_long_words": False, "break_on_hyphens": False}
    lines = wrap(text, room, initial_indent="    ", subsequent_indent="      ", **how)  # type: ignore[arg-type]
    prompt.tell("\n".join(prompt.styled(each, style) for each in lines))


def _several_words(how: Wanted, question: str, options: Sequence[Option]) -> str | None:
    """One of the choices, or with `key` several of them."""
    if how.kind != "several":
        found = _one_or_none(question, options, how.blank)
        return found.id if found else None
    show(options)
    return ",".join(o.id for o in several(question, list(options), options)) or None


def _one_or_none(question: str, options: Sequence[Option], blank: str | None) -> Option | None:
    show(options)
    while True:
        text = _line(question, options, "" if blank else None, blank or "")
        if not text:
            return None
        found = picked(text, options, options)
        if len(found.options) == 1 and not found.wrong:
            answers.meant(found.options[0].name)
            return found.options[0]
        why = _why_not(found.wrong[0], options, options) if found.wrong else ""
        prompt.refused(why or f"{text} names {len(found.options)}; one is asked for.")
        prompt.offer([o.id for o in options], "")


def _country(how: Wanted, question: str, place: Path | None) -> str | None:
    """One of the region as the register's law lists it; another is typed by its two letters."""
    from b40cli.acts.opened.named import countries_of
    from b40cli.acts.opened.view import open_view
    from b40cli.cli.request.options import clock
    from b40cli.rules.case.law import law_on

    today = clock()
    law = law_on(open_view(place, today).registry, today)
    name = countries_of(law)
    region = [Option(code, name(code)) for code in law.names("region")]
    show(region)
    while True:
        text = prompt.answered(question, "two letters", _blank(how), how.blank or "", ONE)
        found = picked(text, region, region).options if len(text) != len("BG") else ()
        found = found or tuple(option for option in region if option.id == text.upper())
        said = found[0].id if len(found) == 1 else _read("country", text) if text else ""
        if said is not None:
            answers.meant(name(said) if said else "")
            return said or None
        prompt.refused(f"{text} is none. {EXPECTED['country']}")
        prompt.offer([o.id for o in region], "")


LYING = "The papers that lie here:"
PAPER_HELP = "A path, or the number of a paper that lies in this folder."


def _lying(text: str) -> str | None:
    """The path of a file that lies there; what cannot be a path is none."""
    from pathlib import Path

    try:
        path = Path(text).expanduser()
        return str(path) if text and path.is_file() else None
    except (OSError, RuntimeError, ValueError):
        return None


def _file(how: Wanted, question: str) -> str | None:
    """A paper: by the number it has among those that lie here, or by its path."""
    here = [Option(name, name) for name in _papers()]
    if here and prompt.once(LYING):
        prompt.say(f"    {LYING}")
        show(here)
    hint = "; ".join(filter(None, ("a file", how.blank)))
    while True:
        prompt.offer([o.id for o in here], "")
        text = prompt.answered(question, "a file", _blank(how), hint, PAPER_HELP)
        lies = _lying(text)
        if not text or lies:
            return lies
        found = picked(text, here, here)
        if len(found.options) == 1 and not found.wrong:
            answers.meant(found.options[0].id)
            return found.options[0].id
        prompt.refused(f"{text} is no file, and no number of one that lies here.")


def _papers() -> list[str]:
    """The names of the papers in this folder, the newest first."""
    from pathlib import Path

    found = [
        f
        for f in Path().iterdir()
        if f.suffix.lower() in PAPERS and f.is_file() and f.name[0] != "."
    ]
    return [f.name for f in sorted(found, key=lambda f: f.stat().st_mtime, reverse=True)[:SHOWN]]


PAPERS = (
    *(".pdf", ".txt", ".md", ".docx", ".doc", ".odt", ".rtf", ".html", ".eml", ".msg", ".csv"),
    *(".xlsx", ".yaml", ".yml", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".asc", ".sig", ".pub"),
)


def asked_for(
    asked: Asks, place: Path | None, question: str, blank: str | None = None
) -> str | None:
    """The id of a record that is asked for, chosen from the register; None where left blank."""
    from b40cli.acts.opened.names_kept import names_kept
    from b40cli.cli.sitting.naming import handed_on

    choices = {c.id: c for c in names_kept(place, asked.kinds)}
    options = [_option(choice) for choice in _offered(asked, list(choices.values()))]
    options += [Option(word, word.replace("-", " ")) for word in asked.words if word not in WHOLE]
    if not options:
        if blank is not None:
            return None
        what = f"{' or '.join(asked.kinds)}{' that is ' if asked.states else ''}"
        raise UsageError(
            f"There is no {what}{' or '.join(asked.states)} to choose from.",
            "b40 status tells what waits, b40 --help which command records it.",
        )
    if not asked.several:
        chosen = blank is not None or (asked.coming and _past(options))
        found = _one_or_none(question, options, blank) if chosen else one(question, options)
        if found is None or found.id not in choices:
            return found.id if found else None
        return handed_on(choices[found.id], asked)
    show(options)
    return ",".join(o.id for o in several(question, list(options), options)) or None


def _past(options: Sequence[Option]) -> bool:
    """Whether the last meeting lies behind: then it is not taken unasked."""
    from b40cli.cli.request.options import clock

    return all(option.id[:10] < str(clock()) for option in options)


def _offered(asked: Asks, choices: Sequence[Choice]) -> Sequence[Choice]:
    """Those in one of the states; of meetings the latest first, and the coming ones alone."""
    from b40cli.cli.request.options import clock

    found = [c for c in choices if not asked.states or c.beside in asked.states]
    if asked.kinds != ("meeting",):
        return found
    found.sort(key=lambda choice: choice.names[-1], reverse=True)
    coming = [choice for choice in found if choice.names[-1] >= str(clock())]
    return coming if asked.coming and coming else found


WHOLE = (EVERYBODY, REST)


def _option(choice: Choice) -> Option:
    return Option(choice.id, choice.name, choice.beside)
