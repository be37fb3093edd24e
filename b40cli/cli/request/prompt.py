"""Questions put to the person at the terminal; in a pipe they are usage errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from b40cli.cli.request import answers
from b40cli.cli.request.progress import hush, silent
from b40cli.model.errors import UsageError
from b40cli.render.visible import directed, visible

if TYPE_CHECKING:
    from b40cli.cli.request.options import Request

# What was said once since the command began.
_SAID: list[str] = []
# What stands in a command for what only the clerk knows.
LACKING = "…"
# Whether a command is run for a line of the desk that lacks something.
_SITTINGS: list[bool] = []
BOLD, DIM, YELLOW = "1", "2", "33"
YES, NO = frozenset({"y", "yes"}), frozenset({"n", "no", ""})
SIGN, HELP, BACK = "›", "?", "<"


class NotAgreed(UsageError):
    """Somebody was asked and said no, or nothing: nothing is asked again."""


class WentBack(NotAgreed):
    """After a refusal somebody would rather answer another question otherwise."""


class _Asking:
    """What stands before the next question, and belongs to it: choices, and which option asks."""

    before: list[str]
    offered: tuple[str, ...] = ()
    flag = ""


_NEXT = _Asking()
_NEXT.before = []


def needed(value: str | None, question: str, option: str, request: Request) -> str:
    """The value given, or the answer asked for; nobody is asked in a pipe or under --yes."""
    if value is not None:
        return value
    if request.yes or not at_terminal():
        raise UsageError(f"Missing {option}.", f"Give {option}; on a terminal you would be asked.")
    return answered(question, option)


def agreed(question: str, request: Request) -> bool:
    """Whether the person says yes; --yes says it beforehand, and in a pipe it is required."""
    if request.yes:
        return True
    if not at_terminal():
        raise UsageError("This needs a yes.", "Add --yes, or ask on a terminal.")
    asked = f"{styled(visible(question), BOLD)} {styled('[y/N]', DIM)} "
    while (line := _asked(asked, "--yes").casefold()) not in YES | NO:
        said = f"    ! {visible(line)} is neither: y is yes; n, or nothing, is no."
        tell(styled(folded(said, "      "), YELLOW))
    if line in YES:
        tell("")
    return line in YES


def may_ask(request: Request) -> bool:
    """Whether there is somebody to ask, who has not said yes beforehand."""
    return at_terminal() and not request.yes


def guided() -> bool:
    """Whether anything was asked since the command began: then its plan is shown, too."""
    return bool(answers.given()) or bool(_SAID) or bool(_SITTINGS)


@contextmanager
def sitting(lacks: bool) -> Iterator[None]:
    """A command that lacks something asks for it, even one that could show something without."""
    _SITTINGS.extend([lacks] if lacks else [])
    try:
        yield
    finally:
        _SITTINGS.clear()


def without(words: Sequence[str], lacks: Callable[[str], object]) -> list[str]:
    """The words without those that stand for something, and without the options before these."""
    kept: list[str] = []
    for word in words:
        if not lacks(word):
            kept.append(word)
        elif kept and kept[-1].startswith("--"):
            kept.pop()
    return kept


def begin() -> None:
    """A new command: nothing has been asked yet."""
    answers.begin()
    _SAID.clear()
    _reset()


def once(question: str) -> bool:
    """Whether this is said for the first time since the command began."""
    new = question not in _SAID
    _SAID.append(question)
    return new


def about(flag: str) -> None:
    """Which option the next question is asked for."""
    _NEXT.flag = flag


def offer(ids: Sequence[str], text: str) -> None:
    """The choices of the next question; they are shown when it is asked."""
    _NEXT.offered = tuple(ids)
    say(text)


def say(text: str) -> None:
    """What is to be read before the next question; unsaid where that is answered already."""
    if text:
        _NEXT.before.append(text)


def explain(text: str) -> None:
    """How the next question is answered, on lines of this terminal."""
    say(styled(folded(text, ""), DIM) + "\n")


def tell(text: str) -> None:
    """Something about an answer, at once."""
    hush()
    sys.stderr.write(f"{directed(text)}\n")


def styled(text: str, style: str) -> str:
    """The text in a style where a terminal shows it; the words say it alone, too."""
    there = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    plain = not there or (style == YELLOW and os.environ.get("NO_COLOR"))
    return text if plain or not text else f"\x1b[{style}m{text}\x1b[0m"


def at_terminal() -> bool:
    """Whether somebody can be asked: both standard input and standard error are terminals."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def answered(
    question: str, option: str, blank: str | None = None, hint: str = "", help: str = ""
) -> str:
    """Ask on standard error until a line comes; `blank` is what an empty one stands for.

    What was answered before a refusal is answered again by itself.
    """
    flag = option if option.startswith("--") else _NEXT.flag
    before, offered = _NEXT.before[:], _NEXT.offered
    _reset()
    kept = answers.again(question, offered)
    if kept is not None:
        tell(styled(f"{visible(question)} {SIGN} {visible(kept.named())}", DIM))
        return kept.lines[0] or blank or ""
    for text in ["", *before] if before else ():
        tell(text)
    line = _line_of(_prompt(question, hint), option, blank, help or hint)
    answers.keep(question, flag, offered, line)
    return line or blank or ""


