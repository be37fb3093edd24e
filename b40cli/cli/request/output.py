"""What leaves the process: the answer on standard output, the talk on standard error."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from shutil import get_terminal_size
from typing import TextIO

from b40cli.cli.request.progress import hush
from b40cli.model.designation import starred
from b40cli.model.errors import ConflictError
from b40cli.render.visible import visible

NARROWEST, WIDEST, PIPED = 40, 160, 80
# What no row fills.
UNFOLDED = 10_000
# What was said on standard error since the last screen.
_TALKED: list[str] = []


def in_utf8() -> None:
    """Speak UTF-8 with plain line ends on every stream, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def out(text: str) -> None:
    """Write the answer; a reader who has gone away is no error, a full disk is one."""
    error = _written(sys.stdout, text)
    if error is not None and not isinstance(error, BrokenPipeError):
        raise ConflictError(
            f"The answer could not be written: {error.strerror}.",
            "What the command did stands; ask again with the output elsewhere.",
        )


def on_screen() -> bool:
    """Whether the answer goes to a terminal that can move in a line."""
    there = sys.stdout is not None and sys.stdout.isatty()
    return there and os.environ.get("TERM", "") != "dumb"


def room() -> int:
    """How wide plain text is: as a pipe has it; at a terminal with TERM=dumb nothing is folded.

    Whoever hears a screen asks for such a one: of a row folded in two cells both are heard in turn.
    """
    heard = sys.stdout is not None and sys.stdout.isatty() and not on_screen()
    return UNFOLDED if heard else PIPED


def width() -> int:
    """The terminal's columns, between 40 and 160."""
    return min(max(get_terminal_size().columns, NARROWEST), WIDEST)


def paged(text: str) -> None:
    """Write what is painted; through the reader's pager where it is longer than the screen."""
    asked = os.environ.get("PAGER")
    reading = asked != "" and sys.stdin is not None and sys.stdin.isatty()
    if not reading or text.count("\n") < get_terminal_size().lines:
        out(text)
        return
    import pydoc

    program, *_rest = (asked or "less").split()[:1] or [""]
    if asked and "=" not in program and shutil.which(program) is None:
        talk(f"PAGER is {asked}, and there is no {program}.", "The answer is not paged.")
        out(text)
        return
    os.environ.setdefault("LESS", "FRX")
    # Under LANG=C it would show the bytes of every letter that is not ASCII.
    os.environ.setdefault("LESSCHARSET", "utf-8")
    pydoc.pager(text)


def apart(asked: bool) -> None:
    """A blank line before the screen, where something was said above it on the same terminal."""
    if (asked or _TALKED) and sys.stderr is not None and sys.stderr.isatty():
        aside("\n")
    _TALKED.clear()


def aside(text: str) -> None:
    """Write text of our own making on standard error; nothing can be done where that fails."""
    _written(sys.stderr, starred(text))


def talk(message: str, remedy: str = "") -> None:
    """Say one line on standard error, and what cures it indented under it."""
    _TALKED.append(message)
    aside(heard(_folded(message, remedy)))


def _folded(message: str, remedy: str) -> list[str]:
    """What is wrong, in a pipe in one line, and the remedy indented under it."""
    from b40cli.render.findings import within, wrapped

    with within(talk_width()):
        cure = wrapped(remedy, "  ") if remedy else []
        heard = sys.stderr is not None and sys.stderr.isatty()
        return [*(wrapped(message, "", "b40: ") if heard else [f"b40: {visible(message)}"]), *cure]


def heard(lines: Sequence[str]) -> str:
    """Lines of talk; on a terminal a path longer than its line is parted behind a stroke."""
    there = sys.stderr is not None and sys.stderr.isatty()
    if not there or all(len(each) <= width() for each in lines):
        return "\n".join(lines)
    from b40cli.render.live.sheet import flow, line

    told = ((each, each[: len(each) - len(each.lstrip())]) for each in lines)
    parts = (p for each, lead in told for p in flow(each.strip(), width(), line(lead)))
    return "\n".join("".join(span.text for span in part) for part in parts)


def talk_width() -> int:
    """The columns of whoever reads the talk: a terminal's, else 80."""
    return width() if sys.stderr is not None and sys.stderr.isatty() else PIPED


def _written(stream: TextIO | None, text: str) -> OSError | None:
    if stream is None or not text:
        return None
    hush()
    try:
        stream.write(text if text.endswith("\n") else f"{text}\n")
        stream.flush()
    except OSError as error:
        _give_up(stream)
        return error
    return None


def _give_up(stream: TextIO) -> None:
    """What nobody took is not written once more at the end, which would end with a code of its own.

    So Python's own manual does it (signal, SIGPIPE).
    """
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
