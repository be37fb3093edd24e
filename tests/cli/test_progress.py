"""Long work tells how far it is: on a terminal, after a second, and leaves no trace."""

from __future__ import annotations

import io
import os
import signal
import sys

import pytest

from b40cli.cli.request import progress
from b40cli.cli.request.output import aside


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard error as a terminal, and an alarm that rings at once."""
    there = Terminal()
    monkeypatch.setattr(sys, "stderr", there)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "AFTER", 60)
    return there


def ring() -> None:
    os.kill(os.getpid(), signal.SIGALRM)


def test_it_is_told_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    with progress.working("b40 audit"):
        assert progress.count(3, 12)
        ring()
        assert "b40 audit" in terminal.getvalue() and "3 of 12" in terminal.getvalue()
        aside("b40: something else")
    shown = terminal.getvalue()
    # The line is wiped before anything else is written, and the cursor is there again.
    assert shown.index("\x1b[2K") < shown.index("something else")
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")
    assert not progress.count(4, 12)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def test_nobody_is_told_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with progress.working("b40 check"):
        assert not progress.count(1, 2)
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert pipe.getvalue() == ""


def test_while_somebody_is_asked_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_terminal(monkeypatch)
    with progress.working("b40 import"), progress.silent():
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_quiet_work_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    with progress.working(None):
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert terminal.getvalue() == ""
