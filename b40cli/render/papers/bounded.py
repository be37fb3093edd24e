"""What a stranger's template makes of a paper: within a limit of time and of memory.

No size tells how long a template takes (a loop in a loop is two lines), so it is put to work in a
child of its own, which the system ends.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from b40cli.model.errors import UnreadableError

T = TypeVar("T")

SECONDS = 10.0
# Whoever works is ended by its own time; whoever waits for what never comes, by the clock's.
WAITS = 6
MEMORY = 2 << 30


def bounded(work: Callable[[], T], name: str) -> T:
    """What the work makes; its own error, or UnreadableError where the limits end it."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _make(work, theirs)
    os.close(theirs)
    try:
        with os.fdopen(ours, "rb") as pipe:
            told = pipe.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    if status or not told:
        raise UnreadableError(
            f"{name} makes no paper within {SECONDS:.0f} s of work and {MEMORY >> 30} GiB.",
            "Compare it with the one that comes with b40.",
        )
    made: T | Exception = pickle.loads(told)  # noqa: S301  (written by our own child)
    if isinstance(made, Exception):
        raise made
    return made


def _make(work: Callable[[], object], pipe: int) -> None:
    """The work in the child, which says nothing; what it raises, the parent raises."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        signal.signal(signal.SIGABRT, signal.SIG_DFL)
        with suppress(OSError, ValueError):  # macOS takes no such limit
            most = resource.getrlimit(resource.RLIMIT_DATA)[1]
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, most))
        for alarm, timer, seconds in (
            (signal.SIGPROF, signal.ITIMER_PROF, SECONDS),
            (signal.SIGALRM, signal.ITIMER_REAL, SECONDS * WAITS),
        ):
            signal.signal(alarm, signal.SIG_DFL)
            signal.setitimer(timer, seconds)
        try:
            made = work()
        except MemoryError:  # the limit's word, no error of the work
            os._exit(1)
        except Exception as error:
            made = error
        with os.fdopen(pipe, "wb") as told:
            told.write(pickle.dumps(made))
        os._exit(0)
    finally:
        os._exit(1)
