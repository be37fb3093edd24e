"""The words that were typed, as they are read before anything else is understood."""

from __future__ import annotations

from collections.abc import Sequence

from b40cli.cli.commands import named, nouns, row_of, rows
from b40cli.cli.request.options import day
from b40cli.model.errors import UsageError
from b40cli.render import REPORTS

VALUED = ("--repo", "--on", "--format", "--branch", "--known-at", "-C")
FLAGS = ("--json", "--quiet", "--yes", "--dry-run")


def text_of(argv: Sequence[str]) -> Sequence[str]:
    """The words, once each is known to be text: no NUL, nothing that was not UTF-8."""
    from b40cli.render.visible import visible

    for place, word in enumerate(argv, 1):
        if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in word):
            raise UsageError(
                f"Word {place} is not text: {visible(word)}", "Write it in UTF-8, without NUL."
            )
    return [_composed(word) for word in argv]


def _composed(word: str) -> str:
    """Some keyboards send `s` and a hook apart; records are written with them as one letter."""
    if word.isascii():
        return word
    from unicodedata import normalize

    return normalize("NFC", word)


def in_order(argv: Sequence[str], nouns: Sequence[str]) -> list[str]:
    """Put the shared options standing before or between the command words behind them.

    `b40 -C x decision --json close EC-2026-001` is read as
    `b40 decision close -C x --json EC-2026-001`; what follows the words is left as it stands.
    """
    rest, words, moved = list(argv), list[str](), list[str]()
    while rest and (not words or (len(words) == 1 and words[0] in nouns)):
        span = leading(rest)
        if rest[0] == "--":
            raise UsageError(
                "-- stands before the command.", "Put it before the arguments it guards."
            )
        if not span and rest[0].startswith("-"):
            return [*moved, *words, *rest]
        (moved if span else words).extend(rest[: span or 1])
        del rest[: span or 1]
    whole = words and (len(words) == 2 or words[0] not in nouns)
    return [*words, *moved, *rest] if whole else [*moved, *words]


def known_of(words: list[str]) -> list[str]:
    """A command as it was shown, with … for what only the clerk knows: at a terminal it asks."""
    from b40cli.cli.request.prompt import LACKING, at_terminal, without

    if LACKING not in words:
        return words
    if not at_terminal() or "--yes" in words:
        raise UsageError(
            f"{LACKING} stands for what only you know.", "Write that in its place, and repeat."
        )
    return without(words, LACKING.__eq__)


def command_of(argv: Sequence[str]) -> str:
    """The words of the command asked for, or nothing where they name none."""
    try:
        words = in_order(argv, nouns())
    except UsageError:
        return ""
    asked = (" ".join(words[:2]), " ".join(words[:1]))
    return next((row.words for row in rows() if row.words in asked), "")


def on_of(argv: Sequence[str]) -> str:
    """The day asked about, as far as it can be read; else today."""
    from b40cli.cli.request.options import clock

    try:
        return str(day(given(argv, "--on") or ""))
    except UsageError:
        return str(clock())


def form_of(argv: Sequence[str]) -> str | None:
    """The format a machine asked for, in which it is told of errors, too."""
    form = "json" if given(argv, "--json") is not None else given(argv, "--format")
    row = row_of(command_of(argv)) if form in REPORTS else None
    return form if form == "json" or (row and form in named(row.at).formats) else None


def leading(argv: Sequence[str]) -> int:
    """How many words the shared option at the front spans; 0 where none stands there."""
    word, equals, _ = argv[0].partition("=")
    if argv[0] in FLAGS:
        return 1
    if word in VALUED and word != "-C":
        return 1 if equals else min(2, len(argv))
    if word.startswith("-C"):
        return min(2, len(argv)) if argv[0] == "-C" else 1
    return 0


def given(argv: Sequence[str], *flags: str) -> str | None:
    """The last value an option was given, read before anything else has been understood."""
    words = list(argv)
    found = None
    while words and words[0] != "--":
        span = leading(words) or 1
        name, equals, value = words[0].partition("=")
        if name in flags:
            found = value if equals else words[1] if span == 2 else ""
        elif "-C" in flags and name.startswith("-C"):
            found = words[0][2:]
        del words[:span]
    return found
