"""A clerk at a pseudo-terminal: a command is typed, questions are answered, all is counted.

Each command runs in a process of its own with the terminal as its own, forked from this one:
patches hold, and nothing is loaded anew. A choice is answered by the number it has on the screen.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")
# A question is what stands at the end of the screen, without a line's end.
ASKING = re.compile(r"(?:^|\n)[^\n]*(?:›|\[y/N\]) $")
PATIENCE = 30.0
AGAIN = 5.0
SETTLED = 0.02
NUMBERED = r"(?:^|\s)(\d+) {choice}(?=,|\s|$)"


class Answered(NamedTuple):
    """One question as it stood on the screen, and the line that was typed."""

    question: str
    line: str


class Played(NamedTuple):
    """A command at the terminal: its exit, its whole screen, its questions and what was typed."""

    code: int
    screen: str
    answers: tuple[Answered, ...]
    left: tuple[str, ...]
    unasked: str = ""


class Terminal:
    """The screen of one command, and the keyboard."""

    def __init__(self, folder: Path, words: Sequence[str]) -> None:
        self.child, self.end = pty.fork()
        if self.child == 0:
            _be(folder, words)
        self.screen = ""
        self.seen = 0
        self.stopped = False

    def asked(self) -> str | None:
        """What is on the screen since the last line was typed, once it asks; None at the end."""
        while True:
            ready, _, _ = select.select([self.end], [], [], AGAIN if self.stopped else PATIENCE)
            if not ready and self.stopped:
                # A signal that comes just before the read is seen with the next one.
                self.stopped = False
                os.write(self.end, b"\x03")
                continue
            assert ready, f"nothing moves: {self.screen[-400:]}"
            try:
                said = os.read(self.end, 65536)
            except OSError:
                said = b""
            if not said:
                return None
            self.screen += ESCAPES.sub("", said.decode("utf-8", "replace"))
            if ASKING.search(self.screen[self.seen :]) and not self._more():
                return self.screen[self.seen :]

    def _more(self) -> bool:
        """Whether the command is still saying something."""
        return bool(select.select([self.end], [], [], SETTLED)[0])

    def types(self, line: str) -> None:
        """A line and its end; what was on the screen before is no question any more."""
        self.seen, self.stopped = len(self.screen), line == "\x03"
        os.write(self.end, line.encode() + (b"" if line == "\x03" else b"\n"))

    def leaves(self) -> int:
        """The exit code, when the command has ended."""
        _pid, status = os.waitpid(self.child, 0)
        os.close(self.end)
        return os.waitstatus_to_exitcode(status)


def _be(folder: Path, words: Sequence[str]) -> None:
    """Be the command, and never come back into the tests."""
    code = 70
    try:
        # What a shell starts in the background hears no interrupt, nor do the tests begun so.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(folder)
        for name in ("stdin", "stdout", "stderr"):
            fd = {"stdin": 0, "stdout": 1, "stderr": 2}[name]
            mode = "r" if fd == 0 else "w"
            setattr(sys, name, os.fdopen(fd, mode, encoding="utf-8", closefd=False))
        from b40cli.cli.main import main

        code = main(list(words))
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(code)


def played(folder: Path, command: str, answers: Sequence[str]) -> Played:
    """Type a command, answer what it asks in order, and see what it comes to.

    `#Name` is the number that Name has on the screen, `#A;B` several of them; with `?` in front it
    is left out where nothing is asked that has it. Other answers are typed as they are. What is
    asked beyond the answers is interrupted, and told as `unasked`.
    """
    terminal = Terminal(folder, shlex.split(command)[1:])
    said: list[Answered] = []
    left = list(answers)
    unasked = ""
    while (screen := terminal.asked()) is not None:
        while left and left[0].startswith("?") and not numbered(left[0][1:], screen):
            left.pop(0)
        line = numbered(left[0].removeprefix("?"), terminal.screen) if left else None
        if line is None:
            unasked = screen.strip().rsplit("\n", 1)[-1]
            terminal.types("\x03")
            continue
        left.pop(0)
        said.append(Answered(screen.strip().rsplit("\n", 1)[-1], line))
        terminal.types(line)
    return Played(terminal.leaves(), terminal.screen, tuple(said), tuple(left), unasked)


def numbered(answer: str, screen: str) -> str | None:
    """The answer, `#Name` as the number before that name on the screen; None where it has none."""
    if not answer.startswith("#"):
        return answer
    found = []
    for choice in answer[1:].split(";"):
        numbers = re.findall(NUMBERED.format(choice=re.escape(choice)), screen)
        if not numbers:
            return None
        found.append(numbers[-1])
    return ",".join(found)
