"""What a command lacks, asked for at a terminal: records, words, days, numbers, papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from b40cli.cli.request import answers, prompt
from b40cli.cli.sitting.choices import (
    EVERYBODY,
    ONE,
    REST,
    SHOWN,
    Option,
    one,
    one_or_none,
    picked,
    several,
    show,
    why_not,
)
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from b40cli.cli.request.asking import Asks, Wanted
    from b40cli.model.choice import Choice


def wanted(how: Wanted, question: str, asked: Asks | None, place: Path | None) -> str | None:
    """One answer of a sitting, asked again until it is one; None where it was left blank."""
    if how.words:
        # A sentence, such as a reading's, is known by its key; words say what they are.
        options = [
            Option(k, told, k.replace("-", " ") if told.endswith(".") else "")
            for k, told in how.words
        ]
        return _several_words(how, question, options)
    if asked is not None:
        return asked_for(asked, place, question, how.blank)
    if how.kind == "country":
        return _country(how, question, place)
    if how.kind in ("file", "key"):
        return _file(how, question)
    lacking = how.blank if how.blank and how.kind != "yes" else ""
    none_of, expected, short = KINDS.get(how.kind, ("", "", ""))
    hint = "; ".join(filter(None, (short, lacking)))
    while True:
        text = prompt.answered(question, "an answer", _blank(how), hint, expected)
        said = _read(how.kind, text) if text else ""
        if said is not None:
            return said or None
        prompt.refused(f"{text} is no {none_of}. {expected}")


# What an answer is none of, how it is written, and that in short.
KINDS = {
    "day": ("day", "Write a day like 2026-12-15.", "YYYY-MM-DD"),
    "since": (
        *("day", "Write a day like 2026-12-15, or by 2026-12-15."),
        "YYYY-MM-DD, or by YYYY-MM-DD",
    ),
    "time": ("time", "Write a day and an hour like 2026-12-15T10:00.", "YYYY-MM-DDTHH:MM"),
    "moment": (
        *("time", "Write a day and an hour like 2026-12-15T10:00, or a day."),
        "YYYY-MM-DDTHH:MM",
    ),
    "number": ("number", "Write a number in digits.", ""),
    "yes": ("answer here", "y or n.", "y/N"),
}
TWO_LETTERS = "two letters, such as BG or XK."


def readings_of(point: str | None, place: Path | None) -> tuple[tuple[str, str], ...]:
    """The readings of an open point as choices, each with what it says."""
    from b40cli.acts.opened.view import open_view
    from b40cli.cli.request.options import clock

    points = open_view(place, clock()).registry.interpretations()
    found = points.get((point or "").rsplit("/", 1)[-1])
    return tuple(found.readings.items()) if found else ()


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
            return opening.known_country(text)
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


def _several_words(how: Wanted, question: str, options: Sequence[Option]) -> str | None:
    """One of the choices, or with `key` several of them."""
    if how.kind != "several":
        found = one_or_none(question, options, how.blank)
        return found.id if found else None
    show(options)
    return ",".join(o.id for o in several(question, list(options), options)) or None


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
        prompt.refused(f"{why_not(text, region, region)} Or {TWO_LETTERS}")
        prompt.offer([o.id for o in region], "")


PGP = "gpg:"
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
    """A paper: by the number it has among those that lie here, or by its path; a key by `gpg:`."""
    here = [Option(name, name) for name in papers_here()]
    if here and prompt.once(LYING):
        prompt.say(f"    {LYING}")
        show(here)
    # A file that was refused is mended in its place, and named again by nothing.
    same = answers.former(question) if how.blank is None else None
    hint = "; ".join(filter(None, ("a file", how.blank, same and f"blank: {same} again")))
    while True:
        prompt.offer([o.id for o in here], "")
        text = prompt.answered(question, "a file", same or _blank(how), hint, PAPER_HELP)
        if text == same:
            answers.meant(text)
        lies = text if how.kind == "key" and text.startswith(PGP) else _lying(text)
        if not text or lies:
            return lies
        found = picked(text, here, here)
        if len(found.options) == 1 and not found.wrong:
            answers.meant(found.options[0].id)
            return found.options[0].id
        prompt.refused(f"{text} is no file, and no number of one that lies here.")


def papers_here() -> list[str]:
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
    from b40cli.cli.sitting.naming import concerned, handed_on

    choices = {c.id: c for c in names_kept(place, asked.kinds)}
    options = [_option(choice) for choice in concerned(asked, list(choices.values()), place)]
    others = [_option(c) for c in choices.values() if c.id not in {o.id for o in options}]
    options += [Option(word, word.replace("-", " ")) for word in asked.words if word not in WHOLE]
    if not options:
        if blank is not None:
            return None
        raise UsageError(
            f"There is no {_what(asked)} to choose from.",
            next((BEFORE[w] for w in (*asked.states, *asked.kinds) if w in BEFORE), ELSE),
        )
    if not asked.several:
        chosen = blank is not None or (asked.coming and _past(options, asked))
        if chosen:
            found = one_or_none(question, options, blank, others)
        else:
            found = one(question, options, others)
        if found is None or found.id not in choices:
            return found.id if found else None
        return handed_on(choices[found.id], asked)
    show(options)
    return ",".join(o.id for o in several(question, list(options), options)) or None


ELSE = "b40 status tells what waits, b40 --help which command records it."
BEFORE = {
    "proposed": "b40 decision propose puts one on the table.",
    "open": "b40 decision open opens the vote on one.",
    "applying": "b40 application submit records an application.",
    "admitted": "b40 decision propose admission puts an application to the committee.",
    "meeting": "b40 meeting convene convenes one.",
    "group": "b40 group open opens one.",
    "observer": "b40 observer request records who asks.",
    "decision": "b40 decision propose puts one on the table.",
}
# What a city is that none is, where the state is no word for it.
CITIES = {
    "applying": "city that has applied and is not decided upon",
    "admitted": "city that is admitted and has not signed",
    "members": "member",
    "voting": "member with a vote",
    "suspended": "city that is suspended",
    "seated": "city with a seat in the committee",
}


def _what(asked: Asks) -> str:
    cities = [CITIES[state] for state in asked.states if state in CITIES]
    that = f" that is {' or '.join(asked.states)}" if asked.states else ""
    return " or ".join(cities) or f"{' or '.join(asked.kinds)}{that}"


def _past(options: Sequence[Option], asked: Asks) -> bool:
    """Whether the last meeting lies behind: then it is not taken unasked."""
    from b40cli.cli.sitting.naming import day_of

    return all(option.id[:10] < str(day_of(asked)) for option in options)


WHOLE = (EVERYBODY, REST)


def _option(choice: Choice) -> Option:
    from b40cli.cli.sitting.naming import beside

    return Option(choice.id, choice.name, choice.id if choice.kind == "point" else beside(choice))
