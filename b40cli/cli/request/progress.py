"""How far long work is: a line on standard error, a second after it began and gone at its end.

On a terminal alone. It is drawn when an alarm rings, not by a thread: what works here may fork.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

AFTER, EVERY = 1.0, 0.25


class _Work:
    """What is at work here, and its line where it is drawn."""

    said = "b40"
    running = drawing = False
    done = total = 0
    since = 0.0
    line: Progress | None = None


_WORK = _Work()


@contextmanager
def working(said: str | None) -> Iterator[None]:
    """Tell of this work while it lasts, where there is a terminal to tell it."""
    if said is None or _WORK.running or not _may():
        yield
        return
    before = signal.signal(signal.SIGALRM, _rung)
    _WORK.said, _WORK.running, _WORK.done, _WORK.total = said, True, 0, 0
    _WORK.since = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, AFTER, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        _WORK.running = False
        _hide()


def count(done: int, total: int) -> bool:
    """How much of the work is done; whether there is anybody who is told."""
    _WORK.done, _WORK.total = min(done, total), total
    return _WORK.running


def hush() -> None:
    """Something else is about to be written: the line is gone, and comes again a second later."""
    if _WORK.running:
        signal.setitimer(signal.ITIMER_REAL, AFTER, EVERY)
        _hide()


@contextmanager
def silent() -> Iterator[None]:
    """Somebody is asked: nothing is drawn until they have answered."""
    if _WORK.running:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _hide()
    try:
        yield
    finally:
        hush()


def _may() -> bool:
    there = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    main = threading.current_thread() is threading.main_thread()
    return there and main and hasattr(signal, "setitimer")


def _rung(_number: int, _frame: FrameType | None) -> None:
    """The alarm: the line is drawn, or drawn again; whatever comes of it, the work goes on.

    It may ring while it is answered, or while what draws is just being imported.
    """
    if _WORK.drawing:
        return
    _WORK.drawing = True
    with suppress(ImportError, OSError, ValueError):
        _draw()
    _WORK.drawing = False


def _draw() -> None:
    total = _WORK.total or None
    if _WORK.line is not None and total and _WORK.line.tasks[0].total is None:
        _hide()
    if _WORK.line is None:
        _WORK.line = _drawn(_WORK.said, total)
    task = _WORK.line.task_ids[0]
    counted = f"{_WORK.done} of {_WORK.total}" if total else ""
    _WORK.line.update(task, completed=_WORK.done, total=total, counted=counted)
    _WORK.line.refresh()


def _drawn(said: str, total: int | None) -> Progress:
    """The line: what works and how long; a bar where it is known how much there is to do."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.theme import Theme

    plain = Theme({"progress.elapsed": "dim"})
    line = Progress(
        TextColumn("{task.description}", markup=False),
        *([BarColumn(20, "dim", "default", "default")] if total else []),
        TextColumn("{task.fields[counted]}", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True, theme=plain),
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = line.add_task(said, total=total, counted="")
    line.tasks[task].start_time = _WORK.since
    line.start()
    return line


def _hide() -> None:
    if _WORK.line is not None:
        _WORK.line.stop()
        _WORK.line = None
