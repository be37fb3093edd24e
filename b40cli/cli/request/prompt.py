"""Questions put to the person at the terminal; in a pipe they are usage errors."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from b40cli.cli.request.progress import hush, silent
from b40cli.model.errors import UsageError
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from b40cli.cli.request.options import Request


# The questions that were answered since the command began.
_ANSWERS: list[str] = []
# Whether a command is run for a line of the desk that lacks something.
_SITTINGS: list[bool] = []


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
    return answered(f"{question} [y/N]", "--yes", blank="n").casefold() in ("y", "yes")


def may_ask(request: Request) -> bool:
    """Whether there is somebody to ask, who has not said yes beforehand."""
    return at_terminal() and not request.yes


def guided() -> bool:
    """Whether anything was asked since the command began: then its plan is shown, too."""
    return bool(_ANSWERS) or bool(_SITTINGS)


@contextmanager
def sitting(lacks: bool) -> Iterator[None]:
    """A command that lacks something asks for it, even one that could show something without."""
    _SITTINGS.extend([lacks] if lacks else [])
    try:
        yield
    finally:
        _SITTINGS.clear()


def begin() -> None:
    """A new command: nothing has been asked yet."""
    _ANSWERS.clear()


def once(question: str) -> bool:
    """Whether this is said for the first time since the command began."""
    new = question not in _ANSWERS
    _ANSWERS.append(question)
    return new


def at_terminal() -> bool:
    """Whether somebody can be asked: both standard input and standard error are terminals."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def answered(question: str, option: str, blank: str | None = None) -> str:
    """Ask on standard error until a line comes; `blank` is what an empty one stands for."""
    while True:
        hush()
        sys.stderr.write(f"{visible(question)}: ")
        sys.stderr.flush()
        line = _line(option)
        if line or blank is not None:
            _ANSWERS.append(question)
            return line or blank or ""


def numbered(question: str, choices: Sequence[str], option: str = "a number") -> int:
    """The place of the choice whose number is typed; asked again until it is one of them."""
    for n, choice in enumerate(choices, 1):
        sys.stderr.write(f"{n:>4}  {visible(choice)}\n")
    while True:
        line = answered(f"{question} [1-{len(choices)}]", option)
        if line.isascii() and line.isdecimal() and len(line) < 6 and 1 <= int(line) <= len(choices):
            return int(line) - 1
        sys.stderr.write(f"! {visible(line)} is none of them.\n")


def _line(option: str) -> str:
    try:
        with silent():
            line = sys.stdin.readline()
        line.encode()
    except UnicodeError:
        raise UsageError("The answer is not UTF-8 text.", f"Give {option}.") from None
    if not line:
        sys.stderr.write("\n")
        raise UsageError("No answer was given.", f"Give {option}.")
    return line.strip()