def further() -> str:
    """A further line of the last answer, where a part of it was none."""
    kept = answers.further()
    if kept is not None:
        return kept
    line = _line_of(_prompt("and", ""), "numbers or names", "", "")
    answers.went_on(line)
    return line


def _reset() -> None:
    _NEXT.before, _NEXT.offered, _NEXT.flag = [], (), ""


def _line_of(prompt: str, option: str, blank: str | None, help: str) -> str:
    """A line that is one, or blank where it may be."""
    while True:
        line = _asked(prompt, option)
        if line == BACK and answers.refused():
            raise WentBack("Nothing was recorded.", "Answer another question otherwise.")
        if line == HELP:
            tell(f"    {help or 'Ctrl-C leaves, and nothing is recorded.'}")
        elif line or blank is not None:
            return line
        else:
            tell(styled(folded("    ! An answer is needed.", "      "), YELLOW))


def _prompt(question: str, hint: str) -> str:
    """The question, what may be typed dim behind it, and the sign; folded between words."""
    from textwrap import wrap

    asked = f"{visible(question)}  ({hint})" if hint else visible(question)
    *above, last = wrap(asked, _room() - 2, break_long_words=False, break_on_hyphens=False) or [""]
    if not above and hint:
        return f"{styled(visible(question), BOLD)}  {styled(f'({hint})', DIM)} {SIGN} "
    if hint:
        below = styled(folded(f"({hint}) {SIGN}", ""), DIM)
        return f"{styled(folded(visible(question), ''), BOLD)}\n{below} "
    return "\n".join(styled(each, BOLD) for each in (*above, last)) + f" {SIGN} "


def _asked(prompt: str, option: str) -> str:
    hush()
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return _line(option)


def numbered(question: str, choices: Sequence[str]) -> int:
    """The place of the choice whose number is typed; asked again until it is one of them."""
    table = (folded(f"{n:>4}  {visible(choice)}", "      ") for n, choice in enumerate(choices, 1))
    offer(choices, "\n".join((*table, "")))
    hint = f"1 to {len(choices)}" if len(choices) > 1 else "1, or Ctrl-C"
    while True:
        line = answered(question, "a number", hint=hint)
        if line.isascii() and line.isdecimal() and len(line) < 6 and 1 <= int(line) <= len(choices):
            answers.meant(choices[int(line) - 1])
            tell("")
            return int(line) - 1
        refused(f"{line} is none of them.")


def refused(said: str) -> None:
    """A line that was no answer: said, and asked again."""
    answers.wrong()
    tell(styled(folded(f"    ! {visible(said)}", "      "), YELLOW))


def folded(text: str, indent: str) -> str:
    """The text between words on lines of this terminal, the further ones under its first word."""
    from textwrap import fill

    return fill(
        text, _room(), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _room() -> int:
    return max(min(get_terminal_size().columns, 160), 40)


def _line(option: str) -> str:
    try:
        with silent():
            line = sys.stdin.readline()
        line.encode()
    except UnicodeError:
        raise UsageError("The answer is not UTF-8 text.", f"Give {option}.") from None
    if not line:
        sys.stderr.write("\n")
        raise NotAgreed("No answer was given.", f"Give {option}.")
    return line.strip()
